"""Calls that come while a function is at work become one call of it; nobody waits alone, and each gets their own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from penchant.retriever.batching import Batching

from .conftest import PATIENCE


class Work:
    """Doubles numbers; the first call of it lasts until it is let go. A negative number cannot be doubled."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, keys: list[int]) -> Sequence[int]:
        self.calls.append(keys)
        if len(self.calls) == 1:
            self.begun.set()
            assert self.go.wait(PATIENCE)
        if min(keys) < 0:
            raise ValueError("negative")
        return [2 * key for key in keys]


def waiting(batching: Batching[int, Sequence[int]], count: int) -> None:
    """Returns when so many calls wait for the one at work."""
    deadline = threading.Event()
    while len(batching._waiting) < count:
        deadline.wait(0.001)


def while_busy(
    batching: Batching[int, Sequence[int]], work: Work, calls: Sequence[Sequence[int]]
) -> list[Future[Sequence[int]]]:
    """The calls, all made while the first is at work."""
    with ThreadPoolExecutor(len(calls) + 1) as pool:
        first = pool.submit(batching, [1])
        assert work.begun.wait(PATIENCE)
        others = []
        for n, keys in enumerate(calls):
            others.append(pool.submit(batching, keys))
            waiting(batching, n + 1)
        work.go.set()
    return [first, *others]


def test_who_comes_alone_does_not_wait_and_who_comes_meanwhile_goes_together() -> None:
    work = Work()
    found = while_busy(Batching(work, 8), work, [[2], [3, 4], [5]])
    assert [done.result() for done in found] == [[2], [4], [6, 8], [10]]
    assert work.calls == [[1], [2, 3, 4, 5]]


def test_a_batch_has_an_end() -> None:
    work = Work()
    found = while_busy(Batching(work, 3), work, [[2, 3], [4, 5], [6]])
    assert [done.result() for done in found] == [[2], [4, 6], [8, 10], [12]]
    assert work.calls == [[1], [2, 3], [4, 5, 6]]


def test_who_brings_a_whole_batch_waits_for_nobody() -> None:
    work = Work()
    batching = Batching(work, 3)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(batching, [1])
        assert work.begun.wait(PATIENCE)
        assert batching([2, 3, 4]) == [4, 6, 8] and not first.done()
        work.go.set()


def test_what_goes_wrong_is_told_to_all_of_the_batch_and_to_nobody_after() -> None:
    work = Work()
    batching = Batching(work, 2)
    first, *both, after = while_busy(batching, work, [[2], [-1], [3]])
    for done in both:
        with pytest.raises(ValueError, match="negative"):
            done.result()
    assert first.result() == [2] and after.result() == [6] and batching([7]) == [14]


def test_many_at_once_get_their_own() -> None:
    work = Work()
    work.go.set()
    batching = Batching(work, 16)
    with ThreadPoolExecutor(32) as pool:
        assert list(pool.map(lambda n: batching([n, n + 1]), range(500))) == [[2 * n, 2 * n + 2] for n in range(500)]
