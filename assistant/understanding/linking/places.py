"""Places by other names than a catalogue writes: "Boston" for "Boston, MA", "Texas" for "Austin, TX", continents and
other groups of countries, and what people and things of a place are called (regions.toml, WordNet).

Codes behind the last comma are those of the one country's states (ISO 3166-2) that most of them are, or of countries.
A country lies where its clocks are kept, by the tz database; one that keeps those of an ocean ("Atlantic", "Indian") is
in none. Knows nothing of messages, nor of which places lie near each other.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from penchant.retriever.catalogue.inference import words_of
from penchant.retriever.catalogue.kinds import known_places

from ..text import STOPWORDS, forms
from .lexicon import Entry, Forms

_SAID = {
    "Europe": ("Europe", "European"),
    "Asia": ("Asia", "Asian"),
    "Africa": ("Africa", "African"),
    "Australia": ("Oceania",),
    "Pacific": ("Oceania",),
}
_MOST_VALUES = 300
_MOSTLY = 0.7
"""A field names places where so many of its values do."""
_MOST_PLACES = 3000
_FEWEST = 4
_MOST_PARTS = 4
_LONGEST_CODE = 3
_ENDINGS = ("n", "an", "ian", "ean", "ese", "i", "ish")
"""With one of them most names of countries are what is of these: Bolivian, Mexican, Ecuadorian, Chinese, Iraqi."""
_WHERE = frozenset("location city town place area region state country address venue destination".split())
"""Words for where a thing itself is, rather than its maker or owner."""


def places(entries: Mapping[Forms, Sequence[Entry]]) -> Iterator[tuple[Forms, list[Entry]]]:
    """The parts of places, each with the values that it is a part of: those of a field that says where first, the
    commoner first."""
    found: dict[Forms, dict[Entry, None]] = {}
    for values in _by_facet(entries):
        for form, entry in _parts(values):
            found.setdefault(form, {})[entry] = None
    for form, known in found.items():
        yield form, sorted(known, key=lambda entry: (not _WHERE & {*words_of(entry.facet)}, -entry.count))


def _by_facet(entries: Mapping[Forms, Sequence[Entry]]) -> Iterable[Mapping[str, Entry]]:
    """The entries of each field by their values; no titles."""
    found: dict[str, dict[str, Entry]] = {}
    for entry in (entry for known in entries.values() for entry in known if entry.kind != "title"):
        found.setdefault(entry.facet, {})[entry.value] = entry
    return found.values()


def _parts(values: Mapping[str, Entry]) -> Iterator[tuple[Forms, Entry]]:
    if not _FEWEST <= len(values) <= _MOST_PLACES:
        return
    written = {value: parts for value in values if len(parts := value.split(", ")) > 1}
    if not all(_is_place(parts) for parts in written.values()) or len(written) < _MOSTLY * len(values):
        return
    ends = Counter(parts[-1] for parts in written.values())
    if len(ends) > len(written) / 2:  # "Le Guin, Ursula": the ends of places come again
        return
    called = _called(ends)
    for value, parts in written.items():
        words = (word for part in parts for word in _words_for(part))
        for said in (*parts, *called.get(parts[-1], ()), *words):
            if form := forms(said):
                yield form, values[value]


def _is_place(parts: Sequence[str]) -> bool:
    return len(parts) <= _MOST_PARTS and all(part[:1].isupper() for part in parts)


def _called(codes: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """What codes of states or countries stand for."""
    import pycountry

    short = {code for code in codes if len(code) <= _LONGEST_CODE and code.isupper()}
    states: dict[str, dict[str, str]] = {}
    for state in pycountry.subdivisions if short else ():
        country, _, own = state.code.partition("-")
        if own in short:
            states.setdefault(country, {})[own] = state.name
    found = max(states.values(), key=len, default={})
    if len(found) >= _MOSTLY * len(short):
        return {code: (name,) for code, name in found.items()}
    lands = {code: land for land in pycountry.countries for code in (land.alpha_2, land.alpha_3)}
    return {code: (lands[code].name, getattr(lands[code], "common_name", "")) for code in short & lands.keys()}


def regions(entries: Mapping[Forms, Sequence[Entry]]) -> Iterator[tuple[Forms, list[Entry]]]:
    """The words for continents, other groups of countries, and what is of a place, each with the values of a field that
    it is said of, the commonest first."""
    found: dict[Forms, list[Entry]] = {}
    for values in _by_facet(entries):
        for entry in _placed(values):
            for form in dict.fromkeys(map(forms, _words_for(entry.value))):
                found.setdefault(form, []).append(entry)
    yield from ((form, sorted(known, key=lambda e: -e.count)) for form, known in found.items())


def _placed(values: Mapping[str, Entry]) -> list[Entry]:
    """Those of a field's values that are places, if most are."""
    if len(values) > _MOST_VALUES:
        return []
    named = [entry for value, entry in values.items() if _lands(_plain(value)) or _plain(value) in known_places()]
    return named if len(named) >= _MOSTLY * len(values) else []


def _words_for(value: str) -> Iterator[str]:
    """What people and things of a place are called, and of all that it lies in; a country's other names."""
    plain = _plain(value)
    if lands := _lands(plain):
        yield from (word for said, countries in _groups() if lands <= countries for word in said)
    if plain in _codes():
        yield from _of_country(_codes()[plain], value)
    yield from (word for place in known_places().get(plain, ()) for word in place.called)


def _lands(plain: str) -> frozenset[str]:
    """The codes of a country, or of all in a group of them."""
    if code := _codes().get(plain):
        return frozenset((code,))
    return _named_groups().get(plain, frozenset())


def _plain(value: str) -> str:
    """As names are compared: "U.K." is UK."""
    return value.replace(".", "").casefold()


def _of_country(code: str, value: str) -> Iterator[str]:
    """What people and things of a country are called, and the country by its other names."""
    names = [value, *(name for name, own in _codes().items() if own == code and name != _plain(value))]
    initials = {"".join(word[0] for word in name.split() if word not in STOPWORDS) for name in names if " " in name}
    yield from (name for name in names[1:] if name not in STOPWORDS or name in initials)  # "the US"
    yield from (".".join(name) for name in names if name in initials)  # "the U.S."
    yield from str(_table()["people"].get(code, "")).split()
    for name in (name for name in names if len(name) > _LONGEST_CODE):
        yield from (stem + ending for stem in {name, name.rstrip("aeiouy")} for ending in _ENDINGS)


@cache
def _table() -> Mapping[str, Any]:
    here = resources.files("penchant.assistant.understanding.linking")
    return tomllib.loads(here.joinpath("regions.toml").read_text(encoding="utf-8"))


@cache
def _codes() -> Mapping[str, str]:
    """The code of each country, by its names, and by the initials of those that are united ("UAE")."""
    import pycountry

    people = _table()["people"].items()
    said = {word.casefold(): code for code, words in people for word in words.split()}
    found = {word: code for word, code in said.items() if word in known_places()}
    for country in pycountry.countries:
        names = [getattr(country, kind, "") for kind in ("name", "common_name", "official_name", "alpha_3")]
        names += ["".join(filter(str.isupper, name)) for name in names if name.startswith("United ")]
        found |= {name.casefold(): country.alpha_2 for name in names if name}
    return found


@cache
def _groups() -> Sequence[tuple[Sequence[str], frozenset[str]]]:
    """The words for continents and other groups of countries, and the codes of these."""
    import pytz

    found: dict[Sequence[str], set[str]] = {}
    for code in dict.fromkeys(_codes().values()):
        for zone in pytz.country_timezones.get(code, ())[:1]:
            found.setdefault(_SAID.get(zone.partition("/")[0], ()), set()).add(code)
    groups = [*found.items(), *((region["said"], region["countries"].split()) for region in _table()["regions"])]
    return [(said, frozenset(codes)) for said, codes in groups]


@cache
def _named_groups() -> Mapping[str, frozenset[str]]:
    return {_plain(word): countries for said, countries in _groups() for word in said}
