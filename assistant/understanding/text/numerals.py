"""Numbers as people write them: "90", "1,000", "ninety", "three hundred", "half an", 三百, 一个半. Knows no units."""

from __future__ import annotations

import re

_ONES = {
    word: n
    for n, word in enumerate(
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen""".split(),
        1,
    )
}
_TENS = {word: n * 10 for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_WORTH = _ONES | _TENS | {"a": 1, "an": 1}
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}

_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(list(_ONES)[:9])}))?|{'|'.join(sorted(_ONES, key=len)[::-1])})"
_PARTS = r"half\s+an?|(?:(?:a|three)\s+)?quarters?\s+of\s+an?"
_LARGER = r"\s+(?:hundred|thousand|million|grand|k)\b"
_DOZEN = rf"(?:half\s+an?|an?|{_SMALL})\s+dozen\b"
_COUPLE = rf"(?:a\s+)?couple(?:\s+of)?(?={_LARGER})"
_AND = r"(?:and|n|&|['’]n['’]?)"
"""As people type it."""
_WORDS = (
    rf"(?:{_DOZEN}|{_PARTS}"
    rf"|(?:{_SMALL}|(?:a\s+)?couple(?:\s+of)?|a)\s+(?:hundred|thousand)(?:\s+(?:{_AND}\s+)?{_SMALL}(?!{_LARGER}))?"
    rf"|(?<!few\s)(?<!several\s)(?<!many\s)hundred\b(?:\s+(?:{_AND}\s+)?{_SMALL}(?!{_LARGER}))?|{_COUPLE}|{_SMALL}|an?)"
)

FRACTION = (
    r"\s+(?:and\s+(?:a\s+half|(?:a|one|three)\s+quarters?)"
    rf"|point\s+(?:[0-9]|zero|{'|'.join(list(_ONES)[:9])}))\b"
)
"""A pattern for what follows a whole number, or its unit: "two and a quarter hours", "an hour and three quarters",
"four point two"."""

MINUTES_ALONE = (
    rf"(?:[1-5][0-9]|five|ten|fifteen|(?:twenty|thirty|forty|fifty)(?:[-\s](?:{'|'.join(list(_ONES)[:9])}))?)\b"
    r"(?!\s*[-–]?\s*(?!(?:tops|max|min|at|or|and|but|before|until|till|is|as|to|long|if|for|with|in|so|please|ideally|maybe|would"
    r"|we|i|it|that|of|on|the|no|not|then|tonight|left|free|each)\b)[a-z0-9$€£])"
)
"""A pattern for minutes behind hours that no word calls so: "two hours fifty", where no other noun follows."""

NUMBER = rf"(?:(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,5}}(?:\.[0-9]+)?|\b{_WORDS})(?:{FRACTION})?)"
"""A pattern without groups, for digits and English words."""

CHINESE_NUMBER = rf"(?:[0-9]{{1,5}}(?:\.[0-9]+)?|[{''.join(_DIGITS)}{''.join(_UNITS)}]{{1,7}}|半)"
"""The same for Chinese; a half after the unit ("一个半小时") is not part of it."""


def number(text: str) -> float:
    """The number that a text matching one of the patterns means. Raises ValueError for anything else."""
    plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", " ".join(text.lower().split()))
    if beyond := re.search(rf"{FRACTION}$", plain):
        return number(plain[: beyond.start()]) + fraction(beyond[0])
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", plain):
        return float(plain)
    if any(c in _DIGITS or c in _UNITS or c == "半" for c in plain):
        return _chinese(plain)
    return _english(plain)


def fraction(text: str) -> float:
    """The number that a text matching FRACTION means."""
    if "point" in text.lower():
        return number(text.split()[-1]) / 10
    return 0.5 if "half" in text.lower() else 0.75 if "three" in text.lower() else 0.25


def _english(text: str) -> float:
    if text.endswith("dozen"):
        return 12 * _english(text.removesuffix(" dozen"))
    text = re.sub(r"\b(?:a )?couple(?: of)?\b", "two", text)
    if text.startswith("half "):
        return 0.5
    if "quarter" in text:
        return 0.75 if text.startswith("three ") else 0.25
    total = 0.0
    for word in re.split(r"[-\s]+", re.sub(rf" {_AND} ", " ", text)):
        if word in ("hundred", "thousand"):
            total = (total or 1) * (100 if word == "hundred" else 1000)
        elif word in _WORTH:
            total += _WORTH[word]
        else:
            raise ValueError(f"{text!r} is not a number")
    return total


def _chinese(text: str) -> float:
    if text == "半":
        return 0.5
    if not any(c in _UNITS for c in text):
        if not all(c in _DIGITS for c in text):
            raise ValueError(f"{text!r} is not a number")
        return float("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        elif c in _DIGITS:
            digit = _DIGITS[c]
        else:
            raise ValueError(f"{text!r} is not a number")
    return float(total + digit)
