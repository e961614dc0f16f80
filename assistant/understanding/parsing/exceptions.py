"""What a refusal does not cover: "no fish, apart from prawns", "a party without cake isn't a party".

English. Knows nothing of catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..cues import Scope
from ..spans import LabelledSpan

_EXCEPT = re.compile(
    r"""\bwith\s+(?:the|one|an?)\s+(?:\w+\s+)?exception(?:\s+of|:)?\s
    | \bexcept(?:ing)?(?:\s+for)?\b | \b(?:apart|aside)\s+from\b | \bother\s+than\b | \bsave\s+for\b
    | \bunless\s+it(?:['’]s|\s+is)\b""",
    re.I | re.X,
)
_OF_ALL = re.compile(r"\b(?:any|every|all|what|who)\w*\s+(?:\w+\s+){0,2}$", re.I)
"""What an exception to a wish stands behind: "anything except horror"."""

_NOT_ONE_WITHOUT = re.compile(
    r"""\b(?P<thing>[^\W\d_]{3,})\b[^.!?\n]{0,40}?\b(?:with\s+no|without(?:\s+any)?|minus|(?:has|have)(?:\s+no|n['’]t(?:\s+got)?))\b
    [^.!?\n]{1,40}?\b(?:is|are)(?:n['’]?t|\s+not|\s+no|\s+hardly)\s+(?:(?:an?|any|really|much\s+of\s+a)\s+)*(?P=thing)\b""",
    re.I | re.X,
)
_NOT = r"(?:\b(?:not|never|cannot|hardly|nobody|no\s+one)\b|n['’]?t\b)"
_DENIED_TWICE = re.compile(
    rf"""(?:^|[.!?,;]\s*|\b(?:and|but|well|on|mean)\s+)who\s+(?:would|could|can|do|does)(?:\s+not|n['’]?t)\s+(?:\w+\s+)?\w+
    | \bwhat(?:['’]?s|\s+is)\s+(?:there\s+)?not\s+to\s+\w+(?:\s+about)?
    | {_NOT}\s+(?:\w+\s+){{0,2}}?(?:against|averse\s+to|opposed\s+to|mind|dislike|hate|object\s+to|resist|refuse
        |say(?:ing)?\s+no\s+to|turn(?:ing)?\s+down|(?:live|do|be|go)\s+without|go\s+wrong\s+with|complain\s+about
        |(?:get|have|had)\s+enough\s+of|beats?)\b
    | \b(?:you|one|we)\s+can(?:['’]?t|not|\s+never)\s+(?:ever\s+)?have\s+(?:too\s+(?:many|much)|enough)
    | \b(?:nobody|no\s+one)\b[^.!?;,\n]{{0,30}}?\b(?:better|nicer|finer)\b[^.!?;,\n]{{0,30}}?\bthan\b""",
    re.I | re.X,
)
"""Two denials that make a wish, or at least nothing refused: "who doesn't love pizza", "I'm not against it"."""

_SENTENCE = re.compile(r"[.!?\n]+(?=\s|$)")
_CLAUSE_END = re.compile(r"[.!?;,\n]|\bbut\b", re.I)
_STOP = re.compile(r"[.!?;\n]+(?=\s|$)|\s[-–—]\s|,\s*(?!(?:and|or|nor)\b)|\bbut\b", re.I)


def indispensable(text: str) -> list[tuple[int, int]]:
    """Where a thing is said to be none without another, which so is wanted: "a party without cake isn't a party"."""
    return [match.span() for match in _NOT_ONE_WITHOUT.finditer(text)]


def denied_twice(text: str) -> list[tuple[int, int]]:
    """Where a message denies a refusal, so that what follows is not refused."""
    return [match.span() for match in _DENIED_TWICE.finditer(text)]


def let_be(text: str, spans: Iterable[LabelledSpan]) -> list[tuple[int, int]]:
    """What the model takes for refused right behind what denies that."""
    ends = [(end, _CLAUSE_END.search(text, end)) for _, end in denied_twice(text)]
    reach = [(end, stop.start() if stop else len(text)) for end, stop in ends]
    refused = ((s.start, s.end) for s in spans if s.side in ("less", "never"))
    return [(start, end) for start, end in refused if any(low <= start < high for low, high in reach)]


def excepted(text: str, spans: Iterable[LabelledSpan], cued: Iterable[Scope]) -> list[Scope]:
    """What is taken out of what the model or wording refuses before it."""
    barred = [(s.start, s.end) for s in spans if s.side == "never"]
    return exceptions(text, [*barred, *((s.start, s.end) for s in cued if s.level == "never")])


def exceptions(text: str, refused: Iterable[tuple[int, int]]) -> list[Scope]:
    """The exceptions to what is refused (stretches) before them, in their sentence or the one before it: where the
    words of each begin, and what it takes out."""
    refused = list(refused)
    found = []
    for cue in _EXCEPT.finditer(text):
        stops = [0, *(stop.end() for stop in _SENTENCE.finditer(text, 0, cue.start()))]
        begin = stops[-2] if len(stops) > 1 else stops[-1]
        before = any(begin <= start and end <= cue.start() for start, end in refused)
        if before and not _OF_ALL.search(text, 0, cue.start()):
            stop = _STOP.search(text, cue.end())
            found.append(Scope(cue.start(), cue.end(), stop.start() if stop else len(text), "want"))
    return found
