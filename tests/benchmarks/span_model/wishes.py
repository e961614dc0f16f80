"""Trains the judge of whether a message wishes for anything, and writes its weights beside the span model.

    python -m tests.benchmarks.span_model.wishes [--into DIR]

It learns from blind messages that have been looked at (LEARNED_FROM): of those that the span model learned from, its
labels are surer than they are elsewhere. Each message is read twice, after what was said before it and after the titles
of that on screen, as the tagger does. Each catalogue is first judged by what was learned from the others, which is the
figure to believe. Seconds on one core; nothing is drawn by chance.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from penchant.assistant.understanding.spans import (
    BIAS,
    MODEL_FOLDER,
    WISHES,
    Reading,
    WishJudge,
    features,
    span_model,
)

from .marked import Marked, read_marked
from .measure import BLIND, gold, on_screen, taggers

LEARNED_FROM = tuple(BLIND / part for part in ("", "later", "final", "acts"))
SHRINKING = 0.1
"""The inverse strength of the squared penalty, of standardised features: .01 to 1 are all but the same."""

LEASTS = (0.2, 0.3, 0.4, 0.5)

Numbers = npt.NDArray[np.float64]


def wishes(message: Marked) -> bool | None:
    """Whether there is a tag to be found; None if there is only one that does not count."""
    tags, apart = gold(message)
    return True if tags else None if apart else False


def fit(readings: Sequence[Reading], wished: Sequence[bool]) -> WishJudge:
    """The judge that tells these apart best."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    found = [features(reading) for reading in readings]
    rows = np.array([list(one.values()) for one in found])
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    learned = LogisticRegression(C=SHRINKING, max_iter=500).fit((rows - means) / scales, wished)
    weights = learned.coef_[0] / scales
    named = dict(zip(found[0], weights, strict=True)) | {BIAS: learned.intercept_[0] - weights @ means}
    return WishJudge({name: round(float(weight), 4) for name, weight in named.items()})


def left_out(readings: Sequence[Reading], wished: Sequence[bool], catalogues: Sequence[str]) -> Numbers:
    """The chance of each message, by what was learned from the messages of other catalogues."""
    chances = np.zeros(len(readings))
    for catalogue in sorted(set(catalogues)):
        others = [n for n, name in enumerate(catalogues) if name != catalogue]
        judge = fit([readings[n] for n in others], [wished[n] for n in others])
        for n in set(range(len(readings))).difference(others):
            chances[n] = judge.chance(readings[n])
    return chances


def read(folder: Path) -> Iterator[tuple[str, bool, Reading]]:
    """Catalogue, whether something is wished for, and each reading of the messages of a folder."""
    made = taggers(folder, span_model())
    for message in read_marked(sorted(folder.glob("*.messages.jsonl"))):
        tagger, gazetteer = made[message.domain]
        after_titles = tagger.read(message.text, on_screen(message, gazetteer))
        wished = wishes(message)
        for reading in (span_model().read(message.text, message.before), after_titles):
            if reading is not None and wished is not None:
                yield f"{folder.name}/{message.domain}", wished, reading


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=MODEL_FOLDER)
    said = parser.parse_args()
    catalogues, wished, readings = zip(*(one for folder in LEARNED_FROM for one in read(folder)), strict=True)
    chances, right = left_out(readings, wished, catalogues), np.array(wished)
    print(f"{len(right)} readings, {right.sum()} with a wish. By what other catalogues taught, with one from .. on:")
    for least in LEASTS:
        wishing = chances >= least
        print(f"{least}: {(wishing & right).sum()} wishes found, {(~wishing & ~right).sum()} empty ones kept")
    (said.into / WISHES).write_text(json.dumps(fit(readings, wished).weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
