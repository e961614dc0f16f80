"""Where a message speaks of those who made things, or of series, without naming them: "by other artists", "the same
author", "not that franchise", "one per director", "authors like her".

English. Knows no catalogue: see acts.kin for who is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from penchant.retriever import Level

KinKind = Literal["same", "other", "like", "each"]
"""same: those of what was spoken of. other: anybody but those. like: others who are like them. each: so many of one."""

MAKER_WORDS = (
    "maker director filmmaker author writer novelist poet creator artist band group singer songwriter musician"
    " performer composer designer developer dev producer publisher brand studio architect chef winery brewery label"
    " company manufacturer cartoonist illustrator host"
).split()
SERIES_WORDS = "series franchise saga trilogy universe cycle".split()
_NUMBERS = {"a single": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "a couple": 2}
_NUMBER = rf"(?P<count>{'|'.join(_NUMBERS)}|[1-9])"
_BOUND = r"""(?:at\s+most|up\s+to|only|just|max(?:imum)?(?:\s+of)?|(?:no|not)\s+more\s+than|no\s+over
    |limit(?:\s+it)?\s+to)"""
_BELOW = r"(?P<less>\b(?:no|not|never|fewer\s+than|less\s+than)|n['’]t\s+(?:\w+\s+){0,3}?(?=[a-z1-9]))"
_THINGS = r"(?:\s+[\w-]+){0,2}?"
_EACH = r"""(?:per|(?:from|by|of|for|in|out\s+of)\s+(?:each|every|each\s+and\s+every|any\s+(?:one|given)|any))"""
_ONE = r"(?:from|by|of|for|in|out\s+of)\s+(?:the\s+same|an?(?:\s+(?:single|given|particular))?|one|any)"
_NO_REPEAT = r"""(?:(?:\b(?:no|not|without|avoid|never)|n['’]t)\s+(?:any\s+)?(?:repeat(?:ed|ing|s)?
    |duplicat(?:e|ed|ing|es)|double|doubling|recurring)(?:\s+(?:up\s+)?(?:of|on|from|by))?(?:\s+(?:an?|any|the))?(?:\s+same)?)"""
_ALIAS = r"(?!\s+(?:of|as|who|behind|that|called)\b)"
"""Behind a noun these say who is meant: "the author of", see makers."""
_MORE = r"""(?:more|rest|next|another|others?|anything|something|everything|one|parts?|volumes?|entr(?:y|ies)|books?
    |films?|games?)"""
_PLACES = "first|second|third|fourth|fifth|sixth|last"
_MANY = r"(?:all\s+|each\s+|only\s+)?(?:different|distinct|various|separate|several|diverse|unique)"
_OTHER = r"(?:an\s?other|other|different|new|fresh)"
_LIKE = r"""(?:(?:who|that|which)\s+(?:\w+\s+){0,2})?(?:like|similar\s+to|comparable\s+to|close\s+to|resembling
    |reminiscent\s+of|in\s+the\s+(?:vein|style|spirit)\s+of|along\s+the\s+lines\s+of)"""
_NOT = re.compile(
    r"""\b(?:no|not|non|never|nor|none|nothing|nobody|without|except|avoid|skip|stop|exclud\w+|besides|enough|tired|sick|bored
    |hide|spare|drop|leave|instead|rather|apart|aside|outside|beyond|dont|other\s+than|anything\s+but)\b|n['’]t\b""",
    re.I | re.X,
)
_CLAUSE = re.compile(
    r"[,;.!?:()\n]|\b(?:but(?!\s+(?:for\s+)?(?:the|that|this|her|his|them|him)\b)|and|though|although|because)\b", re.I
)
_WORDS_BEFORE = 6


@dataclass(frozen=True, slots=True)
class KinCue:
    """What is said of makers or series (`what`, the noun; empty: of whoever made it), and where; `count`: of each, how
    many at most; `refused`: whether it stands under a refusal; `many`: whether several that differ are spoken
    of; `place`: of which of the items on screen ("first")."""

    kind: KinKind
    what: str
    series: bool
    start: int
    end: int
    count: int = 0
    refused: bool = False
    many: bool = False
    place: str = ""


_NO = r"""(?:no|not|nothing|none|never|nobody|enough|skip|avoid|except(?:\s+for)?|besides|other\s+than
    |(?:any|every)(?:thing|one|body)\s+(?:but|except))"""
_KNOWN = re.compile(
    r"""\b(?:read|seen|heard|own(?:ed)?|know|got|have|played|finished|watched|bought|done)\s+(?:\w+\s+){0,2}?
        (?:all|every(?:thing)?|each)\b(?:\s+[\w-]+){0,3}?\s*$""",
    re.I | re.X,
)


def is_known_whole(led: str) -> bool:
    """Whether words right before a name say that all of it is known: "I own every", "read everything by"."""
    return bool(_KNOWN.search(led))


_ASKED_OF = re.compile(
    r"\s*(?:(?:but|and|so|oh)\s+)*(?:(?:is|are|was|were|isn|aren|does|did)\b(?!\s*(?:n['’]t\s+)?there\b)[^,.!?;]*)?",
    re.I,
)


def is_question_of(text: str, start: int, end: int) -> bool:
    """Whether a stretch is asked about, and not wished for: "is Us by the same director?", "the same band?"."""
    led, behind = re.split(r"[,.!?;\n]", text[:start])[-1], re.match(r"[^,.!;\n]*", text[end:])
    return bool(_ASKED_OF.fullmatch(led)) and bool(behind) and "?" in text[end : end + (behind.end() if behind else 0)]


REFUSED = re.compile(rf"\b(?:{_NO}|less|fewer)\b", re.I | re.X)
_REFUSED_NAME = re.compile(
    rf"""\b(?:{_NO}|(?P<less>less|fewer))
        (?:\s+(?:more|else|other|another|any|anything|something|ones?|books?|novels?|albums?|records?|films?|movies?|games?))*
        (?:\s+(?:by|from|of|with))?(?:\s+the)?\s+$""",
    re.I | re.X,
)


def refusal_of_name(led: str) -> Level | None:
    """What words right before a name say against it: "nothing more by", "less of"; None where they do not."""
    found = _REFUSED_NAME.search(led)
    return None if found is None else "less" if found["less"] else "never"


def kin_cues(text: str, nouns: Sequence[str] = ()) -> list[KinCue]:
    """The cues in a text, in order, not overlapping. nouns: by which a catalogue's fields are called, beside the usual
    words."""
    found: list[KinCue] = []
    for kind, form in _forms(tuple(nouns)):
        for match in form.finditer(text):
            if not any(cue.start < match.end() and match.start() < cue.end for cue in found):
                found.append(_cue(kind, match, text))
    return sorted(found, key=lambda cue: cue.start)


def _cue(kind: KinKind, match: re.Match[str], text: str) -> KinCue:
    said = {name: value for name, value in match.groupdict().items() if value}
    noun = _singular(said.get("noun", "").casefold())
    series = noun in SERIES_WORDS or "part" in said
    return KinCue(
        kind,
        noun,
        series,
        *match.span(),
        _count(said),
        is_refused(text, match.start()),
        "many" in said,
        said.get("place", ""),
    )


def _count(said: dict[str, str]) -> int:
    """How many of one there may be: "at most two", "no two" (one), "not just one" (two)."""
    word = said.get("count", "one").casefold()
    number = (_NUMBERS.get(word) or int(word)) + ("once" in said)
    return max(1, number - 1) if "less" in said else number


def is_refused(text: str, start: int) -> bool:
    """Whether what stands at a place is refused by the words before it, in its clause."""
    clause = _CLAUSE.split(text[:start])[-1]
    return bool(_NOT.search(" ".join(clause.split()[-_WORDS_BEFORE:])))


def _singular(noun: str) -> str:
    return noun if noun in SERIES_WORDS or noun.endswith("ss") else noun.removesuffix("s")


@lru_cache(maxsize=64)
def _forms(nouns: tuple[str, ...]) -> tuple[tuple[KinKind, re.Pattern[str]], ...]:
    words = "|".join(sorted({*MAKER_WORDS, *SERIES_WORDS, *map(re.escape, nouns)}, key=len, reverse=True))
    return tuple((kind, re.compile(form, re.I | re.X)) for kind, form in _written(rf"(?P<noun>(?:{words}))"))


def _written(noun: str) -> Iterator[tuple[KinKind, str]]:
    """The forms, those that say most first."""
    for each in (
        rf"(?:\b{_BOUND}\s+)?\b{_NUMBER}{_THINGS}\s+{_EACH}(?:\s+single)?\s+{noun}s?\b",
        rf"\b{_BOUND}\s+{_NUMBER}{_THINGS}\s+{_ONE}\s+{noun}s?\b{_ALIAS}",
        rf"{_BELOW}\s*\b{_NUMBER}{_THINGS}\s+{_ONE}\s+{noun}s?\b{_ALIAS}",
        rf"\b{_NUMBER}{_THINGS}\s+{_ONE}\s+{noun}\s+at\s+(?:the\s+)?most\b",
        rf"\b(?:no|never\s+the\s+same|not\s+the\s+same)\s+{noun}\s+(?:(?:more\s+than\s+)?once|twice)\b",
        rf"\bnot\s+(?:all|just|only)(?:\s+(?:by|from|of))?\s+(?P<once>one|the\s+same|a\s+single)\s+{noun}\b",
        rf"{_NO_REPEAT}\s+{noun}s?\b",
        rf"\b(?:a\s+)?(?:mix|mixture|variety|range|spread|selection)\s+of\s+(?:different\s+)?{noun}s?\b",
        rf"\b(?:(?:by|from|of|in)\s+)?an?\s+different\s+{noun}\s+(?:each|every)(?:\s+(?:time|one))?\b",
        rf"""\b(?:all(?:\s+of\s+them)?|each(?:\s+one)?|every\s+one)\s+(?:(?:by|from|of|in)\s+)?(?:an?\s+)?(?:different|another|distinct|separate
            |unique)\s+{noun}s?\b""",
    ):
        yield "each", each
    yield "like", rf"\b(?:(?:more|other|some|any|new|different)\s+)?{noun}s\s+{_LIKE}\b"
    yield "like", rf"\b(?:an?\s?other|another|an?|some)\s+(?:new\s+|different\s+)?{noun}\s+{_LIKE}\b"
    for other in (
        rf"(?:\b(?:by|from)\s+)?\b(?P<many>{_MANY})\s+{noun}s\b",
        rf"""(?:\b(?:by|from|of|in)\s+)?(?:\b(?:an?|some|any|completely|totally|entirely)\s+)*\b{_OTHER}
            \s+{noun}s?(?:['’]s?)?\b""",
        r"""(?:\b(?:by|from)\s+)?(?<!\bwith\s)(?<!\bfor\s)(?<!\bto\s)\b(?:someone|somebody|anyone|anybody|who(?:ever)?
            |people)\s+else\b(?!['’]s\s+\w|\s+(?:had|has|have|in)\b)""",
        r"""\bwho\s+(?:else\s+)?(?:\w+s\s+|is\s+|are\s+)(?:similar\w*|alike|comparable|(?:a\s+bit\s+)?like\s+(?:that|this|her|him
            |them|it))\b""",
        r"\b(?:by|from)\s+(?:other\s+(?:people|hands|names)|others)\b",
        rf"\b(?:outside|beyond)\s+(?:of\s+)?(?:the|that|this)\s+(?:same\s+)?{noun}\b",
    ):
        yield "other", other
    for same in (
        rf"(?:\b(?:by|from|of|in|with|for)\s+)?\bthe\s+(?P<place>{_PLACES})(?:\s+one['’]s)?\s+{noun}\b{_ALIAS}(?!\s+(?:i|we|you|he|she|they)\b)",
        rf"""(?:\b(?:by|from|of|in|with)\s+)?\b(?:(?:the|that|this)\s+)?(?:very\s+)?same
            \s+(?:{noun}s?|people|person|hands?|team|crew)\b{_ALIAS}""",
        rf"\b(?:by|from|of|in|with)\s+(?:that|this|those|these|his|her|their|its)\s+(?:\w+\s+)?{noun}s?\b",
        rf"\b{_MORE}\s+(?:else\s+)?(?:of|from|in|by)\s+the\s+{noun}\b{_ALIAS}",
        rf"(?<!\blike\s)\b(?:that|this)\s+{noun}\b{_ALIAS}",
        r"\b(?:by|(?<=more\s)from|(?<=else\s)from|(?<=thing\s)from)\s+(?:her|him|them)\b(?!\s+\w+(?:['’]s)?\s+(?:album|book|film|novel|game)s?\b)",
        r"""\b(?P<part>sequels?|prequels?|spin-?offs?|(?:an)?other\s+(?:volume|part|episode|instal?lment|entry|chapter))
            (?:\s+(?:to|of)\s+(?:it|that|this|those|them))?\b""",
    ):
        yield "same", same
