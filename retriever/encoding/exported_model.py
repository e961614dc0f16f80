"""A model as exported, run in onnxruntime on the CPU: needs neither torch nor sentence-transformers.

Knows the files of an export and nothing of where it came from or is kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ..errors import PenchantError
from .encoder import Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
_SETTINGS = "settings.json"


class NotExported(PenchantError):
    """There is no export of this model, or none that can be opened."""


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What the model's own folder says beside weights and tokenizer: the longest text in tokens (None: any), how texts
    of one batch are padded, and what is put before each text."""

    dimensions: int
    longest: int | None
    pad_id: int
    pad_token: str
    padding: Literal["left", "right"]
    truncation: Literal["left", "right"]
    prompt: str

    def save(self, folder: Path) -> None:
        (folder / _SETTINGS).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> ExportSettings:
        return cls(**json.loads((folder / _SETTINGS).read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """An open export. Safe from many threads, which do not wait for each other."""

    tokenizer: Tokenizer
    session: InferenceSession
    settings: ExportSettings

    @classmethod
    def open(cls, folder: Path) -> ExportedModel:
        """Raises NotExported if the folder does not hold a whole export."""
        from onnxruntime import InferenceSession
        from tokenizers import Tokenizer

        if not folder.is_dir():
            raise NotExported(f"{folder}: no exported model")
        try:
            settings = ExportSettings.load(folder)
            tokenizer = _padding(Tokenizer.from_file(str(folder / TOKENIZER)), settings)
            session = InferenceSession(str(folder / MODEL), providers=["CPUExecutionProvider"])
        except Exception as error:  # either library has errors of its own, which share nothing narrower
            raise NotExported(f"{folder}: not an exported model: {error}") from error
        return cls(tokenizer, session, settings)

    def encode(self, texts: Sequence[str], batch_size: int) -> Vectors:
        """Unit vectors, (len(texts), dimensions), float32. Texts of like lengths share a batch, to waste no padding."""
        vectors = np.zeros((len(texts), self.settings.dimensions), np.float32)
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        for start in range(0, len(order), batch_size):
            batch = order[start : start + batch_size]
            vectors[batch] = self._run([texts[n] for n in batch])
        return vectors

    def _run(self, texts: Sequence[str]) -> Vectors:
        tokens = self.tokenizer.encode_batch([self.settings.prompt + text for text in texts])
        ids = np.array([t.ids for t in tokens], dtype=np.int64)
        mask = np.array([t.attention_mask for t in tokens], dtype=np.int64)
        found: Any = self.session.run(None, {"ids": ids, "mask": mask})[0]
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def _padding(tokenizer: Tokenizer, settings: ExportSettings) -> Tokenizer:
    """The tokenizer, set to make one rectangle of each batch."""
    if settings.longest is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(settings.longest, direction=settings.truncation)
    tokenizer.enable_padding(direction=settings.padding, pad_id=settings.pad_id, pad_token=settings.pad_token)
    return tokenizer
