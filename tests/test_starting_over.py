"""A clause that says that the rest takes the place of what was there: it ends what was wanted, and is no wish."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.understanding.cues import restarts
from penchant.retriever import OPEN

from .demo import SHOWN, after, understand

BEFORE = "a comedy, no horror"
ANEW = (
    "different question: something about space",
    "ok, new idea. something about space",
    "thx. a completely different thing: something about space",
    "switching subjects, something about space",
    "change of plan, something about space",
    "never mind, different topic - something about space",
    "let's begin again from zero: something about space",
    "right, blank slate please. something about space",
)
ALL = (
    "scratch all that, something about space",
    "ok forget everything I said so far. something about space",
    "ignore all of the above: something about space",
    "scrap that whole idea! something about space",
    "clear all my filters and then something about space",
)
NO_RESTART = (
    "a novel about someone who starts over in a new town",
    "a film where a change of plans ruins the wedding",
    "drop everything that has zombies in it",
    "new rule: no zombies",
    "another thing: nothing sad",
    "a different colour, please",
    "skip all that are dubbed",
    "forget what I said about horror",
    "a book to make me forget everything",
    "ok wow, but I want nothing to do with zombies",
)


@pytest.mark.parametrize("text", ANEW)
def test_what_was_wanted_makes_way_and_what_was_ruled_out_stays(text: str) -> None:
    kept = {i.value: (i.parked, i.level) for i in after(BEFORE, text).interests if i.facet != OPEN}
    assert kept["comedy"] == (True, "want") and kept["horror"] == (False, "never")
    assert kept["space"] == (False, "want")


@pytest.mark.parametrize("text", ALL)
def test_with_all_that_was_said_what_was_ruled_out_goes_too(text: str) -> None:
    assert {i.value for i in after(BEFORE, text).interests if i.facet != OPEN} == {"space"}


@pytest.mark.parametrize("text", [*ANEW, *ALL])
def test_the_clause_itself_is_no_wish(text: str) -> None:
    own = [i.value for i in understand(text, after(BEFORE)).interests if i.facet == OPEN]
    assert own == ["something about space"]


@pytest.mark.parametrize("text", NO_RESTART)
def test_what_only_speaks_of_it_takes_nothing_back(text: str) -> None:
    assert restarts(text) == ("", text)
    assert any(i.value == "comedy" and not i.parked for i in after(BEFORE, text).interests)


def test_a_question_that_is_led_in_so_changes_nothing() -> None:
    asked = after(BEFORE, "different question: how long is the first one?", shown=SHOWN)
    assert asked.interests == after(BEFORE, shown=SHOWN).interests


def test_what_stands_in_front_counts_where_nothing_follows() -> None:
    assert restarts("jazz albums, forget everything I said") == ("everything", "jazz albums")


@pytest.mark.parametrize("text", ["actually make it jazz", "on reflection, jazz", "hm, actually jazz please"])
def test_a_bare_value_takes_the_place_of_that_of_its_field(text: str) -> None:
    assert {i.value for i in after("a comedy, no horror", text).interests if i.facet == "genres"} == {"jazz", "horror"}


@given(st.text(max_size=60), st.sampled_from(ANEW))
def test_the_rest_is_of_the_text(text: str, anew: str) -> None:
    kind, rest = restarts(text + "\n" + anew)
    assert kind and rest in text + "\n" + anew
