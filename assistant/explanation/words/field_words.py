"""What fields are called when one speaks of them: by their names; in Chinese by what an English name stands for.

Knows names of fields. Knows no values.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from penchant.retriever import Field, Schema
from penchant.retriever.catalogue.inference import says_place, spoken_name, words_of

from ...understanding.quantities import dimension_of, unit_of
from ...understanding.spans import is_word
from ...understanding.text import is_chinese
from .language import Speech

_UNIT_NAMES = ("minutes", "minute", "hours", "mins", "min")
_SAYING = ("has", "is", "with", "have")
_NAMES = re.compile(r"langu|countr|nation|sprache|region|city|place|location|origin", re.I)


def field_name(field: Field, speech: Speech) -> str:
    """The field's name as a person reads it."""
    if name := known_field_name(field.name, (), speech):
        return name
    if dimension_of(field) == "time" and unit_of(field) and field.name.casefold() in _UNIT_NAMES:
        return speech.say("length")
    words = spoken_name(field.name).split()
    if field.unit == "yes/no" and len(words) > 1 and words[0].casefold() in _SAYING:
        del words[0]
    english = any(is_word(word.casefold()) for word in words)
    return " ".join(word.casefold() if word.istitle() and english else word for word in words)


def known_field_name(name: str, words: Sequence[str], speech: Speech) -> str:
    """What a language calls a field of this name, or of one of the words for it; empty where it has no word for it."""
    if speech.language == "en" or is_chinese(name):
        return ""
    every = (word for said in (name, *words) for word in (said.casefold(), *words_of(said)))
    return next((known for word in every if (known := _chinese_names().get(word))), "")


def known_kind(name: str) -> str:
    """What a kind of things of this name is called in Chinese, with its measure word; empty where there is no word."""
    return _chinese_names("kind_names").get(name.casefold(), "")


@cache
def _chinese_names(file: str = "field_names") -> Mapping[str, str]:
    text = resources.files("penchant.assistant.explanation.words").joinpath(f"{file}.toml")
    return {word: name for name, words in tomllib.loads(text.read_text(encoding="utf-8")).items() for word in words}


def maker_fields(schema: Schema) -> Sequence[str]:
    """The fields that say who made an item."""
    return [name for name in schema.of("name") if not _NAMES.search(name) and not says_place(name)]
