"""The words of a column's name, and what they tell of it. Knows nothing of values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

from ..values import Unit, unit_named

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+|[%€$£¥\"]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BRACKETED = re.compile(r"[(\[]([^)\]]{1,12})[)\]]")
_PER = re.compile(r"(?<=[^\W_])[\s_\-.]+per[\s_\-.].*", re.I)
_RATE = re.compile(r"(?:^|(?<=[\s_(\[]))([^\W\d_]{1,10}/\d{0,4}\s?[^\W\d_]{1,6})[)\]]?\s*$")
_DOTTED = re.compile(r"^(?:\w+\.)+(?=\w)")
_COMPOUNDED = 5
_SHORT = 3
_SPOKEN = ("time", "length", "energy", "storage", "area")
"""Dimensions of which a unit alone may be a column's name: "Inches", "calories"; a currency's code may too."""
_NOT_UNITS = frozenset(("min", "in", "m", "t", "l", "no", "go", "y", "s", "h", "cal", "try", "pen", "cop", "pounds"))
"""Words that mean something else in a name, unless they stand in brackets or last."""
_BOUNDED = ("age", "price", "heads", "mass", "volume", "power", "rank", "rating", "year")
"""Concepts of what has a least and a most, and takes no time."""
_MEASURED = ("mass", "length", "volume", "power")
"""Dimensions whose words in a name are in headers.toml."""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case: "Year Published", "num_players" and "pageCount" have two each."""
    return tuple(word.casefold() for word in _WORD.findall(name))


@cache
def _concepts() -> Mapping[str, frozenset[str]]:
    text = (
        resources.files("penchant.retriever.catalogue.inference").joinpath("headers.toml").read_text(encoding="utf-8")
    )
    return {concept: frozenset(words.split()) for concept, words in tomllib.loads(text).items()}


def says(name: str, concept: str) -> bool:
    """Whether a name speaks of a concept of headers.toml."""
    known = _concepts()[concept]
    words = words_of(name)
    if known.intersection(words) or name.strip().casefold() in known:
        return True
    if any(word.endswith(end) for word in words for end in known if len(end) >= _COMPOUNDED and word != end):
        return True  # "Verkaufspreis", "metascore"
    return bool(_HAN.search(name)) and any(_HAN.search(word) and word in name for word in known if len(word) > 1)


def says_place(name: str) -> bool:
    """Whether a column of names is of languages, countries or parts of these, and names no people. The `state` of
    what is no name may be that it is new."""
    return says(name, "place") or says(name, "state")


def is_only(name: str, *concepts: str) -> bool:
    """Whether a name has no other words than those of some concepts."""
    words = words_of(name)
    return bool(words) and frozenset().union(*(_concepts()[concept] for concept in concepts)).issuperset(words)


def header_unit(name: str) -> Unit | None:
    """The unit that a name states: in brackets ("Weight (kg)"), as its last word ("price_euros"), or alone ("eur").

    "hours_per_week" are hours, and a "price_kg" is no mass. One letter is a unit of what the name measures: "weight_g".
    """
    if bracket := _BRACKETED.search(name):
        return unit_named(bracket[1]) or unit_named(bracket[1].rstrip("."))
    if header_rate(name):
        return unit_named(header_rate(name))
    name = _PER.sub("", name)
    found = _bare_unit(name)
    return None if found and found.dimension != "money" and says(name, "price") else found


def header_rate(name: str) -> str:
    """The rate that a name ends in ("l/100km"), one unit to so much of another; empty if it states none."""
    found = _RATE.search(name)
    return found[1] if found and unit_named(found[1].partition("/")[0]) else ""


def spoken_name(name: str) -> str:
    """A column's name as one speaks of it: "size" for "size_sqm", "Author" for "Author (last, first)", "district" for
    "address.district"."""
    bare = _BRACKETED.sub("", _DOTTED.sub("", name)).replace("_", " ").strip() or name
    *led, last = bare.split() or [name]
    known = unit_named(last) if "_" in name or len(last) < _SHORT else None
    measured = known is not None and not all(says(word, "low") or says(word, "high") for word in led)
    return " ".join(led if measured else [*led, last])


def _bare_unit(name: str) -> Unit | None:
    written = re.split(r"[\s_\-.]+", name.strip())
    if len(written) > 1 and (unit := unit_named(" ".join(written[-2:]))):
        return unit  # "sq ft" are no feet
    last = written[-1]
    if last != name.strip() and not _is_a_least(written) and len(last) > 1 and (unit := unit_named(last)):
        return unit
    words = list(words_of(name))
    if _is_a_least(words):
        return None
    if len(words) < 2:
        return next((unit for word in words if (unit := _alone(word))), None)
    if unit := unit_named(words[-1]):
        return unit if len(words[-1]) > 1 or _measures(words[:-1], unit.dimension) else None
    first = unit_named(words[0])
    return first if first and words[0] not in _NOT_UNITS and len(words[0]) > 1 else None


def _is_a_least(words: Sequence[str]) -> bool:
    """Whether the words of a name end in the least of what is no time: "Age min", and not "Wait min"."""
    led = " ".join(words[:-1])
    return words[-1:] in (["min"], ["Min"]) and any(says(led, concept) for concept in _BOUNDED)


def _measures(words: Sequence[str], dimension: str) -> bool:
    """Whether words of a name, also cut short ("elev"), are of a dimension."""
    known = _concepts()[dimension] if dimension in _MEASURED else frozenset()
    return any(one == word or (len(word) > _SHORT and one.startswith(word)) for word in words for one in known)


def _alone(word: str) -> Unit | None:
    """The unit that is a whole name."""
    unit = None if word in _NOT_UNITS else unit_named(word)
    if unit is None or (unit.dimension == "money" and word != unit.name.casefold()):
        return None
    return unit if unit.dimension == "money" or (unit.dimension in _SPOKEN and len(word) > _SHORT) else None


def spoken(name: str, unit: Unit | None, apart: Iterable[str] = ("counting", "low", "high")) -> tuple[str, ...]:
    """The words by which people ask for a column: "pages" for "Number of Pages", "price" for "price per night".

    Its unit is none of them.
    """
    concepts = [_concepts()[concept] for concept in apart]
    bare = _BRACKETED.sub("", name.removesuffix(header_rate(name))).rsplit(".", 1)[-1] or name
    words = words_of(bare)
    apart_from = next((n for n, word in enumerate(words) if n and word in ("per", "for")), len(words))
    words = words[:apart_from]
    kept = [w for w in words if not any(w in known for known in concepts) and w not in ("the", "in", "per", "a")]
    if unit and len(kept) > 1:
        kept = [word for word in kept if unit_named(word) != unit] or kept
    return tuple(dict.fromkeys(kept or words))
