"""People as what they teach, and who of them is in a step. Knows no model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

Pair = tuple[str, str, float]
"""A text, the text of an item, and how well they go together, in [0, 1]."""

People = Mapping[str, Sequence[Pair]]
"""Each person's pairs. They must come from this person alone: what others said must change nothing in them."""

_MOST = 16
"""Pairs of a person in one step; more are drawn from. What they promise does not depend on it."""


def drawn(people: People, rate: float, chance: torch.Generator) -> list[list[Pair]]:
    """The pairs of those in one step: each person is in it by a toss of their own, as the accountant assumes."""
    import torch

    tosses = torch.rand(len(people), generator=chance)
    return [_some(pairs, chance) for pairs, toss in zip(people.values(), tosses, strict=True) if toss < rate]


def _some(pairs: Sequence[Pair], chance: torch.Generator) -> list[Pair]:
    import torch

    places = torch.randperm(len(pairs), generator=chance)[:_MOST]
    return [pairs[int(n)] for n in places]
