"""The demo's catalogue in every engine: over whole sessions the same picks, and of each the same shares."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from penchant.assistant.api_schema import transcript
from penchant.assistant.wiring import make_assistant
from penchant.retriever import (
    ChromaEngine,
    Index,
    Interest,
    MemoryEngine,
    PenchantError,
    PostgresEngine,
    VectorEngine,
    build_index,
    open_index,
    search,
)
from penchant.retriever.index import pages
from penchant.retriever.index.engines import Overlay, engine_at

from . import chroma_server
from .conftest import HashEncoder, make_items
from .test_engine_contract import pgvector, port  # noqa: F401 (fixtures)
from .test_search import SHAPES, Asking

SESSIONS = [
    ["something funny about space, but no horror", "older ones", "more like the second one"],
    ["a sad album for a rainy evening", "not from the 80s", "I know the first one"],
    ["a book about grief", "shorter", "under 300 pages", "why the first?"],
    ["like Alien, but less violent", "loved the first one", "and for two children"],
    ["crime in Paris", "in French", "the best rated"],
    ["surprise me", "no films", "jazz"],
    ["Ursula K. Le Guin", "someone similar", "from this century"],
    ["slow films about nothing", "something else", "never romance"],
]
NEAR = 1e-5


def copied(index: Index, engine: VectorEngine) -> Index:
    """The index in another engine, as it is: nothing is encoded again."""
    source, folder = index.engine, engine.folder
    vectors, rows = source.attached("projections")
    if rows:
        engine.attach("projections", [f"{n}" for n in range(len(rows))], vectors, rows)
    meta = dict(source.metadata() or {})
    engine.describe({**meta, "state": "building"})
    for ids in pages(source.ids(), 128):
        found, kept = source.vectors(ids), source.rows(ids)
        engine.upsert(ids, np.stack([found[name] for name in ids]), [kept[name] for name in ids])
    engine.describe(meta)
    assert engine.folder == folder
    return open_index(engine, index.encoder)


@pytest.fixture(params=["memory", "overlay", "chroma folder", "chroma server", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorEngine]:
    """Empty; on a server under a name of the test's own, as vectors of another length may lie there."""
    name = f"golden_{hashlib.sha256(request.node.name.encode()).hexdigest()[:8]}"
    with ExitStack() as opened:
        match request.param:
            case "memory":
                yield MemoryEngine()
            case "overlay":
                yield Overlay(MemoryEngine())
            case "chroma folder":
                yield ChromaEngine.in_folder(tmp_path)
            case "chroma server":
                listening = request.getfixturevalue("port")
                yield opened.enter_context(chroma_server.connected(listening, name, tmp_path))
            case _:
                yield PostgresEngine(request.getfixturevalue("pgvector"), name, tmp_path)


def played(index: Index) -> list[Any]:
    assistant = make_assistant(index, k=6)
    turns = [transcript(assistant, messages)["turns"] for messages in SESSIONS]
    return [[{**turn, "timings": {}} for turn in some] for some in turns]  # no two turns take as long


@pytest.fixture(scope="module")
def golden(demo_index: Index) -> list[Any]:
    return played(demo_index)


def check_same(found: Any, expected: Any, where: str = "") -> None:
    """Numbers nearly, all else exactly."""
    if isinstance(expected, float):
        assert found == pytest.approx(expected, abs=NEAR), where
    elif isinstance(expected, dict):
        assert found.keys() == expected.keys(), where
        for name in expected:
            check_same(found[name], expected[name], f"{where}.{name}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), where
        for n, (one, other) in enumerate(zip(found, expected, strict=True)):
            check_same(one, other, f"{where}[{n}]")
    else:
        assert found == expected, where


@pytest.mark.slow
@pytest.mark.extra("postgres")
def test_every_engine_leads_to_the_same_picks_and_shares(
    demo_index: Index, golden: list[Any], engine: VectorEngine
) -> None:
    shown = [pick for turns in golden for turn in turns for pick in turn["picks"]]
    assert len(shown) > 100 and all(abs(sum(s["value"] for s in p["shares"]) - p["score"]) < NEAR for p in shown)
    check_same(json.loads(json.dumps(played(copied(demo_index, engine)))), json.loads(json.dumps(golden)))


# gates of any width

GATED = {"open text": 0.5, "genre and text": 0.5, "a genre": 0.1, "name and genre": 0.1, "a theme": 0.01}
"""What is asked, and the part of the items that a gate leaves."""


@pytest.fixture(scope="module")
def wide_index() -> Index:
    """1,200 items in an engine that is as sure as the graphs are: of a half it is asked, a tenth is compared."""
    return build_index(make_items(1200, seed=3), MemoryEngine(depth=ChromaEngine.depth), HashEncoder())


def gated(index: Index) -> dict[str, Any]:
    """Ids and shares of the picks behind each gate."""
    years = np.sort([item.fields.get("year", 0) for item in index.catalogue.items])
    asking, found = Asking(list(index.catalogue.items), seed="gates"), dict[str, Any]()
    for shape, share in GATED.items():
        gate = Interest("year", f">= {int(years[-round(share * len(years))])}")
        picks = search(index, [*SHAPES[shape](asking), gate], 10).picks
        found[shape] = [(p.item.id, {f"{s.key} {s.block}": float(s.value) for s in p.shares}) for p in picks]
    return found


@pytest.mark.slow
@pytest.mark.extra("postgres")
def test_gates_of_any_width_leave_the_same_in_every_engine(wide_index: Index, engine: VectorEngine) -> None:
    """No engine knows of gates: it is asked for more than is needed, or what they leave is compared beside it."""
    expected = gated(wide_index)
    assert all(len(picks) == 10 for picks in expected.values())
    check_same(gated(copied(wide_index, engine)), expected)


def test_only_a_broad_gate_is_left_to_the_engine(wide_index: Index) -> None:
    with patch.object(wide_index.engine, "query", wraps=wide_index.engine.query) as query:
        asked = {}
        for shape, share in GATED.items():
            before = query.call_count
            with patch.dict(GATED, {shape: share}, clear=True):
                gated(wide_index)
            asked[shape] = query.call_count - before
    assert [calls > 0 for calls in asked.values()] == [share == 0.5 for share in GATED.values()]


# which engine an address stands for


@pytest.mark.slow
@pytest.mark.extra("postgres")
def test_an_address_and_a_folder_name_an_index(pgvector: str, port: int, tmp_path: Path) -> None:  # noqa: F811
    for address in (pgvector, f"chroma://{chroma_server.HOST}:{port}"):
        for name, size in (("films", 20), ("books", 30)):
            build_index(make_items(size), engine_at(address, tmp_path / name), HashEncoder())
        for name, size in (("films", 20), ("books", 30)):
            index = open_index(engine_at(address, tmp_path / name), HashEncoder())
            assert len(index.catalogue) == size and len(list((tmp_path / name).glob("vectors.*"))) == 1


def test_an_address_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PenchantError, match="begins with postgresql or postgres or chroma://"):
        engine_at("milvus://localhost", tmp_path)


@pytest.mark.extra("postgres")
def test_no_server_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(PenchantError, match="no PostgreSQL server with pgvector answers"):
        PostgresEngine(f"postgresql://nobody@127.0.0.1:{chroma_server.free_port()}/none?connect_timeout=2", wait=2)
