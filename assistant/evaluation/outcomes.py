"""What came of a task: the figures of ours and of each peer, with what ours are above it, as a table and as JSON.

Knows nothing of how they were found, nor of where a task's files are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .metrics import Figure, as_json


@dataclass(frozen=True, slots=True)
class EvaluationOutcome:
    """The figures of one system, and for a peer what ours are above them, on the same dialogues."""

    system: str
    figures: list[Figure]
    differences: list[Figure] = field(default_factory=list)


Outcomes = Sequence[EvaluationOutcome]
"""Ours, and then each peer."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How ours stand on one task by one measure. `ahead`: above the best peer, by more than its interval; `behind`:
    the peers that are above ours by more than theirs."""

    ahead: bool
    behind: tuple[str, ...]


def standing(outcomes: Outcomes, measure: str) -> Standing:
    """Without peers neither ahead nor behind."""
    peers = _best_first(outcomes, measure)
    behind = tuple(peer.system for peer in peers if _named(peer.differences, measure).high < 0)
    return Standing(bool(peers) and _named(peers[0].differences, measure).low > 0, behind)


def summary(tasks: Mapping[str, Outcomes], measure: str) -> str:
    """On how many tasks a peer is above us, and on how many ours are above the best peer, by more than chance."""
    found = {name: standing(outcomes, measure) for name, outcomes in tasks.items()}
    behind = {name: f"{name} ({', '.join(one.behind)})" for name, one in found.items() if one.behind}
    ahead = [name for name, one in found.items() if one.ahead]
    return (
        f"{measure}, beyond the interval of the difference: some peer is above penchant on {len(behind)} of"
        f" {len(tasks)}{_list(behind.values())}; penchant is above the best peer on {len(ahead)}{_list(ahead)}."
    )


def summary_as_json(tasks: Mapping[str, Outcomes], measure: str) -> dict[str, Any]:
    found = {name: standing(outcomes, measure) for name, outcomes in tasks.items()}
    return {
        "measure": measure,
        "tasks": len(found),
        "behind": {name: list(one.behind) for name, one in found.items() if one.behind},
        "ahead": [name for name, one in found.items() if one.ahead],
    }


def table_of_tasks(tasks: Mapping[str, Outcomes], measure: str) -> str:
    """One measure on all tasks: ours, then the peers, the best first; what is more than chance is said in a word."""
    rows = {name: [outcomes[0], *_best_first(outcomes, measure)] for name, outcomes in tasks.items()}
    width = _width([measure, *rows, *(outcome.system for row in rows.values() for outcome in row)])
    lines = [_head(measure, width) + "  penchant is above by"]
    for name, row in rows.items():
        lines.append(name)
        lines += [_beside(outcome, measure, width, word=True) for outcome in row]
    return "\n".join(lines)


def table(outcomes: Outcomes) -> str:
    """The figures with their 95 % intervals, for the terminal; with peers, each measure of all systems together."""
    names = [figure.name for figure in outcomes[0].figures]
    width = _width([*names, *(outcome.system for outcome in outcomes)])
    if len(outcomes) == 1:
        return "\n".join([_head("", width), *(_row(f.name, f, width) for f in outcomes[0].figures)])
    lines = [f"{_head('', width)}  penchant's are above by"]
    for name in names:
        lines.append(name)
        lines += [_beside(o, name, width) for o in outcomes if any(f.name == name for f in o.figures)]
    return "\n".join(lines)


def outcomes_as_json(outcomes: Outcomes) -> dict[str, Any]:
    """Our figures by name, and under "against" those of each peer with the differences."""
    ours, *peers = outcomes
    against = {p.system: {"figures": as_json(p.figures), "above": as_json(p.differences)} for p in peers}
    return as_json(ours.figures) | ({"against": against} if against else {})


def _best_first(outcomes: Outcomes, measure: str) -> list[EvaluationOutcome]:
    """The peers."""
    return sorted(outcomes[1:], key=lambda peer: -_named(peer.figures, measure).mean)


def _named(figures: Sequence[Figure], name: str) -> Figure:
    return next(figure for figure in figures if figure.name == name)


def _list(names: Collection[str]) -> str:
    return f": {', '.join(names)}" if names else ""


def _width(names: Sequence[str]) -> int:
    return max(map(len, names)) + 2


def _head(title: str, width: int) -> str:
    return f"{title:{width}}    mean  95 % interval    cases"


def _beside(outcome: EvaluationOutcome, name: str, width: int, word: bool = False) -> str:
    """One system's row of a table with peers, with what ours are above it."""
    row = _row(f"  {outcome.system}", _named(outcome.figures, name), width)
    above = next((f for f in outcome.differences if f.name == name), None)
    if above is None:
        return row
    told = "  ahead" if above.low > 0 else "  behind" if above.high < 0 else ""
    return f"{row}  {above.mean:+.3f}  [{above.low:+.3f}, {above.high:+.3f}]{told if word else ''}"


def _row(name: str, figure: Figure, width: int) -> str:
    return f"{name:{width}}  {figure.mean:6.3f}  [{figure.low:.3f}, {figure.high:.3f}]  {figure.cases:6,}"
