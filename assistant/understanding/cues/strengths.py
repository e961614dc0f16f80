"""How much a thing matters to the person: "maybe a bit of jazz", "above all funny", "the plot is less important".

English and Chinese. Knows nothing of levels or interests.
"""

from __future__ import annotations

import re

WEAK, STRESSED = 0.5, 1.0
BESIDE = 0.75
"""Factor on what is not stressed, where something else in the message is: strength is relative."""

_FILLER = r"(?:\W+(?:some(?:thing)?|an?|the|of|be|have|with|in|like|it|more|bit|little|one|is|for|to))*\W*$"
_WEAK_BEFORE = re.compile(
    rf"""\b(?:maybe|perhaps|possibly|a\s+(?:little\s+)?bit|a\s+(?:touch|hint|dash|pinch|little|drop)|slightly|somewhat
        |kind\s+of|sort\s+of|kinda|ideally|preferably|if\s+possible|could\s+be|less\s+important(?:ly)?){_FILLER}
    | (?:也许|可能|或许|稍微|有一?点|最好|略带|带点)(?:是|有)?$""",
    re.I | re.X,
)
_WEAK_AFTER = re.compile(
    r"""\s*(?:if\s+possible|would\s+be\s+(?:nice|a\s+(?:plus|bonus))|maybe\b|ideally|preferably|is\s+optional|is\s+secondary
        |(?:is|are|matters?)\s+(?:less|not\s+(?:so|that|very|as|too))\s+important
        |matters?\s+less|(?:is|are)\s+a\s+(?:plus|bonus))
    | (?:片)?(?:也许|不(?:太|那么|是很)重要|次要|更好|优先)""",
    re.I | re.X,
)
_STRESSED_BEFORE = re.compile(
    rf"""\b(?:definitely|certainly|absolutely|above\s+all|especially|most\s+of\s+all|most(?:ly)?\s+important(?:ly)?
        |more\s+important(?:ly)?|particularly|primarily|mainly|first\s+and\s+foremost|crucially|must(?=\s+(?:be|have))
        |(?:has|have|needs?)(?=\s+to\s+(?:be|have))|very|extremely|really(?!\s+(?:like|love|enjoy|want|need)))
        (?:\s+(?:must|has\s+to|have\s+to|needs\s+to))?{_FILLER}
    | (?:一定要?|必须要?|特别|非常|尤其是?|最重要的?是?|主要是?|关键是?)(?:是|有)?$""",
    re.I | re.X,
)
_STRESSED_AFTER = re.compile(
    r"""\s*(?:above\s+all|most\s+of\s+all|(?:is|are)\s+(?:a\s+must|(?:the\s+)?most\s+important|(?:much\s+)?more\s+important
        |essential|crucial|key)|matters?\s+(?:the\s+)?mo(?:st|re)|for\s+sure|definitely)\b
    | (?:片)?(?:更|最|很)重要""",
    re.I | re.X,
)
IMPORTANCE = re.compile(
    r"""\b(?:is|are|matters?)\s+(?:(?:the\s+)?(?:most|much\s+more|more|less)|not\s+(?:so|that|very|as|too))\s+important\b
        (?:\s+(?:than|as)\s+(?:the\s+)?\w+)?
    | \bmatters?\s+(?:(?:the\s+)?most|more|less)\b | (?:更|最|很|不太|不那么|不是很)重要|次要""",
    re.I | re.X,
)
"""What says how important a thing is, and nothing else."""


def strength(before: str, after: str) -> float | None:
    """WEAK or STRESSED, by the words of its sentence before a thing (or its list) and after it; None for neither."""
    if _WEAK_BEFORE.search(before) or _WEAK_AFTER.match(after):
        return WEAK
    if _STRESSED_BEFORE.search(before) or _STRESSED_AFTER.match(after):
        return STRESSED
    return None
