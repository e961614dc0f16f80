"""Composes interests into one vector: softmax weights, and the blocks that each interest speaks to.

    v = sum_i  w_i * p_i          score(x) = <v, x> + names = sum_i  w_i * (<p_i, x> + f_i * names shared)

so the score of an item is the sum of one share per interest and block, exactly. Knows nothing of Chroma.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .blocks import Layout, normalise
from .encoder import Encoder, Vectors
from .interest import MENTION, Interest
from .schema import Schema

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Composing:
    """The knobs of composition, with the defaults that held up on every development benchmark (docs/log.md).

    temperature: of the softmax; at 1 a strong interest among many weak ones drowns, towards 0 only it counts.
    decay: factor on an interest's strength for each turn since it was last said; mention_decay: on a mentioned item's.
    less: weight of a "less" relative to the mean weight of the wants.
    mention: factor on the vector of a mentioned item.
    text_share: how much an interest with a known facet also speaks to the text block.
    usual: how much of what any message has in common is taken out of what is said to the text block.
    """

    temperature: float = 0.3
    decay: float = 0.6
    mention_decay: float = 0.85
    less: float = -0.5
    mention: float = 1.25
    text_share: float = 0.3
    usual: float = 0.5


@dataclass(frozen=True)
class Composition:
    """The interests that move the score, their weights (m,), and their weighted places in the vector (m, d).

    Beside its place, interest i adds factors[i] for each of names[i] that an item bears.
    """

    interests: tuple[Interest, ...]
    weights: Weights
    placed: Vectors
    names: tuple[frozenset[str], ...]
    factors: Weights
    prior: Vectors

    @property
    def vector(self) -> Vectors:
        """The session's interest vector, shape (d,)."""
        return np.asarray(self.placed.sum(axis=0) + self.prior, dtype=np.float32)


def is_gate(interest: Interest, schema: Schema) -> bool:
    """Whether the interest decides which items may be shown and carries no weight."""
    return interest.level == "never" or schema.kind(interest.facet) in ("number", "category")


def softmax_weights(interests: Sequence[Interest], schema: Schema, turn: int, composing: Composing) -> Weights:
    """The weight of each interest at a turn, shape (len(interests),).

    Wants share 1 by softmax(strength * decay^age / temperature). Each "less" gets `less` times the mean weight of the
    wants, times its strength, outside the softmax. Gates and parked interests get 0. Pinned
    interests and those of a long-term profile have no age.
    """
    active = np.array([not (i.parked or is_gate(i, schema)) for i in interests], dtype=bool)
    wants = active & np.array([i.level == "want" for i in interests], dtype=bool)
    age = np.array([0 if i.pinned or i.source == "profile" else max(0, turn - i.turn) for i in interests], dtype=float)
    pace = np.where([i.facet == MENTION for i in interests], composing.mention_decay, composing.decay)
    strength = np.array([i.strength for i in interests], dtype=float) * pace**age
    weights = np.zeros(len(interests))
    if wants.any():
        exponents = np.exp((strength[wants] - strength[wants].max()) / composing.temperature)
        weights[wants] = exponents / exponents.sum()
    lesses = active & ~wants
    weights[lesses] = composing.less * strength[lesses] / max(1, int(wants.sum()))
    return weights


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What an interest in an item needs of it: its vector (d,) and the names it bears."""

    vector: Vectors
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an interest speaks: a place in the vector, and `factor` for each of its names that an item bears."""

    vector: Vectors
    names: frozenset[str] = frozenset()
    factor: float = 0.0


def compose(
    interests: Sequence[Interest],
    schema: Schema,
    layout: Layout,
    encoder: Encoder,
    mentioned: Mapping[str, Mentioned],
    turn: int = 0,
    composing: Composing | None = None,
    usual: Vectors | None = None,
) -> Composition:
    """Weighs the interests and places them in the blocks; `mentioned` has the items that interests point to, by id.

    `usual` is what any message has in common, shape (d,) as encoded. All new texts are encoded in one batch.
    """
    composing = composing or Composing()
    weights = softmax_weights(interests, schema, turn, composing)
    moving = [n for n, weight in enumerate(weights) if weight != 0]
    texts = list(dict.fromkeys(interests[n].value for n in moving if interests[n].facet != MENTION))
    vectors = dict(zip(texts, encoder.encode(texts), strict=True)) if texts else {}
    common = np.float32(0) if usual is None else composing.usual * usual
    places = [
        _mention(mentioned[interest.item], schema, layout, composing.mention)
        if interest.facet == MENTION
        else _place(interest, vectors[interest.value], common, schema, layout, composing.text_share)
        for interest in (interests[n] for n in moving)
    ]
    placed = np.zeros((len(moving), layout.dimensions), dtype=np.float32)
    for row, place in enumerate(places):
        placed[row] = weights[moving[row]] * place.vector
    factors = weights[moving] * np.array([place.factor for place in places])
    names = tuple(place.names for place in places)
    return Composition(
        tuple(interests[n] for n in moving), weights[moving], placed, names, factors, _prior(schema, layout)
    )


def _place(
    interest: Interest, vector: Vectors, common: Vectors | np.float32, schema: Schema, layout: Layout, text_share: float
) -> _Place:
    """An interest in a known facet goes to that facet's block and with a smaller share to text; others to text.

    `common` is taken out of what goes to text: how close an item is to this, above how close it is to anything.
    """
    place = np.zeros(layout.dimensions, dtype=np.float32)
    kind, weight = schema.kind(interest.facet), schema.weight(interest.facet)
    known = kind in ("facet", "name")
    if kind == "facet":
        place[layout.slices[interest.facet]] = weight * layout.project(interest.facet, vector)
    share = schema.text_weight * (text_share if known else 1.0)
    place[layout.slices["text"]] = share * layout.project("text", vector - common)
    return _Place(place, frozenset({normalise(interest.value)}), weight) if kind == "name" else _Place(place)


def _mention(item: Mentioned, schema: Schema, layout: Layout, factor: float) -> _Place:
    """A mentioned item's own vector without its prior: an equal part for each filled block, `factor` in all.

    Its behaviour comes on top: it is not what the item is, but who liked it.
    """
    said = layout.of("text") + layout.of("facet") + layout.of("image")
    filled = [name for name in said if item.vector[layout.slices[name]].any()]
    part = factor / (len(filled) + bool(item.names))
    place = np.zeros(layout.dimensions, dtype=np.float32)
    for name in filled:
        place[layout.slices[name]] = part * item.vector[layout.slices[name]]
    for name in layout.of("behaviour"):
        place[layout.slices[name]] = schema.behaviour_weight * item.vector[layout.slices[name]]
    return _Place(place, item.names, part / max(1, len(item.names)))


def _prior(schema: Schema, layout: Layout) -> Vectors:
    prior = np.zeros(layout.dimensions, dtype=np.float32)
    for name in layout.of("prior"):
        prior[layout.slices[name]] = schema.prior_weight
    return prior
