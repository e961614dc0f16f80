"""Codes of states, provinces and the like, as their names: "UT" is Utah where a column has states of one country.

The names are those of ISO 3166-2 (pycountry). Knows nothing of columns' names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

_TELLING = 3
"""So many codes tell the country; of fewer only what just one country has is known."""
_NEARLY = 0.8
_CODE = re.compile(r"(?:[A-Z]{2}-)?[A-Z0-9]{1,3}")
_ASIDE = re.compile(r"\s*[;\[(*].*")


def subdivisions(values: Collection[str]) -> Mapping[str, str]:
    """The names for those of some codes and names that are subdivisions of one country: of that which has most of them,
    and of several such of the one with the fewest others. Empty if too few codes leave the country open."""
    codes = [value for value in values if value.isupper() or "-" in value]
    if not any(map(_CODE.fullmatch, codes)):
        return {}
    by_share = [
        (sum(code in known for code in codes), -len(known), country) for country, known in _by_country().items()
    ]
    most, _, best = max(by_share)
    if not most or (len(codes) < _TELLING and sum(count == most for count, *_ in by_share) > 1):
        return {}
    known = _by_country()[best]
    names = set(known.values())
    return {value: known.get(value, value) for value in values if value in known or value in names}


def subdivision_codes(names: Collection[str]) -> Mapping[str, str]:
    """The codes of some names, by the country that has most of them; empty unless nearly all of several are its."""
    said = set(names)
    share = {country: len(said.intersection(known.values())) for country, known in _by_country().items()}
    best = max(share, key=share.__getitem__)
    if share[best] < max(_TELLING, _NEARLY * len(names)):
        return {}
    return {name: code for code, name in _by_country()[best].items() if name in names and "-" not in code}


@cache
def _by_country() -> Mapping[str, Mapping[str, str]]:
    """The subdivisions of each country, by their codes with its own before them and without."""
    import pycountry

    found: dict[str, dict[str, str]] = {}
    for one in pycountry.subdivisions:
        name = _ASIDE.sub("", one.name)
        found.setdefault(one.country_code, {}).update({one.code: name, one.code.partition("-")[2]: name})
    return found
