"""Names that a message gives and the catalogue does not have: "a film by Zarquon Blip".

They stay what they are, words; but the person is told. Knows nothing of interests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..spans import LabelledSpan
from ..text import before
from .parsed_message import ParsedMessage

_ASKING = re.compile(
    r"""(?:\b(?:do\s+you\s+(?:have|sell|stock|carry|do)|have\s+you\s+got|got|is\s+there|are\s+there)(?:\s+(?:any|some|an?))?
    |\b(?:course|class|book|film|movie|something|anything|documentary|lesson)s?\s+(?:in|on|about))\s+$""",
    re.I | re.X,
)
_OPENING = re.compile(r"(?:^|[.!?]\s*)$")


def unknown_names(parsed: ParsedMessage) -> Iterator[str]:
    """What is wanted by name and nothing in the catalogue bears, as it is written; of other things those that are asked
    for outright, or are written as names."""
    for span in parsed.reading.spans if parsed.reading else ():
        words = parsed.content(span.start, span.end)
        known = any(span.meets(parsed.begin(m), parsed.end(m)) for m in parsed.matches)
        if span.side != "want" or not words or known or any(r.meets(span.start, span.end) for r in parsed.ranges):
            continue
        unheard = [w.form not in parsed.gazetteer.words for w in words]
        named = span.kind in ("name", "title")
        if any(unheard) if named else all(unheard) and _is_told(parsed, span):
            yield parsed.text[span.start : span.end]


def _is_told(parsed: ParsedMessage, span: LabelledSpan) -> bool:
    led = before(parsed.text, span.start)
    return bool(_ASKING.search(led)) or (parsed.text[span.start].isupper() and not _OPENING.search(led))
