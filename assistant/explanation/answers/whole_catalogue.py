"""What is said of the catalogue as a whole: how many there are, what there is of a field, and what a word in it means.

Knows what was counted, and nothing of rows but that of an example.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import MENTION, OPEN, SUGGESTED, Interest, Schema, is_order

from ...session import Asked
from ..words import NO, YES, Explainable, Speech, field_name, interest_text, shortened
from .facts import fact_text
from .whether import value_said

_MOST = 12


def counted(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """How many the catalogue has: of what is named, else in all, and of what is wished for."""
    held = reply.holdings
    assert held is not None
    amounts = {"count": f"{held.count:,}", "total": f"{held.total:,}"}
    if asked.values:
        what = speech.listed(list(dict.fromkeys(value_said(pair, schema, speech) for pair in asked.values)))
        return speech.say("count of" if held.count else "count of none", what=what, **amounts)
    wished = [i for i in reply.session.effective_interests if _is_told(i)]
    named = list(dict.fromkeys(interest_text(i, schema, speech) for i in wished))
    told = speech.say("count wished", what=speech.listed(named), **amounts) if named else ""
    return speech.joined([speech.say("count all", **amounts), told])


def valued_in(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What there is of a field, the commonest first."""
    held, field = reply.holdings, schema.field(asked.fields[0])
    assert held is not None and field is not None
    values: Sequence[tuple[str, int]] = [(v, n) for v, n in held.values if v.casefold() not in (*YES, *NO)]
    told = [f"{shortened(value)} ({count:,})" for value, count in values[:_MOST]]
    rest = len(values) - len(told)
    told += [speech.say("others", count=f"{rest:,}")] if rest else []
    return speech.say("values of", field=field_name(field, speech), what=speech.listed(told))


def explained(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """That the catalogue explains no words, and what it has of that of one item."""
    field = next((f for name in asked.fields if (f := schema.field(name))), None)
    item = next((pick.item for pick in reply.about if field and pick.item.values(field.name)), None)
    told = fact_text(item, field, schema, speech) if item and field else ""
    return speech.joined([speech.say("not explained", words=shortened(asked.words)), told])


def held(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """That a thing is in the catalogue, or is not."""
    titles = speech.listed([f"**{pick.item.title}**" for pick in reply.about])
    return speech.say("held yes", titles=titles) if titles else speech.say("held no", words=shortened(asked.words))


def _is_told(interest: Interest) -> bool:
    plain = interest.facet not in (OPEN, MENTION, SUGGESTED) and not is_order(interest)
    return plain and not interest.parked
