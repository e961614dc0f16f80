"""How far two readers agree on the same messages: the ceiling of any figure of the model.

    python -m tests.benchmarks.span_model.agreement [DIR]

DIR holds first.jsonl and second.jsonl: the same messages, marked by two readers who did not see each other's marks.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from penchant.assistant.understanding.spans import LabelledSpan

from ..tags import Count, score
from .marked import Marked, read_marked

SECOND = Path(__file__).parents[1] / "data" / "messages_second"
AGAINST = ("less", "never")


def common(first: Iterable[LabelledSpan], second: Iterable[LabelledSpan]) -> Count:
    """Marks of the first reader that meet one of the second."""
    first, second = list(first), list(second)
    return Count(sum(any(s.meets(t.start, t.end) for t in second) for s in first), len(first), len(second))


def against(message: Marked) -> list[LabelledSpan]:
    return [s for s in message.spans if s.side in AGAINST]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SECOND)
    folder = parser.parse_args().folder
    pairs = list(zip(*(read_marked([folder / f"{name}.jsonl"]) for name in ("first", "second")), strict=True))
    marks = score((str(n), common(a.spans, b.spans)) for n, (a, b) in enumerate(pairs))
    refused = score((str(n), common(against(a), against(b))) for n, (a, b) in enumerate(pairs))
    acts = score((str(n), Count(len(a.acts & b.acts), len(a.acts), len(b.acts))) for n, (a, b) in enumerate(pairs))
    both = [(s, t) for a, b in pairs for s in a.spans for t in b.spans if s.meets(t.start, t.end)]
    sides = sum(s.side == t.side for s, t in both) / len(both)
    kinds = sum(s.kind == t.kind for s, t in both) / len(both)
    print(
        f"{len(pairs)} messages; F1 of marks {marks.f1:.3f}, of what is refused {refused.f1:.3f}, of acts {acts.f1:.3f}"
    )
    print(f"of marks that meet: the same side {sides:.3f}, the same kind {kinds:.3f}")


if __name__ == "__main__":
    main()
