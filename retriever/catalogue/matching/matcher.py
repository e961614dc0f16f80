"""Matches the entries of a history to the items of a catalogue. Knows how candidates are found and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..columns import Catalogue
from ..histories import Entry
from .judgement import Candidate, TitleFit, YearFit
from .makers import agree
from .shelf import Shelf
from .titles import numbers_of, title_forms, year_in

Outcome = Literal["matched", "ambiguous", "absent"]

_OF_ONE_WORK = ("imdb", "steam", "bgg")
"""Schemes of which a work has one key, so that two keys are two works."""
_ALIKE, _ALIKE_ALONE = 88.0, 92.0
_LONG = 8
_ENOUGH = 3
_USUAL = 0.5
_FEW, _MOSTLY = 5, 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, and the ids of the items that it may be: one if it is matched, none if it is absent."""

    entry: Entry
    outcome: Outcome
    items: tuple[str, ...] = ()


class Matcher:
    """Finds entries in one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._shelf = Shelf(catalogue)

    def match(self, entries: Sequence[Entry]) -> list[Match]:
        """One match for each entry, in order."""
        trusted = self._names_are_makers(entries)
        first = [self._match(entry, trusted) for entry in entries]
        kinds = self._kinds_of_files(first)
        return [
            replace(self._match(replace(m.entry, kind=kind), trusted), entry=m.entry)
            if not m.entry.kind and (kind := kinds.get(m.entry.file))
            else m
            for m in first
        ]

    def _kinds_of_files(self, matches: Sequence[Match]) -> dict[str, str]:
        """What most works of a file are, where it says of none: a list of films is of films."""
        found: dict[str, Counter[str]] = {}
        for match in matches:
            if match.outcome == "matched" and not match.entry.kind:
                row = self._catalogue.row[match.items[0]]
                found.setdefault(match.entry.file, Counter())[self._shelf.kinds[row]] += 1
        usual = {file: kinds.most_common(1)[0] for file, kinds in found.items() if kinds.total() >= _FEW}
        return {file: kind for file, (kind, count) in usual.items() if count >= _MOSTLY * found[file].total()}

    def _match(self, entry: Entry, trusted: bool) -> Match:
        if keyed := self._by_key(entry):
            rows = keyed if len(keyed) == 1 else self._of_title(keyed, entry)
            return self._outcome(entry, rows)
        found = list(self._candidates(entry, trusted))
        taken = [one for one in found if one.verdict == "taken"]
        best = [one.row for one in taken if one.rank == min(other.rank for other in taken)]
        return self._outcome(entry, best or [one.row for one in found if one.verdict == "offered"], bool(best))

    def _outcome(self, entry: Entry, rows: Sequence[int], sure: bool = True) -> Match:
        items = tuple(self._catalogue.items[row].id for row in rows)
        return Match(entry, "matched" if sure and len(items) == 1 else "ambiguous" if items else "absent", items)

    def _by_key(self, entry: Entry) -> list[int]:
        found = (self._shelf.by_key.get(key, ()) for key in sorted(entry.ids))
        return list(dict.fromkeys(row for rows in found for row in rows))

    def _of_title(self, rows: Sequence[int], entry: Entry) -> Sequence[int]:
        """Of rows with one key those that are called so, if any is."""
        named = {form.text for form in title_forms(entry.title)}
        items = self._catalogue.items
        return [row for row in rows if named & {form.text for form in self._shelf.forms(items[row])}] or rows

    def _candidates(self, entry: Entry, trusted: bool) -> Iterator[Candidate]:
        for row, title in self._by_title(entry).items():
            kind = self._shelf.kinds[row]
            if (entry.kind and kind and kind != entry.kind) or self._is_another(entry, row):
                continue
            makers = agree(entry.makers, self._shelf.names(row)) if trusted else None
            long = len(title_forms(entry.title)[0].text) >= _LONG
            yield Candidate(row, title, self._year(entry, row), makers, kind or entry.kind, long)

    def _is_another(self, entry: Entry, row: int) -> bool:
        """Whether both have a key of one scheme, and not the same."""
        keys = dict(key for key in self._shelf.keys[row] if key[0] in _OF_ONE_WORK)
        return any(keys.get(scheme, key) != key for scheme, key in entry.ids)

    def _year(self, entry: Entry, row: int) -> YearFit:
        mine, theirs = entry.year or year_in(entry.title), self._shelf.years[row]
        if not mine or not theirs:
            return 2
        return 0 if mine == theirs else 1 if abs(mine - theirs) == 1 else 3

    def _by_title(self, entry: Entry) -> dict[int, TitleFit]:
        """Rows that are called so, wholly or in part, or nearly so."""
        found: dict[int, TitleFit] = {}
        forms = [form for title in (entry.title, *entry.others) for form in title_forms(title)]
        for form in forms:
            for row, loss in self._shelf.by_form.get(form.text, ()):
                if form.loss + loss < 4:  # a part of the one and a part of the other are two works of a series
                    fit: TitleFit = 0 if form.loss + loss == 0 else 1 if max(form.loss, loss) == 1 else 2
                    found[row] = min(found.get(row, fit), fit)
        return found or dict.fromkeys(self._alike(entry, forms[0].text), 3)

    def _alike(self, entry: Entry, plain: str) -> Iterable[int]:
        least = _ALIKE if entry.makers else _ALIKE_ALONE
        numbers = numbers_of(plain)
        items = self._catalogue.items
        near = self._shelf.alike(plain, least)
        return (row for row in near if numbers_of(title_forms(items[row].title)[0].text) == numbers)

    def _names_are_makers(self, entries: Sequence[Entry]) -> bool:
        """Whether the catalogue names those who made its items: of those that are found by whole title and year, enough
        have somebody in common with the entry. A catalogue of casts alone says nothing against a director."""
        sure = [agree(e.makers, self._shelf.names(row)) for e in entries if e.makers for row in self._surely(e)]
        known = [one for one in sure if one is not None]
        return len(known) < _ENOUGH or sum(known) >= _USUAL * len(known)

    def _surely(self, entry: Entry) -> list[int]:
        rows = [row for row, loss in self._shelf.by_form.get(title_forms(entry.title)[0].text, ()) if loss == 0]
        return [row for row in rows if self._year(entry, row) == 0]
