"""Pictures: a CLIP-type model that places texts and picture files in one space, so that each can ask for the other.

A text is never taken for a path or an address, and no file is read but the catalogue's own, while an index is made, and
those of one folder that the program names for interests to point to. Knows nothing of blocks or interests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..catalogue import Item
from ..errors import CatalogueError, PenchantError
from .encoder import Vectors
from .sentence_encoder import SentenceEncoder
from .vector_cache import VectorCache

if TYPE_CHECKING:
    from PIL.Image import Image
    from sentence_transformers import SentenceTransformer

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_LARGEST_FILE = 32 << 20
_MOST_PIXELS = 64_000_000
_SIDE = 512  # no such model looks closer
_BATCH = 16
_CACHED = 10_000

Stamp = tuple[Path, int, int]
"""A picture file as it is now: its path, size and time of change."""


class Pictures(SentenceEncoder):
    """A CLIP-type model of sentence-transformers, by name or folder.

    items: where relative paths of the catalogue's pictures start. queries: the folder whose pictures interests may
    point to, by their path in it; None: to none.
    """

    def __init__(
        self, model: str, queries: Path | str | None = None, items: Path | str = ".", device: str | None = None
    ) -> None:
        super().__init__(model, device)
        self._queries = None if queries is None else Path(queries).resolve()
        self._items = Path(items)
        self._seen: VectorCache[Stamp] = VectorCache(_CACHED)

    def _load(self) -> SentenceTransformer:
        model = super()._load()
        if "image" not in model.modalities:
            raise PenchantError(f"the model {self.name!r} sees no pictures; name a CLIP-type one")
        return model.float()  # pixels come in full precision

    def _encode(self, texts: Sequence[str]) -> Vectors:
        # Said to be texts: the library takes a bare string that looks like a path or an address for the picture there.
        return self._forward([{"text": text} for text in texts])

    def encode_pictures(self, paths: Sequence[Path]) -> Vectors:
        """Unit vectors of picture files, shape (len(paths), dimensions). Raises PenchantError for what is none.

        Pictures that were seen before never wait for the model.
        """
        vectors = self._seen.vectors([(path, *_stamp(path)) for path in paths], self._looked_at)
        return np.stack(vectors) if vectors else np.zeros((0, self.dimensions), np.float32)

    def _looked_at(self, stamps: Sequence[Stamp]) -> Vectors:
        batches = [stamps[start : start + _BATCH] for start in range(0, len(stamps), _BATCH)]
        return np.concatenate([self._forward([_open(path) for path, *_ in batch]) for batch in batches])

    def of_item(self, item: Item, field: str) -> list[Path]:
        """The picture files of an item. Raises CatalogueError if one is not there."""
        paths = [self._items / value for value in item.values(field)]
        for path in paths:
            if not path.is_file():
                raise CatalogueError(f"item {item.id!r}: no such picture: {path} (field {field!r})")
        return paths

    def check(self, items: Iterable[Item], fields: Sequence[str]) -> None:
        """Raises CatalogueError if a picture file of an item is not there."""
        for item in items:
            self.stamps(item, fields)

    def encode_item(self, item: Item, field: str) -> Vectors:
        """The mean of an item's pictures, (dimensions,); zero if it has none. Raises CatalogueError for no picture."""
        try:
            vectors = self.encode_pictures(self.of_item(item, field))
        except PenchantError as error:
            raise CatalogueError(f"item {item.id!r}: {error}") from error
        return vectors.mean(axis=0) if len(vectors) else np.zeros(self.dimensions, dtype=np.float32)

    def stamps(self, item: Item, fields: Iterable[str]) -> list[list[int]]:
        """Changes whenever one of an item's picture files does."""
        return [list(_stamp(path)) for field in fields for path in self.of_item(item, field)]

    def find(self, name: str) -> Path:
        """The picture of that path in the folder of queries. Raises PenchantError if it may not be read or is none."""
        if self._queries is None:
            raise PenchantError("no folder of pictures to ask with is set; give Pictures its queries")
        try:
            path = (self._queries / name).resolve()
            if path.is_relative_to(self._queries) and path.is_file():
                return path
        except (OSError, ValueError):  # a name that no file can have
            pass
        raise PenchantError(f"no such picture in the folder to ask with: {name!r:.200}")

    def query(self, name: str) -> Vectors | None:
        """The vector (dimensions,) of a picture in the folder of queries; None where `find` or reading it fails."""
        try:
            return np.asarray(self.encode_pictures([self.find(name)])[0])
        except PenchantError:
            return None


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise PenchantError(f"{path}: not a readable picture: {error}") from error
    return found.st_size, found.st_mtime_ns


def _open(path: Path) -> Image:
    """A picture in memory, upright, no larger than a model can use."""
    from PIL import Image, ImageOps

    if path.stat().st_size > _LARGEST_FILE:
        raise PenchantError(f"{path}: the picture is larger than {_LARGEST_FILE >> 20} MiB")
    try:
        with Image.open(path, formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise PenchantError(f"{path}: the picture has more than {_MOST_PIXELS:,} pixels")
            image.draft("RGB", (_SIDE, _SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PenchantError(f"{path}: not a readable picture ({', '.join(_FORMATS)}): {error}") from error
    upright.thumbnail((_SIDE, _SIDE))
    return upright
