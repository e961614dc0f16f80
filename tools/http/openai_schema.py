"""Requests and answers of the OpenAI chat API, as much of them as is of use here.

Knows nothing of how an answer comes about.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from penchant.assistant import Reply
from penchant.assistant.api_schema import TurnOut, turn_out
from penchant.assistant.session import LONGEST_TASTE
from penchant.retriever import PenchantError, Schema

from .client_prompts import ChatTurn
from .errors import ErrorDetail, Problem, code_of

Json = dict[str, Any]

_LONGEST_CHAT = 2_000


class _Loose(BaseModel):
    """Clients send much that is of no use here: temperatures, seeds, tools."""

    model_config = ConfigDict(extra="allow")


class Part(_Loose):
    """A part of a message; those that are not text are passed over."""

    type: str
    text: str | None = None


class ChatMessage(_Loose):
    """A message of the chat."""

    role: str = Field(max_length=40)
    content: str | list[Part] | None = None

    @property
    def turn(self) -> ChatTurn:
        parts = self.content if isinstance(self.content, list) else []
        text = "\n".join(part.text or "" for part in parts if part.type in ("text", "input_text"))
        return ChatTurn(self.role, self.content if isinstance(self.content, str) else text)


class StreamOptions(_Loose):
    """Whether a stream ends with a count of tokens."""

    include_usage: bool | None = False


class ChatRequest(_Loose):
    """A request for a completion; the last message of a person is answered.

    `taste`: of ours, the text of a taste file with which the chat begins; it comes with each request, as the chat does.
    """

    model: str = Field(max_length=200)
    messages: list[ChatMessage] = Field(min_length=1, max_length=_LONGEST_CHAT)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = 1
    taste: str | None = Field(default=None, max_length=LONGEST_TASTE)


class ChatUsage(BaseModel):
    """Tokens of the language model behind, as far as its server reports them; 0 where rules served."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class CompletionMessage(BaseModel):
    """What was written."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class Choice(BaseModel):
    """The one choice there is."""

    index: int = 0
    message: CompletionMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Completion(BaseModel):
    """A whole completion. `penchant` has the turn as data: picks, shares, interests."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: ChatUsage
    penchant: TurnOut | None = None


class ModelCard(BaseModel):
    """A model that clients can choose."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str = "penchant"


class ModelList(BaseModel):
    """All models."""

    object: Literal["list"] = "list"
    data: list[ModelCard]


@dataclass(frozen=True, slots=True)
class Piece:
    """The next words of an answer, and the reply so far; no reply where no turn was made."""

    text: str
    reply: Reply | None = None


def completion(model: str, asked: str, pieces: Iterable[Piece], schema: Schema) -> Completion:
    """The whole answer to what was asked of a catalogue with that schema."""
    text, reply = "", None
    for piece in pieces:
        text, reply = text + piece.text, piece.reply
    return Completion(
        id=_new_id(),
        created=int(time.time()),
        model=model,
        choices=[Choice(message=CompletionMessage(content=text))],
        usage=_usage(reply),
        penchant=turn_out(asked, reply, schema) if reply else None,
    )


def events(model: str, asked: str, pieces: Iterable[Piece], schema: Schema, with_usage: bool) -> Iterator[str]:
    """The answer as server-sent events; an error on the way is an event too."""
    same: Json = {"id": _new_id(), "object": "chat.completion.chunk", "created": int(time.time()), "model": model}
    reply = None
    yield _event(same | {"choices": [_delta({"role": "assistant", "content": ""})]})
    try:
        for piece in pieces:
            reply = piece.reply
            if piece.text:
                yield _event(same | {"choices": [_delta({"content": piece.text})]})
    except PenchantError as error:
        yield _event(Problem(error=ErrorDetail(message=str(error), code=code_of(error))).model_dump())
    turn = {"penchant": turn_out(asked, reply, schema).model_dump(mode="json")} if reply else {}
    yield _event(same | {"choices": [_delta({}, "stop")]} | turn)
    if with_usage:
        yield _event(same | {"choices": [], "usage": _usage(reply).model_dump()})
    yield "data: [DONE]\n\n"


def _delta(delta: Json, finish: str | None = None) -> Json:
    return {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}


def _event(data: Json) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def _new_id() -> str:
    return f"chatcmpl-{secrets.token_hex(12)}"


def _usage(reply: Reply | None) -> ChatUsage:
    if reply is None:
        return ChatUsage()
    read, written = reply.usage.input_tokens, reply.usage.output_tokens
    return ChatUsage(prompt_tokens=read, completion_tokens=written, total_tokens=read + written)
