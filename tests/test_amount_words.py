"""Amounts, ranges and orders in words: whatever the field and its unit, in both languages."""

from __future__ import annotations

from itertools import product

import pytest

from penchant.assistant.explanation.words import amount_text, range_text, speech
from penchant.retriever import HIGHEST, LOWEST, Field

NAMES = ("price", "minutes", "year", "rating", "weight", "players", "x")
UNITS = ("", "money", "EUR", "min", "h", "s", "year", "date", "kg", "/5", "%", "count", "age")
DAYS = ("7", "4.5..5")
"""Small numbers of a date are days of the week."""
RANGES = ("<= 3", "< 100", "> 3", ">= 2.5", "7", "1990..1999", "4.5..5")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("name", "unit"), [*product(NAMES, UNITS)])
def test_each_range_and_order_has_words(name: str, unit: str, language: str) -> None:
    field, words = Field(name, "number", unit=unit), speech(language)
    for value in RANGES:
        said = range_text(field, value, words)
        if unit == "date" and value in DAYS:
            assert said and "{" not in said
            continue
        assert any(c.isdigit() for c in said) and "{" not in said, (value, said)
    ends = [range_text(field, value, words) for value in (HIGHEST, LOWEST)]
    assert all(said and "{" not in said for said in ends) and ends[0] != ends[1]
    assert amount_text(field, 3, words)
