"""Whether two lists of names have somebody in common, however the names are written. Knows no catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, product

from rapidfuzz import fuzz

from .letters import plain_letters, sound

_ALIKE = 88
_WORD = re.compile(r"[^\W_]+")
_THE = re.compile(r"^the\s+")
_AND = re.compile(r"\s+(?:and|of)\s+.*$")
_ALSO = re.compile(r"\s*\(\d*|\)")
"""Of a name that several have, "Nirvana (2)", or beside another: "Abdullah Ibrahim (Dollar Brand)"."""
_WHOSE = re.compile(r"^(.+?)['’]s?\s+(.+)$")
_OF = re.compile(r"^(.*?\S)\s+(?:of|by|de|di|von|par)\s+(.+)$", re.I)
_SIBLINGS = re.compile(r"\s+(?:brothers|bros|sisters|siblings)$")
_TITLED = re.compile(r"^(?:saint|st|sir|dr|lady|lord|ms|mr|mrs)\s+")
_NOBODY = frozenset(("unknown", "anonymous", "anonym", "na"))
_MANY_SAID = "various artists"
_MANY = frozenset((_MANY_SAID, "various"))
_AFTER_OTHERS = frozenset(("tribute", "karaoke", "revival", "covers"))
"""Who plays what others made."""
_SURNAME, _LONG, _STEM, _FEW = 4, 8, 4, 3


def agree(some: Iterable[str], others: Iterable[str]) -> bool | None:
    """Whether anybody is in both lists; None where one of them names nobody, or the second says only that they are
    many."""
    left, right = people(some), people(others)
    if not left or not right or (_MANY.issuperset(right) and not _MANY.issuperset(left)):
        return None
    pairs = chain(product(left, (*right, *_heads(right))), product(_heads(left), right))
    return any(_same(one, other) for one, other in pairs)


def may_agree(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of the lists has a name of one word that is any word of a name in the other: "Dante", "Suetonius"."""
    pairs = [(one.split(), other.split()) for one, other in product(people(some), people(others))]
    return any(min(len(a), len(b)) == 1 and len(word) >= _SURNAME for a, b in pairs for word in set(a).intersection(b))


def without_makers(title: str, names: Sequence[str]) -> list[str]:
    """What stands in a title beside the name of its maker: "Nick Drake - Pink Moon", "Confessions of Augustine"."""
    parts = [title.partition(mark)[::2] for mark in (": ", " - ")]
    behind = [rest for head, rest in parts if rest and agree([head], names)]
    if whose := _WHOSE.match(title):
        behind += [whose[2]] if agree([whose[1]], names) else []
    of = _OF.match(title)
    return behind or ([of[1]] if of and agree([of[2]], names) else [])


def people(names: Iterable[str]) -> list[str]:
    """The names of somebody, in plain words, each also without its title: "Saint Augustine"."""
    return list(dict.fromkeys(form for name in names for form in _forms(name)))


@lru_cache(maxsize=1 << 15)
def _forms(name: str) -> tuple[str, ...]:
    parts = _ALSO.split(name) if "(" in name else (name,)
    known = (" ".join(_WORD.findall(_THE.sub("", plain_letters(part)))) for part in parts)
    each = (form for part in known for form in (part, _TITLED.sub("", part)))
    return tuple(_MANY_SAID if form in _MANY else form for form in each if form and form not in _NOBODY)


def _heads(names: Iterable[str]) -> list[str]:
    """The names without place, band and kin: "Lucian of Samosata", "Prince and the Revolution", "Coen Brothers". Two
    that have only these in common may be two: "Kings of Leon", "Kings of Convenience"."""
    return [form.sub("", name) for name in names for form in (_AND, _SIBLINGS) if form.search(name)]


@lru_cache(maxsize=1 << 17)
def _same(one: str, other: str) -> bool:
    if one == other or one.replace(" ", "") == other.replace(" ", "") or _abbreviates(one, other):
        return True
    a, b = sorted((_in_order(sound(one).split()), _in_order(sound(other).split())), key=len)
    if _AFTER_OTHERS & set(a) ^ _AFTER_OTHERS & set(b):
        return False
    if len(a) == 1:
        return _is_surname(a[0], b)
    if a[-1] == b[-1] and a[0][0] == b[0][0] and _initials(a, b):
        return True
    return _holds(b, a) or _stems(a, b) or fuzz.token_sort_ratio(" ".join(a), " ".join(b)) >= _ALIKE


def _abbreviates(one: str, other: str) -> bool:
    """Whether either is the first letters of the other's words: "Y.M.O.", "Yellow Magic Orchestra"."""
    short, long = sorted((one, other), key=lambda name: len(name.replace(" ", "")))
    first = "".join(word[0] for word in long.split())
    return len(first) >= _FEW and short.replace(" ", "") == first


def _in_order(name: list[str]) -> list[str]:
    """With initials that stand behind before it: "Doyle A.C."."""
    family = [word for word in name if len(word) > 1]
    behind = len(family) < len(name) and name[: len(family)] == family
    return [*name[len(family) :], *family] if behind else name


def _is_surname(word: str, name: list[str]) -> bool:
    """Whether a word is a name, or the last of it."""
    alike = len(name) == 1 or len(word) >= _LONG
    return len(word) >= _SURNAME and fuzz.ratio(word, name[-1]) >= (_ALIKE if alike else 100)


def _holds(long: list[str], short: list[str]) -> bool:
    """Whether the one begins as the other and has all its words, or has but given names before it: "Miguel de
    Cervantes Saavedra", "Bob Marley and the Wailers", "Gabriel García Márquez", "Joaquim Maria Machado de Assis"."""
    ends = long[-len(short) :] == short and (len(short) >= _FEW or len(long) == len(short) + 1)
    return ends or (long[0] == short[0] and set(short) <= set(long))


def _stems(a: list[str], b: list[str]) -> bool:
    """Whether each word begins as the other's: "Marc Aurel", "Marcus Aurelius"."""
    pairs = [sorted(pair, key=len) for pair in zip(a, b, strict=False)]
    return len(a) == len(b) and all(len(one) >= _STEM and other.startswith(one) for one, other in pairs)


def _initials(a: list[str], b: list[str]) -> bool:
    """Whether given names are the same, or stand for each other: "J R R", "John Ronald", "jrr"."""
    one, other = a[0], b[0]
    if one == other or min(len(one), len(other)) == 1:
        return True
    short, full = (a, b) if len(one) < len(other) else (b, a)
    return short[0] == "".join(word[0] for word in full[:-1])
