"""The forms in which services give people their history, and which of them a table has. The forms are in services.toml.

Knows columns by name. Knows nothing of cells.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from .entry import Did

_WORD = re.compile(r"[^\W_]+")
_ADORNED = re.compile(r"^\W+|\s*(?:\(.*\)|\[.*\]|/\s?\d+|(?<=\w)#.*|:)\W*$|\W+$")


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Played(_Frozen):
    """Each row is one play; those below `least` in a column are none."""

    column: str = ""
    least: float = 0


class Judged(_Frozen):
    """A column whose values are verdicts."""

    column: str
    says: Mapping[str, Did]


class Form(_Frozen):
    """Which columns say what. Where a list names several, the first that a row fills counts (of makers and ids: all).

    only: the table has no other columns. makers_in_parts: columns that are one name together. further: names that stand
    behind the makers. kinds: the kind of work by the column that is filled; kind_from: by its word in a column. did:
    what a row says by itself; did_by: if a column is filled, and neither 0 nor no; named: if a word is in the file's
    path. status: columns that say in a word what was done; shelves: whose words may say more. verdict: a column of
    verdicts. part: the row is of an episode, whose rating says nothing of the whole. played_or_wanted: seen if above 0,
    else wanted. skipped: words of paths of files that do not count. person: the column that says whose row it is.
    minutes: how long the work takes. owned: columns that say that the person has it, each with the word by which they
    do; without one: filled, and neither 0 nor no. open: what the file cannot tell.
    """

    service: str
    needs: tuple[str, ...]
    title: tuple[str, ...]
    only: bool = False
    others: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    makers_in_parts: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    kind: str = ""
    kinds: Mapping[str, str] = {}
    kind_from: tuple[str, ...] = ()
    rating: tuple[str, ...] = ()
    best: float = 0
    did: Did = ""
    did_by: Mapping[str, Did] = {}
    named: Mapping[str, Did] = {}
    skipped: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    shelves: tuple[str, ...] = ()
    verdict: Judged | None = None
    part: tuple[str, ...] = ()
    played: Played | None = None
    played_or_wanted: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    minutes: tuple[str, ...] = ()
    owned: Mapping[str, str] = {}
    person: str = ""
    ids: Mapping[str, tuple[str, ...]] = {}
    open: str = ""

    def fits(self, columns: Collection[str]) -> bool:
        """Whether a table of these (plain) columns is of this form; of any table: one that says what of which work."""
        if self.needs:
            return set(self.needs) == set(columns) if self.only else set(self.needs) <= set(columns)
        said = (*self.rating, *self.status, *self.did_by, *self.owned)
        return any(name in columns for name in self.title) and any(name in columns for name in said)


class Services(_Frozen):
    """All forms; what words of a status say; by what words a kind of work is called."""

    forms: tuple[Form, ...]
    words: Mapping[Did, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]

    def form(self, columns: Collection[str]) -> Form | None:
        return next((form for form in self.forms if form.fits(columns)), None)

    def said(self, status: str, among: Collection[Did] = ("left", "wanted", "liked", "seen")) -> Did:
        """What a status or the name of a shelf says, or an empty text."""
        for did, phrases in self.words.items():
            if did in among and any(has_words(status, one) for one in phrases):
                return did
        return ""

    def kind(self, word: str) -> str:
        """The kind of work that a word of a table or catalogue means, or an empty text."""
        plain = plain_words(word)
        return next((kind for kind, words in self.kinds.items() if plain in words), "")


@cache
def services() -> Services:
    """Read once."""
    text = Path(__file__).with_name("services.toml").read_text(encoding="utf-8")
    return Services.model_validate(tomllib.loads(text))


def plain_column(name: str) -> str:
    """A column's name as forms have it."""
    return " ".join(name.replace("_", " ").casefold().split())


def bare_column(name: str) -> str:
    """The same without what explains or adorns it: "⭐ rating (out of 10)"."""
    return _ADORNED.sub("", name) or name


def has_words(text: str, words: str) -> bool:
    """Whether some words are in a text, one after the other."""
    return f" {plain_words(words)} " in f" {plain_words(text)} "


def plain_words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
