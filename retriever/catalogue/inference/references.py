"""What points elsewhere and says nothing of a thing: links, pictures, mail, telephone numbers, postcodes, shelf marks.

By how the values are written; the name decides only where numbers look like amounts. Knows no files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .column import share
from .headers import says

_ADDRESS = re.compile(
    r"(?:https?:)?//\S+|www\.\S+|\S+\.(?:jpe?g|png|gif|webp|svg)(?:\?\S*)?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.I
)
_PHONE = re.compile(r"(?:\+\d|\(\+?\d{1,4}\))[\d\s().\-/]{5,}(?:\s*(?:x|ext\.?)\s*\d+)?", re.I)
_RUNG = re.compile(r"\+?[\d\s().\-/]{6,}")
_MARKED = re.compile(r"\w*\d\w*(?:[./:-]\w+)+")
_MOSTLY = 0.9
_DIFFERENT = 0.5
_SAMPLE = 500


def is_reference(name: str, filled: Sequence[Any]) -> bool:
    """Whether the cells of a column, or what they list, point elsewhere."""
    sample = filled[:: max(1, len(filled) // _SAMPLE)]
    parts = [part for cell in sample for part in (cell if isinstance(cell, list | tuple) else (cell,))]
    texts = [str(part).strip() for part in parts if isinstance(part, str | int | float) and not isinstance(part, bool)]
    if not texts or len(texts) < len(parts):
        return False
    if share(texts, _ADDRESS.fullmatch) > _MOSTLY or share(texts, _PHONE.fullmatch) > _MOSTLY:
        return True
    if says(name, "contact") and share(texts, _RUNG.fullmatch) > _MOSTLY:
        return True
    if says(name, "postcode") and all(text.removesuffix(".0").isdigit() for text in texts):
        return True
    different = len(set(texts)) > _DIFFERENT * len(texts)
    return different and says(name, "inventory") and share(texts, _MARKED.fullmatch) > _MOSTLY
