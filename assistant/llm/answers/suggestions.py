"""What a model would pick of its own knowledge, as interests: works of the catalogue, or ideal items in words.

Knows nothing of what else an answer says.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from penchant.retriever import OPEN, SUGGESTED, Interest

from ...understanding.linking import Gazetteer
from ...understanding.text import shortened
from .works import Works

_IDEAL_STRENGTH = 0.5
"""Of each description of an ideal item."""
_MOST_IDEAL = 3
_NAMED = 3
"""How many of the suggested titles are named in the interest."""
_LONGEST = 200
_LONGEST_TITLE = 60


def suggestions(
    examples: Sequence[str], works: Works, gazetteer: Gazetteer, apart: Collection[str], quote: str
) -> list[Interest]:
    """At most one interest in works, none of which is in `apart` (ids); else one for each ideal item."""
    examples = [text for example in examples if 0 < len(text := example.strip()) <= _LONGEST]
    if not works.known:
        return [Interest(OPEN, e, _IDEAL_STRENGTH, source="model", quote=quote) for e in examples[:_MOST_IDEAL]]
    found = dict.fromkeys(works.find(example) for example in examples)
    items = tuple(item for item in found if item and item not in apart)
    if not items:
        return []
    more = f" and {len(items) - _NAMED} more" if len(items) > _NAMED else ""
    value = ", ".join(shortened(gazetteer.title(item), _LONGEST_TITLE) for item in items[:_NAMED]) + more
    return [Interest(SUGGESTED, value, source="model", quote=quote, items=items)]
