"""Catalogue files as people have them, and natural conversations about each: how many turns are answered as meant.

Written on 2026-11-29 by hands that had seen neither the reader nor the understander: 30 made-up files in three
sets, with 163
conversations. A turn says what a careful shop assistant would surely fulfil, as expressions over the row of a pick:
`all` holds for each pick, `most` for all but one, `some` for at least one, `first` for the first; `nothing_fits`:
the reply must say that there is no such thing.

    python -m tests.benchmarks.catalogues [a|b|c|d|e|f|g|h|i|j|k|l|m ...]

The sets a and b were looked at after they had been measured, and c at the end; d and e, six more files and 100
conversations about the demo, are of 2026-11-30 and were looked at after their first measurement: what was measured
before is in docs/log.md. f has thirteen files in the very form of public downloads (104 conversations, 226 turns), of
2026-11-30, with values from memory; those of beers, films with JSON in their cells and recipes were not looked at. g
has nine more, 167 turns; h four (perfumes, used cars, postings of jobs, works of art), 172 turns of six kinds, of which
a spec names each, of 2026-11-30 too: the kinds were cured by hands that had not seen them, and it was not looked at.
i has four public files (players, chocolate, rooms in New York, phones), 187 turns, of the same day; that of players was
looked at before the cures, and all of it after it had been measured. j has four more (apps, lenses, Irish hotels,
cheeses), 187 turns, of that evening; apps and lenses were looked at after a first measurement, the others
after the second. k has two more (headphones, edible plants), 91 turns, looked at after they had been measured.
l and m are of 2026-12-01: cameras and electric cars (prasertcbs/basic-dataset on GitHub), 110 turns, looked at after a
first measurement; and countries (world-countries 5.1.0 on npm, ODbL), video games (prasertcbs/basic-dataset), beers
(punkapi-db 2.6.0 on npm) and boxes of bricks (openintro's lego_sample), 112 turns in the short form in which people
type into a shop's search, looked at after the second.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from penchant.assistant import Assistant, Reply, Session
from penchant.retriever import Item, MemoryEngine, build_index, read_catalogue
from penchant.retriever.catalogue.inference import Keys
from penchant.retriever.catalogue.reading import Row, read_rows
from penchant.retriever.encoding import encoder_named

FOLDER = Path(__file__).parent / "data" / "catalogues"
PICKS = 5
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?|-?\.\d+")
_NOTHING = re.compile(r"\b(?:no|nothing|none|not|without)\b|没有", re.I)

_FUNCTIONS = {"re": re} | {function.__name__: function for function in (abs, all, any, len, max, min, sorted, sum)}

Cells = Mapping[str, Any]


class Names:
    """What an expression may use of one row."""

    def __init__(self, row: Cells, rows: Sequence[Cells], before: Sequence[Cells]) -> None:
        self._row, self._rows, self._before = row, rows, before

    def num(self, column: str) -> float | None:
        match = _NUMBER.search(re.sub(r"(?<=\d),(?=\d{1,2}\b(?!\d))", ".", str(self._row.get(column, ""))))
        return float(match[0].replace(",", "")) if match else None

    def s(self, column: str) -> str:
        return " ".join(str(self._row.get(column) or "").casefold().split())

    def blank(self, column: str) -> bool:
        return not self.s(column)

    def has(self, column: str, *values: str) -> bool:
        cell = self._row.get(column)
        parts = cell if isinstance(cell, list) else re.split(r"[,;|&/\[\]\"']", str(cell))
        inside = {str(part).strip().casefold() for part in parts} | {self.s(column)}
        return any(value.casefold() in inside for value in values)

    def year(self, column: str) -> int | None:
        match = re.search(r"\b(1[5-9]|20)\d\d\b", str(self._row.get(column, "")))
        return int(match[0]) if match else None

    def text(self, *parts: str) -> bool:
        everything = " ".join(str(value) for value in self._row.values()).casefold()
        return any(part.casefold() in everything for part in parts)

    def words(self, *parts: str) -> bool:
        everything = " ".join(str(value) for value in self._row.values()).casefold()
        return any(re.search(rf"(?<!\w){re.escape(part.casefold())}s?(?!\w)", everything) for part in parts)

    def word(self, column: str, *parts: str) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(part.casefold())}s?(?!\w)", self.s(column)) for part in parts)

    def _extreme(self, column: str, among: str, nth: int, up: bool) -> bool:
        others = [Names(row, self._rows, ()) for row in self._rows]
        numbers = sorted((n for o in others if o.holds(among) and (n := o.num(column)) is not None), reverse=up)
        own = self.num(column)
        bound = numbers[min(nth, len(numbers)) - 1] if numbers else None
        return bound is not None and own is not None and self.holds(among) and (own >= bound if up else own <= bound)

    def highest(self, column: str, among: str = "True", nth: int = 1) -> bool:
        return self._extreme(column, among, nth, True)

    def lowest(self, column: str, among: str = "True", nth: int = 1) -> bool:
        return self._extreme(column, among, nth, False)

    def prev_max(self, column: str) -> float:
        return max((n for row in self._before if (n := Names(row, (), ()).num(column)) is not None), default=1e12)

    def prev_min(self, column: str) -> float:
        return min((n for row in self._before if (n := Names(row, (), ()).num(column)) is not None), default=-1e12)

    def new(self) -> bool:
        return self._row not in self._before

    def holds(self, expression: str) -> bool:
        names = {name: getattr(self, name) for name in dir(self) if not name.startswith("_") and name != "holds"}
        try:
            return bool(eval(expression, {"__builtins__": {}}, names | _FUNCTIONS | {"r": self._row}))
        except TypeError:  # a number that is not known
            return False


def is_good(turn: Mapping[str, Any], reply: Reply, picks: Sequence[Names], rows: Sequence[Names]) -> bool:
    """Whether a turn's expectations hold."""
    if turn.get("nothing_fits"):
        return bool(_NOTHING.search(" ".join((reply.text, *reply.notes))))
    wanted = turn.get("all", [])
    there = sum(all(row.holds(e) for e in wanted) for row in rows)
    due = min(turn.get("n", PICKS), there)
    fit = [all(pick.holds(e) for e in wanted) for pick in picks]
    leading = all(fit) if there >= PICKS else all(fit[:due])
    return (
        len(picks) >= due
        and leading
        and all(sum(not pick.holds(e) for pick in picks) <= 1 for e in turn.get("most", []))
        and all(any(pick.holds(e) for pick in picks) for e in turn.get("some", []))
        and all(picks and picks[0].holds(e) for e in turn.get("first", []))
    )


def judged(path: Path) -> Iterator[tuple[str, bool]]:
    """Each turn about one file, and whether it is good."""
    spec = tomllib.loads(path.read_text(encoding="utf-8"))
    file = (path.parent / spec["file"]).resolve()
    read = read_catalogue([file])
    index = build_index(read.items, MemoryEngine(), encoder_named("all-MiniLM-L6-v2"), read.schema)
    assistant = Assistant(index, k=PICKS)
    rows = [row.cells for row in read_rows(file) if isinstance(row, Row)]
    row_of = _finder(rows, read.keys)
    for conversation in spec["conversations"]:
        session, before = Session(), list[Cells]()
        for turn in conversation["turns"]:
            reply = assistant.reply(turn["say"], session)
            shown = [row for pick in reply.picks if (row := row_of(pick.item)) is not None]
            every = [Names(row, rows, before) for row in rows]
            yield turn["say"], is_good(turn, reply, [Names(row, rows, before) for row in shown], every)
            session, before = reply.session, shown


def _finder(rows: Sequence[Cells], keys: Keys) -> Callable[[Item], Cells | None]:
    """The row of an item: by its id where a column has it, else by the words of its title."""

    def words(title: object) -> str:
        return " ".join(re.findall(r"\w+", str(title).casefold()))

    by_id = {str(row.get(keys.identity)).strip(): row for row in rows} if keys.identity else {}
    by_title: dict[str, Cells] = {}
    for row in rows:
        by_title.setdefault(words(" ".join(str(row.get(column)) for column in keys.title)), row)
    return lambda item: by_id.get(item.id) or by_title.get(words(item.title))


def main(sets: Sequence[str]) -> None:
    for name in sets:
        good: list[bool] = []
        for path in sorted((FOLDER / name / "spec").glob("*.toml")):
            turns = list(judged(path))
            good += [fine for _, fine in turns]
            print(f"{name} {path.stem:20} {sum(fine for _, fine in turns)} of {len(turns)}")
            print("".join(f"    {said}\n" for said, fine in turns if not fine), end="")
        print(f"{name}: {sum(good)} of {len(good)} = {sum(good) / len(good):.3f}\n")


if __name__ == "__main__":
    main(sys.argv[1:] or ["a", "b", "c"])
