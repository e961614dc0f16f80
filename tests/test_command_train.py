"""`penchant train` and `penchant merge` as a person runs them, in processes of their own, on a small BERT."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from penchant.retriever import SentenceEncoder, build_index

from .conftest import PATIENCE, write_jsonl
from .small_bert import save_small_bert
from .test_command import check_refused, start
from .test_training import ITEMS, RATINGS, WORDS

pytestmark = [pytest.mark.slow, pytest.mark.extra("train")]

ROWS = [{"query": r.queries[0], "user": r.user, "item": r.item, "rating": r.rating} for r in RATINGS]
QUICK = ("--epochs", 0.5, "--batch-size", 8, "--rank", 4, "--scale", "1..5", "--liked", 4)


def penchant(home: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    process = start(home, arguments, **environment)
    out, err = process.communicate(timeout=PATIENCE)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_small_bert(tmp_path_factory.mktemp("base"), WORDS)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, base: Path) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build_index(ITEMS, folder, SentenceEncoder(str(base)))
    return folder


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "ratings.jsonl", ROWS)


def test_help_teaches(tmp_path: Path) -> None:
    done = penchant(tmp_path, "train", "--help")
    said = ('"query"', '"tags"', '"user"', "ratings.dat", "PENCHANT_ENCODER", "penchant[train]", "Ctrl-C", "Try:")
    assert done.returncode == 0 and all(part in done.stdout for part in said)


def test_from_ratings_to_picks(tmp_path: Path, index: Path, base: Path, ratings: Path) -> None:
    done = penchant(
        tmp_path, "train", ratings, "--catalogue", index, "--into", "new", *QUICK, PENCHANT_ENCODER=str(base)
    )
    assert done.returncode == 0, done.stderr
    assert f"{len(ROWS)} ratings used" in done.stdout and "nDCG@10" in done.stdout
    assert "export PENCHANT_ENCODER=new" in done.stdout and "calibration error" in done.stdout
    refused = penchant(tmp_path, "ask", "something scary", "--catalogue", index, PENCHANT_ENCODER="new")
    check_refused(refused, "was made with the encoder bert:", "index into a new folder")
    merged = penchant(tmp_path, "merge", "new", "--into", "whole")
    assert merged.returncode == 0 and (tmp_path / "whole" / "model.safetensors").is_file()
    items = write_jsonl(tmp_path / "items.jsonl", [{"id": i.id, "title": i.title, **i.fields} for i in ITEMS])
    made = penchant(tmp_path, "index", items, "--into", "again", PENCHANT_ENCODER="whole")
    assert made.returncode == 0, made.stderr
    asked = penchant(tmp_path, "ask", "--json", "something scary", "--catalogue", "again", PENCHANT_ENCODER="whole")
    assert asked.returncode == 0 and json.loads(asked.stdout)["turns"][0]["picks"]


@pytest.mark.extra("private")
def test_a_promise_to_each_person(tmp_path: Path, index: Path, base: Path, ratings: Path) -> None:
    private = ("--private", 8, "--into", "new", *QUICK)
    done = penchant(tmp_path, "train", ratings, "--catalogue", index, *private, PENCHANT_ENCODER=str(base))
    assert done.returncode == 0, done.stderr
    assert "-differential privacy: noise" in done.stdout and "not for publishing:" in done.stdout
    assert "## Privacy" in (tmp_path / "new" / "README.md").read_text(encoding="utf-8")


def test_ctrl_c_loses_nothing(tmp_path: Path, index: Path, base: Path, ratings: Path) -> None:
    arguments = ("train", ratings, "--catalogue", index, "--into", "new", *QUICK, "--epochs", 40, "--patience", 99)
    process = start(tmp_path, arguments, PENCHANT_ENCODER=str(base))
    checkpoints = tmp_path / "new" / "checkpoints"
    while process.poll() is None and not list(checkpoints.glob("checkpoint-*/trainer_state.json")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 and out == "", err
    assert "Checkpoints are kept" in err and "Traceback" not in err
    other = penchant(tmp_path, *arguments, "--seed", 1, PENCHANT_ENCODER=str(base))
    check_refused(other, "unfinished training on other ratings or settings")
    again = penchant(tmp_path, *arguments, PENCHANT_ENCODER=str(base))
    assert again.returncode == 0 and not checkpoints.exists(), again.stderr


@pytest.mark.parametrize(
    ("row", "options", "said"),
    [
        ({"query": "x", "item": "i1"}, (), ("ratings.jsonl:81: no rating",)),
        ({"query": "x", "item": "i1", "rating": 1}, ("--scale", "5..1"), ("--scale 5..1", "such as 1..5")),
        ({"query": "x", "item": "i1", "rating": 1}, ("--liked", "9"), ("--liked 9", "at most 5")),
        ({"query": "x", "item": "i1", "rating": 1}, ("--private", "8"), ("--private needs --scale, such as 1..5",)),
        (
            {"query": "x", "item": "i1", "rating": 1},
            ("--private", "8", "--scale", "1..5", "--loss", "contrastive"),
            ("the contrastive loss compares the people of a batch", "--loss mse or bce"),
        ),
    ],
)
def test_a_mistake_is_one_line(
    tmp_path: Path, index: Path, base: Path, row: dict[str, object], options: tuple[str, ...], said: tuple[str, ...]
) -> None:
    ratings = write_jsonl(tmp_path / "ratings.jsonl", [*ROWS, row])
    done = penchant(
        tmp_path, "train", ratings, "--catalogue", index, "--into", "new", *options, PENCHANT_ENCODER=str(base)
    )
    check_refused(done, *said)
    assert not (tmp_path / "new").exists()


def test_a_catalogue_alone_is_enough(tmp_path: Path, base: Path) -> None:
    """A file of items; what is written of them is measured, and kept or not by that."""
    items = write_jsonl(tmp_path / "items.jsonl", [{"id": i.id, "title": i.title, **i.fields} for i in ITEMS])
    arguments = ("--catalogue", items, "--into", "new", "--epochs", 0.5, "--batch-size", 8, "--rank", 4)
    done = penchant(tmp_path, "train", *arguments, PENCHANT_ENCODER=str(base))
    assert done.returncode == 0, done.stderr
    assert "wishes were written from the catalogue" in done.stdout and "nDCG@10" in done.stdout
    assert (tmp_path / "new").exists() is ("export PENCHANT_ENCODER=new" in done.stdout)


def test_options_on_ratings_are_refused_where_there_are_none(tmp_path: Path, index: Path, base: Path) -> None:
    asked = ("train", "--catalogue", index, "--into", "new", "--scale", "1..5")
    check_refused(penchant(tmp_path, *asked, PENCHANT_ENCODER=str(base)), "--scale is about ratings")
    assert not (tmp_path / "new").exists()
