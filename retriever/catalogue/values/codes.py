"""Codes of languages and countries, as their names: "eng" and "en-US" are English, "US" is the United States.

The names are those of ISO 639 and ISO 3166 (pycountry). Knows nothing of columns' names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Z]{2}|[A-Z][a-z]{3}))?")
_SHORT = re.compile(r"[A-Za-z]{2}(?:[-_][A-Z]{2})?")
_ENOUGH = 0.8
_OFTEN = {"UK": "United Kingdom", "EN": "English"}


def as_code_names(values: Sequence[Any], expected: bool) -> list[str | None] | None:
    """The column with names for codes; None if its values are no languages or countries.

    expected: whether the column's name speaks of them; then a part of the values may be names already.
    """
    distinct = {str(value).strip() for value in values if value is not None}
    codes = {value for value in distinct if _CODE.fullmatch(value)}
    if not codes or (not expected and (len(distinct) < 3 or not all(map(_SHORT.fullmatch, distinct)))):
        return None
    best = max((_language, _country), key=lambda name_of: sum(bool(name_of(value)) for value in distinct))
    if sum(bool(best(value)) for value in distinct) < _ENOUGH * len(distinct):
        return None
    named = {value: best(value) or value for value in distinct}
    return [None if value is None else named[str(value).strip()] for value in values]


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
