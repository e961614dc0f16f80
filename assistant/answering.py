"""What may be on screen, what stays there while a question is answered, and the items that it is about, with what an
answer needs of them.

Knows the index and what is asked. Knows nothing of words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from penchant.retriever import (
    HIGHEST,
    LOWEST,
    Catalogue,
    Counterfactual,
    Index,
    Interest,
    Item,
    Pick,
    SearchConfig,
    counterfactual,
    exact_filters,
    score_items,
)
from penchant.retriever.catalogue import Mask
from penchant.retriever.catalogue.inference import spoken_name

from .explanation.words import is_telling
from .session import Asked, Intent, Mode, Session, Topic, Understanding, set_mode
from .understanding import RuleTagger

_ONLY = {"seen": frozenset(("seen", "liked")), "list": frozenset(("wanted",))}
"""Modes that show nothing but items with certain marks."""
_SHARED: Sequence[Mode] = ("own", "list")
"""Modes of which what one has or wants is there for all; who is asked what they own may have only a list."""
_SENTENCE_END = re.compile(r"(?<=[.!?;。！？；])\s*")
_OPEN: frozenset[Topic] = frozenset(("whether", "value", "which"))
"""Questions that a field may leave open."""
_NEAR_FIELD = 0.33
_MOST_READ = 12
"""Sentences that are read of an item's text."""

_TOLD: Mapping[Intent, Topic] = {"ask": "about", "compare": "compare", "small_talk": "remark", "feedback": "thanks"}
"""What a message is about of which no more is known."""


def placed(session: Session, catalogue: Catalogue) -> Session:
    """The session, or where something on screen has gone from the catalogue since, one with nothing on screen: "the
    second one" must not be another than the person sees."""
    return session if catalogue.row.keys() >= set(session.shown) else session.show(())


def asked_beside(said: Understanding, message: str, session: Session, rules: RuleTagger) -> Understanding:
    """What a model heard, and of what is no wish also what wording says that it asks."""
    if said.asked.topic or said.intent not in _TOLD or said.interests:
        return said
    heard = rules.understand(message, session)
    topic = heard.asked.topic or _TOLD[said.intent]
    return replace(said, asked=replace(heard.asked, topic=topic), about=said.about or heard.about)


def rows_of_mode(session: Session, catalogue: Catalogue) -> Mask | None:
    """Which rows may be shown, shape (n,), where the mode shows nothing but items with certain marks."""
    mode = session.screen.mode
    if mode not in (*_ONLY, "own"):
        return None
    known = [mark.item for mark in session.marks if (mark.owned if mode == "own" else mark.kinds & _ONLY[mode])]
    only = np.zeros(len(catalogue), dtype=bool)
    only[[catalogue.row[item] for item in known if item in catalogue.row]] = True
    return only


def rows_of_lists(sessions: Sequence[Session], catalogue: Catalogue) -> Mask | None:
    """Which rows are on anybody's list, or are anybody's own, shape (n,), where at least one of them goes by theirs."""
    modes: list[Mode] = [mode for mode in _SHARED if any(one.screen.mode == mode for one in sessions)]
    if not modes:
        return None
    listed = (rows_of_mode(set_mode(one, modes[0]), catalogue) for one in sessions)
    return np.asarray(np.logical_or.reduce([rows for rows in listed if rows is not None]))


def all_of(masks: Sequence[Mask | None]) -> Mask | None:
    """Which rows every mask has, (n,); None where no mask says anything."""
    known = [mask for mask in masks if mask is not None]
    return np.asarray(np.logical_and.reduce(known)) if known else None


def kept_places(shown: Sequence[str], gone: Collection[str], found: Sequence[Pick]) -> list[str]:
    """What is on screen, where the next best stands in the place of each item that is gone."""
    fresh = iter([pick.item.id for pick in found if pick.item.id not in shown])
    places = (next(fresh, "") if item in gone else item for item in shown)
    return [item for item in places if item]


def with_found(index: Index, session: Session, said: Understanding, shown: Sequence[str]) -> list[str]:
    """What is on screen, and first of it what was asked for by its title, unless a limit or a never bars it."""
    if said.asked.topic != "held":
        return list(shown)
    found = within_limits(said.about, session, index.catalogue)
    return list(dict.fromkeys([*found, *shown]))[: max(len(shown), len(found))]


def within_limits(items: Sequence[str], session: Session, catalogue: Catalogue) -> list[str]:
    """The items (ids) that every limit of the session allows: to ask about another does not put it on screen."""
    allowed = exact_filters(session.effective_interests, catalogue).allowed
    return [item for item in items if allowed[catalogue.row[item]]]


def still_lifted(picks: Sequence[Pick], found: Sequence[Pick]) -> tuple[Pick, ...]:
    """Picks that were scored again, each with why it had been moved up where it was found, or for whom it stands."""
    before = {pick.item.id: pick for pick in found}
    known = ((pick, before.get(pick.item.id, pick)) for pick in picks)
    return tuple(replace(pick, lifted=then.lifted, instead=then.instead) for pick, then in known)


def of_all(said: Understanding, shown: Sequence[str]) -> Understanding:
    """What was heard; where it is asked what has the most of all that there is, of those that lead now."""
    return replace(said, about=tuple(shown)) if said.asked.topic == "most" and not said.about else said


def asked_picks(index: Index, session: Session, said: Understanding, config: SearchConfig) -> tuple[Pick, ...]:
    """The items asked about, scored; where it is asked which is the most, that first."""
    known = [item for item in said.about if item in index.catalogue.row]
    picks = score_items(index, session.effective_interests, known, session.turn, config)
    if said.asked.topic != "most":
        return picks
    key = _places(index, said.asked, known, config)
    return tuple(sorted(picks, key=lambda pick: key.get(pick.item.id, math.inf)))


def _places(index: Index, asked: Asked, items: Sequence[str], config: SearchConfig) -> dict[str, float]:
    """The lower the better, by the first that is asked for and that any item has; none where nothing tells."""
    rows = [index.catalogue.get(item) for item in items]
    for field, value in asked.values:
        if value not in (HIGHEST, LOWEST):
            wanted = score_items(index, [Interest(field, value)], items, 0, config)
            return {
                pick.item.id: -sum(s.value for s in pick.shares if s.key == (field, value.casefold()))
                for pick in wanted
            }
        numbers = {row.id: row.number(field) for row in rows if not math.isnan(row.number(field))}
        if numbers:
            return {item: -number if value == HIGHEST else number for item, number in numbers.items()}
    return {}


def passages(index: Index, said: Understanding, about: Sequence[Pick]) -> tuple[tuple[str, float], ...]:
    """For each item asked about the sentence of its text that is nearest to the question, and how near (a cosine); for
    questions that a field may leave open."""
    if said.asked.topic not in _OPEN or not said.asked.words:
        return ()
    texts = [_sentences(pick.item, index) for pick in about]
    vectors = index.encoder.encode([said.asked.words, *(sentence for text in texts for sentence in text)])
    nearness, found = iter((vectors[1:] @ vectors[0]).tolist()), []
    for text in texts:
        scored = [(score, sentence) for sentence, score in zip(text, nearness, strict=False)]
        best = max(scored, default=(0.0, ""))
        found.append((best[1], float(best[0])))
    return tuple(found)


def near_field(index: Index, said: Understanding, about: Sequence[Pick]) -> str:
    """The field that is nearest in meaning to a question that names neither a field nor a value: "can I bring my cat?"
    asks for what is held of pets. By its name, and by its name with the first item's values; empty if none is near."""
    asked = said.asked
    if asked.topic not in _OPEN or not asked.words or asked.fields or asked.values or asked.unfit or not about:
        return ""
    item, schema = about[0].item, index.schema
    named = {f.name: spoken_name(f.name) for f in schema.fields if is_telling(f, schema) and item.values(f.name)}
    texts = [*named.values(), *(f"{said}: {', '.join(item.values(name))}" for name, said in named.items())]
    vectors = index.encoder.encode([asked.words, *texts])
    nearness = (vectors[1:] @ vectors[0]).reshape(2, -1).mean(axis=0) if named else np.zeros(0)
    return list(named)[int(nearness.argmax())] if nearness.max(initial=0.0) >= _NEAR_FIELD else ""


def _sentences(item: Item, index: Index) -> list[str]:
    prose = [*(value for name in index.schema.of("text") for value in item.values(name)), item.text]
    every = (s.strip() for text in prose for s in _SENTENCE_END.split(" ".join(text.split())))
    return list(dict.fromkeys(s for s in every if s))[:_MOST_READ]


def standing_of(
    index: Index, session: Session, said: Understanding, hidden: Collection[str], config: SearchConfig
) -> Counterfactual | None:
    """How the one item stands that a why is about, if it is not on screen."""
    absent = [item for item in said.about if item not in session.shown]
    if said.asked.topic != "why" or len(absent) != 1 or absent[0] not in index.catalogue.row:
        return None
    return counterfactual(index, session.effective_interests, absent[0], hidden, session.turn, config)


def spoken_of(said: Understanding, about: Sequence[Pick], session: Session, fresh: Sequence[str]) -> tuple[str, ...]:
    """The items that "it" means from now on: those asked about, unless that were all; else those of before."""
    if said.asked.topic == "seen":
        return tuple(fresh)
    if said.asked.topic == "most":
        return tuple(pick.item.id for pick in about[:1])
    named = tuple(pick.item.id for pick in about)
    return named if named and set(named) != set(session.shown) else session.screen.about
