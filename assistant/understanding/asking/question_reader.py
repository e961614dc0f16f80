"""Reads a message that wishes for nothing: what it asks or remarks, of which items, fields and values.

What it names is then no wish. Knows the catalogue, the screen and the model's reading. Knows nothing of answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from penchant.retriever import HIGHEST, MENTION, OPEN

from ...session import Asked, Intent, Session, Topic, Understanding
from ..cues import is_unseen
from ..linking import EntityLinker, Gazetteer
from ..spans import Reading
from ..text import is_chinese, tells, tokens
from .children_meant import ChildrenMeant
from .fields_asked import FieldsAsked
from .items_meant import ItemsMeant, only_points
from .kinds import MessageKind, asks, compares, kind_of, settles
from .opinions import opinions, taken
from .picks_meant import PicksMeant
from .pointing import asks_for_any, lost, missed, points_at, points_back
from .topics import is_courtesy, question_topic, talk_topic
from .values_asked import ValuesAsked, is_of_purpose
from .whole_catalogue import WholeCatalogue

_OF_SESSION: frozenset[Topic] = frozenset(("person", "left out"))
_OF_SCREEN: frozenset[Topic] = frozenset(("why", "compare", "about"))
_NOT_OF_ITEMS: frozenset[Topic] = frozenset(
    ("left out", "person", "count", "values", "assistant", "thanks", "goodbye", "greeting", "remark", "nothing shown")
)
_INTENTS: dict[Topic, Intent] = {"compare": "compare", "most": "compare", "which": "compare", "thanks": "feedback"}
_ADVISED = r"best|better|favou?rite|recommend|suggest|should\s+(?:i|we)|would\s+you|pick|choose"
_BEST = re.compile(rf"\b(?:{_ADVISED})\b|推荐|最好|更好", re.I)
_BETTER = re.compile(r"\b(?:better|best|worse|worst)\b|更好", re.I)
_TOP = re.compile(r"\b(?:first|on\s+top|at\s+the\s+top|top\s+of)\b", re.I)
_WHY_NOT = re.compile(r"^\W*(?:(?:and|but|so|ok(?:ay)?)\b\W*)*why\s+(?:not|no)\b", re.I)
_LOW = re.compile(r"\b(?:only|not\s+(?:first|higher|on\s+top)|so\s+low|below|behind|lower|second\s+or)\b|才|后面", re.I)
_WHETHER = re.compile(r"^\W*(?:\w+\W+){0,2}?(?:is|are|was|isn['’]t)\b|是不是|吗", re.I)
_SAID = re.compile(r"\b(?:do|does|did|has|have|had|can|could|will|would|should)\b", re.I)
_TOLD = re.compile(r"^\W*(?:\w+\W+){0,3}?tell\s+(?:me|us)\b.*\babout\b", re.I)
_KANA = re.compile(r"[\u3040-\u30ff]")
_HERE = re.compile(r"\b(?:it|its|this|that|these|those|they|them|first|second|third|last)\b|它|这|那|第", re.I)
_FEW_WORDS = 4
_POINTED_AT = 12
"""In so many words one is taken or known that is not named: the one that was spoken of."""
_TOLD_AT_LENGTH = 24
"""Of more words that name no item, something is wanted, whatever they ask beside it."""
_TOLD_LATER = 8
"""Words that say something, of which a remark on picks is a story; before anything was wished for, fewer are."""
_SEEN_STRENGTH = 0.7


class QuestionReader:
    """Reads questions about one catalogue."""

    def __init__(self, gazetteer: Gazetteer, linker: EntityLinker) -> None:
        self._gazetteer = gazetteer
        self._linker = linker
        self._items = ItemsMeant(linker)
        self._fields = FieldsAsked(gazetteer)
        self._values = ValuesAsked(gazetteer, linker, self._fields)
        self._picks = PicksMeant(gazetteer, self._values)
        self._whole = WholeCatalogue(self._fields, self._values)
        self._children = ChildrenMeant(gazetteer)

    def read(self, text: str, session: Session, reading: Reading | None, said: Understanding) -> Understanding:
        """What the message says; if it is no wish, what it asks, and of interests only what it says of works. Of one
        that asks and wishes, both."""
        asked_of = said.about if set(said.about) != set(session.shown) else ()
        named = tuple(dict.fromkeys([*self._items.named(text, session, reading), *asked_of]))
        if outside := self._off_screen(text, session, said, named):
            return outside
        kind = kind_of(text, reading, _is_chinese(text))
        if kind == "accept" and not named:
            named = self._picks.having(said, session) or self._picks.extreme(text, session)
        pointed = points_at(text, named) if session.shown and session.interests else ""
        kind = "question" if pointed else kind
        kind = kind if pointed else self._kind(text, kind, session, said, named)
        took = taken(text, said, session.shown) if kind == "remark" else ()
        topic: Topic = "accept" if took else self._topic(text, kind, session, reading, said, named)
        topic = "about" if pointed == "one" else "most" if pointed else topic
        if not topic or (topic == "assistant" and said.note):  # "do you have anything from Zarquon?"
            return said
        items = took or self._meant(text, topic, session, named)
        if topic in ("accept", "seen"):
            meant = bool(took or named or said.seen or points_back(text, session))
            return self._picks.told(text, topic, session, reading, said, items if meant else ())
        beside = opinions(text, said, reading)
        known = tuple(item for item in said.seen if item in {i.item for i in beside})
        asked = self._asked(text, topic, session, named)
        if kind == "both" and _says(said):
            return replace(said, intent="ask", about=items, asked=asked)
        if said.intent == "compare" and topic == "whether":
            asked = replace(asked, topic="compare")
        intent = _INTENTS.get(asked.topic, "small_talk" if topic in _NOT_OF_ITEMS else "ask")
        return Understanding(intent, beside, seen=known, about=items, asked=asked)

    def _off_screen(
        self, text: str, session: Session, said: Understanding, named: Sequence[str]
    ) -> Understanding | None:
        """What cannot be followed, and a question about what is missed on screen, or about the catalogue as a whole."""
        if astray := lost(text, session, said, named, self._gazetteer):
            return Understanding("ask", asked=astray)
        gone = missed(text, session, self._gazetteer, self._values)
        return gone or self._whole.read(text, session, said, named, self._items.meant(text, session, ()))

    def _kind(
        self, text: str, kind: MessageKind, session: Session, said: Understanding, named: Sequence[str]
    ) -> MessageKind:
        """The kind, where the catalogue or the screen tells more than wording."""
        others = any(i.facet not in (MENTION, OPEN) for i in said.interests)
        if kind == "remark" and others and not (session.shown or named):
            return "wish"  # nothing is there to remark upon
        if kind in ("question", "remark") and not named and self._wants_all_the_same(text, kind, session, said):
            return "wish"
        if kind == "accept" and not named and (is_courtesy(text) or asks_for_any(text)):
            return "wish" if asks_for_any(text) else "remark"
        other = not named and (others or bool(said.dropped) or settles(text))
        if said.later or (kind == "accept" and (other or only_points(text, named))):
            return "wish"
        if said.intent in ("ask", "compare") and said.about and kind in ("wish", "remark"):
            return "both" if said.interests else "question"
        tastes = [i for i in said.interests if i.facet != MENTION or i.level != "want" or i.strength != _SEEN_STRENGTH]
        if said.seen and not tastes and not said.dropped and set(said.seen) <= set(session.shown):
            return "seen" if kind in ("wish", "remark", "seen") else kind
        if kind == "question" and not asks(text) and compares(said):
            return "wish"  # "better rated than the second please"
        few = len(tokens(text)) <= _FEW_WORDS and text.rstrip().endswith(("?", "？"))
        asked = (few and self._fields.of(text)) or _TOLD.match(text) or _WHY_NOT.match(text)
        return "question" if kind == "wish" and named and asked else kind

    def _wants_all_the_same(self, text: str, kind: MessageKind, session: Session, said: Understanding) -> bool:
        """What is told at length; a story; what is taken back; "anything by Ann Leckie?", who made nothing shown."""
        shown = [self._gazetteer.get(item) for item in session.shown]
        names = [i for i in said.interests if i.level == "want" and self._gazetteer.schema.kind(i.facet) == "name"]
        new = (not any(name.value in item.values(name.facet) for item in shown) for name in names)
        words = tokens(text)
        texts = (word.text for word in words)
        told = tells(texts, _TOLD_LATER) if session.interests else tells(texts)
        story = kind == "remark" and bool(said.interests) and told
        taken_back = bool(said.dropped) and not text.rstrip().endswith(("?", "？"))
        return story or taken_back or len(words) > _TOLD_AT_LENGTH or any(new)

    def _topic(
        self,
        text: str,
        kind: MessageKind,
        session: Session,
        reading: Reading | None,
        said: Understanding,
        named: Sequence[str],
    ) -> Topic:
        """Empty for a wish. Of what is on screen, or of an item that is named, there must be some."""
        if kind in ("question", "both"):
            known = any(i.facet not in (MENTION, OPEN) for i in said.interests)
            if known and not session.shown and not named:
                return ""  # "what is the oldest programme that you have?"
            return self._question(text, session, reading, named)
        if kind in ("accept", "seen"):
            here = not named or bool(set(named) & set(session.shown))
            told = (named or len(tokens(text)) <= _POINTED_AT) and (
                kind == "accept" or bool(said.seen) or not is_unseen(text)
            )
            return kind if session.shown and told and (here or kind == "seen") else ""
        gates = any(self._gazetteer.schema.single(i.facet) for i in said.interests)
        moves = said.intent in ("more", "new_topic") or said.count or said.dropped or said.seen or said.later or gates
        if kind == "remark" and question_topic(text) in _OF_SESSION:
            return question_topic(text)  # "remind me what I've told you so far"
        return talk_topic(text) if not moves and (kind == "remark" or not said.interests) else ""

    def _question(self, text: str, session: Session, reading: Reading | None, named: Sequence[str]) -> Topic:
        topic = question_topic(text)
        if topic in _OF_SESSION:
            return topic
        talk = talk_topic(text)
        of_penchant = talk == "assistant" or (reading is not None and reading.act_scores["assistant"] >= 0.5)
        if of_penchant and not named and topic not in ("why", "compare"):
            return "assistant" if talk in ("remark", "thanks") else talk
        if not session.shown and not named:
            return "nothing shown" if topic in _OF_SCREEN or _HERE.search(text) else ""
        return self._settled(text, topic, named)

    def _settled(self, text: str, topic: Topic, named: Sequence[str]) -> Topic:
        """The topic as the catalogue's words settle it: "is the first longer?" asks which is, "from which country" what
        a field holds."""
        if topic in ("which", "whether") and not is_of_purpose(text):
            if len(named) == 2 and _BETTER.search(text):
                return "compare"
            if self._fields.measured(text) or self._values.orders(text):
                return "most"
        elif topic == "which":
            return topic
        return self._by_words(text, topic, named)

    def _by_words(self, text: str, topic: Topic, named: Sequence[str]) -> Topic:
        if topic == "which" and not self._values.of(text):
            if _BEST.search(text):
                return "most"
            return "value" if self._fields.of(text) else "which"
        if topic == "whether" and not _WHETHER.search(text) and not _SAID.search(text) and self._fields.of(text):
            return "value"
        if topic == "whether" and len(named) == 2 and not self._values.of(text):
            return "compare"
        if topic == "value" and not self._fields.of(text) and self._values.of(text):
            return "which" if not named else "whether"
        return topic

    def _meant(self, text: str, topic: Topic, session: Session, named: Sequence[str]) -> tuple[str, ...]:
        if topic in _NOT_OF_ITEMS:
            return ()
        if topic == "most" and len(named) < 2:
            return tuple(dict.fromkeys([*named, *session.shown]))
        if topic == "which" and not named:
            return session.shown
        if topic == "why" and len(named) == 1 and named[0] in session.shown[1:] and _LOW.search(text):
            place = session.shown.index(named[0])
            return session.shown[place - 1], named[0]
        if topic == "compare" and len(named) == 1:
            rest = [item for item in self._items.meant("it", session, ()) + session.shown if item not in named]
            return (*rest[:1], *named)
        if topic == "why" and not named and _TOP.search(text):  # of another than was spoken of, that is not true
            return tuple(dict.fromkeys((*session.shown[:1], *self._items.meant("it", session, ()))))
        return self._items.meant(text, session, named)

    def _asked(self, text: str, topic: Topic, session: Session, named: Sequence[str]) -> Asked:
        words = " ".join(text.strip(" ?？!！.。").split())
        if topic == "most":
            subject = named[0] if len(named) == 1 and _WHETHER.search(text) else ""
            return replace(self._values.most(text), subject=subject)
        if topic == "compare" and _BETTER.search(text):
            rated = self._gazetteer.number_fields.ends("good")[0]
            return Asked(topic, values=tuple((field.name, HIGHEST) for field in rated))
        plain = self._items.unplaced(words)  # "the first" names no column of first registrations
        if topic in ("which", "whether", "why"):
            fit, unfit = self._children.asked(text, session)
            return Asked(topic, self._fields.of(plain), self._values.of(plain) + fit, unfit, plain)
        return Asked(topic, self._fields.of(plain) if topic == "value" else (), words=plain)


def _says(said: Understanding) -> bool:
    return bool(said.interests or said.dropped or said.seen or said.later)


def _is_chinese(text: str) -> bool:
    """Whether a text is Chinese, and not Japanese with signs of it."""
    return is_chinese(text) and not _KANA.search(text)
