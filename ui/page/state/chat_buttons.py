"""What a button that needs no more than its name does to a chat: undo, redo, a new topic, a new start, stop.

No language model is asked. State in, state out. Knows nothing of markup or of other chats of the tab.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import reduce

from penchant.assistant import Assistant, Diff, Session, export_taste, redo, start_topic, undo
from penchant.assistant.session import SpareTime, apply, set_time, step_back
from penchant.retriever import PenchantError

from ..words import sentence
from .change_text import change_text
from .chat_state import ChatState, asked, quiet, ranked, standing
from .events import Button
from .two_people import handed_over

_READING: tuple[Button, ...] = ("export", "share")
"""These change nothing, and no answer ends for them."""

Rank = Callable[[], Assistant]
"""The assistant to rank with. Raises PenchantError while the catalogue is not open."""


def pressed(chat: ChatState, button: Button, rank: Rank) -> ChatState:
    """The chat after a button. Only what needs new picks asks for the assistant."""
    return _BUTTONS[button](chat if button in _READING else standing(chat), rank)


def exported(chat: ChatState) -> str:
    """The file of one's taste."""
    return export_taste(chat.session)


def _undo(chat: ChatState, rank: Rank) -> ChatState:
    """Takes the last change back; where there is none, the start over or the import before it."""
    if chat.back and len(chat.session.diffs) <= chat.imported:
        return replace(chat.back, note=chat.speech.say("brought back all"))
    if not chat.session.diffs:
        return replace(chat, note=chat.speech.say("nothing to undo"))
    assistant = rank()
    return ranked(chat, undo(chat.session), assistant, _told("undone", chat, chat.session.diffs[-1], assistant))


def _redo(chat: ChatState, rank: Rank) -> ChatState:
    if not chat.session.undone:
        return replace(chat, note=chat.speech.say("nothing to redo"))
    assistant = rank()
    return ranked(chat, redo(chat.session), assistant, _told("redone", chat, chat.session.undone[-1], assistant))


def _told(phrase: str, chat: ChatState, diff: Diff, assistant: Assistant) -> str:
    return sentence(chat.speech.say(phrase, what=change_text(diff, assistant.index.schema, chat.speech)))


def _topic(chat: ChatState, rank: Rank) -> ChatState:
    return ranked(chat, start_topic(chat.session), rank(), chat.speech.say("new topic"))


def _further(chat: ChatState, rank: Rank) -> ChatState:
    """More picks for the same; those that are there stay."""
    assistant = rank()
    many = len(chat.shown) + assistant.k
    return ranked(replace(chat, many=many), chat.session, assistant)


def _over(chat: ChatState, rank: Rank) -> ChatState:
    back = replace(quiet(chat), back=None)
    anew = ChatState(back=back, language=chat.language)
    return ranked(anew, Session(), rank(), chat.speech.say("started over"))


def asked_again(chat: ChatState, assistant: Callable[[], Assistant]) -> ChatState:
    """The last message is to be answered once more, as if it came after everything that was changed since.

    Until then the screen is that of the session without it."""
    if not chat.messages:
        raise PenchantError("there is no message to repeat")
    said = chat.messages[-1].said
    session, before = unsaid(chat.session, said), replace(chat, messages=chat.messages[:-1])
    return asked(before if session is chat.session else ranked(before, session, assistant()), said)


def unsaid(session: Session, said: str) -> Session:
    """The session without its last message, if that is what `said` was; what was changed by hand since is kept."""
    since: list[Diff] = []
    before = session
    while before.diffs:
        last = before.diffs[-1]
        before = replace(step_back(before), undone=())
        if last.kind == "message":
            return reduce(apply, reversed(since), before) if last.quote == said.strip() else session
        since.append(last)
    return session


def sessions_of(chat: ChatState) -> Iterator[str]:
    """The ids of a conversation, its guest's, and the one that can be gone back to."""
    yield chat.session.id
    if chat.guest:
        yield chat.guest.id
    if chat.back:
        yield from sessions_of(chat.back)


def _forget(chat: ChatState, rank: Rank) -> ChatState:
    assistant = rank()
    assistant.forget(list(sessions_of(chat)))
    return ranked(ChatState(language=chat.language), Session(), assistant, chat.speech.say("forgotten"))


def _two(chat: ChatState, rank: Rank) -> ChatState:
    return handed_over(chat, rank())


def _solo(chat: ChatState, rank: Rank) -> ChatState:
    return ranked(replace(chat, guest=None, second=None), chat.session, rank(), chat.speech.say("alone"))


def _any_time(chat: ChatState, rank: Rank) -> ChatState:
    """However long things take."""
    return ranked(chat, set_time(chat.session, SpareTime()), rank(), chat.speech.say("any time"))


def _stop(chat: ChatState, rank: Rank) -> ChatState:
    return quiet(chat)


def _export(chat: ChatState, rank: Rank) -> ChatState:
    return replace(chat, note=chat.speech.say("exported"))


def _share(chat: ChatState, rank: Rank) -> ChatState:
    if not chat.screen.shown:
        raise PenchantError("there are no picks to share yet")
    return replace(chat, note=chat.speech.say("shared"))


_BUTTONS: Mapping[str, Callable[[ChatState, Rank], ChatState]] = {
    "undo": _undo,
    "redo": _redo,
    "further": _further,
    "topic": _topic,
    "over": _over,
    "forget": _forget,
    "export": _export,
    "two": _two,
    "solo": _solo,
    "stop": _stop,
    "share": _share,
    "any_time": _any_time,
}
