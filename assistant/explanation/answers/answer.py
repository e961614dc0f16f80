"""Which answer a question gets. Knows the topics, and nothing of what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from penchant.retriever import Schema

from ...session import Asked, Topic
from ..words import Explainable, Speech
from .comparing import compared, most, which
from .facts import told_about, valued
from .reasons import why
from .talk import assistant, courtesy, left_out, not_understood, person, replaced, taken, which_one
from .whether import whether
from .whole_catalogue import counted, explained, held, valued_in

Answer = Callable[[Asked, Explainable, Schema, Speech], str]


def answer_text(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """The answer in Markdown."""
    return _ANSWERS.get(asked.topic, courtesy)(asked, reply, schema, speech)


_ANSWERS: Mapping[Topic, Answer] = {
    "why": why,
    "most": most,
    "which": which,
    "whether": whether,
    "value": valued,
    "compare": compared,
    "about": told_about,
    "count": counted,
    "values": valued_in,
    "meaning": explained,
    "held": held,
    "left out": left_out,
    "person": person,
    "assistant": assistant,
    "accept": taken,
    "seen": replaced,
    "no such place": which_one,
    "not understood": not_understood,
}
