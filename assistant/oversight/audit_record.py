"""A page shown as one JSON object: what was asked for, in the catalogue's words, and why each item was there.

Nothing is in it that a person wrote: a wish in their own words is only counted. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from penchant.retriever import MENTION, SUGGESTED, SUGGESTION, Catalogue, Interest, Pick, is_filter, says_order
from penchant.retriever.ranking import OWNER_KEY, PRIOR, PRIOR_KEY, PUT_FORWARD, InterestKey, is_range

from .page_shown import PageShown

VERSION = 1
OWN_WORDS = "own words"
"""What is said of a wish that no field of the catalogue has: the words themselves are the person's."""
_OF_NOBODY = {PRIOR_KEY: PRIOR, OWNER_KEY: PUT_FORWARD}
"""Shares that no interest has."""


def audit_record(page: PageShown, door: str, known: Catalogue, catalogue: str, session: str) -> dict[str, Any]:
    """`known`: the catalogue, and `catalogue` its name; `session`: what stands for the session's handle."""
    counted = list(zip(page.interests, page.weights, strict=True))
    sources = {interest.key: tag(interest, known) for interest in page.interests} | _OF_NOBODY
    gates = [i for i in page.interests if not i.parked and is_filter(i, known.schema)]
    return {
        "v": VERSION,
        "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "door": door,
        "catalogue": catalogue,
        "session": session,
        "turn": page.session.turn,
        "interests": [_interest(i, weight, known) for i, weight in counted if not i.parked],
        "filters": [_filter(i, known) for i in gates],
        "understood_by": page.understood_by,
        "explained_by": "templates" if page.explained_by == "shares" else page.explained_by,
        "items": [_item(pick, rank, sources) for rank, pick in enumerate(page.picks, 1)],
    }


def tag(interest: Interest, catalogue: Catalogue) -> str:
    """An interest in words that are the catalogue's own, or OWN_WORDS."""
    if interest.facet == SUGGESTED:
        return SUGGESTION
    if interest.facet == MENTION:
        return catalogue.get(interest.item).title if interest.item in catalogue.row else OWN_WORDS
    return interest.value if _is_known(interest, catalogue) else OWN_WORDS


def _is_known(interest: Interest, catalogue: Catalogue) -> bool:
    if catalogue.schema.kind(interest.facet) == "number":
        return says_order(interest.value) or is_range(interest.value)
    return bool(interest.facet) and bool(catalogue.holding(interest.facet, interest.value).any())


def _facet(interest: Interest, catalogue: Catalogue) -> str | None:
    """A field of the catalogue, or what points to items; a field that somebody made up is none."""
    known = interest.facet in (MENTION, SUGGESTED) or catalogue.schema.field(interest.facet) is not None
    return interest.facet if known else None


def _interest(interest: Interest, weight: float, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "tag": tag(interest, catalogue),
        "facet": _facet(interest, catalogue),
        "level": interest.level,
        "weight": round(weight, 4),
    }


def _filter(interest: Interest, catalogue: Catalogue) -> str:
    facet, ruled_out = _facet(interest, catalogue), "not " * (interest.level == "never")
    said = f"{ruled_out}{tag(interest, catalogue)}"
    return f"{facet}: {said}" if facet else said


def _item(pick: Pick, rank: int, sources: Mapping[InterestKey, str]) -> dict[str, Any]:
    shares = [
        {"source": sources.get(share.key, OWN_WORDS), "block": share.block, "value": round(share.value, 4)}
        for share in pick.shares
    ]
    return {"id": pick.item.id, "rank": rank, "score": round(pick.score, 4), "shares": shares}
