"""What a command does, and leaves alone, until it can answer."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest

from penchant.retriever.catalogue.values.subdivisions import _CODE, _by_country
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


def test_what_only_a_language_model_needs_is_loaded_with_one() -> None:
    script = "import penchant.assistant.wiring, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert "penchant.assistant.explanation.templates" in loaded
    assert not [name for name in loaded if name.startswith("penchant.assistant.explanation.grounding")]


def test_every_code_of_a_state_has_the_form_by_which_all_of_them_are_loaded() -> None:
    assert [code for known in _by_country().values() for code in known if not _CODE.fullmatch(code)] == []
