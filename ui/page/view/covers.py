"""The cover of an item: its picture, or a drawn one that is always the same for the same item.

A picture is a small copy of a folder's file, or what the catalogue itself holds. A value of the catalogue is no
address until it is checked: a file is read only inside the folder, decoded, and made anew; another host is asked only
where that was allowed. Knows nothing of markup.
"""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from penchant.retriever import Item, Schema

from .template_data import Data

_PLAIN = (1, 2, 5, 6)
_MEDIA = {
    **dict.fromkeys("album music song record single podcast audiobook".split(), 0),
    **dict.fromkeys("film movie series show documentary video".split(), 3),
    **dict.fromkeys("book novel comic magazine".split(), 4),
}
"""The motifs of a record, a strip of film and a spine, of what is heard, watched and read; of the rest the others."""
_HUES, _NEAR, _APART = 5, 14, 40
"""A genre has so many hues, so far from each other; the second hue of a cover lies farther."""
_FIELD = re.compile(r"(^|_)(image|picture|poster|cover|thumbnail|photo)(_?(url|uri|link|file|path))?s?$", re.I)
_INSIDE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=]+")
_WEB = re.compile(r"https?://[^\s\"'<>`\\]+")
_LARGEST_TEXT = 400_000
_LARGEST_FILE = 32 << 20
_MOST_PIXELS = 64_000_000
_SIDE = (192, 256)
_KEPT = 2000


class Gallery:
    """folder: where the catalogue's picture files are; None: nowhere. web: pictures on other hosts are shown."""

    def __init__(self, folder: Path | None = None, web: bool = False) -> None:
        self._folder = folder.resolve() if folder else None
        self.web = web
        self._copy = lru_cache(_KEPT)(_copy)

    def picture(self, item: Item, schema: Schema) -> str:
        """The address of the item's picture as an img may have it; empty if it has none that may be shown."""
        names = (*schema.of("image"), *(name for name in item.fields if _FIELD.search(name)))
        values = (value for name in dict.fromkeys(names) for value in item.values(name)[:1])
        return next((address for value in values if (address := self._address(value))), "")

    def _address(self, value: str) -> str:
        if value.startswith("data:"):
            return value if len(value) <= _LARGEST_TEXT and _INSIDE.fullmatch(value) else ""
        if _WEB.fullmatch(value):
            return value if self.web else ""
        if self._folder is None or "\0" in value or len(value) > 1000:
            return ""
        path = (self._folder / value).resolve()
        return self._copy(path) if path.is_relative_to(self._folder) else ""


def _copy(path: Path) -> str:
    """A small JPEG of a picture file as a data: address; empty if it is none, or too large."""
    from PIL import Image

    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_FILE:
            return ""
        with Image.open(path, formats=("JPEG", "PNG", "WEBP", "GIF", "BMP")) as image:
            if image.width * image.height > _MOST_PIXELS:
                return ""
            small = image.convert("RGB")
        small.thumbnail(_SIDE)
        buffer = io.BytesIO()
        small.save(buffer, "JPEG", quality=82)
    except (OSError, ValueError, Image.DecompressionBombError):
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def cover(item: Item, schema: Schema, gallery: Gallery) -> Data:
    """The motif tells the kind of thing, the hues its first facet value and, a little, its title; a picture lies over
    them."""
    kind = first(item, schema.of("category"))
    theme = first(item, schema.of("facet")) or item.title
    hue = (_hash(theme) + _NEAR * (_hash(item.title) % _HUES)) % 360
    return {
        "hue": hue,
        "hue_2": (hue + _APART + _hash(item.title) % _APART) % 360,
        "motif": _motif(kind),
        "picture": gallery.picture(item, schema),
    }


def _motif(kind: str) -> int:
    """By the last word of a kind: of a "TV show", that of a show."""
    last = (kind.casefold().split() or [""])[-1]
    return _MEDIA.get(last, _MEDIA.get(last.removesuffix("s"), _PLAIN[_hash(kind) % len(_PLAIN)]))


def first(item: Item, names: Sequence[str]) -> str:
    """The first value that one of the fields has."""
    return next((value for name in names for value in item.values(name)), "")


def _hash(text: str) -> int:
    return zlib.crc32(text.casefold().encode())
