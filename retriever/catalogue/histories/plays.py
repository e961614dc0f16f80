"""Plays of one work summed up: who heard an album a hundred times has one album. Knows no service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .entry import Entry


def summed(entries: Iterable[Entry]) -> Sequence[Entry]:
    """One entry for each work, with how often it was played; where it stands is where it was first."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        key = entry.title.casefold(), entry.makers[0].casefold() if entry.makers else ""
        known = found.get(key, replace(entry, times=0))
        found[key] = replace(known, times=known.times + 1, ids=known.ids | entry.ids)
    return list(found.values())
