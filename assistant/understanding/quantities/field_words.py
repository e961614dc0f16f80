"""The words by which number fields are asked for: those of their names, in full where they are cut short, and others
that stand for them; and words for people and for what is counted.

Knows no columns.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources
from typing import Any

from penchant.retriever.catalogue import Field
from penchant.retriever.catalogue.inference import spoken
from penchant.retriever.catalogue.kinds import nouns

from ..text import STOPWORDS, stem, tokens

_JOINING = frozenset("to of for from by at on and or".split())
_SHORTEST = 3
_HOLDING_NONE = frozenset("ram memory storage disk ssd battery tank".split())
"""Of these the capacity is of no people."""
_PEOPLE = frozenset(("person", "people", "personnel", "multitude"))
"""What WordNet has people as, one by one and together."""
_OF_ANY = frozenset("date dates year years day time at on in begin end last first price prices cost".split())


@cache
def words_of_amounts() -> Mapping[str, Any]:
    here = resources.files("penchant.assistant.understanding.quantities")
    return tomllib.loads(here.joinpath("amount_words.toml").read_text(encoding="utf-8"))


def words_of_field(field: Field) -> frozenset[str]:
    """The stems by which a field is asked for, what is cut short also in full; "to" is no word of "dist to road"."""
    named = field.words or spoken(field.name, None)
    known = words_of_amounts()["abbreviated"]
    full = [known.get(part, part) for word in named for part in _parts(word, known)]
    return frozenset(stem(word) for word in (*named, *full) if word not in _JOINING) or frozenset(map(stem, named))


def _parts(word: str, abbreviated: Collection[str]) -> list[str]:
    """A noun and what is cut short behind it, where a column runs them together: "brainwt"."""
    cuts = (len(word) - len(end) for end in abbreviated if word.endswith(end))
    return next(([word[:cut], word[cut:]] for cut in cuts if cut >= _SHORTEST and nouns().senses(word[:cut])), [word])


def is_said(field: Field, text: str) -> bool:
    """Whether a text has a word of a field's that is not one of every date or price: "acquired in 1990"."""
    own = {stem(word) for word in field.words if word not in _OF_ANY}
    return any(token.form in own for token in tokens(text))


def alike_words(words: Collection[str], dimension: str) -> frozenset[str]:
    """The words that stand for those of a field, or for what it measures: 价格 is asked for as a price."""
    spoken = {*words, *(w.removesuffix("s") for w in words)}
    spoken.add({"money": "price", "time": "duration", "length": ""}.get(dimension, dimension))
    groups = [group for group in words_of_amounts()["alike"] if spoken & set(group)]
    groups = [group for group in groups if not ("people" in group and spoken & _HOLDING_NONE)]
    return frozenset(word for group in groups for word in group) - frozenset(words)


def names_what_is_counted(word: str) -> bool:
    """ "At least 500 lumens", "five of them": a plural behind a number is what there are so many of."""
    return word.casefold() == "of" or (stem(word) != word.casefold() and word.casefold() not in STOPWORDS)


@cache
def are_people(word: str) -> bool:
    """Whether a word is of people: "employees", "staff"."""
    senses = nouns().senses(word.casefold())[:1] if word.isalpha() else []
    named = {name for one in senses for broader in nouns().broader(one) for name in broader.names}
    return bool(named & _PEOPLE)
