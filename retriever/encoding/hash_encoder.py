"""An encoder without a model, for tests: vectors are bags of hashed words, so that products can be worked out by hand.

Knows nothing of what words mean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from .encoder import Vectors


class HashEncoder:
    """1 for the same words, 0 for texts without a common word (or bucket), 1 / sqrt(m n) for one in common of m and n.

    dimensions: buckets that words fall into. salt: another one is another encoder. `texts` holds all that it was ever
    asked for, in order.
    """

    def __init__(self, dimensions: int = 64, salt: str = "") -> None:
        self.name = f"hash{salt}"
        self.fingerprint = f"hash{salt}-{dimensions}"
        self.dimensions = dimensions
        self.texts: list[str] = []
        self._salt = salt

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return np.stack([self._vector(t) for t in texts]) if texts else np.zeros((0, self.dimensions), np.float32)

    def forget(self) -> None:
        self.texts.clear()

    def _vector(self, text: str) -> Vectors:
        words = text.casefold().replace(".", " ").replace(",", " ").split() or [""]
        counts = np.bincount([self._bucket(word) for word in words], minlength=self.dimensions)
        return (counts / np.linalg.norm(counts)).astype(np.float32)

    def _bucket(self, word: str) -> int:
        return int.from_bytes(hashlib.sha256((self._salt + word).encode()).digest()) % self.dimensions
