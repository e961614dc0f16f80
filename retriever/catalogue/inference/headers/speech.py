"""How people speak of a column, by its name: the words that they ask for it by, and what they call it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...values import Unit, unit_named
from .concepts import says
from .joined import concepts
from .units import BRACKETED, header_rate, last_unit
from .wording import words_of

_DOTTED = re.compile(r"^(?:\w+\.)+(?=\w)")
_SHORT = 3
_FULL = {
    "accel": "acceleration",
    "avg": "average",
    "desc": "description",
    "diam": "diameter",
    "dist": "distance",
    "dur": "duration",
    "elev": "elevation",
    "ht": "height",
    "len": "length",
    "qty": "quantity",
    "temp": "temperature",
    "vol": "volume",
    "wt": "weight",
    "yr": "year",
}
"""Words that names of columns cut short, as nobody does in speech; none that is a word itself ("cap", "pop")."""
_CALLED = {"economy": ("mileage", "mpg")}
"""How people call what a dimension measures, whatever the column is called."""


_DENSITY = ("density", "densely")
"""What is asked for where a column has so many to an area: "people per km2"."""


def _is_density(per: Sequence[str]) -> bool:
    """Whether words are "per" and a unit of area: "km2" is two of them, and so is "sq km"."""
    if per[:1] != ["per"]:
        return False
    units = [unit_named(joint.join(per[1:end])) for end in (2, 3, 4) for joint in ("", " ")]
    return any(unit is not None and unit.dimension == "area" for unit in units)


def spoken_name(name: str) -> str:
    """A column's name as one speaks of it: "size" for "size_sqm", "Author" for "Author (last, first)", "district" for
    "address.district"."""
    bare = BRACKETED.sub("", _DOTTED.sub("", name)).replace("_", " ").strip() or name
    *led, last = bare.split() or [name]
    known = unit_named(last) if "_" in name or len(last) < _SHORT else None
    measured = (
        known is not None and "per" not in led and not all(says(word, "low") or says(word, "high") for word in led)
    )
    return " ".join(led if measured else [*led, last])


def spoken(name: str, unit: Unit | None, apart: Iterable[str] = ("counting", "low", "high")) -> tuple[str, ...]:
    """The words by which people ask for a column: "pages" for "Number of Pages", "price" for "price per night",
    "distance" beside "dist" for "dist_km".

    Its unit is none of them; what is of so many to one is also asked for by its initials ("mpg").
    """
    set_apart = [concepts()[concept] for concept in apart]
    bare = BRACKETED.sub("", name.removesuffix(header_rate(name))).rsplit(".", 1)[-1] or name
    words = words_of(bare)
    apart_from = next((n for n, word in enumerate(words) if n and word in ("per", "for")), len(words))
    short = ["".join(word[0] for word in words)] if words[1:2] == ("per",) and not says(name, "price") else []
    words = words[:apart_from]
    kept = [w for w in words if not any(w in known for known in set_apart) and w not in ("the", "in", "per", "a")]
    if unit and len(kept) > 1:
        kept = [word for word in kept if unit not in (unit_named(word), last_unit(word))] or kept
    said = [*(kept or words), *short, *(_CALLED.get(unit.dimension, ()) if unit else ())]
    said += _DENSITY if _is_density([*words_of(bare)[apart_from:]]) else ()
    return tuple(dict.fromkeys(one for word in said for one in (_FULL.get(word, word), word)))
