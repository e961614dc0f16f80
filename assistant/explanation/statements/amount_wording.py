"""Amounts in everyday wording, written as they are read elsewhere. Knows English, and no catalogue."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from ...understanding.quantities.amounts import Amount, amounts
from ...understanding.text import NUMBER, number

_OVER = re.compile(r"over\s+", re.I)
_HAS = re.compile(r"up\s+to\s+|(?:have|has|had|got)\s+(?:only|just)?\s*(?:of|is|are|be|the|a|an)?\s*", re.I)
_NEXT = 8
"""So many letters between an amount and what it is for: " hours a week"."""
_NOT_QUITE = re.compile(r"\bnot\squite\b", re.I)
_PAST = re.compile(rf"\bpast(?=\s+(?:the\s+)?{NUMBER}\b)", re.I)
_THE_HOUR = re.compile(r"\bthe(?=\s+(?:hour|half)\b)", re.I)
_A_NUMBER = re.compile(rf"\ban?\s+(?=(?!an?\b|half\b){NUMBER}[-\s])", re.I)
_PRICE = re.compile(
    r"\b(?P<whole>(?:thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
    r"\s(?P<part>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?![-\w])",
    re.I,
)
_SCALE = re.compile(rf"(?<=\d)\s+out\s+of\s+(?:{NUMBER})\b", re.I)
_QUARTERS = re.compile(
    r"\b(?:(?P<hour>(?:an|one)\s+hour\s+and\s+)(?:a\s+quarter|(?P<most>three\s+quarters))\b"
    r"|(?:a\s+quarter|(?P<three>three\s+quarters))\s+of\s+an\s+hour\b)",
    re.I,
)


def plainer(text: str) -> str:
    """With "an hour" for "the hour", minutes for quarters of one, "two-hour" for "a two-hour", 8.50 for "eight fifty",
    and no scale behind a mark ("4.5 out of 5"): as long as before."""
    text = _SCALE.sub(_blanked, _PRICE.sub(_with_decimals, _QUARTERS.sub(_in_minutes, text)))
    text = _PAST.sub("over", _THE_HOUR.sub(" an", _NOT_QUITE.sub("almost   ", text)))
    return _A_NUMBER.sub(_blanked, text)


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _with_decimals(match: re.Match[str]) -> str:
    return f"{number(match['whole']):g}.{number(match['part']):g}".ljust(len(match[0]))


def _in_minutes(match: re.Match[str]) -> str:
    minutes = 60 * bool(match["hour"]) + (45 if match["most"] or match["three"] else 15)
    return f"{minutes} minutes".ljust(len(match[0]))


def amounts_of_items(text: str, counted: Collection[str]) -> list[Amount]:
    """The amounts of a text about items with their bounds, without the week of "two hours a week" and the kilo of "ten
    less a kilo"."""
    found = list(amounts(text, counted))

    def is_rate(amount: Amount) -> bool:
        is_one = text[amount.first : amount.last].casefold() in ("a", "an")
        return is_one and any(0 < amount.first - place <= _NEXT for o in found for place in (o.last, o.end))

    return [_bound(text, amount) for amount in found if not is_rate(amount)]


def _bound(text: str, amount: Amount) -> Amount:
    """An amount without the bound that "I have 100" would set, where it is said of an item: it "has 12 rooms", is for
    "up to five", goes on "over four weeks"."""
    led = text[amount.start : amount.first]
    if _OVER.fullmatch(led) and not (amount.unit and amount.unit.dimension == "money"):
        return replace(amount, sign=">=")
    return replace(amount, sign="", start=amount.first) if _HAS.fullmatch(led) else amount
