""" "Other films by the director of Jaws": who made an item is meant, and not the item.

Knows the gazetteer's rows and how fields of makers are called. Knows nothing of verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from penchant.retriever import Interest, Level

from ..cues import MAKER_WORDS
from ..linking import Gazetteer
from ..parsing import ParsedMessage
from ..text import before, forms
from .judgements import Judged

_OF = re.compile(
    rf"""\b(?:the\s+)?(?:same\s+)?(?P<who>{"|".join(MAKER_WORDS)})s?\s+(?:of|behind|as(?:\s+in)?|who\s+(?:made|wrote|directed|did))
        \s+(?:the\s+\w+\s+)?[\"“‘'《]?$""",
    re.I | re.X,
)


def by_makers(
    parsed: ParsedMessage, judged: Sequence[Judged], gazetteer: Gazetteer
) -> tuple[list[Judged], list[tuple[int, Interest]]]:
    """The verdicts, with items known whose makers are wanted, and those makers as wishes, where the text says so."""
    kept, wished = list[Judged](), list[tuple[int, Interest]]()
    for one in judged:
        said = _OF.search(before(parsed.text, one.named.start))
        makers = _makers(gazetteer, one.named.items, said["who"]) if said else []
        if not makers:
            kept.append(one)
        for facet, name in makers:
            level: Level = "never" if one.said in ("disliked", "ruled out") else "want"
            quote = f"{said[0] if said else ''}{parsed.text[one.named.start : one.named.end]}"
            wished.append((one.named.start, Interest(facet, name, level=level, quote=quote)))
    return kept, wished


def _makers(gazetteer: Gazetteer, items: Sequence[str], who: str) -> list[tuple[str, str]]:
    """The makers of some items by the field that is called so, or else by the first that any maker may be called by."""
    names = [name for name in gazetteer.schema.of("name", "facet") if set(forms(name)).intersection(MAKER_WORDS)]
    called = [name for name in names if who.casefold() in forms(name)] or names[:1]
    return [
        (field, value)
        for item in items
        if item in gazetteer
        for field in called
        for value in gazetteer.get(item).values(field)
    ]
