"""What a language model's answer to one message means for one catalogue: checked item by item.

What the model says is data: facets must be the catalogue's, ranges must parse, mentioned items must be found by title
or by their number on screen, what it rules out must have been said, and what does not pass is left out. Knows nothing
of servers or of ranking.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from penchant.retriever import MENTION, OPEN, Interest, Level, parse_range

from ...model_calls import Usage
from ...session import Session, Understanding
from ...understanding import MESSAGE_STRENGTH, Understander
from ...understanding.cues import verdict
from ...understanding.linking import Gazetteer, is_introduced
from .lifting import Lifting
from .occasions import alternatives, kept_from_children, occasion_tags, plainly, said_of_a_wish
from .response import Occasion, Response, Tag, plain_range
from .standing import Standing
from .suggestions import suggestions
from .works import Works

_LONGEST_VALUE, _LONGEST_NAME = 200, 60
_WISH_STRENGTH = 0.65
"""Of the whole wish, next to the tags: these lose what they do not name."""
_FRAGMENT = 0.1
"""What a phrase that the catalogue does not know counts beside the whole wish, which says it too."""
_RELATIVE = re.compile(r"\s*(<=|>=|<|>)\s*(?:than\s+)?(.+)")
_ON_SCREEN = re.compile(r"\s*(#|number\s+)?([0-9]{1,2})\s*", re.I)
_APART = re.compile(r"[.!?;,。！？；，]|\b(?:and|but)\b", re.I)
_LEVELS: dict[str, Level] = {"want": "want", "less": "less", "never": "never"}


@dataclass(frozen=True)
class CheckedResponse:
    """A model's response to one message, held against this catalogue: what does not pass is left out."""

    message: str
    session: Session
    response: Response
    gazetteer: Gazetteer
    works: Works
    rules: Understander

    @property
    def is_empty(self) -> bool:
        """Whether the model found nothing in a message that asks for picks."""
        said = self.response
        found = said.tags or said.wish or said.taken_back or said.examples or said.occasion.value
        return said.intent in ("recommend", "refine") and not found

    def understanding(self) -> Understanding:
        """All of the response that can be used; a question is no wish, whatever else is written about it."""
        about = [item for tag, item in self._works if tag.level == "about" or (self._asks and tag.level == "want")]
        later = [item for tag, item in self._works if tag.level == "later"]
        apart = {*about, *later, *(item for tag, item in self._works if tag.level == "unseen")}
        spoken_of = [(tag, item) for tag, item in self._works if item not in apart]
        mentions = [self._mention(tag, item) for tag, item in spoken_of if tag.level != "seen"]
        others = [i for tag in self._tags if tag.facet != MENTION and (i := self._interest(tag))]
        others += kept_from_children(self._occasion, others, self.gazetteer)
        read = [*self._whole(), *self._reasoned(others, mentions), *mentions]
        found, back = self._lifting.held(read), self.response.taken_back
        interests = {i.key: i for i in (*self._standing.joined(found), *self._suggested(apart))}
        seen = [item for tag, item in spoken_of if not self._is_asked_for(tag, item)]
        return Understanding(
            self.response.intent,
            tuple(interests.values()),
            tuple(self._lifting.dropped(back)),
            tuple(dict.fromkeys(seen)),
            tuple(dict.fromkeys(later)),
            tuple(dict.fromkeys(about)),
            self.plain.count,
            note=" ".join(
                dict.fromkeys([*self._notes(), *self._standing.notes(found), *self._lifting.notes(read, back)])
            ),
        )

    @property
    def _asks(self) -> bool:
        return self.response.intent in ("ask", "compare")

    @cached_property
    def plain(self) -> Understanding:
        """What the message says as it is read without a model."""
        return self.rules.understand(self.message, self.session, Usage())

    @cached_property
    def _standing(self) -> Standing:
        """What holds of that reading; of works that the model speaks of, the model knows better what is said."""
        works = {item for _, item in self._works}
        others = [i for i in self.plain.interests if works.isdisjoint((i.item, *i.items))]
        return Standing(self.message, others, self.gazetteer.schema)

    @cached_property
    def _lifting(self) -> Lifting:
        return Lifting(self.message, self.session, self.plain, self.gazetteer.schema)

    @cached_property
    def _tags(self) -> list[Tag]:
        """The tags but for what the person is said to rule out in words that are not theirs: that would hide items for
        good."""
        apart = [one for tag in self.response.tags for one in alternatives(tag, self.gazetteer)]
        return [tag for tag in (*apart, *occasion_tags(self._occasion)) if not self._is_made_up(tag)]

    @cached_property
    def _occasion(self) -> Occasion:
        return said_of_a_wish(self.response.occasion, self.message, self._asks)

    @cached_property
    def _works(self) -> list[tuple[Tag, str]]:
        return [(tag, item) for tag in self._tags if tag.facet == MENTION and (item := self._item(tag.value))]

    def _is_made_up(self, tag: Tag) -> bool:
        level = _LEVELS.get(tag.level, "want")
        gate = tag.facet == MENTION or self.gazetteer.schema.kind(tag.facet) in ("number", "category")
        if (_strict(level) if gate else level) != "never":
            return False
        message = plainly(self.message)
        return not any(said and said in message for said in (plainly(tag.quote), plainly(tag.value)))

    def _interest(self, tag: Tag) -> Interest | None:
        """The tag as an interest of this catalogue, or None if it cannot be one."""
        value, level = tag.value.strip(), _LEVELS.get(tag.level)
        kind, quote = self.gazetteer.schema.kind(tag.facet), self._quote(tag)
        if tag.level == "about" and kind == "name":
            level = "want"  # "What else has she made?"
        if len(value) > _LONGEST_VALUE or level is None:
            return None
        if kind == "number":
            return self._ranged(tag, value, _strict(level))
        known = self.gazetteer.known_value(tag.facet, value)
        if kind == "category":
            return Interest(tag.facet, known, tag.strength, _strict(level), quote=quote) if known else None
        return self._valued(tag, known, level, quote)

    def _valued(self, tag: Tag, known: str, level: Level, quote: str) -> Interest:
        """A value of the catalogue: of the facet named, or of the only one that knows it; else words."""
        value, kind = tag.value.strip(), self.gazetteer.schema.kind(tag.facet)
        if not known and (entry := self.gazetteer.only_value(value)):
            return Interest(entry.facet, entry.value, tag.strength, level, quote=quote)
        if kind in ("facet", "name"):
            return Interest(tag.facet, known or value, tag.strength, level, quote=quote)
        strength = _FRAGMENT * tag.strength if level == "want" else tag.strength
        return Interest(OPEN, value, strength, level, quote=quote)

    def _mention(self, tag: Tag, item: str) -> Interest:
        level, title = _strict(_LEVELS.get(tag.level, "want")), self.gazetteer.title(item)
        return Interest(MENTION, title, tag.strength, level, source="mention", quote=self._quote(tag), item=item)

    def _item(self, named: str) -> str:
        """The id of a work by its number on screen or its title; empty if there is none. A bare number is a place on
        the screen, if there is one."""
        if len(named) > _LONGEST_VALUE:
            return ""
        number = _ON_SCREEN.fullmatch(named)
        place = int(number[2]) - 1 if number else -1
        if 0 <= place < len(self.session.shown):
            return self.session.shown[place]
        return "" if number and number[1] else self.gazetteer.find_title(named) or self.works.find(named)

    def _ranged(self, tag: Tag, value: str, level: Level) -> Interest | None:
        """A range, also one relative to a work; ruled out relative to one ("too long"), it holds for a while only."""
        relative = self._relative(tag.facet, value)
        source = "feedback" if relative and level == "never" else "message"
        value = relative or plain_range(value)
        try:
            low, high = parse_range(value)
        except ValueError:
            return None
        if low > high:
            return None
        return Interest(tag.facet, value, 1.0, level, source=source, quote=self._quote(tag))  # type: ignore[arg-type]

    def _relative(self, facet: str, value: str) -> str:
        match = _RELATIVE.fullmatch(value)
        item = self._item(match[2]) if match and not match[2].strip()[:1].isdigit() else ""
        number = self.gazetteer.get(item).number(facet) if item else math.nan
        return f"{match[1]} {number:.12g}" if match and not math.isnan(number) else ""

    def _reasoned(self, interests: Sequence[Interest], mentions: Sequence[Interest]) -> Iterator[Interest]:
        """ "The second one is too scary": what is said in one breath with a dislike is its reason; it does not last."""
        disliked = [m.quote for m in mentions if m.level == "never" and m.quote]
        for interest in interests:
            reason = interest.level == "less" and any(self._one_breath(quote, interest.quote) for quote in disliked)
            yield replace(interest, source="feedback") if reason else interest

    def _one_breath(self, one: str, other: str) -> bool:
        if not other:
            return False
        (_, first), (second, _) = sorted((self.message.find(q), self.message.find(q) + len(q)) for q in (one, other))
        return not _APART.search(self.message[first:second])

    def _is_asked_for(self, tag: Tag, item: str) -> bool:
        """ "Do you have Alien?": then it may be shown. "Like Alien", and what is on screen, is known."""
        title = self.gazetteer.title(item).partition(" (")[0].casefold()
        start = self.message.casefold().find(title)
        if tag.level != "want" or item in self.session.shown or start < 0:
            return False
        return not is_introduced(self.message[:start]) and not verdict(self.message)

    def _whole(self) -> list[Interest]:
        """The message as it was written, and the wish that the model makes of it."""
        if self._asks or self.response.intent == "small_talk":
            return []
        wish, said = self.response.wish, _own_words(self.plain)
        if 0 < len(wish) <= _LONGEST_VALUE and _own_words(self.rules.understand(wish, Session(), Usage())):
            said.append(Interest(OPEN, wish, _WISH_STRENGTH, quote=self.message))
        return said

    def _suggested(self, apart: Collection[str]) -> list[Interest]:
        """What the model would pick: anew where the message asks for picks, and else where nothing is suggested yet to
        somebody of whom something is known. Thanks for the last picks leave them as they are."""
        idle = self.response.intent == "small_talk" or (self.response.intent == "feedback" and not self._tags)
        so_far = [i for i in self.session.interests if i.level == "want" and not i.parked]
        if self._asks or (idle and (not so_far or any(i.source == "model" for i in so_far))):
            return []
        known = {*apart, *self.session.shown, *(item for _, item in self._works)}
        return suggestions(self.response.examples, self.works, self.gazetteer, known, self.message.strip())

    def _notes(self) -> Iterator[str]:
        names = set(self.gazetteer.schema.of("name"))
        for tag in self.response.tags:
            value = tag.value.strip()
            unknown = tag.facet == MENTION and not self._item(value)
            unknown |= tag.facet in names and not self.gazetteer.known_value(tag.facet, value)
            if self._is_made_up(tag):
                yield f"The message does not rule out “{value[:_LONGEST_NAME]}”; the model's word for it is left out."
            elif unknown and len(value) <= _LONGEST_VALUE and value.casefold() in self.message.casefold():
                yield f"No “{value}” in this catalogue; taken as words."

    def _quote(self, tag: Tag) -> str:
        return tag.quote if tag.quote in self.message else ""


def _own_words(said: Understanding) -> list[Interest]:
    """The whole message as a wish, if anything in it is about taste."""
    wants = (i for i in said.interests if i.facet == OPEN and i.level == "want")
    return [i for i in wants if i.strength >= MESSAGE_STRENGTH]


def _strict(level: Level) -> Level:
    """Numbers, categories and mentioned items have no "less"."""
    return "want" if level == "want" else "never"
