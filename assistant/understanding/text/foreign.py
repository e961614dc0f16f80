"""Small words of other languages that turn a wish round, or would be taken to: read as English ones, every other
character where it was.

Knows no grammar: of messages in other languages only that much is heard.
"""

from __future__ import annotations

import re

_NO = re.compile(
    r"""\b(?:geen|niet|zonder|fuera\s+de|sem|utan|uden)(?=\s+\w)
    | (?<!of\s)(?<!about\s)(?<!the\s)(?<!a\s)(?<!and\s)(?<!or\s)
    \bsin(?=\s+\w)(?!\s+(?:and|or|of|is|in|city|eater)\b)""",
    re.X,
)
"""In small letters: "Sin City" is a title. "Sin" itself is English behind what stands before nouns."""

_AN = re.compile(r"\bun(?=\s)")
"""No part of a word that says no."""


def in_english(text: str) -> str:
    """A text, as long as it was, with words of refusal and articles of other languages in English."""
    return _AN.sub("an", _NO.sub(lambda match: "no".ljust(len(match[0])), text))
