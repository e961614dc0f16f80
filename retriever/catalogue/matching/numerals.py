"""Numbers in words as digits: "nineteen eighty four" is 1984, "vingt mille" 20000. Knows no titles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: n for n, word in enumerate(_ONES.split(), 1)} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), 2)
}
_GREAT = {"hundred": 100, "thousand": 1000}
_ELSEWHERE = {
    "two": "zwei deux dos dois twee tva",
    "three": "drei trois tres drie tre",
    "four": "vier quatre cuatro quattro quatro fyra",
    "five": "funf cinq cinco cinque vijf fem",
    "six": "sechs seis sei zes",
    "seven": "sieben sept siete sette sete zeven sju",
    "eight": "acht huit ocho oito atta",
    "nine": "neun neuf nueve nove negen nio",
    "ten": "zehn dix diez dieci dez tien tio",
    "twelve": "zwolf douze doce dodici doze twaalf tolv",
    "twenty": "zwanzig vingt veinte venti vinte twintig tjugo",
    "thirty": "dreissig trente treinta trenta trinta dertig trettio",
    "forty": "vierzig quarante cuarenta quaranta quarenta veertig fyrtio",
    "hundred": "hundert cent cents cien cento cem honderd hundra",
    "thousand": "tausend mille mila mil duizend tusen",
}
"""The same in other languages, without accents and without what is a word in English or an article."""
_ENGLISH = {word: english for english, words in _ELSEWHERE.items() for word in words.split()}
_FROM = 10


def in_digits(words: Sequence[str]) -> list[str]:
    """The words with each number in digits."""
    words = [_ENGLISH.get(word, word) for word in words]
    if not any(word in _SMALL or word in _GREAT for word in words):
        return words
    found: list[str] = []
    place = 0
    while place < len(words):
        length = _length(words, place)
        found.append(_number(tuple(words[place : place + length])) if length else words[place])
        place += length or 1
    return found


def _length(words: Sequence[str], start: int) -> int:
    """How many words from a place on are one number."""
    end = start
    while end < len(words) and (_goes_on(words[start:end], words[end]) or _is_joint(words, start, end)):
        end += 1
    return end - start


def _is_joint(words: Sequence[str], start: int, place: int) -> bool:
    """Whether it is the "and" of "a hundred and one"."""
    inside = start < place < len(words) - 1
    return inside and words[place] == "and" and words[place - 1] in _GREAT and words[place + 1] in _SMALL


def _goes_on(before: Sequence[str], word: str) -> bool:
    """Whether a number that began goes on with a word: "twenty one", "nineteen eighty", and not "one two"."""
    if word in _GREAT:
        return True
    last = before[-1] if before else ""
    if word not in _SMALL or not before or last in _GREAT or last == "and":
        return word in _SMALL
    is_unit = _SMALL[word] < _FROM and _SMALL[last] >= 2 * _FROM
    return is_unit or (len(before) == 1 and _SMALL[word] >= _FROM and _SMALL[last] >= _FROM)


@lru_cache(maxsize=1 << 10)
def _number(words: tuple[str, ...]) -> str:
    total, part = 0, 0
    for word in words:
        if word == "thousand":
            total, part = total + (part or 1) * 1000, 0
        elif word in _GREAT:
            part = (part or 1) * _GREAT[word]
        elif word in _SMALL:
            is_year = _SMALL[word] >= _FROM and 0 < part < 100
            part = part * 100 + _SMALL[word] if is_year else part + _SMALL[word]
    return str(total + part)
