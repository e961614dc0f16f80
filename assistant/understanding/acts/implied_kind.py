"""Which kind of thing is meant where none is named: "something to watch", or the one that the page is full of.

Knows the gazetteer and the screen. Knows nothing of grammar beyond verbs of use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from penchant.retriever import OPEN, SUGGESTED, Interest, matching

from ...session import Session, Understanding
from ..linking import Gazetteer
from ..text import forms

_KINDS = re.compile(r"^(?:item|product|media)?_?(?:type|kind|category)$", re.I)
_WHO = r"(?:i|we|you|he|she|they|us|me|the\s+\w+)"
_MAY = r"(?:\b(?:to|can|could|should|shall|will|let['’]?s|let\s+us)|['’]ll)"
_LED = rf"{_MAY}\s+(?:{_WHO}\s+)?(?:(?:all|both|just)\s+)?"
_USES: Mapping[str, Sequence[str]] = {
    rf"{_LED}(?:watch|binge)\b|\b(?:everyone|everybody|people)\s*(?:['’]?s|is|are)?\s+watching\b": (
        "film tv_show show series video documentary".split()
    ),
    rf"{_LED}read\b(?!\s+subtitles)|\b(?:good|great|quick|easy|short|light|long)\s+read\b": (
        "book novel comic magazine".split()
    ),
    rf"{_LED}(?:listen|hear)\b": "album music song podcast audiobook".split(),
    rf"{_LED}play\b": "game".split(),
}
"""Verbs of use, and the kinds of things that are so used."""

_ENOUGH = 3
"""So many picks of one kind tell which is spoken of."""


class ImpliedKind:
    """Adds the kind that is meant to what a message wishes for, where the catalogue has kinds and none is named."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        counts = gazetteer.catalogue.value_counts
        self._fields = [n for n in gazetteer.schema.of("category") if _KINDS.search(n) and len(counts[n]) > 1]
        self._uses = [(re.compile(uses, re.I), tuple(self._of_words(words))) for uses, words in _USES.items()]
        used = {kind for _, kinds in self._uses for kind in kinds}
        # A "type" may be paid or free: only of what people use in ways of its own is one kind spoken of.
        self._settling = [n for n in self._fields if len({value for field, value in used if field == n}) > 1]

    def added(self, text: str, session: Session, said: Understanding) -> Understanding:
        """What a message says, and of which kind; as it is where that is no wish, or names or takes back one."""
        facets = {i.facet for i in said.interests} | {facet for facet, _ in said.dropped}
        if not self._fields or said.intent not in ("recommend", "refine", "more") or facets.intersection(self._fields):
            return said
        found = list(self._used(text)) if said.interests else []
        if not found and not self._is_settled(session):
            found = list(self._shown(text, session, said))
        return replace(said, interests=(*said.interests, *found)) if found else said

    def _is_settled(self, session: Session) -> bool:
        return any(i.facet in self._fields and i.level == "want" and not i.parked for i in session.interests)

    def _of_words(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The kinds (field, value) that words stand for."""
        for word in words:
            known = self._gazetteer.entries.get(forms(word.replace("_", " ")), ())
            yield from ((e.facet, e.value) for e in known if e.facet in self._fields)

    def _used(self, text: str) -> Iterator[Interest]:
        """The kinds of which a message says what they are for, of the verb that it has first."""
        said = [(match, kinds) for uses, kinds in self._uses if kinds and (match := uses.search(text))]
        match, kinds = min(said, key=lambda one: one[0].start(), default=(None, ()))
        return (Interest(facet, value, quote=match[0].strip()) for facet, value in dict.fromkeys(kinds) if match)

    def _shown(self, text: str, session: Session, said: Understanding) -> Iterator[Interest]:
        """That of all that is shown, where things of that kind may be what is wanted now."""
        shown = [item for item in session.shown if item in self._gazetteer]
        wished = any(i.level == "want" and not i.parked for i in session.interests)
        if wished and len(shown) >= _ENOUGH:
            yield from (kind for kind in self._common(shown, text.strip()) if self._leaves_room(kind, said.interests))

    def _common(self, items: Sequence[str], quote: str) -> Iterator[Interest]:
        for field in self._settling:
            kinds = {self._gazetteer.get(item).values(field) for item in items}
            if len(kinds) == 1 and len(values := next(iter(kinds))) == 1:
                yield Interest(field, values[0], quote=quote)

    def _leaves_room(self, kind: Interest, interests: Sequence[Interest]) -> bool:
        """Whether there are things of a kind that have each of what is wanted."""
        catalogue = self._gazetteer.catalogue
        room = matching(kind, catalogue)
        wants = [i for i in interests if i.level == "want" and i.facet not in (OPEN, SUGGESTED)]
        return all(bool(np.any(matching(i, catalogue) & room)) for i in wants)
