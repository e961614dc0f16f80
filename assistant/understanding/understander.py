"""Who understands messages: the seam between a turn and whatever reads what a person writes.

Knows what is asked, what comes back, and that a model may fail. Knows nothing of rules, prompts or catalogues.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from penchant.retriever.watching import happened

from ..model_calls import ModelError, Usage
from ..session import Session, Understanding


class Understander(Protocol):
    """Reads messages about one catalogue. Safe to share between threads; a session passed in is never changed."""

    @property
    def name(self) -> str:
        """What `served_by` says of its answers: "rules", or the name of a language model."""
        ...

    @property
    def resting(self) -> bool:
        """Whether it failed a moment ago, so that it will not be asked for now."""
        ...

    def understand(self, message: str, session: Session, usage: Usage) -> Understanding:
        """What the message says, given what was said and shown before; `usage` counts what is asked of a model.

        Facets, items and keys in the answer are the catalogue's or the session's. Raises ModelError.
        """
        ...


class FallbackUnderstander:
    """Asks the first, and where a model fails the second, with a note that says why."""

    def __init__(self, first: Understander, second: Understander) -> None:
        self._first = first
        self._second = second

    @property
    def name(self) -> str:
        return self._first.name

    @property
    def resting(self) -> bool:
        return self._first.resting

    def understand(self, message: str, session: Session, usage: Usage) -> Understanding:
        """Raises ModelError only if the second does."""
        try:
            return self._first.understand(message, session, usage)
        except ModelError as error:
            happened("model_failure")
            said = self._second.understand(message, session, usage)
            return replace(said, note=f"Understood by {said.served_by}: {error}. {said.note}".strip())


class ScriptEnded(BaseException):
    """A script was asked for more than it has. No Exception: code under test must not take it for a failing server."""


@dataclass
class ScriptedUnderstander:
    """A fake: gives the answers of its script in order, or raises them, and keeps the messages it was asked about."""

    script: Sequence[Understanding | Exception]
    name: str = "scripted"
    resting: bool = False
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._steps = iter(self.script)

    def understand(self, message: str, session: Session, usage: Usage) -> Understanding:
        """Raises what the script says, and ScriptEnded beyond its end."""
        self.heard.append(message)
        step = next(self._steps, None)
        if step is None:
            raise ScriptEnded(f"message {len(self.heard)} of {len(self.script)}: {message[:200]}")
        if isinstance(step, Exception):
            raise step
        return replace(step, served_by=self.name)

    def assert_complete(self) -> None:
        """Raises AssertionError if some of the script was not asked for."""
        if len(self.heard) != len(self.script):
            raise AssertionError(f"{len(self.heard)} messages for {len(self.script)} answers")
