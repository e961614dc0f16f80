"""The words for people that tell of what sex or how old they are, and the years that are said beside them.

English and Chinese; what is not listed is looked up among WordNet's nouns. Not how many people there are: see
quantities.heads.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

from penchant.retriever.catalogue.kinds import BOTH, Audience, nouns

from ..text import NUMBER, is_chinese, number

GROWN_UP = 18.0
_MALE, _FEMALE = frozenset(("male",)), frozenset(("female",))
_SAID = {"female": {"woman", "female", "female person"}, "male": {"man", "male", "male person"}}
"""What WordNet calls them."""

_PERSONS = "18"
"""WordNet's theme of people."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of these sexes, from `low` to `high` years old."""

    sexes: frozenset[str] = BOTH
    low: float = 0.0
    high: float = math.inf

    @property
    def is_child(self) -> bool:
        return self.high < GROWN_UP

    @property
    def is_of_age(self) -> bool:
        """Whether the years are said, or all but."""
        return self.high - self.low <= _ALL_BUT

    def fits(self, audience: Audience) -> bool:
        """Whether something is for them: of one who is a child, nothing that only starts to be later."""
        if not self.sexes & audience.sexes or audience.low > self.high or audience.high < self.low:
            return False
        return not (self.is_child and math.isinf(audience.high)) or audience.low <= self.low


_ALL_BUT = 2
_GROUPS: Mapping[str, Person] = {
    "woman": Person(_FEMALE, GROWN_UP),
    "man": Person(_MALE, GROWN_UP),
    "she": Person(_FEMALE, GROWN_UP),
    "he": Person(_MALE, GROWN_UP),
    "daughter": Person(_FEMALE),
    "son": Person(_MALE),
    "girl": Person(_FEMALE, 6, 12),
    "boy": Person(_MALE, 6, 12),
    "child": Person(BOTH, 6, 12),
    "toddler": Person(BOTH, 1, 3),
    "baby": Person(BOTH, 0, 1),
    "teen": Person(BOTH, 15, 17),
    "offspring": Person(),
}


@cache
def _table() -> Mapping[str, Sequence[str]]:
    here = resources.files("penchant.assistant.understanding.recipients")
    listed = tomllib.loads(here.joinpath("persons.toml").read_text(encoding="utf-8"))
    return {group: words.split() for group, words in listed.items()}


@cache
def known_persons() -> Mapping[str, Person]:
    """Whom each word means."""
    return {word: who for group, who in _GROUPS.items() for word in _table()[group]}


@cache
def plain_words() -> str:
    """A pattern without groups: the words for anybody of a sex or an age, and no kin."""
    return _either(_table()["plain"])


@cache
def young() -> str:
    """A pattern without groups: English words for children, kin or not."""
    groups = ("daughter", "son", "girl", "boy", "child", "toddler", "baby", "teen", "offspring")
    return _either(word for group in groups for word in _table()[group] if not is_chinese(word))


@cache
def kinds_in_chinese() -> str:
    """The same for things of theirs, in Chinese."""
    return _either(_table()["kinds"])


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def noun() -> str:
    """A pattern without groups, for the words that mean people, English ones alone; no pronouns."""
    pronouns = {*_table()["she"], *_table()["he"]}
    words = _either(word for word in known_persons() if word not in pronouns and not is_chinese(word))
    return rf"(?:(?:step|god|great|foster)[\s-]?)?(?:little\s+ones?|{words})(?:[\s-]in[\s-]law)?"


PRONOUNS = r"s?he|her|him"
_HARDLY = r"only|just|now|nearly|almost|about|around|roughly|barely|already|both|all|soon|going\s+on|aged?|turning"
_UNIT = r"(?P<unit>years?|yrs?|y|months?)"
AGED = rf"(?:{NUMBER}|an?)[\s-]*(?:years?|yrs?|y|months?)[\s-]*/?\s*(?:olds?|o)(?![a-z])"
"""How old somebody is, as a word for them: "an 8 year old"."""
AGES = re.compile(
    rf"\b(?:aged?|ages|aged?\s+(?:from|between))\s+(?P<age>{NUMBER})(?:\s*(?:-|–|to|and|or|&)\s*(?P<too>{NUMBER}))?(?![\w%$€£])"
    rf"|\b(?P<from>{NUMBER})\s*(?:-|–|to|and|or|&)\s*(?P<to>{NUMBER})[\s-]*(?:years?|yrs?|y)?[\s-]*(?:olds?|/?o)\b",
    re.I,
)
"""Ages without a word for anybody: "aged 8", "ages 6 to 8", "for 3 and 5 year olds"."""
_AGED = re.compile(rf"(?P<age>{NUMBER})[\s-]*{_UNIT}[\s-]*/?\s*(?:olds?|o)(?![a-z])", re.I)
_ENDS = (
    r"(?=\s*(?:$|[.,;:!?)\n–-]|(?:years?|yrs?|y/?o|months?|and|or|who|so|now|on|but|next|this|in|soon|what|which|with|looking|last|at|if|when|i|we"
    r"|tomorrow|today|already|any|please|can|could)\b))"
)
BESIDE = (
    r"\s*(?:[,(–-]\s*)?(?:(?:s?he|they|who)\b)?\s*(?:of|aged?|(?:['’](?:s|re|ll\s+be)|is|are|will\s+be|turn(?:s|ing|ed)?|(?:is|['’]s|are|just)\s+turn(?:ing|ed))"
    rf"(?:\s+(?:{_HARDLY}))*)?\s*(?P<age>(?!one\b(?!\s+year)){NUMBER})(?:\s*(?:,|and|&)\s*(?P<too>{NUMBER}))?(?:[\s-]*{_UNIT}(?:[\s-]*old)?)?{_ENDS}"
)
"""Years behind a word for somebody: " (9)", ", 5", " of 16", " is turning ten", "s are 6 and 8"."""
_BESIDE = re.compile(BESIDE, re.I)
_BIRTHDAY = re.compile(r"['’]s?\s+(?P<age>\d{1,2})(?:st|nd|rd|th)\s+b(?:irth)?-?day\b", re.I)
_TEENAGE, _LITTLE = re.compile(r"\bteen(?:age)?\b", re.I), re.compile(r"\b(?:little|young|small|baby|kid|wee)\b", re.I)
_OLDEST = 110


def years_end(text: str, end: int) -> int:
    """Where the years end that are said right behind a word for somebody, which ends at `end`."""
    beside = _BESIDE.match(text, end)
    return beside.end() if beside else end


def of_ages(said: re.Match[str]) -> Person | None:
    """Whoever is of the ages that AGES finds; None of what is no age of a person."""
    found = [number(said[name]) for name in ("age", "too", "from", "to") if said[name]]
    return Person(BOTH, min(found), max(found)) if max(found) <= _OLDEST else None


def is_person(text: str) -> bool:
    """Whether a text is no more than a word for somebody: "my kids", "8 year old"."""
    return _alone().fullmatch(text.strip()) is not None


@cache
def _alone() -> re.Pattern[str]:
    led = r"(?:(?:for|with|to|my|our|the|an?|small|little|young|teenage)\s+)*"
    return re.compile(rf"{led}(?:{AGED}\s+)?(?:{noun()}|{AGED}|{PRONOUNS})(?:{BESIDE})?", re.I)


def person(word: str, led: str = "", behind: str = "") -> Person | None:
    """Whom a word means, with what stands before it in its phrase, and behind it; None where it is nobody."""
    alone = re.sub(rf"^{AGED}\s*", "", word, flags=re.I)
    found = _of_word(_plain(alone)) if alone else Person()
    years = _AGED.search(f"{led} {word}") or _BIRTHDAY.match(behind) or _BESIDE.match(behind)
    if found is None and years and _is_somebody(_plain(alone)):
        found = Person()
    if found is None:
        return None
    if years:
        return _aged(found, years, alone)
    if _TEENAGE.search(led):
        return replace(found, low=15, high=17)
    young = _LITTLE.search(led) and math.isinf(found.high)
    return replace(found, low=_GROUPS["child"].low, high=_GROUPS["child"].high) if young else found


def _aged(found: Person, years: re.Match[str], word: str) -> Person:
    """Somebody of the age that is said; "for my wife, 2 please" says none."""
    said = [number(years[name]) for name in ("age", "too") if name in years.re.groupindex and years[name]]
    if (years.groupdict().get("unit") or "").casefold().startswith("month"):
        said = [float(int(one / 12)) for one in said]
    grown = found.low >= GROWN_UP and not re.fullmatch(PRONOUNS, word, re.I)
    told = max(said) <= _OLDEST and (min(said) >= GROWN_UP or not grown)
    return replace(found, low=min(said), high=max(said)) if told else found


def _plain(word: str) -> str:
    """The word that tells of the sex: a mother-in-law is a woman as a mother is."""
    word = re.sub(r"[\s-]in[\s-]law$|['’]s?$", "", word.casefold().strip())
    return re.sub(r"^(?:step|god|great|foster)[\s-]?(?=\w{3})", "", word)


def _is_somebody(word: str) -> bool:
    """Whether a word is first of all of a person: "twins", "pupil"."""
    return any(sense.theme == _PERSONS for sense in nouns().senses(word)[:1])


@lru_cache(maxsize=512)
def _of_word(word: str) -> Person | None:
    """By the lexicon; else by the first meaning among WordNet's nouns, where that is a woman or a man."""
    if found := known_persons().get(re.sub(r"little\s+ones?$", "child", word)):
        return found
    sense = next(iter(nouns().senses(word)), None)
    if sense is None or sense.theme != _PERSONS:
        return None
    kinds = {name for one in nouns().broader(sense) for name in one.names}
    sexes = frozenset(sex for sex in BOTH if kinds & _SAID[sex])
    return Person(sexes, GROWN_UP) if len(sexes) == 1 else None
