"""One column, from cells as the file has them to values of one kind. Values first, the name second.

Knows one column at a time; which is the id or the title, and which pairs belong together, is in table.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..item import Value
from ..schema import Better, Bound, Kind
from ..values import (
    Quantity,
    Unit,
    as_code_names,
    as_dates,
    as_given_names,
    as_lists,
    as_quantities,
    as_yes_no,
    is_missing,
    plain_text,
    unit_named,
)
from .headers import header_unit, says, spoken

_CONSTANT_OF = 10
_PROSE_WORDS = 8
_SENTENCE_WORDS = 5
_CATEGORY_VALUES = 4
_NEARLY = 0.97
_YEARS = (1000, 2100)
_NAMED = 0.7
_REPEATED = 4.0
_MANY_UNITS = 0.02
_WEB = re.compile(r"(?:https?://|www\.)\S+|\S+\.(?:jpe?g|png|gif|webp)", re.I)
_CODE = re.compile(r"(?=\S*\d)[\w./:#-]{4,}|[a-z0-9]+(?:-[a-z0-9]+){2,}|[0-9a-f]{12,}")
_SENTENCE = re.compile(r"[.!?。！？](?:\s|$)")


@dataclass(frozen=True)
class Column:
    """A column of values, None where nothing is known; and what it was taken for, how sure that is from 0 to 1, and why
    one might doubt it."""

    name: str
    kind: Kind
    values: Sequence[Value | None]
    unit: str = ""
    better: Better = ""
    bound: Bound = ""
    words: tuple[str, ...] = ()
    sure: float = 1.0
    warnings: tuple[str, ...] = ()

    @property
    def filled(self) -> float:
        return sum(value is not None for value in self.values) / max(1, len(self.values))


def typed(name: str, cells: Sequence[Any]) -> list[Column]:
    """The columns that one column of cells becomes: one as a rule; two where it holds ranges or two kinds of
    amounts."""
    known = [None if is_missing(cell) else _clean(cell) for cell in cells]
    filled = [cell for cell in known if cell is not None]
    hashable = [tuple(cell) if isinstance(cell, list) else cell for cell in filled]
    if not filled:
        return []
    distinct = set(map(_key, hashable))
    if len(distinct) == 1 and len(cells) >= _CONSTANT_OF and len(filled) > _NEARLY * len(cells):
        return [Column(name, "hidden", _strings(known), sure=0.9, warnings=("the same in every row",))]
    if all(isinstance(cell, str) for cell in filled) and _share(filled, _WEB.fullmatch) > 0.9:
        return [Column(name, "hidden", _strings(known), sure=1.0)]
    if found := _yes_no(name, known, distinct):
        return [found]
    if not any(isinstance(cell, list | tuple) for cell in filled):
        if (quantities := as_quantities(known)) is not None:
            return _numbers(name, known, quantities)
        if (dates := as_dates(known)) is not None:
            return [Column(name, "number", dates, "date", words=spoken(name, None), warnings=_odd(known, dates))]
    return [_texts(name, known, distinct)]


def _clean(cell: Any) -> Any:
    if isinstance(cell, str):
        return plain_text(cell).strip()
    return (
        [plain_text(one).strip() if isinstance(one, str) else one for one in cell] if isinstance(cell, list) else cell
    )


def _key(cell: Any) -> Any:
    return cell.casefold() if isinstance(cell, str) else cell


def _strings(values: Sequence[Any]) -> list[Value | None]:
    return [value if value is None or isinstance(value, str | int | float) else str(value) for value in values]


def _share(cells: Sequence[str], test: Any) -> float:
    return sum(bool(test(cell)) for cell in cells) / len(cells)


def _odd(before: Sequence[Any], after: Sequence[Any]) -> tuple[str, ...]:
    odd = [str(old) for old, new in zip(before, after, strict=True) if old is not None and new is None]
    shown = ", ".join(repr(text[:30]) for text in list(dict.fromkeys(odd))[:3])
    return (f"left out in {len(odd)} rows: {shown}",) if odd else ()


def _yes_no(name: str, known: Sequence[Any], distinct: set[Any]) -> Column | None:
    if not 2 <= len(distinct) <= 3 or (found := as_yes_no(known)) is None:
        return None
    return Column(name, "category", found, "yes/no", words=spoken(name, None), sure=0.9)


# numbers


def _numbers(name: str, known: Sequence[Any], quantities: Sequence[Quantity | None]) -> list[Column]:
    """One column of numbers; one for each kind of amount; or the two ends of ranges."""
    found = [q for q in quantities if q is not None]
    warnings = _odd(known, quantities)
    units = Counter(_dimension(q) for q in found if q.unit)
    if units["time"] > units["length"] > 0 and all(q.unit == "m" for q in found if _dimension(q) == "length"):
        minute = unit_named("min")
        quantities = [replace(q, unit="min", known=minute) if q and q.unit == "m" else q for q in quantities]
        units["time"] += units.pop("length")
    common = [unit for unit, count in units.most_common(2) if count >= max(2, _MANY_UNITS * len(found))]
    if len(common) == 2 and sum(units.values()) > _NEARLY * len(found):
        return [
            column
            for n, unit in enumerate(common)
            for column in _amounts(
                name if n == 0 else f"{name} ({unit})",
                [q if q and _dimension(q) == unit else None for q in quantities],
                warnings if n == 0 else (),
            )
        ]
    return _amounts(name, quantities, warnings)


def _dimension(quantity: Quantity) -> str:
    return quantity.known.dimension if quantity.known else quantity.unit


def _amounts(name: str, quantities: Sequence[Quantity | None], warnings: tuple[str, ...]) -> list[Column]:
    found = [q for q in quantities if q is not None]
    written = Counter(q.unit for q in found if q.unit)
    unit = unit_named(written.most_common(1)[0][0]) if written else header_unit(name)
    label = unit.name if unit else written.most_common(1)[0][0] if written else ""
    if any(q.out_of for q in found) and not label:
        label = f"/{statistics.mode(q.out_of for q in found if q.out_of):g}"
    lows = [_converted(q, q.low, unit) if q else None for q in quantities]
    if sum(q.high > q.low for q in found) > 0.2 * len(found):
        highs = [_converted(q, q.high, unit) if q else None for q in quantities]
        column = _number(name, lows, unit, label, warnings)
        return [
            replace(column, name=f"{name} (from)", bound="low"),
            replace(column, name=f"{name} (to)", bound="high", values=[_whole(v) for v in highs], warnings=()),
        ]
    return [_number(name, lows, unit, label, warnings)]


def _asked_by(name: str, unit: Unit | None, label: str) -> tuple[str, ...]:
    """The words of the name, and a unit of the column's own ("2 seasons")."""
    own = (label,) if label and not unit and label.isalpha() else ()
    return tuple(dict.fromkeys((*own, *spoken(name.partition(" (")[0], unit))))


def _converted(quantity: Quantity, amount: float, unit: Unit | None) -> float:
    if unit and quantity.known and quantity.known.dimension == unit.dimension:
        return round(amount * quantity.known.to(unit), 6)
    return amount


def _whole(value: float | None) -> int | float | None:
    return int(value) if value is not None and value.is_integer() and abs(value) < 1e15 else value


def _number(
    name: str, values: Sequence[float | None], unit: Unit | None, label: str, warnings: tuple[str, ...]
) -> Column:
    known = [value for value in values if value is not None]
    column = Column(
        name,
        "number",
        [_whole(v) for v in values],
        label,
        words=_asked_by(name, unit, label),
        sure=0.9,
        warnings=warnings,
    )
    if label in ("", "years") and _are_years(name, known):
        return replace(column, unit="year")
    if _is_key(name, known, len(values)):
        return replace(column, kind="hidden")
    bound: Bound = "low" if says(name, "low") and label != "min" else "high" if says(name, "high") else ""
    return _meaning(replace(column, bound=bound), known, unit, label)


def _meaning(column: Column, known: Sequence[float], unit: Unit | None, label: str) -> Column:
    """What a column of numbers is about, by its unit or its name: money, places, people who took part, marks, time."""
    name = column.name
    if unit and unit.dimension == "money":
        return replace(column, better="less")
    if says(name, "price") and not unit:
        return replace(column, unit="money", better="less", sure=0.7)
    if says(name, "rank"):
        return replace(column, better="less", sure=0.7)
    if says(name, "popularity") and _are_counts(known):
        return replace(column, unit="count", better="more", sure=0.8)
    if says(name, "rating"):
        return replace(column, unit=label or "rating", better="more", sure=0.8)
    if not label and says(name, "duration"):
        hours = statistics.median(known) < 15
        assumed = "h" if hours else "min"
        return replace(column, unit=assumed, sure=0.5, warnings=(*column.warnings, f"no unit; taken as {assumed}"))
    return column


def _are_years(name: str, known: Sequence[float]) -> bool:
    whole = [value for value in known if value.is_integer() and _YEARS[0] <= value <= _YEARS[1]]
    if says(name, "year") and len(whole) >= _NEARLY * len(known):
        return True
    recent = [value for value in whole if 1850 <= value <= 2035]
    return len(recent) >= 0.99 * len(known) and len(set(known)) <= 186 and not says(name, "price")


def _is_key(name: str, known: Sequence[float], rows: int) -> bool:
    """Numbers that name and do not count: each once, by name or because they simply go on."""
    if not all(value.is_integer() for value in known) or len(known) < 2:
        return False
    distinct = len(set(known))
    if says(name, "identity") and not says(name, "popularity"):
        return True
    if distinct == len(known) and name.casefold().endswith("id"):
        return True
    running = distinct == len(known) and len(known) > 20 and max(known) - min(known) == len(known) - 1
    long = distinct == len(known) and min(known) >= 1e8
    return (running or long) and not says(name, "popularity")


def _are_counts(known: Sequence[float]) -> bool:
    return all(value >= 0 for value in known) and sum(value.is_integer() for value in known) > 0.95 * len(known)


# texts


def _texts(name: str, known: Sequence[Any], distinct: set[Any]) -> Column:
    """Prose, names, one of a few kinds, or values with meaning."""
    filled = [cell for cell in known if cell is not None]
    words = spoken(name, None)
    if says(name, "people") and (turned := as_given_names(known)) is not None:
        known = turned
    if (lists := as_lists(known)) is not None:
        parts = [part for values in lists if values for part in values]
        return Column(name, _kind_of_many(name, parts), [values or None for values in lists], words=words, sure=0.8)
    texts = [str(cell) for cell in filled]
    if _is_prose(texts, distinct):
        return Column(name, "text", _strings(known), words=words)
    addresses = says(name, "link") or says(name, "picture") or says(name, "identity")
    if addresses and not any(" " in text for text in texts[:50]):
        return Column(name, "hidden", _strings(known), words=words, sure=0.7)
    if _share(texts, _CODE.fullmatch) > 0.8 and (len(distinct) > 0.5 * len(texts) or says(name, "identity")):
        return Column(name, "hidden", _strings(known), words=words, sure=0.8)
    if (named := as_code_names(known, says(name, "place"))) is not None:
        return Column(name, "name", named, words=words, sure=0.8)
    return _single(name, _strings(known), distinct, words)


def _is_prose(texts: Sequence[str], distinct: set[Any]) -> bool:
    """Many words, or sentences that do not recur."""
    han = sum("\u4e00" <= c <= "\u9fff" for text in texts for c in text) / len(texts)
    sentences = _share(texts, _SENTENCE.search) > 0.6 and _mean_words(texts) > _SENTENCE_WORDS
    return _mean_words(texts) > _PROSE_WORDS or han > 16 or (sentences and len(distinct) > 0.8 * len(texts))


def _single(name: str, values: Sequence[Value | None], distinct: set[Any], words: tuple[str, ...]) -> Column:
    filled = [str(value) for value in values if value is not None]
    whole = len(filled) >= _NEARLY * len(values)
    named = says(name, "people") or says(name, "maker") or says(name, "place")
    if not named and whole and 2 <= len(distinct) <= _CATEGORY_VALUES < len(values):
        return Column(name, "category", values, words=words, sure=0.7)
    if len(distinct) > 0.9 * len(filled) and len(filled) > _CONSTANT_OF and not named and _mean_words(filled) > 3:
        return Column(name, "text", values, words=words, sure=0.6)
    return Column(name, _kind_of_many(name, filled), values, words=words, sure=0.7)


def _mean_words(texts: Sequence[str]) -> float:
    return sum(len(text.split()) for text in texts) / len(texts)


def _kind_of_many(name: str, parts: Sequence[str]) -> Kind:
    if says(name, "people") or says(name, "maker") or says(name, "place"):
        return "name"
    repeated = len(parts) / max(1, len({part.casefold() for part in parts}))
    return "name" if looks_like_names(parts) and repeated < _REPEATED else "facet"


def looks_like_names(values: Sequence[str]) -> bool:
    """Two or more capitalised words each: how people are written, and genres are not."""
    distinct = set(values)
    named = sum(len(w := value.split()) > 1 and all(word[0].isupper() for word in w) for value in distinct)
    return named > _NAMED * len(distinct)


def as_fields(columns: Sequence[Column], row: int) -> Mapping[str, Value]:
    """What is known of one row."""
    return {column.name: value for column in columns if (value := column.values[row]) is not None}
