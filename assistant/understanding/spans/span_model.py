"""The model that labels messages, run in onnxruntime on the CPU: a MiniLM that learned from marked messages.

Reads English (see docs/understanding.md). Knows the files of the model and nothing of catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .decoding import Reading, act_chances, log_softmax

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MODEL_FOLDER = Path(__file__).parent / "model"
MODEL, TOKENIZER = "spans.onnx", "tokenizer.json"
_LONGEST, _LONGEST_BEFORE = 320, 64
"""Word pieces that are read of a message, and of what was said before it."""


@dataclass(frozen=True)
class SpanModel:
    """An open model. Safe from many threads, which do not wait for each other."""

    session: InferenceSession
    tokenizer: Tokenizer

    def read(self, text: str, before: str = "") -> Reading:
        """The labels of a message, given what was said before it. Any text has a reading, if an empty one."""
        encoded = encode(self.tokenizer, text, before)
        fed = {"ids": encoded.ids, "mask": encoded.attention_mask, "types": encoded.type_ids}
        found: Any = self.session.run(None, {name: np.array([row], dtype=np.int64) for name, row in fed.items()})
        tags, sides, stresses, acts = found
        words = [n for n, word in enumerate(encoded.word_ids) if word is not None and not encoded.type_ids[n]]
        pieces = [(*encoded.offsets[n], int(encoded.word_ids[n] or 0)) for n in words]
        tags, sides, stresses = (log_softmax(logits[0][words]) for logits in (tags, sides, stresses))
        return Reading(pieces, tags, sides, stresses, act_chances(acts[0]), bool(before))


@lru_cache(maxsize=1)
def span_model() -> SpanModel:
    """The model of the package, opened once in a process."""
    import onnxruntime

    options = onnxruntime.SessionOptions()  # pyright: ignore[reportPrivateImportUsage]
    options.intra_op_num_threads = 1  # a message is short: threads would wait for each other
    session = onnxruntime.InferenceSession(str(MODEL_FOLDER / MODEL), options, providers=["CPUExecutionProvider"])
    return SpanModel(session, open_tokenizer())


@lru_cache(maxsize=1)
def open_tokenizer() -> Tokenizer:
    """The tokenizer of the package, read once: the dictionary has its words too."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(MODEL_FOLDER / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(tokenizer: Tokenizer, text: str, before: str) -> Encoding:
    """A message and what was said before it as one row: [CLS] message [SEP] before [SEP]."""
    text, before = (part.encode("utf-8", "replace").decode() for part in (text, before))  # a lone surrogate is no text
    said = tokenizer.encode(text, add_special_tokens=False)
    said.truncate(_LONGEST)
    context = tokenizer.encode(before, add_special_tokens=False) if before else None
    if context:
        context.truncate(_LONGEST_BEFORE)
    return tokenizer.post_process(said, context)
