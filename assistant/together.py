"""Picks for two people at once, as a page that the first of them is shown.

Knows the assistant's index. Knows nothing of whose the other taste is.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import GroupResults, Taste, search_group, softmax_weights

from .assistant import Assistant
from .oversight import PageShown
from .session import Session


def pick_together(
    assistant: Assistant, session: Session, tastes: Sequence[Taste], k: int | None = None
) -> GroupResults:
    """The k best for all of the tastes, the first of which is the session's."""
    assistant = assistant.serving(session.audience)
    config, interests = assistant.search_config, session.effective_interests
    found = search_group(assistant.index, tastes, k or assistant.k, config)
    weights = softmax_weights(interests, assistant.index.schema, session.turn, config.composition_config).tolist()
    assistant.watch.tell(PageShown(session, interests, weights, [pick.picks[0] for pick in found.picks]))
    return found
