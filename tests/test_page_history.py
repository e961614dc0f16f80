"""A history that is brought to the page: taken over at once, and what is not sure of it is asked there."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest

from penchant.assistant import Assistant, export_taste, import_taste
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.tab_controller import TabController

from .visiting import assistant

HISTORY = b"""Title,Year,Type,Rating
Orbit for Two,2001,book,5
Neon Alley,1995,film,1
Long Days of a Trial,1962,book,5
Nobody Has It,1999,film,4
Slow River,1975,album,5
Planets of Ink and Paper,2011,film,5
"""
SURE = {"book-2001": "liked", "film-1995": "disliked", "album-1975": "liked"}


class Tab:
    def __init__(self, made: Assistant) -> None:
        self.controller = TabController(PageSetup(CatalogueRegistry({"films": lambda: made})))
        list(self.controller.speak({"act": "hello"}))

    def do(self, **event: Any) -> dict[str, Any]:
        view = self.controller.do(event)
        return dict(view.panel or {})

    def look(self, **event: Any) -> dict[str, Any]:
        """The picks after an event."""
        return dict(self.controller.do(event).picks or {})

    def hand(self, data: bytes, name: str = "history.csv") -> dict[str, Any]:
        return self.do(act="history", file=name, data=base64.b64encode(data).decode())

    @property
    def marks(self) -> dict[str, str]:
        wire = self.controller.do({"act": "export"}).wire or {}
        return {mark.item: mark.kind for mark in import_taste(wire["download"]["text"]).marks}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("history") / "index")


@pytest.fixture
def tab(made: Assistant) -> Tab:
    return Tab(made)


def test_a_history_is_taken_over_and_an_undo_brings_back_what_was(tab: Tab) -> None:
    tab.do(act="thumb", item="film-1991", verdict="like")
    panel = tab.hand(HISTORY)
    assert "history.csv: 3 of 6 rows" in panel["note"] and tab.marks.items() >= SURE.items()
    assert "film-1991" not in tab.marks
    tab.do(act="undo")
    assert tab.marks == {"film-1991": "liked"}


def test_what_is_not_sure_is_asked_and_one_press_takes_all_that_is_likely(tab: Tab) -> None:
    same = tab.hand(HISTORY)["same"]
    assert [row["text"] for row in same["rows"]] == ["Long Days of a Trial, 1962", "Planets of Ink and Paper, 2011"]
    assert [option["text"] for option in same["rows"][0]["options"]] == ["The Long Trial, 1962", "No"]
    panel = tab.do(**json.loads(same["all"]))
    assert panel["same"] is None and panel["note"] == "2 more from your history."
    assert tab.marks.items() >= {**SURE, "book-1962": "liked"}.items() and "film-2011" in tab.marks
    tab.do(act="undo")
    assert tab.marks == SURE


def test_one_by_one_and_none_of_the_rest(tab: Tab) -> None:
    first, second = tab.hand(HISTORY)["same"]["rows"]
    left = tab.do(**json.loads(first["options"][0]["act"]))["same"]
    assert [row["text"] for row in left["rows"]] == [second["text"]] and tab.marks == {**SURE, "book-1962": "liked"}
    panel = tab.do(**json.loads(left["none"]))
    assert panel["same"] is None and tab.marks == {**SURE, "book-1962": "liked"}


def test_who_says_nothing_sees_rows_of_what_they_liked_and_why(tab: Tab) -> None:
    picks = tab.look(act="history", file="h.csv", data=base64.b64encode(HISTORY).decode())
    heads = [card["row"] for card in picks["cards"] if card.get("row")]
    assert picks["rows"] and len(heads) > 1 and all(head.startswith("Because of ") for head in heads)
    assert {"Orbit for Two", "Slow River"} <= {title for head in heads for title in re.split(r", | and ", head[11:])}
    ids = [card["id"] for card in picks["cards"]]
    assert len(set(ids)) == len(ids) and not set(ids) & SURE.keys()
    assert all(not card["bars"] and not card["because"] for card in picks["cards"]) and not picks["further"]
    assert tab.look(act="why", item=ids[1])["rows"]
    liked = tab.look(act="thumb", item=ids[0], verdict="seen")
    assert liked["rows"] and ids[0] not in {card["id"] for card in liked["cards"] if not card.get("gone")}
    asked = tab.look(act="add", facet="genres", text="crime")
    assert not asked["rows"] and asked["cards"][0]["bars"]


def test_what_was_taken_back_by_hand_does_not_come_again_with_an_answer(tab: Tab) -> None:
    same = tab.hand(HISTORY)["same"]
    tab.do(act="thumb", item="book-2001", verdict="clear")
    tab.do(**json.loads(same["all"]))
    assert "book-2001" not in tab.marks and "book-1962" in tab.marks


def test_an_answer_that_was_not_asked_changes_nothing(tab: Tab) -> None:
    tab.hand(HISTORY)
    for event in ({"row": 9, "item": ""}, {"row": 0, "item": "film-1991"}):
        panel = tab.do(act="same", **event)
        assert "not asked" in panel["note"] and len(panel["same"]["rows"]) == 2
    tab.do(act="forget")
    assert "not asked" in tab.do(act="same", row=0, item="")["note"] and tab.marks == {}


def test_a_taste_is_taken_as_before(tab: Tab, made: Assistant) -> None:
    taste = made.reply("funny, no horror").session
    panel = tab.hand(export_taste(taste).encode(), "taste.json")
    assert panel["note"].startswith("Imported: ") and panel["same"] is None


@pytest.mark.parametrize("data", [b"", b"nothing of the kind", b"{}", b"\xff\xfe\x00", b"PK\x03\x04broken"])
def test_what_is_neither_is_refused_in_words(tab: Tab, data: bytes) -> None:
    before = tab.marks
    assert "istory.csv" in tab.hand(data)["note"] and tab.marks == before
