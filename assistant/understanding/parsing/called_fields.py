"""Which fields words ask for: by what they are called, else by a word that people say for such a field ("town").

Knows a schema. Knows nothing of what is said of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from penchant.retriever import Schema

from ..text import forms

_ASKED_AS = tuple(
    frozenset(words.split())
    for words in (
        "place area part location district quarter neighbourhood neighborhood town city region state country where",
        "level difficulty",
        "maker make brand company manufacturer",
        "colour color",
        "kind sort genre type style",
    )
)
"""Words of which any may ask for a field that is called by another, where none is called by itself."""

_OF_ANYTHING = frozenset("place part where make kind sort type style".split())
"""Of these, what people say of anything: "another place"."""


def called_fields(schema: Schema, said: Collection[str]) -> set[str]:
    """Facets, names and categories by their own words (forms), else by words that are said for these."""
    words = _words(schema)
    common = {w for w, n in Counter(w for own in words.values() for w in own).items() if n > 1 and len(words) > 1}
    told = set(said) - common
    alike = set().union(*(group for group in _ASKED_AS if group & told))
    return {n for n, own in words.items() if told & own} or {n for n, own in words.items() if alike & own}


def calling_words(schema: Schema) -> set[str]:
    """Words by which some field may be asked for."""
    own = set().union(*_words(schema).values())
    alike = set().union(*(group for group in _ASKED_AS if group & own))
    return {word for word in own if word.isalpha()} | (alike - _OF_ANYTHING)


def _words(schema: Schema) -> Mapping[str, set[str]]:
    return {name: set(forms(name)) for name in schema.of("facet", "name", "category")}
