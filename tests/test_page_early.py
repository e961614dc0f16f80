"""The page while a language model is asked: the picks of rules at once, then those of the model, and what moved."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from penchant.assistant import Assistant, LanguageModel
from penchant.assistant.understanding import ScriptedUnderstander
from penchant.assistant.wiring import with_model
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.tab_controller import TabController
from penchant.ui.page.view import View

from .conftest import PATIENCE
from .openai_server import Answer, Body, OpenAIServer, Page, Words
from .scripted_model import answer, tag
from .visiting import PAGE, WAIT, Visitor, assistant, served

SAID = "funny, about space"
OTHER = answer(
    tag("themes", "space", quote="space"), tag("kind", "book", quote="funny"), wish="something funny about space"
)
TOLD = "**Moon Accounting** is a book about space."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("early") / "index")


class Gate:
    """A model server that answers when it is let, one request at a time."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = answers
        self._let = threading.Semaphore(0)

    def __call__(self, body: Body, number: int) -> Answer:
        assert self._let.acquire(timeout=PATIENCE)
        return self._answers[number]

    def let(self, times: int = 1) -> None:
        self._let.release(times)


class Tab:
    """A tab without a browser, and the parts of its page as they are."""

    def __init__(self, assistant: Assistant) -> None:
        self.tab = TabController(PageSetup(CatalogueRegistry({"demo": lambda: assistant})))
        self.parts: dict[str, Any] = {}
        self.came: list[set[str]] = []
        for view in self.tab.speak({"act": "hello"}):
            self.take(view)

    def say(self, text: str) -> Iterator[View]:
        """The answer, as far as it is read."""
        return self.tab.speak({"act": "say", "text": text, "seen": self.parts["wire"]["told"]})

    def do(self, **act: Any) -> None:
        self.take(self.tab.do({**act, "seen": self.parts["wire"]["told"]}))

    def take(self, view: View) -> None:
        news = {name: part for name in View.__slots__ if (part := getattr(view, name)) is not None}
        self.parts |= news
        self.came.append(set(news) - {"wire", "kept"})

    def cards(self) -> list[str]:
        return [card["id"] for card in self.parts["picks"]["cards"]]

    def moves(self) -> list[str]:
        return [card["moved"] for card in self.parts["picks"]["cards"]]

    def chips(self) -> set[str]:
        return {chip["value"] for chip in self.parts["panel"]["active"]}

    @property
    def last(self) -> dict[str, Any]:
        return dict(self.parts["chat"]["messages"][-1])


@contextmanager
def asked(made: Assistant, *answers: Answer) -> Iterator[tuple[Tab, Iterator[View], Gate]]:
    """A message was said, and the first picks are on the page; the model has not answered."""
    gate = Gate(*answers)
    with OpenAIServer(gate) as server:
        model = LanguageModel.from_settings(server.settings())
        tab = Tab(with_model(made, model))
        views = tab.say(SAID)
        tab.take(next(views))
        tab.take(next(views))
        yield tab, views, gate
        gate.let(9)
        list(views)


def test_first_picks_are_on_the_page_while_the_model_reads(made: Assistant) -> None:
    rules = Tab(made)
    list(map(rules.take, rules.say(SAID)))
    with asked(made, Words(OTHER), Words(TOLD)) as (tab, views, gate):
        assert tab.cards() == rules.cards() and tab.chips() == rules.chips() >= {"funny", "space"}
        assert tab.parts["picks"]["early"] and tab.parts["chat"]["busy"]
        assert tab.last["early"] and tab.last["blocks"] == rules.last["blocks"] and not tab.last["served"]
        gate.let(2)
        list(map(tab.take, views))
        assert not tab.parts["picks"]["early"] and not tab.last["early"]
        assert "book" in tab.chips() and tab.cards() != rules.cards()
        assert tab.last["served"].startswith("Answered by tiny")


def test_cards_that_the_model_moves_say_so(made: Assistant) -> None:
    with asked(made, Words(OTHER), Words(TOLD)) as (tab, views, gate):
        first = tab.cards()
        gate.let(2)
        list(map(tab.take, views))
        for place, (item, moved) in enumerate(zip(tab.cards(), tab.moves(), strict=True)):
            up = first.index(item) - place if item in first else None
            assert moved == "new" if up is None else moved.startswith("up" if up > 0 else "down")
        assert any(moved.startswith("up") for moved in tab.moves())


def test_where_the_model_reads_the_same_only_the_mark_goes(made: Assistant) -> None:
    with asked(made, Page(401)) as (tab, views, gate):
        first = tab.parts["picks"]
        gate.let()
        list(map(tab.take, views))
        assert tab.parts["picks"] == first | {"early": False}
        assert any("Understood by rules: tiny" in note for note in tab.last["notes"])
        assert not any("panel" in came for came in tab.came[3:])


def test_nothing_of_the_first_reading_is_kept(made: Assistant) -> None:
    with asked(made, Words(OTHER), Words(TOLD)) as (tab, views, gate):
        tab.do(act="export")
        assert "funny" not in tab.parts["wire"]["download"]["text"]
        tab.do(act="why", item=tab.cards()[0])
        assert tab.parts["picks"]["cards"][0]["path"] and tab.parts["chat"]["busy"]
        gate.let(2)
        list(map(tab.take, views))
        assert "funny" not in tab.chips()


def test_first_picks_stand_where_the_model_is_stopped(made: Assistant) -> None:
    with asked(made, Words(OTHER), Words(TOLD)) as (tab, _, _gate):
        first = tab.cards()
        tab.do(act="stop")
        assert tab.cards() == first and tab.chips() >= {"funny", "space"} and not tab.parts["picks"]["early"]
        assert tab.last["served"].startswith("Answered by rules") and tab.last["blocks"]
        assert tab.last["notes"] == [
            "Stopped. Rules alone understood this and picked, without the model; Retry says it again."
        ]
        tab.do(act="undo")
        assert tab.chips() == set()


@pytest.mark.parametrize(
    "act",
    [
        {"act": "add", "text": "jazz", "level": "want"},
        {"act": "thumb", "verdict": "like", "item": "film-1999"},
        {"act": "further"},
    ],
)
def test_what_is_done_with_first_picks_counts_with_them(made: Assistant, act: dict[str, Any]) -> None:
    with asked(made, Words(OTHER), Words(TOLD)) as (tab, views, gate):
        tab.do(**act)
        assert {"funny", "space"} <= tab.chips() and not tab.parts["chat"]["busy"]
        gate.let(2)
        list(map(tab.take, views))
        assert "book" not in tab.chips()


def test_first_picks_stand_where_a_turn_breaks(made: Assistant) -> None:
    broken = made.using(ScriptedUnderstander([RuntimeError("a fault")]), None)
    tab = Tab(broken)
    list(map(tab.take, tab.say(SAID)))
    assert tab.chips() >= {"funny", "space"} and tab.last["bad"] and tab.last["served"].startswith("Answered by rules")


def test_a_question_is_answered_at_once_and_then_in_the_models_words(made: Assistant) -> None:
    why, ask = "why is the first one there?", answer(intent="ask")
    words = "You asked for something funny about space, and **Galaxy Jest** is that, so it is first."
    gate = Gate(Words(ask), Words(words))
    with OpenAIServer(gate) as server:
        tab = Tab(with_model(made, LanguageModel.from_settings(server.settings())))
        tab.do(act="add", text="space", level="want")
        tab.do(act="add", text="funny", level="want")
        first = tab.parts["picks"]
        views = tab.say(why)
        tab.take(next(views))
        tab.take(next(views))
        assert "is first because it is what you asked for" in json.dumps(tab.last["blocks"])
        assert tab.cards() == [card["id"] for card in first["cards"]]
        assert not tab.parts["picks"]["early"] and tab.last["early"]
        gate.let(2)
        list(map(tab.take, views))
    assert "so it is first" in json.dumps(tab.last["blocks"]) and tab.last["served"].endswith("2 requests.")


def test_two_people_have_first_picks_too(made: Assistant) -> None:
    gate = Gate(Words(OTHER))
    with OpenAIServer(gate) as server:
        tab = Tab(with_model(made, LanguageModel.from_settings(server.settings())))
        tab.do(act="two")
        while second := tab.parts["panel"]["second"]:
            tab.do(**json.loads(second["options"][0]["act"]))
        views = tab.say(SAID)
        tab.take(next(views))
        tab.take(next(views))
        assert tab.parts["picks"]["early"] and tab.parts["picks"]["group"]
        gate.let()
        list(map(tab.take, views))
        assert not tab.parts["picks"]["early"] and "book" in tab.chips() and len(server.requests) == 1


# in a browser


def browser_test(function: Any) -> Any:
    for mark in PAGE:
        function = mark(function)
    return function


@contextmanager
def visit(made: Assistant, browser: Any, *answers: Answer, **options: Any) -> Iterator[tuple[Visitor, Gate]]:
    gate = Gate(*answers)
    with OpenAIServer(gate) as server:
        model = LanguageModel.from_settings(server.settings(timeout=WAIT / 1000))
        with served(lambda: with_model(made, model)) as address:
            visitor = Visitor(browser, address, **options)
            yield visitor, gate
            assert visitor.errors == []
            visitor.context.close()
            gate.let(9)


def sent(visitor: Visitor) -> None:
    """Says it, and sees the first picks."""
    visitor.page.get_by_label("Your message").fill(SAID)
    visitor.page.get_by_label("Your message").press("Enter")
    visitor.page.locator(".pn-first:visible").wait_for()


@browser_test
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_a_visitor_sees_picks_at_once_and_then_what_moved(
    made: Assistant, browser: Any, width: int, scheme: str
) -> None:
    with visit(made, browser, Words(OTHER), Words(TOLD), width=width, color_scheme=scheme) as (visitor, gate):
        sent(visitor)
        first = visitor.titles()
        assert visitor.page.locator("[data-busy]").count() == 1 and "funny" in visitor.chips()
        visitor.picture(f"early-{width}", whole=False)
        gate.let(2)
        visitor.page.get_by_text("Answered by tiny").wait_for(state="attached")
        assert visitor.titles() != first and not visitor.page.locator(".pn-first").is_visible()
        assert visitor.page.locator(".pn-move").count() > 0
        visitor.picture(f"early-after-{width}", whole=False)


@browser_test
def test_a_card_that_stays_is_the_same_on_the_page(made: Assistant, browser: Any) -> None:
    """Nothing is drawn anew where the model's reading has changed nothing: it would flash."""
    with visit(made, browser, Page(401)) as (visitor, gate):
        sent(visitor)
        visitor.page.evaluate(
            """() => { window.changes = 0; new MutationObserver((all) => { window.changes += all.length; })
            .observe(document.querySelector('.pn-grid'), {subtree: true, childList: true, characterData: true}); }"""
        )
        gate.let()
        visitor.page.get_by_text("Understood by rules: tiny").wait_for(state="attached")
        assert not visitor.page.locator(".pn-first").is_visible()
        assert visitor.page.evaluate("window.changes") == 0
