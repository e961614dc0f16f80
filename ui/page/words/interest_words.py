"""Fields and interests in everyday words: "under 120 minutes", "1990 or later", "like Dune".

Names of fields come from the schema's words, and what a number is from its unit; texts are short enough, and whole
sentences. Knows nothing of sessions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from penchant.retriever import HIGHEST, LOWEST, MENTION, OPEN, SUGGESTED, SUGGESTION, Interest, Schema, is_range

_PARTS = re.compile(r"\s*(>=|<=|>|<|=)?\s*(.+?)\s*")
_COUNTED = {"<": "under {}", "<=": "at most {}", ">": "over {}", ">=": "at least {}"}
_DATED = {"<": "before {}", "<=": "{} or earlier", ">": "after {}", ">=": "{} or later"}
_ORDERS = {HIGHEST: "highest", LOWEST: "lowest"}
_DATED_ORDERS = {HIGHEST: "newest", LOWEST: "oldest"}


def facet_name(facet: str, schema: Schema | None = None) -> str:
    """What a field is called: by the first word of the schema for it, or else by its name."""
    field = schema.field(facet) if schema else None
    words = field.words if field else ()
    return {MENTION: "like", OPEN: "in your words", SUGGESTED: SUGGESTION}.get(facet) or (
        words[0] if words else facet.replace("_", " ")
    )


def interest_words(interest: Interest, schema: Schema | None = None) -> str:
    """The interest without its level; for a number the field is in it, elsewhere the value is enough."""
    if interest.facet == MENTION:
        return interest.value if interest.items else f"like {interest.value}"
    if interest.facet and (is_range(interest.value) or interest.value in _ORDERS):
        return range_words(interest.facet, interest.value, schema)
    return interest.value


def label_words(interest: Interest, schema: Schema | None = None) -> str:
    """The same with its field before it: "genres: horror", but "under 120 minutes"."""
    words = interest_words(interest, schema)
    return f"{facet_name(interest.facet, schema)}: {words}" if words == interest.value and interest.facet else words


def gate_names(interests: Sequence[Interest], schema: Schema) -> dict[str, str]:
    """What each gate is called in words, by its label: that of what it keeps out, or lets in alone."""
    words = {i.label: label_words(i, schema) for i in interests}
    return words | {f"not {label}": f"not {text}" for label, text in words.items()}


def range_words(facet: str, value: str, schema: Schema | None = None) -> str:
    """A range of a number field, or an order by it. Without a schema it is not known which numbers are years."""
    dated = is_dated(facet, schema)
    if value in _ORDERS:
        return f"{_DATED_ORDERS[value]} first" if dated else f"{_ORDERS[value]} {facet_name(facet, schema)} first"
    sign, number = match.groups() if (match := _PARTS.fullmatch(value)) else ("", value)
    words = (_DATED if dated else _COUNTED).get(sign or "", "{}").format(number.replace("..", " to "))
    return words if dated else _with_name(words, facet_name(facet, schema))


def count_words(facet: str, value: str, schema: Schema) -> str:
    """One number of an item: "94 minutes", "price 12", and a year as it is."""
    return value if is_dated(facet, schema) else _with_name(value, facet_name(facet, schema))


def is_dated(facet: str, schema: Schema | None) -> bool:
    """Whether a number is a year or a date: it comes before and after others."""
    field = schema.field(facet) if schema else None
    return (field.unit if field else facet) in ("year", "date")


def _with_name(words: str, name: str) -> str:
    """What can be counted, as a plural says, stands behind its number, and the name of any other before it."""
    return f"{words} {name}" if name.endswith("s") and not name.endswith("ss") else f"{name} {words}"


def shortened(text: str, most: int = 60) -> str:
    """At most so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?', '…', '。')) else '.'}"
