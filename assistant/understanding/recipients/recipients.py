"""For whom something is to be, as wishes: "for my wife" is women's and unisex, "my daughter is 7" nothing from 13 on.

Knows one catalogue and the session. Knows nothing of how people are named: see mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from penchant.retriever import Interest
from penchant.retriever.catalogue.kinds import Audience

from ...session import Asked, Session, Understanding
from ..linking import Entry, Gazetteer, Match
from ..quantities import written
from ..text import Token, forms, tokens
from .audience_fields import AudienceFields
from .mentions import Mention, mentions, told_of
from .own_sexes import OwnSexes
from .persons import GROWN_UP, Person, is_person

_FOR_EVERYBODY = 0.6
"""How strongly what is for everybody is wanted, beside what is for those who are meant."""

_ALSO = re.compile(r"\b(?:also|too|as\s+well|both|another\s+one|and\s+(?:one|something|anything))\b|[也还]", re.I)
_FOR_ME = re.compile(r"\b(?:for|i\s+meant?)\s+(?:me|myself)\b|给我自己", re.I)

_ANY_CHILD = Person(low=0.0, high=17.0)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RecipientSaid:
    """What a message says of whom something is for: where, as which wishes, and which earlier ones end by it."""

    spans: tuple[Span, ...] = ()
    interests: tuple[Interest, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.interests or self.dropped)


class RecipientReader:
    """Reads for whom messages about one catalogue ask."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer, self._own = gazetteer, OwnSexes(gazetteer)
        self._fields = AudienceFields.of(gazetteer, {field.name for field in self._own.fields})

    def own(self, text: str, words: Sequence[Token]) -> list[Match]:
        """Where a text says of what sex an item or its maker is to be."""
        return self._own.find(text, words)

    def read(self, text: str, session: Session) -> RecipientSaid:
        """What a text says; nothing where the catalogue has no field that could tell."""
        found = [m for m in mentions(text) if not (self._is_value(m) or self._is_known(m, session))]
        found = [m for m in found if not self._is_said_of(text, m)]
        found = [m for m in found if self._fields.has_ages or not m.bare]
        meant = [m for m in found if not m.refused]
        interests = [*self._people(text, meant), *self._ages(text, meant), *self._refused(text, found, session)]
        spans = (
            *_spans(meant if interests or self._own.fields else ()),
            *(told_of(text) if self._fields.people else ()),
        )
        if _ALSO.search(text):
            return RecipientSaid(spans, (*interests, *self._kept(session, interests)))
        ends = interests or _FOR_ME.search(text) or any(not (m.along or m.named or m.is_vague) for m in found)
        return RecipientSaid(spans, tuple(interests), tuple(self._earlier(session, interests)) if ends else ())

    def _is_known(self, mention: Mention, session: Session) -> bool:
        """ "She needs a coat", where something is for a woman already."""
        anybody = replace(mention.who, low=0.0)
        wanted = [
            values[i.value]
            for field, values in self._fields.people.items()
            for i in session.interests
            if i.facet == field and i.level == "want" and i.value in values
        ]
        return mention.is_vague and bool(wanted) and all(anybody.fits(one) for one in wanted)

    def _is_value(self, mention: Mention) -> bool:
        """ "Men's", where that is a value: it is heard as such."""
        known = self._gazetteer.entries.get(forms(mention.word), ())
        return mention.named and any(e.facet in self._fields.people for e in known)

    def _is_said_of(self, text: str, mention: Mention) -> bool:
        """ "Good with kids", where that is a value: it says of things how they are, and not for whom one is sought."""
        words = tokens(text)
        begins = {n for n, word in enumerate(words) if word.end > mention.start}
        own = {*self._fields.people, *self._fields.ages}

        def accept(entry: Entry, first: int, last: int) -> bool:
            whole = last - first > 1 and forms(entry.value) == tuple(word.form for word in words[first:last])
            return entry.kind == "value" and whole and entry.facet not in own and first not in begins

        found = self._gazetteer.find(words, accept)
        return any(mention.end <= words[m.last - 1].end and words[m.first].start < mention.end for m in found)

    def _people(self, text: str, meant: Sequence[Mention]) -> Iterator[Interest]:
        """Men's and women's, boys' and girls'; what is for everybody beside it. In a field of such values alone, the
        others are kept out by that; among tags, what has no other."""
        told = [m for m in meant if not m.along]
        for field, values in self._fields.people.items():
            fit = {value: m for value, one in values.items() if (m := _first(told, one, values))}
            fit = dict(sorted(fit.items(), key=lambda one: values[one[0]].is_everybody))
            out = [value for value in values if value not in fit]
            if fit and out:
                yield from (self._wanted(field, value, values[value], text, m) for value, m in fit.items())
                yield from self._barred(field, out, list(fit), text, told[0])

    def _wanted(self, field: str, value: str, audience: Audience, text: str, mention: Mention) -> Interest:
        strength = _FOR_EVERYBODY if audience.is_everybody else 1.0
        return Interest(field, value, strength, quote=_quote(text, mention))

    def _barred(
        self, field: str, out: Sequence[str], fit: Sequence[str], text: str, mention: Mention
    ) -> Iterator[Interest]:
        if self._gazetteer.schema.kind(field) != "category":
            spared = self._fields.holding(field, fit) if field in self._fields.tagged else ()
            yield from (
                Interest(field, value, level="never", quote=_quote(text, mention), items=spared) for value in out
            )

    def _ages(self, text: str, meant: Sequence[Mention]) -> Iterator[Interest]:
        """What children may see, and what is for their age."""
        young = [m for m in meant if m.who.is_child and (m.who.is_of_age or not m.along)]
        for field, values in self._fields.ages.items() if young else ():
            yield from self._rated(field, values, text, young)
        for m in young:
            yield from (Interest(facet, value, quote=_quote(text, m)) for facet, value in self._fields.for_young(m.who))
            yield from self._limits(text, m) if m.who.is_of_age else ()

    def _rated(
        self, field: str, values: Mapping[str, Audience], text: str, young: Sequence[Mention]
    ) -> Iterator[Interest]:
        """Of a field of ages or ratings: what does not fit all of them is kept out."""
        fit = [value for value, one in values.items() if all(m.who.fits(one) for m in young)]
        out = [value for value in values if value not in fit]
        quote = _quote(text, young[0])
        if not (fit and out):
            return
        if self._gazetteer.schema.kind(field) == "category":
            yield from (Interest(field, value, quote=quote) for value in fit)
            return
        yield from (Interest(field, value, level="never", quote=quote) for value in out)
        yield from (Interest(field, value, quote=quote) for value in fit if values[value].high < GROWN_UP)

    def _limits(self, text: str, mention: Mention) -> Iterator[Interest]:
        """ "From 6 years", "to 10 years" and "required age"."""
        for field in self._fields.limits:
            low, high = written(mention.who.low), written(mention.who.high)
            value = f">= {high}" if field.field.bound == "high" else f"<= {low}"
            if self._gazetteer.number_fields.any_within(field.name, value):
                yield Interest(field.name, value, quote=_quote(text, mention))

    def _refused(self, text: str, found: Sequence[Mention], session: Session) -> Iterator[Interest]:
        """ "Nothing for men", where nothing was wanted for them."""
        wanted = {i.key for i in session.interests if i.level == "want"}
        for m in (m for m in found if m.refused and m.named):
            for field, values in self._fields.people.items():
                one_sided = (v for v, one in values.items() if one.sexes <= m.who.sexes and m.who.fits(one))
                said = (Interest(field, value, level="never", quote=_quote(text, m)) for value in one_sided)
                yield from (i for i in said if i.key not in wanted)

    def _kept(self, session: Session, interests: Sequence[Interest]) -> list[Interest]:
        """Whom something was for before, beside whom it is for now too."""
        now = {i.key for i in interests}
        fields = {i.facet for i in interests if i.level == "want"} & {*self._fields.people, *self._fields.ages}
        return [i for i in session.interests if i.level == "want" and i.facet in fields and i.key not in now]

    def _earlier(self, session: Session, interests: Sequence[Interest]) -> list[tuple[str, str]]:
        """Keys of what was said of others before."""
        now = {i.key for i in interests}
        told = (i for i in session.interests if i.source == "message" and not i.pinned and self._is_of_somebody(i))
        return [i.key for i in told if i.key not in now]

    def _is_of_somebody(self, interest: Interest) -> bool:
        """Whether an interest is there for whom something is to be."""
        fields = {*self._fields.people, *self._fields.ages, *(field.name for field in self._fields.limits)}
        young = (interest.facet, interest.value) in self._fields.for_young(_ANY_CHILD)
        return interest.facet in fields or young or (interest.level == "never" and is_person(interest.quote))


def with_recipients(said: Understanding, recipients: RecipientSaid) -> Understanding:
    """What a message says, with whom it is for: that is a wish, unless something else is asked."""
    if not recipients or said.asked.topic not in ("", "remark"):
        return said
    told = {i.key for i in said.interests}
    interests = (*said.interests, *(i for i in recipients.interests if i.key not in told))
    intent = said.intent if said.intent in ("recommend", "more", "new_topic", "refine") else "refine"
    dropped = tuple(dict.fromkeys([*said.dropped, *(key for key in recipients.dropped if key not in told)]))
    return replace(said, interests=interests, dropped=dropped, intent=intent, asked=Asked())


def _first(meant: Sequence[Mention], audience: Audience, values: Mapping[str, Audience]) -> Mention | None:
    """Of whom it is; where there are things for children, what is for everybody is none of a child's."""
    own = {m: m.who.is_child and any(m.who.fits(one) and one.high < GROWN_UP for one in values.values()) for m in meant}
    return next((m for m in meant if m.who.fits(audience) and not (own[m] and audience.is_everybody)), None)


def _quote(text: str, mention: Mention) -> str:
    return text[mention.start : mention.end].strip()


def _spans(meant: Sequence[Mention]) -> tuple[Span, ...]:
    return tuple((m.start, m.end) for m in meant)
