"""The page as one sees it, on a desktop and on a phone: picks first, also after many turns; nothing jumps.

Knows the page only as a visitor sees it.
"""

from __future__ import annotations

from typing import Any

import pytest

from penchant.assistant import Mark, Session, export_taste

from .visiting import ITEMS, PAGE, Visitor

pytestmark = PAGE

TURNS = (
    "funny, about space",
    "and no horror",
    "under 2 hours",
    "not too old",
    "nothing gloomy",
    "something warm, for a long and rainy evening with old friends",
    "vivid people, please",
)
DESKTOP, PHONE = (1440, 900), (390, 844)
IN_VIEW = """cards => cards.filter(card => {
    const {top, bottom} = card.getBoundingClientRect();
    const box = document.querySelector('#pn-composer').getBoundingClientRect();
    return top >= 0 && bottom <= (innerWidth < 900 ? box.top : innerHeight);
}).length"""


def visit(browser: Any, address: str, size: tuple[int, int]) -> Visitor:
    visitor = Visitor(browser, address, reduced_motion="reduce")
    visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
    return visitor


@pytest.mark.parametrize(("size", "least"), [(DESKTOP, 3), (PHONE, 1)], ids=["desktop", "phone"])
def test_cards_are_in_view_after_any_number_of_turns(
    browser: Any, address: str, size: tuple[int, int], least: int
) -> None:
    visitor = visit(browser, address, size)
    assert visitor.page.locator(".pn-card").evaluate_all(IN_VIEW) >= least
    for message in TURNS:
        visitor.say(message)
        assert visitor.page.locator(".pn-card").evaluate_all(IN_VIEW) >= min(least, len(visitor.titles())), message
    assert visitor.page.evaluate("scrollY") == 0
    visitor.context.close()


def test_on_a_desktop_the_conversation_stays_beside_the_picks(browser: Any, address: str) -> None:
    visitor = visit(browser, address, DESKTOP)
    for message in TURNS[:2]:
        visitor.say(message)
    visitor.press("More picks")
    visitor.page.locator(".pn-card").nth(6).wait_for()
    visitor.page.mouse.move(1000, 600)
    visitor.page.mouse.wheel(0, 3000)
    visitor.page.wait_for_function("scrollY > 100")
    box = visitor.page.get_by_label("Your message").bounding_box()
    assert 0 < box["y"] < 900 - box["height"]
    visitor.context.close()


def test_on_a_phone_the_answer_has_two_lines_and_opens(browser: Any, address: str) -> None:
    visitor = visit(browser, address, PHONE)
    for message in TURNS[:3]:
        visitor.say(message)
    page = visitor.page
    lines = "part => part.clientHeight / parseFloat(getComputedStyle(part).lineHeight)"
    assert page.locator(".pn-turn:last-child .pn-answer").evaluate(lines) <= 2.1
    assert [turn.is_visible() for turn in page.locator(".pn-turn").all()] == [False, False, True]
    visitor.press("Whole conversation")
    assert all(turn.is_visible() for turn in page.locator(".pn-turn").all())
    page.keyboard.press("Escape")
    assert not page.locator(".pn-turn").first.is_visible()
    assert page.evaluate("document.activeElement.dataset.key") == "whole"
    visitor.context.close()


def test_wishes_have_two_lines_and_none_is_cut(browser: Any, address: str) -> None:
    for size in (DESKTOP, PHONE):
        visitor = visit(browser, address, size)
        for message in TURNS:
            visitor.say(message)
        page = visitor.page
        tops = page.locator(".pn-strip .pn-chip:not([data-over])").evaluate_all(
            "chips => [...new Set(chips.map(chip => chip.offsetTop))]"
        )
        assert len(tops) <= 2
        cut = (
            "all => all.filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)"
        )
        assert page.locator(".pn-strip .pn-chip-main").evaluate_all(f"all => ({cut})(all).length") == 0
        hidden = page.locator(".pn-strip .pn-chip[data-over]").count()
        if hidden:
            page.locator("[data-rest]").click()
            assert page.locator(".pn-strip .pn-chip[data-over]").count() == 0
            page.keyboard.press("Escape")
            assert page.locator(".pn-strip .pn-chip[data-over]").count() == hidden
        visitor.context.close()


FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WATCH = """() => {
    window.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; }))
        .observe({ type: 'layout-shift' });
}"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_jumps_while_an_answer_comes(browser: Any, address: str, size: tuple[int, int]) -> None:
    """Cumulative layout shift, of everything, also right after a key was pressed."""
    visitor = visit(browser, address, size)
    visitor.page.locator(".pn-card").first.wait_for()
    visitor.page.evaluate(FRAMES)
    visitor.page.evaluate(WATCH)
    for message in TURNS[:4]:
        visitor.page.evaluate("window.shift = 0")
        visitor.say(message)
        visitor.page.evaluate(FRAMES)
        assert visitor.page.evaluate("window.shift") < 0.05, message
    visitor.context.close()


def test_a_message_costs_little_on_the_wire(browser: Any, address: str) -> None:
    visitor = visit(browser, address, DESKTOP)
    network, taken = visitor.context.new_cdp_session(visitor.page), [0]
    network.send("Network.enable")
    network.on("Network.dataReceived", lambda event: taken.append(event["encodedDataLength"] or event["dataLength"]))
    for message in TURNS:
        visitor.say(message)
    assert sum(taken) / len(TURNS) < 60_000
    ours = [
        r.url for r in visitor.requests if "/assets/" not in r.url and "/static/" not in r.url and "queue" not in r.url
    ]
    assert len(ours) < 20, ours
    visitor.context.close()


def test_fingers_find_what_they_press(browser: Any, address: str) -> None:
    visitor = visit(browser, address, PHONE)
    visitor.say(TURNS[0])
    small = """all => all.filter(one => one.getClientRects().length && !one.closest('.pn-skip, .pn-hide'))
        .map(one => [one.textContent.trim() || one.ariaLabel || one.id, one.getBoundingClientRect()])
        .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)
        .filter(text => text.match(/\\d+/g).slice(-2).some(side => side < 44))"""
    what = ":is(button, a, select, textarea, input:not([type=file]))"
    for openers in ((), ("drawer",), ("more",), ("chip:moods|funny",), ("about:film-1999",), ("dislike:film-1999",)):
        for key in openers:
            visitor.page.locator(f"[data-key='{key}']").click()
            visitor.page.locator(":popover-open").wait_for()
        assert visitor.page.locator(f".gradio-container [class^=pn-] {what}").evaluate_all(small) == [], openers
        visitor.page.keyboard.press("Escape")
    visitor.context.close()


def test_no_figures_and_no_names_of_fields_where_nobody_asked(browser: Any, address: str) -> None:
    visitor = visit(browser, address, DESKTOP)
    for message in TURNS:
        visitor.say(message)
    shown = visitor.page.locator("#pn-picks").inner_text() + visitor.page.locator(".pn-strip").inner_text()
    for words in ("<", ">=", "score", "0.", "+0", "moods:", "themes:", "shares", "JSON"):
        assert words not in shown, words
    assert "under 2 hours" in shown
    visitor.context.close()


def test_neighbours_have_reasons_of_their_own(browser: Any, address: str) -> None:
    visitor = visit(browser, address, DESKTOP)
    visitor.say(TURNS[0])
    reasons = visitor.page.locator(".pn-because").all_inner_texts()
    assert len(reasons) == len(set(reasons)) > 3
    visitor.context.close()


def test_rows_of_what_was_liked_fit_a_phone(browser: Any, address: str) -> None:
    """Also where there is a list, and something is owned."""
    liked = [Mark(item.id, "liked", "seen", owned=True) for item in ITEMS[:9:3]]
    visitor = visit(browser, address, PHONE)
    visitor.bring("Import", export_taste(Session(marks=(*liked, Mark(ITEMS[1].id, "wanted")))))
    names = visitor.page.locator(".pn-row-name")
    names.first.wait_for()
    assert names.count() > 1 and names.first.inner_text().startswith("Because of ")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    visitor.press("what I own")
    names.first.wait_for(state="detached")
    assert set(visitor.titles()) == {item.title for item in ITEMS[:9:3]} and visitor.errors == []
