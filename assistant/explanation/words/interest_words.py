"""Each interest as one says it: "under 2 hours", "like Up", "funny", "for 4 players".

Knows interests and their fields. Knows nothing of picks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from penchant.retriever import MENTION, OPEN, Interest, Schema
from penchant.retriever.ranking import InterestKey, limit_of

from ...understanding.text import is_chinese
from .amounts import range_text
from .field_words import NO, YES, truth_text
from .language import Speech, shortened

_TRUTHS = frozenset((*YES, *NO))
_BEYOND = {"<=": ">", ">=": "<", "<": ">=", ">": "<="}
_MOST = 4
"""Own words of no more characters are told in place of the value, in Chinese."""


def interest_text(interest: Interest, schema: Schema, speech: Speech) -> str:
    """One interest without its level: "under 2 hours", "like Up", "funny"; a sentence without its stop."""
    field = schema.field(interest.facet)
    if limit_of(interest) or (interest.facet == MENTION and interest.items):
        return interest.value
    if interest.facet == MENTION:
        return speech.say("like", title=shortened(interest.value))
    if interest.facet == OPEN:
        return speech.say("quoted", words=shortened(interest.value))
    if field and field.kind == "number":
        return range_text(field, interest.value, speech)
    return (truth_text(field, interest.value, speech) if field else "") or value_text(interest, speech)


def interest_texts(interests: Sequence[Interest], schema: Schema, speech: Speech) -> list[str]:
    """Each of several, and as one what lies between the least and the most of an item: "for 4 players"."""
    between = {key: text for least in interests for key, text in limits_between(least, interests, schema, speech)}
    return list(dict.fromkeys(between.get(i.key) or interest_text(i, schema, speech) for i in interests))


def limits_between(
    least: Interest, interests: Sequence[Interest], schema: Schema, speech: Speech
) -> Iterator[tuple[InterestKey, str]]:
    """Where one number is wished for and two columns are its ends: the two limits, and how they are said in one."""
    sign, _, number = least.value.partition(" ")
    low = schema.field(least.facet)
    if sign != "<=" or low is None or low.bound != "low":
        return
    for most in interests:
        high = schema.field(most.facet)
        if high and high.bound == "high" and (most.value, most.quote) == (f">= {number}", least.quote):
            text = speech.say("for amount", what=range_text(high, number, speech))
            yield from ((i.key, text) for i in (least, most))


def outside_text(interest: Interest, schema: Schema, speech: Speech) -> str:
    """What a limit with one end keeps out, in words: "over 2 hours" for "at most"; empty for other interests."""
    sign = next((sign for sign in _BEYOND if interest.value.startswith(sign)), "")
    if schema.kind(interest.facet) != "number" or not sign:
        return ""
    beyond = f"{_BEYOND[sign]} {interest.value.removeprefix(sign).strip()}"
    return interest_text(replace(interest, value=beyond), schema, speech)


def value_text(interest: Interest, speech: Speech) -> str:
    """The value; in Chinese in the person's own words where they said it so."""
    own = speech.language == "zh" and is_chinese(interest.quote) and len(interest.quote) <= _MOST
    return interest.quote if own else shortened(interest.value).rstrip(".。")


def is_truth(interest: Interest) -> bool:
    """Whether it is yes or no in a column of these, which one says by the column."""
    return interest.facet not in (OPEN, MENTION) and interest.value.casefold() in _TRUTHS
