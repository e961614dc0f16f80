"""Yes and no in a column, in whichever words. Knows nothing of what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .each_once import each_once

_PAIRS = (
    ({"yes", "y"}, {"no", "n"}),
    ({"true", "t"}, {"false", "f"}),
    ({"ja", "j"}, {"nein", "n"}),
    ({"oui"}, {"non"}),
    ({"sí", "si"}, {"no"}),
    ({"是", "有"}, {"否", "无", "没有"}),
    ({"✓", "✔", "x", "1"}, {"✗", "✘", "0", "-", ""}),
)
YES, NO = "yes", "no"


def as_yes_no(values: Sequence[Any]) -> list[str | None] | None:
    """A column of yes and no as such, None where it is unknown; None if it is something else."""
    distinct = set(each_once(_plain, [value for value in values if value is not None]))
    for yes, no in _PAIRS:
        if len(distinct & yes) == 1 and len(distinct & no) >= 1 and distinct <= yes | no:
            plain = each_once(_plain, values)
            return [None if v is None else YES if said in yes else NO for v, said in zip(values, plain, strict=True)]
    return None


def yes_or_no(value: Any) -> str | None:
    """What one cell says; None if it is neither."""
    plain = _plain(value)
    return YES if any(plain in yes for yes, _ in _PAIRS) else NO if any(plain in no for _, no in _PAIRS) else None


def _plain(value: Any) -> str:
    if isinstance(value, float) and value in (0.0, 1.0):
        return str(int(value))
    return str(value).strip().casefold()
