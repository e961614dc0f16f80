"""Behaviour: vectors of items learned from who liked what, so that items liked by the same people are near each other.

Implicit feedback, alternating least squares (Hu, Koren and Volinsky, "Collaborative filtering for implicit feedback
datasets", ICDM 2008; the package `implicit`). Knows nothing of texts, blocks or interests.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ..catalogue import Rating, Scale
from ..encoding import Vectors
from ..errors import TrainingError

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

FACTORS = 32

_CONFIDENCE = 10.0
_REGULARIZATION = 0.1
_ROUNDS = 15
_DOUBT = 3
"""So many people who liked an item make its vector half as long, squared, as endlessly many would."""


def item_factors(ratings: Iterable[Rating], dimensions: int = FACTORS, seed: int = 0) -> dict[str, Vectors]:
    """A vector (dimensions,) for each item that someone liked, by its id.

    Only the direction of an item's factors is kept; its length is sqrt(n / (n + 3)) with n people who liked the item,
    so that the product of two items is near 1 if many like both, and small where little is known. A rating is a like
    from 70 % of the way up the scale that the ratings span; where all are alike, each is one. Raises TrainingError if
    there are none, or if `implicit` is not installed.
    """
    people, items = dict[str, int](), dict[str, int]()
    rows, columns, marks = array("q"), array("q"), array("d")
    for rating in ratings:
        rows.append(people.setdefault(rating.person, len(people)))
        columns.append(items.setdefault(rating.item, len(items)))
        marks.append(rating.rating)
    if not marks:
        raise TrainingError("no ratings to learn behaviour from")
    likes = _likes(np.array(rows), np.array(columns), np.array(marks), (len(people), len(items)))
    counts = likes.getnnz(axis=0)
    factors = _factors(likes, dimensions, seed)
    lengths = np.sqrt(counts / (counts + _DOUBT)) / np.maximum(np.linalg.norm(factors, axis=1), 1e-9)
    vectors = np.asarray(factors * lengths[:, None], dtype=np.float32)
    return {item: vectors[n] for item, n in items.items() if counts[n]}


def _likes(rows: Any, columns: Any, marks: Any, shape: tuple[int, int]) -> csr_matrix:
    """1 where a person liked an item, however often they said so."""
    from scipy.sparse import csr_matrix

    scale = Scale(float(marks.min()), float(marks.max()))
    liked = np.array([scale.label(mark) >= scale.liked for mark in marks], dtype=bool)
    likes = csr_matrix((np.ones(liked.sum(), dtype=np.float32), (rows[liked], columns[liked])), shape)
    likes.data[:] = 1.0
    return likes


def _factors(likes: csr_matrix, dimensions: int, seed: int) -> Vectors:
    """The items' factors, shape (items, dimensions)."""
    try:
        from implicit.cpu.als import AlternatingLeastSquares  # type: ignore[import-untyped]
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
    except ImportError as error:
        raise TrainingError("behaviour is learned with the package implicit; install penchant[train]") from error
    with threadpool_limits(1, user_api="blas"):  # implicit has threads of its own
        model = AlternatingLeastSquares(dimensions, _REGULARIZATION, _CONFIDENCE, iterations=_ROUNDS, random_state=seed)
        model.fit(likes, show_progress=False)
    return np.asarray(model.item_factors, dtype=np.float32)


def known_factors(factors: Mapping[str, Vectors], ids: Iterable[str]) -> dict[str, Vectors]:
    """The factors of the items of a catalogue. Raises TrainingError if there are none: the ids are of another one."""
    known = {item: factors[item] for item in ids if item in factors}
    if not known:
        raise TrainingError("none of the items rated is in the catalogue; the ratings must use its ids")
    return known


def factors_digest(factors: Mapping[str, Vectors]) -> str:
    """Differs between factors that differ anywhere."""
    digest = hashlib.sha256()
    for item in sorted(factors):
        digest.update(item.encode() + b"\0" + np.ascontiguousarray(factors[item], dtype=np.float32).tobytes())
    return digest.hexdigest()[:16]
