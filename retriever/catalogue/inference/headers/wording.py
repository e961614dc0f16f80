"""A name as words: "Year Published", "num_players" and "pageCount" have two each, "pH" and "O2" one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .joined import parted

_RUN = re.compile(r"[^\W_]+|[%€$£¥\"]")
_SYMBOL = re.compile(r"[A-Z]{1,3}\d{1,2}")
"""A letter with a number is one sign: "O2", "PM10"."""
_PART = re.compile(r"\D+|\d+")
_HUMP = re.compile(r"U+(?!l)|U?l+")


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case."""
    runs = _RUN.findall(unicodedata.normalize("NFC", name))
    return tuple(word for run in runs for one in _parted(run) for word in parted(one.casefold()))


def _parted(run: str) -> Iterator[str]:
    """A run of letters and digits, parted at digits and where capitals begin, in any alphabet that has them."""
    if _SYMBOL.fullmatch(run):
        yield run
        return
    for part in _PART.findall(run):
        shape = "".join("U" if c.isupper() else "l" for c in part)
        whole = shape == "lU"  # "pH"
        yield from [part] if whole else (part[hump.start() : hump.end()] for hump in _HUMP.finditer(shape))
