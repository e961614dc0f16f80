"""What a message that wishes for nothing says of works all the same: those it likes or not, and those it takes.

Knows wording, the model's reading, and what was understood so far. Knows nothing of catalogues.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import MENTION, Interest

from ...session import Understanding
from ..cues import reactions, verdict
from ..spans import Act, Reading

_HARDLY = 0.1
"""Below it, the model gainsays what wording takes for an opinion: "they were fine" of what one has read."""

_WHOLE, _UNSEEN = 1.0, 0.5
"""The strength of a work that is liked, and of one that is not known yet."""


def opinions(text: str, said: Understanding, reading: Reading | None) -> tuple[Interest, ...]:
    """The works that are liked or disliked, by wording, if the model may think so too: "I loved Jaws. Who made it?"."""
    of_works = [i for i in said.interests if i.facet == MENTION]
    liked = [i for i in of_works if i.level == "want" and i.strength >= _WHOLE and _told(text, reading, "liked")]
    disliked = [i for i in of_works if i.level == "never" and _told(text, reading, "rejected")]
    return tuple(i for i in of_works if i in liked or i in disliked)


def taken(text: str, said: Understanding, shown: Sequence[str]) -> tuple[str, ...]:
    """The items on screen that are taken without being named, among thanks or not: "I'll add it to my list, bye!". Of
    several, only where the words are of several."""
    items = tuple(i.item for i in said.interests if i.facet == MENTION and i.level == "want" and i.item in shown)
    accepted = [r for r in reactions(text) if r.said == "accepted"]
    several = len(items) == 1 or any(r.several or r.offered for r in accepted)
    return items if accepted and several and not set(items) & set(said.seen) else ()


def unseen(said: Understanding) -> frozenset[str]:
    """The items that are said not to be known yet: "did the second, never been on the first"."""
    return frozenset(
        i.item for i in said.interests if i.facet == MENTION and i.level == "want" and i.strength <= _UNSEEN
    )


def _told(text: str, reading: Reading | None, act: Act) -> bool:
    if reading is None:
        return verdict(text) == {"liked": "liked", "rejected": "disliked"}[act]
    return reading.act_scores[act] >= _HARDLY
