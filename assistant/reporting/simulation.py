"""Plays made-up people: each says what is on the agenda, looks at the picks, likes one that fits, and goes on.

No message is read and no language model is asked: interests are made directly, and everything after that is what a
person would get. Knows the assistant from outside.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from penchant.retriever import MENTION, SUGGESTED, Pick, Results
from penchant.retriever.progress import Progress
from penchant.retriever.ranking.reordering import exposure_of_places

from ..assistant import Assistant
from ..session import Session, Understanding, feedback, merge
from .people import Person
from .showings import Page, Showings, Want

PLACES = 10
"""Picks on a page."""


def simulate(assistant: Assistant, people: Sequence[Person], progress: Progress | None = None) -> Showings:
    """The pages that these people are shown. The texts of all that they say are encoded in one batch."""
    assistant.index.encoder.encode(list(dict.fromkeys(i.words for p in people for turn in p.agenda for i in turn)))
    pages: list[Page] = []
    for done, person in enumerate(people, 1):
        pages += play(assistant, person)
        if progress:
            progress(done, len(people))
    return Showings.of(pages, len(assistant.index.catalogue))


def play(assistant: Assistant, person: Person) -> list[Page]:
    """The pages of one person, a page for each turn."""
    rng, session, pages = random.Random(person.name), Session(id=person.name), list[Page]()
    for said in person.agenda:
        session = _after(assistant, session, Understanding("refine", said))
        found = assistant.rank(session, PLACES)
        pages.append(_page(assistant, session, found))
        session = session.show(pick.item.id for pick in found.picks)
        if liked := _liked(person, found.picks, session, rng):
            session = _thumb(assistant, session, liked)
    return pages


def _after(assistant: Assistant, session: Session, said: Understanding) -> Session:
    decay = assistant.search_config.composition_config.decay
    return merge(session, said, "", assistant.index.schema, decay)


def _thumb(assistant: Assistant, session: Session, pick: Pick) -> Session:
    config = assistant.search_config.composition_config
    return feedback(session, "like", pick.item.id, assistant.index.catalogue, pick, composition_config=config)


def _liked(person: Person, picks: Sequence[Pick], session: Session, rng: random.Random) -> Pick | None:
    """The first that fits and was looked at, which is the likelier the higher it stands; nothing twice."""
    before = {mark.item for mark in session.marks}
    looked = exposure_of_places(len(picks)) / exposure_of_places(max(1, len(picks)))[0]
    seen = [pick for pick, chance in zip(picks, looked, strict=True) if rng.random() < chance]
    return next((pick for pick in seen if pick.item.id not in before and person.likes(pick.item)), None)


def _page(assistant: Assistant, session: Session, found: Results) -> Page:
    interests = zip(session.effective_interests, found.weights, strict=True)
    wants = tuple(
        Want(i.facet, i.item if i.facet == MENTION else i.value, weight)
        for i, weight in interests
        if i.level == "want" and weight > 0 and i.facet != SUGGESTED
    )
    return Page(session.id, tuple(assistant.index.catalogue.row[p.item.id] for p in found.picks), wants)
