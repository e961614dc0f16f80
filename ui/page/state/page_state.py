"""A tab of a browser as a value: which catalogue is chosen, the chat about each, and which model understands them.

State in, state out. Knows nothing of what happens to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from penchant.assistant import LanguageModel

from ..bringing import Draft, HistoryFile
from ..words import Language
from .chat_state import ChatState, quiet

UnderstanderChoice = Literal["server", "own", "rules"]
"""Who understands the messages: the server's model (or rules, if it has none), the visitor's own, or rules alone."""


@dataclass(frozen=True, slots=True)
class PageState:
    """A tab. `chats` are by their catalogue, of which the chosen one is always there; only its chat can be busy.

    `ticket` goes up when a message comes and when what is being answered is ended: an answer that was begun under
    another number is nobody's any more. `own_model` has the visitor's key, and is nowhere but here. `draft` is a file
    that is to become a catalogue, the `drafts`-th of this tab; `history` one of which something is still asked. `made`
    is a catalogue that was made while there was talk of another.
    """

    catalogue: str
    chats: Mapping[str, ChatState]
    understander: UnderstanderChoice = "server"
    own_model: LanguageModel | None = None
    ticket: int = 0
    draft: Draft | None = None
    drafts: int = 0
    history: HistoryFile | None = None
    made: str = ""

    def speaking(self, language: Language) -> PageState:
        """Its chat on screen is in this language."""
        return self.with_chat(replace(self.chat, language=language))

    @property
    def chat(self) -> ChatState:
        """The chat that is on screen."""
        return self.chats[self.catalogue]

    def with_chat(self, chat: ChatState) -> PageState:
        """Its chat on screen is now this one."""
        return replace(self, chats={**self.chats, self.catalogue: chat})

    def noted(self, note: str) -> PageState:
        """Its panel says something."""
        return self.with_chat(replace(self.chat, note=note))

    def choose(self, catalogue: str) -> PageState:
        """Another catalogue, with the chat about it if there was one. What was being answered is stopped."""
        left = self.with_chat(quiet(self.chat))
        chat = replace(left.chats.get(catalogue, ChatState()), language=self.chat.language)
        made = "" if catalogue == self.made else self.made
        return replace(left, catalogue=catalogue, chats={**left.chats, catalogue: chat}, made=made)


def new_page(catalogue: str) -> PageState:
    """A tab that has just been opened."""
    return PageState(catalogue, {catalogue: ChatState()})
