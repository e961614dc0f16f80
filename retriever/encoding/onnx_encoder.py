"""The encoder in onnxruntime: on a CPU several times as fast on short texts, and up in a moment, for it needs no torch.

Its vectors are those of sentence-transformers to within 1e-5, so that both serve one index. Knows nothing of items or
blocks, nor of how a model is exported.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from ..errors import PenchantError
from .encoder import Vectors
from .export import export
from .export_store import ExportStore, exports_folder
from .exported_model import ExportedModel
from .model_folder import DEFAULT_MODEL
from .sentence_encoder import BATCH, SentenceEncoder

_log = logging.getLogger(__name__)


class OnnxEncoder(SentenceEncoder):
    """A SentenceEncoder that runs in onnxruntime on the CPU; `folder` is where exported models are kept (by default in
    the data folder).

    The first use of a model loads it as sentence-transformers does and exports it. Where that cannot be done, or the
    export does not agree with the original, sentence-transformers runs it; if `strict`, PenchantError is raised.
    """

    def __init__(
        self, model: str = DEFAULT_MODEL, batch_size: int = BATCH, folder: Path | None = None, strict: bool = True
    ) -> None:
        super().__init__(model, "cpu", batch_size)
        self._size = batch_size
        self._folder = folder
        self._strict = strict
        self._opening = threading.Lock()
        self._opened = False
        self._exported: ExportedModel | None = None

    @property
    def dimensions(self) -> int:
        exported = self._open()
        return super().dimensions if exported is None else exported.settings.dimensions

    def _encode(self, texts: Sequence[str]) -> Vectors:
        exported = self._open()
        return super()._encode(texts) if exported is None else exported.encode(texts, self._size)

    def _open(self) -> ExportedModel | None:
        """The model as exported, opened once; None where sentence-transformers runs it."""
        with self._opening:
            if not self._opened:
                self._exported = self._found()
                self._opened = True
            return self._exported

    def _found(self) -> ExportedModel | None:
        loaded = self._model
        try:
            exported = ExportStore(self._folder or exports_folder()).open(self.fingerprint, self._write, self._strict)
        except (PenchantError, OSError, ImportError) as error:
            if self._strict:
                raise PenchantError(f"the encoder {self.name!r} does not run in onnxruntime: {error}") from error
            return None
        self._model = loaded  # what was loaded to be exported has done its part
        return exported

    def _write(self, folder: Path) -> None:
        _log.info("Preparing the encoder %s: once, and it may take a minute.", self.name)
        export(self.load(), folder)
