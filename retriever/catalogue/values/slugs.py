"""Names as addresses write them: "black-opium", "ultra-male". Knows nothing of what they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ENOUGH = 0.97
_JOINED = 0.3
"""So many have several words. Of fewer the hyphens are their own: "ho-oh" among names of one word."""
_LETTERED = 0.9
_LINE = re.compile(r"(?<=[^\W_])_(?=[^\W_])")


def are_slugs(texts: Sequence[str]) -> bool:
    """Whether texts are names in small letters with hyphens for blanks, all of them; not so of codes."""
    plain = [text.strip() for text in texts]
    if sum("-" in text for text in plain) < max(2, _JOINED * len(plain)):
        return False
    slugs = [text for text in plain if text == text.lower() and _SLUG.fullmatch(text)]
    lettered = sum(re.search(r"[^\W\d_]{3}", text) is not None for text in slugs)
    return len(slugs) >= _ENOUGH * len(plain) and lettered >= _LETTERED * len(plain)


def are_joined(texts: Sequence[str]) -> bool:
    """Whether texts have lines where others have blanks: "Autumn_Sonata"; none of them has a blank."""
    if any(" " in text.strip() for text in texts):
        return False
    return sum(_LINE.search(text) is not None for text in texts) >= max(2, _JOINED * len(texts))


def unhyphenated(slug: str) -> str:
    """A slug as people write what it names: "black-opium" is "black opium"."""
    return slug.strip().replace("-", " ")
