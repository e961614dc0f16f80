"""Figures that are known by hand, runs that were interrupted, and files with mistakes in them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from math import log2
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant
from penchant.assistant.evaluation.metrics import (
    Figure,
    accuracy,
    as_json,
    coverage,
    differences,
    joined,
    measure,
    summarise,
)
from penchant.assistant.evaluation.outcomes import EvaluationOutcome, outcomes_as_json, table
from penchant.assistant.evaluation.popularity import count, split
from penchant.assistant.evaluation.replay import Case, Player, find_file, play, read_cases, run_tag
from penchant.assistant.evaluation.task import (
    GIVEN_PRIOR,
    absent_ids,
    read_prior,
    with_prior,
)
from penchant.retriever import (
    CatalogueError,
    CompositionConfig,
    Item,
    PenchantError,
    SearchConfig,
    build_index,
    infer_schema,
)

from .conftest import HashEncoder, write_jsonl

GENRES = ("comedy", "drama", "horror", "romance", "war", "western")
ITEMS = [Item(genre, f"The {genre} one", fields={"genres": (genre,)}) for genre in GENRES]


def case(name: str, *relevant: str, says: str = "comedy", **more: Any) -> Case:
    none = frozenset[str]()
    known = {"dialog": name, "hidden": none, "violating": none, "candidates": ()}
    return Case(name, turns=(("user", says),), relevant=frozenset(relevant), **known | more)


def ranked(*items: str) -> list[tuple[str, float]]:
    return [(item, float(len(items) - n)) for n, item in enumerate(items)]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(build_index(ITEMS, tmp_path_factory.mktemp("index"), HashEncoder()))


class CountingPlayer(Player):
    """Remembers which cases it was asked for."""

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant)
        self.played: list[str] = []

    def rank(self, case: Case) -> list[tuple[str, float]]:
        self.played.append(case.id)
        return super().rank(case)


# figures


def figures(cases: list[Case], run: dict, prior: dict | None = None, size: int = 6) -> dict[str, Figure]:
    return {figure.name: figure for figure in measure(cases, run, prior or {}, size)}


def test_figures_by_hand() -> None:
    cases = [case("first", "a"), case("second", "b"), case("two", "a", "c"), case("none", "z")]
    run = {c.id: ranked("a", "b", "c") for c in cases}
    found = figures(cases, run)
    ideal = 1 + 1 / log2(3)
    expected = {
        "R@1": (1 + 0 + 1 / 2 + 0) / 4,
        "R@10": (1 + 1 + 1 + 0) / 4,
        "R@50": (1 + 1 + 1 + 0) / 4,
        "RR": (1 + 1 / 2 + 1 + 0) / 4,
        "nDCG@10": (1 + 1 / log2(3) + (1 + 1 / log2(4)) / ideal + 0) / 4,
        "catalogue coverage@10": 3 / 6,
    }
    assert {name: found[name].mean for name in expected} == pytest.approx(expected)
    assert "violation@10" not in found and all(figure.cases == 4 for figure in found.values())


def test_recall_counts_the_first_places_only() -> None:
    items = [f"i{n}" for n in range(50)]
    found = figures([case("late", "i10", "i49")], {"late": ranked(*items)}, size=100)
    assert (found["R@10"].mean, found["R@50"].mean) == (0, 1)
    assert found["RR"].mean == pytest.approx(1 / 11) and found["catalogue coverage@10"].mean == 0.1


def test_violations_are_counted_where_something_was_ruled_out() -> None:
    bad = case("bad", "a", violating=frozenset("bc"))
    found = figures([bad, case("other", "a")], {"bad": ranked("a", "b", "d", "e"), "other": ranked("b")})
    assert (found["violation@10"].mean, found["violation@10"].cases) == (1 / 4, 1)


def test_popularity_is_the_mean_prior_of_what_was_shown() -> None:
    run = {"x": ranked("a", "b"), "y": ranked()}
    found = figures([case("x", "a"), case("y", "a")], run, {"a": 1.0, "b": 0.5})
    assert found["popularity@10"].mean == pytest.approx(0.75 / 2)


def test_a_case_for_which_nothing_was_found_counts_as_nothing() -> None:
    found = figures([case("x", "a"), case("empty", "a")], {"x": ranked("a"), "empty": []})
    assert (found["R@1"].mean, found["R@1"].cases) == (0.5, 2)


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=30))
def test_intervals_hold_the_mean_and_keep_dialogues_together(outcomes: list[tuple[int, bool]]) -> None:
    """A case is a hit or a miss; where all dialogues have the same share of hits, there is nothing to vary."""
    cases = [case(f"c{n}", "a", dialog=f"d{dialog}") for n, (dialog, _) in enumerate(outcomes)]
    run = {f"c{n}": ranked("a" if hit else "b") for n, (_, hit) in enumerate(outcomes)}
    figure = figures(cases, run)["R@1"]
    assert figure.mean == pytest.approx(sum(hit for _, hit in outcomes) / len(outcomes))
    assert 0 <= figure.low <= figure.mean + 1e-9 and figure.mean - 1e-9 <= figure.high <= 1
    shares = {d: [hit for dialog, hit in outcomes if dialog == d] for d, _ in outcomes}
    if len({sum(hits) / len(hits) for hits in shares.values()}) == 1:
        assert figure.low == pytest.approx(figure.mean) == figure.high


def test_the_interval_of_one_dialogue_is_a_point_and_that_of_many_is_not() -> None:
    run = {f"c{n}": ranked("ab"[n % 2]) for n in range(20)}
    together = figures([case(f"c{n}", "a", dialog="d") for n in range(20)], run)["R@1"]
    apart = figures([case(f"c{n}", "a") for n in range(20)], run)["R@1"]
    assert together.low == together.mean == together.high == 0.5
    assert 0.2 < apart.low < 0.5 < apart.high < 0.8


def test_figures_are_the_same_every_time_and_as_json_and_table() -> None:
    cases, run = [case("x", "a"), case("y", "b")], {"x": ranked("a"), "y": ranked("a")}
    found = measure(cases, run, {}, 6)
    assert found == measure(cases, run, {}, 6)
    assert as_json(found)["R@1"] == {"mean": 0.5, "low": 0.0, "high": 1.0, "cases": 2}
    printed = table([EvaluationOutcome("penchant", found)])
    assert "R@1" in printed and "[0.000, 1.000]" in printed


def test_a_difference_is_measured_on_the_same_dialogues() -> None:
    """Two systems that vary much from case to case, one always better by the same: their difference does not vary."""
    cases = [case(f"c{n}", "a") for n in range(20)]
    ours = {"R@1": {f"c{n}": 0.5 + n / 40 for n in range(20)}, "only ours": {"c0": 1.0}}
    theirs = {"R@1": {f"c{n}": 0.25 + n / 40 for n in range(20)}}
    (figure,) = differences(cases, ours, theirs)
    assert (figure.name, figure.cases) == ("R@1", 20)
    assert [figure.mean, figure.low, figure.high] == pytest.approx([0.25] * 3)
    (alone, _) = summarise(cases, ours)
    assert alone.high - alone.low > 0.05
    outcomes = [EvaluationOutcome("penchant", [alone]), EvaluationOutcome("other", summarise(cases, theirs), [figure])]
    assert "+0.250  [+0.250, +0.250]" in table(outcomes)
    printed = outcomes_as_json(outcomes)
    assert printed["R@1"]["mean"] == alone.mean
    assert printed["against"]["other"]["above"]["R@1"]["mean"] == pytest.approx(0.25)
    assert "against" not in outcomes_as_json(outcomes[:1])


# playing


def test_what_is_said_decides_what_is_ranked_first(assistant: Assistant) -> None:
    player = Player(assistant)
    for genre in GENRES:
        ranking = player.rank(case("x", genre, says=f"a {genre} please"))
        assert ranking[0][0] == genre
        assert [score for _, score in ranking] == list(range(len(ranking), 0, -1))


def test_hidden_items_are_left_out_even_if_they_are_relevant(assistant: Assistant) -> None:
    ranking = Player(assistant).rank(case("x", "comedy", hidden=frozenset({"comedy", "war"})))
    assert ranking and not {"comedy", "war"} & dict(ranking).keys()


def test_a_never_is_never_ranked(assistant: Assistant) -> None:
    ranking = Player(assistant).rank(case("x", "drama", says="a drama, no horror"))
    assert len(ranking) == len(ITEMS) - 1 and "horror" not in dict(ranking)


def test_turns_are_played_in_order_and_empty_ones_passed_over(assistant: Assistant) -> None:
    turns = (("user", "no horror"), ("assistant", "The horror one?"), ("user", " "), ("user", "a war film"))
    ranking = Player(assistant).rank(replace(case("x", "war"), turns=turns))
    assert ranking[0][0] == "war" and "horror" not in dict(ranking)


def test_a_candidate_is_chosen_among_the_candidates(assistant: Assistant) -> None:
    cases = [
        case("right", "war", candidates=("horror", "war"), says="war"),
        case("wrong", "war", candidates=("horror", "war"), says="horror"),
        case("without", "war"),
    ]
    choose = Player(assistant).choose
    assert accuracy(cases, choose) == {"candidates accuracy": {"right": 1.0, "wrong": 0.0}}
    assert accuracy(cases[2:], choose) == {}


# run files

CASES = [case(f"c{n}", genre, says=genre) for n, genre in enumerate(GENRES)]


def test_a_run_is_written_as_trec_and_read_again(assistant: Assistant, tmp_path: Path) -> None:
    path, tag = tmp_path / "run.txt", run_tag(assistant)
    run = play(Player(assistant), CASES, path, tag)
    assert path.read_text().splitlines()[0] == f"c0 Q0 comedy 1 6 {tag}"
    again = CountingPlayer(assistant)
    assert play(again, CASES, path, tag) == run == play(Player(assistant), CASES, None, tag)
    assert again.played == []


def test_only_missing_cases_are_played(assistant: Assistant, tmp_path: Path) -> None:
    path, done = tmp_path / "run.txt", list[tuple[int, int]]()
    play(Player(assistant), CASES[:2] + CASES[4:], path, "tag")
    player = CountingPlayer(assistant)
    run = play(player, CASES, path, "tag", lambda *progress: done.append(progress))
    assert player.played == ["c2", "c3"] and run.keys() == {c.id for c in CASES}
    assert done == [(n, 6) for n in range(1, 7)]


@pytest.mark.parametrize("cut", [1, 3, 10, 30, 60, 100])
def test_a_case_cut_off_is_played_again(assistant: Assistant, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "run.txt"
    whole = play(Player(assistant), CASES[:3], path, "tag")
    text = path.read_text()
    path.write_text(text[:-cut])
    player = CountingPlayer(assistant)
    assert play(player, CASES[:3], path, "tag") == whole
    assert player.played == ["c2"] and path.read_text() == text
    assert [p.name for p in tmp_path.iterdir()] == ["run.txt"]


def test_a_run_cut_off_in_its_first_line_is_played_again(assistant: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    path.write_text("c0 Q0 com")
    player = CountingPlayer(assistant)
    play(player, CASES[:1], path, "tag")
    assert player.played == ["c0"]


@pytest.mark.parametrize("text", ["c0 Q0 comedy 1 6 other\n", "a shopping list", "milk\nbread\n", "\xff\n"])
def test_a_run_of_other_settings_or_no_run_is_refused_and_kept(assistant: Assistant, tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.txt"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(PenchantError, match=r"run\.txt"):
        play(Player(assistant), CASES, path, "tag")
    assert path.read_bytes() == text.encode("latin-1") and len(list(tmp_path.iterdir())) == 1


def test_a_run_that_cannot_be_written_is_refused_before_playing(assistant: Assistant, tmp_path: Path) -> None:
    player = CountingPlayer(assistant)
    with pytest.raises(PenchantError, match="nowhere"):
        play(player, CASES, tmp_path / "nowhere" / "run.txt", "tag")
    assert player.played == []


def test_the_tag_names_the_settings(assistant: Assistant) -> None:
    other = SearchConfig(composition_config=CompositionConfig(temperature=0.7))
    warmer = Assistant(assistant.index, search_config=other)
    assert run_tag(Assistant(assistant.index)) == run_tag(assistant) != run_tag(warmer)
    assert run_tag(assistant, "one prior") != run_tag(assistant, "another") != run_tag(assistant)


# popularity counted on other dialogues

dialogues = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(GENRES)), min_size=1, max_size=30)


@given(dialogues, st.integers(2, 5))
def test_a_fold_counts_the_dialogues_of_the_others_only(said: list[tuple[int, str]], folds: int) -> None:
    cases = [case(f"c{n}", item, dialog=f"d{dialog}") for n, (dialog, item) in enumerate(said)]
    parts = split(cases, folds)
    assert sorted(c.id for part, _ in parts for c in part) == sorted(c.id for c in cases)
    for part, counts in parts:
        own = {c.dialog for c in part}
        others = [c for c in cases if c.dialog not in own]
        assert counts == {i: len({c.dialog for c in others if i in c.relevant}) for c in others for i in c.relevant}


def test_an_item_counts_once_for_a_dialogue_that_likes_it() -> None:
    cases = [case("a1", "war", dialog="a"), case("a2", "war", dialog="a", liked=frozenset({"drama"})), case("b", "war")]
    assert count(cases) == {"war": 2.0, "drama": 1.0}


def test_judgements_of_several_parts_are_joined() -> None:
    parts = [{"R@1": {"a": 1.0}}, {"R@1": {"b": 0.0}, "violation@10": {"b": 0.5}}]
    assert joined(parts) == {"R@1": {"a": 1.0, "b": 0.0}, "violation@10": {"b": 0.5}}


# files

ROW = {"case_id": "c", "turns": [{"role": "user", "text": "hi"}], "relevant": ["a"]}


def test_cases_are_read_plain_or_gzipped(tmp_path: Path) -> None:
    rows = [ROW | {"dialog_id": 7, "violating": ["b"], "excluded_before": [3]}, ROW | {"case_id": "d", "relevant": []}]
    plain = write_jsonl(tmp_path / "cases.jsonl", rows)
    (found,) = read_cases(plain)
    assert found == case("c", "a", says="hi", dialog="7", hidden=frozenset({"3"}), violating=frozenset("b"))
    zipped = tmp_path / "zipped" / "cases.jsonl.gz"
    zipped.parent.mkdir()
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    assert find_file(zipped.parent, "cases.jsonl") == zipped and read_cases(zipped) == [found]


BAD_ROWS = {
    "not JSON": "{",
    "not an object": "[]",
    "no turns": json.dumps({"case_id": "x", "relevant": ["a"]}),
    "a turn without text": json.dumps(ROW | {"turns": [{"role": "user"}]}),
    "turns that are text": json.dumps(ROW | {"turns": "hi"}),
    "no id": json.dumps({**ROW, "case_id": None}).replace('"case_id": null, ', ""),
    "relevant that is text": json.dumps(ROW | {"case_id": "x", "relevant": "abc"}),
    "an id used before": json.dumps(ROW),
}


@pytest.mark.parametrize("line", BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_case_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(ROW) + "\n\n" + line + "\n")
    with pytest.raises(CatalogueError, match=r"cases\.jsonl:3: "):
        read_cases(path)


@pytest.mark.parametrize(("name", "content"), [("cases.jsonl", b"\xff\xfe"), ("cases.jsonl.gz", b"not gzipped")])
def test_an_unreadable_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CatalogueError, match=name):
        read_cases(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"no cases\.jsonl"):
        find_file(tmp_path, "cases.jsonl")


@pytest.fixture
def prior_file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        (tmp_path / "prior.json").write_text(text)
        return tmp_path / "prior.json"

    return write


def test_a_prior_from_a_file_is_a_field_of_the_items(prior_file: Callable[[str], Path]) -> None:
    values = read_prior(prior_file('{"war": 3, "horror": "1.5", "unknown": 9}'), ITEMS)
    items, schema = with_prior(ITEMS, infer_schema(ITEMS), values)
    assert schema.prior == GIVEN_PRIOR and schema.kind(GIVEN_PRIOR) == "number"
    assert {i.id: i.fields[GIVEN_PRIOR] for i in items if GIVEN_PRIOR in i.fields} == {"war": 3.0, "horror": 1.5}
    assert GIVEN_PRIOR not in ITEMS[4].fields


BAD_PRIORS = ["{", "[1]", "3", '{"war": null}', '{"war": "many"}', '{"war": [1]}', '{"other": 1}', ""]


@pytest.mark.parametrize("text", BAD_PRIORS)
def test_a_bad_prior_is_named(prior_file: Callable[[str], Path], text: str) -> None:
    with pytest.raises(CatalogueError, match=r"prior\.json"):
        read_prior(prior_file(text), ITEMS)


def test_a_missing_prior_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"none\.json"):
        read_prior(tmp_path / "none.json", ITEMS)


def test_relevant_ids_that_no_item_has_are_counted() -> None:
    assert absent_ids([case("a", "war"), case("b", "drama", "comedy")], ITEMS) == ""
    told = absent_ids([case("a", "war"), case("b", "drama", "opera"), case("c", "opera", "ballet")], ITEMS)
    assert told.startswith("2 relevant ids, named in 2 of 3 cases, are not in the catalogue")
    assert told.endswith("such as 'opera' in case 'b'.")
    assert absent_ids([case("a", "opera")], ITEMS).startswith("1 relevant id, named in 1 of 1 case, is not in")


def test_interest_coverage(tmp_path: Path) -> None:
    """Two wants, of which the best ten hold both; one known want and one unknown phrase: only the known one counts."""
    player = Player(Assistant(build_index(ITEMS, tmp_path / "index", HashEncoder())))
    both, one = case("both", "war", says="comedy and war"), case("one", "drama", says="drama about trains")
    run = {c.id: player.rank(c) for c in (both, one)}
    assert coverage([both, one], run, player) == {"interest coverage@10": {"both": 1.0, "one": 1.0}}
    half = {"both": [("comedy", 1.0)]}
    assert coverage([both], half, player) == {"interest coverage@10": {"both": 0.5}}
    assert coverage([case("open", "war", says="something about trains")], {"open": []}, player) == {}
