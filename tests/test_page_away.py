"""The page while its server is away, silent or slow: nothing that was said is lost, and nobody is left without a focus.

Knows the page only as a visitor sees it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from penchant.assistant import Assistant, LanguageModel
from penchant.assistant.wiring import with_model

from .openai_server import OpenAIServer, Silence
from .visiting import PAGE, WAIT, Visitor, served

pytestmark = PAGE

HURRY = """const real = setTimeout;
window.setTimeout = (done, ms, ...rest) => real(done, ms >= 5000 ? ms / 20 : ms, ...rest)"""
"""What is waited for long is waited for less long."""

HURRY_ONCE = f"if (performance.getEntriesByType('navigation')[0]?.type !== 'reload') {{ {HURRY} }}"
"""Not on the page that is loaded anew, which a busy machine may take seconds to greet."""


@pytest.fixture
def visitor(browser: Any, address: str) -> Iterator[Visitor]:
    visit = Visitor(browser, address)
    yield visit
    assert visit.errors == []
    visit.context.close()


def test_a_message_for_a_server_that_is_away_stays_in_sight_and_goes_when_it_is_back(
    browser: Any, made: Assistant
) -> None:
    with served(lambda: made) as address:
        visitor = Visitor(browser, address)
        visitor.say("funny, about space")
    box, waiting = visitor.page.get_by_label("Your message"), visitor.page.locator(".pn-queue")
    box.fill("no horror")
    box.press("Enter")
    waiting.filter(has_text="The server does not answer just now. “no horror” is sent as soon as it does.").wait_for()
    box.fill("and then")
    with served(lambda: made, port=urlsplit(address).port):
        visitor.chip("horror").wait_for()
        visitor.page.locator(".pn-turn").nth(1).wait_for()
        idle = "!document.querySelector('[data-busy]') && document.getElementById('pn-say')?.value"
        visitor.page.wait_for_function(idle)
        assert visitor.page.locator(".pn-turn").count() == 2
        assert box.input_value() == "and then" and waiting.is_hidden()
        visitor.context.close()


def test_a_greeting_that_is_never_answered_loads_the_page_anew(browser: Any, address: str) -> None:
    """As when Gradio's stream is held by a server that is gone; what was said is kept over it."""
    context = browser.new_context()
    context.set_default_timeout(WAIT)
    context.add_init_script(HURRY_ONCE)
    page, held, loads = context.new_page(), [], []
    page.on("framenavigated", lambda frame: loads.append(frame.url))  # comes before what the page then asks for
    page.route("**/queue/data*", lambda route: held.append(route) if len(loads) < 2 else route.continue_())
    page.goto(address)
    box = page.get_by_label("Your message")
    box.fill("funny")
    box.press("Enter")
    box.fill("half a")
    page.locator(".pn-answer", has_text="comes closest").wait_for()
    assert len(loads) == 2 and held
    assert page.locator(".pn-said", has_text="funny").count() == page.locator(".pn-turn").count() == 1
    assert box.input_value() == "half a"
    context.close()


def test_a_greeting_that_waits_for_its_turn_loads_nothing_anew(browser: Any, made: Assistant) -> None:
    with OpenAIServer(lambda body, n: Silence()) as server:
        model = LanguageModel.from_settings(server.settings(timeout=WAIT / 1000))
        with served(lambda: with_model(made, model), at_once=1) as address:
            first = Visitor(browser, address)
            first.page.get_by_label("Your message").fill("funny")
            first.page.get_by_label("Your message").press("Enter")
            first.page.locator("[data-busy]").wait_for()
            context = browser.new_context()
            context.set_default_timeout(WAIT)
            context.add_init_script(HURRY)
            page, loads = context.new_page(), []
            page.on("load", lambda: loads.append(1))
            page.goto(address)
            page.wait_for_function("document.querySelector('#pn-chat .progress-text')?.textContent.includes('queue')")
            page.wait_for_timeout(3000)  # long enough for three greetings
            assert len(loads) == 1
            first.press("Stop")
            page.locator(".pn-tools").wait_for()
            for one in (first.context, context):
                one.close()


def test_a_server_that_is_away_is_not_asked_for_the_page(browser: Any, made: Assistant) -> None:
    """A page that cannot be loaded would be lost with what is on it."""
    with served(lambda: made) as address:
        visitor = Visitor(browser, address)
        visitor.page.evaluate(HURRY)
        visitor.say("funny, about space")
    visitor.page.get_by_label("Your message").fill("no horror")
    visitor.page.get_by_label("Your message").press("Enter")
    for _ in range(3):
        visitor.page.wait_for_event("requestfailed", lambda request: "app_id" in request.url)
    assert visitor.page.locator(".pn-turn").count() == 1 and visitor.titles()
    assert "no horror" in visitor.page.locator(".pn-queue").inner_text()
    visitor.context.close()


def test_escape_closes_everything_that_opened(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    page = visitor.page
    for key in ("model", "more", "drawer", "chip:moods|funny", "dislike:film-1999", "about:film-1999"):
        page.locator(f"[data-key='{key}']").click()
        page.locator(":popover-open").wait_for()
        page.keyboard.press("Escape")
        assert page.locator(":popover-open").count() == 0
        assert page.evaluate("document.activeElement.dataset.key") == key
    page.locator("[data-key='why:film-1999']").click()
    page.locator(".pn-path").wait_for()
    page.keyboard.press("Escape")
    page.locator(".pn-path").wait_for(state="detached")
    page.locator("[data-key='why:film-1999']:focus").wait_for()


FOCUS = "document.activeElement !== document.body && document.activeElement.getClientRects().length > 0"


def test_the_focus_is_never_lost(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    page = visitor.page

    def press(opener: str, button: str, note: str) -> None:
        page.locator(f"[data-key='{opener}']").focus()
        page.keyboard.press("Enter")
        page.locator(":popover-open").get_by_role("button", name=button, exact=True).focus()
        page.keyboard.press("Enter")
        visitor.noted(note)
        page.wait_for_function(FOCUS)

    card = page.locator(".pn-card").first.get_attribute("data-item")
    page.locator(f"[data-key='seen:{card}']").focus()
    page.keyboard.press("Enter")
    visitor.noted("Seen:")
    page.wait_for_function(FOCUS)
    assert page.evaluate("document.activeElement.innerText") == "Undo"
    page.keyboard.press("Enter")
    visitor.noted("Taken back: seen:")
    page.wait_for_function(FOCUS)
    press(f"dislike:{card}", "just not this", "Not for you:")
    press("chip:moods|funny", "Remove", "Removed")
    for _ in range(3):
        page.locator("[data-key=undo]").focus()
        page.keyboard.press("Enter")
        visitor.noted("Taken back")
        page.wait_for_function(FOCUS)


def test_a_link_leads_to_the_picks(visitor: Visitor) -> None:
    page = visitor.page
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to the picks"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "pn-found"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#pn-picks')")


def test_a_card_that_was_judged_shows_it_and_how_to_undo_it(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    page, title = visitor.page, visitor.titles()[1]
    visitor.card(title).get_by_role("button", name="Not for me").click()
    visitor.card(title).get_by_role("button", name="too vivid").click()
    left = page.locator(".pn-left-card")
    left.filter(has_text=f"Not for you. {title}").wait_for()
    assert page.locator(".pn-card").nth(1).get_attribute("class") == left.get_attribute("class")
    left.get_by_role("button", name="Undo").click()
    visitor.card(title).wait_for()
    assert left.count() == 0 and "vivid" not in visitor.chips()


def test_a_card_shows_a_verdict_before_the_server_has_it(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    page, title = visitor.page, visitor.titles()[0]
    held: list[Any] = []
    page.route("**/run/predict*", lambda route: held.append(route))
    visitor.card(title).get_by_role("button", name="Seen", exact=True).click()
    page.locator(".pn-card.pn-judged[data-said=Seen]").wait_for()
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.locator(".pn-left-card").wait_for()
    assert page.locator(".pn-judged").count() == 0


def test_no_reason_is_offered_against_what_was_wished_for(visitor: Visitor) -> None:
    visitor.say("only films, funny, about space")
    for title in visitor.titles():
        visitor.card(title).get_by_role("button", name="Not for me").click()
        offered = visitor.page.locator(".pn-reasons:popover-open .pn-example").all_inner_texts()
        assert "just not this" in offered and "too old" in offered
        assert not {"not this kind: film", "too funny", "not this theme: space"} & set(offered)
        visitor.page.keyboard.press("Escape")


def test_more_picks_follow_those_that_are_there(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    before = visitor.titles()
    visitor.press("More picks")
    visitor.page.locator(".pn-card").nth(len(before)).wait_for()
    after = visitor.titles()
    assert set(before) <= set(after) and len(after) > len(before) == 6
    visitor.page.wait_for_function(FOCUS)
    visitor.say("calm")
    assert len(visitor.titles()) == 6


def test_what_is_liked_leaves_the_new_ones_and_stays_among_the_others(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    page, title = visitor.page, visitor.titles()[0]
    visitor.card(title).get_by_role("button", name="Like", exact=True).click()
    page.locator(".pn-left-card").filter(has_text=f"Liked. {title}").wait_for()
    assert title not in visitor.titles()
    visitor.say("vivid")
    assert title not in visitor.titles() and page.locator(".pn-left-card").count() == 0
    visitor.press("both")
    visitor.card(title).get_by_role("button", name="Liked").wait_for()
