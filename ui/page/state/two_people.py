"""Two people at one device: the second is asked what somebody new is asked, and then there are picks for both.

What the second says is a session of its own: nothing of it goes into the first one's. State in, state out. Knows
nothing of markup.
"""

from __future__ import annotations

from dataclasses import replace

from penchant.assistant import Assistant, Edit, Session, edit
from penchant.retriever import PenchantError

from .chat_state import ChatState, SecondPerson, quiet, ranked
from .events import NameTwo, Second

_NO_QUESTIONS = "this catalogue has nothing to ask about; the other person can bring a taste file instead"


def handed_over(chat: ChatState, assistant: Assistant) -> ChatState:
    """The second person is asked. Raises PenchantError where a catalogue has no questions."""
    questions = assistant.answer(Session()).questions
    if not questions:
        raise PenchantError(_NO_QUESTIONS)
    return replace(quiet(chat), second=SecondPerson(Session(), questions, len(questions)), note="")


def second_heard(chat: ChatState, event: Second, assistant: Assistant) -> ChatState:
    """An answer of the second person, or none; after the last question the picks are for both."""
    if chat.second is None or event.facet != chat.second.left[0].facet:
        raise PenchantError("nobody is being asked that just now")
    session, left = chat.second.session, chat.second.left[1:]
    if event.text:
        value = assistant.gazetteer.known_value(event.facet, event.text) or event.text
        session = edit(session, [Edit(event.facet, value, level="want", parked=False)], assistant.index.catalogue)
    if left:
        return replace(chat, second=replace(chat.second, session=session, left=left))
    guest = session if session.interests else chat.guest
    note = chat.speech.say("picking for two" if session.interests else "nothing answered")
    return ranked(replace(chat, second=None, guest=guest), chat.session, assistant, note)


def named(chat: ChatState, event: NameTwo) -> ChatState:
    """What the two are called; empty names are those from before they had any."""
    mine, other = (" ".join(name.split()) for name in (event.mine, event.other))
    usual = (chat.speech.say("you"), chat.speech.say("guest"))
    names = ("" if mine == usual[0] else mine, "" if other == usual[1] else other)
    return replace(chat, names=names, note="")
