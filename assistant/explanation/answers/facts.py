"""What the catalogue has of an item: the value of a field that is asked for, and a portrait in two sentences.

Knows fields and their words. Knows nothing of shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from penchant.retriever import Field, Item, Schema
from penchant.retriever.catalogue.inference import spoken_name, words_of

from ...session import Asked
from ...understanding.quantities import dimension_of, unit_of
from ...understanding.text import STOPWORDS
from ..words import (
    NO,
    YES,
    Explainable,
    Speech,
    field_name,
    known_kind,
    maker_fields,
    shortened,
    telling_kinds,
    telling_numbers,
    telling_values,
    truth_fields,
)
from .held_values import fact_of_each, value_text
from .passages import passage_of, passages_of, prose_of

_FEW, _FIELDS = 3, 4
_DAY = 24 * 60
"""Minutes."""
_SEVERAL = re.compile(r"(?<![su])s$", re.I)
"""The end of a name of several things: "moods", but not "address" or "status". The verb goes by it."""
_MAKER = re.compile(r"^(?:makers?|brand|manufacturer|producers?|authors?|artists?)$", re.I)


def valued(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What a field holds of each item asked about."""
    items = [pick.item for pick in reply.about]
    field = next((f for name in asked.fields if (f := schema.field(name)) and any(i.values(name) for i in items)), None)
    if field is None:
        return (
            passage_of(asked, reply, schema, speech) if len(items) == 1 else passages_of(asked, reply, schema, speech)
        )
    if len(items) == 1:
        return fact_text(items[0], field, schema, speech)
    return fact_of_each(items, field, speech)


def told_about(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What the items are."""
    return "\n\n".join(portrait(pick.item, schema, speech) for pick in reply.about[:_FEW])


def portrait(item: Item, schema: Schema, speech: Speech) -> str:
    """What the catalogue has of it in a few words, and its text."""
    facts = speech.phrases["comma"].join(known_facts(item, schema, speech))
    told = speech.say("portrait", title=item.title, facts=facts) if facts else f"**{item.title}**."
    return speech.joined([told, prose_of(item, schema)])


def known_facts(item: Item, schema: Schema, speech: Speech) -> list[str]:
    """Its kind and what it is like, what people weigh of its numbers, what it has of yes and no, and who made it."""
    kinds = [field for field in telling_kinds(schema) if telling_values(item, field)][:_FIELDS]
    makers = [field for name in maker_fields(schema) if item.values(name) and (field := schema.field(name))]
    numbers = [field for field in telling_numbers(schema) if item.values(field.name)][:_FIELDS]
    had = [f for f in truth_fields(schema) if {v.casefold() for v in item.values(f.name)} & set(YES)]
    years = [f for f in numbers if dimension_of(f) in ("year", "date")]
    sorts = [f for f in kinds if f.kind == "category"]
    behind = (f for f in (*kinds, *numbers, *had[:_FIELDS], *makers[:1]) if f not in (*sorts, *years))
    fields = (*sorts, *years, *behind) if sorts else (*behind, *years)
    return list(dict.fromkeys(text for field in fields for text in _facts(item, field, schema, speech)))


def _facts(item: Item, field: Field, schema: Schema, speech: Speech) -> Iterator[str]:
    value = value_text(item, field, speech)
    if field.kind == "number" and dimension_of(field) in ("year", "date"):
        yield speech.say("exactly year", low=value)
    elif field.kind == "number":
        yield named_amount(field, value, speech)
    elif field.name in maker_fields(schema):
        yield speech.say("by", value=value)
    elif field.unit == "yes/no":
        yield value
    else:
        yield from (_kind(one, field, speech) or shortened(one) for one in telling_values(item, field)[:_FEW])


def _kind(value: str, field: Field, speech: Speech) -> str:
    """A kind of things by its Chinese name, without its measure word; empty elsewhere and where it has none."""
    return known_kind(value)[1:] if speech.language == "zh" and field.kind == "category" else ""


def named_amount(field: Field, amount: str, speech: Speech) -> str:
    """An amount with the name of its field, unless it tells by itself what it is of."""
    bare = all(c.isdigit() or c in ".," for c in amount) and dimension_of(field) not in ("year", "date")
    by_unit = _measure(field) in ("", "money") and not bare and not amount.endswith(field_name(field, speech))
    told = dimension_of(field) == "money" and not amount[0].isdigit()
    return (
        speech.say("named amount", field=field_name(field, speech), amount=amount)
        if (bare or by_unit) and not told
        else amount
    )


def fact_text(item: Item, field: Field, schema: Schema, speech: Speech) -> str:
    """ "**Up** is 1 hour 36 minutes long.", "**Up** is from 2009.", "The moods of **Up** are warm and funny." """
    value = _both_ends(item, field, schema, speech)
    parts = {"title": item.title, "value": value, "field": field_name(field, speech)}
    if field.kind == "number":
        counted = "fact counted" if value.endswith(f" {field_name(field, speech)}") else ""
        keys = (counted, f"fact {field.name}", f"fact {_measure(field)}", "fact")
        return speech.say(next(key for key in keys if speech.has(key)), **parts)
    if (said := item.values(field.name)[0].casefold()) in (*YES, *NO):
        return speech.say("field yes" if said in YES else "field no", **parts)
    if set(words_of(field.name)) & {word for known in words_of(value) for word in (known, known.removeprefix("un"))}:
        return speech.say("fact itself", **parts)
    if parts["field"].split()[-1] in STOPWORDS:  # "known for", "sold by"
        return speech.say("fact plain", **parts)
    if field.name in maker_fields(schema) and _MAKER.search(spoken_name(field.name)):
        return speech.say("fact maker", **parts)
    return speech.say("facts" if _SEVERAL.search(parts["field"]) else "fact", **parts)


def _both_ends(item: Item, field: Field, schema: Schema, speech: Speech) -> str:
    """What a field holds; of one that is an end of a range, and of the other end what its own field does."""
    other = {"low": "high", "high": "low"}.get(field.bound)
    paired = (f for f in schema.fields if other and f.bound == other and f.words == field.words)
    partner = next((f for f in paired if item.values(f.name)), None)
    ends = sorted((field, partner), key=lambda f: f.bound == "high") if partner else (field,)
    told = dict.fromkeys(value_text(item, one, speech) for one in ends)
    return speech.say("from to", low=next(iter(told)), high=list(told)[-1]) if len(told) > 1 else next(iter(told))


def _measure(field: Field) -> str:
    """What a number field measures, as sentences have it: a deposit of two months is no length."""
    unit = unit_of(field)
    return "" if unit and dimension_of(field) == "time" and unit.factor >= _DAY else dimension_of(field)
