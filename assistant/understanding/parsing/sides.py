"""On which side of a person's wishes each part of a message stands, by the model's reading of it.

Knows the reading, and where the catalogue's words and numbers stand. Knows nothing of what they mean; for messages
that the model does not read, see cues.polarity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from penchant.retriever import Level

from ..cues import IMPORTANCE, Scope, asks_to_leave_out, refuses
from ..spans import SURE, LabelledSpan, Reading, Side
from .exceptions import indispensable
from .implied_refusals import is_also_so, is_left_out, is_more_of_it, speaks_of_oneself

_CLAUSE = re.compile(r"[.!?;,:()\n]\s*|\s[-–—]\s|\b(?:but|and|or|because|though|although|while)\s+", re.I)
_LEVELS: dict[Side, Level] = {"less": "less", "never": "never"}
_DENIED = re.compile(
    r"(?:^|[.!?\n])\W*(?:(?:hey|no|um+|but|sorry|well|ok)\W+)*(?:that|this|it|these|those|they)"
    r"(?:(?:['’]?s|['’]?re|\s+(?:is|are|was|were))\s+not|\s+(?:is|are|was|were)n['’]?t)\s+(?:(?:even|really|actually|at\s+all)\s+)?"
    r"(?:(?:an?|the|any)\s+)?$",
    re.I,
)
"""What a pick is said not to be was asked for: "that's not a heist"."""

_AFTER_ALL = re.compile(r"\W+(?:(?:that|which)\s+)?(?:i|we)\b", re.I)
"""But not in "it's not horror I'm after"."""

_ENOUGH = re.compile(r"\s+enough\b", re.I)
"""Of what is not "funny enough" more is wanted."""

_FINE = re.compile(
    r"\s*(?:is|are|['’]s|would\s+be)\s+(?:(?:also|just|totally|perfectly)\s+)?(?:ok(?:ay)?|fine|alright|all\s+right|no\s+problem)\b",
    re.I,
)
"""What may be as it is refused bars nothing: "not in English is ok"."""

_ANY = re.compile(r"\s*(?:(?:any|an?|the|more|of|those|these|such)\s+)*", re.I)
_WHATEVER = re.compile(
    rf"{_ANY.pattern}(?:(?:whatever|everything|anything|all|ones?|that|which|has|have|is|are|was|were|with|an?)\s+)*",
    re.I,
)
_LISTED = re.compile(r"\s*(?:,\s*)?(?:or\s+|nor\s+)?")
_NO_MUST = re.compile(
    r"\b(?:not|n['’]t|no)\s+(?:\w+ly\s+)?(?:an?\s+|my\s+|the\s+)?(?:must|essential|requirement|necessary|necessity|required"
    r"|condition|deal[\s-]?breaker|end\s+of\s+the\s+world)\b",
    re.I,
)
"""What is only hoped for bars nothing: "without flour would be nice, but it's not a must"."""

_OR = re.compile(r"\b(?:or|nor)\s", re.I)
_SURELY_FINE = 0.9
HARDLY_MENTIONED = 0.6
_SURELY_BARRED = 0.95
_DOUBTFUL = 0.8
"""Below it, what wording refuses is not wanted."""


@dataclass(frozen=True, slots=True)
class Sides:
    """What of a message is rejected; what is only spoken of, and of that what nothing is said against; and what is cut,
    with the words that do either, from the message as a wish."""

    rejected: tuple[Scope, ...]
    passed_over: tuple[tuple[int, int], ...]
    fine: tuple[tuple[int, int], ...]
    cuts: tuple[tuple[int, int], ...]


def sides_of(
    text: str,
    reading: Reading,
    known: Sequence[tuple[int, int]],
    cued: Sequence[Scope] = (),
    spared: Sequence[Scope] = (),
) -> Sides:
    """The sides of a message in which others found stretches already (`known`: values, names, numbers). Cues decide on
    those that the model says nothing of, and whether what is refused is only wanted less: what is only understood to be
    unwanted ("Glass? In my rucksack?") bars nothing. `spared`: exceptions, which are fine."""
    heard = [s for s in reading.spans if not any(c.cue <= s.start and s.end <= c.start for c in cued)]
    found = [*heard, *_judged(reading, known, cued)]
    spans = _settled(text, sorted(found, key=lambda s: s.start), known, cued, spared)
    clauses = [(0, 0), *(m.span() for m in _CLAUSE.finditer(text)), (len(text), len(text))]
    rejected, passed_over, cuts, asked = list[Scope](), [], [], asks_to_leave_out(text)
    for n, span in enumerate(spans):
        level = _LEVELS.get(span.side) if span.confidence >= SURE else None
        cue = None if _FINE.match(text, span.end) else _cue(_begin(span, cued), cued)
        doubtful = span.confidence < _DOUBTFUL or _is_amid(span, spans[n + 1 :], cued)
        unsure = span.side == "fine" and (span.confidence < _SURELY_FINE or _is_barely_refused(text, span, cued))
        disputed = (span.side == "want" and (doubtful or _is_told(text, span, cued))) or unsure
        disputed |= any(s.cue == s.start <= span.start < s.end for s in cued)  # "horror aside", "horror is not for me"
        if _DENIED.search(text, 0, span.start) and not _AFTER_ALL.match(text, span.end):
            continue
        named = any(span.meets(*stretch) for stretch in known) or _is_barely_refused(text, span, cued)
        if cue and (asked or (disputed and named)):
            level = cue
        elif span.side == "want" or (level and (_ENOUGH.match(text, span.end) or IMPORTANCE.match(text, span.end + 1))):
            continue
        said = cue or _is_said(text, span, rejected)
        level = (
            "less"
            if level and (cue == "less" or not said)
            else "never"
            if level and _is_led(text, span, cued)
            else level
        )
        level = "less" if level and _NO_MUST.search(_rest(text, span.end)) else level
        before = max(end for _, end in clauses if end <= span.start)
        after = min(start for start, _ in clauses if start >= span.end)
        left = max(spans[n - 1].end if n else 0, before)
        right = min(spans[n + 1].start if n + 1 < len(spans) else len(text), after)
        cut = (before if asked and cue else min(left, span.start), max(right, span.end))
        vague = span.kind == "amount" and not any(c.isdigit() for c in text[span.start : span.end])
        if level and (
            span.kind not in ("amount", "reference") or vague or any(span.meets(*stretch) for stretch in known)
        ):
            cuts.append(cut)
            rejected.append(Scope(cut[0], span.start, span.end, level))
        elif level is None and span.kind not in ("title", "reference") and not _is_taken(span):
            passed_over.append((span.start, span.end))
            cuts += [cut] if span.side == "fine" else []  # what may be is no wish
    fine = [(s.start, s.end) for s in spans if s.side == "fine" and s.kind not in ("title", "reference")]
    return Sides(tuple(rejected), tuple(passed_over), tuple(fine), tuple(cuts))


def _rest(text: str, position: int) -> str:
    """Of a sentence, what follows."""
    return re.split(r"[.!?\n](?:\s|$)", text[position:], maxsplit=1)[0]


def _is_said(text: str, span: LabelledSpan, rejected: Sequence[Scope]) -> bool:
    """Whether words say that a thing is refused, and it is not only understood so."""
    told = refuses(text, span.start, span.end) or is_left_out(text, span.start)
    return told or speaks_of_oneself(text, span) or _goes_on(text, span, rejected)


def _goes_on(text: str, span: LabelledSpan, rejected: Sequence[Scope]) -> bool:
    """ "Sick of chicken. And tofu.", "no dairy: milk, cheese, cream": whether it goes on with what is barred."""
    last = rejected[-1] if rejected else None
    return bool(last and last.level == "never" and is_more_of_it(text, last.end, span.start))


def _settled(
    text: str,
    spans: Sequence[LabelledSpan],
    known: Sequence[tuple[int, int]],
    cued: Sequence[Scope],
    spared: Sequence[Scope],
) -> list[LabelledSpan]:
    """The spans, where wording knows better: in a list of what is refused, and of numbers that only the model bars."""
    settled: list[LabelledSpan] = []
    wanted = indispensable(text)
    for span in spans:
        either = settled and span.side == "fine" and settled[-1].side == "want" and _is_or(text, settled[-1], span)
        if any(s.start <= span.start < s.end for s in spared) and span.side in (*_LEVELS, "want"):
            span = replace(span, side="fine", confidence=1.0)
        elif span.side in _LEVELS and any(start <= span.start < end for start, end in wanted):
            span = replace(span, side="want", confidence=1.0)
        elif settled and (either or _is_listed(text, settled[-1], span, cued) or _is_one_more(text, settled[-1], span)):
            span = replace(span, side=settled[-1].side, confidence=settled[-1].confidence)
        elif span.kind == "amount" and any(span.meets(*stretch) for stretch in known):
            told = _cue(span.start, [s for s in cued if "\n" not in text[s.cue : span.start]])
            if span.side in _LEVELS and not told and span.confidence < _SURELY_BARRED:
                span = replace(span, side="want")
        elif span.side in _LEVELS and _FINE.match(text, span.end):
            span = replace(span, side="fine", confidence=1.0)
        settled.append(span)
    return settled


def _is_listed(text: str, before: LabelledSpan, span: LabelledSpan, cued: Sequence[Scope]) -> bool:
    """ "No horror, war or romance": whether it stands in one list with what is refused before it."""
    ends = [s.end for s in cued if s.start <= before.start and span.start < s.end]
    joined = span.side == "want" and before.side in _LEVELS and _LISTED.fullmatch(text, before.end, span.start)
    return bool(ends and joined and _OR.search(text, before.end, max(ends)))


def _is_one_more(text: str, before: LabelledSpan, span: LabelledSpan) -> bool:
    """ "Milk, cheese, yoghurt": whether the model doubts that it is wanted, right behind what is refused, or words say
    that it is refused too."""
    refused, doubtful = before.side in _LEVELS, span.side == "want" and span.confidence < SURE
    told = is_also_so(text, before.end, span.start) or (doubtful and is_more_of_it(text, before.end, span.start))
    return refused and told


def _is_or(text: str, before: LabelledSpan, span: LabelledSpan) -> bool:
    """ "Thai or Greek is fine": nothing but "or" stands between the two."""
    between = text[before.end : span.start]
    return bool(_LISTED.fullmatch(between) and _OR.search(between))


def _is_amid(span: LabelledSpan, later: Sequence[LabelledSpan], cued: Sequence[Scope]) -> bool:
    """ "No horror, war or romance": whether something behind it is refused under the same cue."""
    ends = [s.end for s in cued if s.start <= span.start < s.end]
    return any(s.side in _LEVELS and s.start < end for s in later for end in ends)


def _is_told(text: str, span: LabelledSpan, cued: Sequence[Scope]) -> bool:
    """ "Don't show me any horror", "tired of horror": whether words that refuse, more than a bare "no" or "without",
    stand right before it. Of what is so spoken of, 2 in 100 are wanted."""
    begin = _begin(span, cued)
    return any(
        _WHATEVER.fullmatch(text, s.start, begin) and len(text[s.cue : s.start].split()) > 1
        for s in cued
        if s.start <= begin < s.end
    )


def _is_led(text: str, span: LabelledSpan, cued: Sequence[Scope]) -> bool:
    """ "I'd rather not have a gose": whether words that refuse stand right before it, soft as they may be."""
    begin = _begin(span, cued)
    return any(s.level == "never" and s.start <= begin < s.end and _ANY.fullmatch(text, s.start, begin) for s in cued)


def _is_barely_refused(text: str, span: LabelledSpan, cued: Sequence[Scope]) -> bool:
    """ "No VW if you don't mind": what the model finds to be fine, right behind a word that refuses."""
    return span.side == "fine" and any(_ANY.fullmatch(text, s.start, _begin(span, cued)) for s in cued)


def _begin(span: LabelledSpan, cued: Sequence[Scope]) -> int:
    """Where a span begins, behind the words that refuse it, if it holds some: "no boats" of "with no boats"."""
    return next((s.start for s in cued if s.cue <= span.start < s.start < span.end), span.start)


def _is_taken(span: LabelledSpan) -> bool:
    """ "Ok then Thai" takes what was offered, and "Thai is fine" does not: where the model doubts, it is wanted. So is
    what it hardly takes for a mere mention."""
    return span.confidence < {"fine": _SURELY_FINE, "mentioned": HARDLY_MENTIONED}.get(span.side, 0.0)


def _judged(reading: Reading, known: Sequence[tuple[int, int]], cued: Sequence[Scope]) -> list[LabelledSpan]:
    """The stretches that the model does not find by itself, with the side that a cue gives them, or else the model."""
    found = []
    for start, end in known:
        if not any(s.meets(start, end) for s in reading.spans):
            side, confidence = reading.judge(start, end)
            if level := _cue(start, cued):
                side, confidence = level, 1.0
            if side:
                found.append(LabelledSpan(start, end, "value", side, confidence=confidence))
    return found


def _cue(position: int, cued: Sequence[Scope]) -> Level | None:
    return next((s.level for s in cued if s.start <= position < s.end), None)
