"""A chat model that follows a script: it says what it is told to, once, in order, and keeps what it was asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from penchant.assistant import LanguageModel

from .conftest import PATIENCE

Step = str | Exception | Sequence[str | Exception]
"""An answer (said word by word), an exception instead of one, or parts of an answer that an exception may end."""


class UnexpectedModelCall(BaseException):
    """The script has run out. No Exception: code under test must not take it for a failing server."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the model was asked: the texts by role, and the options."""

    system: str
    user: str
    options: dict[str, Any]

    @property
    def data(self) -> dict[str, Any]:
        return dict(json.loads(self.user))


class ScriptedModel(BaseChatModel):
    """Answers with the steps of its script in order; anything beyond it is an UnexpectedModelCall."""

    steps: list[Any]
    _requests: list[Request] = PrivateAttr(default_factory=list)
    _said: list[str] = PrivateAttr(default_factory=list)

    @classmethod
    def of(cls, *steps: Step) -> ScriptedModel:
        return cls(steps=list(steps))

    @property
    def requests(self) -> list[Request]:
        return self._requests

    @property
    def said(self) -> list[str]:
        """Every word so far, as it went out."""
        return self._said

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def assert_complete(self) -> None:
        assert len(self._requests) == len(self.steps), f"{len(self._requests)} calls for {len(self.steps)} steps"

    def language_model(self, **options: Any) -> LanguageModel:
        return LanguageModel(self, "scripted", **{"timeout": PATIENCE, **options})

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        text = "".join(str(chunk.text) for chunk in self._stream(messages, stop, run_manager, **kwargs))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        by_role = {message.type: str(message.text) for message in messages}
        self._requests.append(Request(by_role["system"], by_role["human"], kwargs))
        if len(self._requests) > len(self.steps):
            raise UnexpectedModelCall(f"call {len(self._requests)} of {len(self.steps)}: {by_role['human'][:200]}")
        for word in _words(self.steps[len(self._requests) - 1]):
            self._said.append(word)
            yield ChatGenerationChunk(message=AIMessageChunk(word))


def _words(step: Step) -> Iterator[str]:
    for part in [step] if isinstance(step, str | Exception) else step:
        if isinstance(part, Exception):
            raise part
        yield from re.findall(r"\s*\S+\s*?|\s+", part)


def answer(
    *tags: dict[str, Any],
    intent: str = "recommend",
    wish: str = "",
    taken_back: Sequence[str] = (),
    examples: Sequence[str] = (),
    occasion: dict[str, Any] | None = None,
) -> str:
    """What a model that does as it is told writes about a message."""
    said = {"intent": intent, "tags": tags, "wish": wish, "taken_back": taken_back, "examples": examples}
    said |= {"occasion": occasion} if occasion else {}
    return json.dumps(said)


def tag(facet: str, value: str, level: str = "want", strength: Any = 1.0, quote: str = "") -> dict[str, Any]:
    return {"facet": facet, "value": value, "level": level, "strength": strength, "quote": quote}
