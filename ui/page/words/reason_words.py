"""Why somebody does not want an item, as people say it: too long, too old, too sad, not this genre.

Knows the kinds of fields, and nothing of which reasons are offered or of what they do.
"""

from __future__ import annotations

from penchant.assistant import Reason
from penchant.assistant.explanation.words import Speech
from penchant.retriever import Schema

from .interest_words import facet_name, is_dated

_TIMES = ("ms", "s", "min", "h", "days", "weeks", "months", "years")
"""Units of what takes time: it is long or short."""
_FEELINGS = ("mood", "tone", "atmosphere")
"""Fields whose values say how a thing is, so that it can be too much of them."""


def reason_words(reason: Reason, schema: Schema, speech: Speech) -> str:
    """The reason in words; a number's tell which end of it is meant."""
    if schema.kind(reason.facet) == "number":
        return _number_words(reason, schema, speech)
    if _own_name(reason.facet, schema).removesuffix("s") in _FEELINGS:
        return speech.say("too much", value=reason.value)
    one = facet_name(reason.facet, schema, speech).removesuffix("s")
    return speech.say("not this", field=one, value=reason.value)


def _number_words(reason: Reason, schema: Schema, speech: Speech) -> str:
    more, field = reason.value == "more", schema.field(reason.facet)
    name = facet_name(reason.facet, schema, speech)
    if is_dated(reason.facet, schema):
        return speech.say("too new" if more else "too old")
    if field and field.unit in _TIMES:
        return speech.say("too long" if more else "too short")
    if _own_name(reason.facet, schema).endswith("s"):
        return speech.say("too many" if more else "too few", field=name)
    return speech.say("too high" if more else "too low", field=name)


def _own_name(facet: str, schema: Schema) -> str:
    field = schema.field(facet)
    return field.words[0] if field and field.words else facet
