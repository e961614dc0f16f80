"""What is said in relation to something: "shorter" than an item, "too scary" of one, "above all" of a list of wishes.

Turns comparatives into ranges of the catalogue's numbers. Knows nothing of grammar: see comparatives, strengths and
judgements.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from penchant.retriever import MENTION, OPEN, SUGGESTED, Interest, Level, exact_filters, is_filter, is_range, matching

from ...session import Session
from ..cues import (
    BESIDE,
    STRESSED,
    WEAK,
    Comparative,
    Reference,
    comparatives,
    relative_range,
    strength,
    superlatives,
)
from ..degrees import column_comparatives
from ..linking import Gazetteer
from ..parsing import ParsedMessage
from ..quantities import number_fields
from ..spans import Stress
from ..text import before
from .item_questions import Objects
from .judgements import Judged, Named

Placed = tuple[int, Interest]
"""An interest and where the text says it."""

FEW = 3
"""So many items on screen may be meant by "it" or "them"; of more, nothing is said of each."""

_LACKING = (
    re.compile(r"(?:\bnot|n['’]t)\s+(?:quite\s+|really\s+|nearly\s+)?(?P<what>[\w-]+(?:\s+[\w-]+)?)\s+enough\b", re.I),
    re.compile(r"不够(?P<what>[^，。！？,.!?]{1,6})"),
)
_TOO = re.compile(r"too(?:\s+(?:much|many))?|太", re.I)
_IS = r"(?:\s*(?:is|was|are|were|looks?|sounds?|seems?|felt|has|had)\b|['’]s\b)"
_OF = re.compile(
    rf"(?:\s*\(\d{{4}}\))?(?:,?\s*(?:it|that|this)(?={_IS}))?{_IS}?\s*(?:(?:just|way|far|a\s+(?:bit|little)|also)\s+)*",
    re.I,
)
_POINTED = re.compile(rf"(?:^|[.!?,;]\s*)(?:no,?\s+|but\s+)?(?:it|that|this){_IS}", re.I)
_SENTENCE = re.compile(r"[.!?;。！？；]\s*")


def anchored(comparative: Comparative, objects: Objects) -> Comparative:
    """With the items that follow "than", which are no wish of their own."""
    if comparative.kind != "than":
        return comparative
    items, end = objects.or_it(comparative.end)
    return replace(comparative, items=items, end=max(end, comparative.end))


class RelationResolver:
    """Relates comparatives to the numbers of items."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        named = {name: name for name in gazetteer.number_fields.fields}
        self._fields = named | number_fields(gazetteer.schema)

    def compared(self, text: str) -> list[Comparative]:
        """The comparatives of a text of which the catalogue has such numbers at all, in order, not overlapping."""
        known = [c for c in comparatives(text) if any(unit in self._fields for unit in c.units)]
        of_columns = column_comparatives(text, self._gazetteer.number_fields, self._is_taste)
        apart = (c for c in of_columns if not any(k.start < c.end and c.start < k.end for k in known))
        return sorted([*known, *apart], key=lambda c: c.start)

    def _is_taste(self, word: str) -> bool:
        """Whether an adjective is of what things are like, and no number: "funnier", where some are funny."""
        return self._gazetteer.facet_value(word) is not None

    def extremes(self, text: str, shown: Sequence[str]) -> list[Reference]:
        """ "The shortest one": the item on screen of which that is true."""
        found = []
        for c in superlatives(text):
            numbers = {item: n for item in shown if not math.isnan(n := self._number(c, item))}
            if numbers:
                best = (min if c.sign == "<" else max)(numbers, key=numbers.__getitem__)
                found.append(Reference((best,), c.start, c.end))
        return found

    def _number(self, comparative: Comparative, item: str) -> float:
        row = self._gazetteer.get(item)
        numbers = [row.number(self._fields[unit]) for unit in comparative.units if unit in self._fields]
        return next((n for n in numbers if not math.isnan(n)), math.nan)

    def relate(
        self,
        found: Iterable[Comparative],
        text: str,
        judged: Sequence[Judged],
        tastes: Sequence[Placed],
        session: Session,
    ) -> tuple[list[Judged], list[Placed]]:
        """The verdicts as the comparatives change them, and the ranges meant.

        An item that is "too long" is disliked, and one that others are to be shorter than is no wish at all.
        """
        judged, ranges, shown = list(judged), list[Placed](), session.spoken_of
        for c in found:
            subject = None if c.items else _subject(c, judged)
            items = c.items or (subject.named.items if subject else tuple(shown))
            facet, value = self._range(c, self._of_kind(items, tastes), session)
            if facet:
                reason = c.kind == "complaint" and (subject is not None or len(items) == 1)
                ranges.append((c.start, _relative(c, facet, value, text[c.start : c.end], reason)))
            if subject and c.kind == "than":
                judged.remove(subject)
            elif c.kind == "complaint":
                judged = _disliked(judged, subject, shown, text, c.start)
        return judged, ranges

    def _range(self, comparative: Comparative, items: Iterable[str], session: Session) -> tuple[str, str]:
        """Field and range, for the first unit of which the items have numbers; empty if they have none."""
        rows = [self._gazetteer.get(item) for item in items]
        for field in (self._fields[unit] for unit in comparative.units if unit in self._fields):
            numbers = [n for row in rows if not math.isnan(n := row.number(field))]
            if numbers:
                return field, relative_range(comparative, numbers, self._room(field, session))
        return "", ""

    def _room(self, field: str, session: Session) -> list[float]:
        """The numbers of what the session's other limits, names and values let in."""
        catalogue, wishes = self._gazetteer.catalogue, session.effective_interests
        others = [i for i in wishes if i.facet != field and not i.parked]
        allowed = exact_filters(others, catalogue).allowed
        for wish in (i for i in others if i.level == "want" and i.facet not in (OPEN, MENTION, SUGGESTED)):
            allowed = allowed & matching(wish, catalogue)
        return [float(number) for number in catalogue.numbers[field][allowed]]

    def _of_kind(self, items: Iterable[str], tastes: Sequence[Placed]) -> list[str]:
        """Those of the category that is wanted: a book is not shorter than a film."""
        wanted: dict[str, set[str]] = {}
        for _, i in tastes:
            if i.level == "want" and self._gazetteer.schema.kind(i.facet) == "category":
                wanted.setdefault(i.facet, set()).add(i.value)
        rows = [self._gazetteer.get(item) for item in items]
        return [row.id for row in rows if all(set(row.values(f)) & values for f, values in wanted.items())]


def _subject(comparative: Comparative, judged: Sequence[Judged]) -> Judged | None:
    """The item named last before."""
    return next((j for j in reversed(judged) if j.named.end <= comparative.start), None)


def _relative(c: Comparative, facet: str, value: str, quote: str, reason: bool) -> Interest:
    """The range as an interest; what is the reason of a dislike of one item does not last."""
    level: Level = "never" if c.kind == "complaint" else "want"
    return Interest(facet, value, level=level, source="feedback" if reason else "message", quote=quote)


def because(
    parsed: ParsedMessage, judged: Sequence[Judged], tastes: Sequence[Placed], shown: Sequence[str]
) -> tuple[list[Judged], list[Placed]]:
    """ "The second one is too scary": the item is disliked, and "less scary" is the reason, which does not last."""
    text, judged, changed = parsed.text, list(judged), list[Placed]()
    for position, interest in tastes:
        cue = _cue(parsed, position, interest.level)
        subject = next((j for j in judged if cue and _OF.fullmatch(text, j.named.end, cue)), None)
        named = any(j.named.start < cue for j in judged)
        pointed = cue and not named and len(shown) == 1 and _POINTED.search(text[:cue])
        if cue and (subject or pointed):
            judged = _disliked(judged, subject, shown, text, cue)
            interest = replace(interest, source="feedback") if interest.level == "less" else interest
        changed.append((position, interest))
    return judged, changed


def _cue(parsed: ParsedMessage, position: int, level: Level) -> int:
    """Where the "too" or "not ... enough" stands of which the thing at a position is the matter; 0 if there is none."""
    for scope in parsed.cued if level == "less" else ():
        if scope.cue <= position < scope.end and _TOO.fullmatch(parsed.text[scope.cue : scope.start].strip()):
            return scope.cue
    lacks = (match for form in _LACKING for match in form.finditer(parsed.text))
    return next((m.start() for m in lacks if m.start("what") <= position < m.end("what")), 0)


def lacking(text: str) -> list[tuple[int, int]]:
    """The words around what is "not funny enough": not the thing itself, of which more is wanted."""
    found = [match for form in _LACKING for match in form.finditer(text)]
    return [span for m in found for span in ((m.start(), m.start("what")), (m.end("what"), m.end()))]


def _disliked(
    judged: Sequence[Judged], subject: Judged | None, shown: Sequence[str], text: str, start: int
) -> list[Judged]:
    """The verdicts with that on the subject, or on the only item on screen, changed to a dislike."""
    if subject:
        return [replace(j, said="disliked") if j is subject else j for j in judged]
    if len(shown) != 1:
        return list(judged)
    return [*judged, Judged(Named((shown[0],), start, len(text.rstrip())), "disliked", len(text))]


_STRESSES: Mapping[Stress, float] = {"weak": WEAK, "strong": STRESSED}


def weighed(parsed: ParsedMessage, tastes: Sequence[Placed]) -> list[Placed]:
    """The tastes with the strengths that the words beside them give them."""
    said: dict[int, float | None] = {}
    if parsed.reading is not None:
        said = {position: _STRESSES.get(parsed.reading.stress(position)) for position, _ in tastes}
    for match in parsed.matches:
        begin, end = parsed.list_begin(match), parsed.end(match)
        sentence = _SENTENCE.split(before(parsed.text, begin))[-1]
        cued = strength(sentence, _SENTENCE.split(parsed.text[end:])[0])
        said[parsed.begin(match)] = cued or said.get(parsed.begin(match))
    gates = {position for position, i in tastes if is_filter(i, parsed.gazetteer.schema)}
    stressed = STRESSED in (said[position] for position in said.keys() - gates)  # "German, really strong" is German too
    return [(position, _weigh(i, said.get(position), stressed, parsed)) for position, i in tastes]


def _weigh(interest: Interest, said: float | None, stressed: bool, parsed: ParsedMessage) -> Interest:
    if interest.level != "want" or is_filter(interest, parsed.gazetteer.schema):
        return interest
    if said is None:
        return replace(interest, strength=interest.strength * BESIDE) if stressed else interest
    return replace(interest, strength=said * (interest.strength if interest.facet == OPEN else 1.0))


def distinct(interests: Sequence[Interest]) -> tuple[Interest, ...]:
    """One interest per key; said twice in a message, the last and the stricter counts. So it is with bounds of one side
    ("better rated ones, above 3.5")."""
    order = {"want": 0, "less": 1, "never": 2}
    found: dict[tuple[str, str], Interest] = {}
    for interest in interests:
        bounds = interest.level == "want" and is_range(interest.value) and interest.value[0] in "<>"
        key = (interest.facet, interest.value[0]) if bounds else interest.key
        known = found.get(key)
        if known is None or order[interest.level] >= order[known.level]:
            found[key] = interest
    return tuple(found.values())
