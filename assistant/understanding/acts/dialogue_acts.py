"""What a message says about the conversation and its items, beside taste: questions, places, verdicts, states.

`find` tells what is no wish, `resolve` adds up what is left. Knows nothing of how taste is told from it: see tagger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from penchant.retriever import MENTION, Interest, Level

from ...session import Intent, Session, Understanding
from ..cues import (
    IMPORTANCE,
    Comparative,
    Reference,
    Revision,
    State,
    courtesies,
    intent_of,
    others,
    reactions,
    references,
    revisions,
    states,
    verdict,
)
from ..linking import EntityLinker, Gazetteer, Match, find_numbers, is_introduced, is_likened
from ..parsing import ParsedMessage, Span, unknown_names
from ..quantities import Range, is_order
from ..spans import Reading
from ..text import before, forms, tokens
from .children import for_children
from .item_questions import ItemQuestion, Objects, find_questions
from .judgements import LATER, Judged, Named, Stance, judge, surely_known, unspoken
from .learned_acts import learned_intent, picks_asked_for, places, wished_for, without_questions
from .makers import by_makers
from .relations import FEW, Placed, RelationResolver, anchored, because, distinct, lacking, weighed
from .remedies import remedies
from .retractions import RetractionResolver

_STRENGTHS: Mapping[Stance, float] = {"seen": 0.7, "accepted": 0.7, "unseen": 0.5}
_OTHER = re.compile(r"\bthe\s+(?:others?|rest)\b", re.I)
_POINTS = re.compile(r"\b(?:it|that|this|them|those|these|both|me)\b", re.I)


class _Part(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class DialogueActs:
    """The parts of a message that are about the conversation."""

    text: str
    session: Session
    references: Sequence[Reference]
    questions: Sequence[ItemQuestion]
    revisions: Sequence[Revision]
    states: Sequence[State]
    comparatives: Sequence[Comparative]
    phrases: Sequence[Span]
    numbers: Sequence[Range]

    @property
    def asides(self) -> list[Span]:
        lists: tuple[Sequence[_Part], ...] = (
            self.references,
            self.questions,
            self.revisions,
            self.states,
            self.comparatives,
        )
        return sorted([*((part.start, part.end) for parts in lists for part in parts), *self.phrases])


class DialogueActParser:
    """Reads the conversational half of messages about one catalogue."""

    def __init__(self, gazetteer: Gazetteer, linker: EntityLinker) -> None:
        self._gazetteer = gazetteer
        self._linker = linker
        self._retractions = RetractionResolver(gazetteer, linker)
        self._relations = RelationResolver(gazetteer)

    def find(self, text: str, session: Session) -> DialogueActs:
        """The asides of a text; what stands inside a question is nothing else."""
        meant = [*references(text, session.shown), *self._relations.extremes(text, session.shown)]
        meant = [] if is_order(text) else meant
        meant = sorted([*meant, *self._others(text, meant, session)], key=lambda r: r.start)
        objects = Objects(text, meant, session.shown, self._gazetteer)
        asked = find_questions(objects)

        def outside(start: int) -> bool:
            return not any(q.start <= start < q.end for q in asked)

        stated = find_numbers(text, self._gazetteer, session.interests)
        compared = [
            anchored(c, objects)
            for c in self._relations.compared(text)
            if (session.shown or c.kind == "than" or self._linker.named_items(text)) and outside(c.start)
            if not any(r.meets(c.start, c.end) for r in stated)
        ]
        phrases = [*courtesies(text), *lacking(text)]
        phrases += [m.span() for form in (LATER, IMPORTANCE) for m in form.finditer(text)]
        return DialogueActs(
            text,
            session,
            [r for r in meant if outside(r.start) and not any(c.start <= r.start < c.end for c in compared)],
            asked,
            [r for r in revisions(text) if outside(r.start) and self._retractions.applies(r, text, session)],
            [s for s in states(text) if outside(s.start)],
            compared,
            [span for span in phrases if outside(span[0])],
            stated,
        )

    def _others(self, text: str, meant: Sequence[Reference], session: Session) -> list[Reference]:
        """ "The other one": what nothing else in the text names."""
        if not session.shown or not _OTHER.search(text):
            return []
        titles = [m for m in self._linker.find(text, tokens(text)) if m.entries[0].kind == "title"]
        named = {e.item for m in titles for e in m.entries} | {item for r in meant for item in r.items}
        return others(text, unspoken(session.shown, session, named))

    def resolve(
        self, acts: DialogueActs, parsed: ParsedMessage, tastes: Sequence[Placed], own: Sequence[Interest]
    ) -> Understanding:
        """The understanding of a message whose tastes and own words are known."""
        session = acts.session
        wishes, tastes, own = wished_for(parsed, tastes, own, session)
        judged, asked = without_questions(self._judged(acts, parsed, tastes), parsed.reading)
        others, makers = by_makers(parsed, judged, self._gazetteer)
        parents = _ids(j for j in judged if j not in others and j.said != "unseen")
        judged, numbers = self._relations.relate(acts.comparatives, acts.text, others, tastes, session)
        judged, tastes = because(parsed, judged, tastes, session.shown)
        alone = not (session.interests or tastes)  # else watched is not enjoyed
        enjoyed = [j for j in judged if alone or j.said != "seen" or is_likened(parsed.text[: j.named.start])]
        own = own if enjoyed or tastes or numbers or makers or not judged else ()
        placed = [*weighed(parsed, tastes), *numbers, *makers, *self._items(parsed.text, enjoyed)]
        found = [interest for _, interest in sorted(placed, key=lambda p: p[0])]
        found += remedies(acts.states, parsed, found)
        found += [] if acts.questions or asked else for_children(parsed, found)
        found += self._retractions.ruled_out(acts.revisions, acts.text, session) if wishes else []
        lifted = self._retractions.lifted(parsed, found, session)
        ended = self._retractions.ended(acts.revisions, found, session, lifted) | lifted
        found = self._retractions.wished(parsed, found, own, lifted, session)
        known = _ids(j for j in judged if j.said not in ("unseen", "accepted", "later") and not j.named.asked)
        known += tuple(item for item in parents if item not in known)
        told = {i.item for i in found}  # what is also liked, or not, is not only put off
        later = tuple(item for item in _ids(j for j in judged if j.said == "later") if item not in told)
        about = tuple(dict.fromkeys([*(item for q in acts.questions for item in q.items), *asked]))
        speaks = bool((count := picks_asked_for(parsed)) or found or ended or known or later)
        intent = self._intent(acts, judged, speaks, bool(session.shown or about), parsed.reading)
        return Understanding(
            intent, distinct(found), tuple(sorted(ended)), known, later, about, count, note=_note(parsed)
        )

    def _intent(
        self, acts: DialogueActs, judged: Sequence[Judged], says_anything: bool, pointed: bool, reading: Reading | None
    ) -> Intent:
        if acts.questions:
            return acts.questions[0].intent
        if any(len(j.named.items) > FEW and j.said in ("disliked", "ruled out") for j in judged):
            return "more"
        intent = intent_of(acts.text, says_anything, acts.session)
        learned = learned_intent(reading, says_anything, pointed) if reading else None
        return learned if learned and intent != "new_topic" else intent

    def _judged(self, acts: DialogueActs, parsed: ParsedMessage, tastes: Sequence[Placed]) -> list[Judged]:
        """What is said of the items named; if none is, and nothing else is said, of the few on screen ("loved it")."""
        titles = [m for m in parsed.matches if m.entries[0].kind == "title"]
        named = [self._title(parsed, match, acts.session.shown) for match in titles]
        judged = judge(parsed, [*named, *(Named(r.items, r.start, r.end) for r in acts.references)])
        known = {item for j in judged for item in j.named.items}
        judged += [p for p in places(parsed, acts.session.shown) if not known.intersection(p.named.items)]
        judged.sort(key=lambda j: j.named.start)
        shown, text = acts.session.spoken_of, acts.text
        if shown and (reacted := self._reacted(acts, judged)):
            return [*judged, *reacted]
        if judged or not shown or len(shown) > FEW or any(q.items for q in acts.questions):
            return judged
        put_off = LATER.search(text) and not acts.questions
        pointed = bool(_POINTS.search(text)) or (put_off and len(shown) == 1)
        said: Stance | None = "later" if put_off else verdict(text) if not tastes else None
        whole = (len(text) - len(text.lstrip()), len(text.rstrip()))
        return [Judged(Named((item,), *whole), said, whole[1]) for item in shown] if pointed and said else []

    def _reacted(self, acts: DialogueActs, judged: Sequence[Judged]) -> list[Judged]:
        """What is said of the items on screen without naming them, before any other is named.

        It is of those that the person has not spoken of yet, if there are any.
        """
        items = unspoken(acts.session.spoken_of, acts.session, {item for j in judged for item in j.named.items})
        first = min((j.named.start for j in judged), default=None)
        elsewhere = any(not set(q.items).issubset(items) for q in acts.questions)
        for reaction in reactions(acts.text):
            before_any = not elsewhere and (first is None or acts.text[reaction.end : first].strip())
            if (before_any or reaction.offered) and (reaction.several or len(items) <= FEW):
                span = (reaction.start, reaction.end)
                return [Judged(Named((item,), *span), reaction.said, reaction.end) for item in items]
        return []

    def _title(self, parsed: ParsedMessage, match: Match, shown: Sequence[str]) -> Named:
        """ "Do you have Alien?", against "like Alien" or "Alien was great": then the person knows it."""
        start, end = parsed.begin(match), parsed.end(match)
        known = parsed.reading is not None and bool(parsed.reading.acts & {"liked", "seen"})
        known = known or surely_known(parsed.reading, start, end) == "seen"
        introduced = is_introduced(before(parsed.text, parsed.list_begin(match)))
        asked = not introduced and not verdict(parsed.text) and not known
        return Named((self._linker.meant(match.entries, parsed.text, start, end, shown).item,), start, end, asked)

    def _items(self, text: str, judged: Iterable[Judged]) -> list[Placed]:
        """Items as interests; of the whole screen only if it is liked, since one by one they would say too much."""
        return [
            (j.named.start, self._item(item, j.said, text[j.named.start : j.named.end]))
            for j in judged
            for item in j.named.items
            if j.said != "later" and (len(j.named.items) <= FEW or j.said == "liked")
        ]

    def _item(self, item: str, said: Stance, quote: str) -> Interest:
        """A dislike rules an item out, and to have seen it says less than to like it."""
        level: Level = "never" if said in ("disliked", "ruled out") else "want"
        title, strength = self._gazetteer.title(item), _STRENGTHS.get(said, 1.0)
        several = self._linker.titled(forms(quote)) if said == "ruled out" and forms(quote) != forms(title) else ()
        if len(several) > 1 and item in several:  # "no Harbour Wars", of which there are five
            return Interest(MENTION, quote, level=level, source="mention", items=several, quote=quote)
        return Interest(MENTION, title, strength, level, source="mention", item=item, quote=quote)


def _ids(judged: Iterable[Judged]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for j in judged for item in j.named.items))


def _note(parsed: ParsedMessage) -> str:
    names = dict.fromkeys(unknown_names(parsed))
    return " ".join(f"No “{name}” in this catalogue; taken as words." for name in names)
