"""Behaviour with a promise to each person: vectors of items from who liked what, behind Gaussian noise.

Each person is a unit vector over the items of the catalogue, which are known anyway, and adds its outer product to a
sum. The sum is only ever seen through a few directions and with noise: the noisy power method (Hardt and Roth 2012,
arXiv:1209.1005; Hardt and Price 2014, arXiv:1311.2495). Knows nothing of texts, blocks or interests.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..catalogue import Rating, Scale
from ..encoding import Vectors
from ..errors import TrainingError
from .behaviour import FACTORS

_ROUNDS = 2
_POWER = 1.1
_WIDEST = 1e6


@dataclass(frozen=True)
class PrivateFactors:
    """A vector for each item, and what is promised: (epsilon, delta)-differential privacy of each of `people`, by noise
    of the deviation `noise` on each of `rounds` sums to which a person adds a length of at most 1."""

    vectors: dict[str, Vectors]
    epsilon: float
    delta: float
    noise: float
    rounds: int
    people: int

    @property
    def card(self) -> str:
        """The promise in Markdown."""
        return f"""# Behaviour

({self.epsilon:g}, {self.delta:.1e})-differential privacy of each person whose ratings these vectors were learned
from: whatever they are is almost as likely had one of them, with all that they rated, not been there.

- mechanism: Gaussian noise on {self.rounds} sums over people
- clipping norm, of a person in a sum: 1
- noise multiplier: {self.noise:.3f}
- people: {self.people:,} (exact, and not part of the promise)
"""


def private_factors(
    ratings: Iterable[Rating],
    items: Sequence[str],
    scale: Scale,
    epsilon: float,
    delta: float = 0.0,
    dimensions: int = FACTORS,
    chance: np.random.Generator | None = None,
) -> PrivateFactors:
    """A vector (dimensions,) for each of `items`, whether anybody liked it or not. `delta` 0: 1 / people^1.1.

    `scale` must not come from the ratings. The product of two vectors is near 1 if many like both, and each is as long
    as it stands above the noise. `chance`: by default of the system's randomness, which nobody can repeat. Raises
    TrainingError for no ratings of these items, and a delta of 1 / people or more.
    """
    likes = _unit_rows(ratings, {item: n for n, item in enumerate(items)}, scale)
    if not likes:
        raise TrainingError("no ratings of the catalogue's items to learn behaviour from")
    delta = delta or len(likes) ** -_POWER
    if not 0 < delta <= 1 / len(likes):
        raise TrainingError(f"delta {delta:g}: must be below one in {len(likes):,}, the people that it learns from")
    chance = chance or np.random.default_rng(secrets.randbits(128))
    noise = noise_for(epsilon, delta) * math.sqrt(_ROUNDS)
    seen = np.linalg.qr(chance.standard_normal((len(items), min(dimensions, len(items)))))[0]
    total = _sum(likes, seen) + noise * chance.standard_normal(seen.shape)
    for _ in range(_ROUNDS - 1):
        seen = np.linalg.qr(total)[0]
        total = _sum(likes, seen) + noise * chance.standard_normal(seen.shape)
    vectors = _lengthened(_halved(total, seen), noise)
    known = dict(zip(items, vectors, strict=True))
    return PrivateFactors(known, epsilon, delta, noise, _ROUNDS, len(likes))


def noise_for(epsilon: float, delta: float) -> float:
    """The least deviation of Gaussian noise, for a change of length 1, that is (epsilon, delta)-differentially private.

    The exact condition of Balle and Wang 2018 (arXiv:1805.06530), theorem 8. So many rounds, each with the root of as
    many times that deviation, are together as private as one.
    """
    low, high = 1e-3, _WIDEST
    for _ in range(200):
        middle = math.sqrt(low * high)
        low, high = (low, middle) if delta_of(epsilon, middle) <= delta else (middle, high)
    return high


def delta_of(epsilon: float, noise: float) -> float:
    """The least delta that the Gaussian mechanism has at an epsilon."""
    half, shift = 1 / (2 * noise), epsilon * noise
    if shift + half > 37:  # beyond, the tail is below the smallest number
        return _below(half - shift)
    return _below(half - shift) - math.exp(epsilon) * _below(-half - shift)


def _below(deviations: float) -> float:
    """The share of a normal distribution that is below, exact also far out, where `NormalDist.cdf` rounds it away."""
    return math.erfc(-deviations / math.sqrt(2)) / 2


def _unit_rows(ratings: Iterable[Rating], places: dict[str, int], scale: Scale) -> list[Sequence[int]]:
    """The items that each person likes, by place; each counts 1 / sqrt(n) of a unit vector."""
    liked: dict[str, set[int]] = {}
    for rating in ratings:
        own = liked.setdefault(rating.person, set())
        if rating.item in places and scale.label(rating.rating) >= scale.liked:
            own.add(places[rating.item])
    return [sorted(own) for own in liked.values()]


def _sum(likes: Sequence[Sequence[int]], seen: Floats) -> Floats:
    """Each person's outer product with itself, seen through orthonormal directions: longer than 1 for nobody."""
    total = np.zeros_like(seen)
    for own in likes:
        if own:
            total[own] += seen[own].sum(axis=0) / len(own)
    return total


def _halved(total: Floats, seen: Floats) -> Floats:
    """Vectors whose products are the sum itself, from the sum seen through some directions (Nystroem)."""
    inner = seen.T @ total
    values, directions = np.linalg.eigh((inner + inner.T) / 2)
    found: Floats = total @ (directions / np.sqrt(np.maximum(values, values.max() * 1e-2)))
    return found


def _lengthened(vectors: Floats, noise: float) -> Vectors:
    """Directions, each as long as what is there stands above what noise alone would be."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    typical = np.median(lengths) if noise else 0.0
    return np.asarray(vectors / np.maximum(lengths, 1e-9) * np.sqrt(lengths / (lengths + typical)), dtype=np.float32)
