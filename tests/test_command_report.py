"""`penchant report` as a person runs it, in processes of their own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer

from penchant.retriever import PenchantError, SentenceEncoder, build_index
from penchant.ui.cli.owner import reporting

from .conftest import make_items, write_jsonl
from .test_command import Run, run

__all__ = ["run"]


def test_help_teaches(run: Run) -> None:
    done = run("report", "--help")
    said = ("--audit", "--simulate", "exposure=0.1", "calibration=0.3", "penchant[report]", "Try:")
    assert done.returncode == 0 and all(part in done.stdout for part in said)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "either --audit FILE, a log of what was shown, or --simulate 2000"),
        ({"audit": Path("log"), "simulate": 5}, "either --audit FILE"),
        ({"audit": Path("log"), "knob": ["exposure=0.1"]}, "--knob needs --simulate"),
        ({"audit": Path("absent")}, "absent: no such audit log"),
        ({"simulate": 5, "cases": Path("cases")}, "name one, such as --knob exposure=0.1"),
        ({"simulate": 5, "cases": Path("absent"), "knob": ["exposure=0.1"]}, "no cases.jsonl or cases.jsonl.gz"),
        ({"simulate": 5, "knob": ["fairness=1"]}, "no such knob; there are exposure and calibration"),
        ({"simulate": 5, "into": Path(".")}, "is there already; name a new folder with --into"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_opened(
    options: dict[str, Any], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reporting, "_opened", lambda catalogue: pytest.fail("the catalogue was opened"))
    with pytest.raises(PenchantError, match=re.escape(said)):
        reporting.report(**options)


@pytest.mark.extra("report")
def test_an_interruption_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(catalogue: Path | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reporting, "_opened", interrupted)
    with pytest.raises(typer.Exit) as stopped:
        reporting.report(simulate=5, into=tmp_path / "out")
    assert stopped.value.exit_code == 130 and not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, sentence_encoder: SentenceEncoder) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build_index(make_items(40), folder, sentence_encoder)
    return folder


@pytest.mark.slow
def test_a_log_becomes_a_report(run: Run, index: Path, tmp_path: Path) -> None:
    items = [{"id": name, "rank": n, "score": 1.0, "shares": []} for n, name in enumerate(("i3", "i1"), 1)]
    log = write_jsonl(tmp_path / "audit", [{"v": 1, "session": "a", "items": items}, {"v": 1}])
    done = run("report", index, "--audit", log, "--group", "genres=drama")
    assert done.returncode == 0, done.stderr
    assert "1 page of 1 session over 40 items" in done.stdout and "genres=drama" in done.stdout
    assert "Lines that are no page of picks, left out: 1." in done.stdout


@pytest.mark.slow
@pytest.mark.extra("report")
def test_simulated_people_a_knob_and_its_cost(run: Run, index: Path, tmp_path: Path) -> None:
    case = {"case_id": "c", "turns": [{"role": "user", "text": "a drama"}], "relevant": ["i1", "i2"]}
    (tmp_path / "cases" / "dev").mkdir(parents=True)
    write_jsonl(tmp_path / "cases" / "dev" / "cases.jsonl", [case])
    done = run("report", index, "--simulate", 15, "--knob", "calibration=0.5", "--cases", "cases", "--into", "out")
    assert done.returncode == 0, done.stderr
    assert "15 simulated people, seed 7" in done.stdout and "nDCG@10 on your cases" in done.stdout
    folder = tmp_path / "out"
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.json", "report.md"]
    assert (folder / "report.md").read_text("utf-8") == done.stdout
    assert json.loads((folder / "report.json").read_text("utf-8"))["knobs"]["cases"] == 1
