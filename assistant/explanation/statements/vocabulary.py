"""The words of sentences about picks: which state something, which name nothing, which say who did what.

Knows English, and no catalogue.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from penchant.retriever import Schema
from penchant.retriever.catalogue.inference import words_of

from ...understanding.text import CHATTER, STOPWORDS, stem

BEGINNING = 4
"""So many letters words of one family have in common."""
_ENDING = re.compile(r"(?:[a-z]?(?:e[drn]s?|ers?|ing|y|ie?s?|ish|al|ic|ly|ful|or|ing?s|t|th|n|s|e|d|man|men))?")
"""What a word of so few letters may end in, with its last letter twice."""


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is to an item: the words that say so, and the fields that hold it, the surest first.

    kinds: the categories for which a field of no particular role ("makers") is known to hold it; none: for any.
    """

    said: frozenset[str]
    fields: tuple[frozenset[str], ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Stems by what they are good for; `opposites` of a word are the values that deny it, `contraries` the
    words that do so anywhere."""

    opinions: frozenset[str]
    claims: frozenset[str]
    free: frozenset[str]
    possessions: frozenset[str]
    frames: frozenset[str]
    purposes: frozenset[str]
    makings: frozenset[str]
    opposites: Mapping[str, frozenset[str]]
    contraries: Mapping[str, frozenset[str]]
    roles: tuple[Role, ...]

    def role(self, word: str) -> Role | None:
        """The role that a word (its stem) speaks of."""
        return next((role for role in self.roles if word in role.said), None)

    def is_opinion(self, facet: str) -> bool:
        """Whether a field holds feelings."""
        return any(stem(word) in self.opinions for word in words_of(facet))

    @property
    def kinds(self) -> frozenset[str]:
        """Every category of which something is known."""
        return frozenset[str]().union(*(role.kinds for role in self.roles))


@cache
def vocabulary() -> Vocabulary:
    """Read once from words.toml."""
    here = resources.files("penchant.assistant.explanation.statements")
    said = tomllib.loads(here.joinpath("words.toml").read_text(encoding="utf-8"))
    claims = _stems(said["claims"])
    free = (_stems(said["free"]) | _stems(STOPWORDS) | _stems(CHATTER)) - claims
    return Vocabulary(
        _stems(said["opinions"]),
        claims,
        free,
        _stems(said["possessions"]),
        _stems(said["frames"]),
        _stems(said["purposes"]),
        _stems(said["makings"]),
        _both_ways(said["opposites"]),
        _both_ways(said["contraries"]),
        tuple(Role(_stems(r["said"]), tuple(map(_stems, r["fields"])), _stems(r["kinds"])) for r in said["roles"]),
    )


def called(schema: Schema, words: Iterable[str]) -> list[str]:
    """The fields with one of some words (stems) in their names."""
    known = frozenset(words)
    return [f.name for f in schema.fields if known.intersection(map(stem, words_of(f.name)))]


def named_after(schema: Schema, word: str) -> list[str]:
    """The fields whose names have the beginning of a word: "brewery" of "brewed"."""
    begins = word[: max(BEGINNING, len(word) - 3)]
    fields = [f.name for f in schema.fields if f.kind in ("name", "facet", "category")]
    return [name for name in fields if len(word) >= BEGINNING and any(w.startswith(begins) for w in words_of(name))]


def akin(one: str, other: str) -> bool:
    """Whether two stems are of one family, as they differ in their endings alone: "detective" and "detection"."""
    shorter = min(len(one), len(other))
    if shorter < BEGINNING or one.endswith("less") != other.endswith("less"):
        return False  # "wireless" is not "wired"
    common = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    if shorter == common == BEGINNING and not _ENDING.fullmatch(max(one, other, key=len)[common:]):
        return False  # nor "star" in "starve"
    return common >= max(BEGINNING, shorter - 2)


def _both_ways(lines: Iterable[Sequence[str]]) -> dict[str, frozenset[str]]:
    """Of lines of two groups each: every word with those of the other group."""
    found: dict[str, frozenset[str]] = {}
    for one, other in lines:
        for words, others in ((_stems(one), _stems(other)), (_stems(other), _stems(one))):
            found |= {word: found.get(word, frozenset()) | others for word in words}
    return found


def _stems(words: str | Iterable[str]) -> frozenset[str]:
    return frozenset(map(stem, words.split() if isinstance(words, str) else words))
