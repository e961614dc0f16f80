"""What points elsewhere and says nothing of a thing: links, pictures, mail, telephone numbers, postcodes, shelf marks,
parts of an address, a point on the globe.

By how the values are written; the name decides only where they look like amounts or names. Knows no files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..values import (
    is_domain,
    is_link,
    is_phone,
    is_point,
    is_postcode,
    is_street_line,
    may_be_phone,
    names_in_links,
    names_street,
)
from .column import share
from .headers import says

_MARKED = re.compile(r"\w*\d\w*(?:[./:-]\w+)+")
_DEGREES = re.compile(r"[-+−]?\d+(?:[.,]\d+)?\s?°?")
_MOSTLY = 0.9
_LINES = 0.7
_DIFFERENT = 0.5
_HALF = 0.5
_SOME = 0.3
"""So many that are surely one of these tell what others are, which are written like files or amounts."""
_SAMPLE = 500
_FEW = 2
_TOWN = ", "
"""An address with more than the street in it is matched as it is written."""


def names_pages(name: str, values: Sequence[Any]) -> bool:
    """Whether a column has links, no pictures, that say in words what each row is."""
    texts = [value.strip() for value in values if isinstance(value, str)]
    whole = len(texts) == len(values) > _FEW and not says(name, "picture")
    return whole and names_in_links(texts) is not None


def is_address(name: str, values: Sequence[Any]) -> bool:
    """Whether a column has addresses with a street, each row another."""
    texts = [value for value in values if isinstance(value, str)]
    told = len({text.casefold() for text in texts}) >= _MOSTLY * len(values) and len(texts) > _FEW
    if says(name, "address"):
        return told and share(texts, lambda text: is_street_line(text) or text[:1].isdigit()) > _HALF
    return told and share(texts, is_street_line) > _MOSTLY


def is_reference(name: str, filled: Sequence[Any]) -> bool:
    """Whether the cells of a column, or what they list, point elsewhere."""
    sample = filled[:: max(1, len(filled) // _SAMPLE)]
    parts = [part for cell in sample for part in (cell if isinstance(cell, list | tuple) else (cell,))]
    texts = [str(part).strip() for part in parts if isinstance(part, str | int | float) and not isinstance(part, bool)]
    if not texts or len(texts) < len(parts):
        return False
    if _reaches(name, texts) or _is_where(name, texts):
        return True
    different = len(set(texts)) > _DIFFERENT * len(texts)
    return different and says(name, "inventory") and share(texts, _MARKED.fullmatch) > _MOSTLY


def _reaches(name: str, texts: Sequence[str]) -> bool:
    """Sites, mail and telephones, also several of these in one column."""
    if share(texts, lambda text: is_link(text) or is_phone(text)) > _MOSTLY:
        return True
    if says(name, "link") and share(texts, lambda text: is_link(text) or is_domain(text)) > _MOSTLY:
        return True
    surely = share(texts, lambda text: is_link(text) or is_phone(text)) > _SOME
    if not surely and not says(name, "contact"):
        return False
    return share(texts, lambda text: is_link(text) or is_domain(text) or may_be_phone(text)) > _MOSTLY


def _is_where(name: str, texts: Sequence[str]) -> bool:
    """A point, a postcode, a street, or another part of an address."""
    if share(texts, is_point) > _MOSTLY or share(texts, is_postcode) > _MOSTLY:
        return True
    if says(name, "postcode") and all(text.removesuffix(".0").isdigit() for text in texts):
        return True
    if says(name, "coordinate") and share(texts, _DEGREES.fullmatch) > _MOSTLY:
        return True
    if not says(name, "address"):
        return share(texts, is_street_line) > _LINES and len(set(texts)) > _DIFFERENT * len(texts)
    if share(texts, names_street) > _HALF or share(texts, lambda text: text[:1].isdigit()) > _HALF:
        return share(texts, lambda text: _TOWN in text) <= _HALF
    return len({text.casefold() for text in texts}) > _MOSTLY * len(texts) and len(texts) > 1
