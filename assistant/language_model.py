"""One OpenAI-compatible chat model: a structured answer from whatever the server supports, or a stream of words.

Servers differ in structured output: a JSON schema, plain JSON mode, or only the prompt is tried in that order, and the
mode that worked is remembered. Every call is bounded in time. Knows nothing of recommending.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from penchant.retriever import PenchantError

from .settings import Settings
from .tolerant import read_object

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Messages = Sequence[tuple[str, str]]
"""(role, text) pairs, role being system, user or assistant."""

_MODES = ("json_schema", "json_object", "prompt")
_UNSUPPORTED = (400, 404, 415, 422, 501)
_REST_SECONDS = 30.0


class ModelError(PenchantError):
    """The language model could not be reached in time, or said nothing usable."""


class LanguageModel:
    """A LangChain chat model with a name and a bound on the seconds of one call.

    After a failure the model rests for half a minute, so that a dead server does not slow every turn down.
    """

    def __init__(self, chat: BaseChatModel, name: str, timeout: float = 30.0) -> None:
        self.name = name
        self._chat = chat
        self._timeout = timeout
        self._modes = list(_MODES)
        self._rests_until = 0.0

    @classmethod
    def from_settings(cls, settings: Settings) -> LanguageModel | None:
        """The model that the settings name; None if they name none."""
        if not settings.model:
            return None
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        chat = ChatOpenAI(
            model=settings.model,
            base_url=settings.base_url or None,
            # Local servers ask for no key, but the client insists on one.
            api_key=SecretStr(settings.key or "none"),
            timeout=settings.timeout,
            max_retries=1,
        )
        return cls(chat, settings.model, settings.timeout)

    def structured(self, messages: Messages, schema: dict[str, Any], list_key: str) -> dict[str, Any]:
        """The JSON object that answers the messages, not validated. Raises ModelError."""
        deadline = time.monotonic() + self._timeout
        while True:
            mode = self._modes[0]
            try:
                answer = "".join(self._stream(messages, deadline, **_format(mode, schema)))
                return read_object(answer, list_key)
            except ValueError as error:
                raise self._failed(f"answered without JSON: {error}") from error
            except _Unsupported as error:
                if len(self._modes) == 1:
                    raise self._failed(str(error)) from error
                self._modes.remove(mode)

    def stream(self, messages: Messages) -> Iterator[str]:
        """The words of the answer as they come. Raises ModelError, possibly after some words."""
        try:
            yield from self._stream(messages, time.monotonic() + self._timeout)
        except _Unsupported as error:
            raise self._failed(str(error)) from error

    def _stream(self, messages: Messages, deadline: float, **options: Any) -> Iterator[str]:
        import openai

        if time.monotonic() < self._rests_until:
            raise ModelError(f"{self.name} did not answer a moment ago and is left alone for {_REST_SECONDS:.0f} s")
        try:
            for chunk in self._chat.stream([*messages], **options):
                yield str(chunk.text)
                if time.monotonic() > deadline:
                    raise self._failed(f"took more than {self._timeout:g} s")
        except openai.APIStatusError as error:
            if error.status_code in _UNSUPPORTED:
                raise _Unsupported(f"refused the request ({error.status_code}): {error.message:.200}") from error
            raise self._failed(f"failed ({error.status_code})") from error
        except openai.OpenAIError as error:
            raise self._failed(f"cannot be reached: {error}") from error

    def _failed(self, why: str) -> ModelError:
        self._rests_until = time.monotonic() + _REST_SECONDS
        return ModelError(f"{self.name} {why}")


class _Unsupported(Exception):
    """The server refused the request as such: another mode may do."""


def _format(mode: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Passed as an extra body: LangChain's own option would parse the answer, and raise on a server's small faults."""
    if mode == "json_schema":
        wrapped = {"name": "understanding", "schema": schema, "strict": True}
        return {"extra_body": {"response_format": {"type": "json_schema", "json_schema": wrapped}}}
    return {"extra_body": {"response_format": {"type": "json_object"}}} if mode == "json_object" else {}
