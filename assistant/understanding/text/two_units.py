"""Amounts of two units, the smaller behind the larger: "1 hour 40 minutes", "six foot two", "one metre fifty"; and so
many of one to another: "kilowatt hours per hundred kilometres"."""

from __future__ import annotations

import re

from .numerals import MINUTES_ALONE, NUMBER, number

_ENDS = r"(?=\s*(?:$|[.,;:!?)+-]|(?:or|and|tall|high|long|plus|max|min|tops|at|in|who|with|upwards?)\b))"
_BEHIND = {
    "h": (
        60,
        rf"\s*,?\s*(?:and\s+)?(?P<said>{NUMBER})(?:\s*-?\s*m(?:in(?:ute)?s?)?\b|(?<=h[0-9]{{2}})\b)"
        rf"|\s+(?:and\s+)?(?P<bare>{MINUTES_ALONE})",
    ),
    "ft": (12, rf"\s*(?:and\s+)?(?P<said>{NUMBER})(?:\s*(?:[\"”″]|''|in(?:ch(?:es)?)?\b)|{_ENDS})"),
    "m": (
        100,
        rf"\s*(?:and\s+)?(?:(?P<said>{NUMBER})\s*(?:cm|centimet(?:re|er)s?)\b|(?P<bare>[1-9][0-9]|[a-z]+ty){_ENDS})",
    ),
}
"""Of a unit how many of the smaller it has, and how these are said behind it."""
_PATTERNS = {unit: (parts, re.compile(pattern, re.I)) for unit, (parts, pattern) in _BEHIND.items()}

_RATE = re.compile(
    r"(?P<of>[A-Za-z]+(?:\s[A-Za-z]+)?)(?:\s?/\s?|\s+(?:per|an?|to\s+(?:the|an?|every|each))\s+)"
    r"(?P<n>(?:100|(?:a\s+|one\s+)?hundred)(?=\s?[A-Za-z]))?\s?(?P<each>[A-Za-z]+)\b",
    re.I,
)


def rate_of_units(text: str, start: int) -> tuple[str, int] | None:
    """What begins there as so many of one to another, as units are written ("l/100km"), and where it ends."""
    said = _RATE.match(text, start) if start >= 0 else None
    return (f"{said['of']}/{'100' if said['n'] else ''}{said['each']}", said.end()) if said else None


def smaller_too(text: str, end: int, unit: str) -> tuple[float, int] | None:
    """By how much of a unit an amount is more that ends there, and where what says so ends; None where nothing does."""
    parts, pattern = _PATTERNS.get(unit, (1, None))
    match = pattern.match(text, end) if pattern else None
    try:
        more = number(match["said"] or match.groupdict().get("bare") or "") / parts if match else 1.0
    except ValueError:  # "one metre empty"
        return None
    return (more, match.end()) if match and more < 1 else None
