"""Whether a message wishes for anything, or refuses anything: a logistic regression on what the span model says of it.

Its weights are learned from messages that the span model has not seen, so it knows how far that may be believed. Knows
labels and numbers, and nothing of catalogues.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from .decoding import Reading
from .labels import SIDES, Kind
from .span_model import MODEL_FOLDER

WISHES = "wishes.json"
BIAS = "bias"
_NO_TASTE: tuple[Kind, ...] = ("title", "reference", "noun")
_TOLD = ("want", "less", "never")
_MOST_LOGIT = 6.0
_TEN = 10
"""Lengths are counted in tens of words."""


@dataclass(frozen=True, slots=True)
class WishJudge:
    """A weight for each feature, and the bias."""

    weights: Mapping[str, float]

    def chance(self, reading: Reading) -> float:
        """The probability that something is wished for or refused, beside what is said of items on screen."""
        said = sum(self.weights[name] * value for name, value in features(reading).items())
        return 1 / (1 + exp(-said - self.weights[BIAS]))


def features(reading: Reading) -> dict[str, float]:
    """What is known of a message without another pass of the model, by name."""
    return dict([*_of_acts(reading), *_of_spans(reading)])


def _of_acts(reading: Reading) -> Iterator[tuple[str, float]]:
    """Log-odds, bounded: the model is surer than it should be."""
    for act, chance in reading.act_scores.items():
        odds = log(max(chance, 1e-9) / max(1 - chance, 1e-9))
        yield f"act {act}", max(-_MOST_LOGIT, min(_MOST_LOGIT, odds))


def _of_spans(reading: Reading) -> Iterator[tuple[str, float]]:
    """How sure each side is of some stretch, by whether that is an item or a kind of thing, or what is said of one."""
    tastes = [s for s in reading.spans if s.kind not in _NO_TASTE]
    items = [s for s in reading.spans if s.kind in _NO_TASTE]
    for name, spans in (("taste", tastes), ("item", items)):
        for side in SIDES:
            yield f"{name} {side}", max((s.confidence for s in spans if s.side == side), default=0.0)
    yield "told", float(sum(s.side in _TOLD for s in tastes))
    yield "spans", float(len(reading.spans))
    yield "words", reading.length / _TEN
    yield "goes on", float(reading.goes_on)


@lru_cache(maxsize=1)
def wish_judge() -> WishJudge:
    """The judge of the package, read once in a process."""
    return WishJudge(json.loads((MODEL_FOLDER / WISHES).read_text(encoding="utf-8")))
