"""Whether a title may be another in a second language, or the same said otherwise. Knows no catalogue and no makers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from .letters import is_latin, sound
from .titles import core, numbers_of

_SMALL_WORDS = {
    "en": "the of and a an in on at to for from with by is my your his her or not all me we you he she it its be are"
    " was this that what who how when where into out up down",
    "de": "der die das und ein eine des dem den im von zu mit für auf aus über unter vom zum ins in nicht ist oder",
    "fr": "le la les un une des du de l d et au aux en dans sur sous pour sans ou mon mes cette qui",
    "es": "el la los las un una de del y en con por para sin sobre como al mi su o",
    "it": "il lo la l gli le un una di del della dei delle e nel con per senza i o",
    "pt": "o a os as um uma de do da dos das e em na com por para sem ou",
    "nl": "de het een van en in op met voor",
    "sv": "en ett det den i på med och av som",
    "da": "en et det den i på med og af som",
    "cs": "a v na pro se s o z do",
    "pl": "w i na z do o się dla",
}
_OWN_LETTERS = {"de": "ß", "es": "ñ", "pt": "ã õ", "sv": "å", "da": "å ø æ", "cs": "ř ě ů", "pl": "ł ś ż ą ę"}
"""Letters that few other languages have."""
_LANGUAGES = {
    word: frozenset(code for table in (_SMALL_WORDS, _OWN_LETTERS) for code in table if word in table[code].split())
    for words in (*_SMALL_WORDS.values(), *_OWN_LETTERS.values())
    for word in words.split()
}
_LETTERS = re.compile("[" + "".join("".join(letters.split()) for letters in _OWN_LETTERS.values()) + "]")
_MANY_WORDS = 5
_COMMON = frozenset(
    "with from into that this your their there here when what which have will been over under about other some more"
    " book novel story stories tales songs volume part live edition original complete collected selected works".split()
)
_SAY_LITTLE = _COMMON.union(_LANGUAGES)
_WORD = re.compile(r"\b[^\W\d_]+\b")
_OWNS = re.compile(r"['’]s\b")
_ELIDED = re.compile(r"\b(?:[ldcjmnst]|qu|un|(?:d|n|s)?[aeu]ll)['’](?=\w{2})", re.I)
"""An article or pronoun before a vowel: "l'ispettore", "dell'ispettore"."""
_DIGITS = re.compile(r"\d|\b(?:I{2,3}|I?V|VI{1,3}|I?X|XI{1,3})\b")
_PARTED = re.compile(r"[:–—]|\s-\s")
_NUMBERS = re.compile(r"\d")
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_LEAST, _BEGIN = 4, 4
_ALIKE, _IN_ONE, _WHOLE, _NOT_UNLIKE, _THE_SAME = 72, 78, 70, 58, 82
_ENOUGH, _MOST = 0.6, 0.6
_LONG, _LONGER, _SHORTER, _HALF = 8, 10, 3, 0.5
_NUMBER = re.compile(r"\b\d{1,3}\b")
"""Of a part; of four digits it is a year."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two titles compare.

    cover: the share of each's words that have one like it in the other, the lesser of both, half if they have but the
    same numbers in two languages; several: both have more
    than one word that tells; even: as many; whole: all have one, or most, and the rest is at least not unlike.
    part: all words of the first are in the second; begins: the first begins as the second and goes on; more: it has
    the words of the second, and others. foreign: they are in two languages; near: in one. script: one of them is not
    in Latin letters. counted: they have the same numbers. begun: the second begins as the first, which is
    long, and not as the name of a series.
    """

    cover: float
    whole: bool
    part: bool
    begins: bool
    more: bool
    foreign: bool
    near: bool
    script: bool
    several: bool
    even: bool
    counted: bool
    begun: bool


def likeness(title: str, other: str, usual: frozenset[str]) -> Likeness | None:
    """How a title compares to another, in a catalogue whose titles are mostly in the usual languages; None where
    their numbers differ, so that they cannot be of one work."""
    one, two = (core(_ELIDED.sub(" ", text)) for text in (title, other))
    script = is_latin(title) != is_latin(other)
    begins = len(two) >= _LONG and " " in two and one.startswith(f"{two} ") and not _NUMBER.search(one[len(two) :])
    if not script and not begins and _of_two_numbers(title, other):
        return None
    a, b = _words(one), _words(two)
    mine, theirs = _covered(a, b), _covered(b, a)
    said = spoken(title)
    near = bool(said & (spoken(other) or usual))
    foreign = bool(said) and not near
    counts, others = _counts(one), _counts(two)
    odd = counts != others and bool(counts)  # a number of its own, which the other has not
    told = _HALF if foreign and counts and counts == others else 0.0
    return Likeness(
        cover=0.0 if odd else max(min(mine, theirs), told),
        whole=not odd and (sound(one) == sound(two) or _is_spelt(one, two, min(mine, theirs), foreign)),
        part=not odd and mine == 1 and len(a) > 1,
        begins=begins,
        more=not (foreign or begins) and (theirs == 1 > mine or set(two.split()) < set(one.split())),
        foreign=foreign,
        near=near,
        script=script,
        several=min(len(a), len(b)) > 1,
        even=len(a) == len(b),
        counted=counts == others,
        begun=_is_begun(one, two, other),
    )


def _counts(plain: str) -> tuple[str, ...]:
    """The numbers but 1, which is as well a pronoun or an article."""
    return tuple(number for number in numbers_of(plain) if number != "1") if _NUMBERS.search(plain) else ()


def _is_spelt(one: str, two: str, cover: float, foreign: bool) -> bool:
    """Whether the one is the other but for how it is spelt, or but for the small words of two languages."""
    a, b = _words(one), _words(two)
    long = foreign or (min(len(one), len(two)) >= _LONGER and bool(_initials(one) & _initials(two)))
    if not long or not _all_alike(a, b, cover):
        return False
    return (foreign and cover == 1 and len(a) == len(b) > 1) or _letters(one.split(), two.split()) >= _WHOLE


def _initials(plain: str) -> frozenset[str]:
    """How its words begin; what begins otherwise is another word."""
    return frozenset(word[0] for word in plain.split())


def _is_begun(one: str, two: str, other: str) -> bool:
    rest = two.removeprefix(f"{one} ")
    return rest != two and len(one.split()) >= _LEAST and not _DIGITS.search(rest) and not _PARTED.search(other)


def _of_two_numbers(title: str, other: str) -> bool:
    """Whether the numbers differ; a number in words may be one in the words of another language."""
    mine, theirs = numbers_of(core(title)), numbers_of(core(other))
    if bool(mine) == bool(theirs):
        return mine != theirs
    return bool(_DIGITS.search(_BRACKETS.sub("", title if mine else other)))


@lru_cache(maxsize=1 << 14)
def spoken(title: str) -> frozenset[str]:
    """The languages that most of a title's small words are of, and its letters; none where it has none such."""
    counts: dict[str, int] = {}
    plain = _OWNS.sub("", title.casefold())
    for word in (*_WORD.findall(plain), *dict.fromkeys(_LETTERS.findall(plain))):
        for code in _LANGUAGES.get(word, ()):
            counts[code] = counts.get(code, 0) + 1
    return frozenset(code for code, count in counts.items() if count == max(counts.values()))


def is_abroad(title: str, usual: frozenset[str]) -> bool:
    """Whether a title is in a language that few titles are in, by its small words, or where these do not tell, by its
    accents, or by its being long without any."""
    said = spoken(title)
    if said & usual:
        return len(said) > 1 and not title.isascii()
    return bool(said) or not title.isascii() or len(core(title).split()) >= _MANY_WORDS


def shared(title: str, other: str) -> Sequence[str]:
    """The words of a title that tell and are in the other too, but for what their languages do to them."""
    one, two = (_words(core(_ELIDED.sub(" ", text))) for text in (title, other))
    return [word for word in one if any(_is_the_same(word, also) for also in two)]


def _is_the_same(word: str, other: str) -> bool:
    near = word[0] == other[0] and abs(len(word) - len(other)) < _SHORTER
    return word == other or (near and fuzz.ratio(word, other) >= _THE_SAME)


@cache
def codes(names: tuple[str, ...]) -> frozenset[str]:
    """The two letters of languages that are named, or given by their letters."""
    import pycountry

    known = (pycountry.languages.get(name=name) for name in names)
    return frozenset((*(getattr(one, "alpha_2", "") for one in known), *names))


def most_spoken(titles: Iterable[str]) -> frozenset[str]:
    """The languages that most titles are in."""
    counts: dict[str, int] = {}
    for title in titles:
        for code in spoken(title):
            counts[code] = counts.get(code, 0) + 1
    return frozenset(code for code, count in counts.items() if count == max(counts.values()))


@lru_cache(maxsize=1 << 14)
def _words(plain: str) -> tuple[str, ...]:
    """The words that tell, by how they sound."""
    words = (word for word in plain.split() if len(word) >= _LEAST and word not in _SAY_LITTLE and word.isalpha())
    return tuple(dict.fromkeys(map(sound, words)))


def _covered(some: Sequence[str], others: Sequence[str]) -> float:
    """The share of words that have one like it, or are two of the others in one: "computerwelt", "computer world"."""
    if not some or not others:
        return 0.0
    pairs, joined = list(pairwise(some)), ["".join(pair) for pair in pairwise(others)]
    in_one = {word for pair in pairs if _one_of("".join(pair), others) for word in pair}
    return sum(
        word in in_one or _one_of(word, joined) or any(_alike(word, other) for other in others) for word in some
    ) / len(some)


def _all_alike(some: Sequence[str], others: Sequence[str], cover: float) -> bool:
    if cover == 1:
        return _letters(some, others) >= _WHOLE
    return cover >= _MOST and all(max(fuzz.ratio(word, other) for other in others) >= _NOT_UNLIKE for word in some)


def _one_of(word: str, others: Iterable[str]) -> bool:
    """Whether a word is spelt like one of others and about as long, where either side may be two in one."""
    return any(fuzz.ratio(word, other) >= _IN_ONE and abs(len(word) - len(other)) < _SHORTER for other in others)


def _alike(one: str, other: str) -> bool:
    """Whether two words begin alike for the most part, or are nearly alike."""
    if one == other or fuzz.ratio(one, other) >= _ALIKE:
        return True
    begin = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return begin >= _BEGIN and begin >= _ENOUGH * max(len(one), len(other))


def _letters(some: Sequence[str], others: Sequence[str]) -> float:
    return fuzz.ratio("".join(sorted(some)), "".join(sorted(others)))
