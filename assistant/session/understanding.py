"""What one message was understood to say, whoever understood it.

Knows nothing of how it was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from penchant.retriever import Interest

from .changes import Mode, SpareTime

Intent = Literal["recommend", "refine", "more", "new_topic", "feedback", "ask", "compare", "small_talk"]
"""more: other picks for the same interests. new_topic: park what came before."""


Topic = Literal[
    "",
    "why",
    "most",
    "which",
    "whether",
    "value",
    "compare",
    "about",
    "left out",
    "count",
    "values",
    "meaning",
    "held",
    "person",
    "assistant",
    "accept",
    "seen",
    "thanks",
    "goodbye",
    "greeting",
    "remark",
    "nothing shown",
    "no such place",
    "not understood",
]
"""What a message that wishes for nothing is about; empty: it wishes. most: which has the most or least of something.
which, whether: which items are something, and whether one is. value: what a field of it holds. count, values: how many
the catalogue has, and what there is of a field; meaning: what a word in it means; held: whether a thing is
in it. person: what is known of the person.
assistant: what Penchant is and does. accept, seen: one is taken, or known. nothing shown: a question about the screen,
where nothing is. no such place: something is meant that is not on screen, or that could be any of what is.
not understood: nothing of it is known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that changes no wish, as the catalogue can answer it.

    `fields` are those that may hold the answer, the likeliest first. `values` are (field, value) pairs that are asked
    for: values, ranges of numbers, or HIGHEST and LOWEST. `unfit` are such that speak against it ("for children").
    `words` are the person's own for what is asked; `subject` is the item (id) that may be the most.
    """

    topic: Topic = ""
    fields: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    unfit: tuple[tuple[str, str], ...] = ()
    words: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """Interests said in a message; keys (facet, value) of earlier ones taken back; items known already.

    `count` is how many picks are asked for, 0 if nothing is said of that.
    `seen` holds ids of items that are not to be shown, as the person knows them; `later` those that are not wanted now;
    `about` those that are asked about or compared. `served_by` is "rules" or the name of a language model; `note` says
    what went otherwise than asked: a name that nobody bears, why a model did not serve. `asked` says what a message
    that is no wish asks or remarks. `time` is what the person has of it (none of it: it does not matter any more) and
    `mode` which items may be shown from now on, None where nothing is said of that; `spacing`: for how many days they
    must not have been seen.
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
    asked: Asked = Asked()
    time: SpareTime | None = None
    mode: Mode | None = None
    spacing: int = 0
