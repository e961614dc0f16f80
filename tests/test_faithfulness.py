"""What is said of picks rests on what moved them and on their rows: tests/benchmarks/faithfulness.py in small."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Session
from penchant.retriever import Interest, build_index
from penchant.retriever.encoding import HashEncoder

from .benchmarks.faithfulness import Removal, measure
from .demo import demo, gazetteer


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("demo")
    return Assistant(build_index(demo().items, folder, HashEncoder(48), schema=demo().schema), gazetteer=gazetteer())


@pytest.fixture(scope="module")
def measured(assistant: Assistant) -> tuple[list[Removal], list[tuple[str, str]]]:
    return measure(assistant, 30, 7)


def test_what_did_most_for_a_pick_is_a_cause_and_is_named(
    measured: tuple[list[Removal], list[tuple[str, str]]],
) -> None:
    """Taken away alone, all else held as it is, it takes its share with it; and "why is it there?" names it."""
    found, _ = measured
    assert len(found) == 30
    for removal in found:
        assert removal.alone == pytest.approx(-removal.share) and removal.share > 0
        assert removal.named


def test_a_pick_falls_when_that_is_taken_out_unless_the_rest_match_it_better(
    measured: tuple[list[Removal], list[tuple[str, str]]],
) -> None:
    """Wants share a weight of 1: without one the others take over its weight, and lift what they match better."""
    found, _ = measured
    for removal in found:
        assert (removal.change < 0) == (removal.match > removal.others)


def test_every_statement_follows_from_a_field_or_a_sum(assistant: Assistant) -> None:
    _, said = measure(assistant, 200, 7)
    assert len(said) > 400 and any("at once" in text or "all of that" in text for text, _ in said)
    assert not [text for text, basis in said if not basis]


def test_names_are_said_of_those_that_bear_them(assistant: Assistant) -> None:
    """Only some of ten picks are by a maker of four: the opening does not say it of all."""
    wanted = (Interest("makers", "Ridley Scott"), Interest("genres", "drama"))
    assert "with Ridley Scott" in assistant.answer(Session(interests=wanted[:1]), 4).text
    reply = assistant.answer(Session(interests=wanted), 10)
    bearers = sum("Ridley Scott" in pick.item.values("makers") for pick in reply.picks)
    assert 0 < bearers < 10
    assert f"{('one', 'two', 'three', 'four')[bearers - 1]} of them with Ridley Scott" in reply.text
