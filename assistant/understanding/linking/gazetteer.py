"""Finds what a catalogue knows in what a person types: values, names, titles, and aliases of them.

Built whole before anything is looked up, so that threads can share it. Knows nothing of polarity or grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from penchant.retriever import Catalogue, Encoder, Item, Schema, item_text
from penchant.retriever.progress import Progress

from ..degrees import DegreeReader
from ..quantities import NumberFields
from ..spans import is_word
from ..text import Token, distinct_forms, forms, tokens
from .abbreviations import Abbreviations
from .kind_words import KindWords
from .lexicon import YEAR, Entry, Forms, Lexicon
from .places import places, regions

_LONGEST = 10
_SINGLE_NAME_LETTERS = 4
_REPORT_EVERY = 1000
_SLIP, _SPELT, _SLIP_LETTERS = 0.9, 88, 5


@dataclass(frozen=True, slots=True)
class Match:
    """Entries at tokens [first, last); `broader`: each is of the kind that is named there; `every`: all are meant."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    broader: bool = False
    every: bool = False


class Gazetteer:
    """What one catalogue knows, by all its names.

    entries: by form, the likeliest first. surnames: last words of names that belong to one person only (or to one far
    better known than the others). spellings: values of up to three words, and names of two or three, as written, by the
    number of words. broader: forms that stand for several values, all of which they mean. nations: fields of languages,
    countries and places. words: every form in the catalogue's texts; a word found here is spelt as meant.
    """

    def __init__(self, catalogue: Catalogue, progress: Progress | None = None, encoder: Encoder | None = None) -> None:
        """Takes about 0.1 ms an item; `progress` counts the items of a large catalogue. encoder: finds by meaning which
        field an amount is of that no word names."""
        self._catalogue = catalogue
        lexicon = Lexicon(catalogue)
        own = lexicon.entries()
        parts = [*places(own)]
        whole = {form for form, known in own.items() if any(forms(entry.value) == form for entry in known)}
        broader = {form: tuple(known) for form, known in regions(own) if form not in own}
        broader |= {form: tuple(known) for form, known in parts if form not in whole}
        self.entries: Mapping[Forms, tuple[Entry, ...]] = own | broader
        self.broader = frozenset(broader)
        self._kinds = KindWords.of(self.entries, catalogue.schema, lexicon.endings, lexicon.compounds)
        self.nations = lexicon.nations | {entry.facet for _, known in parts for entry in known}
        self.surnames = _surnames(self.entries)
        self.spellings = _spellings(self.entries)
        self.abbreviations = Abbreviations(self.entries)
        self.words = distinct_forms(_texts(catalogue, progress))
        self.number_fields = NumberFields(catalogue, encoder)
        self.degrees = DegreeReader(self.number_fields)
        self._single = frozenset(
            facet for facet in catalogue.value_counts if all(len(item.values(facet)) < 2 for item in catalogue.items)
        )
        self._commonest = {
            facet: tuple(sorted(values, key=lambda value: (-values[value], value)))
            for facet, values in catalogue.value_counts.items()
        }

    def find(self, words: Sequence[Token], accept: Callable[[Entry, int, int], bool]) -> list[Match]:
        """Longest matches of accepted entries from left to right, not overlapping.

        `accept(entry, first, last)` says whether tokens [first, last) may mean the entry.
        """
        found, n = [], 0
        while n < len(words):
            match = next(
                (
                    Match(n, last, entries)
                    for last in range(min(len(words), n + _LONGEST), n, -1)
                    if (entries := self._accepted(words, n, last, accept))
                ),
                None,
            )
            if match is None and (kind := self._kinds.alone(words, n)):
                match = Match(n, n + 1, kind)
            parts = self._apart(words, match) if match else []
            found += parts
            n = parts[-1].last if parts else n + 1
        return found

    def _apart(self, words: Sequence[Token], match: Match) -> list[Match]:
        """A match, and the kind of thing that its end, or what is written right behind it, says: 科幻片, 爵士乐专辑."""
        cut, end = self._kinds.parts(words, match.first, match.last), self._kinds.behind(words, match.last)
        kind = (match.last, end) if end > match.last else (cut, match.last)
        entries = self._kinds.said(words, *kind)
        if match.entries[0].kind == "title" or not entries:
            return [Match(match.first, end, match.entries)]
        return [Match(match.first, kind[0], match.entries), Match(*kind, entries)]

    def _accepted(
        self, words: Sequence[Token], first: int, last: int, accept: Callable[[Entry, int, int], bool]
    ) -> tuple[Entry, ...]:
        entries = self.entries.get(tuple(word.form for word in words[first:last]), ())
        return tuple(entry for entry in entries if accept(entry, first, last))

    @property
    def catalogue(self) -> Catalogue:
        return self._catalogue

    @property
    def schema(self) -> Schema:
        return self._catalogue.schema

    def is_unheard(self, word: Token) -> bool:
        """Whether the catalogue has no such word, nor one that it may be a slip of."""
        return word.form not in self.words and not self._is_slip(word) and not self._meant(word)

    def spelt(self, text: str) -> str:
        """A text in which slips of words that the catalogue's texts have are put right."""
        parts, done = [], 0
        for word in tokens(text):
            if meant := self._meant(word):
                parts += [text[done : word.start], meant]
                done = word.end
        return "".join([*parts, text[done:]])

    def _meant(self, word: Token) -> str:
        """The word of the catalogue's texts that one which is none is a slip of, or an empty text."""
        form = word.form
        if form in self.words or len(form) < _SLIP_LETTERS or not form.isascii() or is_word(word.text):
            return ""
        alike = (one for one in self.words if one[:1] == form[0] and abs(len(one) - len(form)) < 2)
        found = process.extractOne(form, alike, scorer=fuzz.ratio, score_cutoff=_SPELT)
        return found[0] if found else ""

    def _is_slip(self, word: Token) -> bool:
        """Whether a word that is none is written much like a value or a name."""
        if is_word(word.text) or len(word.form) < _SLIP_LETTERS:
            return False
        alike = (one for one in self.spellings[1] if one[0] == word.form[0])
        return process.extractOne(word.form, alike, scorer=JaroWinkler.similarity, score_cutoff=_SLIP) is not None

    def known_value(self, facet: str, value: str) -> str:
        """The value of a facet as the catalogue writes it, also by an alias; empty if it has no such value."""
        found = (e.value for e in self.entries.get(forms(value), ()) if e.facet == facet)
        return next(found, "")

    def common_values(self, facet: str, count: int) -> list[str]:
        """The most frequent values of a facet."""
        return list(self._commonest[facet][:count])

    def titled(self, title: str) -> list[str]:
        """The ids of the items of a title; of those of its year, if it has one and any is."""
        year = YEAR.search(title)
        titles = [e.item for e in self.entries.get(forms(YEAR.sub("", title)), ()) if e.kind == "title"]
        return [item for item in titles if year and self.title_year(item) == year[1]] or titles

    def find_title(self, title: str) -> str:
        """The id of the best-known item of a title, with or without its year; empty if there is none."""
        return max(self.titled(title), key=self.prior, default="")

    def is_value(self, text: str) -> bool:
        """Whether the catalogue has a value or a name that is written so, in whatever case."""
        found = self.entries.get(forms(text), ())
        return any(e.kind != "title" and e.value.casefold() == text.casefold() for e in found)

    def only_value(self, text: str) -> Entry | None:
        """The value of a facet or the name that a text says, if it says exactly one."""
        found = [e for e in self.entries.get(forms(text), ()) if self.schema.kind(e.facet) in ("facet", "name")]
        same = [e for e in found if forms(e.value) == forms(text)] or found
        return same[0] if len({(e.facet, e.value) for e in same}) == 1 else None

    def facet_value(self, text: str) -> Entry | None:
        """The value of a facet that a text means, the commonest; None if it means none."""
        found = (e for e in self.entries.get(forms(text), ()) if self.schema.kind(e.facet) == "facet")
        return next(found, None)

    def is_single(self, facet: str) -> bool:
        """Whether each item has at most one value of a facet."""
        return facet in self._single

    def __contains__(self, item: str) -> bool:
        """Whether the catalogue has an item, by its id: a session may know one that it had."""
        return item in self._catalogue.row

    def get(self, item: str) -> Item:
        return self._catalogue.get(item)

    def title(self, item: str) -> str:
        return self._catalogue.get(item).title

    def versions(self, item: str) -> list[str]:
        """The other items that are called just so; none of one that the catalogue no longer has."""
        if item not in self:
            return []
        title = YEAR.sub("", self.title(item)).strip()
        found = self.entries.get(forms(title), ())
        return [e.item for e in found if e.kind == "title" and e.item != item and _plain(e.value) == _plain(title)]

    def title_year(self, item: str) -> str:
        """The year in the item's title or its fields, or an empty text."""
        found = self._catalogue.get(item)
        match = YEAR.search(found.title)
        return match[1] if match else str(found.fields.get("year", ""))

    def prior(self, item: str) -> float:
        return self._catalogue.get(item).number(self.schema.prior, unknown=0.0)


def _surnames(entries: Mapping[Forms, tuple[Entry, ...]]) -> Mapping[str, Entry]:
    found: dict[str, list[Entry]] = {}
    for form, known in entries.items():
        written = sum(len(word) > 1 for word in form)  # "J. R. R. Tolkien" has but one
        if len(form) > 1 and written <= 3 and known[0].kind == "name" and len(form[-1]) >= _SINGLE_NAME_LETTERS:
            found.setdefault(form[-1], []).append(known[0])
    best = {last: sorted(known, key=lambda e: -e.count) for last, known in found.items()}
    return {last: known[0] for last, known in best.items() if len(known) == 1 or known[0].count > 3 * known[1].count}


def _spellings(entries: Mapping[Forms, tuple[Entry, ...]]) -> Mapping[int, Mapping[str, tuple[Entry, ...]]]:
    found: dict[int, dict[str, tuple[Entry, ...]]] = {1: {}, 2: {}, 3: {}}
    for form, known in ((form, known) for form, known in entries.items() if len(form) <= 3):
        likely = tuple(
            e for e in known if e.kind == "value" or (e.kind == "name" and len(form) >= len(e.value.split()))
        )
        if likely:
            found[len(form)][" ".join(form)] = likely
    return found


def _texts(catalogue: Catalogue, progress: Progress | None) -> Iterator[str]:
    for done, item in enumerate(catalogue.items, 1):
        yield item_text(item, catalogue.schema)
        if progress and done % _REPORT_EVERY == 0:
            progress(done, len(catalogue))


def _plain(title: str) -> str:
    return YEAR.sub("", title).strip().casefold()
