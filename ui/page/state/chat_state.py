"""One visitor's conversation about one catalogue, as a value: session, messages, what is on screen, a guest's taste.
State in, state out. Knows how a turn and a change end on the screen, and nothing of events, tabs or markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from penchant.assistant import Assistant, Reply, Session, Verdict, pick_together
from penchant.assistant.explanation.words import Language, Speech, last_language
from penchant.assistant.past import opening
from penchant.retriever import Counterfactual, GroupResults, Question, Relaxation, Taste

from ..words import page_speech, served_words
from .change_text import gone_text

AnswerProgress = Literal["waiting", "writing", "done", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Message:
    """What was said and answered; `served` names who understood and explained."""

    said: str
    answer: str = ""
    served: str = ""
    notes: tuple[str, ...] = ()
    progress: AnswerProgress = "done"


@dataclass(frozen=True, slots=True)
class Judged:
    """An item that was taken off the screen by a verdict, and the place that it had (from 0)."""

    item: str
    verdict: Verdict
    place: int


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Somebody to whom the device was handed: what they have said, which questions are left, how many there were."""

    session: Session
    left: tuple[Question, ...]
    count: int


@dataclass(frozen=True, slots=True)
class ChatState:
    """A conversation and its screen.

    `reply` has the picks on screen, `group` those for two people, `before` the ids that were there before, `ways` what
    each gate costs; `open` is the item whose path is shown, `counterfactual` how it could be higher; `back` is what an
    undo brings back once no more than the `imported` changes are left; `many` is how many picks were asked for, if more
    than usual; `judged` is what the last change said of an item; `second` is being asked, to become the `guest`, and
    `names` are those of the two. `language` is that of what the person said last, or of their browser. `early` is the
    conversation by rules alone, while a model is asked: its picks are on screen, and count if the answer ends there.
    """

    session: Session = field(default_factory=Session)
    messages: tuple[Message, ...] = ()
    reply: Reply | None = None
    group: GroupResults | None = None
    before: tuple[str, ...] = ()
    ways: tuple[Relaxation, ...] = ()
    questions: tuple[Question, ...] = ()
    guest: Session | None = None
    open: str = ""
    counterfactual: Counterfactual | None = None
    note: str = ""
    back: ChatState | None = None
    imported: int = 0
    many: int | None = None
    judged: Judged | None = None
    second: SecondPerson | None = None
    names: tuple[str, str] = ("", "")
    language: Language = "en"
    early: ChatState | None = None

    @property
    def speech(self) -> Speech:
        """How the page speaks to the person."""
        return page_speech(self.language)

    @property
    def screen(self) -> ChatState:
        """What is on screen."""
        return self.early or self

    @property
    def busy(self) -> bool:
        return bool(self.messages) and self.messages[-1].progress in ("waiting", "writing")

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids on screen, in their places."""
        if self.group:
            return tuple(pick.picks[0].item.id for pick in self.group.picks)
        return tuple(pick.item.id for pick in self.reply.picks) if self.reply else ()


def picking(assistant: Assistant, session: Session, guest: Session | None = None) -> Assistant:
    """The assistant for a session; while only new items are shown, without those that were liked already. For two,
    its own picks are not what is shown."""
    assistant = assistant.unwatched() if guest else assistant
    row = assistant.index.catalogue.row
    liked = [row[mark.item] for mark in session.marks if mark.kind == "liked" and mark.item in row]
    if not liked or session.screen.mode != "new":
        return assistant
    rows = np.ones(len(row), dtype=bool)
    rows[liked] = False
    return assistant.within(rows)


def ranked(chat: ChatState, session: Session, assistant: Assistant, note: str = "") -> ChatState:
    """The conversation with another session, ranked without a model. A reply that was being written ends here."""
    chat = quiet(chat)
    reply = _opened(chat, session, assistant)
    return replace(_on_screen(chat, reply, assistant), note=note, messages=_with_gone(chat, reply))


def _with_gone(chat: ChatState, reply: Reply) -> tuple[Message, ...]:
    """The messages, where the last answer speaks of picks that are not in a reply, with a note that says so."""
    if not chat.messages or chat.reply is None:
        return chat.messages
    *said, last = chat.messages
    note = gone_text(last.answer, chat.reply.picks, reply.picks, chat.speech)
    return (*said, replace(last, notes=tuple(dict.fromkeys((*last.notes, *filter(None, [note]))))))


def begun(chat: ChatState, assistant: Assistant) -> ChatState:
    """The conversation with picks for what is known, if it has none, or none of now; a message that waits goes on
    waiting."""
    if chat.reply and not _is_outdated(chat, assistant):
        return chat
    note = chat.speech.say("changed") if chat.reply else chat.note
    return replace(_on_screen(chat, _opened(replace(chat, many=None), chat.session, assistant), assistant), note=note)


def _opened(chat: ChatState, session: Session, assistant: Assistant) -> Reply:
    """Picks for what is known; for one person who wishes for nothing yet, in rows of what they liked."""
    own = picking(assistant, session, chat.guest)
    return own.answer(session, chat.many) if chat.guest else opening(own, session, chat.many)


def _is_outdated(chat: ChatState, assistant: Assistant) -> bool:
    """Whether something on screen has gone from the catalogue, or is not as it was."""
    catalogue = assistant.index.catalogue
    picks = chat.reply.picks if chat.reply else ()
    items = [pick.picks[0].item for pick in chat.group.picks] if chat.group else [pick.item for pick in picks]
    return any(item.id not in catalogue.row or catalogue.get(item.id) != item for item in items)


def _on_screen(chat: ChatState, reply: Reply, assistant: Assistant) -> ChatState:
    """The questions of the first page stay until a message: they are answered one after the other. What was on screen
    before anything was asked for is nothing to compare with."""
    same_turn = chat.reply is not None and reply.session.turn == chat.reply.session.turn
    said = {interest.facet for interest in reply.session.interests}
    left = tuple(q for q in chat.questions if q.facet not in said) if same_turn else ()
    return replace(
        chat,
        session=reply.session,
        reply=reply,
        group=_group(reply.session, chat.guest, assistant, chat.many),
        before=chat.shown if chat.reply and any(chat.reply.weights) else (),
        ways=reply.relaxations or assistant.relaxed(reply.session),
        questions=reply.questions or left,
        open="",
        counterfactual=None,
        judged=None,
    )


def _group(session: Session, guest: Session | None, assistant: Assistant, many: int | None) -> GroupResults | None:
    if guest is None:
        return None
    tastes = [Taste(one.effective_interests, one.turn, one.hidden) for one in (session, guest)]
    return pick_together(assistant, (session, guest), tastes, many)


def asked(chat: ChatState, text: str) -> ChatState:
    """A message has come."""
    chat = quiet(chat)
    language, said = last_language([text], chat.language), Message(text, progress="waiting")
    return replace(chat, messages=(*chat.messages, said), note="", language=language, early=None)


def answered(chat: ChatState, reply: Reply, assistant: Assistant) -> ChatState:
    """The reply so far. Only the first changes the screen, and an early one before it, with whose picks those of the
    first are compared if they are others; the rest add words."""
    if chat.messages[-1].progress == "waiting":
        early, chat = chat.early, replace(chat, many=None)
        after = _on_screen(replace(chat, early=None), reply, assistant)
        if reply.early:
            return replace(chat, early=_said(after, reply))
        chat = after if early is None or early.shown == after.shown else replace(after, before=early.shown)
    return _said(chat, reply)


def _said(chat: ChatState, reply: Reply) -> ChatState:
    text, by = chat.speech.say("for two") if chat.group else reply.text, served_words(reply, chat.speech)
    last = replace(chat.messages[-1], answer=text, served=by, notes=reply.notes, progress="writing")
    return replace(chat, session=reply.session, messages=(*chat.messages[:-1], last))


def ended(chat: ChatState, progress: AnswerProgress = "done", notes: Sequence[str] = ()) -> ChatState:
    """The last message is answered, stopped or has failed; early picks then stand."""
    chat = replace(chat.early, note=chat.note, names=chat.names) if chat.early else chat
    *said, last = chat.messages
    return replace(chat, messages=(*said, replace(last, progress=progress, notes=(*last.notes, *notes))))


def quiet(chat: ChatState) -> ChatState:
    """With nothing being answered: what was, is stopped."""
    return (
        ended(chat, "stopped", [chat.speech.say("stopped early" if chat.early else "stopped")]) if chat.busy else chat
    )


def standing(chat: ChatState) -> ChatState:
    """With early picks as those that count, for whoever does something with them: nothing else is waited for."""
    return quiet(chat) if chat.early else chat
