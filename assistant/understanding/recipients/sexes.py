"""Whose sex a field says: that of the items themselves (pets, coaches) or of who made them (artists). "Men" and
"Unisex" are those who use a thing, and no such sex.

By the values, and by what else is the same wherever a maker is; a name tells of makers only. Knows one catalogue.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from penchant.retriever import Catalogue
from penchant.retriever.catalogue.inference import says
from penchant.retriever.catalogue.kinds import BOTH

_ONE = {
    "male": frozenset(("male", "man", "boy", "m")),
    "female": frozenset(("female", "woman", "girl", "f")),
}
"""What one of a sex is called in a cell; those who use things stand there as many: "Men", "Women's"."""
_WORD = re.compile(r"[^\W\d_]+")
_MOST_VALUES = 12
_TOLD = 0.5
"""Of the rows, so many say a sex."""
_AGAIN, _NEARLY = 5, 0.95
"""Rows in which a maker is there again, and how many of these agree with the first."""


@dataclass(frozen=True, slots=True)
class SexField:
    """A field of sexes, its values by the sex that they say, and whether it is the maker's and not the item's own."""

    name: str
    values: Mapping[str, tuple[str, ...]]
    of_maker: bool


def sex_fields(catalogue: Catalogue) -> Iterator[SexField]:
    """The fields that say of what sex the items, or those who made them, are."""
    for name in catalogue.schema.of("facet", "category", "name"):
        counts = catalogue.value_counts[name]
        known = {value: sex for value in counts if (sex := _sex_of(value))} if len(counts) <= _MOST_VALUES else {}
        told = sum(counts[value] for value in known)
        if set(known.values()) != BOTH or told < _TOLD * sum(counts.values()) or _is_for_both(counts):
            continue
        values = {sex: tuple(value for value, one in known.items() if one == sex) for sex in BOTH}
        yield SexField(name, values, says(name, "people") or _goes_with_makers(name, catalogue))


def _sex_of(value: str) -> str | None:
    """The sex that a value says of one: "Neutered male", "F"; None of "Men" and of both."""
    words = {word.casefold() for word in _WORD.findall(value)}
    said = [sex for sex, known in _ONE.items() if words & known]
    single = len(words) == 1 or not words & {"m", "f"}
    return said[0] if len(said) == 1 and single and "s" not in words else None


def _is_for_both(counts: Mapping[str, int]) -> bool:
    """Whether some value is for whoever it may be, as no animal and no artist is: "unisex"."""
    return any(value.casefold().startswith(("unisex", "everyone", "all ")) for value in counts)


def _goes_with_makers(name: str, catalogue: Catalogue) -> bool:
    """Whether another field names people, and one of them is of one sex wherever there is more of theirs."""
    makers = (field for field in catalogue.schema.of("name", "facet") if field != name and says(field, "people"))
    return any(_goes_with(name, maker, catalogue) for maker in makers)


def _goes_with(name: str, maker: str, catalogue: Catalogue) -> bool:
    known: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for item in catalogue.items:
        if item.values(maker) and item.values(name):
            known[item.values(maker)].append(item.values(name))
    again = sum(len(sexes) - 1 for sexes in known.values())
    agree = sum(sexes.count(sexes[0]) - 1 for sexes in known.values())
    return again >= _AGAIN and agree >= _NEARLY * again
