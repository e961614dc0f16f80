"""One turn of a conversation: understand, merge, search, explain. The path of a message reads from top to bottom.

Session in, reply with the next session out; safe to share between threads and people. Knows nothing of pages, tools or
where sessions are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from penchant.retriever import Pick, Relaxation, Results, first_page, is_order, relaxations, score_items, search
from penchant.retriever.catalogue import Mask
from penchant.retriever.ranking import InterestKey
from penchant.retriever.watching import aside, begun, part

from .again import longest_ago_first, not_lately, pool
from .answering import (
    all_of,
    asked_beside,
    asked_picks,
    kept_places,
    near_field,
    of_all,
    passages,
    placed,
    rows_of_mode,
    spoken_of,
    standing_of,
    still_lifted,
    with_found,
    within_limits,
)
from .clarification import clarifying_questions
from .dead_ends import outworn, told_gone
from .explanation import Explainer, shortfall_words, time_words
from .filling import POOL, filling
from .holdings import holdings
from .message import checked
from .model_calls import Usage
from .next_parts import NextParts
from .reply import Reply
from .service import Service
from .session import Session, SpareTime, Understanding, Verdict, marked, merge, outdated, set_time, undo
from .shortfall import shortfall
from .understanding.cues import is_undo
from .understanding.linking import EntityLinker

_NOTHING = Understanding("refine")


class Assistant(Service):
    """Talks about one catalogue, with whoever understands and explains; without any, rules and templates do."""

    def stream(
        self, message: str, session: Session | None = None, k: int | None = None, early: bool = False
    ) -> Iterator[Reply]:
        """The reply as it grows; the first has the picks, the last is complete. Raises MessageError.

        early: where a model is asked, what rules make of the message comes before it, whole, with `early` set; the next
        has the picks, in words composed from their rows, which those of the model then replace."""
        message, k = checked(message), k or self.k
        session, over = self._lapsed(session or Session())
        own = self.serving(session.audience)
        yield from own.watch.over(message, own._replies(message, session, k, over, early and own.asks_model))

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
        session, over = self._lapsed(session or Session())
        own = self.serving(session.audience)
        start = replace(own._ranked(_NOTHING, session, k or self.k), notes=(over,) if over else ())
        *_, last = own.watch.over("", own._explained(own.templates, "", _NOTHING, start))
        return last

    def fit_time(self, session: Session, minutes: float, sittings: int = 1, k: int | None = None) -> Reply:
        """Picks that together fill so many sittings of so many minutes each, from now on. Raises EditError."""
        return self.answer(set_time(session, SpareTime(minutes, sittings)), k)

    @part("understand")
    def hear(self, message: str, session: Session, usage: Usage | None = None) -> tuple[Understanding, Session]:
        """What a message says, and the session after it."""
        if is_undo(message) and session.diffs:
            return _NOTHING, undo(session)
        on_screen = placed(self._lapsed(session)[0], self.index.catalogue)
        said = self._understander.understand(message, on_screen, usage or Usage())
        said = asked_beside(said, message, on_screen, self.rules)
        said = self._near.taken(said) if said.served_by == self.rules.name else said
        if said.asked.topic in ("accept", "seen") and not said.interests:
            verdict: Verdict = "like" if said.asked.topic == "accept" else "seen"
            return said, self.dated(session, marked(session, said.about, verdict, self.index.catalogue))
        parked = outdated(session.interests, said.interests, self.index.catalogue)
        merged = self._merged(session, said, message, parked)
        if session.turn and not session.shown and (gone := outworn(merged, self.index.catalogue, self.hidden(merged))):
            said = replace(said, note=" ".join(filter(None, (said.note, told_gone(gone, self.index.schema, message)))))
            merged = self._merged(session, said, message, parked | {interest.key for interest in gone})
        return said, self.dated(session, merged)

    def _merged(self, session: Session, said: Understanding, message: str, parked: frozenset[InterestKey]) -> Session:
        decay = self.search_config.composition_config.decay
        return merge(session, said, message, self.index.schema, decay, parked)

    def overhear(self, text: str, session: Session) -> Session:
        """The session after something another assistant said: the items it names are what is on screen, and the next
        message is understood as an answer to it."""
        told = session.show(EntityLinker(self.gazetteer).named_items(text)).told(text)
        return replace(told, screen=replace(told.screen, overheard=True))

    @part("search")
    def rank(self, session: Session, k: int, places: int | None = None, among: Mask | None = None) -> Results:
        """The k best picks for a session as it is, of some rows (n,) or all, the first `places` of them shown; no
        language model is asked."""
        own = self.serving(session.audience)
        search_config = replace(own.search_config, places=min(places or k, own.search_config.places))
        catalogue = own.index.catalogue
        only = rows_of_mode(session, catalogue)
        spaced = not_lately(session, catalogue, self._clock().date())
        within = all_of([only, spaced, among, own._within, own.in_time(session)])
        hidden, wanted = own.hidden(session), session.effective_interests
        results = search(own.index, wanted, pool(session, k), hidden, session.turn, search_config, within)
        ordered = any(map(is_order, wanted))
        if any(results.weights) or ordered or only is not None:
            again = longest_ago_first(results, session, catalogue, k)
            return again if among is not None else own._next_first(again, session, search_config.places, within)
        return first_page(own.index, wanted, k, hidden, search_config, within)

    def _next_first(self, found: Results, session: Session, places: int, within: Mask | None) -> Results:
        """The results with the next parts of series whose last part they liked before others of these."""
        index, wanted, hidden = self.index, session.effective_interests, self.hidden(session)

        def found_of(item: str) -> Pick | None:
            alone = np.arange(len(index.catalogue)) == index.catalogue.row[item]
            picks = search(index, wanted, 1, hidden, session.turn, self.search_config, all_of([within, alone])).picks
            return next(iter(picks), None)

        return NextParts(session, index.kinship, places, found_of).first(found)

    def relaxed(self, session: Session) -> tuple[Relaxation, ...]:
        """What each limit costs of what may be shown without it: nothing that the mode leaves out would come back."""
        hidden, catalogue = self.hidden(session), self.index.catalogue
        within = all_of([rows_of_mode(session, catalogue), not_lately(session, catalogue, self._clock().date())])
        if within is not None:
            hidden += tuple(catalogue.items[row].id for row in map(int, np.flatnonzero(~within)))
        return relaxations(self.index, session.effective_interests, hidden)

    def _replies(self, message: str, session: Session, k: int, over: str, early: bool) -> Iterator[Reply]:
        if early:
            yield self._early(message, session, k, over)
        said, start = self._heard(message, session, k, over)
        yield self._composed(message, said, start) if early else start
        yield from self._explained(self._explainer, message, said, start)

    def _early(self, message: str, session: Session, k: int, over: str) -> Reply:
        """What rules make of a message; whoever counts or times the parts of a turn is not told."""
        rules = self.offline()
        with aside():
            return replace(rules._composed(message, *rules._heard(message, session, k, over)), early=True)

    def _heard(self, message: str, session: Session, k: int, over: str) -> tuple[Understanding, Reply]:
        """What a message says, and the reply without words."""
        usage = Usage()
        said, session = self.hear(message, session, usage)
        start = self._begun(said, session, said.count or k)
        return said, replace(start, notes=tuple(note for note in (over, said.note) if note), usage=usage)

    def _composed(self, message: str, said: Understanding, start: Reply) -> Reply:
        """The reply with words from its rows and shares."""
        with aside():
            *_, whole = self._explained(self.templates, message, said, start)
        return whole

    def _begun(self, said: Understanding, session: Session, k: int) -> Reply:
        """The reply without words. What is asked beside a wish is answered of what was on screen."""
        if not said.asked.topic:
            return self._ranked(said, session, k)
        if not said.interests and not said.dropped:
            return self._answering(said, session)
        ranked = self._ranked(said, session, k)
        return self._with_answer(of_all(said, ranked.session.shown), session, ranked)

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
        ways = self.relaxed(session) if missing else ()
        reply = Reply("", session, picks, found.weights, found.excluded, said.served_by, filling=filled)
        short = None if filled else shortfall(session, catalogue, self.hidden(session), session.shown)
        return replace(reply, questions=asked, relaxations=ways, shortfall=short)

    def _answering(self, said: Understanding, session: Session) -> Reply:
        """The reply without words to what is no wish: what is on screen stays, but for what the person knows."""
        before, k = session.shown, len(session.shown) or self.k
        found = self.rank(session, 3 * k, k)
        news = not before or said.asked.topic == "held"
        reply = Reply("", session, (), found.weights, found.excluded, said.served_by, news=news)
        reply = self._with_answer(said, session, reply)
        gone = set(before) - self.index.catalogue.row.keys()  # also what has gone from the catalogue since
        gone |= set(self.hidden(session)) if said.asked.topic == "seen" else set()
        # What is asked why it is missing is not shown for it.
        about = [pick.item.id for pick in reply.about if reply.standing is None]
        shown = kept_places(before, gone, found.picks) or within_limits(about, session, self.index.catalogue)
        shown = shown or [pick.item.id for pick in found.picks[:k]]
        shown = with_found(self.index, session, said, shown)
        fresh = [item for item in shown if item not in before]
        spoken = spoken_of(said, reply.about, session, fresh)
        picks = score_items(self.index, session.effective_interests, shown, session.turn, self.search_config)
        ways = () if shown else self.relaxed(session)
        session = session.show(shown).speak_of(spoken)
        return replace(reply, picks=still_lifted(picks, found.picks), session=session, relaxations=ways)

    def _with_answer(self, said: Understanding, before: Session, reply: Reply) -> Reply:
        """The reply with what an answer needs of the items asked about, as they stood on the screen before."""
        about = asked_picks(self.index, before, said, self.search_config)
        standing = standing_of(self.index, before, said, self.hidden(before), self.search_config)
        near = near_field(self.index, said, about)
        held = holdings(self.index.catalogue, before, said.asked, self.hidden(before))
        reply = replace(reply, about=about, near=near, standing=standing, holdings=held)
        return replace(reply, passages=passages(self.index, said, about))

    def _explained(self, explainer: Explainer, message: str, said: Understanding, start: Reply) -> Iterator[Reply]:
        """The reply with its words, as they grow."""
        time, end = time_words(start.filling, message, start.session), begun("explain")
        short = shortfall_words(start.shortfall, self.index.schema, message, start.session)
        try:
            for words in explainer.explain(message, said, start):
                whole = words.text if words.by == "shares" else f"{short}{words.text}"  # templates have it in its place
                text, notes = f"{time} {whole}" if time else whole, (*start.notes, *words.notes)
                session = start.session.told(text)
                yield replace(start, text=text, session=session, explained_by=words.by, notes=notes)
        finally:
            end()
