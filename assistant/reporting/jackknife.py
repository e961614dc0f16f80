"""Intervals of figures of all pages together, which are no means over pages: Gini, the share that is never shown.

By a jackknife that leaves out a group of whole sessions at a time (Efron and Tibshirani 1993, chapter 11). A bootstrap
would not do: with some sessions drawn twice and others not at all, less is shown and Gini is higher in every draw.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from penchant.retriever.arrays import Floats

from ..evaluation import Figure
from .showings import Showings

GROUPS = 20
_T = 2.093
"""The 97.5 % point of Student's t with one degree of freedom less than there are groups."""

Statistic = Callable[[Floats], float]


def over_sessions(name: str, shown: Showings, statistic: Statistic) -> Figure:
    """A figure of the exposure of items, with its 95 % interval over sessions; no interval for fewer than two."""
    return _figure(name, statistic(shown.exposure), _without(shown, statistic), len(shown.pages))


def change_over_sessions(name: str, before: Showings, after: Showings, statistic: Statistic) -> Figure:
    """The difference of a figure between two lots of pages of the same sessions."""
    whole = statistic(after.exposure) - statistic(before.exposure)
    parts = _without(after, statistic) - _without(before, statistic)
    return _figure(name, whole, parts, len(after.pages))


def _figure(name: str, value: float, parts: Floats, count: int) -> Figure:
    groups = len(parts)
    spread = float(np.sqrt((groups - 1) / groups * ((parts - parts.mean()) ** 2).sum())) if groups > 1 else 0.0
    return Figure(name, value, value - _T * spread, value + _T * spread, count)


def _without(shown: Showings, statistic: Statistic) -> Floats:
    """The figure without each group of sessions, which are taken in turn in the order of their names."""
    names = sorted(set(shown.sessions))
    groups = min(GROUPS, len(names))
    if groups < 2:
        return np.zeros(0)
    of = {name: n % groups for n, name in enumerate(names)}
    page_groups = np.array([of[session] for session in shown.sessions])
    places = page_groups[np.searchsorted(shown.starts, np.arange(len(shown.rows)), side="right") - 1]
    parts = np.zeros((groups, shown.size))
    np.add.at(parts, (places, shown.rows), shown.parts)
    left = len(shown.pages) - np.bincount(page_groups, minlength=groups)
    return np.array([statistic(rest / n) for rest, n in zip(parts.sum(axis=0) - parts, left, strict=True)])
