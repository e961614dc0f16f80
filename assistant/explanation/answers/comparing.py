"""Items side by side: which has the most of something, which are something, and what two have in common and not.

Knows rows and schemas. Knows nothing of shares but that the picks asked about come best first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from penchant.retriever import HIGHEST, LOWEST, Field, Item, Pick, Schema
from penchant.retriever.catalogue import normalise

from ...session import Asked
from ..words import (
    YES,
    Explainable,
    Speech,
    amount_text,
    bare_amount,
    differing,
    field_name,
    is_telling,
    shortened,
    telling_kinds,
    telling_numbers,
    telling_values,
    truth_fields,
    truth_text,
)
from .facts import named_amount
from .passages import passages_of
from .reasons import held_reasons
from .whether import holds, value_said

_MOST = 4
_SHARED = 5
_OF_EACH = (4, 2, 2)
"""So many fields that measure, that say what an item is like, and of yes and no, tell items apart."""
_VALUES = 3


def most(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """The item that has the most or least of what is asked, with the number, and the next."""
    items = [pick.item for pick in reply.about]
    for name, end in asked.values:
        field = schema.field(name)
        known = [i for i in items if not math.isnan(i.number(name))] if field and field.kind == "number" else []
        if field and known:
            return _extreme(known, field, end, asked, speech)
    if value := next((v for v in asked.values if v[1] not in (HIGHEST, LOWEST)), None):
        return _by_value(reply.about, value, asked, schema, speech)
    return _unmeasured(asked, reply, schema, speech)


def which(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """The items that are what is asked."""
    if not asked.values and not asked.unfit:
        return passages_of(asked, reply, schema, speech)
    items = [pick.item for pick in reply.about]
    unfit = [i for i in items if any(holds(i, pair, schema) for pair in asked.unfit)]
    fit = [i for i in items if any(holds(i, pair, schema) for pair in asked.values) and i not in unfit]
    fit = fit or ([i for i in items if i not in unfit] if asked.unfit else [])
    said = speech.listed([value_said(pair, schema, speech) for pair in asked.values[:1]])
    parts = {"titles": _titles(fit, speech), "what": said, "count": speech.counted(len(fit)).capitalize()}
    if not fit:
        return speech.say("none of these", **parts)
    if asked.unfit:
        return speech.say("which fit", **parts)
    return speech.say("which one" if len(fit) == 1 else "which several", **parts)


def compared(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What the items have in common, and what each has alone."""
    items = [pick.item for pick in reply.about]
    if len(items) < 2:
        return speech.say("nothing to compare")
    verdict = _better(items, asked, schema, speech) if len(items) == 2 else ""
    alike = _alike(items, schema, speech)
    shared = speech.say("in common", what=speech.listed(alike)) if alike else speech.say("not in common")
    if len(items) > _MOST:
        return speech.joined([shared, *_spread(items, schema, speech)])
    apart = _fields_apart(items, schema)
    return speech.joined([verdict, shared, *(_apart(item, items, apart, speech) for item in items)])


def _better(items: Sequence[Item], asked: Asked, schema: Schema, speech: Speech) -> str:
    """Which of two is ahead by the first field that is asked for and both have; empty where none is."""
    names = (name for name, _ in asked.values if not any(math.isnan(item.number(name)) for item in items))
    if (field := next((f for name in names if (f := schema.field(name))), None)) is None:
        return ""
    ordered = sorted(items, key=lambda item: -item.number(field.name))
    amounts = [f"**{item.title}** {amount_text(field, item.fields[field.name], speech)}" for item in ordered]
    key = "equal" if ordered[0].number(field.name) == ordered[1].number(field.name) else "better"
    parts = {"title": ordered[0].title, "amounts": speech.phrases["comma"].join(amounts)}
    return speech.say(key, field=field_name(field, speech), **parts)


def _extreme(known: Sequence[Item], field: Field, end: str, asked: Asked, speech: Speech) -> str:
    ordered = sorted(known, key=lambda item: item.number(field.name), reverse=end == HIGHEST)
    best, amount = ordered[0], amount_text(field, ordered[0].fields[field.name], speech)
    equals = [i for i in ordered if i.number(field.name) == best.number(field.name)]
    if len(equals) > 1 and len(equals) == len(ordered):
        bare = bare_amount(field, best.fields[field.name], speech)
        return speech.say("all alike", field=field_name(field, speech), amount=bare)
    key = "most" if len(equals) == 1 else "most several"
    word = _degree(asked.words, field, end, speech)
    named = amount if field_name(field, speech) in word else named_amount(field, amount, speech)
    told = speech.say(key, titles=_titles(equals, speech), word=word, amount=named)
    following = [
        speech.say("next", title=item.title, amount=amount_text(field, item.fields[field.name], speech))
        for item in ordered[len(equals) : len(equals) + 1]
    ]
    answer = [speech.say("indeed" if asked.subject in [i.id for i in equals] else "not so")] if asked.subject else []
    return speech.joined([*answer, told, *following])


def _titles(items: Sequence[Item], speech: Speech) -> str:
    return speech.listed([f"**{item.title}**" for item in items])


def _degree(word: str, field: Field, end: str, speech: Speech) -> str:
    """ "The shortest", "the one with the fewest pages"; in Chinese as it was said."""
    if speech.language == "zh" and word:
        return word
    if not word or " " in word:
        counted = amount_text(field, 2, speech).endswith(field_name(field, speech))
        return speech.say(f"{'count' if counted else 'degree'} {end}", field=field_name(field, speech))
    return f"the {word}"


def _by_value(about: Sequence[Pick], value: tuple[str, str], asked: Asked, schema: Schema, speech: Speech) -> str:
    """Of what no number measures: the closest of those whose rows have it."""
    having = [p.item for p in about if holds(p.item, value, schema)]
    if asked.words.split()[:1] in (["less"], ["least"]):
        without = [p.item for p in about if p.item not in having] or [about[-1].item]
        return speech.say("least of", titles=_titles(without[:_MOST], speech), value=value[1])
    if not having:
        return speech.say("none called", value=value[1], title=about[0].item.title)
    others = [speech.say("also called", titles=_titles(having[1:_MOST], speech))] if having[1:] else []
    return speech.joined([speech.say("closest to value", title=having[0].title, value=value[1]), *others])


def _unmeasured(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """Of what the catalogue has nothing; of what no more is said than "best", what comes closest to the wishes."""
    if asked.words or not reply.about:
        word = asked.words if speech.language == "zh" else f"the {asked.words}"
        return speech.say("not measured", word=word)
    places = {pick.item.id: n for n, pick in enumerate(reply.picks)}
    best = min(reply.about, key=lambda pick: places.get(pick.item.id, len(places)))
    found = held_reasons(best, reply, schema, speech)
    near = any(i.level == "want" and not i.parked for i in reply.session.effective_interests)
    return speech.say(
        "best" if found else "best near" if near else "best known", title=best.item.title, reasons=speech.listed(found)
    )


def _has(item: Item, name: str, value: str) -> bool:
    return normalise(value) in {normalise(own) for own in item.values(name)}


def _alike(items: Sequence[Item], schema: Schema, speech: Speech) -> list[str]:
    """The values that all have, and what all of them are or have of yes and no."""
    named = [f for f in schema.fields if f.kind == "name" and is_telling(f, schema)]
    common = [
        shortened(v)
        for f in (*telling_kinds(schema), *named)
        for v in telling_values(items[0], f)
        if all(_has(i, f.name, v) for i in items[1:])
    ]
    truths = [
        f for f in truth_fields(schema) if all(i.values(f.name) for i in items) and f not in differing([f], items)
    ]
    had = [truth_text(f, v, speech) for f in truths for v in items[0].values(f.name)[:1] if v.casefold() in YES]
    return list(dict.fromkeys([*common, *had]))[:_SHARED]


def _fields_apart(items: Sequence[Item], schema: Schema) -> list[Field]:
    """The fields in which items are compared, the same for each: what they measure, what they are like, yes and no."""
    named = [f for f in schema.fields if f.kind == "name" and is_telling(f, schema)]
    words = [f for f in (*telling_kinds(schema), *named) if any(telling_values(i, f) for i in items)]
    groups = (telling_numbers(schema), words, truth_fields(schema))
    return [f for group, most in zip(groups, _OF_EACH, strict=True) for f in differing(group, items)[:most]]


def _apart(item: Item, items: Sequence[Item], fields: Sequence[Field], speech: Speech) -> str:
    """What an item has of each of the fields; of several values those that not all have."""
    parts = [text for field in fields for text in _told(item, items, field, speech)]
    return speech.say("apart", title=item.title, what=speech.phrases["comma"].join(parts)) if parts else ""


def _told(item: Item, items: Sequence[Item], field: Field, speech: Speech) -> list[str]:
    if field.kind == "number":
        return [named_amount(field, amount_text(field, item.fields[field.name], speech), speech)]
    if truth := truth_text(field, item.values(field.name)[0], speech):
        return [truth]
    values = telling_values(item, field)
    own = [v for v in values if not all(_has(i, field.name, v) for i in items)] or values
    other = speech.say("of field", field=field_name(field, speech), what=item.values(field.name)[0])
    return [shortened(v) for v in own[:_VALUES]] or [shortened(other)]


def _spread(items: Sequence[Item], schema: Schema, speech: Speech) -> list[str]:
    """From where to where the first number of many items goes."""
    for field in telling_numbers(schema):
        known = sorted((i for i in items if not math.isnan(i.number(field.name))), key=lambda i: i.number(field.name))
        ends = [amount_text(field, i.fields[field.name], speech) for i in known]
        if len(set(ends)) > 1:
            return [speech.say("spread", field=field_name(field, speech), low=ends[0], high=ends[-1])]
    return []
