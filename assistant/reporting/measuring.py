"""The figures of a report: exposure of items and groups, and how far genres are from tastes, with their intervals.

Intervals are bootstraps over sessions, as the pages of one person are alike. Knows pages and groups. Knows nothing of
where the pages come from, nor of words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from penchant.retriever import MENTION, Catalogue, PenchantError, Schema
from penchant.retriever.arrays import Floats
from penchant.retriever.catalogue import Mask, Rows, normalise
from penchant.retriever.metrics import interval
from penchant.retriever.ranking.reordering import (
    Distribution,
    divergence,
    exposure_of_places,
    genre_field,
    of_item,
    of_wants,
)
from penchant.retriever.ranking.reordering.distributions import mixed

from ..evaluation import Figure
from .groups import DECLARED, POPULARITY, Grouping, groupings
from .jackknife import over_sessions
from .showings import Page, Showings, Want, gini, never_shown

_FEW = 20
"""An interval over fewer sessions is too narrow to tell a difference by."""
_LEAST_SHOWN = 0.5
"""The least shown are so large a part of the items."""


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """A group, how many items it has, its share of the catalogue, its share of the exposure with its interval, and over
    how many sessions that is."""

    name: str
    items: int
    catalogue: float
    exposure: Figure
    sessions: int

    @property
    def times(self) -> float:
        """How many times its share of the catalogue its exposure is."""
        return self.exposure.mean / self.catalogue

    @property
    def apart(self) -> bool:
        """Whether the interval of its exposure lies off its share of the catalogue; never over a few sessions."""
        return self.sessions >= _FEW and not self.exposure.low <= self.catalogue <= self.exposure.high


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Groups by one thing; how many others are not told of; differences of `times` between two of them."""

    by: str
    groups: tuple[GroupFigure, ...]
    others: int
    differences: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What some pages come to. source: where they are from; notes: what is to be known of them.

    gini: of the exposure of items. unshown: the share of the catalogue that was on no page. calibration: the mean
    divergence of a page's genres (in `genres`, a field) from the taste; None where no taste is known. exposure: of each
    item, shape (size,).
    """

    source: str
    sessions: int
    pages: int
    items: int
    gini: Figure
    unshown: Figure
    genres: str
    calibration: Figure | None
    tables: tuple[GroupTable, ...]
    exposure: Floats
    notes: tuple[str, ...] = ()


def measured(
    showings: Showings,
    catalogue: Catalogue,
    source: str,
    declared: Mapping[str, Mask],
    genres: str,
    notes: Sequence[str] = (),
) -> Report:
    """The report of some pages. declared: the owner's groups; genres: the field to hold against tastes."""
    exposure = showings.exposure
    drift = divergences(showings, catalogue, genres)
    known, sessions = ~np.isnan(drift), len(set(showings.sessions))
    few = f"Intervals over fewer than {_FEW} sessions are too narrow to trust, so no group is marked."
    whose = [session for session, one in zip(showings.sessions, known, strict=True) if one]
    return Report(
        source,
        sessions,
        len(showings.pages),
        showings.size,
        over_sessions("gini", showings, gini),
        over_sessions("unshown", showings, never_shown),
        genres,
        figure(f"divergence of {genres} from tastes", drift[known], whose) if known.any() else None,
        tuple(_table(showings, one) for one in groupings(catalogue, exposure, declared)),
        exposure,
        (*notes, *([few] if sessions < _FEW else [])),
    )


def figure(name: str, values: Floats, sessions: Sequence[str]) -> Figure:
    """The mean of values (n,) of pages, with its interval over sessions."""
    low, high = interval(values, sessions)
    return Figure(name, float(values.mean()), float(low), float(high), len(values))


def genres_of(schema: Schema, named: str = "") -> str:
    """The field to hold against tastes: the one named, else the likeliest. Raises PenchantError for an unknown one."""
    facets = schema.of("facet", "category", "name")
    if named and named not in facets:
        raise PenchantError(f"--genres {named}: no such field of values; there are: {', '.join(facets)}")
    return named or genre_field(schema)


def least_shown(exposure: Floats) -> Rows:
    """The half of the items that get the least, in the order of the catalogue."""
    return np.sort(np.argsort(exposure, kind="stable")[: int(_LEAST_SHOWN * len(exposure))])


def _table(showings: Showings, grouping: Grouping) -> GroupTable:
    shares = grouping.membership.mean(axis=0)
    by_page = showings.by_page(grouping.membership)
    low, high = interval(by_page, showings.sessions)
    means, pages, sessions = by_page.mean(axis=0), len(showings.pages), len(set(showings.sessions))
    figures = tuple(
        GroupFigure(
            name,
            int(np.count_nonzero(grouping.membership[:, n])),
            float(shares[n]),
            Figure(name, float(means[n]), float(low[n]), float(high[n]), pages),
            sessions,
        )
        for n, name in enumerate(grouping.names)
    )
    differences = tuple(_differences(grouping, by_page / shares, showings.sessions))
    return GroupTable(grouping.by, figures, grouping.others, differences)


def _differences(grouping: Grouping, times: Floats, sessions: Sequence[str]) -> list[Figure]:
    """How many times more of its share one group gets than another: of each two of the owner's, and of the most and the
    least popular."""
    pairs = {
        DECLARED: list(combinations(range(len(grouping.names)), 2)),
        POPULARITY: [(len(grouping.names) - 1, 0)] if len(grouping.names) > 1 else [],
    }
    names = grouping.names
    return [
        figure(f"{names[one]} less {names[other]}", times[:, one] - times[:, other], sessions)
        for one, other in pairs.get(grouping.by, [])
    ]


def divergences(showings: Showings, catalogue: Catalogue, field: str) -> Floats:
    """How far the genres of each page are from what is wanted on it, (pages,); not a number where no taste is known."""
    tastes = _Tastes(catalogue, field)
    return np.array([tastes.divergence(page) for page in showings.pages])


class _Tastes:
    """What is wanted as distributions over a field; what a want means is reckoned once."""

    def __init__(self, catalogue: Catalogue, field: str) -> None:
        self._catalogue = catalogue
        self._field = field
        self._known: dict[tuple[str, str], Distribution] = {}

    def divergence(self, page: Page) -> float:
        taste = mixed((self._of(want), want.weight) for want in page.wants)
        if not taste:
            return float("nan")
        items = (self._catalogue.items[row] for row in page.rows)
        parts = exposure_of_places(len(page.rows)).tolist()
        shown = mixed((of_item(item, self._field), part) for item, part in zip(items, parts, strict=True))
        return divergence(taste, shown)

    def _of(self, want: Want) -> Distribution:
        key = want.facet, want.value
        if key not in self._known:
            self._known[key] = of_wants(self._catalogue, self._field, [(self._rows(want), 1.0)])
        return self._known[key]

    def _rows(self, want: Want) -> Rows:
        catalogue = self._catalogue
        if want.facet == MENTION:
            return np.array([catalogue.row[want.value]] if want.value in catalogue.row else [], dtype=np.int64)
        return catalogue.postings.get(want.facet, {}).get(normalise(want.value), np.zeros(0, dtype=np.int64))
