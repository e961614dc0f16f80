"""What people write where nothing is known. Knows nothing of columns."""

from __future__ import annotations

import math
from typing import Any

_WORDS = frozenset(
    r"""n/a|na|#n/a|nan|nat|null|none|nil|\n|unknown|undefined|tbd|tba|not available
    |not applicable|not specified|n.a|n.d.|n. d.|s.d.|o.j.|o. j.|undated|no date|-|--|---|–|—|?|??
    |.|k. a.|k.a.|keine angabe|unbekannt|inconnu|desconocido|无|未知|暂无|不详|[]|{}""".replace("\n    |", "|").split(
        "|"
    )
)
_LONGEST = 18
_WRAPPED = ("{}", "[]", "()", "<>")
_CLOSING = "}])>."


def is_missing(value: Any) -> bool:
    """Whether a cell says that nothing is known."""
    if isinstance(value, str):
        plain = value.strip()
        if not plain or len(plain) >= _LONGEST:
            return not plain
        return plain.casefold() in _WORDS or (plain[-1] in _CLOSING and _is_wrapped(plain.casefold()))
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return True
    return isinstance(value, list | tuple) and not any(not is_missing(one) for one in value)


def _is_wrapped(said: str) -> bool:
    """Such a word in brackets, or with a full stop: "{not specified}", "n/a."."""
    if said[-1] == ".":
        return said[:-1] in _WORDS
    return len(said) > 3 and said[0] + said[-1] in _WRAPPED and said[1:-1].strip() in _WORDS
