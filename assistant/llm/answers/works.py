"""Works that a language model may know: whether a catalogue is of such, and which item a title of the model's means.

Judged by the catalogue's own titles, makers and years. Knows nothing of prompts, answers or interests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from penchant.retriever import Catalogue, Item
from penchant.retriever.catalogue import names_of, normalise

from ...understanding.linking import Gazetteer
from ...understanding.text import forms

_SAMPLE = 500
"""How many items tell what a catalogue is of."""
_HALF = 0.5
_MANY = 0.1
"""A field of makers has at least so many different names for each item that it is known of."""
_ALONE = 0.7
_LONGEST_TITLE = 60
_NAME_LETTERS = 4
_WORD = re.compile(r"[^\W\d_]+")
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
_MAKER = re.compile(r"\s+(?:by|[-–—])\s+")
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")


class Works:
    """The works of one catalogue, as a model may name them: "Title (year)", "Title by maker"."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._catalogue = gazetteer.catalogue

    @cached_property
    def known(self) -> bool:
        """Whether the items are works that one may know by title: most titles are brief and written as names, most have
        a maker or a year, and hardly two are called alike."""
        items = _spread(self._catalogue.items, _SAMPLE)
        makers = [
            *_makers(self._catalogue, items),
            *(f.name for f in self._catalogue.schema.fields if f.unit == "year"),
        ]
        named = [is_name for item in items if (is_name := _is_name(item.title)) is not None]
        made = [bool(self._gazetteer.title_year(i.id)) or any(map(i.values, makers)) for i in items]
        brief = [len(item.title) <= _LONGEST_TITLE for item in items]
        alone = len({item.title for item in items}) >= _ALONE * len(items)
        return bool(items) and alone and all(sum(judged) >= _HALF * len(judged) for judged in (named, made, brief))

    def examples(self, count: int) -> list[str]:
        """Titles from all over the catalogue, whatever the order of its items."""
        brief = [item for item in self._catalogue.items if len(item.title) <= _LONGEST_TITLE]
        return [item.title for item in _spread(brief, count)]

    def find(self, named: str) -> str:
        """The id of the item that is named, the best known of several; empty if there is none.

        A year that the name has must be the item's, or the year beside it, and a maker one of its names, where the
        catalogue knows these.
        """
        read = ((called, rest) for title, rest in _readings(named) for called in self._called(title))
        found = ([item for item in called if self._fits(item, rest)] for called, rest in read)
        return max(next(filter(None, found), ()), key=self._gazetteer.prior, default="")

    def _called(self, title: str) -> tuple[Sequence[str], ...]:
        """Items called just so, those that are but for something in brackets, and those whose title is cut short."""
        form = forms(title)
        entries = [e for e in self._gazetteer.entries.get(form, ()) if e.kind == "title"] if form else []
        whole = [e.item for e in entries if forms(e.value) == form]
        return whole, self._bare.get(form, ()), [e.item for e in entries]

    @cached_property
    def _bare(self) -> dict[tuple[str, ...], list[str]]:
        """Items by their titles without what stands in brackets at the end: "Howl's Moving Castle (Anime Film)"."""
        found: dict[tuple[str, ...], list[str]] = {}
        for item in self._catalogue.items:
            if item.title.endswith(")") and (bare := _BRACKET.sub("", item.title)) and not _YEAR.search(item.title):
                found.setdefault(forms(bare), []).append(item.id)
        return found

    def _fits(self, item: str, rest: str) -> bool:
        """Whether what was said beside the title does not speak against the item."""
        year, known = _YEAR.search(rest), _YEAR.fullmatch(self._gazetteer.title_year(item))
        if year:
            return not known or abs(int(year[0]) - int(known[0])) <= 1
        names = names_of(self._catalogue.get(item), self._catalogue.schema)
        said = set(forms(rest))
        return not said or not names or any(said & set(forms(name)) for name in names)


def _readings(named: str) -> Iterator[tuple[str, str]]:
    """A name as a title and what is said beside it: whole, without brackets, and before "by" or a dash."""
    named = " ".join(named.split())
    yield named, ""
    bracket = _BRACKET.search(named)
    bare = _BRACKET.sub("", named)
    beside = bracket[1] if bracket and _YEAR.search(bracket[1]) else ""
    if bracket and bare:
        yield bare, beside
    parts = list(_MAKER.finditer(bare))
    for part in reversed(parts):
        yield bare[: part.start()], beside or bare[part.end() :]


def _spread(items: Sequence[Item], count: int) -> list[Item]:
    """So many items, at equal distances in the order of their ids."""
    ordered = sorted(items, key=lambda item: item.id)
    return ordered[:: max(1, -(-len(ordered) // count))]


def _makers(catalogue: Catalogue, items: Sequence[Item]) -> list[str]:
    """Name fields of many different names: of people, and not of languages or countries."""
    found = []
    for field in catalogue.schema.of("name"):
        names = [{normalise(value) for value in item.values(field)} for item in items if item.values(field)]
        if names and len(set[str]().union(*names)) >= _MANY * len(names):
            found.append(field)
    return found


def _is_name(title: str) -> bool | None:
    """Whether a title is written as a name is, most of its longer words with a capital; None if one cannot tell."""
    long = [
        word for word in _WORD.findall(title)[1:] if len(word) >= _NAME_LETTERS and word[0].lower() != word[0].upper()
    ]
    return sum(word[0].isupper() for word in long) >= _HALF * len(long) if long else None
