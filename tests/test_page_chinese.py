"""A visit in Chinese, in a real browser: what is ours is Chinese; what is the catalogue's stays as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from penchant.assistant import Assistant

from .test_page_safety import assert_accessible
from .visiting import ITEMS, PAGE, Visitor

pytestmark = PAGE

_VISIBLE = """() => {
  const walker = document.createTreeWalker(document.querySelector(".pn-columns"), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.parentElement.getClientRects().length) found.push(node.textContent);
  const named = [...document.querySelectorAll(":is([aria-label], [title], [placeholder])[class^=pn-]")];
  return [...found, ...named.flatMap((one) => [one.ariaLabel, one.title, one.placeholder])].filter(Boolean);
}"""
"""All that is in view, and all that is told to who cannot see."""
_ALLOWED = re.compile(r"Penchant|https?://\S+|qwen3:8b|CSV|JSON|Parquet|Excel|SQLite|DuckDB|MB")


def words_of_catalogue() -> set[str]:
    told = " ".join(f"{item.title} {item.fields!r}" for item in ITEMS)
    return set(re.findall(r"[A-Za-z]+", told)) | set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@pytest.fixture
def visitor(browser: Any, address: str) -> Iterator[Visitor]:
    visit = Visitor(browser, address, locale="zh-CN")
    yield visit
    assert visit.errors == []
    visit.context.close()


def english(visitor: Visitor) -> list[str]:
    """Texts of ours that have Latin words."""
    own = words_of_catalogue()
    texts = (_ALLOWED.sub("", text) for text in visitor.page.evaluate(_VISIBLE))
    return [text for text in texts if set(re.findall(r"[A-Za-z]{2,}", text)) - own]


def say(visitor: Visitor, message: str) -> None:
    page = visitor.page
    before = page.locator(".pn-turn").count()
    page.locator("#pn-say").fill(message)
    page.locator("#pn-say").press("Enter")
    over = f"document.querySelectorAll('.pn-turn').length > {before} && !document.querySelector('[data-busy]')"
    page.wait_for_function(over)


def test_nothing_of_ours_is_english(visitor: Visitor, made: Assistant) -> None:
    page = visitor.page
    page.get_by_role("heading", name="今天想来点什么？").wait_for()
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert english(visitor) == []
    say(visitor, "想看两小时以内的搞笑片，不要恐怖")
    assert {"2小时以内", "最多2小时"} & set(visitor.chips())
    assert english(visitor) == []
    page.locator(".pn-why").first.click()
    page.locator(".pn-path").wait_for()
    say(visitor, "为什么第一个排在最前面？")
    page.locator("[data-key=drawer]").click()
    page.get_by_role("heading", name="排除的").wait_for()
    assert english(visitor) == []
    visitor.picture("chinese", whole=False)


def test_who_goes_on_in_english_is_answered_in_english(visitor: Visitor) -> None:
    say(visitor, "想看搞笑片")
    visitor.page.get_by_role("button", name="撤销", exact=True).wait_for()
    say(visitor, "something calm, please")
    visitor.page.get_by_role("button", name="Undo", exact=True).wait_for()
    assert visitor.page.evaluate("document.documentElement.lang") == "en"
    assert visitor.page.get_by_label("Your message").get_attribute("placeholder") == "Say what you are after"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, address: str, scheme: str) -> None:
    script = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    visit = Visitor(browser, address, locale="zh-CN", color_scheme=scheme)
    visit.page.evaluate(script)
    say(visit, "想看搞笑片，不要恐怖")
    visit.page.locator(".pn-why").first.click()
    visit.page.locator(".pn-path").wait_for()
    assert_accessible(visit.page)
    visit.context.close()
