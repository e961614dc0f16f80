"""Whether an item is what is asked: "is it scary", "is it in French", "is it under two hours", "is it for children".

Yes and no are said only of what a field can tell; else what its text says. Knows rows and schemas, and no shares.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import Item, Schema, parse_range
from penchant.retriever.catalogue import is_within, normalise

from ...session import Asked
from ..words import NO, YES, Explainable, Speech, field_name, range_text
from .facts import fact_text
from .held_values import fact_of_each, value_text
from .passages import passage_of, passages_of

Pair = tuple[str, str]


def whether(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """Yes or no for an item, and what its row or its text has; of several, what each has, or texts have."""
    if len(reply.about) != 1:
        return _of_each(asked, reply, schema, speech) or passages_of(asked, reply, schema, speech)
    item = reply.about[0].item
    told = _by_values(asked, item, schema, speech)
    known = [f for name in asked.fields if (f := schema.field(name)) and item.values(name)]
    if told:
        return speech.joined([told, passage_of(asked, reply, schema, speech, only_if_near=True) if asked.unfit else ""])
    if known:
        return fact_text(item, known[0], schema, speech)
    return passage_of(asked, reply, schema, speech)


def _of_each(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What a field holds of each of several items: "do they all deliver?"."""
    fields = (schema.field(name) for name, value in asked.values if value.casefold() in (*YES, *NO))
    field = next((field for field in fields if field), None)
    return fact_of_each([pick.item for pick in reply.about], field, speech) if field else ""


def holds(item: Item, pair: Pair, schema: Schema) -> bool | None:
    """Whether an item has a value, or a number in a range; None where the catalogue does not say."""
    name, value = pair
    held = {normalise(own) for field in schema.looked_up(name) for own in item.values(field)}
    if normalise(value) in held:
        return True
    if not item.values(name):
        return None
    if schema.kind(name) == "number":
        field = schema.field(name)
        return is_within(item, field, *parse_range(value), schema) if field else None
    return False


def value_said(pair: Pair, schema: Schema, speech: Speech) -> str:
    """A value, or a range in words; of a field of yes and no the field."""
    field = schema.field(pair[0])
    if field is None:
        return pair[1]
    if pair[1].casefold() in (*YES, *NO):
        return field_name(field, speech)
    return range_text(field, pair[1], speech) if field.kind == "number" else pair[1]


def _by_values(asked: Asked, item: Item, schema: Schema, speech: Speech) -> str:
    """What the values that are asked for tell; empty if the item has none of their fields."""
    against = [pair for pair in asked.unfit if holds(item, pair, schema)]
    if against:
        what = speech.listed(list(dict.fromkeys(value for _, value in against)))
        return speech.say("unfit", title=item.title, what=what)
    yes = [pair for pair in asked.values if holds(item, pair, schema)]
    no = [pair for pair in asked.values if holds(item, pair, schema) is False]
    if yes or (no and not asked.unfit):
        return _said(item, yes, no, schema, speech)
    return speech.say("perhaps fit", title=item.title) if asked.unfit else ""


def _said(item: Item, yes: Sequence[Pair], no: Sequence[Pair], schema: Schema, speech: Speech) -> str:
    field = schema.field((yes or no)[0][0])
    assert field is not None
    if field.kind == "number":
        return speech.say("yes" if yes else "no", fact=fact_text(item, field, schema, speech))
    if any(value.casefold() in (*YES, *NO) for value in item.values(field.name)):
        return fact_text(item, field, schema, speech)
    listed = [speech.listed(list(dict.fromkeys(value for _, value in pairs))) for pairs in (yes, no)]
    if yes and no and not {v for _, v in yes} & {v for _, v in no}:
        return speech.say("yes but", title=item.title, value=listed[0], other=listed[1])
    if yes:
        return speech.say("yes listed", title=item.title, value=listed[0])
    own = value_text(item, field, speech)
    return speech.say("no listed", title=item.title, value=listed[1], field=field_name(field, speech), own=own)
