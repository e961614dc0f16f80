"""What the catalogue has of an item: the value of a field that is asked for, and a portrait in two sentences.

Knows fields and their words. Knows nothing of shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from penchant.retriever import Field, Item, Schema

from ...session import Asked
from ...understanding.quantities import dimension_of
from ..words import Explainable, Speech, amount_text, field_name, maker_fields, shortened
from .passages import passage_of, prose_of

_MOST, _FEW = 5, 3
_MAKER = re.compile(r"^(?:makers?|brand|manufacturer|producers?|authors?|artists?)$", re.I)


def valued(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What a field holds of each item asked about."""
    items = [pick.item for pick in reply.about]
    field = next((f for name in asked.fields if (f := schema.field(name)) and any(i.values(name) for i in items)), None)
    if field is None:
        return passage_of(asked, reply, schema, speech) if len(items) == 1 else speech.say("not known of these")
    if len(items) == 1:
        return fact_text(items[0], field, schema, speech)
    known = [f"**{i.title}** {value_text(i, field, speech)}" for i in items if i.values(field.name)]
    return speech.say("fact of each", field=field_name(field, speech), what=speech.phrases["semicolon"].join(known))


def told_about(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What the items are."""
    return "\n\n".join(portrait(pick.item, schema, speech) for pick in reply.about[:_FEW])


def portrait(item: Item, schema: Schema, speech: Speech) -> str:
    """What the catalogue has of it in a few words, and its text."""
    facts = speech.phrases["comma"].join(known_facts(item, schema, speech))
    told = speech.say("portrait", title=item.title, facts=facts) if facts else f"**{item.title}**."
    return speech.joined([told, prose_of(item, schema)])


def known_facts(item: Item, schema: Schema, speech: Speech) -> list[str]:
    """Its kind, numbers with what they are of, who made it, and what it is like."""
    makers = [name for name in maker_fields(schema) if item.values(name)][:1]
    others = [name for name in schema.of("category", "number", "facet") if item.values(name) and name != schema.prior]
    return [text for field in _fields([*others, *makers], schema) for text in _facts(item, field, schema, speech)]


def _facts(item: Item, field: Field, schema: Schema, speech: Speech) -> Iterator[str]:
    value = value_text(item, field, speech)
    if field.kind == "number":
        yield named_amount(field, value, speech)
    elif field.name in maker_fields(schema):
        yield speech.say("by", value=value)
    elif value.casefold() in ("yes", "true"):
        yield field_name(field, speech)
    elif value.casefold() not in ("no", "false"):
        yield from (shortened(one) for one in item.values(field.name)[:_FEW])


def named_amount(field: Field, amount: str, speech: Speech) -> str:
    """An amount with the name of its field, unless it tells by itself what it is of."""
    bare = all(c.isdigit() or c in ".," for c in amount) and dimension_of(field) not in ("year", "date")
    by_unit = dimension_of(field) in ("", "money") and not bare and not amount.endswith(field_name(field, speech))
    told = dimension_of(field) == "money" and not amount[0].isdigit()
    return (
        speech.say("named amount", field=field_name(field, speech), amount=amount)
        if (bare or by_unit) and not told
        else amount
    )


def value_text(item: Item, field: Field, speech: Speech) -> str:
    """All that a field holds of an item."""
    if field.kind == "number":
        return amount_text(field, item.fields[field.name], speech)
    return speech.listed([shortened(value) for value in item.values(field.name)[:_MOST]])


def fact_text(item: Item, field: Field, schema: Schema, speech: Speech) -> str:
    """ "**Up** is 1 hour 36 minutes long.", "**Up** is from 2009.", "The moods of **Up** are warm and funny." """
    value = value_text(item, field, speech)
    parts = {"title": item.title, "value": value, "field": field_name(field, speech)}
    if field.kind == "number":
        counted = "fact counted" if value.endswith(f" {field_name(field, speech)}") else ""
        keys = (counted, f"fact {field.name}", f"fact {dimension_of(field)}", "fact")
        return speech.say(next(key for key in keys if speech.has(key)), **parts)
    if field.name in maker_fields(schema) and _MAKER.search(field.name):
        return speech.say("fact maker", **parts)
    several = field.name.endswith("s") or len(item.values(field.name)) > 1
    return speech.say("facts" if several else "fact", **parts)


def _fields(names: Sequence[str], schema: Schema) -> list[Field]:
    return [field for name in names if (field := schema.field(name))]
