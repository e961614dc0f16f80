"""How little of the page moves by itself: layout shifts as Chromium measures them, over an opening and two messages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from penchant.assistant import Assistant, LanguageModel
from penchant.assistant.wiring import with_model

from .conftest import PATIENCE
from .openai_server import Answer, Body, OpenAIServer, Words
from .scripted_model import answer, tag
from .visiting import PAGE, WAIT, Visitor, assistant, served

pytestmark = PAGE

MOST = {"rules": 0.05, "model": 0.1}
"""Of all that moves, also within the half second after something was pressed: Chromium forgives that, but a server may
take longer. With a model the picks change twice a message, on a busy machine in more steps (.02 to .08 in all); .1 is
what is called good."""

OBSERVED = """
window.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push({
  value: entry.value,
  of: entry.sources.map(({ node, previousRect: a, currentRect: b }) =>
    `${node?.className || node?.id || node?.nodeName} ${a.y | 0}+${a.height | 0} > ${b.y | 0}+${b.height | 0}`),
}))).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("still") / "index")


class Watcher(Visitor):
    """A visitor whose page counts from its first moment on what moves; its catalogue may still be loading."""

    def __init__(self, browser: Any, address: str, width: int, height: int, **options: Any) -> None:
        self.address, self.errors, self.requests = address, [], []
        self.context = browser.new_context(viewport={"width": width, "height": height}, **options)
        self.context.set_default_timeout(WAIT)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.add_init_script(OBSERVED)
        self.page.goto(address)

    def moved(self) -> float:
        """The sum of all that moved so far, and each of it printed. After two frames the observer has heard of it."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        shifts = self.page.evaluate("window.shifts")
        print(*(f"{one['value']:.4f} {one['of']}" for one in shifts), sep="\n")
        return float(sum(one["value"] for one in shifts))


@contextmanager
def waiting(made: Assistant) -> Iterator[tuple[str, threading.Event]]:
    """A page whose catalogue is open once it is let."""
    go = threading.Event()

    def slowly() -> Assistant:
        assert go.wait(PATIENCE)
        return made

    with served(slowly) as address:
        yield address, go
        go.set()


def reads(body: Body, number: int) -> Answer:
    """Each message is a reading, and then words."""
    first = answer(tag("themes", "space", quote="space"), wish="about space")
    then = answer(tag("moods", "warm", quote="warmer"), tag("genres", "horror", "never", quote="no horror"))
    return Words("**Paper Planets** is about space." if number % 2 else then if number else first)


@pytest.mark.parametrize("served_by", ["rules", "model"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_page_keeps_still(browser: Any, made: Assistant, width: int, height: int, served_by: str) -> None:
    """Over an opening and two messages."""
    with OpenAIServer(reads) as server:
        model = LanguageModel.from_settings(server.settings(timeout=PATIENCE)) if served_by == "model" else None
        with waiting(with_model(made, model)) as (address, go):
            visitor = Watcher(browser, address, width, height)
            visitor.page.get_by_text("Getting ready").wait_for()
            go.set()
            visitor.page.locator(".pn-card").first.wait_for()
            for message in ("funny, about space", "a bit warmer, no horror"):
                visitor.say(message)
            visitor.picture(f"still-{width}", whole=False)
            assert visitor.moved() < MOST[served_by] and visitor.errors == []
            visitor.context.close()


@pytest.mark.parametrize(("motion", "moves"), [("reduce", "none"), ("no-preference", "pn-shimmer")])
def test_the_room_of_the_first_picks_is_kept(browser: Any, made: Assistant, motion: str, moves: str) -> None:
    """It shimmers, where nobody minds; and it is gone where the picks are."""
    shown = "getComputedStyle(document.querySelector('.pn-blank article'), '::after').animationName"
    with waiting(made) as (address, go):
        visitor = Watcher(browser, address, 1440, 900, reduced_motion=motion)
        visitor.page.locator(".pn-blank").first.wait_for()
        assert visitor.page.evaluate(shown) == moves
        visitor.picture(f"loading-{motion}", whole=False)
        go.set()
        visitor.page.locator(".pn-card").first.wait_for()
        assert visitor.page.locator(".pn-blank").count() == 0
        visitor.context.close()
