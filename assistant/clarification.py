"""When to ask the person something, and what: with nothing said, or when the picks are nearly tied.

Never two turns running. Knows what is on screen and how close the scores are. Knows nothing of language models.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from penchant.retriever import Index, Pick, Question, choose_questions

from .session import Session

_OPENING = 3
_NEAR = 0.03
"""Picks are nearly tied if the last place and the item twice as far down differ by less than this part of the best."""


def clarifying_questions(
    index: Index, session: Session, found: Sequence[Pick], k: int, anything_said: bool
) -> tuple[Question, ...]:
    """Up to three questions to begin with, or one where what is shown hangs on a hair; else none.

    found: more than k picks in order of score; the first k are shown.
    """
    if 0 <= session.turn - session.screen.asked <= 1 and session.screen.asked >= 0:
        return ()
    asked = {i.facet for i in session.interests if i.level == "want" and not i.parked}
    if not anything_said:
        rows = np.arange(len(index.catalogue))
        return choose_questions(index.catalogue, rows, index.prior_column, _OPENING, asked)
    if not nearly_tied(found, k):
        return ()
    rows = np.array([index.catalogue.row[pick.item.id] for pick in found])
    return choose_questions(index.catalogue, rows, np.ones(len(rows)), 1, asked)


def nearly_tied(found: Sequence[Pick], k: int) -> bool:
    """Whether as many items again as are shown are as good as the last of those."""
    scores = sorted((pick.score for pick in found), reverse=True)
    return len(scores) >= 2 * k and scores[k - 1] - scores[2 * k - 1] < _NEAR * abs(scores[0])
