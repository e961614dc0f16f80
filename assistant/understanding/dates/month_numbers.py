"""Months that a column holds as numbers from 1 to 12, beside one of years or alone: "released in October 1994".

English. Knows the columns by their names and what they hold. Knows nothing of polarity.
"""

from __future__ import annotations

from collections.abc import Iterator

from penchant.retriever.catalogue.inference import words_of

from ..quantities import NumberField, NumberFields, Range
from .calendar_words import Time
from .date_fields import is_word_of, name_before
from .said_times import Said, said_times

_MONTH, _LAST = "month", 12


def month_ranges(text: str, fields: NumberFields) -> Iterator[Range]:
    """The ranges of months, and of the years beside them, that a text states."""
    columns = [field for field in fields.fields.values() if _is_of_months(field)]
    for said in said_times(text) if columns else ():
        months = (said.time.low // 100, said.time.high // 100)
        if said.time.weekday or months == (1, _LAST):
            continue
        field = next((f for f in columns if any(is_word_of(word, f.name) for word in text.split())), columns[0])
        start = name_before(text, said.start, field.name)
        if said.sign == "in" or not said.time.year:
            yield from (Range(field.name, v, start, said.end, stated=True) for v in _values(said, *months))
        if said.time.year and fields.year:
            yield Range(fields.year.name, _of_year(said.time, said.sign), start, said.end, stated=True)


def _is_of_months(field: NumberField) -> bool:
    """Whether a column's numbers are months of the year, and no lengths in months."""
    within = field.whole and field.low >= 1 and field.high <= _LAST
    return within and _MONTH in words_of(field.name) and field.unit is None


def _values(said: Said, first: int, last: int) -> Iterator[str]:
    if said.sign != "in":
        yield f"{said.sign} {last if said.sign in ('>', '<=') else first}"
    elif first > last:
        yield from (f"{first}..{_LAST}", f"1..{last}")
    else:
        yield f"{first}..{last}" if last > first else f"{first}"


def _of_year(time: Time, sign: str) -> str:
    """The year of a month; one that comes before or after it may be of the same year."""
    return f"{time.year}" if sign == "in" else f"{sign[0]}= {time.year}"
