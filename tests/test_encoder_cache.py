"""The cache of vectors: a hit waits for nobody, a new key is computed once, and what fails spoils nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from penchant.retriever import Pictures, SentenceEncoder
from penchant.retriever.encoding.vector_cache import VectorCache

WAIT = 60
"""Seconds after which a test gives up; none waits for that long unless it fails."""


class Gate:
    """Work that does not end before it is let through."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()

    def wait(self) -> None:
        self.begun.set()
        assert self.open.wait(WAIT)

    @contextmanager
    def holding(self, work: Future[np.ndarray]) -> Iterator[None]:
        assert self.begun.wait(WAIT)
        try:
            yield
            assert not work.done()
        finally:
            self.open.set()


def rows(count: int) -> np.ndarray:
    return np.eye(1, 3, dtype=np.float32).repeat(count, axis=0)


class SlowModel:
    """In the place of a loaded model: a batch of more than one waits at the gate."""

    device = type("Device", (), {"type": "cpu"})

    def __init__(self, gate: Gate) -> None:
        self.gate = gate

    def encode(self, inputs: Sequence[object], **options: object) -> np.ndarray:
        if len(inputs) > 1:
            self.gate.wait()
        return rows(len(inputs))


def test_a_text_that_is_kept_does_not_wait_for_a_batch() -> None:
    gate, encoder = Gate(), SentenceEncoder()
    encoder._model = SlowModel(gate)  # type: ignore[assignment]
    encoder.encode(["kept"])
    with ThreadPoolExecutor(2) as pool:
        batch = pool.submit(encoder.encode, ["new", "newer"])
        with gate.holding(batch):
            assert pool.submit(encoder.encode, ["kept"]).result(WAIT).shape == (1, 3)
        assert batch.result(WAIT).shape == (2, 3)


def test_a_picture_that_is_kept_does_not_wait_for_a_batch(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.png" for n in range(3)]
    for path in paths:
        Image.new("RGB", (8, 8)).save(path)
    gate, pictures = Gate(), Pictures("none")
    pictures._model = SlowModel(gate)  # type: ignore[assignment]
    pictures.encode_pictures(paths[:1])
    with ThreadPoolExecutor(2) as pool:
        batch = pool.submit(pictures.encode_pictures, paths[1:])
        with gate.holding(batch):
            assert pool.submit(pictures.encode_pictures, paths[:1]).result(WAIT).shape == (1, 3)
        assert batch.result(WAIT).shape == (2, 3)


def test_a_new_key_is_computed_once_however_many_ask() -> None:
    gate, asked = Gate(), []

    def compute(keys: list[str]) -> np.ndarray:
        asked.extend(keys)
        gate.wait()
        return rows(len(keys))

    cache: VectorCache[str] = VectorCache(10)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(cache.vectors, ["a", "b"], compute)
        assert gate.begun.wait(WAIT)
        others = [pool.submit(cache.vectors, ["b", "a"], compute) for _ in range(3)]
        gate.open.set()
        assert all(len(one.result(WAIT)) == 2 for one in (first, *others))
    assert asked == ["a", "b"]


def test_two_that_wait_for_each_other_both_go_on() -> None:
    """Each computes its own key first, and only then takes the other's."""
    meeting = threading.Barrier(2, timeout=WAIT)

    def compute(keys: list[str]) -> np.ndarray:
        meeting.wait()
        return rows(len(keys))

    cache: VectorCache[str] = VectorCache(10)
    with ThreadPoolExecutor(2) as pool:
        both = [
            pool.submit(cache.vectors, ["a", "shared"], compute),
            pool.submit(cache.vectors, ["shared", "b"], compute),
        ]
        assert [len(one.result(WAIT)) for one in both] == [2, 2]


def test_what_one_thread_fails_at_another_does_itself() -> None:
    gate = Gate()

    def failing(keys: list[str]) -> np.ndarray:
        gate.wait()
        raise RuntimeError("no memory")

    cache: VectorCache[str] = VectorCache(10)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.vectors, ["a", "bad"], failing)
        assert gate.begun.wait(WAIT)
        second = pool.submit(cache.vectors, ["a"], lambda keys: rows(len(keys)))
        gate.open.set()
        with pytest.raises(RuntimeError, match="no memory"):
            first.result(WAIT)
        assert len(second.result(WAIT)) == 1
    assert len(cache) == 1


@given(st.lists(st.lists(st.integers(0, 9), max_size=12), max_size=8), st.integers(1, 6))
def test_it_keeps_the_last_and_is_right_whatever_it_forgot(asked: list[list[int]], most: int) -> None:
    cache: VectorCache[int] = VectorCache(most)
    seen: set[int] = set()
    for keys in asked:
        found = cache.vectors(keys, lambda new: np.array([[n] for n in new], np.float32))
        assert [int(vector[0]) for vector in found] == keys
        seen |= set(keys)
        assert len(cache) == min(most, len(seen))
        if len(set(keys)) <= most:
            cache.vectors(keys, None)  # type: ignore[arg-type]  # not called: what was asked for last is kept


def test_a_kept_vector_does_not_keep_its_batch() -> None:
    cache: VectorCache[int] = VectorCache(1)
    (vector,) = cache.vectors([0], lambda keys: rows(1000)[: len(keys)])
    assert vector.base is None
