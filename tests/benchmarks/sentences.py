"""How many true sentences about picks pass the check of what a model writes, and how many false ones do not.

    python -m tests.benchmarks.sentences [own | own2 | blind | second | third | fourth | fifth | sixth]

tests/benchmarks/data/sentences/README.md says what the sentences are. A text counts as passed if nothing of it is left
out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from penchant.assistant.explanation.grounding import Facts
from penchant.assistant.explanation.narration import checked
from penchant.assistant.explanation.sentences import sentences
from penchant.assistant.understanding.linking import Gazetteer
from penchant.retriever import Catalogue, Pick, infer_schema, read_items

from ..demo import gazetteer as demo

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text about picks of a catalogue, told to a person who said something, and whether all of it is true."""

    catalogue: str
    picks: tuple[str, ...]
    said: str
    text: str
    true: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How many true texts pass, of how many, and how many false ones do not."""

    passed: int
    true: int
    refused: int
    false: int


def read(name: str) -> list[Labelled]:
    """The labelled texts of a set, as its file is named."""
    lines = (DATA / "sentences" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Labelled(r["catalogue"], tuple(r["picks"]), r["said"], r["text"], r["true"]) for r in rows]


def measure(name: str) -> Figures:
    """The figures of a set."""
    judged = [(one.true, holds(one, name)) for one in read(name)]
    true = [held for said, held in judged if said]
    false = [held for said, held in judged if not said]
    return Figures(sum(true), len(true), len(false) - sum(false), len(false))


def holds(one: Labelled, name: str) -> bool:
    """Whether nothing of a text is left out."""
    known = _gazetteer(name, one.catalogue)
    facts = Facts(one.said, [], [Pick(known.get(item), 1.0, ()) for item in one.picks], known)
    pieces = list(sentences([one.text], facts.titles))
    return list(checked(pieces, facts)) == pieces


@cache
def _gazetteer(name: str, catalogue: str) -> Gazetteer:
    if catalogue == "demo":
        return demo()
    items = read_items(_rows(name, catalogue))
    return Gazetteer(Catalogue(items, infer_schema(items)))


def _rows(name: str, catalogue: str) -> Path:
    own = DATA / "sentences" / f"rows-{catalogue}.jsonl"
    if name != "own" and own.exists():
        return own
    found = (DATA / "blind_messages").rglob(f"{catalogue}.items.jsonl")
    return min(found, key=lambda path: len(path.parts))  # not the Chinese one


def _report(names: list[str]) -> Iterator[str]:
    for name in names:
        f = measure(name)
        yield f"{name}: {f.passed} of {f.true} true pass, {f.refused} of {f.false} false do not"
        yield from (
            f"  {'lost' if one.true else 'kept'}: {one.text}" for one in read(name) if holds(one, name) != one.true
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default="own own2 blind second third fourth fifth sixth".split())
    print(*_report(parser.parse_args().names), sep="\n")
