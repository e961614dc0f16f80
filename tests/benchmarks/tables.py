"""The tables of docs/benchmarks.md: every task of a folder, ours and all peers, with date and versions.

    python -m tests.benchmarks.tables BENCH_DIR [--split dev] [--kept DIR]

Prints Markdown. What is done is kept in a folder, so that an interrupted run goes on from there. The tasks are those of
`penchant evaluate`, with its defaults for every catalogue; the folders are named in TASKS.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from penchant.assistant import Settings
from penchant.assistant.evaluation.outcomes import outcomes_as_json
from penchant.assistant.evaluation.task import Progress as Progress
from penchant.assistant.evaluation.task import Task, evaluate

Figures = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """One line of the tables: a task, what is said of it, and what is changed for it."""

    name: str
    says: str
    folder: str
    catalogue: str = ""
    prior_weight: float | None = None
    folds: int = 0
    measure: str = "R@10"
    """The measure by which peers are compared."""


ROWS = (
    Row("opendialkg", "films and books by people, genres, titles", "opendialkg"),
    Row("cpcd", "music, many turns", "cpcd"),
    Row("recipe_mpr", "recipes by several aspects", "recipe_mpr", measure="nDCG@10"),
    Row("exclusion", '"A but not B"; films', "exclusion", "redial", measure="nDCG@10"),
    Row("rejection", "films, after a refusal", "rejection", "redial"),
    Row("redial", "films, chatty; no prior", "redial", prior_weight=0),
    Row("redial, votes", "prior .3: the catalogue's count of votes", "redial", prior_weight=0.3),
    Row(
        "redial, folds", "prior .3: liked in the dialogues of the other four folds", "redial", prior_weight=0.3, folds=5
    ),
)
COLUMNS = ("R@1", "R@10", "R@50", "nDCG@10", "interest coverage@10", "catalogue coverage@10", "popularity@10")
ONLY_SOME = ("violation@10", "candidates accuracy")
PACKAGES = ("penchant", "chromadb", "sentence-transformers", "bm25s", "ir-measures")


def measured(row: Row, bench: Path, split: str, kept: Path) -> Figures:
    """The figures of a row; played unless they are kept from before."""
    path = kept / f"{row.name}.json"
    if not path.is_file():
        items = bench / row.catalogue / "catalogue.jsonl.gz" if row.catalogue else None
        task = Task(bench / row.folder, split, items, None, None, row.prior_weight, row.folds, ("all",))
        outcomes = evaluate(task, Settings.from_environment(), None, quiet, partial(print, file=sys.stderr))
        path.write_text(json.dumps(outcomes_as_json(outcomes)), encoding="utf-8")
        print(f"{row.name} is done", file=sys.stderr)
    found: Figures = json.loads(path.read_text(encoding="utf-8"))
    return found


@contextmanager
def quiet(title: str) -> Iterator[Progress]:
    yield lambda done, total: None


def interval(figure: Mapping[str, float], signed: bool = False) -> str:
    form = "+.3f" if signed else ".3f"
    return f"{figure['mean']:{form}} [{figure['low']:{form}}, {figure['high']:{form}}]"


def ours(found: Mapping[str, Figures]) -> Iterator[str]:
    """One line for each row: means with their intervals."""
    yield f"| task | cases | {' | '.join(COLUMNS)} |"
    yield f"|{'---|' * (len(COLUMNS) + 2)}"
    for row in ROWS:
        figures = found[row.name]
        cells = [interval(figures[name]) if name in COLUMNS[:4] else mean(figures, name) for name in COLUMNS]
        more = "; ".join(f"{name} {interval(figures[name])}" for name in ONLY_SOME if name in figures)
        says = f"{row.says}; {more}" if more else row.says
        yield f"| {row.name} ({says}) | {figures['R@10']['cases']:,} | {' | '.join(cells)} |"


def mean(figures: Figures, name: str) -> str:
    return f"{figures[name]['mean']:.3f}" if name in figures else ""


def peers(found: Mapping[str, Figures]) -> Iterator[str]:
    """For each row ours and every peer's mean, the best peer in bold, and how far ours are above that one."""
    names = list(found[ROWS[0].name]["against"])
    yield f"| task | by | penchant | {' | '.join(names)} | above the best peer by |"
    yield f"|{'---|' * (len(names) + 4)}"
    for row in ROWS:
        against: Mapping[str, Any] = found[row.name]["against"]
        means = {name: against[name]["figures"][row.measure]["mean"] for name in names}
        best = max(means, key=lambda name: means[name])
        cells = [f"**{means[name]:.3f}**" if name == best else f"{means[name]:.3f}" for name in names]
        above = interval(against[best]["above"][row.measure], signed=True)
        mine = mean(found[row.name], row.measure)
        yield f"| {row.name} | {row.measure} | {mine} | {' | '.join(cells)} | {above} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--kept", type=Path, default=Path("/tmp/penchant-tables"))
    options = parser.parse_args()
    options.kept.mkdir(parents=True, exist_ok=True)
    found = {row.name: measured(row, options.bench, options.split, options.kept) for row in ROWS}
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"Split {options.split}, {date.today().isoformat()}; {versions}.\n")
    print("\n".join([*ours(found), "", *peers(found)]))


if __name__ == "__main__":
    main()
