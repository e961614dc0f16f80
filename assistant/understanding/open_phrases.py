"""Open phrases: what a message says about taste that the catalogue has no value for, in the person's own words.

English ones as the model finds them, Chinese ones, and times where the catalogue has a field for them. Knows nothing of
catalogues beyond what was found in the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penchant.retriever import Level

from .chinese_phrases import chinese_phrases
from .cues import Scope
from .parsing import ParsedMessage
from .quantities import AGED
from .spans import LabelledSpan
from .text import CHATTER, NUMBER, Token

_MOST = 6
_AMOUNT = re.compile(NUMBER, re.I)
_SAID = ("want", "less", "never")
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
    found: dict[str, Opening] = {}
    for start, end in sorted([*_labelled(parsed), *_times(parsed), *chinese_phrases(parsed)]):
        phrase = parsed.text[start:end]
        found.setdefault(phrase.casefold(), Opening(phrase, start, end, _level(parsed, start, end)))
    return list(found.values())[:_MOST]


def _level(parsed: ParsedMessage, start: int, end: int) -> Level:
    """What a phrase describes ("I have to charge every night") cannot be looked up in an item, and bars none: it is
    wanted less."""
    level = parsed.level(start)
    spans = parsed.reading.spans if parsed.reading else ()
    described = any(s.kind == "words" and s.meets(start, end) for s in spans) and " " in parsed.text[start:end]
    return "less" if level == "never" and described else level


def _labelled(parsed: ParsedMessage) -> Iterator[tuple[int, int]]:
    """What the model finds and nobody else does: no numbers, and nothing that is only spoken of."""
    taken = [*((parsed.begin(m), parsed.end(m)) for m in (*parsed.matches, *parsed.fine)), *parsed.asides]
    taken += [*parsed.numbers, *(m.span() for m in AGED.finditer(parsed.text))]
    taken += [(s.cue, s.start) for s in parsed.cued if s.level == "never"]  # "kick out whatever ..."
    for span in parsed.reading.spans if parsed.reading else ():
        words = parsed.content(span.start, span.end) or _barred(parsed, span)
        new = [w for w in words if not any(start <= w.start < end for start, end in taken)]
        inside = (m for m in parsed.matches if span.start <= parsed.begin(m) < span.end)
        told = span.side != "want" and any(not parsed.is_qualified(m) for m in inside)
        bare = span.kind == "noun" and all(w.text.casefold() in CHATTER for w in words)
        away = [(s.cue, s.end) for s in parsed.rejections] if span.side == "want" else []
        told |= (span.start, span.end) in away  # "outside Europe"
        if not new or told or bare or span.side not in _SAID or span.kind == "reference":
            continue
        vague = span.side == "want" and not _AMOUNT.search(parsed.text, span.start, span.end)
        if span.kind != "amount" or vague:
            yield words[0].start, max(span.end, words[-1].start) if words[-1].end > span.end else words[-1].end


def _barred(parsed: ParsedMessage, span: LabelledSpan) -> list[Token]:
    """The words of what is refused by a name that says little elsewhere, where values are of that kind: "down"."""
    kinds = parsed.gazetteer.catalogue.kinds
    refused = (
        span.kind == "value" and span.side == "never" and kinds.of(parsed.text[span.start : span.end], kinds.fields)
    )
    return [w for w in parsed.words if refused and span.start <= w.start < span.end]


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
