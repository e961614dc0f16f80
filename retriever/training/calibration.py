"""Calibrated scores: a monotone map from the score of a pick to the rating to expect, and how far it can be trusted.

The map is an isotonic regression (Zadrozny and Elkan 2002), fitted on people that the encoder did not learn from and
reported on others. Kept beside the encoder; whoever shows scores can read it. Knows nothing of encoders.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..arrays import Floats
from ..errors import TrainingError

FILE = "calibration.json"

_BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """A non-decreasing, piecewise linear map: `ratings` at `scores`, both ascending; constant beyond the ends.

    Scores are those of a search for one open interest; several interests share their weight, so that their scores lie
    in the same range. `low` and `high` are the ends of the rating scale.
    """

    scores: tuple[float, ...]
    ratings: tuple[float, ...]
    low: float
    high: float

    def expected(self, scores: Floats | Sequence[float]) -> Floats:
        """The ratings to expect at scores, on the scale of the ratings that were learned from; same shape."""
        return np.interp(np.asarray(scores, dtype=np.float64), self.scores, self.ratings)

    def save(self, folder: Path) -> None:
        row = {"scores": self.scores, "ratings": self.ratings, "low": self.low, "high": self.high}
        (folder / FILE).write_text(json.dumps(row), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path | str) -> Calibration | None:
        """The calibration kept in an encoder's folder; None if it has none. Raises TrainingError if it is broken."""
        path = Path(folder) / FILE
        if not path.is_file():
            return None
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            return cls(tuple(map(float, row["scores"])), tuple(map(float, row["ratings"])), row["low"], row["high"])
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise TrainingError(f"{path}: not a calibration ({error!r}); train again or delete it") from error


@dataclass(frozen=True, slots=True)
class Bin:
    """Ratings that were expected to be alike: the mean expected, the mean that came, and how many there are."""

    expected: float
    actual: float
    count: int


def fit_calibration(scores: Floats, ratings: Floats, low: float, high: float) -> Calibration | None:
    """The non-decreasing map with the least squared error; None where all ratings are alike: nothing to expect."""
    if len(set(map(float, ratings))) < 2:
        return None
    from sklearn.isotonic import IsotonicRegression  # type: ignore[import-untyped]

    fitted = IsotonicRegression(out_of_bounds="clip").fit(scores, ratings)
    return Calibration(tuple(map(float, fitted.X_thresholds_)), tuple(map(float, fitted.y_thresholds_)), low, high)


def reliability(expected: Floats, actual: Floats) -> tuple[Bin, ...]:
    """Expected against actual ratings in at most ten bins of like size, ascending. Equal expectations share a bin."""
    edges = np.unique(np.quantile(expected, np.linspace(0, 1, _BINS + 1)[1:-1]))
    places = np.searchsorted(edges, expected, side="right")
    return tuple(
        Bin(float(expected[places == n].mean()), float(actual[places == n].mean()), int((places == n).sum()))
        for n in np.unique(places)
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error, in units of the rating: the mean over all of |actual - expected| of their bin.

    Naeini et al. 2015, with the mean rating for the share of positives, and bins of like size.
    """
    return sum(b.count * abs(b.actual - b.expected) for b in bins) / max(1, sum(b.count for b in bins))
