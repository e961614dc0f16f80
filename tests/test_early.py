"""With a language model the first picks are there at once, by rules; those of the model take their place."""

from __future__ import annotations

import io
import threading
from dataclasses import replace

import pytest
from rich.console import Console

from penchant.assistant import Assistant, LanguageModel, Reply, Session
from penchant.assistant.oversight import PageShown
from penchant.assistant.watched import WatchedAssistant
from penchant.assistant.wiring import make_assistant, with_model
from penchant.retriever import Catalogue, Index
from penchant.retriever.watching import Timings
from penchant.ui.cli.command import _turn

from .conftest import PATIENCE
from .openai_server import Answer, Body, OpenAIServer, Page, Words
from .scripted_model import ScriptedModel, answer, tag

MESSAGE = "a thriller, but one that makes me weep"
READ = answer(
    tag("genres", "Thriller", strength=0.4, quote="thriller"),
    tag("genres", "Drama", quote="makes me weep"),
    wish="a thriller that moves to tears",
)
TOLD = "**Gladiator** is a Drama from 2000."


def shown(reply: Reply) -> list[str]:
    return [pick.item.id for pick in reply.picks]


def scripted(index: Index, *steps: str | Exception) -> Assistant:
    return make_assistant(index, ScriptedModel.of(*steps).language_model(), k=4)


def as_told(reply: Reply) -> Reply:
    """Without what is drawn anew with each session."""
    return replace(reply, session=replace(reply.session, id=""))


def test_the_first_picks_are_there_while_the_model_is_silent(index: Index) -> None:
    go = threading.Event()

    def silent(body: Body, number: int) -> Answer:
        assert go.wait(PATIENCE)
        return Words(READ if number == 0 else TOLD)

    with OpenAIServer(silent) as server:
        assistant = make_assistant(index, LanguageModel.from_settings(server.settings()), k=4)
        replies = assistant.stream(MESSAGE, early=True)
        first = next(replies)
        assert not server.requests
        go.set()
        *_, last = replies
    offline = assistant.offline().reply(MESSAGE, k=4)
    assert first.early and (first.understood_by, first.explained_by) == ("rules", "shares")
    assert shown(first) == shown(offline) and first.text == offline.text and first.text
    assert not last.early and (last.understood_by, last.explained_by) == ("tiny", "tiny")
    assert last.usage.calls == 2


def test_what_comes_of_a_turn_is_the_same_with_first_picks_and_without(index: Index) -> None:
    session = Session()
    plain = list(scripted(index, READ, TOLD).stream(MESSAGE, session))
    first, *others = scripted(index, READ, TOLD).stream(MESSAGE, session, early=True)
    assert shown(first) != shown(plain[-1])  # only the model knows what one weeps at
    assert as_told(others[-1]) == as_told(plain[-1])
    assert [shown(reply) for reply in others] == [shown(reply) for reply in plain]
    assert not any(reply.early for reply in (*others, *plain))


def test_the_models_picks_come_in_composed_words_before_its_own(index: Index) -> None:
    _, composed, *_, last = scripted(index, READ, TOLD).stream(MESSAGE, early=True)
    assert composed.explained_by == "shares" and composed.text and last.text == TOLD


def test_a_model_that_fails_leaves_the_first_picks_with_a_note(index: Index) -> None:
    with OpenAIServer(lambda body, number: Page(401)) as server:
        assistant = make_assistant(index, LanguageModel.from_settings(server.settings()), k=4)
        first, *_, last = assistant.stream(MESSAGE, early=True)
        (only, *_) = assistant.stream(MESSAGE, early=True)  # it rests: nothing is waited for
    assert shown(last) == shown(first) and last.session.interests == first.session.interests
    assert last.text == first.text and last.notes[0].startswith("Understood by rules: tiny")
    assert first.early and not only.early


@pytest.mark.parametrize("early", [True, False])
def test_without_a_model_there_are_no_first_picks(index: Index, early: bool) -> None:
    replies = list(make_assistant(index, k=4).stream(MESSAGE, early=early))
    assert not any(reply.early for reply in replies) and len(replies) == 2


class Log:
    """Keeps what it is told of."""

    def __init__(self) -> None:
        self.pages: list[PageShown] = []

    def shown(self, page: PageShown, door: str, catalogue: Catalogue) -> None:
        self.pages.append(page)

    def forget(self, sessions: object) -> None:
        pass


def test_first_picks_are_a_page_of_their_own_where_the_models_are_others(index: Index) -> None:
    log = Log()
    watched = make_assistant(index, k=4, observer=log)
    others = with_model(watched, ScriptedModel.of(READ, TOLD).language_model())
    list(others.stream(MESSAGE, early=True))
    assert [page.understood_by for page in log.pages] == ["rules", "scripted"]
    same = with_model(watched, ScriptedModel.of("no JSON", "no JSON", "no JSON", "no JSON", TOLD).language_model())
    list(same.stream(MESSAGE, early=True))
    assert [page.understood_by for page in log.pages[2:]] == ["rules"]
    left = with_model(watched, ScriptedModel.of(READ, TOLD).language_model()).stream(MESSAGE, early=True)
    next(left)
    left.close()  # type: ignore[attr-defined]
    assert [page.understood_by for page in log.pages[3:]] == ["rules"]


def test_the_parts_of_a_turn_are_counted_once(index: Index) -> None:
    class Counting(Timings):
        def __init__(self) -> None:
            super().__init__()
            self.parts: list[str] = []

        def begun(self, part: str) -> object:  # type: ignore[override]
            self.parts.append(part)
            return super().begun(part)

    watch = Counting()
    made = make_assistant(index, ScriptedModel.of(READ, TOLD).language_model(), k=4, watches=[lambda: watch])
    assert isinstance(made, WatchedAssistant)
    list(made.stream(MESSAGE, early=True))
    assert watch.parts.count("understand") == watch.parts.count("search") == watch.parts.count("explain") == 1
    assert watch.parts.count("turn") == 1


def test_a_terminal_shows_the_first_picks_while_the_model_reads(index: Index) -> None:
    out, gone = (
        Console(file=io.StringIO(), width=80, force_terminal=terminal, color_system=None, _environ={})
        for terminal in (True, False)
    )
    for console in (out, gone):
        _turn(scripted(index, READ, TOLD), MESSAGE, None, console, console)
    drawn, words = (console.file.getvalue() for console in (out, gone))  # type: ignore[attr-defined]
    before, _, after = drawn.rpartition("still reading.")
    assert "1. Get Out" in before and "Gladiator is a Drama" in after
    assert words == "Gladiator is a Drama from 2000.\n"
