"""A file of one's own on the page: brought, corrected, indexed, talked to, kept and removed.

In a browser where it is about the page, and at the tab's controller where it is about files.
"""

from __future__ import annotations

import base64
import gzip
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest

from penchant.assistant import Assistant
from penchant.assistant.wiring import make_assistant
from penchant.retriever import Encoder, open_index
from penchant.ui.page.bringing import BroughtCatalogues
from penchant.ui.page.bringing import limits as bringing_limits
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.tab_controller import TabController
from penchant.ui.page.view import View

from .conftest import PATIENCE, HashEncoder
from .test_page_safety import assert_accessible
from .visiting import PAGE, Visitor, assistant, served

HOSTILE = '<img src=x onerror="window.owned=1"> ${alert(1)}`${alert(2)} {{title}} \\u0041'
QUOTED = HOSTILE.replace('"', '""')
GAMES = [
    ("Barn Raisers", "farming, co-op", "45 min", "Ann Lee", "1998"),
    ("Ghost Train", "horror, party", "30 min", "Bo Chi", "2004"),
    ("Harvest Moon", "farming, strategy", "90 min", "Ann Lee", "2011"),
    ("Cellar Door", "horror, co-op", "60 min", "Cy Dee", "2016"),
    ("Paper Sheep", "farming, party", "20 min", "Bo Chi", "2019"),
]


def csv(*extra: str, head: str = "Game,Tags,Playing time,Maker,Year") -> bytes:
    rows = [f'{title},"{tags}",{time},{maker},{year}' for title, tags, time, maker, year in GAMES]
    return "\n".join([head, *rows, *extra]).encode()


class GatedEncoder(HashEncoder):
    """Encodes nothing until it is let; says when it was asked."""

    def __init__(self) -> None:
        super().__init__(48)
        self.asked, self.let = threading.Event(), threading.Event()

    def encode(self, texts: Any) -> Any:
        self.asked.set()
        assert self.let.wait(PATIENCE)
        return super().encode(texts)


def shelf_in(home: Path, encoder: Encoder | None = None) -> BroughtCatalogues:
    def load(where: Path) -> Any:
        return lambda: make_assistant(open_index(where, HashEncoder(48)), k=6)

    return BroughtCatalogues(home, lambda: encoder or HashEncoder(48), load)


def left_in(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir()) if home.is_dir() else []


class Tab:
    """A tab's controller, with a file brought as the browser brings it."""

    def __init__(self, setup: PageSetup) -> None:
        self.controller = TabController(setup)
        self.speak(act="hello")

    def speak(self, **event: Any) -> dict[str, Any]:
        return self.last(list(self.controller.speak(event)))

    def do(self, **event: Any) -> dict[str, Any]:
        return self.last([self.controller.do(event)])

    def last(self, views: list[Any]) -> dict[str, Any]:
        """What the dialog shows in the end; nothing of what was stopped."""
        last = views[-1] if views else View()
        self.note, self.wire = (last.panel or {}).get("note", ""), last.wire or {}
        return last.bring or {}

    def bring(self, name: str, data: bytes, size: int | None = None) -> dict[str, Any]:
        told = self.do(act="piece", file=name, size=len(data) if size is None else size, at=0, data=coded(data))
        return self.speak(act="keys") if self.wire.get("read") else told


def coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("page") / "index")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def tab(made: Assistant, home: Path) -> Tab:
    return Tab(PageSetup(CatalogueRegistry({"demo": lambda: made}), shelf=shelf_in(home)))


# files


def test_a_file_is_read_as_inspect_reads_it(tab: Tab) -> None:
    shown = tab.bring("games.csv", csv())
    assert shown["index"] == "Index 5 items" and shown["name"] == "games"
    kinds = {column["name"]: (column["kind"], column["unit"]) for column in shown["columns"]}
    assert kinds["Playing time"] == ("number", "min") and kinds["Year"] == ("number", "year")
    assert kinds["Maker"][0] == "name"
    assert [choice["name"] for choice in shown["titles"] if choice["on"]] == ["Game"]


def test_it_comes_in_pieces_and_packed(tab: Tab) -> None:
    data, name = gzip.compress(csv()), "games.csv.gz"
    tab.do(act="piece", file=name, size=len(data), at=0, data=coded(data[:50]))
    assert tab.wire["come"] == 50
    tab.do(act="piece", file=name, size=len(data), at=50, data=coded(data[50:]))
    assert tab.wire["read"]
    assert tab.speak(act="keys")["index"] == "Index 5 items"


def test_what_is_corrected_is_what_is_indexed(tab: Tab, home: Path) -> None:
    tab.bring("games.csv", csv())
    tab.do(act="column", column="Tags", kind="facet", name="themes")
    tab.do(act="column", column="Maker", kind="hidden")
    tab.speak(act="build", name="My games")
    assert tab.note.startswith("“My games” is yours to talk to")
    index = open_index(home / "My games", HashEncoder(48))
    assert index.schema.kind("themes") == "facet" and index.schema.kind("Maker") == "hidden"
    themes = {item.title: item.values("themes") for item in index.catalogue.items}
    assert themes["Barn Raisers"] == ("farming", "co-op")
    assert left_in(home) == ["My games"]


def test_another_column_can_be_the_title(tab: Tab) -> None:
    tab.bring("games.csv", csv())
    shown = tab.speak(act="keys", title="Maker")
    assert [choice["name"] for choice in shown["titles"] if choice["on"]] == ["Maker"]
    assert "Maker" not in {column["name"] for column in shown["columns"]}


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"kind": "number", "column": "Tags"}, "“Tags” cannot be numbers"),
        ({"name": "Year", "column": "Tags"}, "Two columns would be called “Year”"),
        ({"name": "text", "column": "Tags"}, "No column can be called “text”"),
        ({"name": "a\x00b", "column": "Tags"}, "A column's name is one line"),
        ({"kind": "name", "column": "no such"}, "There is no such column"),
    ],
)
def test_what_a_column_cannot_be_is_said_and_changes_nothing(tab: Tab, event: dict[str, str], words: str) -> None:
    before = tab.bring("games.csv", csv())
    after = tab.do(act="column", **event)
    assert after["problem"].startswith(words)
    assert after["columns"] == before["columns"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("nothing.csv", b"", "Nothing.csv is empty"),
        ("head.csv", b"title,year\n", "Head.csv: no items"),
        ("broken.json", b'[{"title": "A"}, {"title": ', "Broken.json"),
        ("broken.parquet", b"PAR1 and no more", "Broken.parquet"),
        ("broken.zip", b"PK\x03\x04 and no more", "Broken.zip"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x01\x02\x03\x04\x05", "Picture.png"),
    ],
)
def test_a_broken_file_is_told_by_its_name(tab: Tab, home: Path, name: str, data: bytes, words: str) -> None:
    shown = tab.bring(name, data)
    assert shown["problem"].startswith(words) and shown["problem"].endswith(".")
    assert str(home) not in shown["problem"] and not shown["begun"]
    assert tab.bring("games.csv", csv())["index"] == "Index 5 items"  # and the next one is welcome


def test_rows_that_do_not_fit_are_told_by_their_lines(tab: Tab, home: Path) -> None:
    shown = tab.bring("games.csv", csv("a,b,c,d,e,f,g,h"))
    assert "Line 7 of games.csv: 8 cells, and the header has 5" in shown["notes"]
    tab.speak(act="build", name="games")
    left = (home / "games" / "left-out.csv").read_text(encoding="utf-8")
    assert "games.csv,7,8 cells" in left.replace('"', "") and str(home) not in left


def test_what_is_too_large_is_refused_before_it_comes(tab: Tab, home: Path) -> None:
    shown = tab.bring("huge.csv", b"a", size=bringing_limits.LARGEST_FILE + 1)
    assert "this page takes 64 MB; the command for larger ones is: penchant index" in shown["problem"]
    assert left_in(home) == []


def test_pieces_out_of_order_are_no_file(tab: Tab) -> None:
    tab.do(act="piece", file="a.csv", size=10, at=0, data=coded(b"12345"))
    assert "did not come in order" in tab.do(act="piece", file="a.csv", size=10, at=7, data=coded(b"123"))["problem"]


@pytest.mark.parametrize("name", ["../evil", "demo", "demo-x", ".hidden", "a/b", "", "x" * 61, "taken"])
def test_a_name_that_cannot_be_is_said(tab: Tab, home: Path, name: str) -> None:
    tab.bring("games.csv", csv())
    (home / "taken").mkdir()
    shown = tab.speak(act="build", name=name)
    assert "choose another" in shown["problem"] and shown["read"]
    assert [one for one in left_in(home) if not one.startswith(".bringing-")] == ["taken"]


def test_a_file_is_called_by_the_last_part_of_its_name(tab: Tab, home: Path) -> None:
    tab.bring("../../../etc/evil.csv", csv())
    assert [path.name for path in home.glob(".bringing-*/*")] == ["evil.csv"]


# what is kept


def test_a_cancel_leaves_nothing(made: Assistant, home: Path) -> None:
    encoder = GatedEncoder()
    registry = CatalogueRegistry({"demo": lambda: made})
    tab = Tab(PageSetup(registry, shelf=shelf_in(home, encoder)))
    tab.bring("games.csv", csv())
    making = threading.Thread(target=tab.speak, kwargs={"act": "build", "name": "games"})
    making.start()
    assert encoder.asked.wait(PATIENCE)
    assert "begun" not in tab.do(act="leave")
    encoder.let.set()
    making.join(PATIENCE)
    ended = [one for one in threading.enumerate() if one.name == "penchant-index"]
    for one in ended:
        one.join(PATIENCE)
    assert left_in(home) == [] and registry.names == ("demo",)
    assert tab.bring("games.csv", csv())["index"] == "Index 5 items"


def test_two_tabs_do_not_disturb_each_other(made: Assistant, home: Path) -> None:
    setup = PageSetup(CatalogueRegistry({"demo": lambda: made}), shelf=shelf_in(home))
    one, other = Tab(setup), Tab(setup)
    one.bring("one.csv", csv())
    other.bring("other.csv", csv())
    one.do(act="column", column="Maker", kind="hidden")
    other.do(act="leave")
    one.speak(act="build", name="ours")
    assert setup.registry.names == ("demo", "ours")
    other.bring("other.csv", csv())
    assert "already" in other.speak(act="build", name="ours")["problem"]


def test_what_was_removed_is_left_by_every_tab_and_can_come_again(made: Assistant, home: Path) -> None:
    setup = PageSetup(CatalogueRegistry({"demo": lambda: made}), shelf=shelf_in(home))
    one, other = Tab(setup), Tab(setup)
    one.bring("games.csv", csv())
    one.speak(act="build", name="games")
    other.speak(act="catalogue", name="games")
    one.do(act="unshelve", name="games")
    assert left_in(home) == [] and setup.registry.names == ("demo",)
    view = other.controller.do({"act": "stop"})
    assert view.panel["note"].startswith("The catalogue that was chosen here was removed") and view.picks["cards"]
    other.bring("games.csv", csv("Late Game,horror,5 min,Ann Lee,2022"))
    other.speak(act="build", name="games")
    assert len(setup.registry.take("games").wait().index.catalogue) == 6


def test_only_what_was_brought_can_be_removed(tab: Tab, home: Path) -> None:
    (home / "own").mkdir(parents=True)
    tab.do(act="unshelve", name="own")
    assert tab.note.startswith("There is no catalogue of this name that was brought here")
    assert left_in(home) == ["own"]


def test_a_page_without_a_shelf_takes_nothing(made: Assistant) -> None:
    tab = Tab(PageSetup(CatalogueRegistry({"demo": lambda: made})))
    tab.do(act="piece", file="a.csv", size=1, at=0, data=coded(b"a"))
    assert tab.note == "This server takes no catalogues of its visitors."


# the page


@pytest.fixture(scope="module")
def page_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("brought")


@pytest.fixture(scope="module")
def address(made: Assistant, page_home: Path) -> Iterator[str]:
    with served(lambda: made, shelf=shelf_in(page_home)) as url:
        yield url


def file(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/csv", "buffer": data}


def browser_test(function: Any) -> Any:
    for mark in PAGE:
        function = mark(function)
    return function


@browser_test
def test_a_file_becomes_a_catalogue_that_is_talked_to(browser: Any, address: str, page_home: Path) -> None:
    visitor = Visitor(browser, address)
    page = visitor.page
    visitor.press("Bring a catalogue")
    page.locator("[data-bring]").set_input_files(
        file("games.csv", csv(f'"{QUOTED}","farming, party",10 min,Ann Lee,2020'))
    )
    page.get_by_label("What Tags is taken for").select_option("facet")
    page.get_by_label("Name of Tags").fill("themes")
    page.get_by_label("Its name").fill("Games")
    visitor.press("Index 6 items")
    visitor.noted("“Games” is yours to talk to")
    page.locator("#pn-bring").wait_for(state="hidden")
    visitor.say("farming, but no party")
    assert {"Barn Raisers", "Harvest Moon"} <= set(visitor.titles()) and "Paper Sheep" not in visitor.titles()
    assert "farming" in visitor.chips()

    other = Visitor(browser, address)
    other.page.locator("[data-key=catalogue]").select_option("Games")
    other.card("Cellar Door").wait_for()
    assert any("${alert(1)}" in title for title in other.titles())
    page.locator("[data-key=bring]").click()
    page.get_by_role("button", name="Remove Games").click()
    page.get_by_role("alertdialog", name="Remove Games").get_by_role("button", name="Remove", exact=True).click()
    visitor.noted("“Games” is removed")
    other.press("More picks") if other.page.get_by_role("button", name="More picks").count() else other.press("Redo")
    assert left_in(page_home) == []
    for one in (visitor, other):
        assert one.errors == [] and one.elsewhere() == [] and one.page.evaluate("window.owned") is None
        one.context.close()


@browser_test
def test_a_file_is_dropped_and_hostile_cells_stay_text(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address, 390, color_scheme="dark")
    page = visitor.page
    page.locator("[data-key=bring]").click()
    rows = (f'Game {n},"{QUOTED} {n % 3}",{n} min,"{QUOTED}",19{n}' for n in range(50, 60))
    data = csv(*rows, head=f'Game,"{QUOTED}",T,M,Y')
    drop = """(zone, text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], "<b>games</b>.csv"));
        zone.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    page.locator("[data-drop]").evaluate(drop, data.decode())
    page.locator(".pn-columns-table").wait_for()
    assert "onerror" in page.locator(".pn-columns-table input").first.input_value()
    assert page.locator(".pn-bring img").count() == 0 and page.evaluate("window.owned") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    visitor.press("Another file")
    page.locator("[data-drop]").wait_for()
    assert visitor.errors == []
    visitor.context.close()


@browser_test
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_serious_in_the_dialog(browser: Any, address: str, scheme: str, width: int) -> None:
    script = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    visitor = Visitor(browser, address, width, color_scheme=scheme)
    page = visitor.page
    page.evaluate(script)
    page.locator("[data-key=bring]").click()
    page.locator("[data-drop]").wait_for()
    assert_accessible(page)
    page.locator("[data-bring]").set_input_files(file("games.csv", csv()))
    page.get_by_label("What Tags is taken for").select_option("number")
    page.locator(".pn-bring .pn-note", has_text="“Tags” cannot be numbers").wait_for()
    assert_accessible(page)
    visitor.press("Another file")
    page.locator("[data-drop]").wait_for()
    visitor.context.close()


@browser_test
def test_all_of_it_with_the_keyboard_alone(browser: Any, address: str, page_home: Path) -> None:
    visitor = Visitor(browser, address)
    page, keyboard = visitor.page, visitor.page.keyboard
    page.locator("[data-key=bring]").focus()
    keyboard.press("Enter")
    chooser(page, "bring-file").set_files(file("games.csv", csv()))
    page.locator(".pn-columns-table").wait_for()
    reach(page, "bring-kind:Maker")
    keyboard.type("not")  # used
    page.locator("[data-key='bring-kind:Maker'][data-now='hidden']").wait_for()
    reach(page, "bring-as")
    keyboard.type(" by keyboard")
    keyboard.press("Enter")
    visitor.noted("is yours to talk to")
    page.wait_for_function("document.activeElement.id === 'pn-say'")
    name = left_in(page_home)[0]
    assert name.endswith("by keyboard")
    page.locator("[data-key=bring]").focus()
    keyboard.press("Enter")
    reach(page, f"unshelve:{name}")
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.press("Enter")
    visitor.noted("is removed")
    keyboard.press("Escape")
    assert left_in(page_home) == [] and visitor.errors == []
    visitor.context.close()


def chooser(page: Any, key: str) -> Any:
    """The file chooser that Space opens there.

    On a busy machine one press of some forty opened none, and it is not known why: the page, or the browser's driver,
    which is told to hand choosers over as the key goes down. So it listens before it goes there, and presses again.
    """
    opened: list[Any] = []
    page.on("filechooser", lambda one: opened.append(one))
    for _ in range(60):
        reach(page, key)
        page.keyboard.press("Space")
        page.wait_for_timeout(1000)
        if opened:
            return opened[0]
    raise AssertionError(f"Space opens nothing at {key}")


def reach(page: Any, key: str) -> None:
    """Goes there by Tab."""
    for _ in range(60):
        if page.evaluate("document.activeElement.dataset.key") == key:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {key}")
