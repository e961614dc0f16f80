"""One tab of a browser: its state behind a lock, and the threads in which its messages are answered.

The state is a value that is replaced, never changed: events of one tab may come at the same time, and a change by
hand ends an answer that is still being written. What an event does is the reducer's; what takes long is done here,
and what came of it is an event too. Nothing is written to disk. Knows nothing of Gradio or markup.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from threading import RLock
from typing import Any, Literal

from penchant.assistant import Assistant, Reply
from penchant.assistant.pump import Pump
from penchant.retriever import PenchantError

from .catalogue_registry import PageSetup
from .models import TabAssistants, own_model
from .state import (
    Answered,
    BringEvent,
    BrowserStorage,
    Build,
    ChatState,
    Choose,
    Context,
    Ended,
    Endpoint,
    Event,
    Failed,
    Hello,
    Keys,
    Made,
    ModelMade,
    Opened,
    Retry,
    Say,
    new_page,
    picking,
    read_quick,
    read_slow,
    reduce,
)
from .tab_bench import TabBench
from .tab_view import chat_view, page_view, to_give_away
from .view import Sent, View, errand
from .words import sentence

_ABANDONED = 3
"""How many answers of a tab that were ended may still wait for a silent model; the next message waits for one."""

_LOOK = 1.0
"""Seconds between two looks at how far the opening of a catalogue is."""

_Part = Literal["chat", "screen", "page"]
"""The messages; the whole page; and with it what the browser is to keep."""

_log = logging.getLogger(__name__)


class TabController:
    """A tab. Every method may be called from any thread."""

    def __init__(self, setup: PageSetup) -> None:
        self._setup = setup
        self._lock = RLock()
        self._state = new_page(setup.registry.names[0])
        self._storage = BrowserStorage()
        self._sent = Sent()
        self._answers: tuple[Pump[Reply], ...] = ()
        self._assistants = TabAssistants()
        self._bench = TabBench(setup.registry, setup.shelf) if setup.shelf else None

    def speak(self, data: Any) -> Iterator[View]:
        """What may take long, as it grows: the page opens, another catalogue is, or a message is answered."""
        event = self._attempt(lambda: read_slow(data))
        seen, kept = getattr(event, "seen", None), getattr(event, "kept", 0)
        for part in self._steps(event):
            with self._lock:
                shown = self._news(part, seen, kept)
                seen = None if seen is None else self._sent.number
            yield shown

    def do(self, data: Any) -> View:
        """What is done at once, without a model."""
        event = self._attempt(lambda: read_quick(data))
        with self._lock:
            done = self._put(event)
        if isinstance(done, Endpoint):
            done = self._put(self._model_made(done))
        elif isinstance(done, BringEvent) and self._bench:
            done = self._put(self._bench.do(done, self._state))
        with self._lock:
            return self._news("page", getattr(event, "seen", None), getattr(event, "kept", 0), done)

    def _model_made(self, asked: Endpoint) -> Event:
        """Not behind the lock: the name of a server may have to be looked up."""
        return self._attempt(lambda: ModelMade(own_model(asked, self._setup.inside)))

    def _attempt(self, make: Callable[[], Event]) -> Event:
        """The event, or one that says what went wrong."""
        try:
            return make()
        except PenchantError as error:
            return Failed(sentence(str(error)))
        except Exception:
            _log.exception("an event of the page failed")
            return Failed(self._state.chat.speech.say("broken"))

    def _put(self, event: Event) -> Event:
        """What is done becomes the state of the tab. What goes wrong becomes a note, and is the event instead."""
        done = self._attempt(lambda: self._apply(event))
        return done if done is event else self._apply(done)

    def _apply(self, event: Event) -> Event:
        """As `_put`; raises what goes wrong. Nobody waits any more for an answer that it ends."""
        with self._lock:
            self._leave_removed()
            names, bringing = self._setup.registry.names, self._bench is not None
            offered = self._setup.registry.take(self._state.catalogue)
            before = self._state.ticket
            context = Context(names, offered.assistant, self._setup.own_models, bringing)
            self._state = reduce(self._state, event, context)
            if self._state.ticket != before:
                for answer in self._answers:
                    answer.end()
        return event

    def _leave_removed(self) -> None:
        """A catalogue that was removed, in whichever tab, is not chosen here any more."""
        names = self._setup.registry.names
        if self._state.catalogue not in names:
            self._state = self._state.choose(names[0]).noted(self._state.chat.speech.say("gone"))

    def _steps(self, event: Event) -> Iterator[_Part]:
        """Which part of the page is to be looked at anew, each time that something has happened."""
        with self._lock:
            done = self._put(event)
            catalogue, ticket = self._state.catalogue, self._state.ticket
        match done:
            case Hello() | Choose():
                yield from self._open(catalogue)
            case Say() | Retry():
                yield from self._answer(ticket)
            case Keys() | Build() if self._bench:
                yield from self._brought(done, self._bench)
            case _:
                yield "page"

    def _brought(self, event: Keys | Build, bench: TabBench) -> Iterator[_Part]:
        """A file that is read, or becomes a catalogue; that is then the chosen one, or is offered to who talks of
        another."""
        for outcome in bench.steps(event, self._state):
            talking = isinstance(outcome, Choose) and self._state.chat.messages
            outcome = Made(outcome.name) if talking and isinstance(outcome, Choose) else outcome
            self._put(outcome)
            if isinstance(outcome, Choose):
                yield from self._open(outcome.name)
            yield "page"

    def _open(self, catalogue: str) -> Iterator[_Part]:
        """Goes on with the chat about a catalogue, or begins it, once the catalogue is there."""
        offered = self._setup.registry.take(catalogue)
        far = offered.far
        if not offered.settled:
            yield "page"
        while not offered.settles(_LOOK):
            if far != (far := offered.far):
                yield "chat"
        with suppress(PenchantError):  # said when the chat is begun
            offered.wait()
        with self._lock:
            if self._state.chat.busy:  # a message that waited too: its answer shows the page
                return
            self._put(Opened(catalogue))
        yield "page"

    def _answer(self, ticket: int) -> Iterator[_Part]:
        """The message, then the answer as it is written, unless something else has ended it meanwhile."""
        yield "chat"
        notes: tuple[str, ...] = ()
        try:
            yield from self._written(ticket)
        except PenchantError as error:
            notes = (sentence(str(error)),)
        except Exception:
            _log.exception("a message could not be answered")
            notes = (self._state.chat.speech.say("broken"),)
        self._put(Ended(ticket, "failed" if notes else "done", notes))
        yield "page"

    def _written(self, ticket: int) -> Iterator[_Part]:
        catalogue = self._state.catalogue
        if self._state.ticket != ticket:
            return
        assistant = self._setup.registry.take(catalogue).wait()
        if self._state.ticket == ticket and self._state.chat.reply is None:
            self._apply(Opened(catalogue))
            yield "screen"
        part: _Part = "screen"
        for reply in self._replies(ticket, assistant):
            self._apply(Answered(ticket, reply))
            yield part
            part = part if reply.early else "chat"

    def _replies(self, ticket: int, assistant: Assistant) -> Iterable[Reply]:
        """The answer as it is written; nothing if it was ended before it began."""
        while len(alive := tuple(one for one in self._answers if one.alive)) > _ABANDONED:
            alive[0].wait()
        with self._lock:
            if ticket != self._state.ticket:
                return ()
            answer = Pump(_asked(self._assistants.of(assistant, self._state), self._state.chat))
            self._answers = (*alive, answer)
            return answer

    def _refresh(self) -> None:
        """What is on screen and has gone from the catalogue, or is not as it was, is not shown again."""
        name, chat = self._state.catalogue, self._state.chat
        if not chat.busy and self._setup.registry.take(name).open:
            self._put(Opened(name))

    def _news(self, part: _Part, seen: int | None, kept: int, event: Event | None = None) -> View:
        """What the tab is to be sent of a part of the page, and what its browser has to do."""
        self._leave_removed()
        if part == "chat":
            return self._sent.news(chat_view(self._state, self._setup), seen, kept)
        self._refresh()
        state = self._state
        keep = self._storage.text(state.catalogue, state.chats) if part == "page" else None
        told = {"language": state.chat.language, **(errand(event, state.chat) if event else {})}
        told |= to_give_away(event, state, self._setup)
        shown = page_view(state, self._setup, self._assistants)
        return self._sent.news(replace(shown, keep=keep, wire=told), seen, kept)


def _asked(assistant: Assistant, chat: ChatState) -> Generator[Reply]:
    """The replies to the last message, with early picks; for two, picks are all of it."""
    replies = picking(assistant, chat.session, chat.guest).stream(chat.messages[-1].said, chat.session, early=True)
    for reply in replies:
        yield reply
        if chat.guest and not reply.early:
            return
