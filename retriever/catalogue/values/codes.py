"""Codes of languages, countries, states and threats to a species as their names: "eng" and "en-US" are English, "US"
is the United States.

The names are those of ISO 639 and ISO 3166 (pycountry). Knows nothing of columns' names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache
from typing import Any

from .subdivisions import subdivisions

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Z]{2,3}|[A-Z][a-z]{3}))?")
_SHORT = re.compile(r"[A-Za-z]{2}(?:[-_][A-Z]{2})?")
_ENOUGH = 0.8
_STATES = 5
"""So many are states of one country where nothing else says so."""
_THREATS = {
    "EX": "extinct",
    "EW": "extinct in the wild",
    "CR": "critically endangered",
    "EN": "endangered",
    "VU": "vulnerable",
    "NT": "near threatened",
    "LC": "least concern",
    "DD": "data deficient",
    "NE": "not evaluated",
}
"""The categories of the IUCN Red List."""
_CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}
_COMMON = frozenset(("EN", "ES", "FR", "DE", "ZH", "JA", "PT", "RU", "AR", "HI", "IT", "KO"))
"""Codes in capitals are no languages if none of the largest is among them, unless a column's name says so."""
_OFTEN = {"UK": "United Kingdom", "EN": "English"}


def as_code_names(values: Sequence[Any], expected: bool, divided: bool = False) -> list[Any] | None:
    """The column with names for codes, also in lists of them; None if its values are no languages, countries or states.

    expected: whether the column's name speaks of languages or countries; divided: of states and the like. Then a part
    of the values may be names already. What names most of the values decides: "CA" and "NV" are no countries.
    """
    distinct = {part for value in values for part in _parts(value)}
    named = _named(distinct, expected, divided)
    if named is None:
        return None
    return [
        tuple(dict.fromkeys(named.get(part, part) for part in _parts(value))) or None
        if isinstance(value, tuple)
        else next((named.get(part, part) for part in _parts(value)), None)
        for value in values
    ]


def _parts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(part).strip() for part in (value if isinstance(value, tuple) else (value,)))


def _named(distinct: Set[str], expected: bool, divided: bool) -> Mapping[str, str] | None:
    """The names for values, by that system of codes which has most of them."""
    if not any(map(_CODE.fullmatch, distinct)):
        return None
    if len(distinct) >= 3 and distinct <= _THREATS.keys() and not all(map(_is_of_iso, distinct)):
        return _THREATS
    if len(distinct) >= 3 and distinct <= _CONTINENTS.keys() and not all(map(_is_of_iso, distinct)):
        return _CONTINENTS
    plain = len(distinct) >= 3 and all(map(_SHORT.fullmatch, distinct))
    states = subdivisions(distinct) if plain or expected or divided else {}
    if not divided and (len(states) < len(distinct) or (not expected and len(distinct) < _STATES)):
        states = {}
    likely = expected or not all(map(str.isupper, distinct)) or bool(_COMMON & distinct)
    others = ((_language, _country) if likely else (_country,)) if plain or expected else ()
    systems = [{value: name for value in distinct if (name := of(value))} for of in others]
    best = max((states, *systems) if divided else (*systems, states), key=len)
    return best if len(best) >= _ENOUGH * len(distinct) else None


def _is_of_iso(value: str) -> bool:
    import pycountry

    return pycountry.countries.get(alpha_2=value) is not None


@cache
def _language(value: str) -> str:
    import pycountry

    code = re.split(r"[-_]", value)[0].casefold()
    if not _CODE.fullmatch(value):
        found = pycountry.languages.get(name=value)
    elif len(code) == 2:
        found = pycountry.languages.get(alpha_2=code)
    else:
        found = pycountry.languages.get(alpha_3=code) or pycountry.languages.get(bibliographic=code)
    return re.sub(r"\s*\(.*\)|^Modern ", "", found.name) if found else ""


@cache
def _country(value: str) -> str:
    import pycountry

    if value in _OFTEN:
        return _OFTEN[value]
    if _CODE.fullmatch(value) and not value.isupper():
        return ""
    try:
        found = pycountry.countries.lookup(value)
    except LookupError:
        return ""
    return str(getattr(found, "common_name", found.name)) if _CODE.fullmatch(value) else value
