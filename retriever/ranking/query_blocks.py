"""Places interests in the vector: the blocks that each speaks to, and how loudly.

Knows nothing of how interests are weighed against each other (composition), nor of how items are found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..catalogue import Schema, normalise, terms
from ..encoding import Encoder, Pictures, Vectors
from ..vectors import Layout
from .interest import MENTION, OPEN, SUGGESTED, Interest


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What an interest in an item needs of it: its vector (d,) and the names it bears."""

    vector: Vectors
    names: frozenset[str]


def together(vectors: Vectors, layout: Layout) -> Mentioned:
    """What people like who like several items, whose vectors are (n, d): the direction of all their behaviour, as long
    as the longest of them."""
    place = np.zeros(layout.dimensions, dtype=np.float32)
    for name in layout.of("behaviour"):
        behaviour = vectors[:, layout.slices[name]]
        total = behaviour.sum(axis=0)
        longest = np.linalg.norm(behaviour, axis=1).max(initial=0.0)
        place[layout.slices[name]] = total * (longest / max(float(np.linalg.norm(total)), 1e-9))
    return Mentioned(place, frozenset())


@dataclass(frozen=True, slots=True)
class QueryBlocks:
    """Where an interest speaks: a place in the vector, `factor` for each of its names that an item bears, and the own
    `words` that an item may say too."""

    vector: Vectors
    names: frozenset[str] = frozenset()
    factor: float = 0.0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Encoded:
    """What interests need to be placed: the mean of their readings as encoded, less `common` in the text block; texts
    and pictures as the picture model encodes them; the items mentioned, by id, several together by what they are
    called."""

    texts: Mapping[tuple[str, ...], Vectors]
    common: Vectors | np.float32
    captions: Mapping[str, Vectors]
    pictures: Mapping[str, Vectors]
    mentioned: Mapping[str, Mentioned]


def said_in_words(interest: Interest, schema: Schema) -> bool:
    """Whether its value is a text to encode, and not the title of an item or the path of a picture."""
    return interest.facet not in (MENTION, SUGGESTED) and schema.kind(interest.facet) != "image"


def encoded(
    interests: Sequence[Interest],
    schema: Schema,
    encoder: Encoder,
    pictures: Pictures | None,
    mentioned: Mapping[str, Mentioned],
    common: Vectors | np.float32,
) -> Encoded:
    """Everything encoded that the interests need. Pictures must be readable (can_place)."""
    said = [i for i in interests if said_in_words(i, schema)]
    texts = list(dict.fromkeys(text for i in said for text in i.readings))
    vectors = dict(zip(texts, encoder.encode(texts), strict=True)) if texts else {}
    means = {i.readings: np.stack([vectors[text] for text in i.readings]).mean(axis=0) for i in said}
    captions = dict(zip(texts, pictures.encode(texts), strict=True)) if texts and pictures else {}
    shown = {i.value: pictures.query(i.value) for i in interests if pictures and schema.kind(i.facet) == "image"}
    seen = {name: vector for name, vector in shown.items() if vector is not None}
    return Encoded(means, common, captions, seen, mentioned)


@dataclass(frozen=True, slots=True)
class BlockPlacer:
    """Places interests in one layout. text_share, mention: see CompositionConfig. unwanted: the `terms` of what is not
    wanted, which no wish is found by."""

    schema: Schema
    layout: Layout
    text_share: float
    mention: float
    unwanted: frozenset[str] = frozenset()

    def place(self, interest: Interest, encoded: Encoded) -> QueryBlocks:
        if interest.facet == MENTION:
            return self._mention(encoded.mentioned[interest.item or interest.value])
        if interest.facet == SUGGESTED:
            return QueryBlocks(self._nowhere())
        if self.schema.kind(interest.facet) == "image":
            return self._picture(interest.facet, encoded.pictures[interest.value])
        return self._text(interest, encoded)

    def _text(self, interest: Interest, encoded: Encoded) -> QueryBlocks:
        """In a known facet: to that facet's block and with a smaller share to text and images; else only to those.

        What all messages have in common is taken out of what goes to text: how close an item is to this one, above how
        close it is to anything.
        """
        place, vector = self._nowhere(), encoded.texts[interest.readings]
        kind, weight = self.schema.kind(interest.facet), self.schema.weight(interest.facet)
        share = self.text_share if kind in ("facet", "name") else 1.0
        if kind == "facet":
            place[self.layout.slices[interest.facet]] = weight * self.layout.project(interest.facet, vector)
        text = self.layout.project("text", vector - encoded.common)
        place[self.layout.slices["text"]] = self.schema.text_weight * share * text
        for name in self.layout.of("image"):
            caption = self.layout.project(name, encoded.captions[interest.words])
            place[self.layout.slices[name]] = self.schema.weight(name) * share * caption
        if kind == "name":
            return QueryBlocks(place, frozenset({normalise(interest.value)}), weight)
        return QueryBlocks(place, words=self._words(interest))

    def _words(self, interest: Interest) -> tuple[str, ...]:
        """Of what is wanted in own words: all that the person told, as far as it is not of something refused."""
        if interest.facet != OPEN or interest.level != "want":
            return ()
        return tuple(word for word in terms(interest.readings[-1]) if word not in self.unwanted)

    def _picture(self, name: str, vector: Vectors) -> QueryBlocks:
        """A picture speaks to the block of its field alone, as the pictures of items are held there."""
        place = self._nowhere()
        place[self.layout.slices[name]] = self.schema.weight(name) * self.layout.centre(name, vector[None, :])[0]
        return QueryBlocks(place)

    def _mention(self, item: Mentioned) -> QueryBlocks:
        """A mentioned item's own vector without its prior: an equal part for each filled block, `mention` in all.

        Its behaviour comes on top: it is not what the item is, but who liked it.
        """
        said = self.layout.of("text") + self.layout.of("facet") + self.layout.of("image")
        filled = [name for name in said if item.vector[self.layout.slices[name]].any()]
        part = self.mention / max(1, len(filled) + bool(item.names))
        place = self._nowhere()
        for name in filled:
            place[self.layout.slices[name]] = part * item.vector[self.layout.slices[name]]
        for name in self.layout.of("behaviour"):
            place[self.layout.slices[name]] = self.schema.behaviour_weight * item.vector[self.layout.slices[name]]
        return QueryBlocks(place, item.names, part / max(1, len(item.names)))

    def _nowhere(self) -> Vectors:
        return np.zeros(self.layout.dimensions, dtype=np.float32)
