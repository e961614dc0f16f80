"""One OpenAI-compatible chat model: a structured answer from whatever the server supports, or a stream of words.

Servers differ in structured output: a JSON schema, plain JSON mode, a forced tool and the prompt alone are tried in
that order, and what worked is remembered. Every call is bounded in time as a whole. Knows nothing of recommending.
"""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ..model_calls import ModelError, Usage
from ..pump import Pump
from ..settings import Settings
from .circuit_breaker import CircuitBreaker
from .server_errors import is_late, is_passing, is_refusal, pause_asked, reason

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

T = TypeVar("T")

Messages = Sequence[tuple[str, str]]
"""(role, text) pairs, role being system, user or assistant."""

JsonMode = Literal["json_schema", "json_object", "tool", "prompt"]
"""A way to ask for a JSON object. The messages must ask for it too: servers ignore what they do not know. The schema
stands in them where the way itself does not carry it."""

MODES: tuple[JsonMode, ...] = ("json_schema", "json_object", "tool", "prompt")

_PAUSES = (0.5, 1.0, 2.0)
_LONGEST_ANSWER = 12_000
"""Characters after which an answer is cut: some models never end, and some servers refuse a limit in tokens."""


@dataclass(frozen=True, slots=True)
class _Call:
    """What the requests of one call share: the time limit, the count, the pauses left before retries."""

    deadline: float
    usage: Usage
    pauses: Iterator[float] = field(default_factory=lambda: iter(_PAUSES))


class LanguageModel:
    """A LangChain chat model with a name and a bound on the seconds of one call.

    After a failure the model rests: `rest` seconds, twice that after the next, up to eight times, so that a dead server
    does not slow every turn down. One that speaks but writes no JSON rests only from structured answers. Safe to share
    between threads. `modes` are the ways to ask for JSON that are tried; `secret` is kept out of every error.
    """

    def __init__(
        self,
        chat: BaseChatModel,
        name: str,
        timeout: float = 30.0,
        rest: float = 30.0,
        modes: Sequence[JsonMode] = MODES,
        secret: str = "",
    ) -> None:
        self.name = name
        self._chat = chat
        self._timeout = timeout
        self._modes = tuple(modes)
        self._secret = secret
        self._works: JsonMode | None = None
        self._down, self._mute = CircuitBreaker(rest), CircuitBreaker(rest)

    @classmethod
    def from_settings(cls, settings: Settings, rest: float = 30.0, outside: bool = False) -> LanguageModel | None:
        """The model that the settings name; None if they name none. `outside`: never one in this server's network."""
        if not settings.model:
            return None
        from .endpoint import make_chat, make_client

        client = make_client(settings.timeout, outside)
        model = cls(make_chat(settings, client), settings.model, settings.timeout, rest, secret=settings.key)
        weakref.finalize(model, client.close)
        return model

    @property
    def resting(self) -> bool:
        """Whether it failed a moment ago and is not asked anything."""
        return self._down.lasts

    @property
    def mode(self) -> JsonMode | None:
        """The way of asking for JSON that works here; None until one has."""
        return self._works

    def structured(
        self, messages: Messages, schema: dict[str, Any], read: Callable[[str], T], usage: Usage | None = None
    ) -> T:
        """What `read` makes of the answer; it raises ValueError for a text that it cannot use.

        One request, once a mode is known to work; finding one takes at most one each, and three retries in all. Raises
        ModelError.
        """
        if self._mute.lasts:
            raise ModelError(f"{self.name} gave no usable JSON a moment ago")
        call = _Call(time.monotonic() + self._timeout, usage or Usage())
        failure: Exception = ModelError(f"{self.name} has no mode to be asked in")
        for mode in sorted(self._modes, key=lambda mode: mode != self._works):
            try:
                value = read(self._whole(_with_schema(messages, mode, schema), call, _options(mode, schema)))
            except (_Refused, ValueError) as error:
                failure = error
                if mode == self._works and isinstance(error, ValueError):
                    break
            else:
                self._works = mode
                self._mute.end()
                return value
        raise self._no_mode(failure) from failure

    def stream(self, messages: Messages, usage: Usage | None = None) -> Iterator[str]:
        """The words of the answer as they come. Raises ModelError, possibly after some words."""
        try:
            yield from self._words(messages, _Call(time.monotonic() + self._timeout, usage or Usage()), {})
        except _Refused as error:
            raise self._failed(str(error)) from error

    def _no_mode(self, failure: Exception) -> ModelError:
        if isinstance(failure, _Refused):
            return self._failed(str(failure))
        if self._works is None:
            self._mute.begin()
        why = str(failure).partition("\n")[0]
        return ModelError(f"{self.name} gave no usable JSON: {why:.200}")

    def _whole(self, messages: Messages, call: _Call, options: dict[str, Any]) -> str:
        text = ""
        for words in self._words(messages, call, options):
            text += words
            if len(text) > _LONGEST_ANSWER:
                break
        return text

    def _words(self, messages: Messages, call: _Call, options: dict[str, Any]) -> Iterator[str]:
        """The answer to one request, sent again while the server is busy. Raises _Refused and ModelError."""
        if self._down.lasts:
            raise ModelError(f"{self.name} did not answer a moment ago and is left alone for a while")
        begun = False
        while True:
            try:
                for words in Pump(self._request(messages, call.usage, options), call.deadline):
                    begun = True
                    yield words
                self._down.end()
                return
            except Exception as error:
                pause = None if begun else self._pause(error, call)
                if pause is None:
                    raise self._error(error) from error
            time.sleep(pause)

    def _request(self, messages: Messages, usage: Usage, options: dict[str, Any]) -> Generator[str]:
        """Runs in a thread of its own."""
        usage.calls += 1
        read, written = 0, 0
        for chunk in self._chat.stream([*messages], **options):
            if chunk.usage_metadata:  # some servers report once, some a running total in every chunk
                read, written = chunk.usage_metadata["input_tokens"], chunk.usage_metadata["output_tokens"]
            yield str(chunk.text) + "".join(part["args"] or "" for part in chunk.tool_call_chunks)
        usage.input_tokens += read
        usage.output_tokens += written

    def _pause(self, error: Exception, call: _Call) -> float | None:
        """Seconds until the request is worth sending again; None if it is not."""
        if not is_passing(error):
            return None
        pause = next(call.pauses, None)
        if pause is None:
            return None
        pause = max(pause, pause_asked(error))
        return pause if time.monotonic() + pause < call.deadline else None

    def _error(self, error: Exception) -> Exception:
        if is_late(error):
            return self._failed(f"took more than {self._timeout:g} s")
        why = reason(error)
        if self._secret:
            why = why.replace(self._secret, "…")
        return _Refused(why) if is_refusal(error) else self._failed(why)

    def _failed(self, why: str) -> ModelError:
        self._down.begin()
        return ModelError(f"{self.name} {why}")


class _Refused(Exception):
    """The server refused the request as such: another mode may do."""


def _with_schema(messages: Messages, mode: JsonMode, schema: dict[str, Any]) -> Messages:
    """The messages, the first of them with the schema where nothing else has it."""
    if mode in ("json_schema", "tool"):
        return messages
    (role, text), *others = messages
    return [(role, f"{text}\nJSON schema of the answer: {json.dumps(schema, ensure_ascii=False)}"), *others]


def _options(mode: JsonMode, schema: dict[str, Any]) -> dict[str, Any]:
    """Passed as an extra body: LangChain's own option would parse the answer, and raise on a server's small faults."""
    if mode == "json_schema":
        wrapped = {"name": "answer", "schema": schema, "strict": True}
        return {"extra_body": {"response_format": {"type": "json_schema", "json_schema": wrapped}}}
    if mode == "json_object":
        return {"extra_body": {"response_format": {"type": "json_object"}}}
    if mode == "tool":
        tool = {"type": "function", "function": {"name": "answer", "description": "The answer.", "parameters": schema}}
        return {"tools": [tool], "tool_choice": {"type": "function", "function": {"name": "answer"}}}
    return {}
