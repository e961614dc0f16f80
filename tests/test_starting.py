"""What a command does, and leaves alone, until it can answer."""

from __future__ import annotations

import gc
import weakref

import pytest

from penchant.ui.cli.console.collecting import all_kept


class _Circle:
    """Freed by the search for garbage alone."""

    def __init__(self) -> None:
        self.own = self


def test_nothing_is_looked_through_while_a_command_starts() -> None:
    before = gc.get_stats()
    with all_kept():
        kept = [[] for _ in range(100_000)]
        assert [one["collections"] for one in gc.get_stats()] == [one["collections"] for one in before]
    assert len(kept) == 100_000


def test_garbage_is_looked_for_again_after_a_start_and_after_one_that_failed() -> None:
    with pytest.raises(OSError), all_kept():
        raise OSError
    assert gc.isenabled()
    circle = weakref.ref(_Circle())
    gc.collect()
    assert circle() is None


def test_what_a_start_made_is_looked_through_no_more() -> None:
    frozen = gc.get_freeze_count()
    with all_kept():
        kept = [[] for _ in range(1000)]
    assert gc.get_freeze_count() >= frozen + len(kept)
    gc.unfreeze()
