"""The picture of an item: from the catalogue, or a drawn cover that is always the same for the same item.

Knows nothing of markup.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

from penchant.retriever import Item, Schema

from .gallery import Gallery
from .template_data import Data

_PATTERNS = 6
_SMALL_WORDS = {"a", "an", "the", "of", "and", "for", "in", "on", "to", "la", "le", "el", "der", "die", "das"}


def cover(item: Item, schema: Schema, gallery: Gallery) -> Data:
    """The pattern tells the kind of thing, the hue its first facet value; a picture lies over them."""
    kind = first(item, schema.of("category"))
    theme = first(item, schema.of("facet")) or item.title
    return {
        "initials": initials(item.title),
        "hue": _hash(theme) % 360,
        "pattern": _hash(kind) % _PATTERNS,
        "picture": gallery.picture(item, schema),
    }


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
