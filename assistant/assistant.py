"""One turn of a conversation: understand, merge, search, explain. The path of a message reads from top to bottom.

Session in, reply with the next session out; safe to share between threads and people. Knows nothing of pages, tools or
where sessions are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from functools import cache

from penchant.retriever import (
    DEFAULT_MODEL,
    Index,
    Results,
    SearchConfig,
    first_page,
    is_order,
    relaxations,
    score_items,
    search,
)
from penchant.retriever.catalogue import Mask

from .answering import (
    all_of,
    asked_beside,
    asked_picks,
    kept_places,
    passages,
    placed,
    rows_of_mode,
    spoken_of,
    standing_of,
    still_lifted,
)
from .clarification import clarifying_questions
from .explanation import Explainer, TemplateExplainer, time_words
from .filling import POOL, Lengths, filling
from .message import checked
from .model_calls import Usage
from .oversight import Observer, Watch, for_children
from .reply import Reply
from .session import Audience, Session, SpareTime, Understanding, Verdict, marked, merge, outdated, set_time
from .understanding import RuleTagger, Understander
from .understanding.linking import EntityLinker, Gazetteer
from .understanding.spans import span_model

_NOTHING = Understanding("refine")


class Assistant:
    """Talks about one catalogue, with whoever understands and explains; without any, rules and templates do."""

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
    ) -> None:
        """`gazetteer`: of the index's catalogue, where it has been built already; it takes a while for a large one.
        `observer`: is told of every page of picks. `audience`: whom the index is for.

        What serves without a model is there in any case: `rules` and `templates`.
        """
        self.index = index
        self.k = k
        self.gazetteer = gazetteer or Gazetteer(index.catalogue)
        self.search_config = search_config or SearchConfig()
        # An encoder that was trained from the default one has its vocabulary.
        origin = getattr(index.encoder, "origin", index.encoder.name)
        self.rules = RuleTagger(self.gazetteer, english_only=origin == DEFAULT_MODEL, spans=span_model())
        self.templates = TemplateExplainer(index.schema)
        self._understander: Understander = understander or self.rules
        self._explainer: Explainer = explainer or self.templates
        self._within: Mask | None = None
        self._lengths = Lengths(index.catalogue, self.gazetteer.number_fields)
        self.watch, self.audience = Watch(index.catalogue, observer), audience
        self._children: Callable[[], Assistant] = cache(self._without_unfit)

    @property
    def model_name(self) -> str:
        """The language model asked, or "rules"."""
        return self._understander.name

    @property
    def model_rests(self) -> bool:
        """Whether the language model failed a moment ago, so that rules serve for now."""
        return self._understander.resting

    def using(
        self,
        understander: Understander | None,
        explainer: Explainer | None,
        children: Callable[[], Assistant] | None = None,
    ) -> Assistant:
        """The same assistant with others to understand and explain (None: rules, templates); they share the index.
        `children`: makes the one for children, where they must know its catalogue."""
        return self._with(
            _understander=understander or self.rules,
            _explainer=explainer or self.templates,
            _children=cache(children or (lambda: self._children().using(understander, explainer))),
        )

    def serving(self, audience: Audience) -> Assistant:
        """The assistant for an audience: one for children has a catalogue of its own, made once."""
        if audience in ("everybody", self.audience):
            return self
        other, row = self._children(), self.index.catalogue.row
        within = (
            self._within if self._within is None else self._within[[row[name] for name in other.index.catalogue.row]]
        )
        return other._with(_within=within, watch=replace(self.watch, catalogue=other.index.catalogue))

    def _without_unfit(self) -> Assistant:
        index = for_children(self.index, self.gazetteer)
        return Assistant(index, search_config=self.search_config, k=self.k, audience="children")

    def at(self, door: str) -> Assistant:
        """The same assistant, whose pages go out by another door (see Watch)."""
        return self._with(watch=self.watch.at(door))

    def unwatched(self) -> Assistant:
        """The same assistant, for picks that are shown to nobody as they are."""
        return self._with(watch=self.watch.unwatched())

    def offline(self) -> Assistant:
        """The same assistant without any language model."""
        return self.using(None, None)

    def within(self, rows: Mask) -> Assistant:
        """The same assistant, but picks come only from these rows of the catalogue; `rows` has shape (n,)."""
        return self._with(_within=rows)

    def _with(self, **parts: object) -> Assistant:
        other = copy(self)
        vars(other).update(parts)
        return other

    def stream(self, message: str, session: Session | None = None, k: int | None = None) -> Iterator[Reply]:
        """The reply as it grows; the first has the picks, the last is complete. Raises MessageError."""
        message, session = checked(message), session or Session()
        own, usage = self.serving(session.audience), Usage()
        said, session = own.hear(message, session, usage)
        start = own._begun(said, session, said.count or k or self.k)
        start = replace(start, notes=(said.note,) if said.note else (), usage=usage)
        yield from own.watch.over(message, start, own._explained(own._explainer, message, said, start))

    def reply(self, message: str, session: Session | None = None, k: int | None = None) -> Reply:
        """The complete reply: the last of the stream."""
        *_, last = self.stream(message, session, k)
        return last

    def in_full(self, reply: Reply) -> str:
        """The words and, in Markdown, the list of the picks, for whoever sees nothing else of them; the words alone
        after an answer, which leaves the list as it was, and where a model says them."""
        listed = reply.explained_by == "shares" and reply.text and reply.picks and reply.news
        return f"{reply.text}\n\n{self.templates.picks_list(reply)}" if listed else reply.text

    def answer(self, session: Session | None = None, k: int | None = None) -> Reply:
        """The reply to a session as it is, after an edit, a thumb or an undo, or to begin with; no model is asked."""
        session = session or Session()
        own = self.serving(session.audience)
        start = own._ranked(_NOTHING, session, k or self.k)
        *_, last = own.watch.over("", start, own._explained(own.templates, "", _NOTHING, start))
        return last

    def fit_time(self, session: Session, minutes: float, sittings: int = 1, k: int | None = None) -> Reply:
        """Picks that together fill so many sittings of so many minutes each, from now on. Raises EditError."""
        return self.answer(set_time(session, SpareTime(minutes, sittings)), k)

    def hear(self, message: str, session: Session, usage: Usage | None = None) -> tuple[Understanding, Session]:
        """What a message says, and the session after it."""
        on_screen = placed(session, self.index.catalogue)
        said = self._understander.understand(message, on_screen, usage or Usage())
        said = asked_beside(said, message, on_screen, self.rules)
        if said.asked.topic in ("accept", "seen"):
            verdict: Verdict = "like" if said.asked.topic == "accept" else "seen"
            return said, marked(session, said.about, verdict, self.index.catalogue)
        parked = outdated(session.interests, said.interests, self.index.catalogue)
        return said, merge(
            session, said, message, self.index.schema, self.search_config.composition_config.decay, parked
        )

    def overhear(self, text: str, session: Session) -> Session:
        """The session after something another assistant said: the items it names are what is on screen, and the next
        message is understood as an answer to it."""
        told = session.show(EntityLinker(self.gazetteer).named_items(text)).told(text)
        return replace(told, screen=replace(told.screen, overheard=True))

    def rank(self, session: Session, k: int, places: int | None = None) -> Results:
        """The k best picks for a session as it is, the first `places` of them shown; no language model is asked."""
        own = self.serving(session.audience)
        search_config = replace(own.search_config, places=min(places or k, own.search_config.places))
        only = rows_of_mode(session, own.index.catalogue)
        within = all_of([only, own._within, own.in_time(session)])
        hidden = own.hidden(session)
        results = search(own.index, session.effective_interests, k, hidden, session.turn, search_config, within)
        ordered = any(is_order(i) for i in session.effective_interests)
        if any(results.weights) or ordered or only is not None:
            return results
        return first_page(own.index, session.effective_interests, k, hidden, search_config, within)

    def in_time(self, session: Session) -> Mask | None:
        """Which rows fit into the time that the person has, (n,); None if no time was named."""
        return self._lengths.within(session.screen.time) if session.screen.time else None

    def hidden(self, session: Session) -> tuple[str, ...]:
        """What must not be shown: also other versions of what is known, the film of a book that was read."""
        hidden = set(session.hidden)
        seen = (mark.item for mark in session.marks if "seen" in mark.kinds and mark.item in hidden)
        versions = (other for item in seen for other in self.gazetteer.versions(item))
        return tuple(dict.fromkeys([*session.hidden, *versions]))

    def _begun(self, said: Understanding, session: Session, k: int) -> Reply:
        """The reply without words. What is asked beside a wish is answered of what was on screen."""
        if not said.asked.topic:
            return self._ranked(said, session, k)
        if not said.interests and not said.dropped:
            return self._answering(said, session)
        return self._with_answer(said, session, self._ranked(said, session, k))

    def _ranked(self, said: Understanding, session: Session, k: int) -> Reply:
        """The reply without words: picks, and what to ask. They are now on screen."""
        time, catalogue = session.screen.time, self.index.catalogue
        found = self.rank(session, max(3 * k, POOL if time else 0), k)
        filled = filling(found.picks, time, self._lengths, catalogue, k) if time else None
        picks = filled.picks if filled else found.picks[:k]
        asked = () if filled else clarifying_questions(self.index, session, found.picks, k, any(found.weights))
        session = session.show(pick.item.id for pick in picks)
        if asked:
            session = replace(session, screen=replace(session.screen, asked=session.turn))
        missing = len(picks) < k and not filled  # what a gate costs is counted without a limit of time
        ways = relaxations(self.index, session.effective_interests, self.hidden(session)) if missing else ()
        reply = Reply("", session, picks, found.weights, found.excluded, said.served_by, filling=filled)
        return replace(reply, questions=asked, relaxations=ways)

    def _answering(self, said: Understanding, session: Session) -> Reply:
        """The reply without words to what is no wish: what is on screen stays, but for what the person knows."""
        before, k = session.shown, len(session.shown) or self.k
        found = self.rank(session, 3 * k, k)
        reply = Reply("", session, (), found.weights, found.excluded, said.served_by, news=not before)
        reply = self._with_answer(said, session, reply)
        gone = set(before) - self.index.catalogue.row.keys()  # also what has gone from the catalogue since
        gone |= set(self.hidden(session)) if said.asked.topic == "seen" else set()
        shown = kept_places(before, gone, found.picks) or [pick.item.id for pick in reply.about or found.picks[:k]]
        fresh = [item for item in shown if item not in before]
        spoken = spoken_of(said, reply.about, session, fresh)
        picks = score_items(self.index, session.effective_interests, shown, session.turn, self.search_config)
        session = session.show(shown).speak_of(spoken)
        return replace(reply, picks=still_lifted(picks, found.picks), session=session)

    def _with_answer(self, said: Understanding, before: Session, reply: Reply) -> Reply:
        """The reply with what an answer needs of the items asked about, as they stood on the screen before."""
        about = asked_picks(self.index, before, said, self.search_config)
        standing = standing_of(self.index, before, said, self.hidden(before), self.search_config)
        return replace(reply, about=about, passages=passages(self.index, said, about), standing=standing)

    def _explained(self, explainer: Explainer, message: str, said: Understanding, start: Reply) -> Iterator[Reply]:
        """The reply with its words, as they grow."""
        time = time_words(start.filling, message, start.session)
        for words in explainer.explain(message, said, start):
            text = f"{time} {words.text}" if time else words.text
            session = start.session.told(text)
            yield replace(start, text=text, session=session, explained_by=words.by, notes=(*start.notes, *words.notes))
