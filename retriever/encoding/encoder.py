"""The seam between texts and vectors: what the retriever asks of an encoder.

Knows nothing of models, caches or items.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Texts as unit vectors. Must be safe to call from several threads.

    The same text has the same vector, to the model's precision, alone and in any company.
    """

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    @property
    def fingerprint(self) -> str:
        """Differs between encoders whose vectors must not be mixed; the same for the same vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors in the order of the texts, shape (len(texts), dimensions), float32."""
        ...

    def forget(self) -> None:
        """Lets go of every text that it keeps in memory, for a person's own words may be among them."""
        ...
