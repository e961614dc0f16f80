"""The page in a real browser: whole visits, with a mouse and without.

Knows the page only as a visitor sees it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from penchant.assistant import Assistant, export_taste
from penchant.retriever import PenchantError

from .visiting import PAGE, WAIT, Visitor, served

pytestmark = PAGE

ASK = "something funny about space, but no horror"


@pytest.fixture
def visitor(browser: Any, address: str) -> Iterator[Visitor]:
    visit = Visitor(browser, address)
    yield visit
    assert visit.errors == []
    assert visit.elsewhere() == []
    visit.context.close()


def test_a_whole_visit(visitor: Visitor, made: Assistant, tmp_path: Path) -> None:
    page = visitor.page
    visitor.say(ASK)
    assert {"funny", "space", "horror"} <= set(visitor.chips())
    assert page.locator(".pn-served").inner_text().strip() == "Retry"
    assert "genres: horror" in page.locator(".pn-left").inner_text()
    assert "Laughing Dead" not in visitor.titles()
    assert_shares_add_up(page)

    visitor.open_chip("space").get_by_role("button", name="Never").click()
    visitor.noted("“themes: space” is now a never")
    assert not {"Galaxy Jest", "Moon Accounting", "Paper Planets"} & set(visitor.titles())
    assert page.locator(".pn-move-new, .pn-move-up").count() > 0  # what moved shows it
    page.keyboard.press("Escape")
    visitor.press("Undo")
    visitor.noted("Taken back: “themes: space” is now a never")
    assert "Galaxy Jest" in visitor.titles()
    visitor.press("Redo")
    visitor.noted("Done again")
    assert "Galaxy Jest" not in visitor.titles()
    visitor.press("Undo")
    visitor.noted("Taken back")

    liked, disliked = visitor.titles()[:2]
    visitor.card(liked).get_by_role("button", name="Like", exact=True).click()
    visitor.page.locator(".pn-left-card", has_text=f"Liked. {liked}").wait_for()
    visitor.card(disliked).get_by_role("button", name="Not for me").click()
    visitor.card(disliked).locator(".pn-reasons").get_by_role("button", name="too vivid").click()
    visitor.noted(f"Not for you: {disliked} (moods: vivid)")
    assert disliked not in visitor.titles()
    assert visitor.chip("vivid").get_attribute("class").split()[1] == "pn-less"

    before = (sorted(visitor.chips()), visitor.titles())
    page.reload()
    visitor.chip(liked).wait_for()
    assert (sorted(visitor.chips()), visitor.titles()) == before
    assert page.locator(".pn-said").inner_text().endswith(ASK)
    assert liked in visitor.drawer().locator(".pn-marks").inner_text()
    page.keyboard.press("Escape")
    visitor.press("Undo")
    visitor.noted(f"Taken back: not for you: {disliked}")
    visitor.press("Redo")
    visitor.noted("Done again")

    with page.expect_download() as download:
        visitor.more("Export your taste")
    file = tmp_path / "taste.json"
    download.value.save_as(file)
    taste = json.loads(file.read_text(encoding="utf-8"))
    assert {entry["value"] for entry in taste["interests"]} >= {"funny", "space", "horror"}
    visitor.more("Start over")
    visitor.noted("Started over")
    assert visitor.chips() == []
    visitor.bring("Import", file.read_text(encoding="utf-8"))
    visitor.noted("Imported")
    assert (sorted(visitor.chips()), visitor.titles()) == before

    guest = made.reply("calm jazz, nothing funny").session
    visitor.bring("Two people", export_taste(guest))
    page.get_by_role("heading", name="Picks for two").wait_for()
    assert page.locator(".pn-who", has_text="Your guest").count() == len(visitor.titles()) > 0
    visitor.press("Back to only me")
    page.get_by_role("heading", name="Picks", exact=True).wait_for()

    visitor.more("Forget me")
    page.locator("#pn-forget").get_by_role("button", name="Forget me").click()
    visitor.noted("Forgotten")
    assert visitor.chips() == [] and page.locator(".pn-turn").count() == 0
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.reload()
    page.get_by_role("heading", name="To begin with").wait_for()
    assert visitor.chips() == []


def assert_shares_add_up(page: Any) -> None:
    """The shares of each card's bar sum to its score; so do those of the table, exactly and as they are shown."""
    bars = page.locator(".pn-card .pn-bar").evaluate_all(
        "bars => bars.map(bar => [bar.dataset.shares, bar.dataset.exact])"
    )
    assert len(bars) > 3
    for shares, score in bars:
        assert sum(map(float, shares.split())) == pytest.approx(float(score), abs=1e-9)
    page.get_by_role("button", name="Why this?").first.click()
    page.locator(".pn-path table").wait_for()
    read = "rows => rows.map(row => [Number(row.value), Number(row.textContent.replace('−', '-'))])"
    rows = page.locator(".pn-path tbody data").evaluate_all(read)
    exact, shown = page.locator(".pn-path tfoot data").evaluate_all(read)[0]
    assert sum(value for value, _ in rows) == pytest.approx(exact, abs=1e-9)
    assert sum(value for _, value in rows) == pytest.approx(shown, abs=1e-9)


def test_the_path_of_a_pick_is_drawn_and_told_and_can_be_changed(visitor: Visitor) -> None:
    visitor.say(ASK)
    page, title = visitor.page, visitor.titles()[3]
    visitor.about(title, "Why not higher?")
    page.locator("[data-key=higher]:focus").wait_for()
    told = page.locator(".pn-told").inner_text()
    assert ASK in told and "never genres: horror" in told and "place 4" in told
    assert page.locator(".pn-figure path").count() >= 8
    assert " ".join(page.locator(".pn-svg-head").all_text_contents()) == "Said Interests Blocks Gates Place"
    page.locator(".pn-path").get_by_role("button", name="Close").click()
    page.locator(".pn-path").wait_for(state="detached")
    assert page.evaluate("document.activeElement.dataset.key").startswith("why:")


def test_gates_are_loosened_and_questions_answered_with_one_click(visitor: Visitor) -> None:
    page = visitor.page
    question = page.locator(".pn-question").first
    answer = question.get_by_role("button").first.inner_text()
    question.get_by_role("button").first.click()
    visitor.chip(answer).first.wait_for()
    assert page.locator(".pn-question").count() > 0  # the others are still asked
    visitor.say("no horror")
    visitor.drawer().locator(".pn-relax button", has_text="horror").click()
    visitor.noted("Set aside")
    assert page.locator(".pn-parked .pn-value").all_inner_texts() == ["horror"]


def test_interests_are_added_slid_pinned_moved_and_removed(visitor: Visitor) -> None:
    page = visitor.page
    for text, level in (
        ("jazz", "Want"),
        ("year >= 1970", "Want"),
        ("Slow River", "Less"),
        ("a rainy evening", "Want"),
    ):
        visitor.add(text, level)
        visitor.chip("from 1970 on" if text.startswith("year") else text).wait_for()
    page.keyboard.press("Escape")
    facets = page.locator(".pn-chip .pn-chip-main .pn-facet").all_inner_texts()
    assert facets == ["genres", "year", "like", "in your words"]
    weight = visitor.chip("a rainy evening").locator(".pn-weight").inner_text()
    visitor.open_chip("a rainy evening")
    slider = visitor.chip("a rainy evening").locator("input[type=range]")
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    visitor.noted("has strength 50")
    assert slider.input_value() == "50"
    assert visitor.chip("a rainy evening").locator(".pn-weight").inner_text() != weight
    page.keyboard.press("Escape")
    popover = visitor.open_chip("jazz")
    popover.get_by_role("button", name="Pin").click()
    visitor.noted("Pinned")
    popover.get_by_role("combobox").select_option("themes")
    visitor.noted("is now “themes: jazz”")
    visitor.open_chip("jazz").get_by_role("button", name="Remove").click()
    visitor.noted("Removed “themes: jazz”")
    assert "jazz" not in visitor.chips()
    visitor.more("New topic")
    visitor.noted("New topic")
    assert len(page.locator(".pn-parked .pn-chip").all()) == 3


def test_what_is_seen_goes_and_can_be_shown_again(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    title = visitor.titles()[0]
    visitor.card(title).get_by_role("button", name="Seen", exact=True).click()
    visitor.noted(f"Seen: {title}")
    assert title not in visitor.titles()
    visitor.press("seen")
    visitor.noted("Showing only what you have seen")
    assert visitor.titles() == [title]
    visitor.drawer().get_by_role("button", name=f"Take back: {title}").click()
    visitor.noted("Took back")
    visitor.page.keyboard.press("Escape")
    visitor.press("new")
    visitor.card(title).wait_for()


def test_retry_says_the_message_again_after_what_was_changed_since(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    visitor.say("and no horror")
    visitor.open_chip("funny").get_by_role("button", name="Set aside").click()
    visitor.noted("Set aside")
    visitor.press("Retry")
    visitor.page.wait_for_function(
        "!document.querySelector('[data-busy]') && document.querySelector('.pn-status').innerText === ''"
    )
    assert visitor.page.locator(".pn-parked .pn-value").all_inner_texts() == ["funny"]
    assert visitor.chips().count("horror") == 1
    assert visitor.page.locator(".pn-turn").count() == 2


def test_tabs_are_conversations_of_their_own_and_forgetting_is_for_all(visitor: Visitor) -> None:
    visitor.say("funny, about space")
    first, second = visitor.page, visitor.tab()
    visitor.page = second
    visitor.chip("space").wait_for()  # a new tab goes on from what the browser has
    visitor.say("calm jazz")
    visitor.page = first
    first.reload()
    visitor.chip("space").wait_for()
    assert "jazz" not in visitor.chips()
    visitor.more("Forget me")
    first.locator("#pn-forget").get_by_role("button", name="Forget me").click()
    visitor.page = second
    visitor.noted("Forgotten")
    assert visitor.chips() == []


def test_everything_can_be_done_with_the_keyboard(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_label("Your message").focus()
    page.keyboard.type("funny, about space")
    page.keyboard.press("Enter")
    visitor.chip("funny").wait_for()
    order = []
    for _ in range(14):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.dataset.key ?? document.activeElement.tagName"))
    assert [key for key in order if key in ("undo", "more")] == ["undo", "more"]
    chips = [key for key in order if key.startswith(("chip:", "slide:"))]
    assert chips[:2] == ["chip:moods|funny", "chip:themes|space"]
    page.locator("[data-key='chip:moods|funny']").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    visitor.noted("is now a less")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.key") == "chip:moods|funny"
    page.keyboard.press("Control+z")
    visitor.noted("Taken back")


def test_a_message_before_the_assistant_is_ready_waits_with_a_note(browser: Any) -> None:
    go = threading.Event()

    def load() -> Assistant:
        go.wait(timeout=WAIT / 1000)
        raise PenchantError("the index is of another encoder; build it again")

    with served(load) as url:
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.goto(url)
        page.get_by_text("You can already ask").wait_for()
        page.get_by_label("Your message").fill("funny")
        page.get_by_label("Your message").press("Enter")
        page.get_by_text("Your message is next").wait_for()
        go.set()
        page.locator(".pn-note", has_text="The index is of another encoder; build it again.").wait_for()
        assert page.locator(".pn-said", has_text="funny").count() == page.locator(".pn-turn").count() == 1
        context.close()
