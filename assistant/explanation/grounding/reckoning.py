"""Numbers that a sentence works out from those of rows: "comes to seventy-six" of 38 a head for two, "43 each".

Only where it says that something comes out. Knows products, quotients and sums of a row's number and a count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...understanding.quantities.amounts import Amount, amounts
from ...understanding.quantities.number_field import NumberField, in_unit
from ...understanding.quantities.number_fields import NumberFields
from ..evidence import Reading, Row

_COMES_OUT = re.compile(
    r"\b(?:(?:comes?|amounts?|adds?\s+up)\s+to|that(?:['’]s|\s+is)|that\s+makes|(?:would|will)\s+be|makes?|gives?\s+you)"
    r"\s+(?:about\s+|around\s+|just\s+|only\s+|some\s+|roughly\s+)?$",
    re.I,
)
_SHARED = re.compile(r"\s*(?:\w+\s+)?(?:each|apiece|a\s+head|per\s+\w+|in\s+all|in\s+total|altogether)\b", re.I)
_CLOSE, _ROUGH = 0.005, 0.05


def is_reckoned(reading: Reading, amount: Amount, fields: NumberFields, text: str) -> bool:
    """Whether a number that comes out is one of those that can."""
    if not (_COMES_OUT.search(text[: amount.first]) or _SHARED.match(text, amount.last)):
        return False
    counts = {a.low for a in amounts(text, frozenset()) if a.first != amount.first}
    counts |= {float(len(reading.rows)), *reading.said.numbers} - {0.0}
    close = _ROUGH if amount.sign == "~" else _CLOSE
    return any(
        abs(value - wanted) <= close * abs(wanted)
        for field in fields.fields.values()
        if (wanted := in_unit(amount.low, amount.unit, field))
        for value in _outcomes(reading.rows, field, counts)
    )


def _outcomes(rows: Sequence[Row], field: NumberField, counts: set[float]) -> Iterator[float]:
    """The sum over the rows, and each row's number so many times, or shared by so many."""
    values = [row.number(field.name) for row in rows]
    if len(values) > 1:
        yield sum(values)
    for value in values:
        yield from (value * count for count in counts)
        yield from (value / count for count in counts if count > 1)
