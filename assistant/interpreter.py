"""Understands a message with a language model: one structured call, checked item by item.

What the model says is data: facets must be the catalogue's, ranges must parse, mentioned items must be found by title,
and what does not pass is left out. Knows nothing of servers (language_model), prompts (asking) or rules (decomposer).
"""

from __future__ import annotations

from penchant.retriever import MENTION, OPEN, Interest, Level, parse_range

from .answer import Answer, Tag, answer_schema, plain_range, read_answer
from .asking import ask, instructions
from .language_model import LanguageModel, Usage
from .session import Session
from .understanding import Understanding
from .vocabulary import Vocabulary

_LONGEST_VALUE = 200
_WISH_STRENGTH = 0.65
"""Of the whole wish, next to the tags: these lose what they do not name."""


class Interpreter:
    """A language model that reads messages against one catalogue's schema and vocabulary."""

    def __init__(self, model: LanguageModel, vocabulary: Vocabulary) -> None:
        self._model = model
        self._vocabulary = vocabulary
        self._system = instructions(vocabulary)
        self._schema = answer_schema()

    def understand(self, message: str, session: Session, usage: Usage | None = None) -> Understanding:
        """One call. Raises ModelError; an answer with bad parts loses only those parts."""
        titles = {item: self._vocabulary.title(item) for item in session.shown}
        messages = ask(self._system, message, session, titles)
        answer = self._model.structured(messages, self._schema, read_answer, usage)
        found = [i for tag in answer.tags if (i := self._interest(tag, message))]
        interests = {i.key: i for i in (*_wish(answer, message), *found)}
        back = {value.casefold() for value in answer.taken_back}
        dropped = tuple((i.facet, i.value.casefold()) for i in session.interests if i.value.casefold() in back)
        known = tuple(i.item for i in interests.values() if i.facet == MENTION)
        return Understanding(answer.intent, tuple(interests.values()), dropped, known, served_by=self._model.name)

    def _interest(self, tag: Tag, message: str) -> Interest | None:
        """The tag as an interest of this catalogue, or None if it cannot be one."""
        value, quote = tag.value.strip(), tag.quote if tag.quote in message else ""
        if len(value) > _LONGEST_VALUE:
            return None
        if tag.facet == MENTION:
            return self._mention(tag, value, quote)
        kind = self._vocabulary.schema.kind(tag.facet)
        if kind == "number":
            return _ranged(tag, plain_range(value), quote)
        known = self._vocabulary.known_value(tag.facet, value)
        if kind == "category":
            return Interest(tag.facet, known, tag.strength, _strict(tag.level), quote=quote) if known else None
        facet = tag.facet if kind in ("facet", "name") else OPEN
        return Interest(facet, known or value, tag.strength, tag.level, quote=quote)

    def _mention(self, tag: Tag, title: str, quote: str) -> Interest | None:
        item = self._vocabulary.find_title(title)
        if not item:
            return None
        found = self._vocabulary.title(item)
        return Interest(MENTION, found, tag.strength, _strict(tag.level), source="mention", quote=quote, item=item)


def _wish(answer: Answer, message: str) -> list[Interest]:
    if not answer.wish or len(answer.wish) > _LONGEST_VALUE:
        return []
    return [Interest(OPEN, answer.wish, _WISH_STRENGTH, quote=message)]


def _ranged(tag: Tag, value: str, quote: str) -> Interest | None:
    try:
        parse_range(value)
    except ValueError:
        return None
    return Interest(tag.facet, value, 1.0, _strict(tag.level), quote=quote)


def _strict(level: Level) -> Level:
    """Numbers, categories and mentioned items have no "less"."""
    return "want" if level == "want" else "never"
