"""What one message was understood to say, whoever understood it.

Knows nothing of how it was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from penchant.retriever import Interest

Intent = Literal["recommend", "refine", "more", "new_topic", "feedback", "ask", "compare", "small_talk"]
"""more: other picks for the same interests. new_topic: park what came before."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """Interests said in a message; keys (facet, value) of earlier ones taken back; items known already.

    `count` is how many picks are asked for, 0 if nothing is said of that.
    `seen` holds ids of items that are not to be shown, as the person knows them; `later` those that are not wanted now;
    `about` those that are asked about or compared. `served_by` is "rules" or the name of a language model; `note` says
    what went otherwise than asked: a name that nobody bears, why a model did not serve.
    """

    intent: Intent
    interests: tuple[Interest, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    seen: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    count: int = 0
    served_by: str = "rules"
    note: str = ""
