"""Keys of works that many catalogues share: IMDb, ISBN, MusicBrainz; each in one form, so that equal ones are equal.

Knows their forms and check digits. Knows nothing of columns.
"""

from __future__ import annotations

import re
from typing import Any

from .missing import is_missing

_IMDB = re.compile(r"(?:^|/)(?:tt)?0*(\d{1,9})/?$")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ISBN = re.compile(r"(?<![\w-])((?:97[89](?:[ -]?\d){10})|(?:\d[ -]?){8,9}[\dXx])(?![\w-])")
_PREFIX = "978"


def identifier(scheme: str, value: Any) -> str:
    """A cell as a key of a scheme ("imdb", "isbn", "mbid", or any other), or an empty text for what is none."""
    if is_missing(value):
        return ""
    plain = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    if scheme == "imdb":
        return f"tt{found[1]:0>7}" if (found := _IMDB.search(plain)) and int(found[1]) else ""
    if scheme == "isbn":
        return _isbn(plain)
    if scheme == "mbid":
        return found[0] if (found := _UUID.search(plain.casefold())) else ""
    return plain.removesuffix(".0").casefold().strip("0 ") and plain.removesuffix(".0").casefold()


def _isbn(text: str) -> str:
    """With 13 digits, whichever of the two kinds it was, and the check digit that belongs to them: spreadsheets take
    the first zero away, and round the last digit."""
    found = _ISBN.search(text)
    digits = re.sub(r"[\s-]", "", found[1]) if found else ""
    if len(digits) not in (9, 10, 13):
        return ""
    body = digits[:12] if len(digits) == 13 else _PREFIX + digits.zfill(10)[:9]
    return body + _check_of_13(body)


def _check_of_13(twelve: str) -> str:
    return str(-sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(twelve)) % 10)
