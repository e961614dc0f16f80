"""What one pick's row supports: its words, values, names, amounts. Field by field, and knows nothing of sentences."""

from __future__ import annotations

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from penchant.retriever import CatalogueError, Item, Schema
from penchant.retriever.catalogue.inference import words_of

from ...understanding.linking import Forms, Gazetteer
from ...understanding.quantities.amounts import Amount, amounts
from ...understanding.text import NUMBER, STOPWORDS, forms, number, stem
from ..statements import BEGINNING, akin

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_BORDER = re.compile(rf"(?<=[{_CJK}])(?=[^\W_{_CJK}])|(?<=[^\W_{_CJK}])(?=[{_CJK}])")
_YEAR = re.compile(r"\s*\(\d{4}\)\s*$")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_A_NUMBER = re.compile(NUMBER, re.I)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LACKING = re.compile(
    r"\b([\w-]+)[\s-]free\b|\bfree\s+(?:of|from)\s+([\w-]+)|\b([\w-]+)\s+(?:is|are)\s+not\s+(?:included|allowed|accepted|available)\b"
    r"|\b(\w{3,})less\b"
    r"|(?:\b(?:no|non|not|never|without|(?:hardly|barely|scarcely)(?:\s+any)?)|n['’]t)[\s-]+"
    r"(?!(?:longer|more|less|one|only|yet|far|just|quite|too|always|all|every|so|very)\b)"
    r"(?:any\s+|an?\s+|(?:with|from|by)\s+)?([\w-]+(?:\s+(?!(?:no|not|never|without)\b)[\w-]+){0,2})",
    re.I,
)
_COMPOUND = re.compile(r"(?<![\w-])([^\W\d_]+)-([^\W\d_]+)(?![\w-])")
_RESERVED = re.compile(r"\b(?:off|half|semi|demi|medium|nearly|almost|not|hardly)[\s-]+\w+", re.I)
_PART = re.compile(rf"\b(?:{NUMBER}|some|few|half|most|many|none)\s+of\s+(?:the|its|their)\s+([^\W\d_]+)", re.I)
_PART_OF_THEM = re.compile(
    rf"([^.;!?]*)\b(?:{NUMBER}|some|few|half|most|many|none)\s+of\s+(?:them|these|those)\b", re.I
)
_DEMONYMS = ("an", "ese", "ish", "er", "ic", "ek", "ch", "ss")
_TIMES = {"twice": 2.0, "thrice": 3.0}
_NO = frozenset(("false", "no", "none", "0"))


@dataclass(frozen=True)
class Known:
    """What may be said: words in their order, whole values, numbers, and what the catalogue knows by these words."""

    text: str = ""
    values: frozenset[Forms] = frozenset()
    numbers: frozenset[float] = frozenset()

    def __or__(self, other: Known) -> Known:
        return Known(f"{self.text} | {other.text}", self.values | other.values, self.numbers | other.numbers)

    def has(self, text: str) -> bool:
        """Whether the words of a text stand in it, one after the other."""
        return f" {plain(text)} " in self.text

    def means(self, phrase: Forms) -> bool:
        """Whether a phrase is a whole value."""
        return phrase in self.values

    @classmethod
    def of(cls, texts: Sequence[str]) -> Known:
        numbers = frozenset(number_in(match[0]) for text in texts for match in _NUMBER.finditer(text))
        return cls(" | ".join(f" {plain(text)} " for text in texts), frozenset(map(forms, texts)), numbers)


class Row:
    """One pick, as far as it may be spoken of."""

    def __init__(self, item: Item, gazetteer: Gazetteer) -> None:
        self.item = item
        self.titles = titles(item.title)
        self._gazetteer = gazetteer
        self._schema = gazetteer.schema
        self._fields = tuple(_told(item, gazetteer.schema))
        texts = [text for name in self._fields for text in item.values(name)]
        self.known = Known.of([item.text, *self.titles, *texts])
        self._texts = (item.title, item.text, *texts)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The values of its fields that are written like names."""
        found = (v for n in self._schema.of("name", "facet", "category") for v in self.item.values(n))
        return tuple(value for value in found if value[:1].isupper())

    @cached_property
    def name_words(self) -> frozenset[str]:
        """Stems of the words of its title and its names by which it could be known."""
        words = {word for text in (*self.titles, *self.names) for word in forms(text)}
        return frozenset(word for word in words if word not in STOPWORDS and not word.isdigit())

    @cached_property
    def value_words(self) -> frozenset[str]:
        """Stems of the values of its facets."""
        fields = self._schema.of("facet", "category")
        return frozenset(form for n in fields for v in self.item.values(n) for form in (*forms(v), stem(v)))

    @cached_property
    def lacks(self) -> frozenset[str]:
        """Stems of what the row says the item is without, and nowhere that it has: "dairy" of "dairy-free", "fan" of
        "fanless", the name of a field that is false."""
        found = {word for text in self._texts for match in _LACKING.finditer(text) for word in _denied(match)}
        stated = {form for text in self._texts for form in forms(_LACKING.sub(" ", text))}
        return frozenset(found - stated | self.ruled_out)

    @cached_property
    def ruled_out(self) -> frozenset[str]:
        """Stems of the names of its fields that are false: "pet" and "safe"."""
        denied = (name for name in self._fields if {v.casefold() for v in self.item.values(name)} <= _NO)
        return frozenset(stem(word) for name in denied for word in words_of(name) if word not in STOPWORDS)

    def is_without(self, word: str) -> bool:
        """Whether the row says that the item is without what a word (its stem) means, or one of its family."""
        return word in self.lacks or (not self.says(word) and any(akin(word, own) for own in self.lacks))

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of all that the row says, with the names of the fields that it fills."""
        said = {form for text in self._texts for form in forms(text)}
        named = {stem(word) for name in self._fields for word in words_of(name)}
        for field in self._gazetteer.number_fields.fields.values():
            named |= (field.words | field.alike) if not self.lacks_number(field.name) else frozenset()
        return frozenset(said | named) - self.lacks

    @cached_property
    def firm_words(self) -> frozenset[str]:
        """Those of its words that it says without reserve: "dry", but not of "off-dry"."""
        return self.words & frozenset(form for text in self._texts for form in forms(_RESERVED.sub(" ", text)))

    @cached_property
    def compounds(self) -> Mapping[str, frozenset[str]]:
        """Of words with a hyphen in them what stands before it, by what stands behind."""
        found: dict[str, set[str]] = defaultdict(set)
        for match in (m for text in self._texts for m in _COMPOUND.finditer(text)):
            found[stem(match[2])].add(stem(match[1]))
        return {last: frozenset(firsts) for last, firsts in found.items()}

    @cached_property
    def parted(self) -> frozenset[str]:
        """Stems of what the row says something of a part only: "lessons" of "two of the lessons"."""
        named = {stem(match[1]) for text in self._texts for match in _PART.finditer(text)}
        led = (match[1] for text in self._texts for match in _PART_OF_THEM.finditer(text))
        return frozenset(named | {form for words in led for form in forms(words)} - STOPWORDS)

    @cached_property
    def _families(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.words:
            found[word[:BEGINNING]].append(word)
        return found

    def says(self, word: str) -> bool:
        """Whether the row has a word (its stem) or one of its family: "detective" and "detection"."""
        return word in self.words or any(akin(word, own) for own in self._families.get(word[:BEGINNING], ()))

    def has(self, text: str) -> bool:
        """Whether the words of a text stand in the row, one after the other."""
        return self.known.has(text)

    def means(self, phrase: Forms) -> bool:
        """Whether a phrase is a value of the row, or another word for one."""
        entries = self._gazetteer.entries.get(phrase, ())
        if phrase in self.known.values or any(e.value in self.item.values(e.facet) for e in entries):
            return True
        if len(phrase) != 1 or self.is_without(phrase[0]):
            return False
        kin = any(own.endswith(_DEMONYMS) and akin(phrase[0], own) for own in self.words)  # "Japan" of what is Japanese
        return kin or (phrase[0].endswith(_DEMONYMS) and self.is_of_its_names(phrase))

    def is_of_its_names(self, phrase: Forms) -> bool:
        """Whether every word is one of its names, or of the family of one: "Viennese" where it is in Vienna."""
        return all(word in self.name_words or any(akin(word, own) for own in self.name_words) for word in phrase)

    def holds(self, phrase: Forms) -> bool:
        """Whether the row has a value that a phrase means, or all the words of it."""
        return self.means(phrase) or all(map(self.says, phrase))

    def values(self, name: str) -> tuple[str, ...]:
        return self.item.values(name)

    def number(self, name: str) -> float:
        """The value of a number field; not a number where it is unknown."""
        try:
            return self.item.number(name)
        except CatalogueError:
            return math.nan

    def lacks_number(self, name: str) -> bool:
        """Whether a number field is unknown."""
        return math.isnan(self.number(name))

    def lists(self, word: str) -> list[str]:
        """The fields with several values that are called by a word (its stem)."""
        return [n for n, v in self.item.fields.items() if isinstance(v, tuple) and word in map(stem, words_of(n))]

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number in the row, in digits or in words."""
        often = {times for word, times in _TIMES.items() if word in self.words}
        return self.known.numbers | often | {a.low for a in self.amounts} | {a.high for a in self.amounts}

    @cached_property
    def told_numbers(self) -> frozenset[float]:
        """The numbers of its words, not of its number fields: "the 1950s" as a theme, or "seven" in its prose."""
        numbers = set(self._schema.of("number"))
        texts = [self.item.text, *(v for n in self._fields if n not in numbers for v in self.item.values(n))]
        return frozenset(number(m[0]) for text in texts for m in _A_NUMBER.finditer(text))

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """What the row's prose counts."""
        return tuple(amount for text in self._texts for amount in amounts(text, frozenset()))


def titles(title: str) -> list[str]:
    """The title, without its year, and without its subtitle."""
    bare = _YEAR.sub("", title)
    return list(dict.fromkeys((title, bare, re.split(r"[:：]", bare)[0])))


def plain(text: str) -> str:
    """The words of a text in the forms in which they are compared."""
    return " ".join(forms(_BORDER.sub(" ", text)))


def number_in(text: str) -> float:
    """Not a number if it is not one: that equals nothing."""
    try:
        return float(text.replace(",", "" if _THOUSANDS.fullmatch(text) else "."))
    except ValueError:
        return math.nan


def _denied(match: re.Match[str]) -> Iterator[str]:
    """The stems of what a row denies, up to the first word that goes on: "graphics" and "card" of "no graphics card
    of its own"."""
    words = forms(match[match.lastindex or 0])
    yield from itertools.takewhile(lambda word: word not in STOPWORDS, words)


def _told(item: Item, schema: Schema) -> Iterator[str]:
    hidden = set(schema.of("hidden", "image"))
    yield from (name for name in item.fields if name not in hidden)
