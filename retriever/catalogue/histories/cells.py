"""Cells of a history: ratings in numbers, stars and thumbs, years, names, dates.

Knows nothing of services.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..values import as_dates, as_epochs, is_missing, plain_text

_OUT_OF = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/|out of|von|sur)\s*(\d+)", re.I)
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_STARS = re.compile(r"[★⭐🌟✭✮*]")
_HALF = "½"
_GOOD = re.compile(r"[👍❤♥💚💙💜😍🥰]|\b(?:like|liked|love|loved|yes|up)\b")
_BAD = re.compile(r"[👎💔😡🤮]|\b(?:dislike|disliked|hate|hated|no|down)\b")
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")
_BEHIND = re.compile(r"\s*[,;]\s*|\s+(?:feat\b\.?|ft\.|featuring)\s*", re.I)
_BESIDE = re.compile(r"\s*(?:[/&]|\s\+\s|\band\b)\s*")
_SCALES = (1, 5, 10, 100)


def rating_of(value: Any) -> tuple[float, float] | None:
    """A rating and the best there is, 0 if the cell does not say; None where nothing is rated."""
    if is_missing(value) or isinstance(value, list | tuple | bool):
        return None
    if isinstance(value, int | float):
        return float(value), 0
    text = str(value).strip()
    for form, best in ((_OUT_OF, None), (_PERCENT, 100.0)):
        if found := form.search(text):
            return _float(found[1]), best or _float(found[2])
    stars = len(_STARS.findall(text)) + (_HALF in text) / 2
    if stars and not any(c.isdigit() and c != _HALF for c in text):
        return stars, 5
    if _HALF in text and (found := _NUMBER.search(text)):
        return _float(found[0]) + 0.5, 5
    if found := _NUMBER.search(text):
        return _float(found[0]), 0
    plain = text.casefold()
    return (0, 1) if _BAD.search(plain) else (1, 1) if _GOOD.search(plain) else None


def scale_of(values: Sequence[tuple[float, float] | None]) -> float:
    """The best rating of a column whose cells do not say: the least usual scale that holds them all."""
    most = max((value for found in values if found and not found[1] for value in found[:1]), default=0.0)
    return next((float(best) for best in _SCALES if most <= best), most)


def year_of(value: Any) -> int:
    """The year in a cell, 0 if there is none."""
    if is_missing(value):
        return 0
    try:
        whole = float(str(value))
    except ValueError:
        found = _YEAR.search(str(value))
        return int(found[0]) if found else 0
    return int(whole) if 100 <= whole <= 2100 else 0


def text_in(value: Any) -> str:
    """A cell as words on one line."""
    if is_missing(value):
        return ""
    parts = value if isinstance(value, list | tuple) else [value]
    return " ".join(", ".join(plain_text(str(part)) for part in parts if not is_missing(part)).split())


def names_in(value: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who made it by a cell, and who stands behind them. Who is named first counts, as a whole and one by one: "Simon
    & Garfunkel" are one, and two. A whole list may be one name: "Herbert, Frank"."""
    if not (text := text_in(value)):
        return (), ()
    first, *rest = _BEHIND.split(text)
    return tuple(dict.fromkeys((text, *_each(first)))), tuple(name for part in rest for name in _each(part))


def _each(text: str) -> list[str]:
    return [part for part in dict.fromkeys((text, *_BESIDE.split(text))) if len(part) > 1]


def dates_in(values: Sequence[Any]) -> list[str]:
    """A column's dates as ISO texts, seconds and milliseconds since 1970 too; empty where there is none."""
    known = [None if is_missing(value) else value for value in values]
    return [found or "" for found in as_epochs(known) or as_dates(known) or [None] * len(known)]


def is_said(value: Any) -> bool:
    """Whether a cell says yes: it is filled, and neither 0 nor no."""
    return not is_missing(value) and str(value).strip().casefold() not in ("0", "0.0", "no", "false")


def amount_in(value: Any) -> float:
    """The number in a cell, 0 if there is none."""
    found = None if is_missing(value) else _NUMBER.search(str(value))
    return _float(found[0]) if found else 0.0


def _float(text: str) -> float:
    return float(text.replace(",", "."))
