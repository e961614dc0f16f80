"""Groups of items by what the catalogue knows of them: how popular, by whom, from when, in which language; and groups
that the owner names.

Knows fields. Knows nothing of what was shown, but for how much of it each item was.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from penchant.retriever import Catalogue, Interest, Item, PenchantError, matching
from penchant.retriever.arrays import Floats
from penchant.retriever.catalogue import Mask

DECLARED = "groups named by the owner"
POPULARITY = "popularity"
_TENTHS = 10
_SHOWN = 12
_LEAST = 3
"""A group of fewer items is not told of: what it gets is chance."""


@dataclass(frozen=True)
class Grouping:
    """What the groups are by, their names, and how much of each item of the catalogue belongs to each, from 0 to 1:
    (size, groups). others: how many more groups there are, whose exposure is nearer to their share."""

    by: str
    names: tuple[str, ...]
    membership: Floats
    others: int = 0


def groupings(catalogue: Catalogue, exposure: Floats, declared: Mapping[str, Mask]) -> list[Grouping]:
    """By the owner's groups, by popularity, and by each field that is fit for it: names, categories, and decades.

    exposure: (size,), by which the groups to be told of are chosen where there are many: those that get the most above
    or below their share.
    """
    schema, found = catalogue.schema, list[Grouping]()
    if declared:
        found.append(Grouping(DECLARED, tuple(declared), np.stack([*declared.values()], axis=1).astype(float)))
    if schema.prior:
        found.append(_tenths(catalogue))
    dated = [f.name for f in schema.fields if f.kind == "number" and f.unit in ("year", "date")]
    for name in schema.of("category", "name"):
        found += _by_values(catalogue, exposure, name, lambda item, name=name: item.values(name))  # type: ignore[misc]
    for name in dated:
        decades = _by_values(catalogue, exposure, name, lambda item, name=name: _decade(item, name))  # type: ignore[misc]
        found += map(_sorted, decades)
    return found


def _tenths(catalogue: Catalogue) -> Grouping:
    """Ten groups of as many items, the least popular first; fewer where many are as popular as each other."""
    column = catalogue.numbers[catalogue.schema.prior]
    known = ~np.isnan(column)
    edges = np.unique(np.quantile(column[known], np.arange(_TENTHS) / _TENTHS)) if known.any() else np.zeros(1)
    tenth = np.searchsorted(edges, column, side="right") - 1
    masks = {}
    for n in range(len(edges)):
        if (mask := known & (tenth == n)).any():
            low, high = column[mask].min(), column[mask].max()
            masks[f"{low:g}" if low == high else f"{low:g} to {high:g}"] = mask
    if not known.all():
        masks["unknown"] = ~known
    return Grouping(POPULARITY, tuple(masks), np.stack([*masks.values()], axis=1).astype(float))


def _decade(item: Item, name: str) -> tuple[str, ...]:
    year = item.number(name)
    return () if np.isnan(year) else (f"{int(year // 10 * 10)}s",)


def _by_values(
    catalogue: Catalogue, exposure: Floats, by: str, values: Callable[[Item], Sequence[str]]
) -> list[Grouping]:
    """None where no two groups are large enough. An item with several values belongs to each in equal part."""
    rows: dict[str, list[int]] = {}
    counts = np.zeros(len(catalogue))
    for row, item in enumerate(catalogue.items):
        own = dict.fromkeys(values(item))
        counts[row] = len(own)
        for value in own:
            rows.setdefault(value, []).append(row)
    part = 1 / np.maximum(counts, 1)
    surplus = {v: _surplus(part, exposure, held) for v, held in rows.items() if len(held) >= _LEAST}
    told = sorted(surplus, key=lambda value: -abs(surplus[value]))[:_SHOWN]
    if len(told) < 2:
        return []
    membership = np.zeros((len(catalogue), len(told)))
    for n, value in enumerate(sorted(told, key=lambda value: -surplus[value])):
        membership[rows[value], n] = part[rows[value]]
    names = tuple(sorted(told, key=lambda value: -surplus[value]))
    return [Grouping(by, names, membership, len(surplus) - len(told))]


def _surplus(part: Floats, exposure: Floats, rows: Sequence[int]) -> float:
    """How much more of the exposure some rows get than of the catalogue they are."""
    return float(part[rows] @ exposure[rows] - part[rows].sum() / len(exposure))


def _sorted(grouping: Grouping) -> Grouping:
    """The groups by name."""
    order = sorted(range(len(grouping.names)), key=lambda n: grouping.names[n])
    names = tuple(grouping.names[n] for n in order)
    return Grouping(grouping.by, names, grouping.membership[:, order], grouping.others)


def declared_groups(catalogue: Catalogue, said: Sequence[str], file: Path | None = None) -> dict[str, Mask]:
    """The owner's groups as masks of rows, by name: each of "FIELD=VALUE", and the tables of a TOML file:

        ["Directors from Asia"]
        country = ["Japan", "South Korea"]

    An item is in a table's group if it has one of the values. A number field's value may be a range (1990..1999).
    Raises PenchantError for what cannot be read, an unknown field, or a group that has no item.
    """
    tables = _tables(file) if file else {}
    for text in said:
        field, sign, value = text.partition("=")
        if not (field.strip() and sign and value.strip()):
            raise PenchantError(f"--group {text}: write FIELD=VALUE, such as country=Japan")
        tables[text] = {field.strip(): [value.strip()]}
    return {name: _mask(catalogue, name, values) for name, values in tables.items()}


def _tables(file: Path) -> dict[str, dict[str, list[str]]]:
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
        return {
            name: {field: list(map(str, v)) if isinstance(v, list) else [str(v)] for field, v in fields.items()}
            for name, fields in read.items()
        }
    except (OSError, ValueError, AttributeError) as error:
        raise PenchantError(
            f'{file}: not groups; write tables ["NAME"] with FIELD = VALUE in them ({error})'
        ) from error


def _mask(catalogue: Catalogue, name: str, fields: Mapping[str, Sequence[str]]) -> Mask:
    fit = catalogue.schema.of("facet", "name", "category", "number")
    mask = np.zeros(len(catalogue), dtype=bool)
    for field, values in fields.items():
        if field not in fit:
            raise PenchantError(f"group {name!r}: no field {field!r} can be asked for; there are: {', '.join(fit)}")
        for value in values:
            mask |= _holding(catalogue, name, field, value)
    if not mask.any():
        raise PenchantError(f"group {name!r}: no item of the catalogue is in it; see its values with: penchant inspect")
    return mask


def _holding(catalogue: Catalogue, name: str, field: str, value: str) -> Mask:
    try:
        return matching(Interest(field, value), catalogue)
    except ValueError as error:
        raise PenchantError(f"group {name!r}: {field}: {error}") from error
