"""A visitor of the page as the tests have it: one browser context, what it sees, presses and asks of other hosts.

Needs Chromium; without it the tests are skipped, and in CI they fail. PENCHANT_SCREENSHOTS names a folder that pictures
are written to.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from penchant.assistant import Assistant, LanguageModel
from penchant.assistant.wiring import make_assistant
from penchant.retriever import Item, build_index

from .conftest import PATIENCE, HashEncoder, missing

WAIT = int(os.environ.get("WAIT", 1000 * PATIENCE))
PAGE = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting:DeprecationWarning"),  # gradio's, with pandas 3
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated:DeprecationWarning"),  # the same
]


def item(title: str, kind: str, year: int, genres: str, moods: str, themes: str) -> Item:
    fields = {
        "kind": kind,
        "year": year,
        "makers": ("Ada Lovelace", "Jean Rouch"),
        "genres": tuple(genres.split(", ")),
        "moods": (moods, "vivid"),
        "themes": (themes, "people"),
        "minutes": year - 1890,
        "image": "https://picture.example/cover.png",
        "description": f"A {kind} about {themes}, told so that it stays {moods} until the very last minute of it.",
    }
    return Item(id=f"{kind}-{year}", title=title, fields=fields)


ITEMS = [
    item("Galaxy Jest", "film", 1999, "comedy", "funny", "space"),
    item("Orbit for Two", "book", 2001, "comedy", "funny", "space"),
    item("The Slow Comet", "film", 2003, "drama", "calm", "space"),
    item("Moon Accounting", "book", 2005, "comedy", "funny", "space"),
    item("Laughing Dead", "film", 1985, "horror, comedy", "funny", "space"),
    item("The Cellar", "film", 1991, "horror", "gloomy", "houses"),
    item("Rain Town", "album", 1988, "jazz", "calm", "rain"),
    item("Slow River", "album", 1975, "folk", "calm", "rivers"),
    item("The Long Trial", "book", 1962, "crime", "tense", "courts"),
    item("Neon Alley", "film", 1995, "cyberpunk", "tense", "cities"),
    item("Two Gardens", "book", 1934, "romance", "warm", "gardens"),
    item("Paper Planets", "film", 2011, "animation", "warm", "space"),
]


def assistant(folder: Path, items: list[Item] | None = None, model: LanguageModel | None = None) -> Assistant:
    return make_assistant(build_index(items or ITEMS, folder, HashEncoder(48)), model, k=6)


@contextmanager
def served(loads: Any, **options: Any) -> Iterator[str]:
    page = _started(loads, options)
    try:
        yield str(page.local_url)
    finally:
        page.close(verbose=False)


def _started(loads: Any, options: dict[str, Any]) -> Any:
    """Started within an event loop: without one, gradio makes some that it never closes."""
    from penchant.ui.page.page import serve

    async def start() -> Any:
        return serve(loads, block=False, **{"port": 0} | options)

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(start())
    return serve(loads, block=False, **{"port": 0} | options)


@contextmanager
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing("no Chromium; install it with: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


class Visitor:
    """One browser context with a tab, what it asked of other hosts, and what went wrong in it."""

    def __init__(self, browser: Any, address: str, width: int = 1280, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        self.context.set_default_timeout(WAIT)
        self.errors: list[str] = []
        self.requests: list[Any] = []
        self.page = self.tab()

    def tab(self) -> Any:
        """Another tab of the same browser, with the page open in it."""
        page = self.context.new_page()
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request))
        page.goto(self.address)
        page.locator(".pn-tools").wait_for()
        return page

    def say(self, message: str) -> None:
        """Sends a message and waits until it is answered. What a reload left in the box is sent again, like anybody
        would, but not for ever."""
        before = self.page.locator(".pn-turn").count()
        box = self.page.locator("#pn-say")
        box.fill(message)
        answered = f"document.querySelectorAll('.pn-turn').length > {before} && !document.querySelector('[data-busy]')"
        back = "document.querySelector('.pn-tools') && document.getElementById('pn-say')?.value"
        for _ in range(9):
            if (
                self.page.wait_for_function(f"({answered}) ? 'answered' : ({back}) ? 'back' : ''").json_value()
                != "back"
            ):
                return
            box.press("Enter")
        raise AssertionError(f"“{message}” stays in the box")

    def press(self, name: str, within: str = "body", nth: int = 0) -> None:
        self.page.locator(within).get_by_role("button", name=name, exact=True).nth(nth).click()

    def insist(self, name: str, note: str) -> None:
        """Presses until the panel says something: again only if the page was loaded anew meanwhile."""
        noted = f"document.querySelector('.pn-status')?.textContent.includes({note!r})"
        anew = "!window.pressed && document.querySelector('.pn-tools')"
        found = "anew"
        while found == "anew":
            self.page.evaluate("window.pressed = true")
            self.press(name)
            found = self.page.wait_for_function(f"{noted} ? 'noted' : {anew} ? 'anew' : ''").json_value()

    def noted(self, text: str) -> None:
        """Waits until the panel says something."""
        self.page.locator(".pn-status", has_text=text).wait_for()

    def more(self, name: str) -> None:
        """Something of the menu."""
        self.press("More")
        self.page.locator("#pn-more").get_by_role("button", name=name).click()

    def bring(self, name: str, text: str) -> None:
        """Gives a file to one of the menu's file fields."""
        self.press("More")
        file = {"name": "taste.json", "mimeType": "application/json", "buffer": text.encode()}
        self.page.locator("#pn-more label", has_text=name).locator("input").set_input_files(file)

    def drawer(self) -> Any:
        """Where wishes are added, and what is left out is listed; opened if it is not."""
        drawer = self.page.locator("#pn-drawer")
        if not drawer.is_visible():
            self.press("Fine-tune")
        return drawer

    def add(self, text: str, level: str = "Want") -> None:
        """Adds an interest by hand."""
        self.drawer().get_by_label("Add an interest").last.fill(text)
        self.drawer().locator(".pn-add").get_by_role("button", name=level).click()

    def about(self, title: str, name: str) -> None:
        """A button of what a card says more."""
        self.card(title).get_by_role("button", name="More", exact=True).click()
        self.card(title).locator(".pn-about-it").get_by_role("button", name=name).click()

    def chip(self, value: str) -> Any:
        return self.page.locator(".pn-chip").filter(has=self.page.locator(f".pn-value:text-is('{value}')"))

    def open_chip(self, value: str) -> Any:
        """Opens a wish, after the rest of them if it is not among those in view."""
        main, rest = self.chip(value).locator(".pn-chip-main"), self.page.locator("[data-rest]")
        main.wait_for(state="attached")
        if not main.is_visible() and rest.is_visible():
            rest.click()
        main.click()
        return self.chip(value).locator("[popover]")

    def chips(self) -> list[str]:
        return list(self.page.locator(".pn-chip .pn-value").all_inner_texts())

    def titles(self) -> list[str]:
        return list(self.page.locator(".pn-title h3").all_inner_texts())

    def card(self, title: str) -> Any:
        return self.page.locator(".pn-card").filter(has=self.page.get_by_role("heading", name=title, exact=True))

    def elsewhere(self) -> list[str]:
        """Requests that left this machine: to other hosts, and not stopped by the page's own policy."""
        inside = ("http://127.0.0.1:", "data:", "blob:")
        outside = [request for request in self.requests if not request.url.startswith(inside)]
        return [f"{r.url} {r.failure}" for r in outside if "csp" not in str(r.failure).casefold()]

    def picture(self, name: str, part: str = "", whole: bool = True) -> None:
        """A screenshot of the whole page, of what is in view, or of a part, where a folder for them is named."""
        if folder := os.environ.get("PENCHANT_SCREENSHOTS"):
            self.page.evaluate("document.activeElement.blur()")
            path, still = Path(folder) / f"{name}.png", "disabled"
            if part:
                self.page.locator(part).screenshot(path=path, animations=still)
            else:
                self.page.screenshot(path=path, full_page=whole, animations=still)
