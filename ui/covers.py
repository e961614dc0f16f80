"""The picture of an item: from the catalogue, or a drawn cover that is always the same for the same item.

Knows nothing of markup.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Any

from penchant.retriever import Item, Schema

Data = dict[str, Any]

_PATTERNS = 6
_PICTURE = re.compile(r"(^|_)(image|picture|poster|cover|thumbnail|photo)(_?(url|uri|link))?$", re.I)
_INSIDE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=\s]+")
_LARGEST = 400_000
_SMALL_WORDS = {"a", "an", "the", "of", "and", "for", "in", "on", "to", "la", "le", "el", "der", "die", "das"}


def cover(item: Item, schema: Schema, outside: bool = False) -> Data:
    """The pattern tells the kind of thing, the hue its first facet value. `outside`: also pictures of other hosts."""
    kind = first(item, schema.of("category"))
    theme = first(item, schema.of("facet")) or item.title
    return {
        "initials": initials(item.title),
        "hue": _hash(theme) % 360,
        "pattern": _hash(kind) % _PATTERNS,
        "picture": picture(item, outside),
    }


def picture(item: Item, outside: bool = False) -> str:
    """The address of the item's own picture: one that is part of the catalogue (a data: address), or, if that is
    allowed, one on another host; else empty."""
    for name in item.fields:
        for value in item.values(name)[:1] if _PICTURE.search(name) else ():
            if len(value) <= _LARGEST and (_INSIDE.fullmatch(value) or (outside and _is_web(value))):
                return value
    return ""


def _is_web(address: str) -> bool:
    return re.fullmatch(r"https?://[^\s\"'<>`\\]+", address) is not None


def first(item: Item, names: Sequence[str]) -> str:
    """The first value that one of the fields has."""
    return next((value for name in names for value in item.values(name)), "")


def initials(title: str) -> str:
    """Two letters at most, small words aside."""
    words = re.findall(r"\w[\w'’]*", title)
    large = [word for word in words if word.casefold() not in _SMALL_WORDS] or words
    return "".join(word[0] for word in large[:2]).upper() or "?"


def _hash(text: str) -> int:
    return zlib.crc32(text.casefold().encode())
