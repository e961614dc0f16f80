"""Numbers in words, against numbers written out by the book."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.understanding.text.numerals import CHINESE_NUMBER, NUMBER, number

ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
DIGITS = "零一二三四五六七八九"


def in_english(n: int) -> str:
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10 - 2] + (f"-{ONES[n % 10]}" if n % 10 else "")
    return f"{ONES[n // 100]} hundred" + (f" and {in_english(n % 100)}" if n % 100 else "")


def in_chinese(n: int) -> str:
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // unit % 10
        text += DIGITS[digit] + name if digit else "零" if text and not text.endswith("零") else ""
    return re.sub("^一十", "十", text.rstrip("零"))


@given(st.integers(1, 999))
def test_english(n: int) -> None:
    assert re.fullmatch(NUMBER, in_english(n)) and number(in_english(n)) == n


@given(st.integers(1, 9999))
def test_chinese(n: int) -> None:
    assert re.fullmatch(CHINESE_NUMBER, in_chinese(n)) and number(in_chinese(n)) == n


@given(st.integers(0, 99_999))
def test_digits(n: int) -> None:
    for written in (str(n), f"{n:,}"):
        assert re.fullmatch(NUMBER, written) and number(written) == n


@pytest.mark.parametrize(
    ("text", "value"),
    [("half an", 0.5), ("an", 1), ("a hundred", 100), ("two and a half", 2.5), ("1.5", 1.5), ("半", 0.5), ("两", 2)],
)
def test_other_forms(text: str, value: float) -> None:
    assert number(text) == value


@given(st.text())
def test_anything_that_the_patterns_take_is_a_number(text: str) -> None:
    for pattern in (NUMBER, CHINESE_NUMBER):
        for match in re.finditer(pattern, text, re.I):
            assert number(match[0]) >= 0


@pytest.mark.parametrize("text", ["", "many", "one banana", "百万"])
def test_anything_else_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        number(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two and a quarter", 2.25),
        ("three and three quarters", 3.75),
        ("one and a half", 1.5),
        ("a quarter of an", 0.25),
    ],
)
def test_a_whole_and_a_part(text: str, expected: float) -> None:
    assert re.fullmatch(NUMBER, text) and number(text) == expected
