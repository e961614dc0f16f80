"""What became of what takes long, as events: a catalogue was opened, a message answered, a model made.

They come from the server itself, never from a browser. Knows nothing of what is then done.
"""

from __future__ import annotations

from dataclasses import dataclass

from penchant.assistant import LanguageModel, Reply

from ..bringing import Draft
from .chat_state import AnswerProgress


@dataclass(frozen=True, slots=True)
class Opened:
    """A catalogue is open."""

    catalogue: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The reply so far to the message of that ticket; the first has the picks."""

    ticket: int
    reply: Reply


@dataclass(frozen=True, slots=True)
class Ended:
    """The answer to the message of that ticket is complete or has failed; `notes` say why."""

    ticket: int
    progress: AnswerProgress = "done"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelMade:
    """The visitor's own model can be asked."""

    model: LanguageModel


@dataclass(frozen=True, slots=True)
class Failed:
    """Something could not be done, and nothing was changed; `note` says why."""

    note: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """The file that is to become a catalogue is now like this."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Noted:
    """Something was done, and `note` says it."""

    note: str


@dataclass(frozen=True, slots=True)
class Made:
    """A catalogue is there that nobody has opened yet."""

    name: str


Outcome = Opened | Answered | Ended | ModelMade | Failed | Drafted | Noted | Made
