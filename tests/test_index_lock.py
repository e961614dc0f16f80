"""Two who write into one folder: the second is told who does, and nothing of two catalogues is mixed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from penchant.retriever import IndexMismatch, build_index, open_index

from .conftest import HashEncoder, make_items

ITEMS = make_items(300, seed=4)
ROOT = Path(__file__).parents[1]
WRITES = """
import sys
from pathlib import Path
from penchant.retriever import build_index
from penchant.retriever.encoding import HashEncoder
from tests.conftest import make_items

def wait(done, total):
    print(done, flush=True)
    sys.stdin.readline()

build_index(make_items(300, seed=5), Path(sys.argv[1]), HashEncoder(), progress=wait)
"""


@contextmanager
def writing(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of writing another catalogue there; it is killed at the end."""
    words = [sys.executable, "-c", WRITES, str(folder)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        assert int(process.stdout.readline()) < 300
        try:
            yield process
        finally:
            process.kill()


def test_the_second_writer_is_told_who_writes_and_what_to_do(tmp_path: Path) -> None:
    with writing(tmp_path / "new") as process, pytest.raises(IndexMismatch) as refused:
        build_index(ITEMS, tmp_path / "new", HashEncoder())
    said = str(refused.value)
    assert f"process {process.pid} on " in said and str(tmp_path / "new") in said
    assert "wait until it is done, or stop it" in said and "\n" not in said


def test_the_lock_of_a_killed_process_is_free_and_nothing_is_mixed(tmp_path: Path) -> None:
    with writing(tmp_path):
        pass
    index = build_index(ITEMS, tmp_path, HashEncoder())
    assert {item.id: item for item in index.catalogue.items} == {item.id: item for item in ITEMS}


def test_who_has_patience_goes_on_when_the_other_is_done(tmp_path: Path) -> None:
    with writing(tmp_path) as process:
        assert process.stdin
        process.stdin.write("\n" * 10)
        process.stdin.close()
        index = build_index(ITEMS, tmp_path, HashEncoder(), patience=240)
    assert {item.id: item for item in index.catalogue.items} == {item.id: item for item in ITEMS}


def test_where_nothing_differs_nothing_is_written_and_nobody_is_waited_for(tmp_path: Path) -> None:
    build_index(ITEMS, tmp_path, HashEncoder())
    before = open_index(tmp_path, HashEncoder()).engine.metadata()
    build_index(list(reversed(ITEMS)), tmp_path, HashEncoder())
    assert open_index(tmp_path, HashEncoder()).engine.metadata() == before
    assert os.listdir(tmp_path).count("writing.lock") == 1
