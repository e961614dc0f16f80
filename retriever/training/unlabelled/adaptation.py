"""Teaches an encoder from wishes that are written from a catalogue, and keeps it only if it ranks better by them.

The wishes go the way of ratings: split by the item that they are of, learned from, reported on. Nobody's ratings are
read, so no calibration is left. Knows nothing of how the wishes are written.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from ...index import Index
from ..calibration import FILE as CALIBRATION
from ..outcome import Trained, Training
from ..training import CARD, Bars, train
from .wishes import WRITTEN_SCALE, written_ratings

_WRITTEN = """
## Written wishes

Nobody rated anything here. The people above are items of the catalogue, and the texts are wishes that were written
from their values and texts: rated 1 for the item that a wish was written from, 0 for one that lacks a part of it. The
figures are on wishes of items that it did not learn from, written in the same way: they say little of what people ask.
"""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What came of it, and whether the encoder was kept; if not, its folder is gone."""

    trained: Trained
    kept: bool


def adapt(index: Index, into: Path | str, training: Training, items: int, bars: Bars) -> Adaptation:
    """Trains on wishes of at most `items` of the index's items, and writes the encoder to a folder if it is better.

    Better: a figure rose by more than chance and none fell so, on wishes of items that it did not learn from. Goes on
    and raises as `train` does; also TrainingError for a catalogue without words.
    """
    with bars("Writing wishes") as progress:
        ratings = written_ratings(index.catalogue, items, training.seed, progress)
    trained = train(index, ratings, WRITTEN_SCALE, into, training, bars)
    changes = trained.assessment.changes
    kept = any(change.better for change in changes) and not any(change.high < 0 for change in changes)
    if kept:
        (trained.folder / CALIBRATION).unlink(missing_ok=True)
        with (trained.folder / CARD).open("a", encoding="utf-8") as file:
            file.write(_WRITTEN)
    else:
        shutil.rmtree(trained.folder)
    return Adaptation(trained, kept)
