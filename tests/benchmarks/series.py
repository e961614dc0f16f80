"""Conversations in which one series, one maker or two versions of a work may fill the page: how often they do not.

Written by a hand that had seen neither the code nor its tests: see data/series/README.md. A case holds if there are
picks after its last message and each of its expectations is so.

    python -m tests.benchmarks.series           # the share that holds, by what is expected
    python -m tests.benchmarks.series --each    # every case
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from penchant.assistant import Assistant, Session
from penchant.retriever import DEFAULT_MODEL, Item, build_index, read_items
from penchant.retriever.encoding import encoder_named

FOLDER = Path(__file__).parent / "data" / "series"
Case = Mapping[str, Any]


def _most_same(picks: Sequence[Item], said: Sequence[Any]) -> bool:
    field, most = said
    values = [value for item in picks for value in item.values(field)]
    return max(map(values.count, values), default=0) <= most


def _not_both(picks: Sequence[Item], pairs: Sequence[Sequence[str]]) -> bool:
    titles = {item.title for item in picks}
    return not any(titles.issuperset(pair) for pair in pairs)


def _holders(picks: Sequence[Item], said: Sequence[str]) -> int:
    field, value = said
    return sum(value in item.values(field) for item in picks)


def _titled(picks: Sequence[Item], titles: Sequence[str]) -> int:
    return sum(item.title in titles for item in picks)


EXPECTED: Mapping[str, Callable[[Sequence[Item], Sequence[Any]], bool]] = {
    "most_same": _most_same,
    "not_both": _not_both,
    "all": lambda picks, said: _holders(picks, said) == len(picks),
    "none": lambda picks, said: not _holders(picks, said),
    "only_titles": lambda picks, titles: _titled(picks, titles) == len(picks),
    "some_titles": lambda picks, titles: _titled(picks, titles) > 0,
    "not_titles": lambda picks, titles: not _titled(picks, titles),
}


@cache
def _assistant(catalogue: str) -> Assistant:
    folder = Path(tempfile.mkdtemp())
    return Assistant(build_index(read_items(FOLDER / catalogue), folder, encoder_named(DEFAULT_MODEL)))


def picks_of(case: Case) -> list[Item]:
    """What is shown after the last message."""
    session, assistant = Session(), _assistant(case["catalogue"])
    picks: list[Item] = []
    for turn in case["turns"]:
        reply = assistant.reply(turn, session, k=case["k"])
        session, picks = reply.session, [pick.item for pick in reply.picks]
    return picks


def broken(case: Case) -> list[str]:
    """The expectations that are not so."""
    picks = picks_of(case)
    return [name for name, said in case["expect"].items() if not picks or not EXPECTED[name](picks, said)]


def kind_of(case: Case) -> str:
    """What is expected, by its names."""
    return ", ".join(sorted(case["expect"]))


def report(cases: Sequence[Case], each: bool) -> Iterator[str]:
    """A line for each case that is asked for, one for each kind, and one for all."""
    found: dict[str, list[bool]] = {}
    for case in cases:
        wrong = broken(case)
        found.setdefault(kind_of(case), []).append(not wrong)
        if each:
            yield f"{'no ' if wrong else 'yes'} {case['case_id']} {' / '.join(case['turns'])}  {', '.join(wrong)}"
    for kind, held in sorted(found.items()):
        yield f"{sum(held):3} of {len(held):3}  {kind}"
    every = [one for held in found.values() for one in held]
    yield f"{sum(every):3} of {len(every):3}  in all"


def main() -> None:
    lines = (FOLDER / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    for line in report([json.loads(one) for one in lines], "--each" in sys.argv):
        print(line)


if __name__ == "__main__":
    main()
