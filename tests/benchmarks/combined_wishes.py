"""Wishes of which each part may be there and the whole is not: is that said? See data/absences/README.md.

python -m tests.benchmarks.combined_wishes           # how many cases hold, by what they expect
python -m tests.benchmarks.combined_wishes --each    # and the replies to those that do not
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from penchant.assistant import Assistant, Reply, Session
from penchant.retriever import DEFAULT_MODEL, MemoryEngine, build_index, read_catalogue
from penchant.retriever.encoding import encoder_named

DATA = Path(__file__).parent / "data"
_LACK = re.compile(r"(?:^|(?<=[.?!] ))(?:No|Nothing) [^.]*“[^.]*")
_ONLY = re.compile(r"(?:^|(?<=[.?!] ))Only [^.]*")


@cache
def assistant(name: str) -> Assistant:
    read = read_catalogue([DATA / "catalogues" / "a" / name])
    return Assistant(build_index(read.items, MemoryEngine(), encoder_named(DEFAULT_MODEL), read.schema))


def holds(case: Mapping[str, Any], reply: Reply) -> bool:
    """Whether one sentence says that all the parts are lacking; which titles alone hold all; or neither is said."""
    said = [found for text in (reply.text, *reply.notes) for found in _LACK.findall(text)]
    only = [found for found in _ONLY.findall(reply.text) if "**" in found]
    if "lacks" in case:
        return any(all(part.casefold() in one.casefold() for part in case["lacks"]) for one in said)
    if "only" in case:
        first = [pick.item.title for pick in reply.picks[: len(case["only"])]]
        return first == case["only"] and any(all(title in one for title in case["only"]) for one in only) and not said
    return not said


def main(each: bool) -> None:
    asked, good = Counter[str](), Counter[str]()
    for line in (DATA / "absences" / "combined.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        kind = next(kind for kind in ("lacks", "only", "there") if kind in case)
        reply = assistant(case["catalogue"]).reply(case["message"], Session(), 5)
        right = holds(case, reply)
        asked[kind] += 1
        good[kind] += right
        if each and not right:
            print(case["message"], reply.text, *reply.notes, sep=" | ")
    print(*(f"{kind}: {good[kind]} of {asked[kind]}" for kind in asked), sep="\n")


if __name__ == "__main__":
    main("--each" in sys.argv)
