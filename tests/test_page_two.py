"""Two people at one device: the second answers three questions, and the picks are for both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant, export_taste
from penchant.retriever import PenchantError
from penchant.ui.page.state import PageState, new_page, read_quick
from penchant.ui.page.state.reducer import Context, reduce
from penchant.ui.page.view.cards import whose
from penchant.ui.page.words import page_speech

from .visiting import PAGE, Visitor, assistant


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("page") / "index")


def after(made: Assistant, state: PageState, *events: dict[str, Any]) -> PageState:
    context = Context(("demo",), lambda: made)
    for event in events:
        state = reduce(state, read_quick(event), context)
    return state


def begun(made: Assistant) -> PageState:
    return after(made, new_page("demo"), {"act": "add", "text": "space"}, {"act": "two"})


def test_what_the_second_says_is_never_the_first_ones(made: Assistant) -> None:
    state = begun(made)
    before = export_taste(state.chat.session)
    while (second := state.chat.second) is not None:
        question = second.left[0]
        state = after(made, state, {"act": "second", "facet": question.facet, "text": question.options[0]})
    assert export_taste(state.chat.session) == before
    assert state.chat.guest and state.chat.guest.interests and state.chat.group
    alone = after(made, state, {"act": "solo"})
    assert export_taste(alone.chat.session) == before and alone.chat.guest is None and alone.chat.group is None


def test_who_answers_nothing_changes_nothing(made: Assistant) -> None:
    state = begun(made)
    while (second := state.chat.second) is not None:
        state = after(made, state, {"act": "second", "facet": second.left[0].facet})
    assert state.chat.guest is None and state.chat.note.startswith("Nothing was answered")


def test_an_answer_to_what_is_not_asked_is_refused(made: Assistant) -> None:
    for state in (begun(made), new_page("demo")):
        with pytest.raises(PenchantError, match="nobody is being asked that"):
            after(made, state, {"act": "second", "facet": "no such field", "text": "x"})


@given(st.floats(0, 1), st.floats(0, 1))
def test_each_card_says_whose_it_is(mine: float, other: float) -> None:
    said = whose((mine, other), ("", ""), page_speech())
    assert said == whose((mine, other), ("Ann", "Bo"), page_speech()).replace("Ann", "you").replace("Bo", "them")
    assert (said == "") == (max(mine, other) < 0.15)
    assert not said or (said == "both") == (abs(mine - other) < 0.15)
    assert said in ("", "both") or (said == "more you") == (mine > other)


class TestOnThePage:
    pytestmark = PAGE

    def test_the_device_is_handed_over(self, browser: Any, address: str, tmp_path: Path) -> None:
        visitor = Visitor(browser, address)
        page = visitor.page
        visitor.say("funny, about space")
        mine = sorted(visitor.chips())
        visitor.press("For two")
        asked = page.locator(".pn-second")
        count = int(asked.locator(".pn-question span").inner_text().partition(" of ")[2][0])
        for n in range(1, count + 1):
            asked.get_by_text(f"{n} of {count}:").wait_for()
            page.wait_for_function("document.activeElement.dataset.key === 'second'")
            asked.locator(".pn-example").first.press("Enter")
        page.get_by_role("heading", name="Picks for two").wait_for()
        marks = set(page.locator(".pn-whose").all_inner_texts())
        assert marks and marks <= {"both", "more you", "more them"}
        assert sorted(visitor.chips()) == mine

        visitor.press("Names")
        page.get_by_label("You are").fill("Ann")
        page.get_by_label("The other is").fill("<b>Bo</b>")
        visitor.press("Use these names")
        page.locator(".pn-guest", has_text="Ann and <b>Bo</b>").wait_for()
        assert {"Ann", "<b>Bo</b>"} == set(page.locator(".pn-who b").all_inner_texts())
        with page.expect_download() as download:
            visitor.more("Export your taste")
        download.value.save_as(tmp_path / "taste.json")
        taste = json.loads((tmp_path / "taste.json").read_text(encoding="utf-8"))
        assert sorted(entry["value"] for entry in taste["interests"]) == mine

        page.reload()
        visitor.chip(mine[0]).wait_for()
        page.get_by_role("heading", name="Picks", exact=True).wait_for()
        assert sorted(visitor.chips()) == mine
        assert visitor.errors == []
        visitor.context.close()

    def test_who_thinks_better_of_it_goes_back(self, browser: Any, address: str) -> None:
        visitor = Visitor(browser, address, 390, color_scheme="dark")
        visitor.press("For two")
        visitor.page.locator(".pn-second").wait_for()
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
        visitor.press("Back to only me")
        visitor.page.locator(".pn-second").wait_for(state="detached")
        visitor.press("For two")
        assert visitor.errors == []
        visitor.context.close()
