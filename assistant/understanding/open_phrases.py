"""Open phrases: what a message says about taste that the catalogue has no value for, in the person's own words.

English phrases as phrase_reader finds them, Chinese ones, and times where the catalogue has a field for them. Knows
nothing of catalogues beyond what was found in the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penchant.retriever import Level

from .chinese_phrases import chinese_phrases
from .cues import Scope
from .linking import ParsedMessage
from .phrase_reader import PhraseReader

_MOST = 6
_TIME_FIELD = re.compile(r"(?:^|_)(?:date|time)s?$", re.I)
_MONTH = r"(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TIME = re.compile(
    rf"""\b(?:(?:next|this|coming)\s+(?:{_DAY}|week(?:end)?|month)|{_DAY}(?:\s+next\s+week)?|tomorrow|later\s+today)\b
    | \b(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)(?:\s+of\s+(?:this\s+month|{_MONTH}))?\b
    | \b(?:{_MONTH})\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b
    | \b(?:(?:morning|afternoon|evening)\s+)?\d{{1,2}}(?::\d\d)?
      (?:\s*[ap]\.?m\b\.?|\s+in\s+the\s+(?:morning|afternoon|evening|night)|(?<=:\d\d))""",
    re.I | re.X,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A phrase as it was written, and where; `level` by the rejection that it stands in."""

    phrase: str
    start: int
    end: int
    level: Level = "want"


def openings(parsed: ParsedMessage) -> list[Opening]:
    """The open phrases of a message in order, at most six."""
    words = parsed.words
    spans = [(words[first].start, words[last - 1].end) for first, last in PhraseReader(parsed).runs()]
    found: dict[str, Opening] = {}
    for start, end in sorted([*spans, *_times(parsed), *chinese_phrases(parsed)]):
        phrase = parsed.text[start:end]
        found.setdefault(phrase.casefold(), Opening(phrase, start, end, parsed.level(start)))
    return list(found.values())[:_MOST]


def _times(parsed: ParsedMessage) -> Iterator[tuple[int, int]]:
    """Dates and times of day, where the catalogue has a field for them."""
    if any(_TIME_FIELD.search(field.name) for field in parsed.gazetteer.schema.fields):
        known = [(parsed.begin(m), parsed.end(m)) for m in parsed.matches]
        for match in _TIME.finditer(parsed.text):
            if not any(start < match.end() and match.start() < end for start, end in known):
                yield match.span()


def rejected(found: Sequence[Opening], scope: Scope) -> bool:
    """Whether a phrase stands in a rejection."""
    return any(scope.start <= opening.start < scope.end for opening in found)
