"""Numbers in a column, with what stands around them: money, units, ranges, marks out of ten.

The column's own habit decides what a comma means. Knows nothing of what is counted.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .units import MONEY, Unit, minutes_of, unit_named

_NUMBER = (
    r"(?:\d{1,3}(?:[.,'’\u00a0\u202f]\d{2,3})+(?:[.,]\d+)?"
    r"|\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)(?!\d)(?:[eE][+-]?\d+)?"
)
NUMBERS = re.compile(_NUMBER)
_SCALE = r"(?:(?P<{0}>[kKM]|\s?(?:[Mm]io\.?|million|billion))(?![A-Za-z²/]))?"
_ABOUT = r"(?i:ca\.?|circa|about|approx\.?|from|ab|up to|bis|max\.?|min\.?|over|under|~|≈|>=?|<=?|=|≥|≤|\+)"
_CELL = re.compile(
    rf"""\s*(?:{_ABOUT}\s*)?(?P<before>[^\d\s.,\-+−]{{0,6}}?\.?)\s*(?P<sign>[-−])?\s*(?P<low>{_NUMBER})"""
    + _SCALE.format("k1")
    + rf"""(?P<unit1>\s?[^\W\d]{{1,8}})??(?:\s*(?:-|–|—|to|bis|until|至|~)\s*"""
    rf"""(?P<before2>[^\d\s.,\-]{{0,4}})\s*(?P<high>{_NUMBER})"""
    + _SCALE.format("k2")
    + r""")?(?:\s*(?:/|out\s+of|von)\s*(?P<of>5|10|20|100)(?:\.0)?(?![\d\w]))?\+?"""
    r"""(?P<after>[^\d]{0,30}?(?:/\s?\d{1,4}\s?[^\W\d]{1,6})?)\+?\s*""",
)
_COMPOUND = re.compile(
    rf"\s*(?:({_NUMBER})\s*([^\W\d]+\.?)[\s,:]*(?:and|und|et)?\s*)(?:({_NUMBER})\s*([^\W\d]*\.?))\s*"
)
_FREE = frozenset("free gratis kostenlos umsonst gratuit 免费 free!".split()) | {"free to play", "free of charge"}
_MOST_WORDS = 4
_DOLLAR = "$"
_SCALED = re.compile(rf"\s*(?P<number>{_NUMBER})\s?(?P<scale>[kKmMbB])\s*\+?\s*")
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "mio": 1e6, "million": 1e6, "billion": 1e9}
_ENOUGH = 0.95
_STATED = 0.8
"""So many are enough where each says what it counts: "4.5/5", "£20"."""
_MOST_FILLERS, _MANY_NUMBERS, _MOSTLY = 2, 10, 0.6
"""A column of which one cell in three says "Varies with device" is one of numbers still."""
_DIGIT = re.compile(r"\d")
_PROSE = re.compile(r"(?:\s*[^\d\s]){20}")
"""More than stands before the first number of a quantity."""

_NOT_GROUPED = re.compile(r".*([.,])\d+\1(?:\d{1,2}|\d{4,})|\d+(?:[.,]\d{3}){6,}")
"""A date: "28.07.2006", as thousands are of three digits; and a list: "201,203,205,209,210,212,213"."""
_ASIDE = re.compile(r"(?<=\S)\s*\([^)]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or a range from `low` to `high`, with its unit as written (or as known); `out_of`: the top of a
    scale. scaled: it is written in thousands or millions ("5.3k")."""

    low: float
    high: float
    unit: str = ""
    known: Unit | None = None
    out_of: float = 0.0
    scaled: bool = False


def as_quantities(values: Sequence[Any], counted: bool = False) -> list[Quantity | None] | None:
    """The column as quantities, None where a cell holds none; None if less than 95 % of what is known are.

    counted: whether its name says that something is counted; then "1.2m" are millions and no metres, as they are
    beside thousands ("5.3k").
    """
    known = Counter(values)
    known.pop(None, None)
    fillers = _fillers(known)
    for filler in fillers:
        del known[filler]
    texts = [value for value in known if isinstance(value, str)]
    if _too_many(known, texts, lambda text: bool(_PROSE.match(text)) and not _is_free(text)):
        return None
    comma = decimal_is_comma(texts)
    parsed: dict[Any, Quantity | None] = dict(_in_thousands(texts, comma, counted))
    if _too_many(known, known, lambda value: parsed.setdefault(value, _parsed(value, comma)) is None):
        return None
    good = sum(count for value, count in known.items() if parsed[value] is not None)
    stated = all(q is None or q.unit or q.out_of or q.scaled for q in parsed.values())
    free = sum(count for value, count in known.items() if _is_free(value))
    if not known or good < (_STATED if stated and not fillers else _ENOUGH) * known.total() or good == free:
        return None
    return [None if value is None else parsed.get(value) for value in values]


def _fillers(known: Counter[Any]) -> list[str]:
    """What a column of numbers has in place of one ("Varies with device"): at most two wordings, where it has many
    numbers, of which most cells are."""
    worded = [value for value in known if isinstance(value, str) and not _DIGIT.search(value) and not _is_free(value)]
    rows = sum(known[value] for value in worded)
    few = len(worded) <= _MOST_FILLERS and len(known) - len(worded) >= _MANY_NUMBERS
    return worded if few and rows < (1 - _MOSTLY) * known.total() else []


def _in_thousands(texts: Iterable[str], comma: bool, counted: bool) -> dict[str, Quantity]:
    """What cells say that are written with k, m or b; none if these are only metres."""
    found = {text: match for text in texts if (match := _SCALED.fullmatch(text))}
    if not counted and not any(match["scale"] in "kKM" for match in found.values()):
        return {}
    amounts = {t: amount_of(m["number"], comma) * _SCALES[m["scale"].casefold()] for t, m in found.items()}
    return {text: Quantity(amount, amount, scaled=True) for text, amount in amounts.items()}


def _too_many(known: Counter[Any], values: Iterable[Any], spoils: Callable[[Any], bool]) -> bool:
    """Whether what is no quantity is already, at some of the values, more than a column of quantities may hold."""
    room = (1 - _STATED) * known.total()
    for value in values:
        if spoils(value):
            room -= known[value]
            if room < 0:
                return True
    return False


def _is_free(value: Any) -> bool:
    return isinstance(value, str) and value.strip().casefold() in _FREE


def _parsed(value: Any, comma: bool) -> Quantity | None:
    if isinstance(value, bool | list | tuple):
        return None
    if isinstance(value, int | float):
        return Quantity(float(value), float(value))
    if not comma:
        try:
            number = float(value)
        except ValueError:
            pass
        else:
            return Quantity(number, number) if math.isfinite(number) else None
    return parse_quantity(value, comma)


def parse_quantity(text: str, comma: bool = False) -> Quantity | None:
    """What one cell says, where a comma is or is not the sign of decimals; None if it is no quantity."""
    if _is_free(text):
        return Quantity(0.0, 0.0)
    if (minutes := minutes_of(text)) is not None:
        return Quantity(minutes, minutes, "min", unit_named("min"))
    if found := _compound(text, comma):
        return found
    match = _CELL.fullmatch(text) or _CELL.fullmatch(_ASIDE.sub("", text))
    if match is None or _NOT_GROUPED.fullmatch(match["low"]):
        return None
    around = (MONEY, None) if comma and _DOLLAR in text else _around(match)  # pesos: thousands are parted by dots
    if around is None:
        return None
    unit, known = around
    low = amount_of(match["low"], comma) * _SCALES.get(
        (match["k1"] or match["k2"] or "").strip().lower().rstrip("."), 1.0
    )
    high = (
        amount_of(match["high"], comma) * _SCALES.get((match["k2"] or "").strip().lower().rstrip("."), 1.0)
        if match["high"]
        else low
    )
    if (high < low and not match["sign"]) or math.isinf(high):
        return None  # "75192-1" is the name of something
    if match["sign"]:
        low, high = -low, -low if not match["high"] else high
    return Quantity(min(low, high), max(low, high), unit, known, float(match["of"] or 0))


def _around(match: re.Match[str]) -> tuple[str, Unit | None] | None:
    """The unit that stands before or after the number; None if that is no unit but makes the cell something else."""
    before, after = match["before"].strip(), (match["after"] or "").strip(" .,;()[]*=").removeprefix("-")
    inner = (match["unit1"] or "").strip()
    if match["of"]:
        return ("", None) if not before else None
    if before:
        money = unit_named(before.rstrip("."))
        return (money.name, money) if money and money.dimension == "money" else None
    written = after or inner
    if not written:
        return "", None
    words = written.split()
    for length in range(min(len(words), 2), 0, -1):
        if len(words) <= _MOST_WORDS and (known := unit_named(" ".join(words[:length]))):
            return known.name, known
    each, _, much = written.partition("/")
    if (rated := unit_named(each.strip())) and (rated.dimension == "money" or any(map(str.isdigit, much))):
        return rated.name, rated  # "€/month", "mg/100 g"
    touching = (match["after"] or match["unit1"] or "")[:1].isalpha()
    if len(words) > 2 or touching or not all(word.isalpha() or word in ("/", "-") for word in words):
        return None
    return _singular(written.casefold()), None


def _singular(word: str) -> str:
    """ "1 Season" and "2 Seasons" are of one unit."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _compound(text: str, comma: bool) -> Quantity | None:
    """ "2h 10m", "1 hour 30": of time only."""
    match = _COMPOUND.fullmatch(text)
    if match is None:
        return None
    large = unit_named(match[2])
    small = unit_named("min" if large and large.name == "h" and match[4] in ("m", "") else match[4])
    if large is None or small is None or {large.dimension, small.dimension} != {"time"} or large.factor <= small.factor:
        return None
    base = unit_named("min")
    assert base
    amount = amount_of(match[1], comma) * large.to(base) + amount_of(match[3], comma) * small.to(base)
    return Quantity(amount, amount, base.name, base)


def decimal_is_comma(cells: Iterable[str]) -> bool:
    """Whether a comma is the sign of decimals in these cells."""
    votes: Counter[str] = Counter()
    thousands: Counter[str] = Counter()
    for cell in cells:
        for token in NUMBERS.findall(cell)[:4] if "." in cell or "," in cell else ():
            marks = [c for c in token if c in ".,"]
            if not marks:
                continue
            last, tail = marks[-1], len(re.split(r"[.,]", re.sub(r"[eE].*", "", token))[-1])
            if len(set(marks)) == 2:
                votes[last] += 1
            elif len(marks) > 1:
                votes["." if last == "," else ","] += 1
            elif tail != 3 or token.startswith("0") or len(re.split(r"[.,]", token)[0]) > 3:
                votes[last] += 1
            else:
                thousands[last] += 1
    if votes["."] == votes[","] == 0:  # "12.990 €": all have three digits after the point
        return thousands["."] >= 3 and not thousands[","]
    return votes[","] > votes["."]


def amount_of(token: str, comma: bool) -> float:
    """The number that is written, where a comma is or is not the sign of decimals."""
    if token.isascii() and token.isdigit():
        return float(token)
    plain = re.sub(r"['’\s\u00a0\u202f]", "", token)
    comma ^= plain.count("," if comma else ".") > 1  # what stands twice parts thousands, whatever the column's habit
    plain = plain.replace(".", "").replace(",", ".") if comma else plain.replace(",", "")
    return float(plain)
