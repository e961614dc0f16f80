"""Rows of people's exports against the demo: which item each is, by label, and what the import makes of it.

    python -m tests.benchmarks.matching [--export NAME ...] [--data DIR] [--show] [--left-out]

A folder has the exports and labels.jsonl (export, row, title, item or null, ask). Precision: of the rows that were
matched, those to the right item. Recall: of the rows that are in the catalogue and that a careful person is sure of,
those that were matched rightly; and with those that were asked where the right item was among the offered. Rows that a
careful person would ask about (`ask`) are counted apart. --show prints what went otherwise, row by row. --left-out:
each row that is held against a demo without its item (and without others: an eighth of all at a time), where whatever
is matched is matched wrongly.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from penchant.retriever import Catalogue, CatalogueError
from penchant.retriever.catalogue.histories import Entry, read_history
from penchant.retriever.catalogue.matching import Match, Matcher

from ..demo import demo

_FOLDS = 8
DATA = Path(__file__).parent / "data" / "histories"


@dataclass(frozen=True, slots=True)
class Label:
    export: str
    row: int
    title: str
    item: str | None
    ask: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A label, and what became of its row: "matched", "asked" or "left", to the right item or not."""

    label: Label
    outcome: str
    items: tuple[str, ...]

    @property
    def right(self) -> bool:
        return self.label.item in self.items if self.label.item else not self.items


def labels_in(folder: Path) -> list[Label]:
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    keys = Label.__slots__
    return [Label(**{key: row[key] for key in keys}) for row in map(json.loads, lines)]


def judged(folder: Path, labels: Sequence[Label], catalogue: Catalogue) -> list[Judged]:
    """What becomes of each labelled row; a file that cannot be read leaves all of its rows."""
    matcher = Matcher(catalogue)
    found: list[Judged] = []
    for name in dict.fromkeys(label.export for label in labels):
        matches = matcher.match(_entries(folder / name))
        found += [_judge(label, matches) for label in labels if label.export == name]
    return found


def left_out(folder: Path, labels: Sequence[Label]) -> list[Judged]:
    """The rows with an item, each against the demo without it."""
    found: list[Judged] = []
    for fold in range(_FOLDS):
        hidden = {item.id for n, item in enumerate(demo().items) if n % _FOLDS == fold}
        rest = Catalogue([item for item in demo().items if item.id not in hidden], demo().schema)
        found += judged(folder, [label for label in labels if label.item in hidden], rest)
    return found


def _entries(path: Path) -> Sequence[Entry]:
    try:
        return read_history([(path.name, path.read_bytes())]).entries
    except CatalogueError as error:
        print(error)
        return []


def _judge(label: Label, matches: Iterable[Match]) -> Judged:
    """A row that is not its own entry is one of several plays of the work that it names."""
    line = label.row + (2 if label.export.endswith(".csv") else 1)
    same = [match for match in matches if match.entry.title.casefold() == label.title.casefold()]
    match = next((match for match in same if match.entry.line == line), next(iter(same), None))
    if match is None or not match.items:
        return Judged(label, "left", ())
    return Judged(label, "matched" if match.outcome == "matched" else "asked", match.items)


def _line(name: str, found: Sequence[Judged]) -> str:
    sure = [one for one in found if not one.label.ask]
    held = [one for one in sure if one.label.item]
    counts = Counter((one.outcome, one.right) for one in sure)
    matched, right = counts["matched", True] + counts["matched", False], counts["matched", True]
    asked = sum(one.outcome == "asked" and one.right for one in held)
    open_ones = Counter((one.outcome, one.right) for one in found if one.label.ask)
    doubtful = ", ".join(f"{n} {outcome} {'right' if right else 'wrong'}" for (outcome, right), n in open_ones.items())
    return (
        f"{name:32} {len(sure):4} rows, {len(held):3} held: {right:3} matched, {counts['matched', False]} wrongly,"
        f" {asked} asked, {counts['asked', False]} of them of nothing right;"
        f" precision {_share(right, matched)}, recall {_share(right, len(held))},"
        f" with asked {_share(right + asked, len(held))}; doubtful: {doubtful or 'none'}"
    )


def _share(some: int, every: int) -> str:
    return f"{some / every:.3f}" if every else "none"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--export", action="append", default=[])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--left-out", action="store_true")
    given = parser.parse_args()
    labels = [label for label in labels_in(given.data) if not given.export or label.export in given.export]
    if given.left_out:
        found = left_out(given.data, labels)
        wrong = [one for one in found if one.outcome == "matched"]
        asked = sum(one.outcome == "asked" for one in found)
        print(
            f"{len(found)} rows without their item: {len(wrong)} matched, all wrongly, {asked} asked", *wrong, sep="\n"
        )
        return
    found = judged(given.data, labels, demo())
    for name in dict.fromkeys(label.export for label in labels):
        print(_line(name, [one for one in found if one.label.export == name]))
    print(_line("all", found))
    for one in found if given.show else ():
        if not (one.right and one.outcome == ("matched" if one.label.item else "left")):
            print(f"{one.label} -> {one.outcome}: {', '.join(one.items)}")


if __name__ == "__main__":
    main()
