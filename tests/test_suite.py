"""Several tasks in one table: the summary by hand, tasks that cannot be read, and runs that go on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Settings
from penchant.assistant.evaluation import Case, Player
from penchant.assistant.evaluation.metrics import Figure
from penchant.assistant.evaluation.outcomes import (
    EvaluationOutcome,
    Standing,
    standing,
    summary,
    summary_as_json,
    table_of_tasks,
)
from penchant.assistant.evaluation.popularity import sample
from penchant.assistant.evaluation.suite import evaluate_each, tasks_by_name
from penchant.assistant.evaluation.task import Task, evaluate
from penchant.retriever import PenchantError

from .conftest import HashEncoder, write_jsonl

ROWS = [
    {"id": genre, "title": f"The {genre} one", "genres": [genre]}
    for genre in ("comedy", "drama", "horror", "romance", "war", "western")
]


def one(system: str, mean: float, *above: float) -> EvaluationOutcome:
    """A system's nDCG@10, with what ours is above it: mean, low, high."""
    return EvaluationOutcome(
        system,
        [Figure("nDCG@10", mean, mean - 0.1, mean + 0.1, 9)],
        [Figure("nDCG@10", above[0], above[1], above[2], 9)] if above else [],
    )


ABOVE = [one("penchant", 0.6), one("near", 0.5, 0.1, -0.01, 0.2), one("far", 0.1, 0.5, 0.4, 0.6)]
AHEAD = [one("penchant", 0.6), one("far", 0.1, 0.5, 0.4, 0.6), one("near", 0.5, 0.1, 0.01, 0.2)]
BEHIND = [one("penchant", 0.3), one("far", 0.1, 0.2, 0.1, 0.3), one("near", 0.5, -0.2, -0.3, -0.1)]


def test_ahead_is_above_the_best_peer_and_behind_is_below_any() -> None:
    assert standing(ABOVE, "nDCG@10") == Standing(False, ())
    assert standing(AHEAD, "nDCG@10") == Standing(True, ())
    assert standing(BEHIND, "nDCG@10") == Standing(False, ("near",))
    assert standing(AHEAD[:1], "nDCG@10") == Standing(False, ())


def test_the_summary_counts_tasks_and_names_them() -> None:
    tasks = {"a": ABOVE, "b": AHEAD, "c": BEHIND}
    assert summary(tasks, "nDCG@10") == (
        "nDCG@10, beyond the interval of the difference: some peer is above penchant on 1 of 3: c (near);"
        " penchant is above the best peer on 1: b."
    )
    assert summary_as_json(tasks, "nDCG@10") == {
        "measure": "nDCG@10",
        "tasks": 3,
        "behind": {"c": ["near"]},
        "ahead": ["b"],
    }


def test_the_table_has_the_best_peer_first_and_a_word_on_what_is_no_chance() -> None:
    lines = table_of_tasks({"a": ABOVE, "c": BEHIND}, "nDCG@10").splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["a", "penchant", "near", "far", "c", "penchant", "near", "far"]
    assert [line.split()[-1] for line in lines if line.startswith(("  near", "  far"))] == [
        "+0.200]",
        "ahead",
        "behind",
        "ahead",
    ]


def said(dialogs: Sequence[int]) -> list[Case]:
    none = frozenset[str]()
    return [Case(f"c{n}", f"d{dialog}", (), none, none, none, ()) for n, dialog in enumerate(dialogs)]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(1, 50), st.integers(1, 50))
def test_a_sample_is_of_whole_dialogues_in_order_and_a_larger_one_holds_it(
    dialogs: list[int], small: int, more: int
) -> None:
    cases = said(dialogs)
    drawn, wider = sample(cases, small), sample(cases, small + more)
    assert [case for case in cases if case in drawn] == drawn
    assert {case.id for case in drawn} <= {case.id for case in wider}
    taken = {case.dialog for case in drawn}
    assert drawn == [case for case in cases if case.dialog in taken]
    assert len(drawn) >= min(small, len(cases))
    assert len(drawn) - max(dialogs.count(int(name[1:])) for name in taken) < small


# whole tasks


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two tasks, the second of which has no catalogue of its own."""
    monkeypatch.setattr("penchant.assistant.evaluation.task.encoder_of", lambda settings: HashEncoder(256))
    for name in ("own", "without"):
        (tmp_path / name / "dev").mkdir(parents=True)
        cases = [
            {"case_id": row["id"], "turns": [{"role": "user", "text": f"a {row['id']} film"}], "relevant": [row["id"]]}
            for row in ROWS
        ]
        write_jsonl(tmp_path / name / "dev" / "cases.jsonl", cases)
    write_jsonl(tmp_path / "own" / "catalogue.jsonl", ROWS)
    write_jsonl(tmp_path / "items.jsonl", ROWS)
    return [tmp_path / "own", tmp_path / "without"]


def common(folders: list[Path], **more: Any) -> Task:
    return Task(folders[0], "dev", folders[0].parent / "items.jsonl", against=("bm25",), **more)


def played(folders: list[Path], runs: Path | None, told: list[str], **more: Any) -> dict[str, Any]:
    settings = Settings(home=folders[0].parent / "home")
    tasks = tasks_by_name(folders, common(folders, **more))
    return dict(evaluate_each(tasks, settings, runs, lambda title: nullcontext(lambda done, total: None), told.append))


def test_tasks_are_called_by_their_folders_and_lend_items_to_those_without(folders: list[Path]) -> None:
    (twin := folders[0].parent / "deep" / "own").mkdir(parents=True)
    tasks = tasks_by_name([*folders, twin, folders[0]], common(folders))
    assert len(tasks) == 3 and "without" in tasks and "own" not in tasks
    assert {one.folder: one.catalogue for one in tasks.values()} == {
        folders[0]: None,
        folders[1]: folders[0].parent / "items.jsonl",
        twin: folders[0].parent / "items.jsonl",
    }


def test_each_task_is_measured_and_one_that_cannot_be_read_does_not_stop_the_others(folders: list[Path]) -> None:
    found = played([folders[0].parent / "absent", *folders], None, [])
    assert list(found) == ["absent", "own", "without"]
    assert isinstance(found["absent"], PenchantError) and "cases.jsonl" in str(found["absent"])
    for name in ("own", "without"):
        assert [outcome.system for outcome in found[name]] == ["penchant", "bm25"]
        figures = {figure.name: figure for figure in found[name][0].figures}
        assert (figures["R@1"].mean, figures["R@1"].cases) == (1.0, 6)


def test_a_sample_is_played_and_folds_are_counted_on_all(folders: list[Path]) -> None:
    for more in ({}, {"folds": 2}):
        found = played(folders[:1], None, [], sample=2, **more)
        assert {figure.cases for figure in found["own"][0].figures} == {2}


def test_nothing_is_ranked_again_of_ours_or_of_a_peer(folders: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    runs = folders[0].parent / "runs"
    before = played(folders, runs, [])
    names = ["own.bm25.trec", "own.trec", "without.bm25.trec", "without.trec"]
    assert sorted(path.name for path in runs.iterdir()) == names
    written = {name: (runs / name).read_text() for name in names}
    (runs / "own.bm25.trec").write_text("\n".join(written["own.bm25.trec"].splitlines()[:-1]))
    monkeypatch.setattr(Player, "rank", lambda self, case: pytest.fail("ours is ranked again"))
    assert played(folders, runs, []) == before
    assert {name: (runs / name).read_text() for name in names} == written


def test_a_file_in_the_place_of_the_runs_is_refused_before_anything_is_played(folders: list[Path]) -> None:
    with pytest.raises(PenchantError, match=r"items\.jsonl"):
        played(folders, folders[0].parent / "items.jsonl", [])


def test_a_warning_names_its_task(folders: list[Path]) -> None:
    cases = [{"case_id": "c", "turns": [{"role": "user", "text": "war"}], "relevant": ["war", "gone"]}]
    write_jsonl(folders[0] / "dev" / "cases.jsonl", cases)
    told: list[str] = []
    played(folders, None, told)
    assert len(told) == 1 and told[0].startswith("own: ") and "'gone'" in told[0]


# the command


def test_the_command_tells_what_failed_and_prints_the_others(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = commanded([*folders, folders[0].parent / "absent"], monkeypatch, capsys)
    assert code == 1 and "absent: left out" in err
    told = json.loads(out)
    assert list(told["tasks"]) == ["own", "without"] and list(told["failed"]) == ["absent"]
    assert told["summary"]["tasks"] == 2
    assert told["tasks"]["own"]["against"]["bm25"]["above"]["nDCG@10"]["cases"] == 6


def test_stopped_the_command_prints_what_was_finished(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(asked: Task, *others: Any) -> list[EvaluationOutcome]:
        if asked.folder.name == "without":
            raise KeyboardInterrupt
        return evaluate(asked, *others)

    monkeypatch.setattr("penchant.assistant.evaluation.suite.evaluate", stopped)
    code, out, err = commanded(folders, monkeypatch, capsys)
    assert code == 130 and "Stopped" in err and list(json.loads(out)["tasks"]) == ["own"]


def commanded(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    from penchant.ui.cli.command import app

    monkeypatch.setenv("PENCHANT_HOME", str(folders[0].parent / "home"))
    arguments = ["evaluate", *map(str, folders), "--catalogue", str(folders[0].parent / "items.jsonl")]
    with pytest.raises(SystemExit) as ended:
        app([*arguments, "--against", "bm25", "--json"])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err
