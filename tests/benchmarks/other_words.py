"""How often the value that a phrase means is the nearest of its field, though it has none of its words.

python -m tests.benchmarks.other_words [--encoder NAME]

The data are told of in data/other_words/README.md. Printed: the share of phrases whose nearest value is theirs; and of
what is nearer than each of some bars, how much is right, phrases that mean no value among it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from penchant.retriever import DEFAULT_MODEL, Encoder
from penchant.retriever.encoding import encoder_named

FOLDER = Path(__file__).parent / "data" / "other_words"
BARS = (0.4, 0.5, 0.6, 0.7, 0.8)


def judged(field: Mapping[str, Any], encoder: Encoder) -> Iterator[tuple[float, bool, bool]]:
    """For each phrase of a field: how near the nearest value is, whether it is the right one, whether there is one."""
    values = list(field["values"])
    meant: dict[str, set[str]] = {phrase: set() for phrase in field["none"]}
    for value, phrases in field["values"].items():
        for phrase in phrases:
            meant.setdefault(phrase, set()).add(value)
    near = encoder.encode(list(meant)) @ encoder.encode(values).T
    for row, right in zip(near, meant.values(), strict=True):
        yield float(row.max()), values[int(row.argmax())] in right, bool(right)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--encoder", default=DEFAULT_MODEL)
    encoder = encoder_named(parser.parse_args().encoder)
    for path in sorted(FOLDER.glob("*.jsonl")):
        fields = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        near, right, any_right = map(np.array, zip(*(one for f in fields for one in judged(f, encoder)), strict=True))
        print(f"{path.stem}: {int(any_right.sum())} phrases, {right[any_right].mean():.3f} nearest to their value")
        for bar in BARS:
            above = near >= bar
            kept = right[above].sum() / any_right.sum()
            print(f"   nearer than {bar}: {kept:.3f} of them rightly, {right[above].mean():.2f} of what is so near")


if __name__ == "__main__":
    main()
