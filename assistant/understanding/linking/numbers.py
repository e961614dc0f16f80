"""What a text says of the catalogue's numbers, whichever reader finds it.

Knows the readers and which goes first. Knows nothing of polarity.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..quantities import Range, find_amounts, find_orders, find_ordinals, find_ranges
from ..text import is_chinese, tokens
from .gazetteer import Gazetteer
from .lexicon import Entry


def find_numbers(text: str, gazetteer: Gazetteer) -> list[Range]:
    """What a text says of numbers: orders first ("the cheapest"), years and Chinese, then amounts of any field."""
    fields = gazetteer.number_fields
    found = find_orders(text, fields)
    found += _apart([*find_ordinals(text, fields)], found)
    stated = find_ranges(text, gazetteer.schema)
    others = [r for r in stated if fields.is_amount(r.facet) and not is_chinese(text[r.start : r.end])]
    found += _apart([r for r in stated if r not in others], found)
    found += find_amounts(text, fields, found, _numbered(text, gazetteer))
    return found + _apart(others, found)


def _numbered(text: str, gazetteer: Gazetteer) -> list[range]:
    """Where values and names end in a number: "PG-13" and "Windows 11" are no amounts."""
    words = tokens(text)

    def accept(entry: Entry, first: int, last: int) -> bool:
        return entry.kind != "title" and last - first > 1 and words[last - 1].text[0].isdigit()

    found = gazetteer.find(words, accept) if any(word.text[0].isdigit() for word in words) else []
    return [range(words[match.first].end, words[match.last - 1].end) for match in found if match.last - match.first > 1]


def _apart(ranges: Sequence[Range], known: Sequence[Range]) -> list[Range]:
    return [r for r in ranges if not any(k.meets(r.start, r.end) for k in known)]
