"""What fields are called when one speaks of them: by their names; in Chinese by what an English name stands for.

Knows names of fields, and of values only what yes and no are of.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from penchant.retriever import Field, Schema
from penchant.retriever.catalogue.inference import is_only, says_place, spoken_name, words_of

from ...understanding.quantities import dimension_of, unit_of
from ...understanding.spans import is_word
from ...understanding.text import STOPWORDS, is_chinese
from .language import Speech

_UNIT_NAMES = ("minutes", "minute", "hours", "mins", "min")
_HAVING, _BEING = ("has", "with", "have"), ("is", "are")
"""Before what a column of yes and no is about."""
YES, NO = ("yes", "true"), ("no", "false")
_SUMMED = ("average", "avg", "mean", "aggregate", "overall")
"""Before what is summed up of many: a rating is one."""
_VOWEL = re.compile(r"[aeiouy]")
_INITIALS = 4
"""So many letters without a vowel are the first ones of words: NFC, HDMI."""
_NAMES = re.compile(r"langu|countr|nation|sprache|region|city|place|location|origin", re.I)


def field_name(field: Field, speech: Speech) -> str:
    """The field's name as a person reads it."""
    if name := known_field_name(field.name, (), speech):
        return name
    if dimension_of(field) == "time" and unit_of(field) and field.name.casefold() in _UNIT_NAMES:
        return speech.say("length")
    words = _bare(spoken_name(field.name).split(), field)
    english = any(is_word(word.casefold()) for word in words)
    return " ".join(_written(word, english) for word in words)


def _bare(words: list[str], field: Field) -> list[str]:
    """Without what a name has for whoever keeps the file: "Has table booking", "num cores", "ratings count", "brand
    name"."""
    if field.unit == "yes/no" and words[0].casefold() in (*_HAVING, *_BEING):
        words = words[1:] or words
    if field.kind == "number" and field.unit in ("", "count") and not all(is_only(word, "counting") for word in words):
        kept = [word for word in words if not is_only(word, "counting")]
        words = kept if kept == words else [*kept[:-1], _several(kept[-1])]
    if dimension_of(field) in ("rating", "money") and words[1:] and words[0].casefold() in _SUMMED:
        words = words[1:]
    if field.kind == "name" and words[1:] and words[-1].casefold() == "name":
        words = words[:-1]
    return words


def _several(word: str) -> str:
    return word if word.casefold().endswith("s") or not is_word(word.casefold()) else f"{word}s"


def _written(word: str, english: bool) -> str:
    """A word of a name as it is written: 5G, NFC and OS in capitals, others of English in small letters."""
    if not (word.isascii() and word.isalnum() and (word.islower() or word.istitle())):
        return word
    small = word.casefold()
    is_numbered = small[0].isdigit() and len(small) > 1 and small[1:].isalpha()
    is_short = small.isalpha() and len(small) == 2 and small not in STOPWORDS
    if is_numbered or is_short or (1 < len(small) <= _INITIALS and small.isalpha() and not _VOWEL.search(small)):
        return word.upper()
    return small if word.istitle() and english else word


def truth_text(field: Field, value: str, speech: Speech) -> str:
    """What yes or no in a column stands for: "5G", and "no 5G" of what an item has, else "not delivering now"; empty
    where a value is neither."""
    if value.casefold() not in (*YES, *NO):
        return ""
    name = field_name(field, speech)
    if value.casefold() in YES:
        return name
    first = spoken_name(field.name).split()[0].casefold()
    return speech.say("has no" if first in _HAVING else "is not", what=name)


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
