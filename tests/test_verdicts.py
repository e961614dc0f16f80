"""What is said of something named before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.understanding.cues.verdicts import verdict

SAID = {
    "disliked": [
        "was boring",
        "is so overrated",
        "was a bit of a mess, was just bad",
        "I hated it",
        "I didn't like it",
        "I did not really enjoy that one",
        "wasn't very good",
        "not for me",
        "not my cup of tea",
        "no thanks",
        "it's terrible",
        "was hot garbage",
    ],
    "liked": [
        "was great",
        "is one of my favourites",
        "was absolutely brilliant",
        "I loved it",
        "I really liked that one",
        "sounds great",
        "I'll check it out",
        "great pick",
        "it's a classic",
        "loved it!",
    ],
    "seen": ["I've seen it", "I have already seen that", "we watched it", "already read", "seen both"],
    None: [
        "",
        "I haven't seen it",
        "I've never seen it",
        "a comedy",
        "but hated ",  # what is hated comes next
        " and I loved ",
        "I would like something light",
        "is it long?",
        "没看过",
    ],
}


@pytest.mark.parametrize(("text", "expected"), [(text, name) for name, texts in SAID.items() for text in texts])
def test_verdict(text: str, expected: str | None) -> None:
    assert verdict(text) == expected


@given(st.text())
def test_any_text_has_one_or_none(text: str) -> None:
    assert verdict(text) in ("liked", "disliked", "seen", None)
