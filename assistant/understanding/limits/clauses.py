"""Which part of a message a time in it speaks of: its clause, the list it ends, or the sentence it opens or closes.

Knows punctuation and a few words. Knows nothing of calendars or of taste.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..text import tokens

Stretch = tuple[int, int]
"""From a character to one beyond the last."""

_CUT = re.compile(
    r"""(?<!\d)[.](?!\d)|[!?\n。！？]|[;:,，、；]|\b(?:but|because|so|then|though|although)\b|但是?|不过|所以
    |\band(?=\s+(?:no|nothing|not|never|less|fewer|i|something|give|show|then)\b)""",
    re.I | re.X,
)
_SO = re.compile(r"\s*(?:so\b|所以)", re.I)
_SENTENCE_ENDS = re.compile(r"[.!?\n。！？]")
_GOES_ON = re.compile(r"\s*(?:or|and|nor|&|或|和)\b", re.I)
_POINTS_BACK = re.compile(r"\b(?:it|that|them|those|these)\b", re.I)
_FILLER = frozenset("just only please ok okay say well and or but so 就 只 请 但 和 我".split())
_AMENDING = _FILLER | frozenset("i mean make that it keep this them those let's i'd like 这 那".split())


def spoken_of(text: str, at: Stretch, blanks: Sequence[Stretch], is_plain: bool) -> list[Stretch]:
    """The stretches of which the time at a place in the text speaks. `blanks`: where times stand, of which nothing is
    said; `is_plain`: whether the words say outright that something ends."""
    cuts = [m for m in _CUT.finditer(text) if not any(start <= m.start() < end for start, end in blanks)]
    edges = [0, *(m.end() for m in cuts), len(text)]
    clauses = list(pairwise(edges))
    here = next(n for n, (_, end) in enumerate(clauses) if at[0] < end or end == len(text))
    first, last = _sentence(here, cuts)
    before, after = clauses[first:here], clauses[here + 1 : last + 1]
    rest = _without(text, clauses[here], blanks)
    if _is_filler(rest):
        later = [c for c in after if not _is_filler(_without(text, c, blanks))]
        return [clauses[here], *(later or before)]
    led = here < len(cuts) and bool(_SO.match(text, cuts[here].start()) or _SO.match(text, cuts[here].end()))
    goes_back = bool(_GOES_ON.match(rest)) or (is_plain and bool(_POINTS_BACK.search(rest)))
    leads = _is_filler(_without(text, (clauses[here][0], at[0]), blanks))
    joined = 0
    while leads and here + joined < last and cuts[here + joined][0].lower() == "and":
        joined += 1
    return [*(before if goes_back else []), clauses[here], *(after if led else after[:joined])]


def is_amendment(text: str) -> bool:
    """Whether there is no word in it that could be a wish: "I mean", "make that"."""
    return all(word.text.casefold() in _AMENDING for word in tokens(text))


def _is_filler(text: str) -> bool:
    return all(word.text.casefold() in _FILLER for word in tokens(text))


def _sentence(here: int, cuts: Sequence[re.Match[str]]) -> tuple[int, int]:
    """The first and the last clause of the sentence that a clause stands in."""
    ends = [n for n, cut in enumerate(cuts) if _SENTENCE_ENDS.fullmatch(cut[0])]
    first = max((n + 1 for n in ends if n < here), default=0)
    return first, min((n for n in ends if n >= here), default=len(cuts))


def _without(text: str, clause: Stretch, blanks: Sequence[Stretch]) -> str:
    """A clause with spaces where times stand."""
    return "".join(
        " " if any(start <= n < end for start, end in blanks) else text[n] for n in range(clause[0], clause[1])
    )
