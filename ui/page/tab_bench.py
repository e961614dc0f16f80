"""What a tab does with a file that becomes a catalogue: an event in, what came of it as events out.

Knows the file's bench and the catalogues that all tabs share. Knows nothing of views.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from penchant.assistant.explanation.words import Speech
from penchant.retriever import PenchantError

from .bringing import Bench, BroughtCatalogues, Draft, NewCatalogue, Stopped
from .catalogue_registry import CatalogueRegistry
from .state import BringEvent, Build, Choose, Drafted, Event, Failed, Keys, Leave, Noted, PageState, Piece, Remove
from .words import sentence

_log = logging.getLogger(__name__)


class TabBench:
    """Of one tab. Raises nothing: what goes wrong is a part of what comes out."""

    def __init__(self, registry: CatalogueRegistry, shelf: BroughtCatalogues) -> None:
        self._registry = registry
        self._shelf = shelf
        self._bench = Bench(shelf, lambda made: registry.add(made.name, made.load))

    def do(self, event: BringEvent, state: PageState) -> Event:
        """What is done at once; the event itself where nothing more comes of it."""
        try:
            return self._done(event, state)
        except PenchantError as error:
            problem = sentence(str(error))
        except Exception:
            _log.exception("an event of a file failed")
            problem = state.chat.speech.say("broken")
        if isinstance(event, Piece):
            before = state.draft or Draft(state.drafts, event.file, event.size)
            return Drafted(before.failed(problem))
        return Failed(problem)

    def _done(self, event: BringEvent, state: PageState) -> Event:
        match event:
            case Piece():
                draft = state.draft if event.at else self._bench.begin(state.drafts, event.file, event.size)
                return Drafted(self._bench.take(draft, event.at, event.data)) if draft else event
            case Leave():
                self._bench.clear()
            case Remove():
                self._shelf.remove(event.name)
                self._registry.withdraw(event.name)
                return Noted(state.chat.speech.say("removed", name=event.name))
        return event

    def steps(self, event: Keys | Build, state: PageState) -> Iterator[Event]:
        """What takes long, as it comes."""
        draft = state.draft
        if draft is None:
            return
        try:
            yield from self._read(event, draft) if isinstance(event, Keys) else self._made(draft, state.chat.speech)
        except Stopped:
            return
        except PenchantError as error:
            yield Drafted(draft.failed(sentence(str(error))))
        except Exception:
            _log.exception("a file could not be made a catalogue")
            yield Drafted(draft.failed(state.chat.speech.say("broken")))

    def _read(self, event: Keys, draft: Draft) -> Iterator[Event]:
        yield Drafted(replace(draft, stage="reading", problem=""))
        identity = draft.identity if event.identity is None else event.identity
        title = draft.title if event.title is None else event.title
        yield Drafted(self._bench.read(draft, identity, title))

    def _made(self, draft: Draft, speech: Speech) -> Iterator[Event]:
        for step in self._bench.index(draft):
            if isinstance(step, NewCatalogue):
                yield Leave()
                yield Choose(name=step.name)
                yield Noted(_welcome(draft, step.name, speech))
            else:
                yield Drafted(step)


def _welcome(draft: Draft, name: str, speech: Speech) -> str:
    left = len(draft.read.left_out) if draft.read else 0
    return speech.say("brought but" if left else "brought", name=name, count=f"{left:,}")
