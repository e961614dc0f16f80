"""What a field holds of items, in words. Knows fields, rows and amounts, and nothing of what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import Field, Item

from ..words import Speech, amount_text, field_name, shortened, truth_text

_MOST = 5


def value_text(item: Item, field: Field, speech: Speech) -> str:
    """All that a field holds of an item."""
    if field.kind == "number":
        return amount_text(field, item.fields[field.name], speech)
    if told := truth_text(field, item.values(field.name)[0], speech):
        return told
    return speech.listed([shortened(value) for value in item.values(field.name)[:_MOST]])


def fact_of_each(items: Sequence[Item], field: Field, speech: Speech) -> str:
    """What a field holds of each of several items; empty if of none."""
    known = [f"**{i.title}** {value_text(i, field, speech)}" for i in items if i.values(field.name)]
    what = speech.phrases["semicolon"].join(known)
    if not known:
        return ""
    told = any(truth_text(field, i.values(field.name)[0], speech) for i in items if i.values(field.name))
    return speech.say("told of each" if told else "fact of each", field=field_name(field, speech), what=what)


def near_fact(item: Item, field: Field | None, speech: Speech) -> str:
    """What is held of an item that comes near to a question: neither a yes nor a no. Empty if nothing is."""
    if field is None or not item.values(field.name):
        return ""
    parts = {"field": field_name(field, speech), "value": value_text(item, field, speech)}
    key = "near truth" if truth_text(field, item.values(field.name)[0], speech) else "near fact"
    return speech.say(key, title=item.title, **parts)
