"""The demo catalogue's decomposer, and conversations with it in short form. No encoder is needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

from penchant.assistant import Intent, Session, Understanding, merge
from penchant.assistant.understanding.linking.gazetteer import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import (
    MENTION,
    OPEN,
    SUGGESTED,
    Catalogue,
    Interest,
    Level,
    infer_schema,
    override_schema,
    parse_range,
    read_items,
)

_FOLDER = Path(__file__).parents[1] / "retriever" / "catalogue" / "demo"
ALIEN, DUNE, INCEPTION, JAWS = "film-alien-1979", "book-dune-1965", "film-inception-2010", "film-jaws-1975"
SHOWN = (INCEPTION, ALIEN, DUNE)
"""Of 148 and 117 minutes and 610 pages, from 2010, 1979 and 1965."""


@cache
def demo() -> Catalogue:
    items = read_items(_FOLDER / "items.jsonl")
    return Catalogue(items, override_schema(infer_schema(items), _FOLDER / "schema.toml"))


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(demo())


@cache
def tagger() -> RuleTagger:
    return RuleTagger(gazetteer(), spans=span_model())


def understand(text: str, session: Session | None = None) -> Understanding:
    return tagger().understand(text, session or Session())


def short(interest: Interest) -> str:
    """ "genres=pop", "-" before a never, "~" before a less; items by id; "!" after a reason that does not last."""
    sign = {"want": "", "less": "~", "never": "-"}[interest.level]
    return f"{sign}{interest.facet}={interest.item or interest.value}{'!' * (interest.source == 'feedback')}"


def said(text: str, *shown: str) -> set[str]:
    """What a message says, but for the person's own phrases."""
    found = understand(text, Session().show(shown))
    return {short(i) for i in found.interests if i.facet != OPEN}


def after(*messages: str, shown: tuple[str, ...] = ()) -> Session:
    session = Session().show(shown)
    for text in messages:
        session = merge(session, understand(text, session), text, demo().schema, decay=0.6)
    return session


def kept(session: Session) -> set[str]:
    """The session's interests, but for the person's own phrases."""
    return {short(i) for i in session.interests if i.facet != OPEN}


def parts(text: str) -> set[str]:
    """A table's "genres=art·rock -kind=film"."""
    return {part.replace("·", " ") for part in text.split()}


def check_understanding(found: Understanding, catalogue: Catalogue) -> None:
    """Raises AssertionError unless everything in an understanding is what it may be."""
    assert found.intent in get_args(Intent)
    assert len({i.key for i in found.interests}) == len(found.interests)
    for interest in found.interests:
        check_interest(interest, catalogue)
    for items in (found.seen, found.later, found.about):
        assert set(items) <= catalogue.row.keys() and len(set(items)) == len(items)
    assert not set(found.later) & {i.item for i in found.interests}


def _may_have_items(interest: Interest) -> bool:
    """Suggested ones, and what is refused of titles or of a series."""
    return interest.facet == SUGGESTED or (interest.facet == MENTION and interest.level == "never")


def check_interest(interest: Interest, catalogue: Catalogue) -> None:
    kind = catalogue.schema.kind(interest.facet)
    assert interest.level in get_args(Level) and 0 < interest.strength <= 1
    assert interest.value.strip() and (interest.facet in (OPEN, MENTION, SUGGESTED) or kind)
    assert interest.level != "less" or kind not in ("number", "category")
    assert set(interest.items) <= catalogue.row.keys() and (not interest.items or _may_have_items(interest))
    assert interest.items or interest.facet != SUGGESTED
    if interest.facet == MENTION:
        assert (interest.items or interest.item in catalogue.row) and interest.level != "less"
    if kind == "number":
        low, high = parse_range(interest.value)
        assert low <= high
