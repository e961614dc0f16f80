"""Composes interests into one vector: softmax weights, and the blocks that each interest speaks to.

    v = sum_i  w_i * p_i          score(x) = <v, x> + names = sum_i  w_i * (<p_i, x> + f_i * names shared)

so the score of an item is the sum of one share per interest and block, exactly. Knows nothing of how items are found.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..catalogue import Schema, names_of, terms
from ..encoding import Encoder, Pictures, Vectors
from ..errors import PenchantError
from ..index import Index
from ..vectors import Layout
from .interest import MENTION, OPEN, SUGGESTED, Interest, alternatives, at_length, unnamed
from .query_blocks import BlockPlacer, Mentioned, encoded, said_in_words, together

Weights = npt.NDArray[np.float64]

_OWN, _FOUND = 1.0, 0.7
"""How much stronger own words are, and how much weaker what was found in fields, where most of a message is unnamed."""

_RANGES = {
    "temperature": (0.001, math.inf),
    "decay": (0, 1),
    "mention_decay": (0, 1),
    "less": (-10, 0),
    "mention": (0, 10),
    "suggested": (0, 10),
    "text_share": (0, 1),
    "background": (0, 1),
    "words": (0, 10),
}


def check_ranges(config: object, ranges: Mapping[str, tuple[float, float]]) -> None:
    """Raises PenchantError for a value of a config that does not lie in its range, both ends inclusive."""
    for name, (low, high) in ranges.items():
        value = getattr(config, name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            bounds = f"at least {low}" if math.isinf(high) else f"from {low} to {high}"
            raise PenchantError(f"{type(config).__name__}: {name} is {value!r}; give a number {bounds}")


@dataclass(frozen=True, slots=True)
class CompositionConfig:
    """The knobs of composition, with the defaults that held up on every development benchmark (docs/log.md).

    Raises PenchantError for a value out of its range.

    temperature: of the softmax, above 0; at 1 a strong interest among many weak ones drowns, towards 0 only it counts.
    decay: factor on an interest's strength for each turn since it was last said; mention_decay: on a mentioned item's.
    less: weight of a "less" relative to the mean weight of the wants.
    mention: factor on the vector of a mentioned item.
    suggested: what it adds to an item's score that a language model suggested it; the interests share 1.
    text_share: how much an interest with a known facet also speaks to the text block.
    background: how much of what any message has in common is taken out of what is said to the text block.
    words: what it adds, for each part of its weight, that an item says the very words of a wish told at length.
    """

    temperature: float = 0.3
    decay: float = 0.6
    mention_decay: float = 0.85
    less: float = -0.5
    mention: float = 1.25
    suggested: float = 0.5
    text_share: float = 0.3
    background: float = 0.5
    words: float = 0.8

    def __post_init__(self) -> None:
        check_ranges(self, _RANGES)


@dataclass(frozen=True)
class Composition:
    """The interests that move the score, their weights (m,), and their weighted places in the vector (m, d).

    Beside its place, interest i adds factors[i] for each of names[i] that an item bears, and spoken[i] as far as it
    says words[i] (see Terms). One that suggests items adds its weight to each of those, and has no place.
    """

    interests: tuple[Interest, ...]
    weights: Weights
    placed: Vectors
    names: tuple[frozenset[str], ...]
    factors: Weights
    words: tuple[tuple[str, ...], ...]
    spoken: Weights
    prior: Vectors

    @property
    def vector(self) -> Vectors:
        """The session's interest vector, shape (d,)."""
        return np.asarray(self.placed.sum(axis=0) + self.prior, dtype=np.float32)


def is_filter(interest: Interest, schema: Schema) -> bool:
    """Whether the interest decides which items may be shown and carries no weight."""
    return interest.level == "never" or schema.kind(interest.facet) in ("number", "category")


def softmax_weights(
    interests: Sequence[Interest], schema: Schema, turn: int, composition_config: CompositionConfig
) -> Weights:
    """The weight of each interest at a turn, shape (len(interests),).

    Wants share 1 by softmax(strength * decay^age / temperature), in which several that the same words stand for are
    one in equal parts. Each "less" gets `less` times the mean weight of the wants, times its strength, outside the
    softmax; so does what a model suggested get `suggested` times its strength. What several liked items have in common
    is not wished for and takes nothing from what is: its strength, by the square of the part of the wants that is not
    of own words or items, which no value puts first and it would drown. Gates and parked interests get 0.
    Pinned interests and those of a long-term profile have no age. The more of a message no field names, the more the
    own words count, and the less what was found in fields.
    """
    active = np.array([not (i.parked or is_filter(i, schema)) for i in interests], dtype=bool)
    positive = np.array([i.level == "want" for i in interests], dtype=bool)
    suggested = active & np.array([i.facet == SUGGESTED for i in interests], dtype=bool)
    liked = active & positive & np.array([i.of_many for i in interests], dtype=bool)
    wants = active & positive & ~suggested & ~liked
    age = np.array([0 if i.pinned or i.source == "profile" else max(0, turn - i.turn) for i in interests], dtype=float)
    pace = np.where([i.facet == MENTION for i in interests], composition_config.mention_decay, composition_config.decay)
    strength = np.array([i.strength for i in interests], dtype=float) * pace**age * _emphasis(interests)
    weights = np.zeros(len(interests))
    if wants.any():
        exponents = np.exp((strength[wants] - strength[wants].max()) / composition_config.temperature)
        exponents /= np.array(alternatives(interests), dtype=float)[wants]
        weights[wants] = exponents / exponents.sum()
    factors = np.where(positive, composition_config.suggested, composition_config.less)
    weights[suggested] = (factors * strength)[suggested]
    loose = np.array([i.facet in (OPEN, MENTION) and i.source != "profile" for i in interests], dtype=bool)
    weights[liked] = strength[liked] * (1 - weights[wants & loose].sum()) ** 2
    lesses = active & ~wants & ~suggested & ~liked
    weights[lesses] = composition_config.less * strength[lesses] / max(1, int(wants.sum()))
    return weights


def _emphasis(interests: Sequence[Interest]) -> Weights:
    """Factors on the strength of wants, shape (len(interests),)."""
    beyond = unnamed(interests)
    own, found = 1 + _OWN * beyond, 1 - _FOUND * beyond
    factors = {OPEN: own, MENTION: 1.0, SUGGESTED: 1.0}
    return np.array([factors.get(i.facet, found) if i.level == "want" else 1.0 for i in interests], dtype=float)


def compose(
    interests: Sequence[Interest],
    schema: Schema,
    layout: Layout,
    encoder: Encoder,
    mentioned: Mapping[str, Mentioned],
    turn: int = 0,
    composition_config: CompositionConfig | None = None,
    background_vector: Vectors | None = None,
    pictures: Pictures | None = None,
) -> Composition:
    """Weighs the interests and places them in the blocks; `mentioned` has the items that interests point to, by id.

    `background_vector` is what any message has in common, shape (d,) as encoded; `pictures` is needed where there are
    image blocks.
    All new texts are encoded in one batch.
    """
    composition_config = composition_config or CompositionConfig()
    weights = softmax_weights(interests, schema, turn, composition_config)
    moving = [n for n, weight in enumerate(weights) if weight != 0]
    active = [interests[n] for n in moving]
    share = composition_config.background
    common = np.float32(0) if background_vector is None else share * background_vector
    vectors = encoded(active, schema, encoder, pictures, mentioned, common)
    unwanted = frozenset(word for i in interests if i.level != "want" and not i.parked for word in terms(i.value))
    placer = BlockPlacer(schema, layout, composition_config.text_share, composition_config.mention, unwanted)
    places = [placer.place(interest, vectors) for interest in active]
    placed = np.zeros((len(moving), layout.dimensions), dtype=np.float32)
    for row, place in enumerate(places):
        placed[row] = weights[moving[row]] * place.vector
    factors = weights[moving] * np.array([place.factor for place in places])
    names = tuple(place.names for place in places)
    words = tuple(place.words for place in places)
    spoken = composition_config.words * weights[moving] * np.array([at_length(len(said)) for said in words])
    return Composition(tuple(active), weights[moving], placed, names, factors, words, spoken, _prior(schema, layout))


def _prior(schema: Schema, layout: Layout) -> Vectors:
    prior = np.zeros(layout.dimensions, dtype=np.float32)
    for name in layout.of("prior"):
        prior[layout.slices[name]] = schema.prior_weight
    return prior


def can_place(index: Index, interest: Interest) -> bool:
    """Whether an interest can be placed: the item or the picture that it points to must be there."""
    if interest.facet == MENTION:
        if interest.of_many and not index.has_behaviour:
            return False
        pointed = (interest.item, *(interest.items if interest.level == "never" or interest.of_many else ()))
        return any(item in index.catalogue.row for item in pointed)
    if index.schema.kind(interest.facet) != "image":
        return True
    pictures = index.pictures
    return interest.level != "never" and pictures is not None and pictures.query(interest.value) is not None


def compose_for(
    index: Index,
    interests: Sequence[Interest],
    turn: int,
    composition_config: CompositionConfig,
    also: Sequence[str] = (),
) -> Composition:
    """The composition for an index, which must hold the items that interests point to.

    Everything that is new to the encoder, and the texts `also` needed later, goes to it in one batch.
    """
    schema = index.schema
    said = (i for i in interests if said_in_words(i, schema) and not is_filter(i, schema) and not i.parked)
    texts = [text for i in said for text in i.readings]
    index.encoder.encode([*texts, *also])
    pointing = [i for i in interests if i.facet == MENTION and i.level != "never"]
    ids = list(dict.fromkeys(i.item for i in pointing if not i.of_many))
    rows = [index.catalogue.row[name] for name in ids]
    vectors = index.vectors(rows)
    mentioned = {
        name: Mentioned(vector, names_of(index.catalogue.get(name), index.schema))
        for name, vector in zip(ids, vectors, strict=True)
    }
    for interest in (i for i in pointing if i.of_many):
        several = [index.catalogue.row[item] for item in interest.items if item in index.catalogue.row]
        mentioned[interest.value] = together(index.vectors(several), index.layout)
    return compose(
        interests,
        schema,
        index.layout,
        index.encoder,
        mentioned,
        turn,
        composition_config,
        index.background_vector,
        index.pictures,
    )
