"""A rating scale: its ends, what counts as liked, and ratings as labels from 0 to 1. Knows nothing of files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a rating scale, and the share of the way up from which a rating counts as liked."""

    low: float
    high: float
    liked: float = 0.7

    def label(self, rating: float) -> float:
        """The rating in [0, 1]. Where all ratings are alike, each says that the item was chosen: 1."""
        if self.high <= self.low:
            return 1.0
        return min(1.0, max(0.0, (rating - self.low) / (self.high - self.low)))

    def rating(self, label: float) -> float:
        return self.low + label * (self.high - self.low)
