"""How old somebody or something is: the words for people, whether a decade is an age ("Woman, late 20s"), and how old
things may be ("from the last ten years").

English. Not how many people there are: see heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import NUMBER, before, number
from .number_fields import NumberFields

KIN = (
    r"(?:grand)?(?:mothers?|fathers?|mums?|moms?|mas?|dads?|parents|sons?|daughters?)|mummy|grandpas?|gran(?:ny)?|nan|brothers?|sisters?"
    r"|siblings?|twins|aunts?|aunties?|uncles?|cousins?|nephews?|nieces?|wife|husband|spouse|partner|boyfriend|girlfriend|in-laws"
)
"""What people are to each other."""

GROWN = (
    r"adults?|grown[\s-]?ups?|people|persons?|folks?|guests?|friends?|mates?|buddies|pals?|colleagues?|coworkers?|co-workers?"
    r"|m[ae]n|wom[ae]n|ladies|lady|guys?|gals?|blokes?|chaps?|dudes?|lads?|seniors?|pensioners?|students?|travell?ers?|couples?"
    r"|passengers?|players?|heads?|pax|souls?|males?|females?"
)
YOUNG = (
    r"kids?|children|child|toddlers?|bab(?:y|ies)|infants?|teens?|teenagers?|boys?|girls?|little\s+ones?|youngsters?"
)

AGED = re.compile(rf"\b{NUMBER}[\s-]*(?:years?|yrs?|months?|weeks?)[\s-]*olds?\b|\b\d{{1,3}}\s*y[./]?o\b", re.I)
"""How old somebody or something is, which is no wish for what is old."""

_PERSON = rf"(?:{KIN}|{GROWN}|{YOUNG})"
_ANYBODY = re.compile(rf"\b{_PERSON}\b", re.I)
_IS = (
    rf"\b(?:i\s*['’]?\s*a?m|(?:s?he|they|we|you)(?:['’](?:s|re)|\s+(?:is|are))|{_PERSON}(?:['’]s|\s+(?:is|are|who\s+is|who\s+are)))"
    r"\s+(?:(?:both|all|now|just|only|still|in|into|aged)\s+)*$"
)
_AGES = r"(?:['’]?[2-9]0['’]?s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
_AGE = re.compile(rf"(?:(?P<part>early|mid|middle|late)[\s-]+)?{_AGES}", re.I)
_OWN = re.compile(
    r"\b(?:in|into|approach(?:ing|es)?|near(?:ing|s)?|hit(?:ting|s)?|past|enter(?:ing|s)?|reach(?:ing|es|ed)?)\s+"
    r"(?:my|his|her|their|our|your|one['’]s)\s+$",
    re.I,
)
_OF_SOMEBODY = re.compile(rf"{_IS}|\b{_PERSON}\s+(?:in|aged)\s+$", re.I)
_BESIDE = re.compile(rf"\b{_PERSON}\s*[,(:;–-]\s*(?:(?:both|all|in|aged?)\s+)*$", re.I)
_FIRST = re.compile(rf"(?:^|[.!?\n])\s*(?:an?\s+)?{_PERSON}\s*[,(:;/]\s*$", re.I)
_ENDS = re.compile(
    r"\s*(?:$|[.,;:!?)/]|[–-]\s|(?:and|who|but|with|now|so|looking|likes?|loves?|from|here|wants?|living|working)\b)",
    re.I,
)
_LAST_YEARS = re.compile(
    r"\b(?:(?:from|in|of|within|over|since)\s+)?(?:the\s+)?(?:last|past|previous)\s+(?P<n>\d+|two|three|four|five|six|seven"
    r"|eight|nine|ten|fifteen|twenty|few|couple\s+of)\s+(?P<unit>years|yrs|decades)\b|\b(?:from|in)\s+the\s+(?:last|past)\s+decade\b",
    re.I,
)
_AT_MOST_OLD = re.compile(
    rf"\b(?:no|not|nothing)\s+(?:more\s+than|older\s+than|over|above)\s+(?P<n>{NUMBER})[\s-]+(?:years?|yrs?)(?:[\s-]old)?\b"
    rf"|\b(?P<or>{NUMBER})[\s-]+(?:years?|yrs?)(?:[\s-]old)?\s+(?:or|and)\s+(?:younger|newer)\b",
    re.I,
)
"""How old things may be: "not older than five years", "four years old or younger"."""
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "fifteen": 15,
    "twenty": 20,
    "few": 4,
    "couple of": 2,
}


_IN_DECADE = re.compile(
    rf"\bin\s+(?:his|her|their)\s+(?:(?P<part>early|mid|middle|late)[\s-]+)?(?P<word>{_AGES})", re.I
)
_DECADES = {"twe": 20, "thi": 30, "for": 40, "fif": 50, "six": 60, "sev": 70, "eig": 80, "nin": 90}
_PARTS = {"ear": (0, 3), "mid": (4, 6), "lat": (7, 9)}


def is_age(text: str, start: int, end: int) -> bool:
    """Whether a decade in a text is somebody's age; "the thirties" and "songs of his thirties" are times."""
    said = _AGE.fullmatch(text, start, end)
    if said is None:
        return False
    led = before(text, start)
    ends = bool(_ENDS.match(text, end))
    beside = _BESIDE if said["part"] else _FIRST
    return bool(_OWN.search(led) or (ends and (_OF_SOMEBODY.search(led) or beside.search(led))))


def names_somebody(text: str) -> bool:
    """Whether a text has a word for a person."""
    return bool(_ANYBODY.search(text))


def last_years(text: str, fields: NumberFields) -> Iterator[tuple[str, str, int, int]]:
    """ "From the last ten years": up to the newest that the catalogue has, which may be years old."""
    if field := fields.year_said(text):
        for match in _LAST_YEARS.finditer(text):
            count = (
                _count(match["n"]) * (10 if (match["unit"] or "").casefold() == "decades" else 1) if match["n"] else 10
            )
            yield field.name, f">= {field.high - count:.0f}", *match.span()
        for match in _AT_MOST_OLD.finditer(text):
            if _is_of_things(text, match, fields):
                yield field.name, f">= {field.high - number(match['n'] or match['or']):.0f}", *match.span()


def decades_of_age(text: str, fields: NumberFields) -> Iterator[tuple[str, str, int, int]]:
    """ "Somebody in their late twenties", where items have an age: of the third part of ten years that is said."""
    ages = [f for f in fields.of("age") if not f.field.bound]
    for match in _IN_DECADE.finditer(text) if ages else ():
        if not re.search(rf"\b(?:{KIN})\b", before(text, match.start()), re.I):
            decade = _DECADES.get(match["word"][:3].casefold()) or int(re.sub(r"\D", "", match["word"]))
            low, high = _PARTS.get((match["part"] or "")[:3].casefold(), (0, 9))
            yield ages[0].name, f"{decade + low}..{decade + high}", *match.span()


def _is_of_things(text: str, match: re.Match[str], fields: NumberFields) -> bool:
    """Whether "four years old or younger" is how old an item may be: no field has ages, and nobody is named."""
    aged = "old" in match[0].casefold() or "young" in match[0].casefold() or "newer" in match[0].casefold()
    ages = any(f.is_about("age") or (f.unit and f.unit.name == "years") for f in fields.fields.values())
    return aged and not ages and not names_somebody(before(text, match.start()))


def _count(written: str) -> int:
    plain = " ".join(written.casefold().split())
    return int(plain) if plain.isdigit() else _NUMBERS.get(plain, 1)
