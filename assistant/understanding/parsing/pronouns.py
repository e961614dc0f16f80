"""What a refusal's pronoun stands for: "my ex wore oud and I can't stand it", "tequila gives me a headache so not
that".

English. Knows where the catalogue's words stand. Knows nothing of what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..cues import Scope

Span = tuple[int, int]

_IT = re.compile(
    r"\s*(?:it|them|that|those|these|this|(?:an?\s+)?(?:second|third|another|other)(?:\s+one)?|any\s+more\s+of\s+(?:it|them|those))\b"
    r"(?:\s+(?:any\s*more|any\s+longer|again|either|now|at\s+all|ever|lol|please|pls|plz|tbh|really|one|ones|all))*"
    r"(?=\s*(?:$|[.,;:!?)\n]|\b(?:and|so|but|because|cos|bc|n|want|need|gimme|give|show|i|we|im|smth|something)\b))",
    re.I,
)
_IT_IS = re.compile(
    r"\W*(?:(?:and|but|so|because|cos|honestly|really|tbh|now|that|just)\W+)*(?:it|that|they|those|these)(?:\s+(?:just|really|always|all|only))*\W*",
    re.I,
)
"""What stands before a verb that refuses its subject: "it gives me nightmares"."""

_SENTENCE = re.compile(r"[.!?\n]+(?=\s|$)")
_CLAUSE = re.compile(r"[,;:()]|\b(?:but|and|so|because|cos|cuz|bc|though|although)\b", re.I)
_ASKED = re.compile(
    r"\b(?:want|love|like|need|looking|show|give|find|please|prefer|any|some(?:thing|where)?|fancy|into|after)\b", re.I
)


def with_pointed(text: str, cued: Sequence[Scope], known: Sequence[Span]) -> tuple[Scope, ...]:
    """The refusals of a message (`cued`) with those by a pronoun, in order. known: where values and names stand."""
    new = (s for s in _pointed_back(text, cued, known) if not any(c.start <= s.start < c.end for c in cued))
    return tuple(sorted([*cued, *new], key=lambda s: s.cue))


def _pointed_back(text: str, cued: Sequence[Scope], known: Sequence[Span]) -> Iterator[Scope]:
    """Of the last that the catalogue has before the pronoun, in its sentence or the one before, in a clause that wishes
    for nothing."""
    for cue in (s for s in cued if s.level == "never" and _is_of_it(text, s)):
        stops = [0, *(stop.end() for stop in _SENTENCE.finditer(text, 0, cue.cue))]
        begin = stops[-2] if len(stops) > 1 else 0
        before = [span for span in known if begin <= span[0] and span[1] <= cue.cue]
        if before and not _is_wished(text, before[-1]):
            start, end = before[-1]
            yield Scope(start, start, end, "never")


def _is_of_it(text: str, scope: Scope) -> bool:
    """Whether a refusal is of a pronoun, behind it or before it."""
    behind = scope.cue == scope.start and _IT_IS.fullmatch(text, scope.start, scope.end)
    return bool(behind or _IT.match(text, scope.start))


def _is_wished(text: str, span: Span) -> bool:
    """Whether the clause asks for what stands there."""
    begin = max((stop.end() for stop in _CLAUSE.finditer(text, 0, span[0])), default=0)
    begin = max([begin, *(stop.end() for stop in _SENTENCE.finditer(text, 0, span[0]))])
    return bool(_ASKED.search(text, begin, span[0]))
