"""What the tests share: an encoder whose products can be worked out by hand, made-up catalogues, an exact oracle."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import signal
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from filelock import FileLock
from hypothesis import settings

from penchant.retriever import MENTION, CompositionConfig, Index, Interest, Item, SentenceEncoder, build_index, compose
from penchant.retriever.catalogue.item_text import names_of
from penchant.retriever.index.indexing import open_or_build_demo
from penchant.retriever.ranking.composition import can_place
from penchant.retriever.ranking.query_blocks import Mentioned

settings.register_profile("penchant", deadline=None)  # a machine that is busy is no fault of the code
settings.load_profile("penchant")

DIMENSIONS = 64
_GENRES = """
    drama comedy thriller romance action crime horror adventure fantasy mystery animation war history biography musical
    sports documentary western satire heist spy family gothic noir
"""
GENRES = tuple(_GENRES.split())
LANGUAGES = ("English", "French", "Japanese", "Spanish", "Italian", "Korean", "German", "Hindi", "Persian", "Danish")
_SYLLABLES = tuple(map("".join, itertools.product("bdfgklmnrst", "aeiou")))


class HashEncoder:
    """A bag of hashed words as a unit vector: 1 for the same words, 0 for texts without a common word (or bucket)."""

    def __init__(self, dimensions: int = DIMENSIONS, salt: str = "") -> None:
        self.name = f"hash{salt}"
        self.fingerprint = f"hash{salt}-{dimensions}"
        self.dimensions = dimensions
        self.texts: list[str] = []  # everything it was ever asked for, in order
        self._salt = salt

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.texts += texts
        return np.stack([self._vector(t) for t in texts]) if texts else np.zeros((0, self.dimensions), np.float32)

    def _vector(self, text: str) -> np.ndarray:
        words = text.casefold().replace(".", " ").replace(",", " ").split() or [""]
        counts = np.bincount([_bucket(self._salt + w, self.dimensions) for w in words], minlength=self.dimensions)
        return (counts / np.linalg.norm(counts)).astype(np.float32)


@cache
def _bucket(word: str, buckets: int) -> int:
    return int(hashlib.sha256(word.encode()).hexdigest(), 16) % buckets


def make_items(count: int, seed: int = 0) -> list[Item]:
    """Items as catalogues have them: a few genres on most items, many themes on few, people with 1 to 30 items each."""
    rng = random.Random(seed)
    vocabulary = [_word(rng) for _ in range(1500)]
    themes = list(dict.fromkeys(f"{_word(rng)} {_word(rng)}" for _ in range(300)))
    people = _people(count, rng)
    return [_make_item(n, rng, vocabulary, themes, people) for n in range(count)]


def _make_item(n: int, rng: random.Random, vocabulary: list[str], themes: list[str], people: list[str]) -> Item:
    genres = _zipf(rng, GENRES, rng.randint(1, 3))
    cast = [people.pop() for _ in range(min(len(people), rng.randint(1, 6)))]
    plot = [f"{genre}{rng.randint(0, 20)}" for genre in genres for _ in range(4)] + _zipf(rng, vocabulary, 14)
    fields = {
        "kind": rng.choice(("film", "film", "book")),
        "year": 2025 - min(99, int(rng.expovariate(0.04))),
        "genres": tuple(genres),
        "themes": tuple(_zipf(rng, themes, rng.randint(1, 5))),
        "people": tuple(dict.fromkeys(cast)),
        "language": _zipf(rng, LANGUAGES, 1)[0],
        "popularity": int(rng.paretovariate(0.8) * 10),
        "description": " ".join(plot),
    }
    unknown = [name for name in ("year", "people") if rng.random() < 0.05 or not fields[name]]
    return Item(f"i{n}", f"The {_word(rng)} {n}", fields={k: v for k, v in fields.items() if k not in unknown})


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4)))


def _zipf(rng: random.Random, values: Sequence[str], count: int) -> list[str]:
    return list(dict.fromkeys(rng.choices(values, cum_weights=_cumulated(len(values)), k=count)))


@cache
def _cumulated(count: int) -> list[float]:
    return list(itertools.accumulate(1 / rank for rank in range(1, count + 1)))


def _people(count: int, rng: random.Random) -> list[str]:
    """Names in random order, each as often as the person has items: one for most, 30 for a few."""
    names: list[str] = []
    while len(names) < 4 * count:
        name = f"{_word(rng).title()} {_word(rng).title()} {len(names)}"
        names += [name] * min(30, int(rng.paretovariate(0.9)))
    rng.shuffle(names)
    return names


def write_jsonl(path: Path, rows: Iterable[object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def exact_scores(
    index: Index, interests: Sequence[Interest], turn: int = 0, composition_config: CompositionConfig | None = None
) -> np.ndarray:
    """Score of every item by the definition: a dense product, but names counted instead of multiplied."""
    catalogue = index.catalogue
    every, names = _known(index)
    mentioned = {
        i.item: Mentioned(every[catalogue.row[i.item]], names[catalogue.row[i.item]])
        for i in interests
        if i.facet == MENTION and i.item in catalogue.row
    }
    known = [i for i in interests if can_place(index, i)]
    encoder, layout, pictures = index.encoder, index.layout, index.pictures
    composition = compose(
        known, index.schema, layout, encoder, mentioned, turn, composition_config, index.background_vector, pictures
    )
    vector = composition.vector.astype(np.float64)
    for name in index.layout.of("identity"):
        vector[index.layout.slices[name]] = 0
    counted = [
        sum(factor * len(wanted & own) for wanted, factor in zip(composition.names, composition.factors, strict=True))
        for own in names
    ]
    return every @ vector + np.array(counted)


@cache
def _known(index: Index) -> tuple[np.ndarray, list[frozenset[str]]]:
    """The vector and the names of every item."""
    vectors = index.vectors(range(len(index.catalogue))).astype(np.float64)
    return vectors, [names_of(item, index.schema) for item in index.catalogue.items]


def missing(what: str) -> NoReturn:
    """Something that a test needs is not on this machine: CI has to have it, elsewhere the test is skipped."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """A shell starts what runs in the background deaf to Ctrl-C, and so would be every command that tests start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """120 items, for what is compared with a brute-force scan."""
    return build_index(make_items(120, seed=1), tmp_path_factory.mktemp("small"), HashEncoder())


@pytest.fixture(scope="session")
def large_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """10,000 items, enough for Chroma's graph to miss some; takes some seconds."""
    return build_index(make_items(10_000), tmp_path_factory.mktemp("large"), HashEncoder())


@pytest.fixture(scope="session")
def sentence_encoder() -> SentenceEncoder:
    """The real model; tests that use it are marked slow."""
    return SentenceEncoder()


@pytest.fixture(scope="session")
def demo_index(tmp_path_factory: pytest.TempPathFactory, sentence_encoder: SentenceEncoder) -> Index:
    """The demo catalogue with the real model, to be read only: all processes of a run share it."""
    home = tmp_path_factory.getbasetemp()
    home = home.parent if "PYTEST_XDIST_WORKER" in os.environ else home
    with FileLock(home / "demo.lock"):
        return open_or_build_demo(home, sentence_encoder)
