"""A file of somebody's history on the page: what it is held against, and which of its works are still to be told.

State in, state out. Knows nothing of chats.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from penchant.assistant import Session
from penchant.assistant.past import AmbiguousWork, BroughtHistory, HistoryReport, Work, open_history
from penchant.retriever import Index, PenchantError

from .limits import check_history, file_name


@dataclass(frozen=True, slots=True)
class HistoryFile:
    """`catalogue`: whose items it is held against, by name; `answers`: what was said of works that were not sure."""

    name: str
    catalogue: str
    brought: BroughtHistory
    answers: Mapping[Work, str | None] = field(default_factory=dict)

    @property
    def open(self) -> list[tuple[int, AmbiguousWork]]:
        """What is not answered, with numbers that stay."""
        every = enumerate(self.brought.questions.items())
        return [(n, question) for n, (work, question) in every if work not in self.answers]

    def taste(self) -> tuple[Session, HistoryReport]:
        return self.brought.taste(self.answers)

    def answered(self, number: int, item: str) -> HistoryFile:
        """A work is one of its items, or none with an empty text. Raises PenchantError for what was not asked."""
        asked = dict(self.open).get(number)
        if asked is None or item not in ("", *(one.id for one in asked.items)):
            raise PenchantError("this is not asked any more")
        return self._with([(number, item or None)])

    def ended(self, same: bool) -> HistoryFile:
        """All that is left is answered: the likely ones are the same, or nothing is."""
        return self._with((n, q.items[0].id if same and len(q.items) == 1 else None) for n, q in self.open)

    def _with(self, answers: Iterable[tuple[int, str | None]]) -> HistoryFile:
        works = list(self.brought.questions)
        return replace(self, answers={**self.answers, **{works[n]: item for n, item in answers}})


def bytes_of(name: str, data: str) -> bytes:
    """What came as base64. Raises PenchantError for what did not come whole, and for files that are too large."""
    try:
        found = base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise PenchantError("the file did not come whole; choose it again") from error
    check_history(file_name(name), len(found))
    return found


def history_file(name: str, data: bytes, index: Index, called: str) -> HistoryFile:
    """A file held against the catalogue of an index. Raises PenchantError for one that is no history."""
    name = file_name(name)
    return HistoryFile(name, called, open_history([(name, data)], index.catalogue, behaviour=index.has_behaviour))
