"""Why somebody does not want an item, as people say it: too long, too old, too sad, not this genre.

Knows the kinds of fields, and nothing of which reasons are offered or of what they do.
"""

from __future__ import annotations

from penchant.assistant import Reason
from penchant.retriever import Schema

from .interest_words import facet_name, is_dated

_TIMES = ("ms", "s", "min", "h", "days", "weeks", "months", "years")
"""Units of what takes time: it is long or short."""
_FEELINGS = ("mood", "tone", "atmosphere")
"""Fields whose values say how a thing is, so that it can be too much of them."""


def reason_words(reason: Reason, schema: Schema) -> str:
    """The reason in words; a number's tell which end of it is meant."""
    name, kind = facet_name(reason.facet, schema), schema.kind(reason.facet)
    if kind == "number":
        return _number_words(reason, name, schema)
    one = name.removesuffix("s")
    if one in _FEELINGS:
        return f"too {reason.value}"
    return f"not this {one}: {reason.value}"


def _number_words(reason: Reason, name: str, schema: Schema) -> str:
    more, field = reason.value == "more", schema.field(reason.facet)
    if is_dated(reason.facet, schema):
        return "too new" if more else "too old"
    if field and field.unit in _TIMES:
        return "too long" if more else "too short"
    if name.endswith("s"):
        return f"too {'many' if more else 'few'} {name}"
    return f"{name} too {'high' if more else 'low'}"
