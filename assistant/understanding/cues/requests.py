"""Refusals in the form of a question: "is it possible to have it without nuts?", "could you drop the boats?".

English. Knows nothing of catalogues.
"""

from __future__ import annotations

import re

_LEAD = r"^\W*(?:(?:and|but|so|ok(?:ay)?|well|hm+|sorry|hey|hi|hello|oh|um|please|then|also|actually)\b[\s,:]*)*"
_ASKED = re.compile(
    rf"""{_LEAD}(?:
      (?:can|could|will|would|might|may)\s+you\s+(?!(?:tell|say|explain|show\s+me\s+wh|remember|see|know)\b)
    | (?:can|could|may|might)\s+(?:i|we|it|they|there)\s+(?:please\s+|just\s+|also\s+|maybe\s+)?
        (?:get(?!\s+(?:there|here|in|to|by|home|back|around)\b)|have|be|come|do\s+without)\b
    | (?:is|would|will|might)\s+(?:it|that)\s+(?:be\s+)?(?:at\s+all\s+)?possible\b
    | (?:(?:is|are|would)\s+there\s+(?:be\s+)?)?(?:any|a|some)\s+(?:way|chance|possibility|option)\b
    | (?:do|does)\s+(?:it|they|that|there)\s+(?:really\s+|always\s+)?have\s+to\s+
        (?:be|have|include|contain|involve)\b)""",
    re.I | re.X,
)
_LEFT_OUT = re.compile(
    r"""\b(?:without|minus|avoid(?:ing)?|skip(?:ping)?|drop(?:ping)?|los(?:e|ing)|omit(?:ting)?|remov(?:e|ing)|ditch(?:ing)?
    |exclud(?:e|ing)|cut(?:ting)?|hid(?:e|ing)|with\s+no|free\s+of|have\s+to\s+(?:be|have|include|contain|involve))\b
    |\b(?:leav(?:e|ing)|tak(?:e|ing)|keep(?:ing)?)\b.*\bout\b""",
    re.I | re.X,
)


def asks_to_leave_out(text: str) -> bool:
    """Whether a message asks, politely, that something be left out: a wish, and no question."""
    return bool(_ASKED.search(text) and _LEFT_OUT.search(text))
