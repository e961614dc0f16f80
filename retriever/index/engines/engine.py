"""What an index needs of a store of vectors. Which engine stands for a folder is said where one is opened or built.

One engine holds one index: its items as vectors with a row of facts beside each, what is known about the whole, and a
few small tables. Knows nothing of items, encoders or interests, nor of any store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from ...encoding import Vectors

T = TypeVar("T")

Row = Mapping[str, str | int | float]
"""Facts beside a vector, or about the whole index."""

Nearest = tuple[list[str], npt.NDArray[np.float64]]
"""Ids and their products with a query, best first."""

PAGE = 4000
"""The most ids that an engine is given at once."""


class VectorEngine(Protocol):
    """A store of vectors. Reading is safe from several threads; only one process writes at a time (`alone`)."""

    @property
    def place(self) -> str:
        """Where the store is, for messages."""
        ...

    @property
    def folder(self) -> Path | None:
        """The folder in which files that are made from the store may be kept, if there is one."""
        ...

    @property
    def depth(self) -> int:
        """For how many results a query is all but certain to find the nearest; of more it may miss some."""
        ...

    def alone(self, patience: float = 0) -> AbstractContextManager[None]:
        """Nobody else writes meanwhile, as far as the store can tell. patience: seconds to wait for who does.

        Raises IndexMismatch if somebody still does.
        """
        ...

    def metadata(self) -> Row | None:
        """What is known about the index as it is stored now; None where there is no index."""
        ...

    def describe(self, metadata: Row) -> None:
        """Replaces what is known about the index; the first time, makes an empty one."""
        ...

    def ids(self) -> list[str]:
        """All ids, in an order that stays until something is written."""
        ...

    def rows(self, ids: Sequence[str]) -> dict[str, Row]:
        """The rows of a page of ids; ids that are not there are left out."""
        ...

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors, (d,) each, of a page of ids; ids that are not there are left out."""
        ...

    def upsert(self, ids: Sequence[str], vectors: Vectors, rows: Sequence[Row]) -> None:
        """Writes a page of vectors (n, d) and their rows, in the place of what these ids had."""
        ...

    def delete(self, ids: Sequence[str]) -> None:
        """Removes a page of ids; ids that are not there are passed over."""
        ...

    def query(self, vectors: Vectors, count: int) -> list[Nearest]:
        """For each of the vectors (m, d), m > 0, the `count` > 0 with the largest inner products, or all there are."""
        ...

    def attach(self, name: str, ids: Sequence[str], vectors: Vectors, rows: Sequence[Row]) -> None:
        """Keeps a small table of vectors (n, d) with rows, in the place of the one of that name; n = 0 removes it."""
        ...

    def attached(self, name: str) -> tuple[Vectors, list[Row]]:
        """A table as attached, its rows in any order; shape (0, 0) and none if there is no such table."""
        ...


def pages(values: Sequence[T], size: int = PAGE) -> Iterator[Sequence[T]]:
    """The values in parts of at most this size."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
