"""The thread that a generator runs in: what comes out of it, and how it is left."""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Generator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.pump import Pump

LONG = 60.0


@given(st.lists(st.none() | st.integers() | st.just(ValueError("a value like others")), max_size=200))
def test_every_value_comes_in_its_order(values: list[object]) -> None:
    assert [*Pump(one for one in values)] == values


def test_what_goes_wrong_is_raised_where_it_is_read_after_what_came_before() -> None:
    def broken() -> Generator[int]:
        yield 1
        raise LookupError("gone")

    read = iter(Pump(broken()))
    assert next(read) == 1
    with pytest.raises(LookupError, match="gone"):
        next(read)


def test_a_silent_generator_is_left_at_the_deadline_and_closed_at_its_next_value() -> None:
    go, closed = threading.Event(), threading.Event()

    def silent() -> Generator[int]:
        try:
            go.wait(LONG)
            yield 1
        finally:
            closed.set()

    pump = Pump(silent(), time.monotonic() + 0.05)
    with pytest.raises(TimeoutError):
        next(iter(pump))
    assert pump.alive and not closed.is_set()
    go.set()
    pump.wait()
    assert closed.is_set() and not pump.alive


def test_a_deadline_that_has_passed_gives_nothing_though_values_wait() -> None:
    pump = Pump((n for n in range(3)), time.monotonic() - 1)
    with pytest.raises(TimeoutError):
        next(iter(pump))
    pump.wait()


def test_a_reader_that_is_ended_from_outside_is_told_at_once() -> None:
    go, reads = threading.Event(), threading.Event()
    asked: list[int] = []

    def silent() -> Generator[int]:
        for n in range(3):
            asked.append(n)
            go.wait(LONG)
            yield n

    pump, read = Pump(silent()), list[int]()

    def reader() -> None:
        reads.set()
        read.extend(pump)

    waiting = threading.Thread(target=reader)
    waiting.start()
    reads.wait(LONG)
    pump.end()
    waiting.join(LONG)
    assert not waiting.is_alive() and pump.alive  # though the generator is silent
    go.set()
    pump.wait()
    assert asked == [0] and read == [] and [*pump] == []


def test_a_generator_without_end_is_not_read_far_ahead_and_is_closed_when_its_reader_stops() -> None:
    given_out: list[int] = []
    closed = threading.Event()

    def endless() -> Generator[int]:
        try:
            for n in count():
                given_out.append(n)
                yield n
        finally:
            closed.set()

    pump = Pump(endless())
    for value in pump:
        if value == 5:
            break
    pump.wait()
    assert closed.is_set() and len(given_out) < 200


def test_context_variables_go_along() -> None:
    name = contextvars.ContextVar("name", default="nobody")

    def named() -> Generator[str]:
        yield name.get()

    name.set("somebody")
    assert [*Pump(named())] == ["somebody"]
