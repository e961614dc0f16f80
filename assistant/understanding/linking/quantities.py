"""Numbers of any other field, by its name: "two bathrooms" where there are `baths`, "4 stars", "rated 4.3 or higher".

Knows the fields of a catalogue by their names; years, durations, pages and prices, which have units, are in ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from penchant.retriever import Schema

from .ranges import Range, number_fields

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: str(n) for n, word in enumerate(_WORDS)}
_N = rf"(?P<n>\d+(?:\.\d+)?|{'|'.join(_WORDS)})"
_BEFORE = (
    r"(?:(?P<least>at\s+least|more\s+than|over|above|min(?:imum)?)\s+|(?P<most>at\s+most|up\s+to|under|below)\s+)?"
)
_AFTER = (
    r"(?:\s*(?:(?P<more>\+|(?:or|and)\s+(?:more|higher|above|up|better|over))"
    r"|(?P<fewer>(?:or|and)\s+(?:less|fewer|lower|below|under)))(?![\w]))?"
)
_IN_GENERAL = frozenset("number of count amount total num avg average mean max min".split())
_ENDING = re.compile(r"(?:ing|ed|es|s)$")
_SHORTEST = 3


def find_quantities(text: str, schema: Schema, known: list[Range]) -> list[Range]:
    """The ranges that a text states for number fields by their names, outside of those that are known."""
    found: list[Range] = []
    apart = {schema.prior, *number_fields(schema).values()}
    for name in (name for name in schema.of("number") if name not in apart):
        for quantity in _of_field(text, name):
            if not any(r.start < quantity.end and quantity.start < r.end for r in (*known, *found)):
                found.append(quantity)
    return found


def _of_field(text: str, name: str) -> Iterator[Range]:
    for word in name.casefold().split("_"):
        stem = _ENDING.sub("", word)
        if word in _IN_GENERAL or len(stem) < _SHORTEST:
            continue
        thing = rf"{re.escape(stem)}[a-z]*"
        patterns = (
            rf"\b{_BEFORE}{_N}{_AFTER}[\s-]+{thing}(?:\s+rooms?)?\b",
            rf"\b{thing}\s+(?:of\s+|is\s+|:\s*)?{_BEFORE}{_N}\b{_AFTER}",
        )
        for pattern in patterns:
            for match in re.finditer(pattern, text, re.I | re.X):
                yield Range(name, _value(match), match.start(), match.end())


def _value(match: re.Match[str]) -> str:
    number = _NUMBERS.get(match["n"].casefold(), match["n"])
    if match["least"] or match["more"]:
        return f">= {number}"
    return f"<= {number}" if match["most"] or match["fewer"] else number
