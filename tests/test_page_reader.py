"""A whole visit by ear and by keyboard: what a screen reader is told, and where the focus is at each step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from penchant.ui.page import view
from penchant.ui.page.view.contribution_bars import TONES

from .visiting import PAGE, Visitor

pytestmark = PAGE

STYLE = Path(view.__file__).parents[1] / "static" / "style.css"
OPENING = """
- main:
  - link "Skip to the picks"
  - heading "Penchant" [level=1]
  - region "Conversation":
    - log "Messages"
  - textbox "Your message"
  - button "Send"
  - region "What I think you want":
    - heading "What I think you want" [level=2]
    - button "Undo" [disabled]
  - region "To begin with":
    - heading "To begin with" [level=2]
    - group "Which items to show"
    - list:
      - listitem:
        - article:
          - heading [level=3]
          - paragraph
          - button "Like"
          - button "Not for me"
          - button "Seen"
"""
ANSWERED = """
- log "Messages":
  - article:
    - paragraph: "You: funny, about space, but no horror"
    - text: "Penchant:"
    - paragraph: /Six picks/
"""
WISHES = """
- list "Interests":
  - listitem:
    - button "want, moods funny"
  - listitem:
    - button "want, themes space"
  - listitem:
    - button "never, genres horror"
"""
NAMELESS = re.compile(r"- (?:button|link|textbox|slider|combobox|checkbox|radio|img)(?: \[[^\]]*\])*:?$", re.M)
HERE = "document.activeElement !== document.body && document.activeElement.getClientRects().length > 0"


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=["desktop", "phone"])
def visitor(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[Visitor]:
    width, scheme = request.param
    visit = Visitor(browser, address, width, color_scheme=scheme)
    visit.page.locator(".pn-card").first.wait_for()
    yield visit
    assert visit.errors == [] and visit.elsewhere() == []
    visit.context.close()


def tab_to(page: Any, key: str) -> None:
    """Goes on with Tab until the focus is there; it is on something in sight at each step."""
    for _ in range(90):
        if page.evaluate("document.activeElement.dataset.key") == key:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {key}")


def heard(page: Any) -> str:
    """The tree of what a screen reader is told, in which everything that can be used has a name."""
    tree = str(page.locator("body").aria_snapshot())
    assert NAMELESS.findall(tree) == [] and "common." not in tree  # Gradio reads out names of its texts
    return tree


def test_a_visit_by_ear_and_keyboard(visitor: Visitor) -> None:
    from playwright.sync_api import expect

    page = visitor.page
    heard(page)
    expect(page.locator("body")).to_match_aria_snapshot(OPENING)
    page.get_by_label("Your message").focus()
    page.keyboard.type("funny, about space, but no horror")
    page.keyboard.press("Enter")
    visitor.chip("funny").wait_for()
    page.locator("[data-busy]").wait_for(state="detached")
    expect(page.locator("body")).to_match_aria_snapshot(ANSWERED)
    expect(page.locator("body")).to_match_aria_snapshot(WISHES)
    assert page.evaluate("document.activeElement.id") == "pn-say"

    card = page.locator(".pn-card").first.get_attribute("data-item")
    title = visitor.titles()[0]
    tab_to(page, f"why:{card}")
    page.keyboard.press("Enter")
    page.locator(".pn-path").wait_for()
    heard(page)
    page.wait_for_function(HERE)
    page.keyboard.press("Escape")
    page.locator(".pn-path").wait_for(state="detached")
    page.locator(f"[data-key='why:{card}']:focus").wait_for()

    tab_to(page, f"like:{card}")
    page.keyboard.press("Enter")
    visitor.noted(title)
    page.wait_for_function(HERE)
    assert title in page.get_by_role("status").first.inner_text()
    page.keyboard.press("Enter")  # the focus is on Undo, in the place of the card
    visitor.noted("Taken back")
    page.wait_for_function(HERE)
    heard(page)


def test_there_are_more_than_six_tints_and_each_is_seen() -> None:
    """Twelve, all of them different, and by WCAG (1.4.11) 3 to 1 against the sheet that they stand on."""
    themes = [re.findall(r"--pn-(tone-\d+|sheet): (#\w{6})", part) for part in STYLE.read_text().split(".dark", 1)]
    for theme in map(dict, themes):
        sheet = theme.pop("sheet")
        assert len(theme) == TONES > 6
        assert all(contrast(tone, sheet) >= 3 for tone in theme.values())
        assert all(apart(one, other) > 30 for one, other in combinations(theme.values(), 2))


def rgb(colour: str) -> list[int]:
    return [int(colour[n : n + 2], 16) for n in (1, 3, 5)]


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2: (L1 + .05) / (L2 + .05) of the relative luminances."""
    linear = ([c / 255 for c in rgb(colour)] for colour in (one, other))
    bent = ([c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour] for colour in linear)
    light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in bent)
    return (light[1] + 0.05) / (light[0] + 0.05)


def apart(one: str, other: str) -> float:
    """How far two colours are from each other, of 441."""
    return float(sum((a - b) ** 2 for a, b in zip(rgb(one), rgb(other), strict=True)) ** 0.5)
