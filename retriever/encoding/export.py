"""Writes a sentence-transformers model so that onnxruntime can run it, and checks that it still says the same.

Knows torch and sentence-transformers. Knows nothing of where exports are kept.
"""

from __future__ import annotations

import importlib.util
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import PenchantError
from .exported_model import MODEL, TOKENIZER, ExportedModel, ExportSettings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TOLERANCE = 1e-5
"""The most by which a number of a unit vector may differ from the original's."""

_PROBES = (
    "slow burn",
    "",
    "A Film About GRIEF, told backwards",
    "90s thriller with a heist and no romance in it",
    "Été à Paris 三",
    "a long walk home " * 200,
)


class CannotExport(PenchantError):
    """This model has no form in onnxruntime; sentence-transformers still runs it."""


def export(model: SentenceTransformer, folder: Path) -> None:
    """Writes the whole of a model on the CPU, pooling and all, with its tokenizer, into a folder.

    Raises CannotExport if the exporter fails or the result differs by more than TOLERANCE, and PenchantError where the
    package onnx is missing.
    """
    if importlib.util.find_spec("onnx") is None:
        raise PenchantError("an encoder cannot be exported without the package onnx; install with: pip install onnx")
    try:
        _write(model, folder)
        difference = _difference(model, folder)
    except OSError:
        raise
    except Exception as error:  # models and exporter fail in any way, and each means the same here
        reason = str(error).partition("\n")[0]
        raise CannotExport(f"the encoder cannot be exported: {reason:.200}") from error
    if not difference <= TOLERANCE:
        raise CannotExport(f"the exported encoder differs from the original by {difference:.1g}")


def _write(model: SentenceTransformer, folder: Path) -> None:
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            found: torch.Tensor = self.model({"input_ids": ids, "attention_mask": mask})["sentence_embedding"]
            return found

    example = torch.ones(2, 7, dtype=torch.long)
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # from the older exporter; the newer needs more packages
        torch.onnx.export(
            Whole().eval(),
            (example, example),
            str(folder / MODEL),
            input_names=["ids", "mask"],
            output_names=["vectors"],
            dynamic_axes={"ids": {0: "texts", 1: "tokens"}, "mask": {0: "texts", 1: "tokens"}, "vectors": {0: "texts"}},
            dynamo=False,
        )
    tokenizer: Any = model.tokenizer
    tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    _settings(model, tokenizer).save(folder)


def _settings(model: SentenceTransformer, tokenizer: Any) -> ExportSettings:
    return ExportSettings(
        dimensions=int(model.get_embedding_dimension() or 0),
        longest=model.max_seq_length,
        pad_id=tokenizer.pad_token_id,
        pad_token=tokenizer.pad_token,
        padding=tokenizer.padding_side,
        truncation=tokenizer.truncation_side,
        prompt=model.prompts.get(model.default_prompt_name or "") or "",
    )


def _difference(model: SentenceTransformer, folder: Path) -> float:
    """The largest between any two numbers, of texts in one batch: short, empty, cased, foreign, longer than is read."""
    found = ExportedModel.open(folder).encode(_PROBES, len(_PROBES))
    wanted = model.encode(list(_PROBES), normalize_embeddings=True, show_progress_bar=False)
    return float(np.abs(found - np.asarray(wanted, dtype=np.float32)).max())
