"""What is known already and may be shown again: nothing that was seen lately, and first what was seen longest ago.

Knows marks and a search's results. Knows nothing of words.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from penchant.retriever import Catalogue, Pick, Results, is_order
from penchant.retriever.catalogue import Mask
from penchant.retriever.ranking.ordering import FITS, held

from .session import Session

_POOL = 10
LONG_AGO = "as you saw it longer ago"
"""Why an item was moved up, as people read it."""


def not_lately(session: Session, catalogue: Catalogue, today: date) -> Mask | None:
    """Which rows were not seen within the days that the person named, (n,); None where none were. Of what nobody knows
    when it was seen it cannot be told: it may be shown."""
    if not session.screen.spacing or session.screen.mode not in ("seen", "both"):
        return None
    since = today - timedelta(days=session.screen.spacing)
    lately = (mark.item for mark in session.marks if mark.seen_on and mark.seen_on > since)
    rows = np.ones(len(catalogue), dtype=bool)
    rows[[catalogue.row[item] for item in lately if item in catalogue.row]] = False
    return rows


def pool(session: Session, k: int) -> int:
    """How many results there are to choose k from."""
    return _POOL * k if session.screen.mode == "seen" else k


def longest_ago_first(found: Results, session: Session, catalogue: Catalogue, k: int) -> Results:
    """The first k results. Where only what is known is shown: of what holds as much of what is wanted and fits, first
    what was seen longest ago; what has no date comes behind what has one. No score changes."""
    wanted = session.effective_interests
    if session.screen.mode != "seen" or any(map(is_order, wanted)) or not found.picks:
        return replace(found, picks=found.picks[:k])
    holds, seen = held(wanted, catalogue), {mark.item: mark.seen_on or date.max for mark in session.marks}
    best = max(pick.score for pick in found.picks)

    def place(pick: Pick) -> tuple[float, bool, date]:
        fits = pick.score >= FITS * best or best <= 0
        return -float(holds[catalogue.row[pick.item.id]]), not fits, seen.get(pick.item.id, date.max)

    before = {pick.item.id: n for n, pick in enumerate(found.picks)}
    after = sorted(found.picks, key=place)
    told = (replace(p, lifted=p.lifted or LONG_AGO) if n < before[p.item.id] else p for n, p in enumerate(after))
    return replace(found, picks=tuple(told)[:k])
