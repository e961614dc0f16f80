"""What people write where nothing is known. Knows nothing of columns."""

from __future__ import annotations

import math
from typing import Any

_WORDS = frozenset(
    r"""n/a|na|#n/a|nan|nat|null|none|nil|\n|unknown|undefined|tbd|tba|not available
    |not applicable|not specified|n.d.|n. d.|s.d.|o.j.|o. j.|undated|no date|{not specified}|-|--|---|–|—|?|??
    |.|k. a.|k.a.|keine angabe|unbekannt|inconnu|desconocido|无|未知|暂无|不详|[]|{}""".replace("\n    |", "|").split(
        "|"
    )
)


def is_missing(value: Any) -> bool:
    """Whether a cell says that nothing is known."""
    if isinstance(value, str):
        return not (plain := value.strip()) or (len(plain) < 15 and plain.casefold() in _WORDS)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return True
    return isinstance(value, list | tuple) and not any(not is_missing(one) for one in value)
