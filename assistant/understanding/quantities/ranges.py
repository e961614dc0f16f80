"""Years, decades, durations, pages and prices in an English or Chinese message, as ranges of number fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from penchant.retriever import Field, Schema
from penchant.retriever.catalogue.values import unit_named

from ..text import CHINESE_NUMBER, NUMBER, before, number, stem
from .ages import is_age
from .amounts import amounts
from .field_words import is_said

_FIELDS = {
    "year": re.compile(r"^(year|released?|published|release_year|date)$", re.I),
    "minutes": re.compile(r"(minutes|runtime|duration|running_time|cook_time|prep_time)", re.I),
    "pages": re.compile(r"(^|_)(pages|page_count)", re.I),
    "price": re.compile(r"(price|cost)", re.I),
}
_BEFORE_CHINESE = {
    "<=": r"(?:不超过|最多|至多|不多于)",
    ">=": r"(?:至少|最少|不少于|不低于)",
    "<": r"(?:少于|不到|低于|小于|短于)",
    ">": r"(?:超过|多于|大于|高于|长于)",
    "~": r"(?:大约|大概|约)",
}
_AFTER_CHINESE = {"<=": r"(?:以内|以下|之内|之下|内)", ">=": r"(?:以上|之上|起步)", "~": r"(?:左右|上下)"}

_LASTING = re.compile(r"\s+long\b|[\s-]+(?:films?|movies?|albums?|books?|novels?)\b", re.I)
"""What is so long without a comparison: "a two hour movie"."""
_CHINESE_UNITS = (
    ("minutes", 1.0, "分钟"),
    ("minutes", 60.0, "个?半?(?:小时|钟头)"),
    ("pages", 1.0, "页"),
    ("price", 1.0, "(?:元|块钱?|美元|人民币)"),
)
_MEASURED = re.compile("|".join(unit[2] for unit in _CHINESE_UNITS))
"""What every Chinese amount has: most messages have none, and need none of the patterns, which take long to compile."""
_HALF = "个半"
_ROUGHLY = 0.15
_HOUR = 60.0
_MEASURES = {"time": "minutes", "page": "pages", "money": "price"}
_UNIT_OF = {"year": "year", "date": "year", "page": "pages", **dict.fromkeys(("min", "h", "s", "ms"), "minutes")}
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_CHINESE_DIGITS = "二三四五六七八九"
_DECADE = re.compile(
    r"\b(?:(?:the\s+)?(?:early|mid|late)[\s-]+)?(?:the\s+)?['’]?((?:1[89]|20)?[0-9]0)['’]?s\b"
    rf"|(?:上个?世纪|20世纪|二十世纪)?(?:([2-9](?=0)|[{_CHINESE_DIGITS}](?=十))[0十]年代)",
    re.I,
)
_CENTURY = re.compile(r"\b(?:(?:from|in|of)\s+)?(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)[\s-]+century\b", re.I)
_TWO_DECADES = re.compile(rf"([2-9{_CHINESE_DIGITS}])0?[、到至和]?([2-9{_CHINESE_DIGITS}])[0十]年代")
_DECADE_WORDS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_LED = tuple(
    (form, re.compile(rf"\b(?:{cue})(?:[\s-]+the)?[\s-]+$", re.I))
    for form, cue in (
        (">= {first}", r"(?:no|not|nothing|none|never)\s+(?:\w+\s+)?(?:(?:older|earlier)\s+than|before)|since"),
        ("<= {last}", r"(?:no|not|nothing|none|never)\s+(?:\w+\s+)?(?:(?:newer|later)\s+than|after)|until|up\s+to"),
        ("< {first}", r"before|(?:older|earlier)\s+than|prior\s+to|pre|predating"),
        ("> {last}", r"after|(?:newer|later|younger|more\s+(?:recent|modern))\s+than|post|beyond"),
    )
)
_ONWARDS = r"(?:(?:and|or)\s+)?(?:onwards?|forwards?|later|newer|upwards?)\b|(?:and\s+)?on(?=\s*(?:$|[,.;!?]))"
_FOLLOWED = (
    (">= {first}", re.compile(rf"\s*(?:{_ONWARDS})", re.I)),
    ("<= {last}", re.compile(r"\s*(?:and|or)\s+(?:earlier|older|before)\b", re.I)),
)
_YEAR = "((?:1[89]|20)[0-9]{2})"
_WHOSE = r"(?:[^.,;!?()\n]{1,30}\(\s*)?"  # "older than me (1975)"
_YEAR_CHINESE = r"((?:1[89]|20)[0-9]{2}|[一二][零〇一二三四五六七八九]{3})"
_YEARS = tuple(
    (form, re.compile(pattern, re.I))
    for form, pattern in (
        ("{low}..{high}", rf"\b(?:between|from)\s+{_YEAR}\s*(?:and|to|-|–|until)\s*{_YEAR}\b"),
        ("<= {0}", rf"\b(?:until|up\s+to|not\s+(?:after|later\s+than)|no\s+later\s+than)\s+{_YEAR}\b"),
        (">= {0}", rf"\b(?:no\s+older\s+than|not\s+(?:older\s+than|before)|at\s+least\s+from)\s+{_YEAR}\b"),
        ("< {0}", rf"\b(?:before|earlier\s+than|older\s+than|prior\s+to|pre)[\s-]+{_WHOSE}{_YEAR}\b"),
        ("> {0}", rf"\b(?:after|(?:newer|later|younger)\s+than|post)[\s-]+{_WHOSE}{_YEAR}\b"),
        (">= {0}", rf"\b(?:since|from)\s+{_YEAR}\s+(?:on|onwards?)\b|\bsince\s+{_YEAR}\b"),
        (">= {0}", rf"\b{_YEAR}\s+(?:or|and)\s+(?:later|newer|after|onwards?|up|younger|more\s+recent)\b"),
        ("<= {0}", rf"\b{_YEAR}\s+(?:or|and)\s+(?:earlier|older|before)\b"),
        ("{0}", rf"\b(?:from|in|of|released\s+in|year)\s+{_YEAR}\b"),
        (">= 2000", r"\b(?:(?:from|of|in)\s+)?this\s+century\b|\bsince\s+the\s+millennium\b"),
        ("{low}..{high}", rf"{_YEAR_CHINESE}年?(?:到|至|-|–|~|和){_YEAR_CHINESE}年(?:之间|间)?"),
        (">= {0}", rf"{_YEAR_CHINESE}年?(?:以后|之后|以来|起|后)"),
        ("< {0}", rf"{_YEAR_CHINESE}年?(?:以前|之前|前)"),
        ("{0}", rf"{_YEAR_CHINESE}年(?=的|上映|出版|发行|拍|[，。！？,.!?\s]|$)"),
    )
)


@dataclass(frozen=True, slots=True)
class Range:
    """A range for a number field as Interest.value has it. stated: wording asks for it; sure: it decides; degree: its
    bound is the catalogue's, and not the person's."""

    facet: str
    value: str
    start: int
    end: int
    stated: bool = False
    sure: bool = False
    degree: bool = False

    def meets(self, start: int, end: int) -> bool:
        """Whether it has a character in common with another stretch of the text."""
        return self.start < end and start < self.end


def number_fields(schema: Schema, text: str = "") -> dict[str, str]:
    """The schema's number field for each unit that it has: year, minutes, pages, price; by its unit, then its name.
    What is aside is one only where the text names it."""
    named = [field for field in schema.fields if field.aside and is_said(field, text)]
    numbers = [*named, *(field for field in schema.fields if field.kind == "number" and not field.aside)]
    known = {}
    for unit, form in _FIELDS.items():
        stated = sorted((f for f in numbers if _unit_of(f) == unit), key=lambda f: not f.aside and f.unit == "date")
        known[unit] = [*stated, *(f for f in numbers if form.search(f.name))]
    return {unit: fields[0].name for unit, fields in known.items() if fields}


def _unit_of(field: Field) -> str:
    """Which of the four a field states by its unit; empty for none."""
    known = unit_named(field.unit)
    money = field.unit == "money" or (known is not None and known.dimension == "money")
    return "price" if money else _UNIT_OF.get(field.unit, "")


def _in_units(unit: str, value: str, field: Field | None) -> str:
    """A range in minutes, as a field that counts hours has it."""
    counted = unit_named(field.unit) if field and unit == "minutes" else None
    if counted is None or counted.dimension != "time" or counted.name == "min":
        return value
    return _NUMBERS.sub(lambda found: f"{float(found[0]) / counted.factor:.6f}".rstrip("0").rstrip("."), value)


def find_ranges(text: str, schema: Schema) -> list[Range]:
    """The ranges a text states, for the number fields the schema has."""
    fields = number_fields(schema, text)
    found: list[Range] = []
    chinese = (*_spans(text), *_amounts(text)) if _MEASURED.search(text) else ()
    for unit, value, start, end in (*_decades(text), *_years(text), *_english(text), *chinese):
        if unit in fields and not (is_age(text, start, end) or any(r.meets(start, end) for r in found)):
            value = _in_units(unit, value, schema.field(fields[unit]))
            found.append(Range(fields[unit], value, start, end))
    return found


def _years(text: str) -> Iterator[tuple[str, str, int, int]]:
    for form, pattern in _YEARS:
        for match in pattern.finditer(text):
            years = [f"{number(group):.0f}" for group in match.groups() if group]
            value = form.format(*years, low=min(years, default=""), high=max(years, default=""))
            yield "year", value, match.start(), match.end()


def _decades(text: str) -> Iterator[tuple[str, str, int, int]]:
    for match in _TWO_DECADES.finditer(text):
        first, last = sorted(number(group) for group in match.groups())
        yield "year", f"19{first:.0f}0..19{last:.0f}9", match.start(), match.end()
    for match in _DECADE.finditer(text):
        decade = int(match[1] or f"{number(match[2]):.0f}0")
        first_year = decade if decade > 99 else 2000 + decade if decade < 20 else 1900 + decade
        yield _compared(text, match, first_year, first_year + 9)
    for match in _CENTURY.finditer(text):
        last = int(match[1]) * 100
        yield _compared(text, match, last - 99, last)
    for n, word in enumerate(_DECADE_WORDS, 2):
        for match in re.finditer(rf"\b(?:(?:the\s+)?(?:early|mid|late)[\s-]+)?{word}\b", text, re.I):
            yield _compared(text, match, 1900 + 10 * n, 1909 + 10 * n)


def _compared(text: str, match: re.Match[str], first: int, last: int) -> tuple[str, str, int, int]:
    """Years from first to last, or what is before, since or after them, as the words around say."""
    led = before(text, match.start())
    for form, cue in _LED:
        if said := cue.search(led):
            return "year", form.format(first=first, last=last), match.start() - len(said[0]), match.end()
    for form, cue in _FOLLOWED:
        if said := cue.match(text, match.end()):
            return "year", form.format(first=first, last=last), match.start(), said.end()
    return "year", f"{first}..{last}", match.start(), match.end()


def _english(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Limits in minutes, pages and money, and how long something lasts."""
    for amount in amounts(text, ("page",)):
        dimension = amount.unit.dimension if amount.unit else "page" if stem(amount.word) == "page" else ""
        lasting = None if amount.sign else _LASTING.match(text, amount.end)
        factor = amount.unit.factor if amount.unit else 1.0
        if dimension in _MEASURES and 1.0 <= factor <= _HOUR and (amount.sign or lasting):
            unit = _MEASURES[dimension]
            low, high = amount.low * factor, amount.high * factor
            span = f"{low:.12g}..{high:.12g}"
            value = span if amount.sign == ".." else _signed(amount.sign or "~", low)
            yield unit, value, amount.start, lasting.end() if lasting else amount.end


def _spans(text: str) -> Iterator[tuple[str, str, int, int]]:
    """ "100到120分钟"."""
    for unit, factor, pattern in _span_patterns():
        for match in pattern.finditer(text):
            low, high = sorted(number(match[n]) * factor for n in (1, 2))
            yield unit, f"{low:.12g}..{high:.12g}", match.start(), match.end()


@cache
def _span_patterns() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    either = rf"({NUMBER}|{CHINESE_NUMBER})"
    return tuple(
        (unit, factor, re.compile(rf"{either}\s*(?:-|–|到|至)\s*{either}{name}"))
        for unit, factor, name in _CHINESE_UNITS
    )


def _amounts(text: str) -> Iterator[tuple[str, str, int, int]]:
    for sign, unit, factor, pattern in _amount_patterns():
        for match in pattern.finditer(text):
            amount = number(match[1]) + 0.5 * (_HALF in match[0])
            yield unit, _signed(sign, amount * factor), match.start(), match.end()


@cache
def _amount_patterns() -> tuple[tuple[str, str, float, re.Pattern[str]], ...]:
    """Sign, unit, factor, pattern: the comparison stands before the number or after the unit."""
    around = [(sign, before, "") for sign, before in _BEFORE_CHINESE.items()]
    around += [(sign, "", after) for sign, after in _AFTER_CHINESE.items()]
    return tuple(
        (sign, unit, factor, re.compile(rf"{before}({CHINESE_NUMBER})\s*{name}{after}"))
        for sign, before, after in around
        for unit, factor, name in _CHINESE_UNITS
    )


def _signed(sign: str, amount: float) -> str:
    if sign != "~":
        return f"{sign} {amount:.12g}"
    return f"{amount * (1 - _ROUGHLY):.0f}..{amount * (1 + _ROUGHLY):.0f}"
