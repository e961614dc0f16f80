"""Time from the understood message to the picks, against the least that such a turn can cost.

    python -m tests.benchmarks.turn [--items 10000] [--repeat 30]

The floor is the encoding of the new texts in one batch, one Chroma query for as many candidates as the search scores,
vectors included, and one exact product over them. Floor and search take turns, each time with texts never seen before,
while the interests of earlier turns stay in the encoder's cache as they do in a conversation; medians are compared.

So that the index is made in a minute, items are embedded as bags of random word vectors of the model's size; the texts
of the queries go through the real model. What is found is therefore meaningless; what it costs is not.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from penchant.assistant import Session
from penchant.assistant.understanding.linking.gazetteer import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import MENTION, OPEN, Index, Interest, SentenceEncoder, build_index, search
from tests.conftest import make_items

TARGET = 1.5
NEW_TEXTS = 2
_WORDS = ("rain", "winter", "trains", "letters", "violins", "deserts", "harbours", "siblings", "grief", "chess")


class QueryEncoder(SentenceEncoder):
    """The real model for queries; while `building`, bags of random word vectors."""

    building = True

    @property
    def fingerprint(self) -> str:
        return "benchmark"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if not self.building:
            return super().encode(texts)
        bags = np.stack([np.sum([_random(word) for word in text.split() or [""]], axis=0) for text in texts])
        return (bags / np.linalg.norm(bags, axis=1, keepdims=True)).astype(np.float32)

    def forget(self) -> None:
        self._cache.clear()


@cache
def _random(word: str) -> np.ndarray:
    return np.random.Generator(np.random.PCG64(zlib.crc32(word.encode()))).standard_normal(384)


def conversation(index: Index) -> list[Interest]:
    """What was said in earlier turns: a name, a genre, a theme, a mention and two gates."""
    item = next(i for i in index.catalogue.items if i.values("people"))
    return [
        Interest("people", item.values("people")[0]),
        Interest("genres", "thriller"),
        Interest("themes", item.values("themes")[0], 0.6),
        Interest(MENTION, item.title, 0.8, item=item.id),
        Interest("genres", "horror", level="never"),
        Interest("year", ">= 1980"),
    ]


def new_texts(rng: random.Random) -> list[str]:
    return [f"something about {' and '.join(rng.sample(_WORDS, 4))} {rng.random():.6f}" for _ in range(NEW_TEXTS)]


def floor(index: Index, texts: Sequence[str], candidates: int) -> None:
    vector = np.zeros((1, index.layout.dimensions), dtype=np.float32)
    vector[0, index.layout.slices["text"]] = index.encoder.encode(texts).mean(axis=0)
    found = index.engine.collection.query(query_embeddings=vector, n_results=candidates, include=["embeddings"])
    scores = np.asarray(found["embeddings"][0], dtype=np.float32) @ vector[0]
    np.argsort(-scores)


def candidates_of(index: Index, interests: Sequence[Interest]) -> int:
    """How many items a search scores: the most vectors it asks for at once."""
    counts, fetch = [0], index.vectors
    index.vectors = lambda rows: counts.append(len(rows)) or fetch(rows)
    search(index, interests)
    del index.vectors
    return max(counts)


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def measure(index: Index, encoder: QueryEncoder, repeat: int) -> tuple[list[float], list[float], int]:
    """Milliseconds of the floor and of the search, in turns; the first three of each are left out."""
    rng, before = random.Random(0), conversation(index)
    candidates = candidates_of(index, [*before, *(Interest(OPEN, text, 0.5) for text in new_texts(rng))])
    floors, searches = [], []
    for _ in range(repeat + 3):
        for times in (floors, searches):
            encoder.forget()
            encoder.encode([i.value for i in before])
            texts = new_texts(rng)
            asked = [*before, *(Interest(OPEN, text, 0.5) for text in texts)]
            action = (
                (lambda t=texts: floor(index, t, candidates)) if times is floors else lambda a=asked: search(index, a)
            )
            times.append(timed(action))
    return floors[3:], searches[3:], candidates


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=30)
    options = parser.parse_args()
    encoder = QueryEncoder()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        index = build_index(make_items(options.items), folder, encoder)
        encoder.building = False
        floors, searches, candidates = measure(index, encoder, options.repeat)
        decomposer = RuleTagger(Gazetteer(index.catalogue), spans=span_model())
        message = "a tense thriller about two siblings on a night train, nothing with horror, after 1980"
        understood = [timed(lambda: decomposer.understand(message, Session())) for _ in range(options.repeat + 1)][1:]
    low, high = statistics.median(floors), statistics.median(searches)
    print(f"items {options.items:,}  dimensions {index.layout.dimensions:,}  candidates {candidates}")
    print(f"floor       {low:6.1f} ms  ({NEW_TEXTS} new texts, one query, one product)")
    print(f"search      {high:6.1f} ms")
    print(f"ratio       {high / low:6.2f}     (target at most {TARGET})")
    print(f"understand  {statistics.median(understood):6.1f} ms  (offline decomposer)")


if __name__ == "__main__":
    main()
