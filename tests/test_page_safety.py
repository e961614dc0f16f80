"""The page in a real browser against what a catalogue, a visitor or an event may bring; and for everybody's eyes.

Knows the page only as a visitor sees it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from penchant.assistant import Assistant, Settings
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.state.events import Endpoint
from penchant.ui.page.tab_controller import TabController

from .openai_server import OpenAIServer, Words
from .visiting import ITEMS, PAGE, Visitor, assistant, item

pytestmark = PAGE

HOSTILE = '<img src=x onerror="window.owned=1"><script>window.owned=2</script>'
LITERAL = "${alert(1)}`${alert(2)}` at C:\\users\\xylophone {{title}} {{{title}}}"
MARKDOWN = "![p](http://picture.example/p.png) [a](http://link.example) **<b onclick=alert(3)>**"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
HEBREW = "מדריך הטרמפיסט לגלקסיה"
NASTY = (HOSTILE, LITERAL, MARKDOWN, LONG, HEBREW)
KEY = "sk-a-key-that-must-stay-secret-0123456789"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    nasty = [item(title, "film", 2020 + n, f"{title}, comedy", "funny", "space") for n, title in enumerate(NASTY)]
    return assistant(tmp_path_factory.mktemp("page") / "index", [*nasty, *ITEMS[5:]])


def test_nothing_that_the_catalogue_or_a_visitor_says_runs(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address)
    page = visitor.page
    visitor.say("funny, about space")
    assert set(NASTY) <= set(visitor.titles())
    for text in NASTY:
        visitor.say(f"something like {text}, and no {text}")
        visitor.add(text, "Less")
        page.locator(".pn-status p").wait_for()
        page.keyboard.press("Escape")
    visitor.about(visitor.titles()[0], "More like this")
    page.locator(".pn-card").first.get_by_role("button", name="Why this?", exact=True).click()
    page.locator(".pn-path").wait_for()
    page.locator(".pn-card article").first.get_by_role("button", name="Not for me").click()
    page.locator(".pn-reasons:popover-open").wait_for()
    page.keyboard.press("Escape")
    page.locator(".pn-card").first.get_by_role("button", name="Like", exact=True).click()
    page.reload()
    page.locator(".pn-turn").nth(5).wait_for()
    assert page.evaluate("window.owned") is None
    assert page.locator(":is(.pn-chat, .pn-panel, .pn-picks) :is(img, script, b[onclick], a)").count() == 0
    assert visitor.errors == []
    assert visitor.elsewhere() == []
    visitor.context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_is_wider_than_the_screen(browser: Any, address: str, width: int) -> None:
    visitor = Visitor(browser, address, width)
    page = visitor.page
    visitor.say(f"funny, about space, like {LONG}")
    visitor.say(f"no {LONG}")
    page.get_by_role("button", name="Why this?").nth(2).click()
    page.locator(".pn-path").wait_for()
    visitor.drawer()
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    inside = "parts => parts.filter(part => !part.closest('.pn-figure svg, .pn-hide, [popover]'))"
    edges = f"parts => ({inside})(parts).map(part => part.getBoundingClientRect().right)"
    assert max(page.locator("[class^=pn-]").evaluate_all(edges)) <= width + 1
    for opener in page.locator("[popovertarget]:visible").all()[:6]:
        opener.click()
        box = page.locator(":popover-open").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
    visitor.context.close()


@pytest.mark.parametrize("width", [1440, 1000])
def test_menus_stay_beside_what_they_are_of(browser: Any, address: str, width: int) -> None:
    """They end where the page's columns end, and not in the margin."""
    visitor = Visitor(browser, address, width)
    visitor.say("funny, about space")
    edge = visitor.page.locator(".pn-columns").bounding_box()
    for name in ("More", "Rules, no model"):
        visitor.page.locator("[popovertarget]", has_text=name).first.click()
        box = visitor.page.locator(":popover-open").bounding_box()
        assert edge["x"] <= box["x"] and box["x"] + box["width"] <= edge["x"] + edge["width"] + 1, name
        visitor.page.keyboard.press("Escape")
    visitor.context.close()


def test_words_of_the_drawing_stand_between_its_bars(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address, 1440)
    page = visitor.page
    for text in ("funny, about space", f"no {LONG}", "never science fiction westerns", "no WWWWWWWWWWWWWWWWWWWWWWWWW"):
        visitor.say(text)
    for value in (
        "科幻电影与动作冒险喜剧片太空歌剧",
        "HORROR MOVIES ABOUT MAMMOTHS",
        "minimum, women, mammoth, wwwwww",
    ):
        visitor.drawer().get_by_label("Add an interest").last.fill(value)
        page.locator(".pn-add select").select_option("genres")
        visitor.press("Never", ".pn-add")
        page.locator(".pn-chip", has_text=value).wait_for(state="attached")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Why this?").first.click()
    page.locator(".pn-path").wait_for()
    words = page.locator(".pn-figure text").evaluate_all(
        "all => all.map(one => [one.textContent, one.getBBox().x, one.getBBox().width])"
    )
    bars = sorted(
        {float(x) for x in page.locator(".pn-figure rect").evaluate_all("all => all.map(one => one.getAttribute('x'))")}
    )
    assert len(bars) == 5 and sum(text.startswith("✓") for text, *_ in words) > 3
    ends = [*bars[1:], float(page.locator(".pn-figure svg").get_attribute("viewBox").split()[2])]
    for text, x, wide in words:
        column = max(n for n, bar in enumerate(bars) if bar <= x + 1)
        assert x + wide <= ends[column], text
    visitor.context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, address: str, scheme: str, width: int) -> None:
    script = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    visitor = Visitor(browser, address, width, color_scheme=scheme)
    page = visitor.page
    page.evaluate(script)
    assert_accessible(page)
    visitor.say("funny, about space, but no horror, and less gloomy")
    visitor.card(HEBREW).get_by_role("button", name="Like", exact=True).click()
    page.locator(".pn-left-card", has_text="Liked").wait_for()
    page.get_by_role("button", name="Why this?").first.click()
    page.locator(".pn-path").wait_for()
    assert_accessible(page)
    for opener in ("model", "more", "drawer", "chip:moods|funny", "dislike:film-2021", "about:film-2021"):
        page.locator(f"[data-key='{opener}']").click()
        page.locator(":popover-open").wait_for()
        assert_accessible(page)
        page.keyboard.press("Escape")
    visitor.context.close()


def assert_accessible(page: Any) -> None:
    page.wait_for_function("document.getAnimations().every(one => one.playState !== 'running')")
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    bad = [f"{v['id']}: {v['nodes'][0]['html'][:200]} {v['nodes'][0]['failureSummary']}" for v in found]
    assert bad == []


@pytest.mark.parametrize(
    "event",
    [
        {"act": "thumb", "item": "no such item", "verdict": "like"},
        {"act": "thumb", "item": "film-2020", "verdict": "dislike", "facet": "moods", "value": "no such value"},
        {"act": "change", "facet": "no such facet", "value": "x", "level": "never"},
        {"act": "change", "facet": "moods", "value": "funny", "strength": 7},
        {"act": "change", "facet": "moods", "value": "nothing said", "remove": True},
        {"act": "why", "item": "no such item"},
        {"act": "similar", "item": "no such item"},
        {"act": "import", "text": "{"},
        {"act": "guest", "text": "[]"},
        {"act": "mode", "mode": "all"},
        {"act": "say", "text": 7},
        {"act": "catalogue", "name": "../../etc"},
        {"act": "endpoint", "base_url": "file:///etc/passwd", "model": "m"},
        {"act": "forget", "also": "this"},
        {"act": "no such act"},
        ["not an act"],
        None,
    ],
)
def test_an_event_that_is_not_the_pages_own_leaves_a_note(tmp_path: Path, made: Assistant, event: Any) -> None:
    visit = TabController(PageSetup(CatalogueRegistry({"demo": lambda: made})))
    *_, _ = visit.speak({"act": "hello"})
    *_, before = visit.speak({"act": "say", "text": "funny, about space"})
    spoken = isinstance(event, dict) and event["act"] in ("say", "catalogue")
    after = [*visit.speak(event)][-1] if spoken else visit.do(event)
    assert after.panel and before.panel and after.picks and before.picks
    assert after.panel["note"] and "Something went wrong" not in after.panel["note"]
    assert [c["key"] for c in after.panel["active"]] == [c["key"] for c in before.panel["active"]]
    assert [c["id"] for c in after.picks["cards"]] == [c["id"] for c in before.picks["cards"]]


def test_a_visitors_own_model_answers_and_its_key_stays_on_the_server(
    browser: Any, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with OpenAIServer(lambda body, n: Words("**Galaxy Jest** it is.")) as server:
        visitor, other = Visitor(browser, address), Visitor(browser, address)
        page = visitor.page
        page.locator("[data-key=model]").click()
        page.get_by_label("Server", exact=True).fill(server.url)
        page.get_by_label("Model", exact=True).fill("tiny")
        page.get_by_label("Key, if the server asks for one").fill(KEY)
        page.get_by_role("button", name="Use this model").click()
        visitor.noted("understood by tiny")
        assert "tiny: not asked yet" in page.locator(".pn-model").inner_text()
        visitor.say("funny, about space")
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"
        asked = len(server.requests)
        other.say("calm jazz")
        assert len(server.requests) == asked
        assert KEY not in page.content()
        kept = page.evaluate(
            "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, window.gradio_config])"
        )
        assert KEY not in kept
        assert [f for f in tmp_path.rglob("*") if f.is_file() and KEY.encode() in f.read_bytes()] == []
        page.get_by_label("Key, if the server asks for one").wait_for(state="attached")
        assert page.get_by_label("Key, if the server asks for one").input_value() == ""
        for visit in (visitor, other):
            visit.context.close()


def test_keys_do_not_print() -> None:
    assert KEY not in repr(Endpoint(model="m", key=KEY)) + repr(Settings(model="m", key=KEY))
