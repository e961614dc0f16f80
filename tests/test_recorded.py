"""Benchmark cases as files that somebody answers, and what the answers are worth."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from penchant.assistant import Assistant
from penchant.assistant.evaluation import Case
from penchant.retriever import Index

from .benchmarks.recorded import drawn, export, measure, name_of, table
from .scripted_model import answer, tag

TALK = (("user", "I liked Inception"), ("assistant", "What else?"), ("user", "something by the sea, no horror"))


def case(n: int) -> Case:
    """Somebody who is after Gladiator, which nothing that they say tells."""
    return Case(f"case-{n}", f"dialog-{n}", TALK, frozenset({"i5"}), frozenset({"i2"}), frozenset({"i8"}), ())


CASES = [case(n) for n in range(6)]


def test_the_draw_is_the_seeds_alone() -> None:
    assert drawn(CASES, 3, 1) == drawn(CASES[::-1], 3, 1) != drawn(CASES, 3, 2)
    assert len(drawn(CASES, 99, 1)) == len(CASES)


def test_a_file_has_the_messages_and_nothing_else(index: Index, tmp_path: Path) -> None:
    assert export(Assistant(index), CASES[:2], tmp_path) == 2
    text = (tmp_path / name_of(CASES[0])).read_text("utf-8")
    form = json.loads(text)
    (system, user), schema = form["messages"], form["schema"]
    state = json.loads(user["content"])
    assert form.keys() == {"messages", "schema", "answer"} and form["answer"] == ""
    assert (state["message"], state["you_said"]) == (TALK[2][1], TALK[1][1])
    assert {"facet": "item", "value": "Inception", "level": "want"} in state["interests_so_far"]
    assert system["role"] == "system" and "examples" in schema["properties"]
    assert not any(word in text for word in ("Gladiator", "case-0", "dialog-0", '"i5"'))
    assert export(Assistant(index), CASES[:2], tmp_path) == 0


def test_the_choice_among_candidates_is_printed_where_there_are_some(index: Index, tmp_path: Path) -> None:
    cases = [replace(one, candidates=("i5", "i6")) for one in CASES[:2]]
    export(Assistant(index), cases, tmp_path)
    for one in cases:
        path = tmp_path / name_of(one)
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"answer": answer(examples=["Gladiator"])}))
    found = measure(Assistant(index), cases, tmp_path)
    assert {f.name: f.mean for f in found.with_answers}["candidates accuracy"] == 1 and found.calls == 1
    assert "candidates accuracy" in "\n".join(table(found))


@pytest.mark.parametrize("as_text", [True, False])
def test_answers_are_measured_beside_none(index: Index, tmp_path: Path, as_text: bool) -> None:
    export(Assistant(index), CASES, tmp_path)
    said = answer(tag("genres", "Horror", "never", quote="no horror"), wish="the sea", examples=["Gladiator"])
    for one in CASES[:4]:
        path = tmp_path / name_of(one)
        form = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(form | {"answer": said if as_text else json.loads(said)}), "utf-8")
    found = measure(Assistant(index), CASES, tmp_path)
    means = [{f.name: f.mean for f in column} for column in (found.with_answers, found.without, found.difference)]
    assert found.cases == 4 and found.calls == 1 and found.tokens_read > 100 < found.tokens_read
    assert means[0]["nDCG@10"] == 1 and means[2]["nDCG@10"] == pytest.approx(1 - means[1]["nDCG@10"])
    assert "R@10" in "\n".join(table(found)) and not found.notes


def test_an_answer_to_another_prompt_is_told(index: Index, tmp_path: Path) -> None:
    export(Assistant(index), CASES[:1], tmp_path)
    path = tmp_path / name_of(CASES[0])
    form = json.loads(path.read_text("utf-8"))
    form["messages"][0]["content"] += " Be brief."
    path.write_text(json.dumps(form | {"answer": answer()}), "utf-8")
    assert measure(Assistant(index), CASES, tmp_path).notes == {"answers to another prompt": 1}
    with pytest.raises(ValueError, match="no answer is written"):
        measure(Assistant(index), CASES[1:], tmp_path)
