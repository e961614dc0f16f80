"""What a message rules out, and what it does not though it says "no" or "without": see data/refusals/README.md.

python -m tests.benchmarks.refusals           # how many cases hold, and which items are wrongly shown or left out
python -m tests.benchmarks.refusals --each    # and the cases that do not
python -m tests.benchmarks.refusals --data tests/benchmarks/data/refusals_2
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from penchant.assistant import Assistant, Session
from penchant.retriever import DEFAULT_MODEL, MemoryEngine, build_index, read_catalogue
from penchant.retriever.encoding import encoder_named

FOLDER = Path(__file__).parent / "data" / "refusals"


def shop(folder: Path, name: str) -> Assistant:
    read = read_catalogue([folder / f"{name}.jsonl"], strict=True)
    return Assistant(build_index(read.items, MemoryEngine(), encoder_named(DEFAULT_MODEL), read.schema))


def shown_after(assistant: Assistant, turns: Sequence[str]) -> Mapping[str, str]:
    """Ids and titles of all that is not ruled out after the last turn: as many picks are asked for as there are."""
    session = Session()
    for turn in turns:
        reply = assistant.reply(turn, session, len(assistant.index.catalogue))
        session = reply.session
    return {pick.item.id: pick.item.title for pick in reply.picks}


def _told(case: Mapping[str, Any], through: Collection[str], missing: Collection[str]) -> None:
    print(*case["turns"], sep=" / ")
    print(f"   shown though barred {sorted(through)}, left out though allowed {sorted(missing)}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=FOLDER)
    parser.add_argument("--each", action="store_true")
    given = parser.parse_args()
    cases = [json.loads(line) for line in (given.data / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    shops = {name: shop(given.data, name) for name in sorted({case["catalogue"] for case in cases})}
    held = barred = through = allowed = missing = 0
    for case in cases:
        shown = shown_after(shops[case["catalogue"]], case["turns"])
        wrong = {one for one in case["barred"] if one in shown}
        lost = {one for one in case["allowed"] if one not in shown}
        held += not wrong | lost
        barred, through = barred + len(case["barred"]), through + len(wrong)
        allowed, missing = allowed + len(case["allowed"]), missing + len(lost)
        if given.each and wrong | lost:
            _told(case, wrong, lost)
    print(f"{held} of {len(cases)} cases hold")
    print(f"{barred - through} of {barred} barred items are kept out,", end=" ")
    print(f"{allowed - missing} of {allowed} allowed ones can be shown")


if __name__ == "__main__":
    main()
