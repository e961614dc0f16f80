"""How an encoder is to be trained, and what came of it. Values only: knows nothing of how it is done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..catalogue import Scale
from ..encoding import SentenceEncoder
from .adapters import Method
from .assessment import Assessment
from .examples import Split
from .negatives import Draw

if TYPE_CHECKING:
    from .losses import LossName
    from .private import Promise
    from .trainer import Fit

# Measured on a hundred steps (docs/training.md); where they are too high, the validation loss soon says stop.
_RATES = {"full": 2e-4, "lora": 2e-3, "adalora": 2e-2}


@dataclass(frozen=True, slots=True)
class Training:
    """How to train. learning_rate 0: a usual one for the method; rank: of an adapter's matrices; negatives: for each
    text; draw: where from; length: tokens of a text that are read while training; patience: checks (a tenth of the run
    each) without a lower validation loss until it stops; share: of the change of the weights that is kept, so that the
    encoder forgets less (WiSE-FT, Wortsman et al. 2022, arXiv:2109.01903). private: the epsilon that is promised to
    each person, 0: nothing is; delta: 0 for one over people to the power of 1.1. Then a batch is of people."""

    method: Method = "lora"
    loss: LossName = "contrastive"
    epochs: float = 3.0
    batch_size: int = 32
    learning_rate: float = 0.0
    rank: int = 16
    negatives: int = 1
    draw: Draw = "any"
    length: int = 128
    patience: int = 3
    share: float = 0.5
    seed: int = 0
    private: float = 0.0
    delta: float = 0.0

    @property
    def rate(self) -> float:
        return self.learning_rate or _RATES[self.method]


@dataclass(frozen=True, slots=True)
class TrainingData:
    """What was learned from: ratings used, those of items that the catalogue does not hold, and examples by part; who
    had withdrawn and was left out: people, and their ratings."""

    ratings: int
    unknown: int
    split: Split
    withdrawn: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of it. `parameters`: how many numbers were trained, and how many there are; `encoder`: what the folder
    holds, with the vectors that it was measured by; `promise`: what is promised to the people it learned from."""

    folder: Path
    base: str
    training: Training
    scale: Scale
    data: TrainingData
    fit: Fit
    parameters: tuple[int, int]
    assessment: Assessment
    encoder: SentenceEncoder
    promise: Promise | None = None
