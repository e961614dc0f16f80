"""What is refused without a word of refusal beside it: by what it does to whoever speaks ("vanilla turns my stomach"),
by being all that is left out ("anything for her but pink"), and by a pronoun behind it ("we had Thai last night, so
anything but that").

English. Knows what the model reads of a message, and cues. Knows nothing of catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..cues import Scope
from ..spans import LabelledSpan, Reading
from ..text import NUMBER

_SURE = 0.95
_WISHED = 0.9
_CLAUSE = re.compile(r"[.!?;:,()\n]|\s[-–—]\s|\b(?:but|and)\b", re.I)
_SENTENCE = re.compile(r"[.!?\n]+(?=\s|$)")
_ONESELF = re.compile(r"\b(?:i|me|my|mine|we|us|our|ours|he|him|his|she|her|hers|they|them|their)\b|\bi['’]", re.I)
_LEFT_OUT = re.compile(
    r"\b(?:any|every|all|what|who|where|some)\w*\b[^.!?;,\n]{0,30}?\b(?:but|bar|save|except|besides|else\s+than"
    r"|(?:other|different)\s+(?:than|from|to))\s+(?:the\s+|an?\s+|in\s+|from\s+|by\s+|for\s+)*$",
    re.I,
)
"""The prepositions that take out of all, behind a word for all."""

_MORE_OF_IT = re.compile(
    r"[\s,;:&.(–—-]*(?:(?:and|or|nor|also|plus)\b\s*)*(?:(?:the|an?|any|all|every|other|of)\b\s*)*", re.I
)
_ALSO_SO = re.compile(
    r"[^.!?\n]{0,40}?[\s,.;]+(?:(?:and|but|or)\s+)?(?:(?:so|neither|nor)\s+(?:do|does|did|are|is|was|were)"
    r"|(?:the\s+)?same\s+(?:\w+\s+){0,2}(?:for|with|of)|ditto(?:\s+for)?)\s+(?:(?:the|an?|any|all)\s+)*",
    re.I,
)
_MOST_WORDS = 2
_POINTER = re.compile(
    r"\s*(?:(?:and|but|so|because|honestly|really|just|now|any|some|one|more|of|the|all|from|by|to|in|with|at|going|having"
    r"|do|doing|have|show\s+me)\s+)*"
    r"(?:that|those|this|these|them|it|there|either|both|same|(?:him|her)(?=\s*$))(?P<noun>(?:\s+[^\W\d_]+){0,3}?)\s*",
    re.I,
)
"""What a pronoun says alone, or with a noun that no one takes for a thing of its own ("that brand", "those ones")."""

_ELSE = re.compile(
    r"\b(?:(?:some|any)(?:where|thing|one|body)\s+else|(?:so|then|rather)\s+"
    r"(?:(?:(?:some|any)(?:where|thing|one)?|an?|from|in|to|by|of|try)\s+)*"
    r"(?:an\s*other|other|different)(?:\s+[^\W\d_]+)?)\b\s*(?=$|[.,;:!?]|please\b|then\b)",
    re.I,
)
_DENIED = re.compile(r"(?:\b(?:not|no|never|nothing|dont)\b|n['’]t\b)[^.,;:!?\n]*$", re.I)
"""What makes no pointer of "else": "I'm not fussy about anything else"."""
_ONLY = re.compile(
    r"(?:^|[.,;:!?\n]|\b(?:and|so|then|now|but)\b)\s*(?:just|only)\s+(?:(?:the|some|an?|show\s+me)\s+)*$", re.I
)
"""What stands behind it at the beginning of a clause is wanted: "forget the price, just westerns, not those two"."""
_TELLING = ("value", "name", "noun", "title")
_NUMBER = re.compile(NUMBER, re.I)
"""Nobody refuses a number alone: "three houses burned down in our street"."""


def is_more_of_it(text: str, end: int, start: int) -> bool:
    """Whether what begins at `start` goes on with what ends at `end`: "chicken. And tofu"."""
    return bool(_MORE_OF_IT.fullmatch(text, end, start) or is_also_so(text, end, start))


def is_also_so(text: str, end: int, start: int) -> bool:
    """Whether what begins at `start` is said to be as what ends at `end` is: "and so is", "same goes for"."""
    return bool(_ALSO_SO.fullmatch(text, end, start))


def speaks_of_oneself(text: str, span: LabelledSpan) -> bool:
    """Whether the model is sure that a thing is refused, and the clause about it has a person in it. Of such, 26 of 29
    were refused in blind messages; of the others that no word refuses, 24 of 32."""
    if span.side != "never" or span.confidence < _SURE or _NUMBER.fullmatch(text, span.start, span.end):
        return False
    starts = [stop.end() for stop in _CLAUSE.finditer(text, 0, span.start)]
    stop = _CLAUSE.search(text, span.end)
    said = text[starts[-1] if starts else 0 : span.start], text[span.end : stop.start() if stop else len(text)]
    return any(map(_ONESELF.search, said))


def is_left_out(text: str, start: int) -> bool:
    """ "Anything for her but ...": whether what begins there is taken out of all."""
    return bool(_LEFT_OUT.search(text, 0, start))


def pointed_back(
    text: str,
    cued: Sequence[Scope],
    reading: Reading,
    known: Iterable[tuple[int, int]],
    titles: Iterable[tuple[int, int]] = (),
) -> list[Scope]:
    """What the refused pronouns of a message stand for: the last thing before it in this sentence or the one before
    that is spoken of and not wished for. known: where the catalogue's values stand; titles: and its items, which no
    pronoun is taken for."""
    items = list(titles)
    told = [s for s in reading.spans if s.kind in _TELLING and not any(s.meets(*stretch) for stretch in items)]
    told += [one for stretch in known if (one := _judged(reading, told, stretch))]
    wished = [s for s in told if (s.side == "want" and s.confidence >= _WISHED) or _ONLY.search(text, 0, s.start)]
    spoken = sorted((s for s in told if s not in wished), key=lambda s: s.start)
    cues = [s.cue for s in cued if s.level == "never" and _is_pointer(text[s.start : s.end], reading, s.start)]
    cues += [match.start() for match in _ELSE.finditer(text) if not _DENIED.search(text, 0, match.start())]
    meant = (_antecedent(text, spoken, cue) for cue in cues)
    return [Scope(one.start, one.start, one.end, "never") for one in meant if one]


def _is_pointer(governed: str, reading: Reading, start: int) -> bool:
    """Whether a refusal governs a pronoun, and nothing beside it that the model takes for a thing."""
    pointer = _POINTER.fullmatch(governed.rstrip(" ,.!?;"))
    if pointer is None:
        return False
    begin = start + pointer.start("noun")
    end = start + pointer.end("noun")
    return not any(s.kind in ("value", "name", "title", "words") and s.meets(begin, end) for s in reading.spans)


def _judged(reading: Reading, told: Sequence[LabelledSpan], stretch: tuple[int, int]) -> LabelledSpan | None:
    if any(s.meets(*stretch) for s in told):
        return None
    side, confidence = reading.judge(*stretch)
    return LabelledSpan(*stretch, "value", side or "mentioned", confidence=confidence if side else 1.0)


def _antecedent(text: str, spoken: Sequence[LabelledSpan], cue: int) -> LabelledSpan | None:
    before = [s for s in spoken if s.end <= cue]
    if not before:
        return None
    between = list(_SENTENCE.finditer(text, before[-1].end, cue))
    return before[-1] if len(between) < _MOST_WORDS else None
