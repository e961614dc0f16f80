"""Measures what the assistant would have shown in recorded conversations (see replay), with intervals.

Knows nothing of how the assistant ranks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from penchant.retriever.metrics import Judgements, interval, judged

from .replay import Case, Player, Run

_MEASURES = ("R@1", "R@10", "R@50", "nDCG@10", "RR")


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over cases with its 95 % interval (bootstrap over dialogues), and the number of cases."""

    name: str
    mean: float
    low: float
    high: float
    cases: int


def measure(cases: Sequence[Case], run: Run, prior: Mapping[str, float], size: int) -> list[Figure]:
    """The figures of a run. `prior` maps items to popularity in [0, 1]; `size` is that of the catalogue."""
    return [*summarise(cases, judge(cases, run, prior)), catalogue_coverage(run, size)]


def judge(cases: Sequence[Case], run: Run, prior: Mapping[str, float]) -> Judgements:
    """What a run is worth in each case, by measure."""
    relevant = {case.id: case.relevant for case in cases}
    values = judged(_MEASURES, relevant, {name: dict(ranking) for name, ranking in run.items()})
    violating = [case for case in cases if case.violating]
    if violating:
        values["violation@10"] = {c.id: _share(run[c.id][:10], c.violating) for c in violating}
    values["popularity@10"] = {
        c.id: float(np.mean([prior.get(i, 0.0) for i, _ in run[c.id][:10]] or [0.0])) for c in cases
    }
    return values


def catalogue_coverage(run: Run, size: int) -> Figure:
    """The share of a catalogue of that size that is among the first ten of any case; it has no interval."""
    shown = len({item for ranking in run.values() for item, _ in ranking[:10]}) / size
    return Figure("catalogue coverage@10", shown, shown, shown, len(run))


def joined(parts: Sequence[Judgements]) -> Judgements:
    """The judgements of several sets of cases as one."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: {case: v for part in parts for case, v in part.get(name, {}).items()} for name in names}


def coverage(cases: Sequence[Case], run: Run, player: Player) -> Judgements:
    """How much of what was wanted the first ten items hold; empty if nothing was wanted in the catalogue's values."""
    found = {case.id: player.covered(case, run[case.id]) for case in cases}
    covered = {case_id: value for case_id, value in found.items() if value is not None}
    return {"interest coverage@10": covered} if covered else {}


def accuracy(cases: Sequence[Case], choose: Callable[[Case], str]) -> Judgements:
    """How often the first of a case's candidates is relevant; empty if no case has candidates."""
    chosen = {c.id: float(choose(c) in c.relevant) for c in cases if c.candidates}
    return {"candidates accuracy": chosen} if chosen else {}


def summarise(cases: Sequence[Case], judgements: Judgements) -> list[Figure]:
    """The mean of each measure with its interval."""
    dialogs = {case.id: case.dialog for case in cases}
    return [_figure(name, by_case, dialogs) for name, by_case in judgements.items()]


def differences(cases: Sequence[Case], ours: Judgements, theirs: Judgements) -> list[Figure]:
    """Ours less theirs, case by case: the interval is that of the paired bootstrap, both on the same dialogues."""
    shared = {name: values for name, values in ours.items() if name in theirs}
    return summarise(cases, {n: {c: v - theirs[n][c] for c, v in values.items()} for n, values in shared.items()})


def _share(ranking: Sequence[tuple[str, float]], items: frozenset[str]) -> float:
    return sum(item in items for item, _ in ranking) / max(1, len(ranking))


def _figure(name: str, by_case: Mapping[str, float], dialogs: Mapping[str, str]) -> Figure:
    """The mean over cases, and its interval over dialogues."""
    values = np.array([*by_case.values()])
    low, high = interval(values, [dialogs[case] for case in by_case])
    return Figure(name, float(values.mean()), float(low), float(high), len(by_case))


def as_json(figures: Sequence[Figure]) -> dict[str, Any]:
    return {f.name: {"mean": f.mean, "low": f.low, "high": f.high, "cases": f.cases} for f in figures}
