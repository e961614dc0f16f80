"""Where a message says of what sex an item or its maker is to be: "a girl cat", "works by women", "female painters".

English. Not for whom something is: see mentions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from penchant.retriever.catalogue.kinds import nouns

from ..cues import MAKER_WORDS
from ..linking import Entry, Gazetteer, Match
from ..text import STOPWORDS, Token
from .persons import known_persons, plain_words
from .sexes import SexField, sex_fields

_BY = (
    r"\bby\s+(?:(?:an?|some|the|any|only|mostly|one|two)\s+)?"
    r"(?:(?!(?:and|or|for|the|an?|who|that)\b)[\w'’-]+\s+){0,2}?"
)
_IS = r"\b(?:is|are|was|were|be|being)\s+(?:(?:also|all|always)\s+)?(?:an?\s+)?"
_WISH = (
    r"\b(?:want(?:ed|ing)?|prefer(?:red|ably|s)?|like|love|need|have|having|take|get|adopt|rather|must\s+be|should\s+be"
    r"|to\s+be|only|either|or|not|no|just|as|than|looking\s+for|after)\s+(?:an?\s+|any\s+|another\s+|to\s+be\s+an?\s+)*$"
)
_WISHED = re.compile(_WISH, re.I)
_BARE = re.compile(r"(?:^|[.!?;,\n]\s*)(?:(?:an?|only|any|preferably|ideally|and|or|but|please)\s+)*$", re.I)
_ENDS = re.compile(
    r"\s*(?:$|[.,;:!?)]|(?:please|who|that|if|ideally|or|and|one|ones|not|in|from|with|then|instead)\b)", re.I
)
_NEXT = re.compile(r"[\s-]+([a-z][\w'’]*)(?:[\s-]+([a-z][\w'’]*))?", re.I)
_OWNERS = re.compile(r"['’]s?\b")
_FOR = re.compile(r"\b(?:for|of|about|i\s*['’]?\s*a?m|as)\s+(?:(?:an?|the|my|some|two|little|young)\s+)*$", re.I)
_PERSONS, _ANIMALS = "18", "05"


class OwnSexes:
    """Finds, for one catalogue, the values that such words mean."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.fields: Sequence[SexField] = tuple(sex_fields(gazetteer.catalogue))

    def find(self, text: str, words: Sequence[Token]) -> list[Match]:
        """The values, and where they are said, in order."""
        if not self.fields:
            return []
        return [match for said in _said().finditer(text) if (match := self._match(text, words, said))]

    def _match(self, text: str, words: Sequence[Token], said: re.Match[str]) -> Match | None:
        field = next((f for f in self.fields if self._is_of(f, text, *said.span())), None)
        at = next((n for n, word in enumerate(words) if word.start == said.start()), None)
        if field is None or at is None:
            return None
        sex = next(iter(known_persons()[said[0].casefold()].sexes))
        entries = tuple(Entry("value", field.name, value) for value in field.values[sex])
        return Match(at, at + 1, entries)

    def _is_of(self, field: SexField, text: str, start: int, end: int) -> bool:
        if _OWNERS.match(text, end):
            return False
        led, behind = text[:start], _behind(text, end)
        return self._is_makers(led, behind) if field.of_maker else self._is_items(led, behind, text, end)

    def _is_makers(self, led: str, behind: Sequence[str]) -> bool:
        """ "By women", "women painters", "whose author is a woman"."""
        if _maker_before().search(led):
            return True
        if any(map(_is_person, behind[:1])):
            return not _FOR.search(led)
        return bool(_by().search(led)) and not any(map(_is_thing, behind[:1]))

    def _is_items(self, led: str, behind: Sequence[str], text: str, end: int) -> bool:
        """ "A girl cat", "a boy lop", "I'd rather have a man", "preferably a girl"."""
        if _FOR.search(led):
            return False
        if behind and self._is_an_item(behind):
            return True
        return bool(_ENDS.match(text, end)) and bool(_WISHED.search(led) or _BARE.search(led))

    def _is_an_item(self, behind: Sequence[str]) -> bool:
        """Whether the next word is of the items: one of their values, or an animal or person."""
        said = (" ".join(behind[:n]) for n in range(1, len(behind) + 1))
        values = any(self._gazetteer.only_value(one) for one in said)
        return values or any(sense.theme in (_PERSONS, _ANIMALS) for sense in nouns().senses(behind[0].casefold())[:1])


def _behind(text: str, end: int) -> list[str]:
    found = _NEXT.match(text, end)
    return [word for word in found.groups() if word] if found else []


@cache
def _said() -> re.Pattern[str]:
    one_sided = r"(?:boys?|girls?|lad(?:s|y|ies)|gals?|guys?|blokes?|gentlem[ae]n|(?:wo)?m[ae]n|(?:fe)?males?)"
    return re.compile(rf"\b(?=(?:{plain_words()})\b){one_sided}\b(?!-)", re.I)


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"{_BY}$", re.I)


@cache
def _maker_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:(?:{'|'.join(MAKER_WORDS)})s?|whose\s+\w+)\s+{_IS}$", re.I)


def _is_person(word: str) -> bool:
    """Whether a word is of people who do something: "painters", "photographer"."""
    senses = nouns().senses(word.casefold())[:1]
    return any(sense.theme == _PERSONS for sense in senses) and word.casefold() not in known_persons()


def _is_thing(word: str) -> bool:
    return word.casefold() not in STOPWORDS and bool(nouns().senses(word.casefold()))
