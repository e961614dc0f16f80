"""What a message does, and what it says of places in the list on screen, by the model's reading of it.

Knows the reading and numbers. Knows nothing of titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...session import Intent
from ..cues import asks_to_leave_out
from ..parsing import ParsedMessage, fills_sentence
from ..spans import Act, LabelledSpan, Reading, Side
from ..text import NUMBER, before, number, tells
from .alternatives import is_alternative
from .judgements import Judged, Named, Stance

MOST_PICKS = 20
_WISHES: frozenset[Act] = frozenset({"recommend", "refine", "undo", "else"})
_IDLE: frozenset[Act] = frozenset({"ask", "compare", "accept", "seen", "later", "assistant", "chat", "program"})
_TALK: frozenset[Act] = frozenset({"ask", "chat"})

_HARDLY, _SURELY = 0.2, 0.7
_STANCES: Mapping[Side, Stance] = {
    "want": "liked",
    "less": "disliked",
    "never": "ruled out",
    "fine": "accepted",
    "seen": "seen",
    "unseen": "unseen",
}
_PLACE = re.compile(r"(?:the\s+)?(?:number\s+|no\.?\s*|nr\.?\s*|#\s*)?(\d{1,2})", re.I)
_AFTER_PLACE = re.compile(
    r"\s*(?:$|[.,;!?&/]|(?:and|or|i|i['’]\w+|we|we['’]\w+|is|are|was|were|no|please|already|seen|known)\b)", re.I
)
_COUNT = re.compile(
    rf"(?:(?:just|only|exactly|the|top|first|best|give|me|show)\s+)*(?P<count>(?!an?\b){NUMBER})(?:\s+\w+)?", re.I
)
_ONLY = re.compile(r"\b(?:just|only)\s+$", re.I)


def speaks_of_taste(parsed: ParsedMessage) -> bool:
    """Whether a message wishes for anything, or rules anything out, beside items: also if it only may do so, speaks
    of a name, or tells a story."""
    reading = parsed.reading
    if reading is None or any(m.entries[0].kind == "name" for m in parsed.matches):
        return True
    sides = {s.side for s in reading.spans if s.kind not in ("title", "reference")}
    may = any(reading.act_scores[act] >= _HARDLY for act in _WISHES)
    told = tells(word.text for word in parsed.content(0, len(parsed.text)))
    idle = any(reading.act_scores[act] >= _SURELY for act in (_IDLE - _TALK if told else _IDLE))
    clear = is_alternative(parsed.text) or any(fills_sentence(parsed.text, r.start, r.end) for r in parsed.ranges)
    return may or not idle or clear or bool(sides & {"want", "less", "never"}) or asks_to_leave_out(parsed.text)


def learned_intent(reading: Reading, says_anything: bool, on_screen: bool) -> Intent | None:
    """The intent where the model is sure of one that wording alone does not show."""
    sure = {act for act, score in reading.act_scores.items() if score >= _SURELY}
    if says_anything:
        return "new_topic" if "else" in sure and on_screen else None
    if not on_screen:
        return None
    intents: tuple[tuple[Act, Intent], ...] = (("compare", "compare"), ("ask", "ask"), ("more", "more"))
    return next((intent for act, intent in intents if act in sure), None)


def without_questions(judged: Sequence[Judged], reading: Reading | None) -> tuple[list[Judged], list[str]]:
    """The verdicts without those on items that a question is about and nothing else is said of; and those items."""
    if reading is None or not reading.acts & {"ask", "compare"}:
        return list(judged), []
    asked = [j for j in judged if j.said == "liked" and reading.judge(j.named.start, j.named.end)[0] == "mentioned"]
    return [j for j in judged if j not in asked], [item for j in asked for item in j.named.items]


def places(parsed: ParsedMessage, shown: Sequence[str]) -> list[Judged]:
    """ "1 and 3 I know", "not 2": bare numbers of the list on screen, with what is said of each."""
    found = []
    for span in _spans(parsed, ("reference", "amount")):
        place = _PLACE.fullmatch(parsed.text, span.start, span.end)
        said = _STANCES.get(span.side)
        pointed = span.kind == "reference" or span.side in ("seen", "never")
        pointed = pointed and bool(_AFTER_PLACE.match(parsed.text, span.end))
        if place and said and pointed and 0 < int(place[1]) <= len(shown):
            item = shown[int(place[1]) - 1]
            found.append(Judged(Named((item,), span.start, span.end), said, span.end))
    return found


def picks_asked_for(parsed: ParsedMessage) -> int:
    """ "Just one", "give me ten": how many picks a message asks for; 0 if it does not say."""
    if parsed.reading is None:
        return 0
    for span in _spans(parsed, ("amount",)):
        said = _COUNT.fullmatch(parsed.text, span.start, span.end)
        meant = "list" in parsed.reading.acts or _ONLY.search(before(parsed.text, span.start))
        if said and meant and span.side == "want" and 0 < (count := number(said["count"])) <= MOST_PICKS:
            return int(count) if count == int(count) else 0
    return 0


def _spans(parsed: ParsedMessage, kinds: Sequence[str]) -> Iterator[LabelledSpan]:
    """The model's spans of some kinds in which no number of the catalogue's is said."""
    for span in parsed.reading.spans if parsed.reading else ():
        if span.kind in kinds and not any(r.meets(span.start, span.end) for r in parsed.ranges):
            yield span
