"""Columns for what stands in cells beside other things: "8 GB RAM, 128 GB inbuilt", "4.5 (1,234 reviews)".

The column itself stays as it is; where nothing else is in it, its cells are no values of their own any more. Knows no
files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..inference import Column, number_columns, says, spoken
from ..values import Quantity, decimal_is_comma, each_once, unit_named
from .fact_reader import SHARE, FactReader, shares_in, told_in
from .parts import compared, parts_of
from .skeleton import Fact, facts_of

_SAMPLE, _FIRST = 500, 50
_FEW = 5
"""Of fewer cells it is not told what they have in common."""
_WITH_DIGITS = 0.5
_PROSE = frozenset(
    "the a an is are was you your we our it its this that has have der die das ist ein eine le la les est une el los es"
    " un".split()
)
_OF_PROSE = 0.04
"""Of its words so many are articles, pronouns and the like."""
_MOSTLY = 0.6
_SHORT = 3
_GRADES, _AGAIN = 6, 3
"""So few values, each so often, are kinds, whatever they say."""
_PER = "per "


def with_facts(columns: Sequence[Column], cells: Mapping[str, Sequence[Any]]) -> list[Column]:
    """The columns of a table, behind each those that are taken from it. cells: as the file has them."""
    found: list[Column] = []
    names = {column.name.casefold() for column in columns}
    for column in columns:
        taken = _taken(column, cells.get(column.name, ()), names)
        names |= {one.name.casefold() for one in taken}
        found += [_beside(column, taken), *taken]
    return found


def _taken(column: Column, cells: Sequence[Any], names: set[str]) -> list[Column]:
    texts = [cell if isinstance(cell, str) else None for cell in cells]
    known = [cell for cell in texts if cell]
    aside, comma = column.kind == "number", decimal_is_comma(known[:_SAMPLE])
    facts = _facts(column, known, aside, comma)
    said = each_once(FactReader(facts, aside, comma).read, texts) if facts else []
    made = [
        one
        for fact, quantities in zip(facts, zip(*said, strict=True), strict=True)
        for one in _columns(column, fact, facts, quantities, names)
    ]
    return [*_of_shares(column, facts, texts, comma), *made]


def _facts(column: Column, known: Sequence[str], aside: bool, comma: bool) -> list[Fact]:
    """The facts that a column holds beside what it was taken for."""
    if column.kind == "image" or column.unit == "date" or len(known) < _FEW or says(column.name, "address"):
        return []
    sample = [told_in(cell, aside) for cell in known[:: max(1, len(known) // _SAMPLE)]]
    if not _may_hold(sample[:: max(1, len(sample) // _FIRST)]):
        return []
    facts = facts_of([parts_of(text, comma) for text in sample])
    if column.kind == "hidden":  # "4.20/kg" looks like a code
        return [fact for fact in facts if any(word.startswith(_PER) for word in (fact.unit, *fact.words))]
    return [fact for fact in facts if not aside or _is_another(fact, column)]


def _of_shares(column: Column, facts: Sequence[Fact], texts: Sequence[str | None], comma: bool) -> list[Column]:
    """What there are shares of, as values: "80% wool, 20% nylon" is of both."""
    if column.kind == "number" or sum(fact.unit == SHARE and bool(fact.words) for fact in facts) < 2:
        return []
    values = each_once(lambda cell: shares_in(cell, comma), texts)
    words = spoken(column.name, None)
    return [Column(f"{column.name} (parts)", "facet", values, words=words, source=column.name, told_by=(SHARE,))]


def _may_hold(cells: Sequence[str]) -> bool:
    """Whether some cells of a column look as if they held several things, and are no prose."""
    looked = [cell for cell in cells if any(c.isdigit() for c in cell)]
    words = [word.casefold() for cell in cells for word in cell.split()]
    return len(looked) >= _WITH_DIGITS * len(cells) and sum(word in _PROSE for word in words) < _OF_PROSE * len(words)


def _is_another(fact: Fact, column: Column) -> bool:
    """Whether a fact is not the amount of the column once more, in another unit."""
    unit, own = unit_named(fact.unit), unit_named(column.unit) if column.unit else None
    return fact.unit != column.unit and not (unit and own and unit.dimension == own.dimension)


def _columns(
    column: Column, fact: Fact, facts: Sequence[Fact], quantities: Sequence[Quantity | None], names: set[str]
) -> list[Column]:
    """The column of a fact: one, or two where it has ranges."""
    name = _name(column.name, fact, names)
    made = number_columns(name, quantities, quantities)
    words, told_by = _words(column, fact, facts), (fact.unit, *fact.words)
    return [replace(one, words=words, source=column.name, told_by=told_by) for one in made if one.kind == "number"]


def _name(source: str, fact: Fact, names: set[str]) -> str:
    """What people call it where words tell it, else the column's name with the unit."""
    own = set(map(compared, spoken(source, None)))
    counted = fact.unit if fact.unit.islower() and not unit_named(fact.unit) else ""
    said = " ".join(fact.words).casefold() or counted
    telling = any(compared(word) not in own for word in said.split())
    if len(said) >= _SHORT and telling and not said.startswith(_PER) and said not in names:
        return said
    return f"{source} ({said if said and telling else fact.unit})"


def _words(column: Column, fact: Fact, facts: Sequence[Fact]) -> tuple[str, ...]:
    """The words by which it is asked for: its own; and those of the column, if that is what they name there."""
    own = [word for part in fact.words for word in part.casefold().removeprefix(_PER).split()]
    label = [fact.unit.casefold()] if fact.unit.isalpha() and not unit_named(fact.unit) else []
    named = () if column.kind == "number" else spoken(column.name, None)
    called = [one for one in facts if _is_called(one, named)] or facts[:1]
    mine = [one for one in called if one.words or unit_named(one.unit)] or called[:1]
    return tuple(dict.fromkeys([*own, *label, *(named if fact in mine else ())]))


def _is_called(fact: Fact, named: Sequence[str]) -> bool:
    """Whether a fact is what a column is called: it has words of that, or none at all."""
    return not fact.words or bool(set(map(compared, fact.words)) & set(map(compared, named)))


def _beside(column: Column, taken: Sequence[Column]) -> Column:
    """A column from which others are taken: a text, if its values are nothing but that."""
    if not taken or column.kind not in ("facet", "name", "category"):
        return column
    lists = [value if isinstance(value, tuple) else (str(value),) for value in column.values if value is not None]
    values = [one for some in lists[:: max(1, len(lists) // _SAMPLE)] for one in some]
    if column.kind != "name" and len(set(values)) <= _GRADES and len(values) >= _AGAIN * len(set(values)):
        return column  # "Small, up to 25 lbs" is a size still
    alone = sum(bool(parts_of(value)) for value in values) < _MOSTLY * len(values)
    return column if alone else replace(column, kind="text", values=[_plain(value) for value in column.values])


def _plain(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, tuple) else value
