"""Conversations of strangers that end in a question, an acceptance, a remark or a wish, and what they change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from penchant.retriever import DEFAULT_MODEL
from penchant.retriever.encoding import encoder_named

from .benchmarks.talk import Played, assistants, play, talks

LEAST = {"question": 57, "about-me": 3, "accept": 10, "seen": 8, "smalltalk": 7, "wish": 11}
"""Of 57, 3, 10, 10, 8 and 12."""


@pytest.fixture(scope="module")
def played() -> Sequence[Played]:
    return list(play(talks(), assistants(encoder_named(DEFAULT_MODEL))))


@pytest.mark.slow
def test_what_is_no_wish_changes_nothing_but_its_mark(played: Sequence[Played]) -> None:
    right = Counter(p.talk.last for p in played if p.as_it_should)
    assert not {last: right[last] for last, least in LEAST.items() if right[last] < least}


@pytest.mark.slow
def test_words_for_people(played: Sequence[Played]) -> None:
    """No comparison signs, scores or names of blocks, whatever was said."""
    unlovely = [p.reply.text for p in played if any(sign in p.reply.text for sign in (">=", "<=", "< ", "+0.", "_"))]
    assert not unlovely
