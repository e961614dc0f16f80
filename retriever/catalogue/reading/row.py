"""A row of a file, and one that could not be read. Knows nothing of files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column, as the file has them: texts, or what JSON and Parquet tell apart. `line` counts from 1."""

    file: str
    line: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row set aside: where it stands, why, and what it says."""

    file: str
    line: int
    reason: str
    content: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"
