"""What the tests share: made-up catalogues, an exact oracle, encoders and indexes."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from penchant.assistant import Assistant
from penchant.retriever import (
    DEFAULT_MODEL,
    MENTION,
    CompositionConfig,
    Index,
    Interest,
    Item,
    SentenceEncoder,
    build_index,
    compose,
    encoder_named,
)
from penchant.retriever.catalogue.item_text import names_of
from penchant.retriever.encoding import HashEncoder
from penchant.retriever.index.indexing import open_or_build_demo
from penchant.retriever.ranking.composition import can_place
from penchant.retriever.ranking.query_blocks import Mentioned

from .tiny import tiny_index

# A slow machine is no fault of what is tested.
settings.register_profile("unhurried", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

PATIENCE = 240.0
"""Seconds that a test waits for what it expects, on however busy a machine, before it gives up."""

EXPORTS = "PENCHANT_EXPORTS"
_GENRES = """
    drama comedy thriller romance action crime horror adventure fantasy mystery animation war history biography musical
    sports documentary western satire heist spy family gothic noir
"""
GENRES = tuple(_GENRES.split())
LANGUAGES = ("English", "French", "Japanese", "Spanish", "Italian", "Korean", "German", "Hindi", "Persian", "Danish")
_SYLLABLES = tuple(map("".join, itertools.product("bdfgklmnrst", "aeiou")))


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
    every, names, bearers = _known(index)
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
    scores = every @ vector
    for wanted, factor in zip(composition.names, composition.factors, strict=True):
        for name in wanted:
            scores[bearers.get(name, [])] += factor
    for words, spoken in zip(composition.words, composition.spoken, strict=True):
        scores += spoken * catalogue.terms.said(words, np.arange(len(catalogue)))
    return scores


@cache
def _known(index: Index) -> tuple[np.ndarray, list[frozenset[str]], dict[str, list[int]]]:
    """The vector and the names of every item, and the rows of every name."""
    vectors = index.vectors(range(len(index.catalogue))).astype(np.float64)
    names = [names_of(item, index.schema) for item in index.catalogue.items]
    bearers: dict[str, list[int]] = {}
    for row, own in enumerate(names):
        for name in own:
            bearers.setdefault(name, []).append(row)
    return vectors, names, bearers


EXTRAS = {
    "train": ("accelerate", "datasets", "implicit", "peft"),
    "postgres": ("langgraph.store.postgres", "psycopg"),
    "duckdb": ("duckdb",),
    "report": ("matplotlib",),
    "docs": ("mkdocs", "mkdocstrings"),
    "private": ("accelerate", "datasets", "opacus", "peft"),
    "ray": ("ray",),
    "telemetry": ("opentelemetry.sdk", "prometheus_client"),
}
"""What the tests marked with `extra` need of the extras of the same names."""


def missing(what: str) -> NoReturn:
    """Something that a test needs is not on this machine: CI has to have it, elsewhere the test is skipped."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for extra in (mark.args[0] for mark in item.iter_markers("extra")):
        if absent := [name for name in EXTRAS[extra] if find_spec(name) is None]:
            missing(f"no {', '.join(absent)}; install with: pip install 'penchant[{extra}]'")


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """A shell starts what runs in the background deaf to Ctrl-C, and so would be every command that tests start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Twelve films and books, to be read only; a module that needs others has its own."""
    return tiny_index(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """120 items, for what is compared with a brute-force scan."""
    return build_index(make_items(120, seed=1), tmp_path_factory.mktemp("small"), HashEncoder())


@pytest.fixture(scope="session")
def large_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """10,000 items, enough for Chroma's graph to miss some, to be read only.

    Takes ten seconds to build, so all processes of a run share it: to build it again finds nothing to do.
    """
    home = shared_folder(tmp_path_factory)
    with FileLock(home / "large.lock"):
        return build_index(make_items(10_000), home / "large", HashEncoder())


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all processes of a run."""
    home = tmp_path_factory.getbasetemp()
    return home.parent if "PYTEST_XDIST_WORKER" in os.environ else home


def clean_environment() -> dict[str, str]:
    """For a process that a test starts: none of the developer's settings, but where encoders are exported to."""
    own = {name for name in os.environ if name.startswith(("PENCHANT_", "OPENAI_"))} - {EXPORTS}
    return {name: value for name, value in os.environ.items() if name not in own}


@pytest.fixture(scope="session", autouse=True)
def shared_exports(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each encoder is exported once in a run, by whichever process comes first; those that tests start know where."""
    os.environ[EXPORTS] = str(shared_folder(tmp_path_factory) / "encoders")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """What the page is tried on, unless a module has its own."""
    from .visiting import assistant

    return assistant(tmp_path_factory.mktemp("page") / "index")


@pytest.fixture(scope="module")
def address(made: Assistant) -> Iterator[str]:
    """Where a page of `made` is served."""
    from .visiting import served

    with served(lambda: made) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from .visiting import chromium

    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def sentence_encoder() -> SentenceEncoder:
    """The real model, as a person has it by default; tests that use it are marked slow."""
    return encoder_named(DEFAULT_MODEL)


@pytest.fixture(scope="session")
def reference_encoder() -> SentenceEncoder:
    """The real model in sentence-transformers, which takes ten seconds to import."""
    return SentenceEncoder()


@pytest.fixture(scope="session")
def demo_index(tmp_path_factory: pytest.TempPathFactory, sentence_encoder: SentenceEncoder) -> Index:
    """The demo catalogue with the real model, to be read only: all processes of a run share it."""
    home = shared_folder(tmp_path_factory)
    with FileLock(home / "demo.lock"):
        return open_or_build_demo(home, sentence_encoder)
