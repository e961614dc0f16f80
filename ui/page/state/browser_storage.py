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


class _KeptChat(_Strict):
    taste: dict[str, Any]
    messages: list[_KeptMessage] = Field(default=[], max_length=_MESSAGES)


class _Kept(_Strict):
    format: Literal["penchant page"]
    version: Literal[1]
    catalogue: str = Field(max_length=1000)
    talks: dict[str, _KeptChat] = Field(max_length=100)


class BrowserStorage:
    """What the browser of one tab keeps. A chat is written out again only if it has changed since the last time.

    Not safe to share between threads.
    """

    def __init__(self) -> None:
        self._written: dict[str, _WrittenChat] = {}

    def text(self, catalogue: str, chats: Mapping[str, ChatState]) -> str | None:
        """The chats as text; empty if there is nothing to keep. What is too large goes without its messages, then
        without what could be undone; None if it is too large even so: what was kept before had better stay."""
        begun = {n: chat for n, chat in chats.items() if chat.session.diffs or chat.messages or chat.session.interests}
        self._written = {name: self._current(name, chat) for name, chat in begun.items()}
        if not begun:
            return ""
        texts = (self._whole(catalogue, lightness) for lightness in range(len(_LIGHTER)))
        return next((text for text in texts if len(text) <= LARGEST), None)

    def _current(self, name: str, chat: ChatState) -> _WrittenChat:
        known = self._written.get(name)
        return known if known and known.is_of(chat) else _WrittenChat(chat)

    def _whole(self, catalogue: str, lightness: int) -> str:
        rows = ",".join(f"{_json(name)}:{chat.text(lightness)}" for name, chat in self._written.items())
        return f'{{"format":"penchant page","version":1,"catalogue":{_json(catalogue)},"talks":{{{rows}}}}}'


class _WrittenChat:
    """A chat and its texts, each written when it is first asked for."""

    def __init__(self, chat: ChatState) -> None:
        self._chat = chat
        self._texts: dict[int, str] = {}

    def is_of(self, chat: ChatState) -> bool:
        """Whether nothing that is kept has changed. States are values: what is the same object is the same."""
        return self._chat.session is chat.session and self._chat.messages is chat.messages

    def text(self, lightness: int) -> str:
        if lightness not in self._texts:
            self._texts[lightness] = _text(_LIGHTER[lightness](self._chat))
        return self._texts[lightness]


def _whole(chat: ChatState) -> ChatState:
    return chat


def _without_messages(chat: ChatState) -> ChatState:
    return replace(chat, messages=())


def _without_history(chat: ChatState) -> ChatState:
    return replace(chat, messages=(), session=chat.session.without_history())


_LIGHTER = (_whole, _without_messages, _without_history)


def _text(chat: ChatState) -> str:
    messages = [asdict(message) for message in chat.messages[-_MESSAGES:]]
    return _json({"taste": json.loads(export_taste(chat.session)), "messages": messages})


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def restore(text: str) -> tuple[str, dict[str, Restored]]:
    """The catalogue that was chosen last, and the session and messages of each. Raises TasteError."""
    try:
        kept = _Kept.model_validate_json(text)
    except ValidationError as error:
        raise TasteError("what this browser had kept could not be read; nothing of it was taken over") from error
    return kept.catalogue, {name: _restored(chat) for name, chat in kept.talks.items()}


def _restored(chat: _KeptChat) -> Restored:
    """A message that was being answered when the page was left was stopped by that."""
    messages = [Message(**message.model_dump()) for message in chat.messages]
    ended = (replace(m, progress="stopped") if m.progress in ("waiting", "writing") else m for m in messages)
    return import_taste(json.dumps(chat.taste)), tuple(ended)
