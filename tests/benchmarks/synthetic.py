"""A made-up catalogue of any size, and an encoder for it: topics, genres that most items share, rare themes and names.

The items of a smaller catalogue are the first of a larger one. A word's vector lies near its topic's, a text's is the
mean of its words': so vectors cluster, and common words (drawn by Zipf's law) pull all of them the same way.
"""

from __future__ import annotations

import itertools
import random
import re
import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np

from penchant.retriever import Field, Item, Schema
from penchant.retriever.catalogue.item import Value

GENRES = tuple(f"genre{n}" for n in range(24))
THEMES = 3000
TOPICS = 240
DIMENSIONS = 128
PRICES = 10_000
_WORDS_OF_A_TOPIC = 60
_COMMON_WORDS = 2000

SCHEMA = Schema(
    (
        Field("genres", "facet"),
        Field("themes", "facet"),
        Field("people", "name"),
        Field("kind", "category"),
        Field("price", "number"),
        Field("votes", "number"),
    ),
    prior="votes",
)


def make_items(count: int) -> list[Item]:
    """Items 0 to count - 1. `price` is uniform over 0..9,999 and independent of all else: a gate of any width."""
    rng = random.Random(0)
    people: list[str] = []
    return [_item(n, rng, people) for n in range(count)]


def _item(n: int, rng: random.Random, people: list[str]) -> Item:
    topics = [_zipf(rng, TOPICS) for _ in range(rng.randint(1, 3))]
    words = [f"t{t}w{_zipf(rng, _WORDS_OF_A_TOPIC)}" for t in topics for _ in range(12 // len(topics))]
    text = " ".join([*words, *(f"c{_zipf(rng, _COMMON_WORDS)}" for _ in range(6))])
    fields: dict[str, Value] = {
        "genres": tuple(dict.fromkeys(GENRES[topic % len(GENRES)] for topic in topics)),
        "themes": tuple(theme(topic, _zipf(rng, THEMES // TOPICS + 20)) for topic in topics),
        "people": tuple(dict.fromkeys(_person(rng, people) for _ in range(3))),
        "kind": rng.choice(("film", "film", "book")),
        "price": rng.randrange(PRICES),
        "votes": min(100_000, int(rng.paretovariate(0.8) * 10)),
    }
    return Item(f"i{n}", f"Title {n}", text, fields)


def theme(topic: int, n: int) -> str:
    return f"t{topic}w{n} t{topic}theme{n}"


def _person(rng: random.Random, people: list[str]) -> str:
    """Half are new, half have items already, in proportion to how many (Yule's process)."""
    name = rng.choice(people) if people and rng.random() < 0.5 else f"Person {len(people)}"
    people.append(name)
    return name


def _zipf(rng: random.Random, count: int) -> int:
    return rng.choices(range(count), cum_weights=_cumulated(count))[0]


@cache
def _cumulated(count: int) -> list[float]:
    return list(itertools.accumulate(1 / rank for rank in range(1, count + 1)))


class SyntheticEncoder:
    """Unit vectors of DIMENSIONS from words; the same in every process."""

    name = "synthetic"
    fingerprint = f"synthetic-{DIMENSIONS}"
    dimensions = DIMENSIONS

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        sums = np.stack([np.sum([_word(word) for word in text.split()], axis=0) for text in texts])
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)


@cache
def _word(word: str) -> np.ndarray:
    """t12w3 and t12theme4 lie near topic 12, and that near genre 12 % 24; common words and titles near nothing."""
    match = re.fullmatch(r"t(\d+)(?:w|theme)\d+", word)
    if match is None:
        return _normal(word)
    topic = 0.6 * _normal(GENRES[int(match[1]) % len(GENRES)]) + 0.8 * _normal(f"topic{match[1]}")
    return 0.6 * topic + 0.8 * _normal(word)


@cache
def _normal(text: str) -> np.ndarray:
    drawn = np.random.Generator(np.random.PCG64(zlib.crc32(text.encode()))).standard_normal(DIMENSIONS)
    return np.asarray(drawn / np.linalg.norm(drawn), dtype=np.float32)
