"""The file that Share makes: opened in a browser without a server, and without a network."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from penchant.assistant import Assistant
from penchant.ui.page.shared_page import shared_page
from penchant.ui.page.state import ChatState
from penchant.ui.page.view import Gallery

from .visiting import ITEMS, PAGE, Visitor, assistant, item

pytestmark = PAGE

OWN = "the smell of my grandmother's attic"
HOSTILE = '</style></title><script>owned=1</script><img src="http://elsewhere.example" onerror="owned=2">{{ 7 * 7 }}'
PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    drawn = item("A Picture of Space", "film", 2021, "comedy", "funny", "space")
    drawn.fields["image"] = PICTURE  # type: ignore[index]
    nasty = item(HOSTILE, "film", 2020, "comedy", "funny", "space")
    return assistant(tmp_path_factory.mktemp("page") / "index", [drawn, nasty, *ITEMS])


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_picks_are_a_file_that_needs_nothing_else(browser: Any, address: str, tmp_path: Path) -> None:
    visitor = Visitor(browser, address)
    visitor.say(f"funny, about space, {OWN}")
    titles = visitor.titles()
    assert HOSTILE in titles
    with visitor.page.expect_download() as download:
        visitor.press("Share")
    visitor.noted("penchant-picks.html")
    path = tmp_path / "picks.html"
    download.value.save_as(path)

    offline = browser.new_context(viewport={"width": 390, "height": 900}, offline=True)
    page = offline.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert page.locator("h3").all_inner_texts() == titles
    assert page.locator(".because").count() > 0
    assert page.locator("img").count() == page.locator(f"img[src='{PICTURE}']").count() == 1
    assert page.locator(".pn-cover").first.evaluate("one => getComputedStyle(one).backgroundImage") != "none"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("window.owned") is None
    assert {url for url in asked if not url.startswith("data:")} == {path.as_uri()}
    offline.close()
    assert visitor.errors == []
    visitor.context.close()


def test_nothing_of_the_conversation_is_in_it(made: Assistant) -> None:
    reply = made.reply(f"funny, about space, {OWN}")
    own = [i.value for i in reply.session.interests if not i.facet]
    assert own
    text = shared_page(ChatState(reply.session, reply=reply), made.index, Gallery())
    assert not [words for words in (*own, reply.text, OWN) if words in text]
    assert "It matches" in text


def test_no_scripts_and_no_addresses(made: Assistant) -> None:
    reply = made.reply("funny, about space")
    tags = Tags()
    tags.feed(shared_page(ChatState(reply.session, reply=reply), made.index, Gallery(web=True)))
    assert {tag for tag, _ in tags.found}.isdisjoint({"script", "link", "iframe", "a", "form", "base"})
    assert not [name for _, attributes in tags.found for name in attributes if name.startswith("on")]
    sources = [attributes.get("src") or "" for _, attributes in tags.found if "src" in attributes]
    assert all(source.startswith("data:image/") for source in sources)
