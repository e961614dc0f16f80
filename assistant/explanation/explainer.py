"""Who says why these picks: the seam between a turn and whatever puts them into words.

Knows what is explained, what comes back, and that a model may fail. Knows nothing of templates or prompts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from penchant.retriever.watching import happened

from ..model_calls import ModelError
from ..session import Understanding
from ..understanding import ScriptEnded
from .words import Explainable


@dataclass(frozen=True, slots=True)
class Wording:
    """The text so far, in Markdown, and whose it is: "shares", or the name of a language model."""

    text: str
    by: str
    notes: tuple[str, ...] = ()


class Explainer(Protocol):
    """Puts picks into words. Safe to share between threads."""

    def explain(self, message: str, said: Understanding, reply: Explainable) -> Iterator[Wording]:
        """The text as it grows, the last one whole; nothing if this explainer has nothing to say of such a reply.

        Items are named as their rows name them. Raises ModelError, possibly after some of the text.
        """
        ...


class FallbackExplainer:
    """The first explains; if it says nothing or breaks off, the second does, from the beginning."""

    def __init__(self, first: Explainer, second: Explainer) -> None:
        self._first = first
        self._second = second

    def explain(self, message: str, said: Understanding, reply: Explainable) -> Iterator[Wording]:
        """Raises ModelError only if the second does."""
        notes: tuple[str, ...] = ()
        last: Wording | None = None
        try:
            for last in self._first.explain(message, said, reply):
                yield last
        except ModelError as error:
            happened("model_failure")
            notes, last = (f"Explained from the shares: {error}.",), None
        if last is None:
            for explanation in self._second.explain(message, said, reply):
                yield replace(explanation, notes=(*notes, *explanation.notes))


@dataclass
class ScriptedExplainer:
    """A fake: for each reply the texts of its script in order, which an exception may end; keeps the messages asked."""

    script: Sequence[Sequence[str | Exception]]
    name: str = "scripted"
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._steps = iter(self.script)

    def explain(self, message: str, said: Understanding, reply: Explainable) -> Iterator[Wording]:
        """Raises what the script says, and ScriptEnded beyond its end."""
        self.heard.append(message)
        steps, text = next(self._steps, None), ""
        if steps is None:
            raise ScriptEnded(f"reply {len(self.heard)} of {len(self.script)}: {message[:200]}")
        for step in steps:
            if isinstance(step, Exception):
                raise step
            text += step
            yield Wording(text, self.name)

    def assert_complete(self) -> None:
        """Raises AssertionError if some of the script was not asked for."""
        if len(self.heard) != len(self.script):
            raise AssertionError(f"{len(self.heard)} replies for {len(self.script)} texts")
