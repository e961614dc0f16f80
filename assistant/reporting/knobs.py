"""What the owner's knobs of the search would change: the same people, shown pages with and without them, and what that
costs on the owner's own cases.

Knows the names of knobs and what is compared. Knows nothing of how pages are put in order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from penchant.retriever import CatalogueError, PenchantError, SearchConfig
from penchant.retriever.arrays import Floats
from penchant.retriever.progress import Progress

from ..assistant import Assistant
from ..evaluation import Case, Figure, Player, differences, find_file, judge, play, read_cases
from .jackknife import Statistic, change_over_sessions
from .measuring import Report, divergences, figure, least_shown
from .people import Person
from .showings import Showings, gini, never_shown
from .simulation import simulate

KNOBS = ("exposure", "calibration")
_MEASURE = "nDCG@10"

Bar = Callable[[str], AbstractContextManager[Progress]]


@dataclass(frozen=True, slots=True)
class ChangedMeasure:
    """A figure without and with the knobs, and the difference with its interval over people or cases."""

    name: str
    without: float
    with_knobs: float
    difference: Figure


@dataclass(frozen=True, slots=True)
class KnobComparison:
    """What some knobs change, in figures, for so many cases of the owner's."""

    knobs: tuple[tuple[str, float], ...]
    changes: tuple[ChangedMeasure, ...]
    cases: int


def read_knobs(said: Sequence[str]) -> dict[str, float]:
    """Knobs as "NAME=NUMBER". Raises PenchantError for an unknown one, or a number that is not from 0 to 1."""
    found = {}
    for text in said:
        name, _, value = text.partition("=")
        if name not in KNOBS:
            raise PenchantError(f"--knob {text}: no such knob; there are {' and '.join(KNOBS)}, as in exposure=0.1")
        try:
            found[name] = float(value)
        except ValueError as error:
            raise PenchantError(f"--knob {text}: write a number from 0 to 1 after =, as in {name}=0.1") from error
        if not 0 <= found[name] <= 1:
            raise PenchantError(f"--knob {text}: {value} is not from 0 to 1")
    return found


def cases_of(folder: Path) -> list[Case]:
    """The owner's cases, in the folder or in its `dev`. Raises CatalogueError if there are none."""
    inside = folder if any((folder / name).is_file() for name in ("cases.jsonl", "cases.jsonl.gz")) else folder / "dev"
    if not (cases := read_cases(find_file(inside, "cases.jsonl"))):
        raise CatalogueError(f"{inside}: no case has anything relevant")
    return cases


def with_knobs(config: SearchConfig, knobs: dict[str, float], report: Report, ids: Sequence[str]) -> SearchConfig:
    """The search with knobs; the least shown are those of the report."""
    least = tuple(ids[row] for row in least_shown(report.exposure))
    return replace(
        config,
        exposure=knobs.get("exposure", config.exposure),
        least_shown=least,
        calibration=knobs.get("calibration", config.calibration),
        calibrated=report.genres,
    )


def compare(
    assistant: Assistant,
    people: Sequence[Person],
    before: Showings,
    report: Report,
    knobs: dict[str, float],
    cases: Sequence[Case],
    bar: Bar,
) -> KnobComparison:
    """What the knobs change for the same people, and in nDCG@10 on the cases (which may be none)."""
    items = assistant.index.catalogue.items
    other = copy(assistant)
    other.search_config = with_knobs(assistant.search_config, knobs, report, [item.id for item in items])
    with bar("Simulating with the knobs") as progress:
        after = simulate(other, people, progress)
    changes = [*_of_pages(before, after, report, assistant), *(_cost(assistant, other, cases, bar) if cases else ())]
    return KnobComparison(tuple(knobs.items()), tuple(changes), len(cases))


def _of_pages(before: Showings, after: Showings, report: Report, assistant: Assistant) -> list[ChangedMeasure]:
    least = np.zeros((before.size, 1))
    least[least_shown(report.exposure)] = 1.0
    catalogue, name = assistant.index.catalogue, f"divergence of {report.genres} from tastes"
    drift = [divergences(pages, catalogue, report.genres) for pages in (before, after)]
    return [
        _whole("Gini of exposure", before, after, gini),
        _whole("share never shown", before, after, never_shown),
        _paired("exposure of the least shown half", before.by_page(least)[:, 0], after.by_page(least)[:, 0], before),
        *([_paired(name, drift[0], drift[1], before)] if report.calibration else []),
    ]


def _whole(name: str, before: Showings, after: Showings, statistic: Statistic) -> ChangedMeasure:
    change = change_over_sessions(name, before, after, statistic)
    return ChangedMeasure(name, statistic(before.exposure), statistic(after.exposure), change)


def _paired(name: str, without: Floats, with_them: Floats, pages: Showings) -> ChangedMeasure:
    """By page, of those that have a figure both ways: a person says the same at each turn, whatever is shown."""
    chosen = ~np.isnan(without) & ~np.isnan(with_them)
    sessions = [session for session, one in zip(pages.sessions, chosen, strict=True) if one]
    change = figure(name, (with_them - without)[chosen], sessions)
    return ChangedMeasure(name, float(without[chosen].mean()), float(with_them[chosen].mean()), change)


def _cost(assistant: Assistant, other: Assistant, cases: Sequence[Case], bar: Bar) -> list[ChangedMeasure]:
    found = []
    for one, name in ((assistant, "Playing the cases"), (other, "Playing the cases with the knobs")):
        with bar(name) as progress:
            found.append(judge(cases, play(Player(one), cases, None, "", progress), {}))
    without, with_them = found
    (change,) = [f for f in differences(cases, with_them, without) if f.name == _MEASURE]
    before, after = (float(np.mean([*values[_MEASURE].values()])) for values in (without, with_them))
    return [ChangedMeasure(f"{_MEASURE} on your cases", before, after, change)]
