"""Continents, where a catalogue names countries: "nothing in Europe" is about each country there that it has.

A country lies where its clocks are kept, by the tz database; one that keeps those of an ocean ("Atlantic", "Indian") is
in none. Knows nothing of messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ..text import forms
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
"""A field names countries where so many of its values do."""


def regions(entries: Mapping[Forms, Sequence[Entry]]) -> Iterator[tuple[Forms, list[Entry]]]:
    """The words for continents, each with the countries of it that a field has, the commonest first."""
    by_facet: dict[str, dict[str, Entry]] = {}
    for known in entries.values():
        for entry in known:
            if entry.kind != "title":
                by_facet.setdefault(entry.facet, {})[entry.value] = entry
    found: dict[Forms, list[Entry]] = {}
    for values in by_facet.values():
        for entry in _countries(values):
            for word in _SAID.get(_continents()[entry.value.casefold()], ()):
                found.setdefault(forms(word), []).append(entry)
    yield from ((form, sorted(known, key=lambda e: -e.count)) for form, known in found.items())


def _countries(values: Mapping[str, Entry]) -> list[Entry]:
    """Those of a field's values that are countries, if most are."""
    if len(values) > _MOST_VALUES:
        return []
    named = [entry for value, entry in values.items() if value.casefold() in _continents()]
    return named if len(named) >= _MOSTLY * len(values) else []


@cache
def _continents() -> Mapping[str, str]:
    """The continent of each country, by its names."""
    import pycountry
    import pytz

    found: dict[str, str] = {}
    for country in pycountry.countries:
        zones = pytz.country_timezones.get(country.alpha_2, ())
        names = (getattr(country, kind, "") for kind in ("name", "common_name", "official_name"))
        found |= {name.casefold(): zones[0].partition("/")[0] for name in names if name and zones}
    return found
