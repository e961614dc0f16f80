"""Items on screen that a message means by their place: "the second one", "#2", "the last two", "both", 第二个.

English and Chinese. Knows nothing of titles: "the first film by Kurosawa" and "his second album" are not on screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..text import CHATTER, STOPWORDS, before

_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
_CHINESE = "一二三四五六七八九十"
_PLACES = {
    **{word: n for n, word in enumerate(_ORDINALS)},
    **{f"{n + 1}{end}": n for n in range(20) for end in ("st", "nd", "rd", "th")},
    "last": -1,
}
_AMOUNTS = (
    {word: n for n, word in enumerate(_COUNTED, 1)}
    | {str(n): n for n in range(1, 21)}
    | {c: n for n, c in enumerate(_CHINESE, 1)}
    | {"两": 2, "俩": 2}
)

_ORDINAL = "|".join(_PLACES)
_AMOUNT = "|".join((*_COUNTED[1:], r"\d{1,2}"))
_NOUN = r"""(?:one|film|movie|book|album|record|song|track|novel|pick|suggestion|recommendation|option|choice|title
    |recipe|item|result)"""
_LIST = r"(?:these|those|them|your|the\s+(?:list|lot|results|above))"
_ELSEWHERE = rf"""(?!s?\s+(?:by|with|directed|written|starring|called|ever
    |(?:from|of|in|on|about)(?!\s+{_LIST})(?=\s+\S)|(?:that\s+)?(?:i|we|he|she|they)\b|made\b|set\b|(?:film|movie|book|album)\b))"""
_POSSESSIVE = re.compile(r"(?:['’]s?|\b(?:his|her|their|its|my|our|a|an|every|each|very))\s+$|的$", re.I)
_STOP = r"""(?=\s*(?:$|[,.!?;:)，。！？]|(?:and|or|but|is|was|are|were|isn|wasn|aren|weren
    |looks?|sounds?|seems?|please|too|instead|then)\b
    |['’]s\b))"""
_CLASSIFIER = "[个部本首张条项款]"
_CHINESE_NOUN = "(?:电影|片子|片|书|小说|专辑|歌)?"

_ONE = re.compile(
    rf"""\b(?:the\s+)?(?P<place>{_ORDINAL})\s+{_NOUN}\b{_ELSEWHERE}
    | \bthe\s+(?P<bare>{_ORDINAL}){_STOP}
    | \b(?P<listed>{_ORDINAL})(?=\s*(?:,|and|or|&)\s*(?:the\s+)?(?:{_ORDINAL})\s+{_NOUN}\b{_ELSEWHERE})
    | (?:\b(?:number|no\.|nr\.?|option|pick|choice|suggestion)\s*|(?<!\w)\#\s*)(?P<number>\d{{1,2}})\b
    | ^\s*(?P<only>\d{{1,2}})\s*[.!]?\s*$
    | 第(?P<chinese>[{_CHINESE}]|\d{{1,2}}){_CLASSIFIER}(?![分世]){_CHINESE_NOUN}
    | 最后(?P<final>一){_CLASSIFIER}{_CHINESE_NOUN}(?!的)""",
    re.I | re.X,
)
_COUNTED_PLACE = re.compile(rf"\bnumber\s+(?P<word>{'|'.join(_COUNTED)})\b", re.I)
_NAMED = re.compile(r"\b(?P<word>[^\W\d_]+)\W+$")
"""What stands right before "number 9": a symphony's number is no place on screen."""
_DATED = re.compile(r"\b(?:before|after|by|until|till|since|on|from|to)\s+$", re.I)
_SEVERAL = re.compile(
    rf"""\b(?:the\s+)?(?P<side>first|last|top)\s+(?P<amount>{_AMOUNT})(?:\s+(?:of\s+(?:them|these|those)|{_NOUN}s))?\b
        (?!\s+(?:years?|decades?|weeks?|days?|minutes?|hours?|months?)\b){_ELSEWHERE}
    | (?P<front>前|最?后)(?P<several>[两{_CHINESE}]|\d{{1,2}}){_CLASSIFIER}{_CHINESE_NOUN}(?!的)""",
    re.I | re.X,
)
_TOP, _WORD = re.compile(r"^(?:the\s+)?top\b.*\d$|^(?:the\s+)?top\s+[a-z]+$", re.I), re.compile(r"\s+[^\W\d_][\w-]*")
_GROUP = re.compile(
    rf"""\b(?P<both>both)(?:\s+of\s+(?:them|these|those))?\b(?!\s+(?:of|\w+\s+and)\b)
    | \b(?:all|any|each|either)\s+of\s+(?:them|these|those|the\s+above)\b
    | \b(?:all\s+)?(?:the|these|those)\s+(?P<count>{_AMOUNT})(?:\s+(?:of\s+(?:them|these|those)|{_NOUN}s))?\b{_STOP}
    | [这那](?P<pair>[两俩{_CHINESE}]){_CLASSIFIER}?{_CHINESE_NOUN} | [这那]些{_CHINESE_NOUN}""",
    re.I | re.X,
)
_OTHERS = re.compile(
    rf"""\bthe\s+(?:other(?:\s+(?P<amount>{_AMOUNT}))?(?P<noun>\s+{_NOUN})?(?P<many>s)?|rest(?:\s+of\s+(?:them|these|those))?)\b
        (?:\s+(?:that\s+)?you\s+(?:mentioned|suggested|recommended|listed|showed|named|gave)\b|{_STOP}|(?<=one)|(?<=ones)){_ELSEWHERE}""",
    re.I | re.X,
)
_NEXT = re.compile(
    rf"\s*+(?:,\s*+(?:(?:and|or)\b)?|(?:and|or)\b|&)\s*+(?:the\s+)?(?P<place>{_ORDINAL}){_STOP}", re.I | re.X
)
_SINGLE = re.compile(
    rf"\b(?:this|that)\s+{_NOUN}\b{_ELSEWHERE}|[这那]一?{_CLASSIFIER}{_CHINESE_NOUN}(?!的)", re.I | re.X
)


@dataclass(frozen=True, slots=True)
class Reference:
    """Items on screen and the stretch of text that means them."""

    items: tuple[str, ...]
    start: int
    end: int


def references(text: str, shown: Sequence[str]) -> list[Reference]:
    """The references in a text to what is on screen (ids in their places), in order, not overlapping."""
    found: list[Reference] = []
    for pattern, items in _READERS:
        for match in pattern.finditer(text):
            other = _POSSESSIVE.search(before(text, match.start())) or _of_others(text, match)
            meant = items(match, shown) if shown and not other else ()
            if meant and not any(r.start < match.end() and match.start() < r.end for r in found):
                found.append(Reference(tuple(meant), match.start(), match.end()))
    found += [r for reference in found for r in _following(text, reference, shown)]
    return sorted(found, key=lambda r: r.start)


def _of_others(text: str, match: re.Match[str]) -> bool:
    """ "The top 3 Brazilians": how many are wished for of what is named, and none on screen."""
    named = _WORD.match(text, match.end()) if _TOP.search(match[0]) else None
    return named is not None and named[0].strip().casefold() not in STOPWORDS | CHATTER


def is_beyond(text: str, count: int) -> bool:
    """Whether a text means a place on screen, where so many are, that is not there: "number 9" of six."""
    places = range(count)
    bare = (m for m in _ONE.finditer(text) if not m["only"] and not _one(m, [str(n) for n in places]))
    counted = (m for m in _COUNTED_PLACE.finditer(text) if _AMOUNTS[m["word"].lower()] > count)
    return count > 0 and any(_is_place(text, match) for match in (*bare, *counted))


def _is_place(text: str, match: re.Match[str]) -> bool:
    """Whether what is numbered is on screen, and no date and no work of somebody's."""
    led = before(text, match.start())
    if match[0].lower().startswith("number"):
        named = _NAMED.search(led)
        return named is None or named["word"].lower() in STOPWORDS | CHATTER
    return not (_POSSESSIVE.search(led) or (match["bare"] and _DATED.search(led)))


def others(text: str, left: Sequence[str]) -> list[Reference]:
    """ "The other one", "the other two", "the rest": of what is on screen, what is left (ids) when the items that are
    named are taken out; no items if there are more or fewer than are meant."""
    found = []
    for match in _OTHERS.finditer(text):
        amount = _AMOUNTS.get((match["amount"] or "").lower(), 0)
        one = match[0].lower().startswith("the other") and not amount and not match["many"]
        clear = len(left) == 1 if one else amount in (0, len(left))
        found.append(Reference(tuple(left) if clear else (), match.start(), match.end()))
    return found


def _following(text: str, reference: Reference, shown: Sequence[str]) -> Iterator[Reference]:
    """ "The second and third": ordinals that go on from one that means something on screen."""
    end = reference.end
    while match := _NEXT.match(text, end):
        place = _PLACES[match["place"].lower()]
        if not -len(shown) <= place < len(shown):
            return
        yield Reference((shown[place],), match.start("place"), match.end())
        end = match.end()


def _one(match: re.Match[str], shown: Sequence[str]) -> Sequence[str]:
    word = match["place"] or match["bare"] or match["listed"]
    number = match["number"] or match["only"] or match["chinese"]
    place = _PLACES[word.lower()] if word else _AMOUNTS.get(number, 0) - 1 if number else -1
    counted = place if number or place >= 0 else len(shown) + place
    return shown[counted : counted + 1] if counted >= 0 else ()


def _several(match: re.Match[str], shown: Sequence[str]) -> Sequence[str]:
    amount = _AMOUNTS.get((match["amount"] or match["several"]).lower(), 0)
    if not 0 < amount <= len(shown):
        return ()
    last = (match["side"] or match["front"]).lower() in ("last", "后", "最后")
    return shown[-amount:] if last else shown[:amount]


def _group(match: re.Match[str], shown: Sequence[str]) -> Sequence[str]:
    named = match["count"] or match["pair"]
    amount = 2 if match["both"] else _AMOUNTS.get(named.lower(), 0) if named else len(shown)
    return shown if amount == len(shown) else ()


def _single(match: re.Match[str], shown: Sequence[str]) -> Sequence[str]:
    return shown if len(shown) == 1 else ()


_Reader = Callable[[re.Match[str], Sequence[str]], Sequence[str]]
_READERS: Sequence[tuple[re.Pattern[str], _Reader]] = (
    (_SEVERAL, _several),
    (_ONE, _one),
    (_GROUP, _group),
    (_SINGLE, _single),
)
