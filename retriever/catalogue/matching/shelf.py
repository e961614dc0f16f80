"""A catalogue by what its items are called, by the keys they share with other catalogues, by their years and makers.

Knows items and schemas. Knows nothing of how a match is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from ..columns import Catalogue
from ..histories.services import services
from ..item import Item
from ..values import Unit, identifier, unit_named
from .languages import most_spoken
from .titles import Loss, TitleForm, core, title_forms, year_in

_SCHEMES = ("imdb", "isbn", "mbid", "tmdb", "steam", "bgg", "goodreads")
_OF_ITS_OWN = ("imdb", "isbn", "mbid")
"""Schemes whose keys are known by their form, so that an item's own id may be one."""
_OWN_FORM = re.compile(r"tt\d{7,9}|97[89]-?\d[\d-]{9,12}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_TITLES = re.compile(
    r"(?:(?:original|alt\w*|other|english|international|local|full|short)\s)?(?:titles?|names?)|aka", re.I
)
_YEARS = re.compile(r"year|released?|published|date", re.I)
_LANGUAGES = re.compile(r"(?:original |spoken )?lang(?:uages?)?", re.I)
_COMMON = 200
"""A word of more titles than this leads to too many to be compared."""
_FEW = 10
_SAMPLE = 1000
_DAY = 24 * 60


class Shelf:
    """Items by their titles and keys; rows as the catalogue counts them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def by_form(self) -> Mapping[str, Sequence[tuple[int, Loss]]]:
        """The rows that bear a form of a title, with what it leaves out of theirs."""
        found: dict[str, dict[int, Loss]] = {}
        for row, item in enumerate(self.catalogue.items):
            for form in self.forms(item):
                rows = found.setdefault(form.text, {})
                rows[row] = min(rows.get(row, form.loss), form.loss)
        return {text: tuple(rows.items()) for text, rows in found.items()}

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], Sequence[int]]:
        """The rows that bear a key."""
        found: dict[tuple[str, str], list[int]] = {}
        for row, keys in enumerate(self.keys):
            for key in keys:
                found.setdefault(key, []).append(row)
        return found

    @cached_property
    def keys(self) -> Sequence[frozenset[tuple[str, str]]]:
        """The keys of each row, of whichever scheme."""
        columns = {name: scheme for name in self._field_names if (scheme := _scheme(name))}
        return [frozenset(_keys(item, columns)) for item in self.catalogue.items]

    @cached_property
    def years(self) -> Sequence[int]:
        return [self._year(item) for item in self.catalogue.items]

    @cached_property
    def by_year(self) -> Mapping[int, Sequence[int]]:
        """The rows of each year."""
        found: dict[int, list[int]] = {}
        for row, year in enumerate(self.years):
            if year:
                found.setdefault(year, []).append(row)
        return found

    def languages(self, row: int) -> list[str]:
        """What a row says of languages."""
        return self.names(row, [name for name in self._field_names if _LANGUAGES.fullmatch(_apart(name))])

    @cached_property
    def minutes(self) -> Sequence[float]:
        """How long each takes by a field that measures time, 0 where none does."""
        fields = {f.name: unit.factor for f in self.catalogue.schema.fields if f.unit and (unit := _of_time(f.unit))}
        found = ([item.number(name, 0.0) * factor for name, factor in fields.items()] for item in self.catalogue.items)
        return [next(filter(None, lengths), 0.0) for lengths in found]

    @cached_property
    def kinds(self) -> Sequence[str]:
        """The kind of work that each row is, as histories call it; empty if it is not said."""
        schema = self.catalogue.schema
        fields = [name for name in schema.of("category", "facet", "hidden") if schema.single(name) or _is_kind(name)]
        return [self._kind(item, fields) for item in self.catalogue.items]

    @property
    def name_fields(self) -> Sequence[str]:
        """The fields that may name whoever made an item."""
        return self.catalogue.schema.of("name", "facet")

    def names(self, row: int, fields: Iterable[str]) -> list[str]:
        """Everybody that a row names in some fields."""
        item = self.catalogue.items[row]
        return [value for field in fields for value in item.values(field)]

    @cached_property
    def usual(self) -> frozenset[str]:
        """The languages that most titles are in."""
        return most_spoken(item.title for item in self.catalogue.items[:_SAMPLE])

    def alike(self, plain: str, least: float) -> list[int]:
        """The rows whose whole titles are nearly so, among those that share a word that few titles have."""
        words = [word for word in plain.split() if len(word) > 2]
        rare = (rows for word in words if len(rows := self._by_word.get(word, ())) <= _COMMON)
        near = {row: self._plain[row] for rows in rare for row in rows}
        found = process.extract(plain, near, scorer=fuzz.ratio, score_cutoff=least, limit=_FEW)
        return [row for _, _, row in found]

    def forms(self, item: Item) -> Iterator[TitleForm]:
        yield from title_forms(item.title)
        for name in self._title_fields:
            for value in item.values(name):
                yield from title_forms(value)

    @cached_property
    def _plain(self) -> Sequence[str]:
        return [core(item.title) for item in self.catalogue.items]

    @cached_property
    def _by_word(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {}
        for row, plain in enumerate(self._plain):
            for word in dict.fromkeys(plain.split()):
                found.setdefault(word, []).append(row)
        return found

    @cached_property
    def _field_names(self) -> Sequence[str]:
        return list(dict.fromkeys(name for item in self.catalogue.items for name in item.fields))

    @cached_property
    def _title_fields(self) -> Sequence[str]:
        numbers = set(self.catalogue.schema.of("number", "image"))
        return [name for name in self._field_names if _TITLES.fullmatch(_apart(name)) and name not in numbers]

    @cached_property
    def _year_fields(self) -> Sequence[str]:
        schema = self.catalogue.schema
        numbers = [f for f in schema.fields if f.kind == "number" and f.name != schema.prior]
        named = [f.name for f in numbers if _YEARS.search(f.name)]
        return sorted(named, key=lambda name: "original" not in name.casefold())

    def _year(self, item: Item) -> int:
        found = (item.number(name, 0.0) for name in self._year_fields)
        return next((int(year) for year in found if 100 <= year <= 2100), 0) or year_in(item.title)

    def _kind(self, item: Item, fields: Sequence[str]) -> str:
        found = (services().kind(value) for name in fields for value in item.values(name))
        return next(filter(None, found), "")


def _of_time(name: str) -> Unit | None:
    """A unit in which works are measured: a year or a day is when they came out."""
    unit = unit_named(name)
    return unit if unit and unit.dimension == "time" and unit.factor < _DAY else None


def _apart(name: str) -> str:
    return re.sub(r"[_.\s]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))


def _is_kind(name: str) -> bool:
    return bool({"kind", "type", "category", "medium", "media"} & set(_apart(name).casefold().split()))


def _scheme(name: str) -> str:
    """The scheme whose keys a field holds, by its name: "imdb_id", "isbn13", "appid"."""
    plain = _apart(name).casefold()
    joined = plain.replace(" ", "")
    if joined in ("appid", "steamappid"):
        return "steam"
    if joined in ("musicbrainzid", "tconst"):
        return "mbid" if joined != "tconst" else "imdb"
    found = next((scheme for scheme in _SCHEMES if joined.startswith(scheme)), "")
    return found if joined.removeprefix(found).strip("0123456789") in ("", "id", "uid", "url", "bookid") else ""


def _keys(item: Item, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, scheme in columns.items():
        for value in item.values(name):
            if key := identifier(scheme, value):
                yield scheme, key
    if _OWN_FORM.fullmatch(item.id):
        yield from ((scheme, key) for scheme in _OF_ITS_OWN if (key := identifier(scheme, item.id)))
