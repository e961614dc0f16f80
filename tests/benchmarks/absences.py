"""What a catalogue holds under other words is found, and what it does not hold is said: see data/absences/README.md.

python -m tests.benchmarks.absences           # how many cases hold, by what they expect
python -m tests.benchmarks.absences --each    # and the cases that do not
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from penchant.assistant import Assistant, Reply, Session
from penchant.retriever import DEFAULT_MODEL, MemoryEngine, build_index, read_catalogue
from penchant.retriever.catalogue.values.quantities import parse_quantity
from penchant.retriever.encoding import encoder_named

FOLDER = Path(__file__).parent / "data" / "absences"
_ABSENT = re.compile(r"\bNo “([^”]+)”")


@dataclass(frozen=True, slots=True)
class Shop:
    """A catalogue's assistant, and the rows of its file by the ids of the items."""

    assistant: Assistant
    rows: Mapping[str, Mapping[str, str]]


def shop(name: str) -> Shop:
    path = FOLDER / f"{name}.csv"
    text = path.read_text(encoding="utf-8-sig")
    head = text.partition("\n")[0]
    rows = list(csv.DictReader(text.splitlines(), delimiter=max(";\t,|", key=head.count)))
    read = read_catalogue([path], strict=True)
    index = build_index(read.items, MemoryEngine(), encoder_named(DEFAULT_MODEL), read.schema)
    return Shop(Assistant(index), {item.id: row for item, row in zip(read.items, rows, strict=True)})


def last_reply(assistant: Assistant, turns: Sequence[str], k: int) -> Reply:
    session = Session()
    for turn in turns:
        reply = assistant.reply(turn, session, k)
        session = reply.session
    return reply


def failed(case: Mapping[str, Any], reply: Reply, rows: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Which of the expectations do not hold, by their kind."""
    expected = case["expect"]
    said = [phrase.casefold() for text in (reply.text, *reply.notes) for phrase in _ABSENT.findall(text)]
    if not all(any(word.casefold() in phrase for phrase in said) for word in expected.get("says_absent", ())):
        yield "says_absent"
    if any(word.casefold() in phrase for word in expected.get("not_said_absent", ()) for phrase in said):
        yield "not_said_absent"
    wanted = expected.get("all", ())
    if wanted and not (reply.picks and all(holds(rows[p.item.id], *one) for p in reply.picks for one in wanted)):
        yield "all"


def holds(row: Mapping[str, str], column: str, comparison: str, value: str) -> bool:
    """Whether a comparison holds of a cell as the file has it."""
    cell = (row[column] or "").strip()
    match comparison:
        case "==":
            return cell.casefold() == value.casefold()
        case "!=":
            return cell.casefold() != value.casefold()
        case "contains":
            return value.casefold() in cell.casefold()
        case "not_contains":
            return value.casefold() not in cell.casefold()
        case "<=":
            amount = parse_quantity(cell.removesuffix("-").removesuffix("."), comma="," in cell)
            return amount is not None and amount.low <= float(value)
    raise ValueError(f"no comparison is called {comparison!r}")


def main(each: bool) -> None:
    shops: dict[str, Shop] = {}
    asked, lost = Counter[str](), Counter[str]()
    good = 0
    cases = [json.loads(line) for line in (FOLDER / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    for case in cases:
        name = case["catalogue"].removesuffix(".csv")
        shops[name] = here = shops.get(name) or shop(name)
        reply = last_reply(here.assistant, case["turns"], case["k"])
        wrong = list(failed(case, reply, here.rows))
        asked.update(list(case["expect"]))
        lost.update(wrong)
        good += not wrong
        if each and wrong:
            print(*case["turns"], wrong, reply.text, *reply.notes, sep=" | ")
    print(
        f"{good} of {len(cases)} cases",
        *(f"{kind}: {asked[kind] - lost[kind]} of {asked[kind]}" for kind in asked),
        sep="\n",
    )


if __name__ == "__main__":
    main("--each" in sys.argv)
