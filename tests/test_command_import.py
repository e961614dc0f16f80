"""`penchant import` and `penchant taste` as a person runs them, in processes of their own."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from penchant.assistant import Mark, import_taste
from penchant.retriever import SentenceEncoder, build_index

from .exports import film, letterboxd
from .test_command import ITEMS, start

pytestmark = pytest.mark.slow

HISTORY = letterboxd(
    [film("Galaxy Quest", 1999, 5), film("Patton", 1970, 1)],
    watched=[film("Alien", 1979)],
    watchlist=[film("Notting Hill", 1999)],
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, sentence_encoder: SentenceEncoder) -> Path:
    """A folder with a history and an index."""
    folder = tmp_path_factory.mktemp("import")
    build_index(ITEMS, folder / "films", sentence_encoder)
    (folder / "history.zip").write_bytes(HISTORY)
    return folder


def run(home: Path, *arguments: object, code: int = 0) -> str:
    """What a command says; of one that fails, what it says of that."""
    process = start(home, arguments)
    out, err = process.communicate()
    assert process.returncode == code, err
    return err if code else out


def test_a_history_becomes_a_taste_that_other_commands_take(home: Path) -> None:
    bring = ("import", "history.zip", "--catalogue", "films", "--into", "taste.json", "--report", "report.csv")
    assert "4 of 4 rows are in the catalogue: 1 liked, 1 disliked, 1 seen, 1 on the list." in run(home, *bring)
    assert {row["outcome"] for row in csv.DictReader((home / "report.csv").read_text().splitlines())} == {"matched"}
    taste = import_taste((home / "taste.json").read_text())
    assert Mark("quest", "liked", "seen", date(2024, 1, 2)) in taste.marks and Mark("hill", "wanted") in taste.marks
    asked = ("ask", "anything", "--catalogue", "films", "--taste", "taste.json", "--mode", "list", "--json")
    played = json.loads(run(home, *asked))
    assert [pick["id"] for pick in played["turns"][0]["picks"]] == ["hill"] and played["session"]["mode"] == "list"
    assert "Notting Hill" in run(home, "taste", "for-you", "taste.json", "--catalogue", "films")
    assert "taste.json is there already" in run(home, *bring, code=1)


def test_tastes_are_compared_merged_and_described(home: Path) -> None:
    for name, version, item, mark in (("one", 3, "y", "seen"), ("other", 2, "x", "liked")):
        taste = {"format": "penchant taste", "version": version, "items": [{"item": item, "mark": mark}]}
        (home / f"{name}.json").write_text(json.dumps(taste))
    assert run(home, "taste", "diff", "one.json", "other.json") == "- y: seen\n+ x: liked\n"
    run(home, "taste", "merge", "one.json", "other.json", "--into", "both.json")
    assert import_taste((home / "both.json").read_text()).marks == (Mark("y", "seen"), Mark("x", "liked"))
    jsonschema.validate(json.loads((home / "both.json").read_text()), json.loads(run(home, "taste", "schema")))
    assert "no history that can be read" in run(
        home, "import", "both.json", "--into", "no.json", "--catalogue", "films", code=1
    )
