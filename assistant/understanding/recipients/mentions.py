"""Whom a message says that something is for: "for my wife", "my brother's birthday", "a lady's one", "I'm a guy",
"she needs it for work", 送妈妈的; and not those who are only spoken of, with what they like or hate.

English and Chinese. Knows no catalogue.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..text import before
from .persons import AGED, AGES, BESIDE, PRONOUNS, Person, noun, of_ages, person, plain_words, years_end, young
from .persons_zh import chinese_persons

_DET = r"(?:my|our|his|her|their|your|the|an?|this|that|some|any|another|one\s+of\s+(?:my|our)|two|three|four)"
_NO_LED = (
    r"(?:of|with|and|or|but|that|who|which|in|on|by|about|from|to|is|are|like|for|at|not|as|if|so|when|while|because"
    r"|i|we|you|it|she|he|they)\b"
)
_OCCASION = r"(?:birthday|b-?day|present|gift|stocking|name\s+day|christening|graduation\s+(?:present|gift))"
_ALONE = rf"(?!['’]s?\s+(?!{_OCCASION}|(?:\w+\s+){{1,2}}{_OCCASION})\w)"
"""Behind a word for kin that is not only whose something else is: not "my brother's wedding"."""

_GIVEN = (
    r"(?:for|suits?|fits?|flatters?|(?:buy|get|giv|gift|send|treat|surpris|spoil|dress|pleas)(?:e|ing)?"
    r"|(?:gifts?|presents?|something)\s+(?:to\s+)?(?:give\s+)?to|looks?\s+\w+\s+on|(?:to|and)\s+dress)"
)
_WANTS = r"(?:needs?\b|wants?\b(?!\s+(?:me|us|you)\b))"
_NEEDS = (
    rf"(?:(?:also|really|just|now|still|always|only)\s+)*(?:{_WANTS}|wears?\b|requires?\b|turns?\b|turning\b"
    r"|has\s+(?:outgrown|nothing\s+to|no\s+(?!idea|time))|asked\s+(?:me\s+|us\s+)?for\b|(?:is|['’]s|are)\s+(?:also\s+)?"
    r"(?:looking\s+for|searching\s+for|shopping\s+for|after|in\s+need|turning|due)\b"
    r"|(?:would|['’]d|will|['’]ll|could|can|might|should)\s+(?:\w+ly\s+|also\s+|rather\s+)?"
    r"(?:like|love|want|wear|need|enjoy|use|watch|read|play|listen|have|look\s+\w+\s+in)\b)"
)
_AND_NEEDS = rf"(?:(?!(?:i|we|you|me|us|but|because)\b)[\w'’-]+\s+){{1,7}}(?:and|so)\s+(?:\w+\s+)?{_WANTS}"
_MAY = r"(?:can|could|should|would|might|will|may|to)"
_USES = r"(?:watch|read|wear|play|listen|use|like|enjoy|have|go)"


@cache
def _forms() -> Sequence[tuple[str, re.Pattern[str]]]:
    """In which ways people are named whom something is for, the likeliest first."""
    someone = noun()
    other = rf"(?:{someone})\b(?!['’]s\s+(?:\w+\s+)?(?:{someone})\b|-)"
    led = rf"(?P<led>(?:(?!{_NO_LED}|{other})[\w'’-]+\s+){{0,3}}?)"
    one = rf"(?P<noun>{AGED}\s+(?:{someone})|{AGED}|{someone})\b"
    ours = rf"\b(?:(?:my|our)\s+{led}{one}|(?P<her>s?he)\b)"
    forms = (
        ("given", rf"\b{_GIVEN}\s+(?:{_DET}\s+)?{led}(?:{one}|(?P<her>{PRONOUNS})\b){_ALONE}"),
        ("given", rf"\b{_GIVEN}\s+(?:my|our|the|an?)\s+(?P<noun>[a-z]{{4,}})(?=\s*(?:$|[.,;:!?)\n]))"),
        (
            "given",
            rf"\b{_GIVEN}\s+(?:{_DET}\s+)?(?:[\w'’-]+\s+){{1,3}}?(?P<from>and|or|&)\s+(?:for\s+)?(?:{_DET}\s+)?{led}{one}"
            r"(?=\s*(?:$|[.,;:!?)\n]))",
        ),
        ("needs", rf"{ours}(?={BESIDE}|\s*,?\s*(?:{_NEEDS}|{_AND_NEEDS}))"),
        ("needs", rf"\b(?:my|our)\s+(?P<noun>[a-z]{{4,}})(?={BESIDE})"),
        ("needs", rf"\b(?P<noun>{young()})(?={BESIDE})"),
        ("needs", rf"\b{_MAY}\s+{ours}(?=\s+(?:\w+\s+)?{_USES}\b)"),
        ("needs", rf"\b(?:an?|the)\s+(?P<noun>{AGED}|{young()})(?=\s+{_MAY}\s+(?:\w+ly\s+)?{_USES}\b)"),
        ("needs", rf"\bwhat\s+{_MAY}\s+(?:an?|the)\s+{led}{one}(?=\s+{_USES}\b)"),
        ("needs", r"\b(?P<noun>mother|father|mom|dad)['’]?s['’]?\s+day\b"),
        ("needs", rf"\b(?:my|our)\s+{led}{one}(?=['’]s?\s+(?:\w+\s+){{0,2}}{_OCCASION}\b)"),
        ("self", rf"\b(?:i\s*(?:['’]\s*m|am)|as)\s+(?:an?\s+){led}{one}(?!['’])"),
        ("self", r"\bi\s*(?:['’]\s*m|am)\s+(?P<noun>female|male)\b"),
        ("self", rf"(?:^|[.!?\n]\s*)(?:an?\s+)?{one}(?=\s*[,(:;/]|\s+here\b|\s+in\s+(?:my|his|her)\b)"),
        ("kind", rf"\b(?P<noun>{plain_words()})(?:['’]s|['’])(?=\W|$)"),
        ("kind", r"\b(?P<noun>ladies|gents|gentlemen|mens|womens)\b"),
        ("along", rf"\b(?:with|bring(?:ing)?|tak(?:e|ing)|me\s+and)\s+(?:my|our|the)\s+{led}{one}(?!['’]s)"),
        ("along", rf"\b(?:my|our)\s+{led}{one}(?=\s*(?:\(\d+\))?\s*(?:and|&)\s+(?:i|me|myself)\b)"),
    )
    return tuple((name, re.compile(form, re.I)) for name, form in forms)


_NOT = re.compile(r"\b(?:not|nothing|no|never|none|\w+n['’]t|forget)\s+(?:\w+\s+)?$", re.I)
_TALE = re.compile(
    r"(?<!what\s)(?<!how\s)\babout\b|\b(?:stor(?:y|ies)|tales?|featuring|starring|where|since|when\s+\w+\s+w(?:as|ere))\b"
    r"|\b(?:waiting|longing|fell|falls?|cares?|died?)\s+for\b",
    re.I,
)
"""What only tells of somebody."""

_SENTENCE = re.compile(r"[.!?\n]\s")
_NO_SUBJECT = re.compile(r"\b(?:the|these|those|two|some|by|from|about|of|with|like)\s+$", re.I)
_THE_SHE, _THE_HE = re.compile(r"\b(?:she|hers?)\b", re.I), re.compile(r"\b(?:he|him|his)\b", re.I)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody that something is for, and where that is said, by which word. refused: it is not for them. named: by a
    word for everybody of a kind that stands before or behind a thing ("men's"). along: something that they join in.
    bare: by their age alone ("aged 8")."""

    who: Person
    start: int
    end: int
    word: str
    refused: bool = False
    named: bool = False
    along: bool = False
    bare: bool = False

    @property
    def is_vague(self) -> bool:
        """Whether it may be somebody named before: "she", and "my daughter" of no age."""
        return (bool(re.fullmatch(PRONOUNS, self.word, re.I)) and not self.who.is_of_age) or self.who == replace(
            self.who, low=0.0, high=math.inf
        )


def told_of(text: str) -> list[tuple[int, int]]:
    """Where somebody is only told of: "the boy who cried wolf", "the man in the shop said"."""
    return [match.span() for match in _told().finditer(text)]


def mentions(text: str) -> list[Mention]:
    """In order, each person once."""
    found: list[Mention] = []
    for form, pattern in _forms():
        for match in pattern.finditer(text):
            one = _mention(text, form, match)
            if one and not any(m.start < one.end and one.start < m.end for m in found):
                found.append(one)
    found += [one for one in _of_ages(text) if not any(m.start < one.end and one.start < m.end for m in found)]
    return sorted(_joined([*found, *_chinese(text)], text), key=lambda m: m.start)


def _of_ages(text: str) -> Iterator[Mention]:
    for said in AGES.finditer(text):
        if who := of_ages(said):
            refused = bool(_NOT.search(before(text, said.start())))
            yield Mention(who, *said.span(), said[0], refused, bare=True)


def _mention(text: str, form: str, match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    name = "noun" if groups.get("noun") else "her"
    start, end = match.span(name)
    led = match.start("led") if groups.get("led") else start
    who = person(match[name], text[led:start], "" if form == "kind" else text[end:])
    if who is None or _is_only_told(text, form, match, start):
        return None
    begin = match.start("from") if groups.get("from") else match.start() + _blank(match[0])
    end = years_end(text, end) if who.is_of_age else match.end() if form in ("kind", "given") else end
    return Mention(
        who, begin, end, match[name], bool(_NOT.search(before(text, begin))), form == "kind", form == "along"
    )


def _blank(text: str) -> int:
    """How much of the end of another sentence stands before a text."""
    return len(text) - len(text.lstrip(".!? \n"))


def _is_only_told(text: str, form: str, match: re.Match[str], start: int) -> bool:
    """Whether a story is told of somebody, or the word is part of a name."""
    said = _SENTENCE.split(text[:start])[-1]
    if form == "kind":
        return bool(_NO_SUBJECT.search(before(text, start)))
    name = re.match(r"\s+[A-Z][a-z]+", text[match.end() :]) and match[0][-1:].islower() and form == "given"
    capital = text[start].isupper() and not text.isupper() and bool(name)
    return bool(_TALE.search(said) or _seeking().search(said)) or capital


@cache
def _seeking() -> re.Pattern[str]:
    """ "A mother looking for her son"."""
    return re.compile(rf"\b(?:{noun()}|who)\s+(?:\w+\s+)?(?:looking|searching|waiting|longing)\b", re.I)


@cache
def _told() -> re.Pattern[str]:
    behind = r"(?=\s+(?:who|that|whose|in|at|from|with|said|told)\b)"
    return re.compile(rf"\b(?:the|that|this)\s+(?:\w+\s+)?(?:{plain_words()})\b{behind}", re.I)


def _joined(found: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Without pronouns that are somebody named, who is of their sex and as old as is said of them."""
    pronouns = [m for m in found if re.fullmatch(PRONOUNS, m.word, re.I)]
    named = [m for m in found if m not in pronouns]
    for one in named:
        same = [p for p in pronouns if p.who.sexes & one.who.sexes and p.start > one.start]
        sexes = one.who.sexes & (_sexes(text) or one.who.sexes) or one.who.sexes
        aged = next((p.who for p in same if p.who.is_of_age), one.who)
        yield replace(one, who=replace(aged if not one.who.is_of_age else one.who, sexes=sexes))
    yield from (p for p in pronouns if not any(p.who.sexes & m.who.sexes and not m.refused for m in named))


def _sexes(text: str) -> frozenset[str]:
    """The sex that pronouns of a text are all of; none where they are of both."""
    she, he = _THE_SHE.search(text), _THE_HE.search(text)
    return frozenset(("female",)) if she and not he else frozenset(("male",)) if he and not she else frozenset()


def _chinese(text: str) -> Iterator[Mention]:
    for who, start, end, refused, named in chinese_persons(text):
        yield Mention(who, start, end, text[start:end], refused, named)
