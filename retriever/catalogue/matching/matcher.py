"""Matches the entries of a history to the items of a catalogue. Knows which of the candidates is meant, if one is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..columns import Catalogue
from ..histories import Entry
from .candidates import Candidates, year_fit
from .judgement import YearFit
from .makers import agree
from .shelf import Shelf
from .titles import title_forms

Outcome = Literal["matched", "ambiguous", "absent"]

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
        makers = self._makers_in(entries)
        candidates = Candidates(self._shelf, makers)
        first = [self._match(entry, candidates) for entry in entries]
        kinds = self._kinds_of_files(first)
        return [
            replace(self._match(replace(m.entry, kind=kind), candidates), entry=m.entry)
            if not m.entry.kind and (kind := kinds.get(m.entry.file)) and not self._is_by(m, makers)
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

    def _is_by(self, match: Match, fields: Sequence[str]) -> bool:
        """Whether it is matched, to what was made by whom it names: a list of films may have a book."""
        found = match.outcome == "matched" and self._shelf.names(self._catalogue.row[match.items[0]], fields)
        return bool(found and agree(match.entry.makers, found))

    def _match(self, entry: Entry, candidates: Candidates) -> Match:
        if keyed := self._by_key(entry):
            rows = keyed if len(keyed) == 1 else self._of_title(keyed, entry)
            return self._outcome(entry, rows)
        found = candidates.of(entry)
        taken = [one for one in found if one.verdict == "taken"]
        best = [one.row for one in taken if one.rank == min(other.rank for other in taken)]
        return self._outcome(entry, best or [one.row for one in found], bool(best))

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

    def _makers_in(self, entries: Iterable[Entry]) -> Sequence[str]:
        """The fields that say who made an item: of the items that are found by whole title and year, enough name there
        somebody whom the entry names. A catalogue of casts alone says nothing against a director. Where no years are
        known, the fields where most do by title alone, and all if in none."""
        named = [entry for entry in entries if entry.makers]
        sure = [(entry.makers, row) for entry in named for row in self._surely(entry, 0)]
        if len(sure) >= _ENOUGH:
            return self._agreeing(sure)
        likely = [(entry.makers, row) for entry in named for row in self._surely(entry, 2)]
        return (len(likely) >= _ENOUGH and self._agreeing(likely)) or self._shelf.name_fields

    def _agreeing(self, found: Sequence[tuple[tuple[str, ...], int]]) -> Sequence[str]:
        said: dict[str, list[bool]] = {}
        for field in self._shelf.name_fields:
            known = (agree(makers, self._shelf.names(row, (field,))) for makers, row in found)
            said[field] = [one for one in known if one is not None]
        return [field for field, known in said.items() if sum(known) >= _USUAL * len(known)]

    def _surely(self, entry: Entry, year: YearFit) -> list[int]:
        rows = [row for row, loss in self._shelf.by_form.get(title_forms(entry.title)[0].text, ()) if loss == 0]
        return [row for row in rows if year_fit(entry, self._shelf.years[row]) == year]
