"""Understands a message with a language model: one structured call, checked item by item.

What the model says is data: facets must be the catalogue's, ranges must parse, mentioned items must be found by title
or by their number on screen, and what does not pass is left out. Knows nothing of servers or of ranking.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from penchant.retriever import MENTION, OPEN, Interest, Level, parse_range

from ..model_calls import Usage
from ..session import Session, Understanding
from ..understanding.cues import verdict
from ..understanding.linking import Gazetteer, is_introduced
from .client import LanguageModel
from .prompts import ask, instructions
from .response import Response, Tag, plain_range, read_response, response_schema

_LONGEST_VALUE = 200
_WISH_STRENGTH = 0.65
"""Of the whole wish, next to the tags: these lose what they do not name."""
_SEEN_STRENGTH = 0.7
_RELATIVE = re.compile(r"\s*(<=|>=|<|>)\s*(?:than\s+)?(.+)")
_ON_SCREEN = re.compile(r"\s*(?:#|number\s+)?([0-9]{1,2})\s*", re.I)
_APART = re.compile(r"[.!?;,。！？；，]|\b(?:and|but)\b", re.I)
_LEVELS: dict[str, Level] = {"want": "want", "less": "less", "never": "never"}


class LLMParser:
    """A language model that reads messages against one catalogue's schema and gazetteer."""

    def __init__(self, model: LanguageModel, gazetteer: Gazetteer) -> None:
        self._model = model
        self._gazetteer = gazetteer
        self._system = instructions(gazetteer)
        self._schema = response_schema()

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def resting(self) -> bool:
        return self._model.resting

    def understand(self, message: str, session: Session, usage: Usage | None = None) -> Understanding:
        """One call. Raises ModelError; an answer with bad parts loses only those parts."""
        titles = {item: self._gazetteer.title(item) for item in session.shown}
        messages = ask(self._system, message, session, titles)
        response = self._model.structured(messages, self._schema, read_response, usage)
        checked = CheckedResponse(message, session, response, self._gazetteer)
        return replace(checked.understanding(), served_by=self._model.name)


@dataclass(frozen=True)
class CheckedResponse:
    """A model's response to one message, held against this catalogue: what does not pass is left out."""

    message: str
    session: Session
    response: Response
    gazetteer: Gazetteer

    def understanding(self) -> Understanding:
        """All of the response that can be used; a question is no wish, whatever else is written about it."""
        asking = self.response.intent in ("ask", "compare")
        works = [(tag, item) for tag in self.response.tags if tag.facet == MENTION and (item := self._item(tag.value))]
        about = [item for tag, item in works if tag.level == "about" or (asking and tag.level == "want")]
        later = [item for tag, item in works if tag.level == "later"]
        spoken_of = [(tag, item) for tag, item in works if item not in (*about, *later)]
        mentions = [self._mention(tag, item) for tag, item in spoken_of]
        others = [i for tag in self.response.tags if tag.facet != MENTION and (i := self._interest(tag))]
        wish = [] if asking else self._wish()
        interests = {i.key: i for i in (*wish, *self._reasoned(others, mentions), *mentions)}
        seen = [item for tag, item in spoken_of if not self._is_asked_for(tag, item)]
        return Understanding(
            self.response.intent,
            tuple(interests.values()),
            tuple(self._dropped()),
            tuple(dict.fromkeys(seen)),
            tuple(dict.fromkeys(later)),
            tuple(dict.fromkeys(about)),
            note=" ".join(dict.fromkeys(self._notes())),
        )

    def _interest(self, tag: Tag) -> Interest | None:
        """The tag as an interest of this catalogue, or None if it cannot be one."""
        value, level = tag.value.strip(), _LEVELS.get(tag.level)
        if len(value) > _LONGEST_VALUE or level is None:
            return None
        kind, quote = self.gazetteer.schema.kind(tag.facet), self._quote(tag)
        if kind == "number":
            return self._ranged(tag, value, _strict(level))
        known = self.gazetteer.known_value(tag.facet, value)
        if kind == "category":
            return Interest(tag.facet, known, tag.strength, _strict(level), quote=quote) if known else None
        facet = tag.facet if kind in ("facet", "name") else OPEN
        return Interest(facet, known or value, tag.strength, level, quote=quote)

    def _mention(self, tag: Tag, item: str) -> Interest:
        level = _strict(_LEVELS.get(tag.level, "want"))
        strength = min(tag.strength, _SEEN_STRENGTH) if tag.level == "seen" else tag.strength
        title = self.gazetteer.title(item)
        return Interest(MENTION, title, strength, level, source="mention", quote=self._quote(tag), item=item)

    def _item(self, named: str) -> str:
        """The id of a work by its number on screen or its title; empty if there is none."""
        title = self.gazetteer.find_title(named) if len(named) <= _LONGEST_VALUE else ""
        number = None if title else _ON_SCREEN.fullmatch(named)
        place = int(number[1]) - 1 if number else -1
        return self.session.shown[place] if 0 <= place < len(self.session.shown) else title

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

    def _wish(self) -> list[Interest]:
        wish = self.response.wish
        return [Interest(OPEN, wish, _WISH_STRENGTH, quote=self.message)] if 0 < len(wish) <= _LONGEST_VALUE else []

    def _dropped(self) -> Iterator[tuple[str, str]]:
        """Keys of what is taken back by its value, by its label, or by its facet as a whole."""
        back = {value.strip().casefold() for value in self.response.taken_back}
        for i in self.session.interests:
            if {i.value.casefold(), i.label.casefold()} & back or (
                i.level == "want" and i.facet.casefold() in back - {""}
            ):
                yield i.key

    def _notes(self) -> Iterator[str]:
        names = set(self.gazetteer.schema.of("name"))
        for tag in self.response.tags:
            value = tag.value.strip()
            unknown = tag.facet == MENTION and not self._item(value)
            unknown |= tag.facet in names and not self.gazetteer.known_value(tag.facet, value)
            if unknown and len(value) <= _LONGEST_VALUE and value.casefold() in self.message.casefold():
                yield f"No “{value}” in this catalogue; taken as words."

    def _quote(self, tag: Tag) -> str:
        return tag.quote if tag.quote in self.message else ""


def _strict(level: Level) -> Level:
    """Numbers, categories and mentioned items have no "less"."""
    return "want" if level == "want" else "never"
