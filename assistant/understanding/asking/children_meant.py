"""Whether a question asks for children, and the values that speak for and against it.

English and Chinese. Knows the catalogue's values by their words, and what was said before of whom it is for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...session import Session
from ..acts import is_child, unfit_for_children
from ..linking import Gazetteer
from ..text import forms

_YOUNG = ("family", "children", "kids", "child", "all ages", "for children", "儿童", "家庭")
_CHINESE = re.compile(r"孩子|儿童|小孩|小朋友|全家|宝宝")
_THEM = re.compile(
    r"\b(?:ok(?:ay)?|fine|suit\w*|good|right|safe|appropriate|too)\b.*\b(?:for|with)\s+(?:her|him|them|us)\b", re.I
)

Pair = tuple[str, str]


@dataclass(frozen=True)
class ChildrenMeant:
    """Reads questions about one catalogue."""

    gazetteer: Gazetteer

    def asked(self, text: str, session: Session) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """The (field, value) pairs for children and those against them; none where children are not meant."""
        if not (is_child(text) or _CHINESE.search(text) or (_THEM.search(text) and _of_children(session))):
            return (), ()
        entries = (e for word in _YOUNG for e in self.gazetteer.entries.get(forms(word), ()))
        fit = dict.fromkeys((e.facet, e.value) for e in entries if e.kind == "value")
        return tuple(fit), tuple(unfit_for_children(self.gazetteer))


def _of_children(session: Session) -> bool:
    """Whether the person spoke of children before."""
    said = [diff.quote for diff in session.diffs if diff.kind == "message"]
    return any(is_child(text) or _CHINESE.search(text) for text in said)
