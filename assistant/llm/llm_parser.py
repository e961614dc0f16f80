"""Understands a message with a language model: one structured call, whose answer is held against the catalogue.

The same message is read without a model too: what a person plainly ruled out holds. Knows nothing of servers, nor of
what becomes of an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from penchant.retriever import Interest

from ..model_calls import Usage
from ..session import Session, Understanding
from ..understanding import Understander
from ..understanding.linking import Gazetteer
from .answers import CheckedResponse, Works, read_response, response_schema
from .client import LanguageModel, Messages
from .prompts import ask, instructions


class LLMParser:
    """A language model that reads messages against one catalogue's schema and gazetteer. `rules` reads them without."""

    def __init__(self, model: LanguageModel, gazetteer: Gazetteer, rules: Understander) -> None:
        self._model = model
        self._gazetteer = gazetteer
        self._rules = rules
        self._works = Works(gazetteer)
        self._system = instructions(gazetteer, self._works)
        self._schema = response_schema()

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def resting(self) -> bool:
        return self._model.resting

    def request(self, message: str, session: Session) -> Messages:
        """What the model is asked of a message. A way of asking that carries no schema has it added."""
        titles = {item: self._gazetteer.title(item) for item in session.shown}
        return ask(self._system, message, session, titles)

    def understand(self, message: str, session: Session, usage: Usage | None = None) -> Understanding:
        """One call. Raises ModelError; an answer with bad parts loses only those parts. Where the model finds nothing,
        what is found without it is the answer."""
        response = self._model.structured(self.request(message, session), self._schema, read_response, usage)
        checked = CheckedResponse(message, session, response, self._gazetteer, self._works, self._rules)
        if checked.is_empty and checked.plain.interests:
            return checked.plain
        plain, said = checked.plain, checked.understanding()
        interests = self._apart_from_time(said.interests, plain)
        screen = {"time": plain.time, "mode": plain.mode, "spacing": plain.spacing}
        return replace(said, interests=interests, served_by=self.name, **screen)  # type: ignore[arg-type]

    def _apart_from_time(self, interests: Sequence[Interest], plain: Understanding) -> tuple[Interest, ...]:
        """The time that somebody has is no length of an item: such ranges are only those that the rules found too."""
        lengths = {field.name for field in self._gazetteer.number_fields.lengths} if plain.time else set()
        found = {interest.key for interest in plain.interests}
        return tuple(i for i in interests if i.facet not in lengths or i.key in found)
