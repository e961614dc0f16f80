"""Turns short texts into unit vectors with sentence-transformers.

Loads the model at the first use, not at import, on the GPU where torch finds one. Knows nothing of items or blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    pass

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """What the retriever needs of an encoder. Must be safe to call from several threads."""

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str:
        """Differs between encoders whose vectors must not be mixed."""
        ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimensions), float32."""
        ...
