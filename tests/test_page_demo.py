"""A visit to the demo catalogue with the real encoder, from which the pictures of the README and docs are made:

PENCHANT_SCREENSHOTS=docs/images pytest tests/test_page_demo.py
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from penchant.assistant import Assistant, export_taste
from penchant.retriever import Index

from .visiting import PAGE, Visitor

pytestmark = PAGE

GRADIO = re.compile(r"/(?:assets|static)/|/theme\.css|/gradio_api/(?:heartbeat|startup-events)")
"""The frame's own files and signs of life."""
ASK = "something funny about space, but no horror"


@pytest.fixture(scope="module")
def made(demo_index: Index) -> Assistant:
    return Assistant(demo_index, k=6)


TURNS = (
    "films, please",
    "under two hours",
    "a bit warmer",
    "not too old",
    "nothing with aliens",
    "more adventure",
)


def test_a_visit_of_seven_turns(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address, 1440)
    visitor.page.locator(".pn-card").first.wait_for()
    visitor.picture("first", whole=False)
    ours = [request.url for request in visitor.requests if not GRADIO.search(request.url)]
    assert len(ours) < 20, ours
    visitor.page.get_by_role("button", name=ASK).click()
    visitor.card("Spaceballs").wait_for()
    for message in TURNS:
        visitor.say(message)
    visitor.chip("under 2 hours").wait_for()
    visitor.picture("page", whole=False)
    assert visitor.errors == [] and visitor.elsewhere() == []
    visitor.context.close()


def test_a_visit_to_the_demo(browser: Any, address: str, made: Assistant) -> None:
    visitor = Visitor(browser, address)
    page = visitor.page
    page.get_by_role("button", name=ASK).click()
    visitor.card("Spaceballs").wait_for()
    visitor.say("films, please, and under two hours")
    visitor.chip("under 2 hours").wait_for()
    lower = visitor.open_chip("funny").locator("input[type=range]")
    lower.focus()
    for _ in range(9):
        page.keyboard.press("ArrowLeft")
    visitor.noted("has strength")
    page.keyboard.press("Escape")
    visitor.about(visitor.titles()[1], "More like this")
    visitor.noted("Added “like")
    assert page.locator(".pn-move").count() > 0
    visitor.card(visitor.titles()[1]).get_by_role("button", name="Why this?").click()
    page.locator(".pn-path").wait_for()
    visitor.picture("path", part=".pn-path")
    visitor.open_chip("space").get_by_role("button", name="Pin").click()
    visitor.noted("Pinned")
    page.keyboard.press("Escape")
    guest = made.reply("I love slow, melancholy films about loneliness; no comedy please").session
    visitor.bring("Two people", export_taste(guest))
    page.get_by_role("heading", name="Picks for two").wait_for()
    visitor.picture("two", whole=False)
    assert visitor.errors == [] and visitor.elsewhere() == []
    visitor.context.close()


def test_the_demo_on_a_phone_in_the_dark(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address, width=390, color_scheme="dark")
    visitor.say(ASK)
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    visitor.picture("phone", whole=False)
    visitor.context.close()


def test_a_visit_in_chinese(browser: Any, address: str) -> None:
    """What is said in answer is Chinese: the reply, and each card's reason."""
    visitor = Visitor(browser, address, 1440, locale="zh-CN")
    for message in ("想看轻松的科幻片，但不要恐怖", "两个小时以内", "更温馨一点"):
        visitor.say(message)
    page = visitor.page
    assert "六部电影" in page.locator(".pn-answer").last.inner_text()
    reasons = page.locator(".pn-because").all_inner_texts()
    assert len(reasons) == 6 and all("符合" in reason or "接近" in reason for reason in reasons)
    assert any("温馨" in reason for reason in reasons)
    visitor.picture("page-chinese", whole=False)
    assert visitor.errors == [] and visitor.elsewhere() == []
    visitor.context.close()
