"""Picks for several people at once, as a page that the first of them is shown.

Knows the assistant's index. Knows nothing of whose the other tastes are.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import GroupResults, Taste, search_group, softmax_weights
from penchant.retriever.catalogue import Mask

from .answering import all_of, rows_of_lists
from .assistant import Assistant
from .oversight import PageShown
from .session import Audience, Session


def pick_together(
    assistant: Assistant, people: Sequence[Session], tastes: Sequence[Taste], k: int | None = None
) -> GroupResults:
    """The k best for all of the people, whose tastes are in the same order; what is unfit for one of them is not shown.

    Where one of them goes by their list, only what is on the list of any of them may be; and what fits in the time of
    each."""
    session = people[0]
    audience: Audience = "children" if any(one.audience == "children" for one in people) else "everybody"
    assistant = assistant.serving(audience)
    config, interests = assistant.search_config, session.effective_interests
    found = search_group(assistant.index, tastes, k or assistant.k, config, _shared_rows(assistant, people))
    weights = softmax_weights(interests, assistant.index.schema, session.turn, config.composition_config).tolist()
    assistant.watch.tell(PageShown(session, interests, weights, [pick.picks[0] for pick in found.picks]))
    return found


def _shared_rows(assistant: Assistant, people: Sequence[Session]) -> Mask | None:
    """Which rows lists and times of several people leave, (n,); None where nobody goes by either."""
    lists = rows_of_lists(people, assistant.index.catalogue)
    return all_of([lists, *(assistant.in_time(one) for one in people)])
