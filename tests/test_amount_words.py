"""Amounts, ranges and orders in words: whatever the field and its unit, in both languages."""

from __future__ import annotations

from itertools import product

import pytest

from penchant.assistant.explanation.question_text import question_text
from penchant.assistant.explanation.words import amount_text, range_text, speech
from penchant.retriever import HIGHEST, LOWEST, Field, Question, Schema

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


@pytest.mark.parametrize(
    ("name", "unit", "english", "chinese"),
    [
        ("miles per gallon", "mi", "under 19, 19 to 27 or over 27", "19以内"),
        ("dimensions", "", "under 19, 19 to 27 or over 27", "19以内"),
        ("weight", "kg", "under 19 kg, 19 kg to 27 kg or over 27 kg", "19 kg以内"),
        ("score", "", "under 19, 19 to 27 or over 27", "19以内"),
        ("price", "EUR", "under €19, €19 to €27 or over €27", "€19以内"),
        ("minutes", "min", "under 19 minutes, 19 minutes to 27 minutes or over 27 minutes", "19分钟以内"),
    ],
)
def test_a_question_says_once_what_it_asks_for(name: str, unit: str, english: str, chinese: str) -> None:
    schema = Schema((Field(name, "number", unit=unit),))
    question = Question(name, ("< 19", "19..27", "> 27"), 1.0)
    assert question_text(question, schema, speech("en")).endswith(f": {english}?")
    assert chinese in question_text(question, schema, speech("zh"))
