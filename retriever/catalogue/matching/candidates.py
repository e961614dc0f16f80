"""The rows of a catalogue that an entry may mean: those that are called so, else what its makers made besides.

Knows how titles, years and makers are compared. Knows nothing of what is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter, itemgetter

from ..histories import Entry
from .editions import Doubt, doubt, recorded_in
from .judgement import Candidate, LengthFit, MakerFit, TitleFit, YearFit
from .languages import Likeness, codes, likeness, spoken
from .letters import is_latin, plain_letters, spelt_alike
from .makers import agree, may_agree, people, without_makers
from .oeuvre import Oeuvre
from .shelf import Shelf
from .titles import TitleForm, core, numbers_of, part_of_series, title_forms, year_in
from .unnamed import of_its_year

_OF_ONE_WORK = ("imdb", "steam", "bgg")
"""Schemes of which a work has one key, so that two keys are two works."""
_ALIKE, _ALIKE_ALONE = 88.0, 92.0
_LONG, _MANY_WORDS = 8, 3
_HALF = 0.5
_FAR: YearFit = 3
_MINUTES, _CREDITS = 2.0, 0.02
_SPELT: TitleFit = 3
_ENDS: TitleFit = 11


class Candidates:
    """Of one catalogue. makers: the fields that say who made an item; none where the catalogue does not say it."""

    def __init__(self, shelf: Shelf, makers: Sequence[str]) -> None:
        self._shelf = shelf
        self._makers = makers
        self._oeuvre = Oeuvre(shelf, makers)

    def of(self, entry: Entry) -> list[Candidate]:
        """Those that are not plainly other works."""
        if behind := without_makers(entry.title, entry.makers):
            entry = replace(entry, others=(*entry.others, *behind))
        found = [one for one in self._called_so(entry) if one.verdict != "left"]
        if found or not people(entry.makers):
            return found or self._unnamed(entry)
        others = [one for one in self._made_by(entry) if one.verdict != "left"]
        taken = [one for one in others if one.verdict == "taken"]
        return taken or [one for one in others if one.title == min(other.title for other in others)]

    def _called_so(self, entry: Entry) -> Iterator[Candidate]:
        for row, (title, text) in self._by_title(entry).items():
            if not self._is_another(entry, row) and (title < 2 or not self._is_track(entry, row)):
                kind = self._shelf.kinds[row] or entry.kind
                telling = len(text) >= _LONG if title == 3 else " " in text or self._is_own(entry.title, row)
                unsure = self._doubt(entry, row) if title else self._is_unsure(entry, row)
                yield Candidate(row, title, self._year(entry, row), self._fit(entry, row, text), kind, telling, unsure)

    def _made_by(self, entry: Entry) -> Iterator[Candidate]:
        for row in self._oeuvre.rows(entry.makers):
            if self._is_another(entry, row) or self._is_track(entry, row):
                continue
            found = (self._by_maker(entry, row, title) for title in (entry.title, *entry.others))
            yield from sorted(filter(None, found), key=attrgetter("order"))[:1]

    def _by_maker(self, entry: Entry, row: int, title: str) -> Candidate | None:
        alike = likeness(title, self._shelf.catalogue.items[row].title, self._shelf.usual)
        if not alike:
            return None
        kind, year = self._shelf.kinds[row] or entry.kind, self._year(entry, row)
        length = length_fit(entry.minutes, self._shelf.minutes[row])
        own = alike.counted and (self._is_own(title, row) or (kind == "film" and self._is_abroad(title, row)))
        dated = alike.begins and str(self._shelf.years[row]) in title  # "OK Computer OKNOTOK 1997 2017"
        return Candidate(
            row, 4 if dated else _title_fit(alike), year, 0, kind, alike.even, self._doubt(entry, row), length, own
        )

    def _unnamed(self, entry: Entry) -> list[Candidate]:
        found = [Candidate(row, fit, 0, 2, entry.kind) for row, fit in of_its_year(entry, self._shelf).items()]
        return [replace(one, doubt=self._doubt(entry, one.row)) for one in found]

    def _is_own(self, title: str, row: int) -> bool:
        """Whether a title is in the language of the work, and that is not the catalogue's."""
        said = spoken(title) - self._shelf.usual
        return bool(said) and bool(said & codes(tuple(self._shelf.languages(row))))

    def _is_abroad(self, title: str, row: int) -> bool:
        """Whether neither the title nor the work is in the catalogue's language: few direct two films in a year."""
        theirs = codes(tuple(self._shelf.languages(row)))
        return bool(theirs) and not (theirs | spoken(title)) & self._shelf.usual

    def _doubt(self, entry: Entry, row: int) -> Doubt:
        return doubt(entry.title, self._shelf.catalogue.items[row].title) or self._is_unsure(entry, row)

    def _is_unsure(self, entry: Entry, row: int) -> Doubt:
        """Whether it may be a song of the album, or was recorded in another year."""
        recorded, known = recorded_in(entry.title), self._shelf.years[row]
        again = bool(recorded and known) and abs(recorded - known) > 1
        return 1 if again or self._is_track(entry, row) else 0

    def _is_track(self, entry: Entry, row: int) -> bool:
        """Whether the one is a song and the other an album, which may be the song's if it is called so."""
        return entry.kind == "song" and self._shelf.kinds[row] == "album"

    def _fit(self, entry: Entry, row: int, text: str) -> MakerFit:
        names = self._shelf.names(row, self._makers)
        first = agree(entry.makers, names)
        if first is None:
            return 2
        if first:
            return 0
        if not is_latin(plain_letters(entry.makers[0])) and is_latin("".join(names)):
            return 2 if len(text.split()) >= _MANY_WORDS else 1
        return 1 if agree(entry.further, names) or may_agree(entry.makers, names) else 3

    def _is_another(self, entry: Entry, row: int) -> bool:
        """Whether they are of two kinds, or have each a key of one scheme, and not the same."""
        kind = self._shelf.kinds[row]
        keys = dict(key for key in self._shelf.keys[row] if key[0] in _OF_ONE_WORK)
        of_two_kinds = bool(entry.kind and kind) and kind != entry.kind and not self._is_track(entry, row)
        return of_two_kinds or any(keys.get(scheme, key) != key for scheme, key in entry.ids)

    def _year(self, entry: Entry, row: int) -> YearFit:
        return year_fit(entry, self._shelf.years[row])

    def _by_title(self, entry: Entry) -> dict[int, tuple[TitleFit, str]]:
        """Rows that are called so, wholly or in part, or nearly so, and the words that they share."""
        found: dict[int, tuple[TitleFit, str]] = {}
        for form in (form for title in (entry.title, *entry.others) for form in title_forms(title)):
            for row, loss in self._shelf.by_form.get(form.text, ()):
                if form.loss + loss < 4:  # a part of the one and a part of the other are two works of a series
                    fit = (_form_fit(form, loss), form.text)
                    found[row] = min(found.get(row, fit), fit, key=itemgetter(0))
        if found:
            return found
        plain = core(entry.title)
        alike = dict.fromkeys(self._alike(entry, plain), (_SPELT, plain))
        return alike or dict.fromkeys(self._behind(entry, plain), (_ENDS, plain))

    def _behind(self, entry: Entry, plain: str) -> Iterator[int]:
        """Rows whose whole title ends it, where nobody says who made it: "Disney's Beauty and the Beast"."""
        words = [] if entry.makers else plain.split()
        for start in range(1, len(words) - 1):
            for row, loss in self._shelf.by_form.get(" ".join(words[start:]), ()):
                if loss == 0:
                    yield row

    def _alike(self, entry: Entry, plain: str) -> Iterable[int]:
        items, numbers = self._shelf.catalogue.items, numbers_of(plain)
        near = self._shelf.alike(plain, _ALIKE if entry.makers else _ALIKE_ALONE)
        whole = ((row, core(items[row].title)) for row in near)
        same = (row for row, other in whole if numbers_of(other) == numbers and spelt_alike(plain, other))
        part = part_of_series(entry.title)
        return (row for row in same if not part or part_of_series(items[row].title) in ("", part))


def year_fit(entry: Entry, theirs: int) -> YearFit:
    """How the year of an entry compares to another."""
    mine = entry.year or year_in(entry.title)
    if not mine or not theirs:
        return 2
    return 0 if mine == theirs else 1 if abs(mine - theirs) == 1 else _FAR


def length_fit(mine: float, theirs: float) -> LengthFit:
    """Whether two lengths in minutes are of one work, however it was measured."""
    return 0 if mine and theirs and abs(mine - theirs) <= max(_MINUTES, _CREDITS * theirs) else 1


def _form_fit(form: TitleForm, loss: int) -> TitleFit:
    """A whole title behind the name of its series is called so; a part may be the name of the series alone."""
    if form.loss + loss == 0:
        return 0
    return 1 if max(form.loss, loss) == 1 or (form.behind and loss == 0) else 2


def _title_fit(alike: Likeness) -> TitleFit:
    if alike.begun:
        return 4
    if alike.whole:
        return 6 if alike.near else 4
    if alike.foreign and alike.cover >= _HALF:
        return 5
    if (alike.foreign and alike.cover) or alike.part:
        return 6
    if alike.script:
        return 7
    return 8 if alike.begins else 9 if alike.cover >= _HALF and not alike.more else 10
