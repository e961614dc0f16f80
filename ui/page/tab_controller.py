"""One tab of a browser: its conversations, one for each catalogue, and the model that understands it.

The one thing of the page that changes in place, behind a lock of its own: events of one tab may come at the same time,
and a change by hand ends an answer that is still being written. Nothing of it is written to disk. Knows nothing of
Gradio or markup.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from threading import RLock
from typing import Any, Literal

from penchant.assistant import Assistant, LanguageModel, Reply
from penchant.assistant.loading import Loading
from penchant.assistant.wiring import with_model
from penchant.retriever import PenchantError

from .catalogue_registry import PageSetup
from .models import own_model, status
from .state import (
    ChatState,
    Choose,
    Endpoint,
    Hello,
    Plain,
    QuickEvent,
    Retry,
    Say,
    SlowEvent,
    Why,
    answered,
    asked,
    asked_again,
    begun,
    changed,
    ended,
    exported,
    keep,
    read_quick,
    read_slow,
    restore,
    sentence,
    stopped,
)
from .view import View, view
from .writing import Writing

Data = dict[str, Any]

_BROKEN = "Something went wrong here, and nothing was changed; the server's log has it."
_NOT_YET = "the catalogue is still being opened; try again in a moment"
_OWN = "Your messages are now understood by {}. Its key is in this server's memory only, for this tab."

_ABANDONED = 3
"""How many answers of a tab that were ended may still wait for a silent model; the next message waits for one."""

_log = logging.getLogger(__name__)


class TabController:
    """A tab. Every method may be called from any thread."""

    def __init__(self, house: PageSetup) -> None:
        self._house = house
        self._lock = RLock()
        self._name = house.shelf.names[0]
        self._talks: dict[str, ChatState] = {}
        self._which: Literal["server", "own", "rules"] = "server"
        self._own: LanguageModel | None = None
        self._ticket = 0
        self._writings: tuple[Writing[Reply], ...] = ()
        self._told = 0

    def speak(self, data: Any) -> Iterator[View]:
        """What may take long, as it grows: the page opens, another catalogue is, or a message is answered."""
        act: SlowEvent | None = None
        with self._lock, self._noted():
            act = read_slow(data)
        match act:
            case Hello():
                yield from self._open(self._restored(act.stored))
            case Choose():
                yield from self._open(act.name)
            case Say() | Retry():
                yield from self._answer(act)
            case None:
                yield self._view()

    def do(self, data: Any) -> View:
        """What is done at once, without a model."""
        with self._lock:
            before, errand = self._talk, {}
            with self._noted():
                act = read_quick(data)
                self._done(act)
                errand = self._errand(act)
            if before.busy and not self._talk.busy:
                self._leave()
            return self._view(**errand)

    @property
    def _talk(self) -> ChatState:
        return self._talks.setdefault(self._name, ChatState())

    @_talk.setter
    def _talk(self, talk: ChatState) -> None:
        self._talks[self._name] = talk

    def _assistant(self, loading: Loading | None = None) -> Assistant:
        """The assistant of this tab. Raises PenchantError if its catalogue is not open yet, or cannot be opened."""
        loading = loading or self._house.shelf.take(self._name)
        if not loading.ready:
            raise PenchantError(_NOT_YET)
        found = loading()
        return found if self._which == "server" else with_model(found, self._own if self._which == "own" else None)

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """What goes wrong becomes a note, and the conversation stays as it was."""
        before = self._talk
        try:
            yield
        except PenchantError as error:
            self._talk = replace(before, note=sentence(str(error)))
        except Exception:
            _log.exception("an event of the page failed")
            self._talk = replace(before, note=_BROKEN)

    def _done(self, act: QuickEvent) -> None:
        if isinstance(act, Endpoint):
            self._choose_own(act)
        elif isinstance(act, Plain) and act.act in ("server", "rules"):
            self._which = "server" if act.act == "server" else "rules"
            self._talk = replace(self._talk, note="What understands you has changed; see above.")
        else:
            self._talk = changed(self._talk, act, self._assistant())
            if isinstance(act, Plain) and act.act == "forget":
                self._talks, self._which, self._own = {self._name: self._talk}, "server", None

    def _choose_own(self, act: Endpoint) -> None:
        if not self._house.own_models:
            raise PenchantError("this server does not ask models of its visitors")
        self._own = own_model(act, self._house.inside)
        self._which = "own"
        self._talk = replace(self._talk, note=_OWN.format(self._own.name))

    def _errand(self, act: QuickEvent) -> dict[str, Any]:
        """What the browser itself has to do."""
        if isinstance(act, Why):
            return {"focus": f"why:{act.item}" if act.part == "close" else act.part}
        if isinstance(act, Plain) and act.act == "export":
            return {"download": {"name": "penchant-taste.json", "text": exported(self._talk)}}
        return {"forget": isinstance(act, Plain) and act.act == "forget"}

    def _restored(self, stored: str) -> str:
        """Takes over what the browser had kept, if this page has nothing yet; the catalogue to open."""
        with self._lock:
            if not stored or any(talk.reply for talk in self._talks.values()):
                return self._name
            with self._noted():
                name, talks = restore(stored)
                self._talks = {n: ChatState(session, said) for n, (session, said) in talks.items()}
                return name if name in self._house.shelf.names else self._name
            return self._name

    def _open(self, name: str) -> Iterator[View]:
        """Goes on with the conversation about a catalogue, or begins it, once the catalogue is there."""
        loading = self._chosen(name)
        if loading is None or not loading.ready:
            yield self._view()
        if loading is None:
            return
        with suppress(PenchantError):  # said when the conversation is begun
            loading()
        with self._lock:
            if self._talk.busy:  # a message that waited too: its answer shows the page
                return
            with self._noted():
                if self._name == name:
                    self._talk = begun(self._talk, self._assistant(loading))
            shown = self._view()
        yield shown

    def _chosen(self, name: str) -> Loading | None:
        with self._lock, self._noted():
            loading = self._house.shelf.take(name)
            self._interrupt()
            self._name = name
            return loading
        return None

    def _interrupt(self) -> None:
        """Ends an answer that is still being written."""
        if self._talk.busy:
            self._talk = stopped(self._talk)
            self._leave()

    def _leave(self) -> None:
        """Nobody waits any more for what is being written: its place among those that are answered is free at once."""
        self._ticket += 1
        for writing in self._writings:
            writing.end()

    def _answer(self, act: Say | Retry) -> Iterator[View]:
        """The message, then the answer as it is written, unless something else has ended it meanwhile."""
        ticket = self._asked(act)
        yield View(chat=self._chat())
        try:
            yield from self._written(ticket)
            notes: tuple[str, ...] = ()
        except PenchantError as error:
            notes = (sentence(str(error)),)
        except Exception:
            _log.exception("a message could not be answered")
            notes = (_BROKEN,)
        with self._lock:
            if ticket == self._ticket and self._talk.busy:
                self._talk = ended(self._talk, "failed" if notes else "done", notes)
        yield self._view()

    def _asked(self, act: Say | Retry) -> int:
        """Puts the message into the conversation; the number by which it is known whether anything has ended it."""
        with self._lock:
            with self._noted():
                self._talk = asked(self._talk, act.text) if isinstance(act, Say) else asked_again(self._talk)
                self._leave()
            return self._ticket

    def _written(self, ticket: int) -> Iterator[View]:
        talk, loading = self._talk, self._house.shelf.take(self._name)
        if not talk.busy:
            return
        loading()
        assistant = self._assistant(loading)
        if talk.reply is None:
            yield self._begun(ticket, assistant)
        for n, reply in enumerate(self._writing(ticket, assistant)):
            with self._lock:
                if ticket != self._ticket:
                    return
                self._talk = answered(self._talk, reply, assistant, first=n == 0)
            yield View(chat=self._chat()) if n else self._view()

    def _begun(self, ticket: int, assistant: Assistant) -> View:
        """The page of a conversation whose first message, or first since it was restored, is to be answered."""
        with self._lock:
            if ticket == self._ticket:
                self._talk = begun(self._talk, assistant)
            return self._view()

    def _writing(self, ticket: int, assistant: Assistant) -> Iterable[Reply]:
        """The answer as it is written; nothing if it was ended before it began. For two, the picks are all of it."""
        while len(alive := tuple(one for one in self._writings if one.alive)) > _ABANDONED:
            alive[0].wait()
        with self._lock:
            if ticket != self._ticket:
                return ()
            talk = self._talk
            replies = islice(assistant.stream(talk.messages[-1].said, talk.session), 1 if talk.guest else None)
            writing = Writing(replies)
            self._writings = (*alive, writing)
            return writing

    def _view(self, **errand: Any) -> View:
        """The whole page."""
        with self._lock:
            loading = self._house.shelf.take(self._name)
            self._told += 1
            wire = {"told": self._told, "keep": keep(self._name, self._talks), **errand}
            if not loading.ready or loading.failed:
                return View(self._top(None), self._chat(), view.closed(self._talk), wire=wire)
            assistant = self._assistant(loading)
            return View(
                self._top(assistant),
                self._chat(),
                view.panel(self._talk, assistant.index),
                view.picks(self._talk, assistant.index, self._house.gallery),
                wire,
            )

    def _chat(self) -> Data:
        loading = self._house.shelf.take(self._name)
        examples: tuple[str, ...] = ()
        if loading.ready and not loading.failed and not self._talk.messages:
            examples = view.examples(loading())
        return view.chat(self._talk, loading.ready, examples)

    def _top(self, assistant: Assistant | None) -> Data:
        names = self._house.shelf.names
        data: Data = {"catalogues": [{"name": n, "on": n == self._name} for n in names] if len(names) > 1 else []}
        if assistant is None:
            return data
        offered = self._house.shelf.take(self._name)().model_name
        return data | {
            "model": status(assistant, self._which == "own", self._talk.reply),
            "own_models": self._house.own_models,
            "rules": Plain(act="rules").json_text() if assistant.model_name != "rules" else "",
            "server": Plain(act="server").json_text() if self._which != "server" and offered != "rules" else "",
        }
