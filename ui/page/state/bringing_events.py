"""What a page may ask for with a file that is to become a catalogue, from its first piece on, or is a history.

Knows nothing of what is then done.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from penchant.retriever.catalogue.schema import Kind

from .page_event import PageEvent

_PIECE = 4_100_000
"""Characters of a piece in base64."""
_HISTORY = 6_700_000


class Piece(PageEvent):
    """A piece of a file, which has `size` bytes in all and of which `at` have come; at 0 another file begins."""

    act: Literal["piece"] = "piece"
    file: str = Field(max_length=1000)
    size: int = Field(ge=0)
    at: int = Field(ge=0)
    data: str = Field(default="", max_length=_PIECE)


class Keys(PageEvent):
    """The file is to be read, with these columns as ids and titles (empty: they are found)."""

    act: Literal["keys"] = "keys"
    identity: str | None = Field(default=None, max_length=1000)
    title: str | None = Field(default=None, max_length=1000)


class Correct(PageEvent):
    """A column is something else, or called something else."""

    act: Literal["column"] = "column"
    column: str = Field(max_length=1000)
    kind: Kind | None = None
    name: str = Field(default="", max_length=1000)


class Build(PageEvent):
    """The catalogue is to be made, under this name."""

    act: Literal["build"] = "build"
    name: str = Field(max_length=1000)


class HistoryText(PageEvent):
    """A file with a taste or a history, in base64; without data where it is too large to be sent."""

    act: Literal["history"] = "history"
    file: str = Field(max_length=1000)
    data: str = Field(default="", max_length=_HISTORY)


class SameWork(PageEvent):
    """Which of its items a work of the history is, none if empty; without a row all that is left: the likely items, or
    none."""

    act: Literal["same"] = "same"
    row: int | None = None
    item: str = Field(default="", max_length=1000)
    likely: bool = False


class Leave(PageEvent):
    """The file is given up, and what is being made of it."""

    act: Literal["leave"] = "leave"


class Remove(PageEvent):
    """A catalogue that was brought is to be deleted."""

    act: Literal["unshelve"] = "unshelve"
    name: str = Field(max_length=1000)
