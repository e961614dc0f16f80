"""What a tab is sent, and what is worked out for it: only what has changed, however large the catalogue and the tab.

Work is counted, not timed. Knows no browser and no server.
"""

from __future__ import annotations

import gc
import json
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant, LanguageModel, wiring
from penchant.assistant.llm import LLMParser
from penchant.assistant.loading import HowFar, Source
from penchant.assistant.wiring import with_model
from penchant.ui.page import tab_controller
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.state import browser_storage
from penchant.ui.page.tab_controller import TabController
from penchant.ui.page.view import Sent, View
from penchant.ui.page.view.sent import spliced

from .scripted_model import ScriptedModel
from .visiting import assistant

PARTS = ("top", "chat", "panel", "picks", "bring", "keep")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("sent") / "index")


class Browser:
    """A tab as page.js has it: it knows each part as it was sent last, and counts the views."""

    def __init__(self, tab: TabController) -> None:
        self.tab, self.seen = tab, 0
        self.parts: dict[str, Any] = {}

    def take(self, view: View) -> set[str]:
        """The names of the parts that came."""
        came = {name: part for name in PARTS if (part := getattr(view, name)) is not None}
        self.parts |= came
        self.seen = (view.wire or {}).get("told", self.seen)
        return set(came)

    def do(self, **event: Any) -> set[str]:
        return self.take(self.tab.do({**event, "seen": self.seen}))

    def speak(self, **event: Any) -> list[set[str]]:
        return [self.take(view) for view in self.tab.speak({**event, "seen": self.seen})]


def browser(*assistants: Assistant) -> Browser:
    loads = {str(n): (lambda one=one: one) for n, one in enumerate(assistants)}
    found = Browser(TabController(PageSetup(CatalogueRegistry(loads))))
    found.speak(act="hello")
    return found


def test_a_greeting_brings_everything(made: Assistant) -> None:
    tab = browser(made)
    tab.seen = 0
    assert tab.speak(act="hello")[-1] == set(PARTS)


def test_an_event_brings_only_what_it_changes(made: Assistant) -> None:
    tab = browser(made)
    tab.speak(act="say", text="funny, about space")
    assert tab.do(act="redo") == {"panel"}  # a note, that there is nothing to bring back
    assert tab.do(act="redo") == set()
    item = tab.parts["picks"]["cards"][0]["id"]
    assert tab.do(act="why", item=item) == {"picks"}
    assert tab.do(act="why", item=item) == set()
    assert tab.do(act="why", item=item, part="close") == {"picks"}
    assert tab.do(act="add", text="jazz", level="want") == {"panel", "picks", "keep"}
    assert tab.do(act="rules") == {"panel"}


def test_while_an_answer_is_written_only_the_chat_goes(made: Assistant) -> None:
    chat = ScriptedModel.of(
        "no JSON", "no JSON", "no JSON", "no JSON", "**Galaxy Jest** is funny. It is about space. " * 9
    )
    tab = browser(with_model(made, LanguageModel(chat, "scripted")))
    came = tab.speak(act="say", text="funny, about space")
    assert len(came) > 4
    assert came[0] == {"chat"}
    assert came[1] == {"chat", "panel", "picks"}
    assert came[2] == {"chat", "picks"}  # only that these were the first picks is different
    assert all(parts <= {"chat"} for parts in came[3:-1])
    assert came[-1] == {"chat", "keep"}


def test_who_has_missed_a_view_is_sent_everything(made: Assistant) -> None:
    tab = browser(made)
    tab.tab.do({"act": "add", "text": "jazz", "seen": tab.seen})  # which never arrives
    assert tab.do(act="undo") == set(PARTS)
    assert tab.do(act="stop") == set()


def test_an_answer_that_something_came_between_is_sent_whole_in_the_end(made: Assistant) -> None:
    """Its views and those of what was pressed travel apart, and may arrive in another order."""
    tab = browser(made)
    answer: Iterator[View] = tab.tab.speak({"act": "say", "text": "funny", "seen": tab.seen})
    tab.take(next(answer))
    tab.take(next(answer))
    tab.do(act="add", text="jazz", level="never")
    *_, last = answer
    assert tab.take(last) == set(PARTS)


def test_who_does_not_count_is_sent_everything(made: Assistant) -> None:
    tab = browser(made).tab
    for _ in range(2):
        view = tab.do({"act": "stop"})
        assert all(getattr(view, name) is not None for name in PARTS)


parts = st.none() | st.dictionaries(st.sampled_from("ab"), st.integers(0, 2), max_size=2)
views = st.builds(
    View, parts, parts, parts, parts, parts, st.none() | st.sampled_from(["", "x"]), st.none() | st.just({})
)


@given(st.lists(st.tuples(views, st.booleans())))
def test_a_tab_that_hears_of_every_view_always_has_the_latest_of_each_part(steps: list[tuple[View, bool]]) -> None:
    sent, has, should, seen = Sent(), dict[str, Any](), dict[str, Any](), 0
    for view, lost in steps:
        should |= {name: part for name in PARTS if (part := getattr(view, name)) is not None}
        news = sent.news(view, seen)
        if not lost or news.wire is None:
            has |= {name: part for name in PARTS if (part := getattr(news, name)) is not None}
            seen = (news.wire or {}).get("told", seen)
            whole = all(getattr(view, name) is not None for name in PARTS)
            assert not whole or has == should


# what the browser keeps


def put_together(kept: dict[str, Any], before: str) -> str:
    """As page.js does it: JavaScript counts in UTF-16."""
    units = before.encode("utf-16-le")
    parts = (p if isinstance(p, str) else units[2 * p[0] : 2 * p[1]].decode("utf-16-le") for p in kept["parts"])
    return "".join(parts)


entries = st.lists(st.sampled_from(['{"a":1}', '{"q":"😀 },{ 中文"}', '{"b":[{"c":2},{"c":3}]}', "{}"]), max_size=6)
texts = st.text(max_size=20) | entries.map(lambda found: f"[{','.join(found)}]")


@given(texts, texts)
def test_the_kept_text_is_the_same_when_it_is_put_together(text: str, before: str) -> None:
    assert put_together({"parts": spliced(text, before)}, before) == text


def test_what_is_kept_already_does_not_go_again(made: Assistant) -> None:
    """The text grows with each message, and what is sent of it does not."""
    tab = browser(made)
    before, sizes = "", list[int]()
    for n in range(12):
        *_, last = tab.tab.speak({"act": "say", "text": f"funny, about space, number {n}", "seen": tab.seen})
        tab.take(last)
        before = put_together(last.kept, before)
        sizes.append(len(str(last.kept)))
        assert before == tab.parts["keep"]
    assert len(before) > 3 * len(str(last.kept))
    assert max(sizes[6:]) < 2 * sizes[3]


def test_who_has_missed_what_was_kept_is_sent_all_of_it(made: Assistant) -> None:
    tab = browser(made)
    tab.do(act="add", text="jazz")
    tab.tab.do({"act": "add", "text": "folk", "seen": tab.seen})  # which never arrives
    view = tab.tab.do({"act": "add", "text": "calm", "seen": tab.seen})
    assert view.kept == {"of": 0, "parts": [view.keep]}


def test_who_has_missed_a_view_has_the_text_of_the_one_before(made: Assistant) -> None:
    """So only what is new goes again, also where a second view is lost; of what is older nothing is known any more."""
    tab, texts = browser(made), dict[int, str]()
    for n, lost in enumerate([False] * 6 + [True, False, True, True, False]):
        kept = max(texts, default=0)
        *_, view = tab.tab.speak({"act": "say", "text": f"funny, number {n}", "seen": tab.seen, "kept": kept})
        assert view.kept["of"] in (0, kept)
        text = put_together(view.kept, texts[kept] if view.kept["of"] else "")
        assert text == view.keep
        if not lost:
            tab.take(view)
            texts[tab.seen] = text
        elif n == 6:
            before = len(str(view.kept))
        elif n == 8:
            assert view.kept["of"] == kept and len(str(view.kept)) < 2 * before
    assert view.kept["of"] == 0


LONG = [
    f"{mood} {what}" for mood in ("funny", "no", "a bit of", "some warm") for what in ("films", "space", "rain", "jazz")
]


def test_no_message_is_large_however_long_the_visit_and_in_whatever_language(made: Assistant) -> None:
    """With what is new of the page the labels do not go again; a view that was missed is made up for in the next."""
    tab = browser(made)
    kept = 0
    for n, text in enumerate([*LONG, "想看搞笑片", "something calm"]):
        *_, view = tab.tab.speak({"act": "say", "text": text, "seen": tab.seen - (n % 9 == 8), "kept": kept})
        assert len(json.dumps(view.parts, ensure_ascii=False).encode()) < 60_000
        tab.take(view)
        kept = tab.seen
        assert view.wire and view.wire["language"] == ("zh" if "想" in text else "en")


# work


class Counted(dict[str, Any]):
    """A mapping that counts what is read of it."""

    read = 0

    def __getitem__(self, name: str) -> Any:
        self.read += 1
        return super().__getitem__(name)

    def items(self) -> Any:
        self.read += len(self)
        return super().items()

    def values(self) -> Any:
        self.read += len(self)
        return super().values()

    def __iter__(self) -> Iterator[str]:
        self.read += len(self)
        return super().__iter__()


EVENTS: tuple[dict[str, Any], ...] = (
    {"act": "why", "item": "film-1999"},
    {"act": "thumb", "item": "film-1999", "verdict": "like"},
    {"act": "add", "text": "tense", "facet": "moods", "level": "never"},
    {"act": "mode", "mode": "both"},
    {"act": "undo"},
    {"act": "export"},
)


@pytest.mark.parametrize("size", [10, 100_000])
def test_no_event_reads_the_vocabulary(tmp_path: Path, size: int) -> None:
    """It is sorted once, when the catalogue is opened, and for whoever comes."""
    made = assistant(tmp_path / "index")
    counts = made.index.catalogue.value_counts
    more = {f"theme {n}": 1 for n in range(size)}
    counted = {name: Counted(values | (more if name == "themes" else {})) for name, values in counts.items()}
    made.index.catalogue.__dict__["value_counts"] = counted
    registry = CatalogueRegistry({"demo": lambda: made})
    registry.take("demo").wait()
    tabs = [Browser(TabController(PageSetup(registry))) for _ in range(2)]
    opened = counted["themes"].read
    assert opened >= size
    for tab in tabs:
        tab.speak(act="hello")
        tab.speak(act="say", text="funny, about space")
        before = counted["themes"].read
        for event in EVENTS:
            tab.do(**event)
        assert counted["themes"].read == before


@pytest.mark.parametrize("chats", [1, 50])
def test_an_event_writes_out_only_the_chat_that_it_changes(
    made: Assistant, monkeypatch: pytest.MonkeyPatch, chats: int
) -> None:
    written = []
    export = browser_storage.export_taste
    monkeypatch.setattr(browser_storage, "export_taste", lambda session: written.append(session) or export(session))
    tab = browser(*[made] * chats)
    for n in range(chats):
        tab.speak(act="catalogue", name=str(n))
        tab.speak(act="say", text="funny, about space")
    written.clear()
    tab.do(act="add", text="jazz", level="want")
    assert len(written) == 1
    for event in ({"act": "redo"}, {"act": "why", "item": "film-1999"}, {"act": "export"}):
        tab.do(**event)
    assert len(written) == 1
    assert tab.parts["keep"].count('"value":"jazz"') and tab.parts["keep"].count('"themes"') >= chats


def test_tabs_that_come_while_a_catalogue_opens_wait_for_one_reading_of_it(made: Assistant) -> None:
    go, loads = threading.Event(), []

    def load() -> Assistant:
        go.wait(60)
        loads.append(1)
        return made

    setup = PageSetup(CatalogueRegistry({"demo": load}))
    views: list[View] = []
    visits = [
        threading.Thread(target=lambda: views.extend(TabController(setup).speak({"act": "hello"}))) for _ in range(8)
    ]
    for visit in visits:
        visit.start()
    go.set()
    for visit in visits:
        visit.join()
    last = [view.panel for view in views if view.panel and not view.panel.get("closed")]
    assert len(loads) == 1 and len(last) == 8
    assert all(panel["suggestions"] is last[0]["suggestions"] for panel in last)


def test_while_a_catalogue_opens_it_is_told_how_far_that_is(made: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tab_controller, "_LOOK", 0.01)
    go, far = threading.Event(), HowFar()

    def load() -> Assistant:
        go.wait(60)
        return made

    tab = TabController(PageSetup(CatalogueRegistry({"demo": Source(load, far=far)})))
    views = tab.speak({"act": "hello", "seen": 0})
    first = next(views).chat
    assert first and first["opening"] == {"known": False, "done": 0, "total": 0, "told": ""}
    far(3, 12)
    chat = next(views).chat
    assert chat and chat["opening"]["told"] == "3 of 12 items"
    go.set()
    *_, last = views
    assert last.chat and last.chat["opening"] == {} and last.picks and last.picks["cards"]


# what is worked out for a model


def test_a_parser_is_made_once_for_a_model_and_a_catalogue(made: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many events there are; and nothing of a model is kept when the tab has another, or forgets it."""
    parsers = weakref.WeakSet[Any]()
    count = 0

    class Counted(LLMParser):
        def __init__(self, *parts: Any) -> None:
            nonlocal count
            count += 1
            parsers.add(self)
            super().__init__(*parts)

    monkeypatch.setattr(wiring, "LLMParser", Counted)
    tab = browser(made, made.offline())
    for name in ("one", "two"):
        before = count
        tab.do(act="endpoint", base_url="http://127.0.0.1:9/v1", model=name)
        for event in ("undo", "redo", "topic", "undo"):
            tab.do(act=event)
        tab.speak(act="say", text="funny, about space")
        assert count == before + 1 and f"{name}:" in tab.parts["top"]["model"]["label"]
        for catalogue in ("1", "0", "1", "0"):
            tab.speak(act="catalogue", name=catalogue)
        assert count == before + 2
    tab.do(act="forget")
    gc.collect()
    assert tab.parts["top"]["model"]["label"] == "Rules, no model" and not parsers
