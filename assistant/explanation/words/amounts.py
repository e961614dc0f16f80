"""Amounts and ranges of amounts as people say them: "1 hour 43 minutes", "under 2 hours", "before 1990", 2 小时以内.

Knows units and languages. Knows no items.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from penchant.retriever import Field, is_range, nearness, order_from, parse_range, says_order
from penchant.retriever.catalogue import part_of
from penchant.retriever.catalogue.values import unit_named

from ...understanding.quantities import dimension_of, unit_of
from .calendar_text import calendar_text
from .field_words import field_name
from .language import Speech

_HOUR = 60
_DAY = 24 * _HOUR
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥", "JPY": "¥", "INR": "₹"}
_YEARS = ("year", "date")
_OWN_WORDS = (*_YEARS, "time", "money")
"""Amounts that are said in words of their own, whatever their field is called."""
_WORD = re.compile(r"[^\W\d_]+")


def amount_text(field: Field, value: Any, speech: Speech) -> str:
    """A value of a number field with its unit; as it stands if it is no number."""
    dimension = dimension_of(field)
    if dimension in _YEARS:
        return str(value)
    try:
        number = float(value)
    except (TypeError, ValueError):
        return str(value)
    if dimension == "time" and _minutes(field) > _DAY:
        return speech.say(f"of {'one' if number == 1 else 'several'} {_unit_name(field)}", n=_plain(number))
    if dimension == "time" and not 0 < number * _minutes(field) < 1:
        return minutes_text(number * _minutes(field), speech)
    if dimension == "money":
        return _money(number, field)
    if field.unit.startswith("/"):
        return speech.say("out of", amount=_plain(number), most=field.unit[1:])
    unit = unit_of(field)
    if unit is None:
        return _counted_text(_plain(number), _counted(field), speech)
    return f"{_plain(number)}{'' if unit.name == '%' else ' '}{unit.name}"


def _counted_text(number: str, what: str, speech: Speech) -> str:
    """ "300 pages"; in the language's own word for what is counted, where it has one."""
    if not what:
        return number
    what = _one(what) if number == "1" and speech.language == "en" else what
    key = f"count {what}"
    return speech.say(key, n=number) if speech.has(key) else speech.say("counted", n=number, what=what)


def _one(name: str) -> str:
    """ "Core" of "cores", "battery" of "batteries": what is counted, where it is one."""
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")


def bare_amount(field: Field, value: Any, speech: Speech) -> str:
    """An amount behind the name of its field, which may say by itself what is counted, and in which unit."""
    named = {unit.name for word in _WORD.findall(_name(field)) if (unit := unit_named(word))}
    told = dimension_of(field) not in _OWN_WORDS and (_counted(field) or _unit_name(field) in named)
    return amount_text(replace(field, name="", words=(), unit="") if told else field, value, speech)


def range_text(field: Field, value: str, speech: Speech, named: bool = False) -> str:
    """A range, or which end comes first, as an interest has it, in words; named: behind the name of its field."""
    if says_order(value):
        return _order(field, value, speech)
    if not is_range(value):
        return value
    low, high = parse_range(value)
    if part := part_of(field, low, high):
        return calendar_text(part, low, high, speech)
    form = "between" if ".." in value else _FORMS[next(sign for sign in ("<=", ">=", "<", ">", "") if sign in value)]
    dimension = dimension_of(field)
    plural = "year" if dimension in _YEARS else "amount"
    number = value.lstrip("<>= ")
    first, _, last = number.partition("..")
    if plural == "year" and form == "between" and low % 10 == 0 and high == low + 9:
        return speech.say("decade", low=f"{low:.0f}")
    amount = bare_amount if named else amount_text
    said = speech.say(
        f"{form} {plural}",
        low=amount(field, _shown(first), speech),
        high=amount(field, _shown(last or first), speech),
    )
    return (
        said
        if named or plural == "year" or _tells(field, dimension)
        else speech.say("of field", field=field_name(field, speech), what=said)
    )


_FORMS = {"<=": "at most", ">=": "at least", "<": "under", ">": "over", "": "exactly"}


def _order(field: Field, value: str, speech: Speech) -> str:
    if (number := nearness(value)) is not None:
        amount = amount_text(field, _shown(f"{number:.12g}"), speech)
        return speech.say("order nearest", field=field_name(field, speech), amount=amount)
    dimension, (end, place) = dimension_of(field), order_from(value) or (value, 1)
    key = f"{dimension} {end}"
    key = key if speech.has(key) and dimension != "count" else f"order {end}"
    said = speech.say(key, field=field_name(field, speech))
    return said if place == 1 else speech.say("order from", order=said, place=str(place))


def _tells(field: Field, dimension: str) -> bool:
    """Whether an amount of the field says by its unit what it is of."""
    return dimension == "time" or (dimension == "money" and bool(_SIGNS.get(field.unit))) or bool(_counted(field))


def _counted(field: Field) -> str:
    """ "Pages", where a field is called by what it counts."""
    name = _name(field)
    counts = not field.unit or field.unit == "count" or name.startswith(field.unit)
    return (
        name
        if counts and name.endswith("s") and not name.endswith("ss") and dimension_of(field) in ("", "count")
        else ""
    )


def _name(field: Field) -> str:
    return (field.words or (field.name,))[-1].replace("_", " ")


def _minutes(field: Field) -> float:
    unit = unit_of(field)
    return unit.factor if unit else 1.0


def _unit_name(field: Field) -> str:
    unit = unit_of(field)
    return unit.name if unit else ""


def minutes_text(minutes: float, speech: Speech) -> str:
    """A time in hours and minutes; of two days and more in days."""
    if minutes >= 2 * _DAY:
        return speech.say("days", n=_plain(round(minutes / _DAY, 1)))
    hours, rest = divmod(round(minutes), _HOUR)
    parts = [
        speech.say("hour" if hours == 1 else "hours", n=str(hours)) if hours else "",
        speech.say("minute" if rest == 1 else "minutes", n=str(rest)) if rest or not hours else "",
    ]
    return speech.phrases["time gap"].join(part for part in parts if part)


def _money(number: float, field: Field) -> str:
    written = f"{number:,.2f}".removesuffix(".00")
    sign = _SIGNS.get(field.unit, "")
    return f"{sign}{written}" if sign or not field.unit or field.unit == "money" else f"{written} {field.unit}"


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number == round(number) else f"{number:,.6g}"


def _shown(number: str) -> str:
    return number.strip()
