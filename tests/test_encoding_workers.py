"""Processes that encode: the same index as without them, also where one is killed on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from penchant.retriever import (
    EncodingWorkers,
    Index,
    Item,
    MemoryEngine,
    PenchantError,
    build_index,
    encoder_named,
    item_text,
)
from penchant.retriever.encoding import Vectors

from .conftest import HashEncoder, make_items
from .test_index import same

ITEMS = make_items(700, seed=8)


class DyingEncoder(HashEncoder):
    """Its process is killed at the first batch, as often as there are files to be removed in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def encode(self, texts: Sequence[str]) -> Vectors:
        for file in self.folder.iterdir():
            file.unlink(missing_ok=True)
            os.kill(os.getpid(), signal.SIGKILL)
        return super().encode(texts)


class RefusingEncoder(HashEncoder):
    def encode(self, texts: Sequence[str]) -> Vectors:
        raise PenchantError("no model here")


@pytest.fixture(scope="module")
def alone() -> Index:
    return build_index(ITEMS, MemoryEngine(), HashEncoder())


def built(workers: EncodingWorkers, items: Sequence[Item] = ITEMS) -> tuple[Index, HashEncoder]:
    encoder = HashEncoder()
    return build_index(items, MemoryEngine(), encoder, workers=workers), encoder


def check_vector_for_vector(index: Index, other: Index) -> None:
    assert index.catalogue.row == other.catalogue.row
    rows = range(len(other.catalogue))
    np.testing.assert_array_equal(index.vectors(rows), other.vectors(rows))


def test_the_index_is_the_same_vector_for_vector_and_this_process_encodes_no_item(alone: Index) -> None:
    index, encoder = built(EncodingWorkers(HashEncoder, 2))
    check_vector_for_vector(index, alone)
    assert not {item_text(item, index.schema) for item in ITEMS} & set(encoder.texts)


def test_a_killed_worker_is_replaced_and_nothing_is_lost(alone: Index, tmp_path: Path) -> None:
    for n in range(2):
        (tmp_path / f"{n}").touch()
    index, _ = built(EncodingWorkers(partial(DyingEncoder, tmp_path), 2))
    check_vector_for_vector(index, alone)
    assert not list(tmp_path.iterdir())


def test_workers_that_end_again_and_again_stop_the_work_which_goes_on_later(alone: Index, tmp_path: Path) -> None:
    for n in range(100):
        (tmp_path / f"{n}").touch()
    engine = MemoryEngine()
    with pytest.raises(PenchantError, match=r"end again and again.*use fewer \(--workers\); what is done is kept"):
        build_index(ITEMS, engine, HashEncoder(), workers=EncodingWorkers(partial(DyingEncoder, tmp_path), 1))
    index = build_index(ITEMS, engine, HashEncoder(), workers=EncodingWorkers(HashEncoder, 1))
    check_vector_for_vector(index, alone)


def test_what_an_encoder_raises_is_raised() -> None:
    with pytest.raises(PenchantError, match="no model here"):
        built(EncodingWorkers(RefusingEncoder, 1))


def test_where_nothing_is_new_no_worker_is_started(alone: Index) -> None:
    index = build_index(ITEMS, alone.engine, HashEncoder(), workers=EncodingWorkers(RefusingEncoder, 1))
    check_vector_for_vector(index, alone)


BUILDS = """
import os, sys
from penchant.retriever import EncodingWorkers, build_index
from penchant.retriever.encoding import HashEncoder
from tests.conftest import make_items

if __name__ == "__main__":
    def report(done, total):
        os.kill(os.getpid(), 9)
    workers = EncodingWorkers(HashEncoder, 2)
    build_index(make_items(700, seed=8), sys.argv[1], HashEncoder(), progress=report, workers=workers)
"""


def test_when_the_command_is_killed_its_workers_end_and_the_next_goes_on(alone: Index, tmp_path: Path) -> None:
    (tmp_path / "builds.py").write_text(BUILDS)
    root = Path(__file__).parents[1]
    command = [sys.executable, tmp_path / "builds.py", tmp_path / "films"]
    environment = os.environ | {"PYTHONPATH": f"{root}:{os.environ.get('PYTHONPATH', '')}"}
    # It returns when nobody holds its pipe any more: the workers do while they live.
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    encoder = HashEncoder()
    index = build_index(ITEMS, tmp_path / "films", encoder, workers=EncodingWorkers(HashEncoder, 2))
    assert same(index, alone)


@pytest.mark.slow
def test_the_real_encoder_gives_the_same_to_its_precision(shared_exports: None) -> None:
    make = partial(encoder_named, "onnx:all-MiniLM-L6-v2", Path(os.environ["PENCHANT_EXPORTS"]))
    encoder = make()
    alone = build_index(ITEMS[:300], MemoryEngine(), encoder)
    index = build_index(ITEMS[:300], MemoryEngine(), encoder, workers=EncodingWorkers(make, 2))
    rows = range(300)
    np.testing.assert_allclose(index.vectors(rows), alone.vectors(rows), atol=1e-5)
