"""A file on its way to a catalogue, as a value: how far it is, what was read of it, what was corrected.

State in, state out. Knows nothing of where the file lies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from penchant.retriever import CatalogueFile, PenchantError

from .corrections import Correction, corrected_columns

Stage = Literal["coming", "reading", "read", "indexing", "failed"]


@dataclass(frozen=True, slots=True)
class Draft:
    """`number` tells it from the files before it in its tab. `come` of `size` bytes are there; `done` of `total` items
    are indexed. `corrections` are by the columns as they were read; `problem` says what was wrong last."""

    number: int
    file: str
    size: int
    stage: Stage = "coming"
    come: int = 0
    read: CatalogueFile | None = None
    name: str = ""
    identity: str = ""
    title: str = ""
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    done: int = 0
    total: int = 0
    problem: str = ""

    def correct(self, column: str, correction: Correction) -> Draft:
        """With a column taken for something else. Raises PenchantError where its values, or its name, cannot be that:
        what holds then is what was before."""
        if self.read is None or self.stage != "read":
            raise PenchantError("there is no file to correct; choose one first")
        if column not in {one.name for one in self.read.columns}:
            raise PenchantError("there is no such column in the file")
        before = self.corrections.get(column, Correction())
        corrections = {**self.corrections, column: before.then(correction)}
        corrected_columns(self.read.columns, corrections)
        return replace(self, corrections=corrections, problem="")

    def failed(self, problem: str) -> Draft:
        """Where there is something to correct, that can still be done; else there is only another file to choose."""
        return replace(self, stage="read" if self.read else "failed", problem=problem)
