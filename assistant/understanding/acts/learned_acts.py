"""What a message does, and what it says of places in the list on screen, by the model's reading of it.

Knows the reading and numbers. Knows nothing of titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from penchant.retriever import Interest
from penchant.retriever.catalogue.inference import says

from ...session import Intent, Session
from ..cues import asks_to_leave_out
from ..linking import Match
from ..parsing import MOST_PICKS, ParsedMessage, counted_picks, fills_sentence
from ..spans import Act, LabelledSpan, Reading, Side, wish_judge
from ..text import NUMBER, before, number, tells
from .alternatives import is_alternative, is_one_more, narrows
from .judgements import Judged, Named, Stance
from .relations import Placed

_WISHED = 0.4
"""Of .2 to .5, the best on blind messages of catalogues that the judge did not learn from."""

_SETTLING: frozenset[Act] = frozenset({"undo", "compare", "accept", "seen", "later", "assistant", "program"})
_REMARKS: frozenset[Act] = frozenset({"ask", "chat", "list", "liked", "rejected"})
_IDLE = _SETTLING | _REMARKS
_POSSIBLY, _LIKELY, _SURELY = 0.2, 0.5, 0.7
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
_BOUND = r"(?:just|only|exactly|max(?:imum)?(?:\s+of)?|at\s+most|up\s+to|no(?:t)?\s+more\s+than|no\s+longer\s+than)"
_PICKS = r"(?:of\s+(?:them|these|those)|(?:pick|suggestion|option|choice|recommendation|result|title|item|thing)s?)"
_COUNTED = re.compile(
    rf"""\W*(?:(?:ok(?:ay)?|and|but|please|actually|well|so|no|(?:give|show)\s+me|i\s+(?:need|want))\b\W*)*
    (?:{_BOUND}\s+(?P<count>(?!an?\b){NUMBER})(?:\s+{_PICKS})?
      |(?P<tail>(?!an?\b){NUMBER})(?:\s+{_PICKS})?
      (?:\s+(?:at\s+(?:the\s+)?most|max(?:imum)?|tops|only|(?:is|are)\s+(?:enough|plenty)|will\s+do)))
    (?:[\s,]+(?:please|thanks|thank\s+you|now))*\W*""",
    re.I | re.X,
)
"""A message that says of a number alone how many there are to be at most: of picks, where no limit takes it."""
_ONLY = re.compile(r"\b(?:just|only)\s+$", re.I)


def wished_for(
    parsed: ParsedMessage, tastes: Sequence[Placed], own: Sequence[Interest], session: Session
) -> tuple[bool, Sequence[Placed], Sequence[Interest]]:
    """Whether a message wishes for anything beside items; of its tastes and own words, those that do. A story is a wish
    in its own words, though nothing in it is one; what settles something is not. Where nothing is shown, who asks about
    a person wants what is theirs ("What has she been in?"); and where nothing was wished for, a question is a wish."""
    narrowed = narrows(parsed, session.shown)
    wishes = _wishes(parsed) or narrowed or (not session.shown and _asks_of_names(parsed))
    wishes = wishes or (not session.interests and _opens(parsed))
    tastes = tastes if wishes else []
    told = wishes or tells(word.text for word in parsed.content(0, len(parsed.text)))
    goes_on = bool(tastes) or is_alternative(parsed.text) or narrowed
    return wishes, tastes, own if told and (goes_on or not _settles(parsed)) else []


def _wishes(parsed: ParsedMessage) -> bool:
    """Whether a message wishes for anything, or rules anything out, beside items: unless the model hears it do
    something else, what it says is judged to be no wish, and no words refuse what the model takes for refused. Who
    speaks first takes nothing back."""
    reading = parsed.reading
    if reading is None or asks_to_leave_out(parsed.text):
        return True
    idle = any(reading.act_scores[act] >= _LIKELY for act in _IDLE if act != "undo" or reading.goes_on)
    clear = is_alternative(parsed.text) or is_one_more(parsed.text)
    clear |= any(r.sure or fills_sentence(parsed.text, r.start, r.end) for r in parsed.ranges)
    clear |= any(_is_plain(parsed, match, reading) for match in parsed.matches)
    refused = any(r.start < c.end and c.start < r.end for r in parsed.rejections for c in parsed.cued)
    return not idle or clear or refused or wish_judge().chance(reading) >= _WISHED


def _opens(parsed: ParsedMessage) -> bool:
    """Whether a question can be of nothing but what there is in the catalogue: it names no item, and is surely not of
    the assistant or its program, and no small talk."""
    scores = parsed.reading.act_scores if parsed.reading else {}
    others = any(score >= _POSSIBLY for act, score in scores.items() if act in _IDLE and act != "ask")
    named = any(match.entries[0].kind == "title" for match in parsed.matches)
    return scores.get("ask", 0.0) >= _LIKELY and not (others or named)


def _asks_of_names(parsed: ParsedMessage) -> bool:
    scores = parsed.reading.act_scores if parsed.reading else {}
    return scores.get("ask", 0.0) >= _LIKELY and any(m.entries[0].kind == "name" for m in parsed.matches)


def _is_plain(parsed: ParsedMessage, match: Match, reading: Reading) -> bool:
    """Whether a value is wished for whatever the model hears: a time, or the only word that opens a conversation, be it
    a maker."""
    alone = not reading.goes_on and fills_sentence(parsed.text, parsed.begin(match), parsed.end(match))
    entry = match.entries[0]
    return match.every or (alone and (entry.kind == "value" or (entry.kind == "name" and says(entry.facet, "maker"))))


def _settles(parsed: ParsedMessage) -> bool:
    """Whether a message takes something back, takes a pick, knows it or puts it off, or is no talk of picks at all."""
    scores = parsed.reading.act_scores if parsed.reading else {}
    return any(score >= _SURELY for act, score in scores.items() if act in _SETTLING)


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
    if alone := _COUNTED.fullmatch(parsed.text) if not parsed.ranges else None:
        count = number(alone["count"] or alone["tail"])
        return int(count) if 0 < count <= MOST_PICKS and count == int(count) else 0
    if counted := counted_picks(parsed):
        return counted
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
