"""Days that go by a name: "until Christmas". English and Chinese. Knows calendars."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from dateutil.easter import easter

_FIXED: Mapping[str, tuple[int, int]] = {
    r"christmas\s+eve|平安夜": (12, 24),
    r"christmas(?:\s+day)?|xmas|圣诞节?": (12, 25),
    r"boxing\s+day": (12, 26),
    r"new\s+year['’]?s\s+eve|跨年": (12, 31),
    r"(?:the\s+)?new\s+year(?:['’]?s(?:\s+day)?)?|元旦": (1, 1),
    r"valentine['’]?s(?:\s+day)?|情人节": (2, 14),
    r"halloween|万圣节": (10, 31),
    r"国庆节?": (10, 1),
}
_EASTER = r"easter(?:\s+sunday)?|复活节"
FEAST = rf"(?:{'|'.join(_FIXED)}|{_EASTER})"
"""Words of all of them."""


def next_feast(words: str, today: date) -> date | None:
    """The day that is called so, today or next; None if no day is."""
    if not (day := _day_of(words)):
        return None
    return next((found for year in (today.year, today.year + 1) if (found := day(year)) >= today), None)


def _day_of(words: str) -> Callable[[int], date] | None:
    if re.fullmatch(_EASTER, words, re.I):
        return easter
    fixed = next((day for name, day in _FIXED.items() if re.fullmatch(name, words, re.I)), None)
    return (lambda year: date(year, *fixed)) if fixed else None
