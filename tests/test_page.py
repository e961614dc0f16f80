"""The page in a real browser: a visit, escaping, two visitors, the buttons, mistakes, a phone.

Knows the page only as a visitor sees it. Needs Chromium; without it the tests are skipped, and in CI they fail.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from penchant.assistant import Assistant
from penchant.retriever import Item, PenchantError, SentenceEncoder, build_index
from penchant.ui.page import serve

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting:DeprecationWarning"),  # gradio's, with pandas 3
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated:DeprecationWarning"),  # the same
]

ASK = "something funny about space, but no horror"
WAIT = 60_000
HOSTILE = '<img src=x onerror="window.owned=1"><script>window.owned=2</script>'
LITERAL = "${alert(1)}`${alert(2)}` at C:\\users\\xylophone {{title}}"
PICTURE = "![p](http://picture.example/p.png) [a](http://link.example)"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
HEBREW = "מדריך הטרמפיסט לגלקסיה"


def item(title: str, kind: str, year: int, genres: str, moods: str, themes: str) -> Item:
    fields = {
        "kind": kind,
        "year": year,
        "makers": ("Ada Lovelace", "Jean Rouch"),
        "genres": tuple(genres.split(", ")),
        "moods": (moods, "vivid"),
        "themes": (themes, "people"),
        "minutes": year - 1890,
        "language": "English",
        "image": "https://picture.example/cover.png",
        "description": f"A {kind} about {themes}, told so that it stays {moods} until the very last minute of it.",
    }
    return Item(id=f"{kind}-{year}", title=title, fields=fields)


ITEMS = [
    item(HOSTILE, "film", 1999, "comedy", "funny", "space"),
    item(LITERAL, "book", 2001, "comedy", "funny", "space"),
    item(PICTURE, "film", 2003, "comedy", "funny", "space"),
    item(LONG, "film", 2004, "comedy", "funny", "space"),
    item(HEBREW, "book", 2005, "comedy", "funny", "space"),
    item("Laughing Dead", "film", 1985, "horror, comedy", "funny", "space"),
    item("The Cellar", "film", 1991, "horror", "gloomy", "houses"),
    item("Rain Town", "album", 1988, "jazz", "calm", "rain"),
    item("Slow River", "album", 1975, "folk", "calm", "rivers"),
    item("The Long Trial", "book", 1962, "crime", "tense", "courts"),
    item("Neon Alley", "film", 1995, "cyberpunk", "tense", "cities"),
    item("Two Gardens", "book", 1934, "romance", "warm", "gardens"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("page")
    with served(lambda: Assistant(build_index(ITEMS, folder / "index", SentenceEncoder()), k=6)) as url:
        yield url


@contextmanager
def served(load: Any) -> Iterator[str]:
    page = serve(load, port=0, block=False)
    try:
        yield str(page.local_url)
    finally:
        page.close(verbose=False)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        message = "no Chromium; install it with: apt-get install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=path, args=options)
        yield chromium
        chromium.close()


class Visitor:
    """One browser context, what it asked of other hosts, and whether a script of the catalogue opened a dialog."""

    def __init__(self, browser: Any, address: str, width: int = 1280) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 800})
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT)
        self.dialogs: list[str] = []
        self.requests: list[Any] = []
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self.requests.append(request))
        self.page.goto(address)
        self.page.wait_for_selector("section.pn-picks")
        self.box = self.page.get_by_label("Your message")

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def say(self, message: str) -> None:
        """Sends a message and waits until the box takes the next one."""
        before = self.page.locator(".bot.message").count()
        self.box.fill(message)
        self.box.press("Enter")
        self.page.wait_for_function(f"document.querySelectorAll('.bot.message').length > {before}")
        self.idle()

    def idle(self) -> None:
        self.page.get_by_role("button", name="Send").wait_for()
        self.page.wait_for_function("!document.querySelector('textarea').disabled")

    def chips(self) -> list[str]:
        return list(self.page.locator(".pn-chip .pn-value").all_inner_texts())

    def wait_for(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()

    def elsewhere(self) -> list[str]:
        """Requests that left this machine: to other hosts, and not stopped by the page's own policy."""
        inside = ("http://127.0.0.1:", "data:", "blob:")
        outside = [request for request in self.requests if not request.url.startswith(inside)]
        return [f"{r.url} {r.failure}" for r in outside if "csp" not in str(r.failure).casefold()]


@pytest.fixture
def visitor(browser: Any, address: str) -> Iterator[Visitor]:
    visit = Visitor(browser, address)
    yield visit
    visit.context.close()


def test_a_visit_shows_chips_cards_and_shares_that_sum_to_the_score(visitor: Visitor) -> None:
    visitor.say(ASK)
    page = visitor.page
    assert {"funny", "space", "horror"} <= set(visitor.chips())
    assert "never" in page.locator(".pn-chip.pn-never summary").first.text_content()
    assert ASK in page.locator(".pn-chip summary").first.get_attribute("title")
    assert page.locator(".pn-served").inner_text() == "Understood by rules; explained from the shares."
    assert "horror" in page.locator(".pn-left").inner_text()
    cards = page.locator(".pn-card")
    assert cards.count() == 6
    assert "Laughing Dead" not in page.locator("section.pn-picks").inner_text()
    assert "picture.example/cover.png" not in page.locator("section.pn-picks").inner_html()
    for n in range(cards.count()):
        assert_adds_up(cards.nth(n))
    assert visitor.elsewhere() == []


def assert_adds_up(card: Any) -> None:
    """The exact shares sum to the exact score, and so do the rounded ones as they are shown."""
    read = "rows => rows.map(row => [Number(row.value), Number(row.textContent.replace('−', '-'))])"
    shares = card.locator("tbody data").evaluate_all(read)
    exact, shown = card.locator("tfoot data").evaluate_all(read)[0]
    assert shares
    assert sum(value for value, _ in shares) == pytest.approx(exact, abs=1e-9)
    assert sum(value for _, value in shares) == pytest.approx(shown, abs=1e-9)


def test_an_example_starts_a_conversation(visitor: Visitor) -> None:
    visitor.page.get_by_text(ASK).click()
    visitor.page.wait_for_selector(".pn-card")
    assert "horror" in visitor.chips()


def test_nothing_that_the_catalogue_or_a_visitor_says_runs(visitor: Visitor) -> None:
    visitor.say(ASK)
    titles = visitor.page.locator(".pn-card h3").all_inner_texts()
    assert {HOSTILE, LITERAL, PICTURE, LONG, HEBREW} <= set(titles)
    visitor.say(f"something like {HOSTILE} {LITERAL} {PICTURE}")
    visitor.page.wait_for_timeout(500)
    assert visitor.page.evaluate("window.owned") is None
    assert visitor.dialogs == []
    assert visitor.page.locator(":is(section, .bot) :is(img[src=x], script)").count() == 0
    assert visitor.elsewhere() == []


def test_two_visitors_see_only_their_own_interests(browser: Any, address: str, visitor: Visitor) -> None:
    other = Visitor(browser, address)
    visitor.say("funny, about space")
    other.say("calm jazz")
    assert "space" in visitor.chips() and "jazz" not in visitor.chips()
    assert "jazz" in other.chips() and "space" not in other.chips()
    visitor.say("warm too")
    assert "jazz" not in visitor.chips()
    other.context.close()


def test_undo_takes_back_the_last_turn_and_start_over_everything(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    first = visitor.chips()
    visitor.say("and no horror")
    assert "horror" in visitor.chips()
    visitor.page.locator("#pn-undo").click()
    visitor.wait_for("Took back “and no horror”")
    assert visitor.chips() == first
    assert visitor.page.locator(".pn-card").count() == 6
    visitor.page.locator("#pn-over").click()
    visitor.wait_for("Nothing yet.")
    assert visitor.chips() == [] and visitor.page.locator(".pn-card").count() == 0
    visitor.wait_for("What are you in the mood for?")
    visitor.say("calm jazz")
    assert "space" not in visitor.chips()


def test_retry_and_undo_in_the_chat_start_from_the_session_before_the_message(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    visitor.say("and no horror")
    after = visitor.chips()
    visitor.page.get_by_role("button", name="Retry").last.click()
    visitor.page.wait_for_timeout(1500)
    visitor.idle()
    assert visitor.chips() == after
    visitor.page.get_by_role("button", name="Undo", exact=True).locator("visible=true").first.click()
    visitor.wait_for("Took back the last message")
    assert "horror" not in visitor.chips() and "space" in visitor.chips()


def test_an_empty_message_is_answered_with_a_note(visitor: Visitor) -> None:
    visitor.say("   ")
    visitor.wait_for("The message is empty; say what you would like.")
    visitor.say("x" * 9000)
    visitor.wait_for("The message has 9,000 characters")
    visitor.say(ASK)
    assert "horror" in visitor.chips()


def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Any, address: str) -> None:
    phone = Visitor(browser, address, width=375)
    phone.say(f"{ASK} {LONG}")
    phone.page.locator(".pn-why summary").first.click()
    phone.page.locator(".pn-chip summary").last.click()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 375
    edges = "parts => parts.map(part => part.getBoundingClientRect().right)"
    assert max(phone.page.locator("[class^=pn-], .message").evaluate_all(edges)) <= 375
    phone.context.close()


def test_a_message_before_the_assistant_is_ready_waits_with_a_note(browser: Any) -> None:
    go = threading.Event()

    def load() -> Assistant:
        go.wait(timeout=WAIT / 1000)
        raise PenchantError("the index is of another encoder; build it again")

    with served(load) as url:
        early = Visitor(browser, url)
        early.box.fill("funny")
        early.box.press("Enter")
        early.wait_for("Getting ready")
        go.set()
        early.wait_for("The index is of another encoder; build it again.")
        early.context.close()
