"""The errors a caller may want to tell apart. Every message says what is wrong, where, and what to do."""

from __future__ import annotations

from pathlib import Path


class PenchantError(Exception):
    """Root of the errors that Penchant raises for its caller to read."""


class CatalogueError(PenchantError):
    """The items or the schema file cannot be read; names the file and the line."""


class IndexMismatch(PenchantError):
    """An index cannot be opened or does not fit the encoder or schema asked for."""


class DamagedIndex(IndexMismatch):
    """Parts of an index are missing or not as they were written."""

    @classmethod
    def at(cls, folder: Path | None, what: str) -> DamagedIndex:
        """Of an index in a folder, or else of one on a server."""
        if folder is None:
            return cls(f"the index is damaged ({what}); build it again in a new place")
        return cls(f"{folder}: the index is damaged ({what}); mend it with: penchant repair {folder}")


class TrainingError(PenchantError):
    """The ratings cannot be read or are too few, or the training cannot begin, go on or be loaded."""
