"""Amounts in a message: "under $30", "at least 8 GB of RAM", "for 4 people", "a 6-year-old".

English and some German; years and decades, and Chinese, are in ranges. Knows no fields: see amount_ranges.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from penchant.retriever.catalogue.values import Unit, currency_of, unit_named

from ..text import FRACTION, MINUTES_ALONE, NUMBER, SCALE, STOPWORDS, before, fraction, number, scale, smaller_too, stem
from ..text.comparisons import (
    COMPARED,
    DIRECTIONS,
    DONE_IN,
    FOR_EACH,
    SIGNS_BEFORE,
    adjective_of,
    is_metres,
    says_size,
    with_what_follows,
)
from ..text.two_units import rate_of_units

_MONEY_SIGN = r"[$€£¥₹₩]"
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_OF_MONEY = frozenset("grand tenner tenners fiver fivers".split())
_DIGITS = (
    r"(?:[0-9]{1,3}(?:[,.][0-9]{3})+(?![0-9.,]*[0-9])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
)
_BARE_HOUR = rf"(?=hour(?:{FRACTION}|\s+(?:and\s+)?{MINUTES_ALONE}))"
"""Nothing at all is one in "hour forty" and "hour and a half"."""
_N = rf"(?:{_DIGITS}(?:{FRACTION})?|(?!an?\s+(?!hundred\b){NUMBER}(?![A-Za-z])){NUMBER}(?![A-Za-z])|{_BARE_HOUR})"
_AREA = (
    r"(?:k?m|ft|mi)[²2](?![0-9A-Za-z])"
    r"|sq(?:uare|\.)?\s(?:(?:k|kilo)?m(?:et(?:re|er)s?)?|mi(?:les?)?|foot|feet|ft)\b"
)
_AMOUNT = re.compile(
    rf"""(?<![\w.#])(?P<minus>minus\s+|[-−](?=[0-9]))?(?P<cur1>{_MONEY_SIGN}|(?:US\$|Rs\.?|EUR|USD|GBP|CHF|INR)\s?)?\s?(?P<low>{_N})(?!\w*['’]s\b)"""
    + SCALE.format(1)
    + r"""(?P<unit1>\s?(?:[A-Za-z°%"]+))??"""
    + rf"""(?:\s*(?P<join>-|–|—|to|thru|through|and|or)\s*(?P<cur2>{_MONEY_SIGN})?\s?(?P<high>{_N}))?"""
    + SCALE.format(2)
    + r"""(?:\s?-?\s?(?P<unit>(?:km/h|"""
    + _AREA
    + r"""|h(?=[0-5][0-9](?:m(?:ins?)?)?\b)|°[CF]|%|["€£$¥₹]|['’′](?=[0-9])|[A-Za-z]+\b\.?)))?""",
    re.I,
)
_TWO_WORDS = re.compile(r"(?!(?:per|each|every)\b)([A-Za-z]+)[\s-]([A-Za-z]{3,}|k[gm])\b")
_BETWEEN = re.compile(r"\b(?:between|from|anywhere\s+between)\s*$", re.I)
_BEYOND = re.compile(FRACTION, re.I)
_GIVE_OR_TAKE = re.compile(
    rf"\s*,?\s*(?:give\s+or\s+take|plus\s+or\s+minus|\+/?-|±)\s*(?P<by>{_N})(?!\s*(?:%|per))", re.I
)
_OLD = re.compile(r"[\s-]*(?:years?|yrs?|y)?[\s-]*(?:olds?\b)|\s*years?\s+of\s+age|\s*s\b(?=\W|$)", re.I)
_AGED = re.compile(r"\b(?:aged?|turning|turns|turned)\s+$", re.I)
_UNDER = re.compile(r"\b(?:under|over|below|above)[\s-]+(?:the\s+)?$", re.I)
"""What stands before "21s" that are of that age."""
_SOMEBODY_IS = re.compile(
    r"\b(?:i\s*['’]?\s*a?m|(?:s?he|my\s+(?:\w+\s+)?\w+|our\s+\w+)(?:['’]s|\s+is))\s+(?:(?:just|only|now|nearly)\s+)*$",
    re.I,
)
_NO_MORE_SAID = re.compile(r"\s*(?:$|[.,;!?)]|(?:and|but|so|who|now|already)\b)", re.I)
_HAVE = re.compile(r"\s*\b(?:have|got)\b", re.I)
_NOT_ALONE = frozenset("a an one once first second".split())
_DOUBTFUL = frozenset(("in", "t", "go", "no", "m", "a", "s", "y"))
_LETTERED = re.compile(r"(?!ish\b)[A-Za-z]")

_MONEY = Unit("", "money", 1.0)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as said: from `low` to `high`, "" or a sign, its unit or the word that follows, where all of it
    stands with its comparison (`start` to `end`), and the number alone (`first` to `last`). scaled: by how much the
    word behind it multiplies it ("15k")."""

    low: float
    high: float
    sign: str
    unit: Unit | None
    word: str
    start: int
    end: int
    first: int
    last: int
    adjective: str = ""
    aged: bool = False
    scaled: float = 1.0


def amounts(text: str, counted: Collection[str]) -> Iterator[Amount]:
    """The amounts of a text in order; `counted` are the words by which "one" is a number ("one bedroom")."""
    done = 0
    for match in _AMOUNT.finditer(text):
        if match.start("low") < done:
            continue  # the minutes of "1 hour 40 minutes"
        unit, word, last = _unit(match)
        word = "" if word.casefold() in DIRECTIONS else word
        told = unit or match["scale1"] or match["high"] or stem(word) in counted  # "2bhk"
        told = told or (_UNDER.search(before(text, match.start("low"))) and _OLD.match(text, match.end("low")))
        lettered = _LETTERED.match(text, match.end("low")) and not told
        if lettered or _is_list(text, match, unit, word, counted):
            continue
        bounds = _bounds(match)
        if more := _smaller_too(text, match, unit):
            unit, whole, last = more
            bounds, word = (whole, whole), ""
        bounds, last = _widened(text, bounds, last)
        done = last
        amount = _with_sign(text, before(text, match.start()), match, bounds, unit, word, last)
        amount = replace(amount, scaled=scale(match["scale1"] or match["word1"] or match["scale2"] or match["word2"]))
        written = match["low"].casefold()
        if written not in _NOT_ALONE or _is_counted(amount, written, match, counted):
            done = max(done, amount.end)  # "two hours, not a minute more"
            yield amount


def _widened(text: str, bounds: tuple[float, float], last: int) -> tuple[tuple[float, float], int]:
    """The two numbers with what is said behind them, and where that ends: "and a half", "give or take a hundred"."""
    low, high = bounds
    if beyond := _BEYOND.match(text, last):
        low, high, last = low + fraction(beyond[0]), high + fraction(beyond[0]), beyond.end()
    if within := _GIVE_OR_TAKE.match(text, last):
        low, high, last = low - _read(within["by"]), high + _read(within["by"]), within.end()
    return (low, high), last


def _is_list(text: str, match: re.Match[str], unit: Unit | None, word: str, counted: Collection[str]) -> bool:
    """ "My sisters are 6 and 8", "from nine to six": two numbers that are no bounds of one amount."""
    if not match["high"]:
        return False
    if match["join"].casefold() != "and":
        return _read(match["low"]) > _read(match["high"]) and not (match["scale1"] or match["scale2"] or match["word2"])
    named = bool(word) and any(stem(word).startswith(known) for known in counted)
    return not (unit or named or _BETWEEN.search(before(text, match.start())))


def _smaller_too(text: str, match: re.Match[str], unit: Unit | None) -> tuple[Unit, float, int] | None:
    """The larger of two units, the amount in it, and where it ends: "1 hour 40 minutes", "an hour and 40 minutes"."""
    larger = unit_named((match["unit1"] or "").strip()) if match["high"] else unit
    if larger is None or _BETWEEN.search(before(text, match.start())):
        return None
    more = smaller_too(text, match.end("unit1" if match["high"] else "unit"), larger.name)
    return (larger, _read(match["low"]) + more[0], more[1]) if more else None


def _bounds(match: re.Match[str]) -> tuple[float, float]:
    """The two numbers, in order; "20 or 30 thousand" are both thousands."""
    after = match["scale2"] or match["word2"]
    own = None if is_metres(match) else match["scale1"] or match["word1"]
    low = _read(match["low"], match["beyond1"]) * scale(own or after) * (-1 if match["minus"] else 1)
    high = _read(match["high"], match["beyond2"]) * scale(after or own) if match["high"] else low
    return min(low, high), max(low, high)


def _is_counted(amount: Amount, written: str, match: re.Match[str], counted: Collection[str]) -> bool:
    """Whether "a" or "one" is a number here: "an hour", "under a metre", "one bedroom"."""
    if match["word1"] or (amount.unit and (amount.sign or amount.unit.dimension == "time")):
        return True
    return written == "one" and bool(amount.word) and any(stem(amount.word).startswith(word) for word in counted)


def _read(written: str, beyond: str | None = None) -> float:
    """A number as written, with the part it is more by ("a grand and a half"); "30.000" has no decimals."""
    more = fraction(beyond) if beyond else 0.0
    if _THOUSANDS.fullmatch(written):
        return float(re.sub(r"[.,]", "", written)) + more
    return (float(written) if written.startswith(".") else number(written or "one")) + more


def _with_sign(
    text: str, led: str, match: re.Match[str], bounds: tuple[float, float], unit: Unit | None, word: str, last: int
) -> Amount:
    low, high = bounds
    if high > low:
        between = _BETWEEN.search(led)
        first = match.start() - len(between[0]) if between else match.start()
        return Amount(low, high, "..", unit, word, first, last, match.start(), match.end("high"))
    led_by = ((name, found[0]) for name, pattern in SIGNS_BEFORE if (found := pattern.search(led)))
    sign, cue = next(led_by, ("", ""))
    if unit is None and word.isalpha() and _HAVE.match(cue):
        sign, cue = "", ""  # "do you have a 2-person tent"
    first = match.start() - len(cue)
    ends = (last, *(() if unit else (match.end("low"),)), *(m.end() for m in [FOR_EACH.match(text, last)] if m))
    sign, last, adjective = with_what_follows(text, ends, sign, cue)
    if not sign and unit and unit.dimension == "time" and DONE_IN.search(led):
        sign = "<="
    if sign and not (adjective or unit) and (than := COMPARED.search(text[:first])):
        first, adjective = than.start(), adjective_of(than["than"])
    old = _OLD.match(text, match.end("low"))
    last = max(last, old.end()) if old else last
    told = unit is None and _SOMEBODY_IS.search(led) and _NO_MORE_SAID.match(text, match.end("low"))
    aged = bool(old or told or _AGED.search(led))
    return Amount(low, high, sign, unit, word, first, last, match.start(), match.end("low"), adjective, aged)


def _unit(match: re.Match[str]) -> tuple[Unit | None, str, int]:
    """The unit, the word that follows the amount, and where the amount ends."""
    if (match["word2"] or match["word1"] or "").casefold() in _OF_MONEY:
        return _MONEY, "", _number_end(match)
    if currency := match["cur1"] or match["cur2"]:
        end = match.end("word2") if match["word2"] else match.end("high") if match["high"] else _number_end(match)
        return (
            unit_named(currency.strip()) or Unit(currency_of(currency), "money", 1.0),
            "",
            max(end, _number_end(match)),
        )
    if is_metres(match):
        return unit_named("m"), "", match.end("scale1")
    written = match["unit"] or ""
    known = unit_named(written.rstrip(".")) if written and written.casefold() not in _DOUBTFUL else None
    if written in ("G", "D", "K"):  # 5G, 3D, 4K
        known = None
    known = unit_named("ft") if written in ("'", "’", "′") else known
    touching = match.start("unit") == match.end("low")
    if known is None and written.casefold() in ("m", "in") and (touching or says_size(match.string, *match.span())):
        known = unit_named(written)
    inner = (match["unit1"] or "").strip()
    known = known or (unit_named(inner) if inner and match["high"] else None)
    if more := _of_more_words(match, written, known):
        return more
    return known, written, match.end("unit") if known else _number_end(match)


def _of_more_words(match: re.Match[str], written: str, known: Unit | None) -> tuple[Unit, str, int] | None:
    """A unit of several words: "miles per gallon", "watt hours", "vertical metres"."""
    if (rate := rate_of_units(match.string, match.start("unit"))) and (one := unit_named(rate[0])):
        return one, written, rate[1]
    further = _TWO_WORDS.match(match.string, match.start("unit")) if written.isalpha() else None
    if further is None:
        return None
    both = unit_named(f"{written} {further[2]}")
    aside = _is_aside(written) and match["low"].casefold() not in _NOT_ALONE  # "a price tag" lasts no days
    both = both or (unit_named(further[2]) if known is None and aside else None)
    return (both, further[2], further.end()) if both else None


def _is_aside(word: str) -> bool:
    """Whether a word may stand between a number and its unit: "a thousand vertical metres", no "5 rooms, 80 metres"."""
    return len(word) > 2 and word.casefold() not in STOPWORDS and stem(word) == word.casefold()


def _number_end(match: re.Match[str]) -> int:
    parts = ("low", "scale1", "word1", "beyond1", "high", "scale2", "word2", "beyond2")
    return max(match.end(name) for name in parts if match[name])
