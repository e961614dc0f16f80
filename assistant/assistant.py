"""One turn of a conversation: understand, merge, search, explain. The path of a message reads from top to bottom.

Session in, reply with the next session out; safe to share between threads and people. Knows nothing of pages, tools or
where sessions are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import replace

from penchant.retriever import (
    DEFAULT_MODEL,
    Index,
    PenchantError,
    Results,
    SearchConfig,
    first_page,
    is_order,
    relaxations,
    score_items,
    search,
)
from penchant.retriever.catalogue import Mask
from penchant.retriever.watching import begun, part

from .answering import asked_picks, kept_places, passages, rows_of_mode, spoken_of, standing_of
from .clarification import clarifying_questions
from .explanation import Explainer, TemplateExplainer
from .model_calls import Usage
from .reply import Reply
from .session import Intent, Session, Topic, Understanding, Verdict, marked, merge, outdated
from .understanding import RuleTagger, Understander
from .understanding.linking import EntityLinker, Gazetteer
from .understanding.spans import span_model

LONGEST_MESSAGE = 8000
_KEPT = 300
"""How many characters of what was said last are kept."""
_NOTHING = Understanding("refine")
_TOLD: Mapping[Intent, Topic] = {"ask": "about", "compare": "compare", "small_talk": "remark", "feedback": "thanks"}
"""What a message is about of which no more is known."""


class MessageError(PenchantError):
    """The message cannot be a turn: empty, or too long."""


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
    ) -> None:
        """`gazetteer`: of the index's catalogue, where it has been built already; it takes a while for a large one.

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

    @property
    def model_name(self) -> str:
        """The language model asked, or "rules"."""
        return self._understander.name

    @property
    def model_rests(self) -> bool:
        """Whether the language model failed a moment ago, so that rules serve for now."""
        return self._understander.resting

    def using(self, understander: Understander | None, explainer: Explainer | None) -> Assistant:
        """The same assistant with others to understand and explain (None: rules, templates); they share the index."""
        other = copy(self)
        other._understander = understander or self.rules
        other._explainer = explainer or self.templates
        return other

    def offline(self) -> Assistant:
        """The same assistant without any language model."""
        return self.using(None, None)

    def within(self, rows: Mask) -> Assistant:
        """The same assistant, but picks come only from these rows of the catalogue; `rows` has shape (n,)."""
        other = copy(self)
        other._within = rows
        return other

    def stream(self, message: str, session: Session | None = None, k: int | None = None) -> Iterator[Reply]:
        """The reply as it grows; the first has the picks, the last is complete. Raises MessageError."""
        message = _checked(message)
        usage = Usage()
        said, session = self.hear(message, session or Session(), usage)
        start = self._begun(said, session, said.count or k or self.k)
        start = replace(start, notes=(said.note,) if said.note else (), usage=usage)
        yield start
        yield from self._explained(self._explainer, message, said, start)

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
        start = self._ranked(_NOTHING, session or Session(), k or self.k)
        *_, last = self._explained(self.templates, "", _NOTHING, start)
        return last

    @part("understand")
    def hear(self, message: str, session: Session, usage: Usage | None = None) -> tuple[Understanding, Session]:
        """What a message says, and the session after it."""
        placed = self._placed(session)
        said = self._asked(message, placed, self._understander.understand(message, placed, usage or Usage()))
        if said.asked.topic in ("accept", "seen"):
            verdict: Verdict = "like" if said.asked.topic == "accept" else "seen"
            return said, marked(session, said.about, verdict, self.index.catalogue)
        parked = outdated(session.interests, said.interests, self.index.catalogue)
        return said, merge(
            session, said, message, self.index.schema, self.search_config.composition_config.decay, parked
        )

    def _asked(self, message: str, session: Session, said: Understanding) -> Understanding:
        """What a model heard, and of what is no wish also what wording says that it asks."""
        if said.asked.topic or said.intent not in _TOLD or said.interests:
            return said
        heard = self.rules.understand(message, session)
        topic = heard.asked.topic or _TOLD[said.intent]
        return replace(said, asked=replace(heard.asked, topic=topic), about=said.about or heard.about)

    def _placed(self, session: Session) -> Session:
        """The session, or where something on screen has gone from the catalogue since, one with nothing on screen: "the
        second one" must not be another than the person sees."""
        return session if self.index.catalogue.row.keys() >= set(session.shown) else session.show(())

    def overhear(self, text: str, session: Session) -> Session:
        """The session after something another assistant said: the items it names are what is on screen, and the next
        message is understood as an answer to it."""
        told = _told(session.show(EntityLinker(self.gazetteer).named_items(text)), text)
        return replace(told, screen=replace(told.screen, overheard=True))

    @part("search")
    def rank(self, session: Session, k: int, places: int | None = None) -> Results:
        """The k best picks for a session as it is, the first `places` of them shown; no language model is asked."""
        search_config = replace(self.search_config, places=min(places or k, self.search_config.places))
        only, within = rows_of_mode(session, self.index.catalogue), self._within
        if only is not None:
            within = only if within is None else only & within
        hidden = self.hidden(session)
        results = search(self.index, session.effective_interests, k, hidden, session.turn, search_config, within)
        ordered = any(is_order(i) for i in session.effective_interests)
        if any(results.weights) or ordered or only is not None:
            return results
        return first_page(self.index, session.effective_interests, k, hidden, search_config, within)

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
        found = self.rank(session, 3 * k, k)
        picks = found.picks[:k]
        asked = clarifying_questions(self.index, session, found.picks, k, any(found.weights))
        session = session.show(pick.item.id for pick in picks)
        if asked:
            session = replace(session, screen=replace(session.screen, asked=session.turn))
        missing = len(picks) < k
        ways = relaxations(self.index, session.effective_interests, self.hidden(session)) if missing else ()
        return Reply(
            "", session, picks, found.weights, found.excluded, said.served_by, questions=asked, relaxations=ways
        )

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
        return replace(reply, picks=picks, session=session.show(shown).speak_of(spoken))

    def _with_answer(self, said: Understanding, before: Session, reply: Reply) -> Reply:
        """The reply with what an answer needs of the items asked about, as they stood on the screen before."""
        about = asked_picks(self.index, before, said, self.search_config)
        standing = standing_of(self.index, before, said, self.hidden(before), self.search_config)
        return replace(reply, about=about, passages=passages(self.index, said, about), standing=standing)

    def _explained(self, explainer: Explainer, message: str, said: Understanding, start: Reply) -> Iterator[Reply]:
        """The reply with its words, as they grow."""
        end = begun("explain")
        try:
            for words in explainer.explain(message, said, start):
                told, notes = _told(start.session, words.text), (*start.notes, *words.notes)
                yield replace(start, text=words.text, session=told, explained_by=words.by, notes=notes)
        finally:
            end()


def _told(session: Session, text: str) -> Session:
    """The session after something was said to the person, of which the end is kept: they may answer it."""
    *_, last = text.rstrip().rsplit("\n\n", 1)
    return replace(session, screen=replace(session.screen, said=" ".join(last.split())[-_KEPT:]))


def _checked(message: str) -> str:
    if not message.strip():
        raise MessageError("the message is empty; say what you would like")
    if len(message) > LONGEST_MESSAGE:
        raise MessageError(f"the message has {len(message):,} characters; the most is {LONGEST_MESSAGE:,}")
    # Halves of a character, from a terminal that sends no UTF-8 or from JSON, are no text that can be kept or sent.
    return message.strip().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
