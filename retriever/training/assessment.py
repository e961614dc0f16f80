"""What training changed for people it did not learn from: figures before and after, and a calibration of the scores.

Knows nothing of how the encoder was trained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..catalogue import Scale, item_text
from ..encoding import Encoder, Vectors
from ..index import Index
from ..progress import Progress
from ..ranking import CompositionConfig
from ..vectors import background_vector
from .calibration import Bin, Calibration, fit_calibration, reliability
from .examples import Example, Split
from .metrics import FigureChange, changes, measure, questions

_BATCH = 256
_RANKED = 20_000  # at most so many items are ranked for the figures


@dataclass(frozen=True, slots=True)
class Assessment:
    """Figures on the test people; a calibration fitted on the validation people and, in bins, how it does on the test
    people. No calibration where all ratings are alike."""

    changes: tuple[FigureChange, ...]
    calibration: Calibration | None
    bins: tuple[Bin, ...]


def assess(index: Index, encoder: Encoder, split: Split, scale: Scale, progress: Progress) -> Assessment:
    """Compares a trained encoder with the one that the index was made with."""
    rows = _ranked(index, split.test)
    items = [index.catalogue.items[row] for row in rows]
    asked = questions(split.test, {item.id: n for n, item in enumerate(items)}, scale.liked)
    queries = [question.query for question in asked]
    centred: Vectors = np.asarray(
        index.encoder.encode(queries) - CompositionConfig().background * index.background_vector, dtype=np.float32
    )
    known = index.layout.project("text", centred)
    before = measure(asked, known, index.vectors(rows)[:, index.layout.slices["text"]])
    vectors = _encoded([item_text(item, index.schema) for item in items], encoder, progress)
    common = CompositionConfig().background * background_vector(index.catalogue.items, encoder)
    after = measure(asked, np.asarray(encoder.encode(queries) - common, dtype=np.float32), vectors)
    scores, ratings = _scored(index, encoder, split.validation, scale, common)
    calibration = fit_calibration(scores, ratings, scale.low, scale.high)
    bins: tuple[Bin, ...] = ()
    if calibration:
        scores, ratings = _scored(index, encoder, split.test, scale, common)
        bins = reliability(calibration.expected(scores), ratings)
    return Assessment(changes(asked, before, after), calibration, bins)


def _ranked(index: Index, examples: Sequence[Example]) -> list[int]:
    """The rows to rank: all, or of a large catalogue those of the examples and others at random."""
    named = [index.catalogue.row[item] for e in examples for item in (e.item, *e.known)]
    shuffled = np.random.default_rng(0).permutation(len(index.catalogue))
    rows = list(dict.fromkeys([*named, *map(int, shuffled)]))
    return sorted(rows[: max(_RANKED, len(set(named)))])


def _encoded(texts: Sequence[str], encoder: Encoder, progress: Progress) -> Vectors:
    """Vectors of texts, in their order. Long texts go first: batches of like length waste no padding."""
    order = sorted(range(len(texts)), key=lambda n: -len(texts[n]))
    vectors = np.zeros((len(texts), encoder.dimensions), dtype=np.float32)
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        vectors[batch] = encoder.encode([texts[n] for n in batch])
        progress(start + len(batch), len(texts))
    return vectors


def _scored(
    index: Index, encoder: Encoder, examples: Sequence[Example], scale: Scale, common: Vectors
) -> tuple[Floats, Floats]:
    """What rated items score in a search for the example's text as the only interest, and how they were rated.

    `common`: the part of every message that is taken out of it (compose).
    """
    schema, priors = index.schema, index.priors
    queries = encoder.encode([e.query for e in examples]) - common
    items = encoder.encode([item_text(index.catalogue.get(e.item), schema) for e in examples])
    prior = np.array([schema.prior_weight * priors[e.item] if schema.prior else 0.0 for e in examples])
    scores = schema.text_weight * (queries * items).sum(axis=1).astype(np.float64) + prior
    return scores, np.array([scale.rating(e.label) for e in examples])
