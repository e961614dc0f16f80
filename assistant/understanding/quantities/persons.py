"""People in a message: the words for them, and whether a decade is how old somebody is ("Woman, late 20s").

English. Knows no catalogue, and not how many people there are: see heads.
"""

from __future__ import annotations

import re

from ..text import before

KIN = (
    r"(?:grand)?(?:mothers?|fathers?|mums?|moms?|mas?|dads?|parents|sons?|daughters?)|mummy|gran(?:ny)?|nan|brothers?|sisters?"
    r"|siblings?|aunts?|aunties?|uncles?|cousins?|nephews?|nieces?|wife|husband|spouse|partner|boyfriend|girlfriend|in-laws"
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
