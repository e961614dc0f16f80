"""`penchant review`, and the file as the other commands are given it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from penchant.assistant.oversight import ReviewFile
from penchant.retriever import SentenceEncoder, build_index
from penchant.ui.cli import main

from .test_review import EVERY, RULES

pytestmark = pytest.mark.slow

Said = Callable[..., str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, sentence_encoder: SentenceEncoder) -> Path:
    home = tmp_path_factory.mktemp("home")
    build_index(EVERY, home / "films", sentence_encoder)
    return home


@pytest.fixture
def file(tmp_path: Path) -> ReviewFile:
    (tmp_path / "review.toml").write_text(RULES, encoding="utf-8")
    return ReviewFile(tmp_path / "review.toml")


@pytest.fixture
def said(home: Path, file: ReviewFile, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """What a command prints, on both streams; the review file is that of the environment."""
    monkeypatch.setenv("PENCHANT_HOME", str(home))
    monkeypatch.setenv("PENCHANT_REVIEW", str(file.path))

    def run(*words: object) -> str:
        monkeypatch.setattr(sys, "argv", ["penchant", *map(str, words)])
        with pytest.raises(SystemExit):
            main()
        return "".join(capsys.readouterr())

    return run


def test_the_queue_and_decisions_on_it(home: Path, file: ReviewFile, said: Said) -> None:
    queue = said("review", home / "films")
    assert "3 items wait for approval:" in queue and "wux-1  Zorblax 1  (themes is suicide)" in queue
    assert "2 are not shown:" in queue and "wux-3  Zorblax 3  (on the block list)" in queue
    assert said("review", "films", "approve", "wux-1", "seen \x1b[2J it", "--by", "anna") == "Zorblax 1 is shown.\n"
    assert "not shown: rejected by bo" in said("review", "films", "reject", "wux-1", "--by", "bo")
    assert "not shown: on the block list" in said("review", "films", "approve", "wux-3")
    assert "Galaxy Jest is not shown" in said("review", "films", "block", "film-1999")
    assert "is not shown: minutes is < 20" in said("review", "films", "note", "wux-2", "asked the maker")
    history = said("review", "films", "history").splitlines()
    assert [line.split("  ")[1] for line in history] == ["approve", "reject", "approve", "block", "note"]
    assert history[0].endswith("wux-1  Zorblax 1 by anna: seen [2J it")
    picks = said("ask", "a funny film about space", "--catalogue", home / "films", "-k", 20)
    assert "Laughing Dead" in picks and "Zorblax" not in picks and "Galaxy Jest" not in picks


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("approve", "nobody"), "needs the id of an item of the catalogue, not 'nobody'"),
        (("approve",), "needs the id"),
        (("note", "wux-1"), 'say what to note: note wux-1 "..."'),
        (("queue", "wux-1"), "queue takes no item"),
    ],
)
def test_a_wrong_use_says_what_to_do(file: ReviewFile, said: Said, words: tuple[str, ...], told: str) -> None:
    assert told in said("review", "films", *words) and file.read().decisions == ()


def test_a_file_is_needed_and_a_broken_one_is_refused(
    file: ReviewFile, said: Said, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.path.write_text("hold = 3", encoding="utf-8")
    for command in (("ask", "a comedy"), ("ui",), ("serve",), ("chat",), ("mcp",), ("review", "films")):
        told = said(*command, *(["--catalogue", home / "films"] if command[0] != "review" else []))
        assert f"penchant: {file.path}: the review file does not hold: hold: " in told and told.count("\n") == 1
    monkeypatch.delenv("PENCHANT_REVIEW")
    assert "name the review file: --review FILE" in said("review", "films")


def test_for_children_from_the_command_line(said: Said, home: Path) -> None:
    words = ("ask", "horror, as scary as can be", "--catalogue", home / "films", "-k", 20)
    assert "**The Cellar**" in said(*words)
    for_children = said(*words, "--audience", "children")
    assert "**The Cellar**" not in for_children and "**Laughing Dead**" not in for_children and "1. " in for_children
