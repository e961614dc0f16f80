"""What every event does to a tab: one function, from a state and an event to the next state.

Pure, but for the id that a new session draws: it asks no model, waits for nothing and keeps nothing. What takes long is
done elsewhere, and comes back as an event too. Knows nothing of threads, Gradio or markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from penchant.assistant import Assistant, TasteError
from penchant.assistant.explanation.words import last_language
from penchant.retriever import PenchantError

from ..bringing import Correction
from ..words import browser_language, sentence
from .bringing_events import Build, Correct, HistoryText, Leave, Piece, SameWork
from .browser_storage import restore
from .chat_buttons import asked_again, pressed, sessions_of
from .chat_edits import brought, edited, told_same
from .chat_state import ChatState, answered, asked, begun, ended, standing
from .events import (
    BringEvent,
    Choose,
    Endpoint,
    HandEvent,
    Hello,
    NameTwo,
    Plain,
    QuickEvent,
    Retry,
    Say,
    Second,
    SlowEvent,
)
from .outcomes import Answered, Drafted, Ended, Failed, Made, ModelMade, Noted, Opened, Outcome
from .page_state import PageState
from .two_people import named, second_heard

Event = SlowEvent | QuickEvent | Outcome


@dataclass(frozen=True, slots=True)
class Context:
    """What is outside of a tab: the names of the catalogues, the assistant of the chosen one, and what is allowed.

    `assistant` raises PenchantError while its catalogue is not open, or if it cannot be opened. `own_models`: whether
    visitors may name a model server; `bringing`: whether they may bring catalogues.
    """

    catalogues: tuple[str, ...]
    assistant: Callable[[], Assistant]
    own_models: bool = True
    bringing: bool = False


def reduce(state: PageState, event: Event, context: Context) -> PageState:
    """The state after an event. Raises PenchantError for what cannot be done: the state before then holds."""
    after = _REDUCERS[type(event)](state, event, context)
    over = state.chat.busy and not after.chat.busy
    return replace(after, ticket=state.ticket + 1) if over or isinstance(event, Say | Retry) else after


def _hello(state: PageState, event: Hello, context: Context) -> PageState:
    """Takes over what the browser had kept, if this tab has nothing yet."""
    if any(chat.reply for chat in state.chats.values()):
        return state.choose(state.catalogue)
    browser = browser_language(event.language)
    new = state.choose(state.catalogue).speaking(browser)
    if not event.stored:
        return new
    try:
        name, kept = restore(event.stored)
    except TasteError as error:
        return new.noted(sentence(str(error)))
    chats = {catalogue: ChatState(session, messages) for catalogue, (session, messages) in kept.items()}
    restored = replace(new, chats={**new.chats, **chats}).choose(name if name in context.catalogues else new.catalogue)
    said = (message.said for message in reversed(restored.chat.messages))
    return restored.speaking(last_language(said, browser))


def _choose(state: PageState, event: Choose, context: Context) -> PageState:
    if event.name not in context.catalogues:
        raise PenchantError("there is no catalogue of this name here; choose one from the list")
    return state.choose(event.name)


def _say(state: PageState, event: Say, context: Context) -> PageState:
    return state.with_chat(asked(state.chat, event.text))


def _retry(state: PageState, event: Retry, context: Context) -> PageState:
    return state.with_chat(asked_again(state.chat, context.assistant))


def _hand(state: PageState, event: HandEvent, context: Context) -> PageState:
    return state.with_chat(edited(state.chat, event, context.assistant()))


def _history(state: PageState, event: HistoryText, context: Context) -> PageState:
    """What the file says is the taste to go on from; what is not sure of it is asked."""
    after, history = brought(state.chat, event, context.assistant(), state.catalogue)
    return replace(state.with_chat(after), history=history)


def _same(state: PageState, event: SameWork, context: Context) -> PageState:
    if state.history is None or state.history.catalogue != state.catalogue:
        raise PenchantError("this is not asked any more")
    after, history = told_same(state.chat, event, state.history, context.assistant())
    return replace(state.with_chat(after), history=history)


def _second(state: PageState, event: Second, context: Context) -> PageState:
    return state.with_chat(second_heard(standing(state.chat), event, context.assistant()))


def _named(state: PageState, event: NameTwo, context: Context) -> PageState:
    return state.with_chat(named(state.chat, event))


def _plain(state: PageState, event: Plain, context: Context) -> PageState:
    if event.act == "server" or event.act == "rules":
        return replace(state, understander=event.act).noted(state.chat.speech.say("understander"))
    after = state.with_chat(pressed(state.chat, event.act, context.assistant))
    if event.act == "forget":
        others = (chat for name, chat in state.chats.items() if name != state.catalogue)
        context.assistant().forget([session for chat in others for session in sessions_of(chat)])
        return replace(after, chats={after.catalogue: after.chat}, understander="server", own_model=None, history=None)
    return after


def _endpoint(state: PageState, event: Endpoint, context: Context) -> PageState:
    """Whether the model may be made; it is used once it is."""
    if not context.own_models:
        raise PenchantError("this server does not ask models of its visitors")
    return state


def _made(state: PageState, event: ModelMade, context: Context) -> PageState:
    note = state.chat.speech.say("own model", name=event.model.name)
    return replace(state, understander="own", own_model=event.model).noted(note)


def _bring(state: PageState, event: BringEvent, context: Context) -> PageState:
    """Whether catalogues may be brought; what comes of it is an event of its own. A file that begins is the next."""
    if not context.bringing:
        raise PenchantError("this server takes no catalogues of its visitors")
    match event:
        case Piece(at=0):
            return replace(state, draft=None, drafts=state.drafts + 1)
        case Leave():
            return replace(state, draft=None, drafts=state.drafts + 1)
        case Correct() if state.draft:
            try:
                return replace(state, draft=state.draft.correct(event.column, Correction(event.kind, event.name)))
            except PenchantError as error:
                return replace(state, draft=state.draft.failed(sentence(str(error))))
        case Build() if state.draft:
            return replace(state, draft=replace(state.draft, name=event.name, problem=""))
    return state


def _drafted(state: PageState, event: Drafted, context: Context) -> PageState:
    """If it is still the file that is wanted."""
    return replace(state, draft=event.draft) if event.draft.number == state.drafts else state


def _noted(state: PageState, event: Failed | Noted, context: Context) -> PageState:
    return state.noted(event.note)


def _offered(state: PageState, event: Made, context: Context) -> PageState:
    """A conversation is not left for a catalogue that comes in the middle of it."""
    return replace(state, made=event.name)


def _opened(state: PageState, event: Opened, context: Context) -> PageState:
    """The chat begins with picks for what is known, if its catalogue is still the chosen one."""
    if event.catalogue != state.catalogue:
        return state
    return state.with_chat(begun(state.chat, context.assistant()))


def _answered(state: PageState, event: Answered, context: Context) -> PageState:
    if event.ticket != state.ticket or not state.chat.busy:
        return state
    return state.with_chat(answered(state.chat, event.reply, context.assistant()))


def _ended(state: PageState, event: Ended, context: Context) -> PageState:
    if event.ticket != state.ticket or not state.chat.busy:
        return state
    return state.with_chat(ended(state.chat, event.progress, event.notes))


_REDUCERS: Mapping[type, Callable[[PageState, Any, Context], PageState]] = {
    Hello: _hello,
    Choose: _choose,
    Say: _say,
    Retry: _retry,
    Plain: _plain,
    Endpoint: _endpoint,
    Opened: _opened,
    Made: _offered,
    Answered: _answered,
    Ended: _ended,
    ModelMade: _made,
    Failed: _noted,
    Drafted: _drafted,
    Noted: _noted,
    **dict.fromkeys(get_args(BringEvent), _bring),
    **dict.fromkeys(get_args(HandEvent), _hand),
    HistoryText: _history,
    SameWork: _same,
    Second: _second,
    NameTwo: _named,
}
