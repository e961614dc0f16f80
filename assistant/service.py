"""Who serves a conversation about one catalogue: an index, and those that understand, explain, watch and tell the time;
and the same for others: for children, at another door, without a model, within some rows.

Knows nothing of turns: see assistant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import replace
from functools import cache
from typing import Self, cast

from penchant.retriever import DEFAULT_MODEL, Index, SearchConfig
from penchant.retriever.catalogue import Mask

from .explanation import Explainer, TemplateExplainer
from .filling import Lengths
from .near_values import NearValues
from .oversight import Observer, Watch, for_children
from .session import Audience, Session, dated, lapsed
from .understanding import RuleTagger, TimedUnderstander, Understander
from .understanding.limits import Clock, here
from .understanding.linking import Gazetteer
from .understanding.spans import span_model


class Service:
    """One catalogue, and whoever understands and explains; without any, rules and templates do."""

    def __init__(
        self,
        index: Index,
        understander: Understander | None = None,
        explainer: Explainer | None = None,
        search_config: SearchConfig | None = None,
        k: int = 5,
        gazetteer: Gazetteer | None = None,
        observer: Observer | None = None,
        audience: Audience = "everybody",
        clock: Clock = here,
    ) -> None:
        """`gazetteer`: of the index's catalogue, where it has been built already; it takes a while for a large one.
        `observer`: is told of every page of picks. `audience`: whom the index is for. `clock`: what time it is, for
        wishes that end.

        What serves without a model is there in any case: `rules` and `templates`.
        """
        self.index = index
        self.k = k
        self.gazetteer = gazetteer or Gazetteer(index.catalogue, encoder=index.encoder)
        self.search_config = search_config or SearchConfig()
        # An encoder that was trained from the default one has its vocabulary.
        origin = getattr(index.encoder, "origin", index.encoder.name)
        english_only = origin == DEFAULT_MODEL
        self.rules = RuleTagger(self.gazetteer, english_only, span_model(), index.kinship)
        self.templates = TemplateExplainer(index.schema)
        self._clock = clock
        self._understander: Understander = self._timed(understander)
        self._explainer: Explainer = explainer or self.templates
        self._within: Mask | None = None
        self._near = NearValues(index.catalogue, index.encoder)
        self._lengths = Lengths(index.catalogue, self.gazetteer.number_fields)
        self.watch, self.audience = Watch(index.catalogue, observer), audience
        self._children = cast("Callable[[], Self]", cache(self._without_unfit))

    @property
    def model_name(self) -> str:
        """The language model asked, or "rules"."""
        return self._understander.name

    @property
    def model_rests(self) -> bool:
        """Whether the language model failed a moment ago, so that rules serve for now."""
        return self._understander.resting

    @property
    def asks_model(self) -> bool:
        """Whether the next message goes to a language model, which takes its time."""
        return self.model_name != self.rules.name and not self.model_rests

    def using(
        self,
        understander: Understander | None,
        explainer: Explainer | None,
        children: Callable[[], Self] | None = None,
    ) -> Self:
        """The same with others to understand and explain (None: rules, templates); they share the index.
        `children`: makes the one for children, where they must know its catalogue."""
        return self._with(
            _understander=self._timed(understander),
            _explainer=explainer or self.templates,
            _children=cache(children or (lambda: self._children().using(understander, explainer))),
        )

    def serving(self, audience: Audience) -> Self:
        """The one for an audience: children have a catalogue of their own, made once."""
        if audience in ("everybody", self.audience):
            return self
        other, row = self._children(), self.index.catalogue.row
        within = (
            self._within if self._within is None else self._within[[row[name] for name in other.index.catalogue.row]]
        )
        return other._with(_within=within, watch=replace(self.watch, catalogue=other.index.catalogue))

    def at(self, door: str) -> Self:
        """The same, whose pages go out by another door (see Watch)."""
        return self._with(watch=self.watch.at(door))

    def unwatched(self) -> Self:
        """The same, for picks that are shown to nobody as they are."""
        return self._with(watch=self.watch.unwatched())

    def offline(self) -> Self:
        """The same without any language model."""
        return self.using(None, None)

    def within(self, rows: Mask) -> Self:
        """The same, but picks come only from these rows of the catalogue; `rows` has shape (n,)."""
        return self._with(_within=rows)

    def in_time(self, session: Session) -> Mask | None:
        """Which rows fit into the time that the person has, (n,); None if no time was named."""
        return self._lengths.within(session.screen.time) if session.screen.time else None

    def hidden(self, session: Session) -> tuple[str, ...]:
        """What must not be shown: also other versions of what is known, the film of a book that was read."""
        hidden = set(session.hidden)
        seen = (mark.item for mark in session.marks if "seen" in mark.kinds and mark.item in hidden)
        versions = (other for item in seen for other in (*self.gazetteer.versions(item), *self._editions(item)))
        return tuple(dict.fromkeys([*session.hidden, *versions]))

    def forget(self, sessions: Collection[str]) -> None:
        """Deletes what is kept of some sessions (ids) beside the store: their pages in the audit log, and all words
        that the encoder remembers. Raises PenchantError where that fails."""
        self.index.encoder.forget()
        self.watch.forget(sessions)

    def dated(self, before: Session, after: Session) -> Session:
        """The session after a change, where what it says to be known was seen by today."""
        return dated(before, after, self._clock().date())

    def current(self, session: Session) -> Session:
        """The session without what is over."""
        return self._lapsed(session)[0]

    def _editions(self, item: str) -> list[str]:
        """The other editions of a work."""
        row = self.index.catalogue.row.get(item)
        rows = [] if row is None else self.index.kinship.versions(row)
        return [self.index.catalogue.items[other].id for other in rows]

    def _with(self, **parts: object) -> Self:
        other = copy(self)
        vars(other).update(parts)
        return other

    def _without_unfit(self) -> Self:
        index = for_children(self.index, self.gazetteer)
        return type(self)(index, search_config=self.search_config, k=self.k, audience="children", clock=self._clock)

    def _timed(self, understander: Understander | None) -> Understander:
        return TimedUnderstander(understander or self.rules, self.rules, self._clock)

    def _lapsed(self, session: Session) -> tuple[Session, str]:
        """The session without what is over, and what to say of that."""
        after = lapsed(session, self._clock())
        return after, f"{after.diffs[-1].quote}." if len(after.diffs) > len(session.diffs) else ""
