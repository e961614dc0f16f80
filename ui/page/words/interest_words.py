"""Fields and interests in everyday words: "under 2 hours", "from 1990 on", "like Dune".

Names of fields come from the schema's words, and what a number is from its unit; texts are short enough, and whole
sentences. Knows nothing of sessions.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.assistant.explanation.words import (
    Speech,
    amount_text,
    field_name,
    known_field_name,
    outside_text,
    range_text,
    truth_text,
)
from penchant.retriever import MENTION, OPEN, SUGGESTED, Interest, Schema, is_range, says_order
from penchant.retriever.catalogue.inference import words_of

_SAID = {MENTION: "as like", OPEN: "own words", SUGGESTED: "suggested name"}
_END = (".", "!", "?", "…", "。", "！", "？")


def facet_name(facet: str, schema: Schema | None, speech: Speech) -> str:
    """What a field is called: in the language by the schema's words for it where it has a name for these, else by the
    first of them, or by the field's own name."""
    if facet in _SAID:
        return speech.say(_SAID[facet])
    field = schema.field(facet) if schema else None
    words = field.words if field else ()
    if field and set(words) <= set(words_of(facet)):
        words = ()  # of the name itself: parts of it
    name = field_name(field, speech) if field else facet.replace("_", " ")
    return known_field_name(facet, words, speech) or (words[0] if words else name)


def interest_words(interest: Interest, schema: Schema, speech: Speech) -> str:
    """The interest without its level; for a number the field is in it, elsewhere the value is enough."""
    if interest.facet == MENTION:
        return interest.value if interest.items else speech.say("like it", title=interest.value)
    field = schema.field(interest.facet)
    if field and (is_range(interest.value) or says_order(interest.value)):
        return range_text(field, interest.value, speech)
    return (truth_text(field, interest.value, speech) if field else "") or interest.value


def label_words(interest: Interest, schema: Schema, speech: Speech) -> str:
    """The same with its field before it: "genres: horror", but "under 2 hours"."""
    words = interest_words(interest, schema, speech)
    if words != interest.value or not interest.facet:
        return words
    return speech.say("field value", field=facet_name(interest.facet, schema, speech), value=words)


def gate_names(interests: Sequence[Interest], schema: Schema, speech: Speech) -> dict[str, str]:
    """What each gate is called in words, by its label: that of what it keeps out, or lets in alone."""
    words = {i.label: label_words(i, schema, speech) for i in interests}
    barred = {f"not {label}": speech.say("not", what=text) for label, text in words.items()}
    limits = {f"not {i.label}": text for i in interests if (text := outside_text(i, schema, speech))}
    return words | barred | limits


def count_words(facet: str, value: str, schema: Schema, speech: Speech) -> str:
    """One number of an item: "1 hour 34 minutes", "price 12", and a year as it is."""
    field = schema.field(facet)
    return _named(amount_text(field, value, speech), value, facet, schema, speech) if field else value


def _named(amount: str, value: str, facet: str, schema: Schema, speech: Speech) -> str:
    """An amount whose unit does not say what it is of has the field's name before it."""
    bare = amount.replace(",", "").replace(".", "").isdigit() and not is_dated(facet, schema)
    return f"{facet_name(facet, schema, speech)} {amount}" if bare else amount


def is_dated(facet: str, schema: Schema | None) -> bool:
    """Whether a number is a year or a date: it comes before and after others."""
    field = schema.field(facet) if schema else None
    return (field.unit if field else facet) in ("year", "date")


def sentence(text: str) -> str:
    """With a capital and a full stop, the Chinese one behind Chinese."""
    text = text.strip()
    stop = "。" if text[-1:] >= "\u3000" else "."
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(_END) else stop}"
