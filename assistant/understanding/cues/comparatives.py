"""Numbers in words, relative to an item: "like Alien but shorter", "something newer", "the second one is too long".

English and Chinese. Says which number field is meant and in which direction; knows nothing of catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_high, median_low
from typing import Literal

from ..text import before

ComparativeKind = Literal["wish", "than", "complaint"]
"""wish: "shorter". than: "shorter than ...", whose item follows. complaint: "too long", "not short enough"."""

_IN_EARNEST = 0.75
"""What part of a price or a length people take for clearly less."""

_LENGTH, _YEAR, _PRICE = ("minutes", "pages"), ("year",), ("price",)
_MORE = {
    "long": _LENGTH,
    "lengthy": _LENGTH,
    "new": _YEAR,
    "recent": _YEAR,
    "modern": _YEAR,
    "contemporary": _YEAR,
    "expensive": _PRICE,
    "pricey": _PRICE,
    "costly": _PRICE,
}
_LESS = {"short": _LENGTH, "brief": _LENGTH, "old": _YEAR, "dated": _YEAR, "early": _YEAR, "cheap": _PRICE}
_STEMS = {"pricier": "pricey", "earlier": "early", "older": "old", "cheaper": "cheap"}
_MORE_CHINESE = {"长": _LENGTH, "新": _YEAR, "贵": _PRICE}
_LESS_CHINESE = {"短": _LENGTH, "老": _YEAR, "旧": _YEAR, "早": _YEAR, "便宜": _PRICE}
_UNITS = _MORE | _LESS | _MORE_CHINESE | _LESS_CHINESE

_WORD = "|".join((*_MORE, *_LESS))
_HAN = "|".join((*_MORE_CHINESE, *_LESS_CHINESE))
_COMPARED = r"""(?:short|long|brief|old|new|cheap|pric|earl)i?er"""
_MORE_OR_LESS = rf"(?:(?P<sign>more|less|not\s+(?:as|so|quite\s+(?:as|so)))\s+(?P<word>{_WORD})|(?P<form>{_COMPARED}))"
_SOMEWHAT = r"(?:(?:a\s+(?:bit|little|lot)|much|even|slightly|somewhat|far|way|just|rather|something|anything)\s+)*"
_NOUN = r"(?:\s+(?:ones?|films?|movies?|books?|albums?|novels?|songs?|things?))?"
_ASKING = r"""(?:something|anything|one|ones|but|just|only|though|and|make\s+it|be|is\s+there|are\s+there
    |a\s+bit|a\s+little|a\s+lot|much|even|slightly|somewhat|any|prefer|with\s+a)"""

_PATTERNS: Sequence[tuple[ComparativeKind, re.Pattern[str]]] = (
    ("than", re.compile(rf"\b{_SOMEWHAT}{_MORE_OR_LESS}{_NOUN}\s+(?:than|as)\s+(?=\D)", re.I | re.X)),
    (
        "wish",
        re.compile(
            rf"""(?:(?:^|[,;.!?]\s*|\b{_ASKING}\s+){_SOMEWHAT}(?:an?\s+)?{_MORE_OR_LESS}
            (?=\s*(?:$|[,;.!?]|(?:and|but|or|please|though|then|this\s+time)\b|(?:one|ones|option|options)\b)))
            |\b(?:an?\s+)?(?P<ones>{_COMPARED})\s+(?:one|ones)\b
            |^\W*(?:(?:show|give)\s+me\s+|got\s+)?(?:any\s+|some\s+)?(?P<whole>{_COMPARED}){_NOUN}(?:\s+please)?\W*$""",
            re.I | re.X,
        ),
    ),
    ("than", re.compile(rf"(?<=比)[^，。！？,.!?比]{{1,30}}?更?(?P<against>{_HAN})(?=的|一|点|些|$|[，。,.])", re.I)),
    ("wish", re.compile(rf"(?:[再更]|稍微)(?P<han>{_HAN})(?:一?[点些])?|(?P<bit>{_HAN})一?[点些]", re.I)),
    (
        "complaint",
        re.compile(rf"(?<!not\s)(?<!n[’']t\s)(?<!nothing\s)\b(?:way\s+|far\s+|much\s+)?too\s+(?P<too>{_WORD})\b", re.I),
    ),
    ("complaint", re.compile(rf"(?:\bnot|n['’]t)\s+(?P<enough>{_WORD})\s+enough\b", re.I)),
    ("complaint", re.compile(rf"(?<![不别])(?<!不要)太(?P<hantoo>{_HAN})了?|不够(?P<hanenough>{_HAN})", re.I)),
)


_SUPERLATIVE = re.compile(
    r"\bthe\s+(?P<stem>short|long|brief|old|new|cheap|pric|earl)i?est(?:\s+(?:one|of\s+(?:these|those|them))\b)"
    r"(?!\s+(?:in|from|by|with|for|under|over|near|at)\s+(?!the\b|here\b|there\b|these\b|those\b|them\b))",
    re.I,
)
_SUPERLATIVE_CHINESE = re.compile(rf"最(?P<han>{_HAN})的?(?:那?一?[个部本张首])")


@dataclass(frozen=True, slots=True)
class Comparative:
    """The units (fields of which the first that an item has is meant), "<" or ">", and where the text says it.

    A complaint of being too long has ">": what it rules out. `items`: ids that follow "than", once they are known.
    `earnest`: what is shown is no good as it is ("too long", "not so long"), so little less of it will not do.
    """

    kind: ComparativeKind
    units: tuple[str, ...]
    sign: str
    start: int
    end: int
    items: tuple[str, ...] = ()
    earnest: bool = False


def comparatives(text: str) -> list[Comparative]:
    """The comparatives of a text, in order, not overlapping."""
    found: list[Comparative] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(c.start < match.end() and match.start() < c.end for c in found) and not _no_longer(text, match):
                found.append(_read(kind, match))
    return sorted(found, key=lambda c: c.start)


def superlatives(text: str) -> list[Comparative]:
    """ "The shortest one", 最短的那个: "<" for the least."""
    found = [(m, _STEMS.get(f"{m['stem']}er".lower(), m["stem"].lower())) for m in _SUPERLATIVE.finditer(text)]
    return [Comparative("wish", _UNITS[s], ">" if s in _MORE else "<", *m.span()) for m, s in found if s in _UNITS] + [
        Comparative("wish", _UNITS[m["han"]], ">" if m["han"] in _MORE_CHINESE else "<", *m.span())
        for m in _SUPERLATIVE_CHINESE.finditer(text)
    ]


def _read(kind: ComparativeKind, match: re.Match[str]) -> Comparative:
    said = {name: word.lower() for name, word in match.groupdict().items() if word}
    sign = said.pop("sign", "more")
    name, word = next(iter(said.items()))
    stem = _STEMS.get(word, re.sub(r"er$", "", word) if name in ("form", "ones", "whole") else word)
    more = (stem in _MORE or stem in _MORE_CHINESE) == (sign == "more")
    turned = name in ("enough", "hanenough")
    alone = name in ("against", "ones", "whole")
    start = match.start(name) if alone else match.end() - len(match[0].lstrip(" ,;.!?"))
    end, earnest = match.end(name) if alone else match.end(), kind == "complaint" or sign.lower().startswith("not")
    return Comparative(kind, _UNITS[stem], ">" if more != turned else "<", start, end, earnest=earnest)


def _no_longer(text: str, match: re.Match[str]) -> bool:
    """ "No longer", "any older"."""
    return bool(re.search(r"\b(?:no|any)\s+$", before(text, match.start()), re.I)) or "no longer" in match[0].lower()


def relative_range(comparative: Comparative, numbers: Sequence[float], room: Sequence[float] = ()) -> str:
    """The range meant, in the form of Interest.value, relative to the number of one item or those of several.

    Of several the middle is meant, so that something is left on either side; a complaint includes the number itself.
    What is too long or too dear, all of several, is so by a quarter, if there is anything in `room`, the numbers that
    else may be shown, on that side of it; dates have no parts.
    """
    middle = median_low if (comparative.sign == "<") != (comparative.kind == "complaint") else median_high
    bound = middle(numbers)
    if comparative.earnest and len(numbers) > 1 and comparative.units != _YEAR:
        up = (comparative.sign == ">") != (comparative.kind == "complaint")
        far = float(f"{bound / _IN_EARNEST if up else bound * _IN_EARNEST:.2g}")
        bound = far if any(n > far if up else n < far for n in room) else bound
    return f"{comparative.sign}{'=' if comparative.kind == 'complaint' else ''} {bound:.12g}"
