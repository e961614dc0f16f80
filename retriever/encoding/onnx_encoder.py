"""The encoder in onnxruntime: on a CPU several times as fast on short texts, and up in a moment, for it needs no torch.

The model is exported once and kept in the user's cache folder. Its vectors are those of sentence-transformers to within
1e-4, so that both serve one index. Knows nothing of items or blocks.
"""

from __future__ import annotations

import json
import secrets
import shutil
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import PenchantError
from .encoder import Vectors
from .sentence_encoder import BATCH, DEFAULT_MODEL, SentenceEncoder

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

PREFIX = "onnx:"
"""Before an encoder's name: run it in onnxruntime."""

_TOLERANCE = 1e-4
_PROBES = ("slow burn", "a film about grief, told backwards", "90s thriller with a heist and no romance in it")


def encoder_named(name: str) -> SentenceEncoder:
    """The encoder of a name or folder, or "onnx:" and one."""
    return OnnxEncoder(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else SentenceEncoder(name)


class OnnxEncoder(SentenceEncoder):
    """A SentenceEncoder that runs in onnxruntime on the CPU; `folder` is where exported models are kept.

    The first use of a model exports it, which needs the package onnx (the extra "onnx") and raises PenchantError where
    that is missing or the exported model does not agree with the original.
    """

    def __init__(self, model: str = DEFAULT_MODEL, batch_size: int = BATCH, folder: Path | None = None) -> None:
        super().__init__(model, "cpu", batch_size)
        self._size = batch_size
        self._folder = folder
        self._running: tuple[Tokenizer, InferenceSession, str] | None = None

    @property
    def dimensions(self) -> int:
        return int(self._run(["one"]).shape[1])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))  # like lengths together waste no padding
        batches = [order[start : start + self._size] for start in range(0, len(order), self._size)]
        found = np.concatenate([self._run([texts[n] for n in batch]) for batch in batches])
        vectors = np.empty_like(found)
        vectors[order] = found
        return vectors

    def _run(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            if self._running is None:
                self._running = _opened(self._exported())
        tokenizer, session, prompt = self._running
        tokens = tokenizer.encode_batch([prompt + text for text in texts])
        ids = np.array([t.ids for t in tokens], dtype=np.int64)
        mask = np.array([t.attention_mask for t in tokens], dtype=np.int64)
        vectors: Any = session.run(None, {"ids": ids, "mask": mask})[0]
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def _exported(self) -> Path:
        """The folder of the exported model, made if it is not there: under another name first, then in one step."""
        import platformdirs

        folder = self._folder or platformdirs.user_cache_path("penchant") / "onnx"
        path = folder / self.fingerprint.replace("/", "_").replace(":", "_")
        if not path.is_dir():
            part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
            part.mkdir(parents=True)
            try:
                _export(self.load(), part)
                self._check(part)
                part.rename(path)
            finally:
                shutil.rmtree(part, ignore_errors=True)
        return path

    def _check(self, exported: Path) -> None:
        """Raises PenchantError unless the exported model says what the original says, also of texts in one batch."""
        self._running = _opened(exported)
        difference = np.abs(self._run(_PROBES) - super()._encode(_PROBES)).max()
        self._running = None
        if difference > _TOLERANCE:
            raise PenchantError(f"the encoder {self.name!r} differs by {difference:.1g} in onnxruntime; use it without")


def _opened(folder: Path) -> tuple[Tokenizer, InferenceSession, str]:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    known = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    tokenizer.enable_truncation(known["longest"])
    tokenizer.enable_padding(pad_id=known["pad_id"], pad_token=known["pad_token"])
    session = InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    return tokenizer, session, known["prompt"]


def _export(model: SentenceTransformer, folder: Path) -> None:
    """Writes the whole of a model, pooling and all, with its tokenizer."""
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            found: torch.Tensor = self.model({"input_ids": ids, "attention_mask": mask})["sentence_embedding"]
            return found

    example = torch.ones(2, 7, dtype=torch.long)
    axes = {"ids": {0: "texts", 1: "tokens"}, "mask": {0: "texts", 1: "tokens"}, "vectors": {0: "texts"}}
    try:
        with warnings.catch_warnings(), torch.inference_mode():
            warnings.simplefilter("ignore")  # from the older exporter; the newer needs more packages
            torch.onnx.export(
                Whole().eval(),
                (example, example),
                str(folder / "model.onnx"),
                input_names=["ids", "mask"],
                output_names=["vectors"],
                dynamic_axes=axes,
                dynamo=False,
            )
    except (RuntimeError, ImportError, torch.onnx.OnnxExporterError) as error:
        reason = str(error).partition("\n")[0]
        raise PenchantError(f"the encoder cannot be exported: {reason:.200} (pip install 'penchant[onnx]')") from error
    tokenizer: Any = model.tokenizer
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "longest": model.max_seq_length,
        "pad_id": tokenizer.pad_token_id,
        "pad_token": tokenizer.pad_token,
        "prompt": model.prompts.get(model.default_prompt_name or "", ""),
    }
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
