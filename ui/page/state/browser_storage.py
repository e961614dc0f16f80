"""What a browser keeps of a visit, so that it survives a reload: the exported tastes and the latest messages.

It comes back as text from outside, and is checked like any file. Knows nothing of browsers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from penchant.assistant import Session, TasteError, export_taste, import_taste

from .chat_state import ChatState, Message

LARGEST = 400_000
"""Characters. Browsers give a page some five million in all."""
_MESSAGES = 40

Restored = tuple[Session, tuple[Message, ...]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _KeptMessage(_Strict):
    said: str = Field(max_length=100_000)
    answer: str = Field(default="", max_length=100_000)
    served: str = Field(default="", max_length=2000)
    notes: tuple[str, ...] = Field(default=(), max_length=20)
    progress: Literal["waiting", "writing", "done", "stopped", "failed"] = "done"


class _KeptTalk(_Strict):
    taste: dict[str, Any]
    messages: list[_KeptMessage] = Field(default=[], max_length=_MESSAGES)


class _Kept(_Strict):
    format: Literal["penchant page"]
    version: Literal[1]
    catalogue: str = Field(max_length=1000)
    talks: dict[str, _KeptTalk] = Field(max_length=100)


def keep(catalogue: str, talks: Mapping[str, ChatState]) -> str | None:
    """The conversations as text; empty if there is nothing to keep. What is too large goes without its messages, then
    without what could be undone; None if it is too large even so: what was kept before had better stay."""
    begun = {n: t for n, t in talks.items() if t.session.diffs or t.messages or t.session.interests}
    if not begun:
        return ""
    texts = (_text(catalogue, {name: lighter(talk) for name, talk in begun.items()}) for lighter in _LIGHTER)
    return next((text for text in texts if len(text) <= LARGEST), None)


def _whole(talk: ChatState) -> ChatState:
    return talk


def _without_messages(talk: ChatState) -> ChatState:
    return replace(talk, messages=())


def _without_history(talk: ChatState) -> ChatState:
    return replace(talk, messages=(), session=talk.session.without_history())


_LIGHTER = (_whole, _without_messages, _without_history)


def _text(catalogue: str, talks: Mapping[str, ChatState]) -> str:
    rows = {
        name: {
            "taste": json.loads(export_taste(talk.session)),
            "messages": [asdict(message) for message in talk.messages[-_MESSAGES:]],
        }
        for name, talk in talks.items()
    }
    kept = {"format": "penchant page", "version": 1, "catalogue": catalogue, "talks": rows}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def restore(text: str) -> tuple[str, dict[str, Restored]]:
    """The catalogue that was chosen last, and the session and messages of each. Raises TasteError."""
    try:
        kept = _Kept.model_validate_json(text)
    except ValidationError as error:
        raise TasteError("what this browser had kept could not be read; nothing of it was taken over") from error
    return kept.catalogue, {name: _restored(talk) for name, talk in kept.talks.items()}


def _restored(talk: _KeptTalk) -> Restored:
    """A message that was being answered when the page was left was stopped by that."""
    messages = [Message(**message.model_dump()) for message in talk.messages]
    ended = (replace(m, progress="stopped") if m.progress in ("waiting", "writing") else m for m in messages)
    return import_taste(json.dumps(talk.taste)), tuple(ended)
