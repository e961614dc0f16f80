"""What every vector engine does, checked on each: products that can be worked out by hand, and the same picks."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from penchant.retriever import (
    ChromaEngine,
    Index,
    IndexMismatch,
    Interest,
    ItemChange,
    MemoryEngine,
    PenchantError,
    PostgresEngine,
    SearchConfig,
    VectorEngine,
    build_index,
    change_items,
    first_page,
    open_index,
    search,
)
from penchant.retriever.index import built
from penchant.retriever.index.engines import Overlay

from . import chroma_server, postgres_server
from .conftest import HashEncoder, make_items, missing
from .test_search import SHAPES, Asking

Connect = Callable[[], VectorEngine]

DIMENSIONS = 4
COUNT = 40
IDS = [f"i{n}" for n in range(COUNT)]
# Item n lies along one of four axes, the farther out the larger n is.
VECTORS = np.zeros((COUNT, DIMENSIONS), np.float32)
VECTORS[range(COUNT), [n % DIMENSIONS for n in range(COUNT)]] = np.arange(1, COUNT + 1)
ROWS = [{"id": name, "number": n, "text": f'{{"ä": {n}}}'} for n, name in enumerate(IDS)]

SERVED = pytest.param("chroma server", marks=pytest.mark.slow)
POSTGRES = pytest.param("postgres", marks=[pytest.mark.slow, pytest.mark.extra("postgres")])
ENGINES = ("memory", "overlay", "chroma folder", SERVED, POSTGRES)


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with chroma_server.running(tmp_path_factory.mktemp("server")) as listening:
        yield listening


@pytest.fixture(scope="session")
def pgvector() -> Iterator[str]:
    programs = postgres_server.with_pgvector()
    if programs is None:
        missing(f"no PostgreSQL server with pgvector here: {postgres_server.PGVECTOR}")
    with postgres_server.running(programs) as address:
        yield address


_names = itertools.count()


@pytest.fixture(params=ENGINES)
def connect(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connect]:
    """Connects to one new store, again at each call."""
    if request.param == "memory":
        engine = MemoryEngine()
        yield lambda: engine
        return
    if request.param == "overlay":
        overlay = Overlay(MemoryEngine())
        yield lambda: overlay
        return
    if request.param == "postgres":
        address, name = request.getfixturevalue("pgvector"), f"test{next(_names)}"
        yield lambda: PostgresEngine(address, name)
        return
    name, served = f"test{next(_names)}", request.param == "chroma server"
    port = request.getfixturevalue("port") if served else 0
    with ExitStack() as opened:

        def another() -> VectorEngine:
            if served:
                return opened.enter_context(chroma_server.connected(port, name))
            return ChromaEngine.in_folder(tmp_path)

        yield another


@pytest.fixture
def filled(connect: Connect) -> VectorEngine:
    engine = connect()
    engine.describe({"state": "complete"})
    engine.upsert(IDS, VECTORS, ROWS)
    return engine


def test_where_nothing_was_described_there_is_no_index(connect: Connect) -> None:
    assert connect().metadata() is None
    vectors, rows = connect().attached("table")
    assert len(vectors) == 0 and rows == []


def test_what_is_described_replaces_what_was(connect: Connect) -> None:
    engine = connect()
    engine.describe({"state": "building", "total": 3, "scale": 0.5, "usual": "[1]"})
    assert connect().metadata() == {"state": "building", "total": 3, "scale": 0.5, "usual": "[1]"}
    assert engine.ids() == []
    engine.describe({"state": "complete"})
    assert engine.metadata() == connect().metadata() == {"state": "complete"}


def test_what_is_written_is_read(filled: VectorEngine, connect: Connect) -> None:
    for engine in (filled, connect()):
        assert sorted(engine.ids()) == sorted(IDS)
        assert engine.ids() == engine.ids()
        asked = ["i7", "gone", "i0"]
        assert engine.rows(asked) == {"i7": ROWS[7], "i0": ROWS[0]}
        found = engine.vectors(asked)
        assert set(found) == {"i7", "i0"}
        for name in found:
            np.testing.assert_array_equal(found[name], VECTORS[IDS.index(name)])
            assert found[name].dtype == np.float32


def test_what_is_written_again_is_replaced_and_what_is_deleted_is_gone(filled: VectorEngine, connect: Connect) -> None:
    filled.upsert(["i0", "new"], np.full((2, DIMENSIONS), 100, np.float32), [{"id": "other"}, {"id": "new"}])
    filled.delete(["i1", "gone"])
    engine = connect()
    assert sorted(engine.ids()) == sorted([*IDS, "new"])[:1] + sorted([*IDS, "new"])[2:]
    assert engine.rows(["i0", "i1"])["i0"]["id"] == "other" and "i1" not in engine.rows(["i0", "i1"])
    (ids, products), *_ = engine.query(np.eye(DIMENSIONS, dtype=np.float32)[:1], 2)
    assert sorted(ids) == ["i0", "new"] and products.tolist() == [100, 100]


def test_an_engine_takes_a_page(connect: Connect) -> None:
    engine, ids = connect(), [f"{n}" for n in range(4000)]
    engine.describe({"state": "building"})
    engine.upsert(ids, np.ones((4000, 2), np.float32), [{"id": name} for name in ids])
    assert len(engine.rows(ids)) == len(engine.vectors(ids)) == len(engine.ids()) == 4000
    engine.delete(ids[1:])
    assert engine.ids() == ["0"]


@pytest.mark.parametrize("count", [1, 3, COUNT, 3 * COUNT])
def test_the_nearest_are_those_worked_out_by_hand(filled: VectorEngine, count: int) -> None:
    """Along an axis the products are n + 1 for every fourth item and 0 for the others."""
    for axis, (ids, products) in enumerate(filled.query(np.eye(DIMENSIONS, dtype=np.float32), count)):
        along = [n for n in range(COUNT - 1, -1, -1) if n % DIMENSIONS == axis]
        best = [n + 1 for n in along] + [0] * (COUNT - len(along))
        assert products == pytest.approx(best[:count])
        assert ids[: len(along)] == [IDS[n] for n in along][:count]
        assert len(set(ids)) == len(ids) == min(count, COUNT)


def test_vectors_of_any_length_and_sign(filled: VectorEngine) -> None:
    ((ids, products),) = filled.query(np.array([[-2, 0, 0, 0.5]], np.float32), COUNT)
    expected = VECTORS @ [-2, 0, 0, 0.5]
    assert products == pytest.approx(np.sort(expected)[::-1])
    assert products == pytest.approx([expected[IDS.index(name)] for name in ids])


def test_many_questions_are_answered_as_one_by_one_and_from_several_threads(filled: VectorEngine) -> None:
    questions = np.random.default_rng(0).standard_normal((12, DIMENSIONS)).astype(np.float32)
    alone = [filled.query(question[None, :], 5)[0] for question in questions]
    with ThreadPoolExecutor(4) as pool:
        threaded = [found[0] for found in pool.map(lambda question: filled.query(question[None, :], 5), questions)]
    for (ids, products), *others in zip(alone, filled.query(questions, 5), threaded, strict=True):
        for theirs, near in others:
            assert theirs == ids and near == pytest.approx(products)


def test_the_nearest_are_found_as_deep_as_the_engine_says(connect: Connect) -> None:
    vectors = np.random.default_rng(1).standard_normal((3000, 24)).astype(np.float32)
    engine = connect()
    engine.describe({"state": "complete"})
    engine.upsert([f"{n}" for n in range(3000)], vectors, [{"id": n} for n in range(3000)])
    count = min(engine.depth, 1000)
    for question, (ids, _) in zip(vectors[:8], engine.query(vectors[:8], count), strict=True):
        nearest = set(map(str, np.argsort(-(vectors @ question))[:count]))
        assert len(nearest & set(ids)) >= 0.99 * count


def test_a_table_is_kept_replaced_and_removed(connect: Connect) -> None:
    engine = connect()
    for size in (3, 2):
        vectors = np.arange(size * 2, dtype=np.float32).reshape(size, 2)
        engine.attach("table", [f"t/{n}" for n in range(size)], vectors, [{"place": n} for n in range(size)])
        found, rows = connect().attached("table")
        assert sorted(row["place"] for row in rows) == list(range(size))
        np.testing.assert_array_equal(found, vectors[[row["place"] for row in rows]])
    engine.attach("table", [], np.zeros((0, 0), np.float32), [])
    assert len(connect().attached("table")[0]) == 0
    assert engine.metadata() is None, "a table is not an index"


# an index in each engine


ITEMS = make_items(120, seed=1)


@pytest.fixture
def index(connect: Connect) -> Index:
    return build_index(ITEMS, connect(), HashEncoder())


def test_an_index_opens_from_its_engine_alone(index: Index, connect: Connect) -> None:
    encoder = HashEncoder()
    opened = open_index(connect(), encoder)
    assert encoder.texts == []
    assert {item.id: item for item in opened.catalogue.items} == {item.id: item for item in ITEMS}
    assert (opened.schema, opened.layout) == (index.schema, index.layout)
    order = [opened.catalogue.row[item.id] for item in index.catalogue.items]
    np.testing.assert_array_equal(opened.vectors(order), index.vectors(range(120)))
    np.testing.assert_array_equal(opened.background_vector, index.background_vector)


def test_an_update_writes_what_is_new_and_what_is_open_goes_on(index: Index, connect: Connect) -> None:
    encoder, asked = HashEncoder(), [Interest("genres", "drama")]
    before = search(index, asked, 20)
    changed = build_index([*ITEMS[:100], *make_items(140, seed=3)[120:]], connect(), encoder, index.schema)
    assert len(changed.catalogue) == 120 and len(encoder.texts) < 120
    assert search(index, asked, 20) == before
    assert len(search(changed, asked, 120).picks) == 120


def test_items_change_in_every_engine(index: Index, connect: Connect) -> None:
    new = [replace(item, id=f"new{n}") for n, item in enumerate(make_items(3, seed=9))]
    done = change_items(connect(), HashEncoder(), ItemChange(new, ["i4"], {"i7": {"year": 1911}}))
    assert (done.added, done.changed, done.removed, done.items) == (3, 1, 1, 122)
    opened = open_index(connect(), HashEncoder())
    assert opened.catalogue.row.keys() == {*(item.id for item in [*ITEMS, *new])} - {"i4"}
    assert opened.catalogue.get("i7").fields["year"] == 1911
    assert built(connect()) == built(opened.engine) != built(MemoryEngine())


def test_an_unfinished_or_foreign_index_is_refused(connect: Connect) -> None:
    with pytest.raises(IndexMismatch, match="no index of Penchant"):
        open_index(connect(), HashEncoder())

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(make_items(200), connect(), HashEncoder(), progress=interrupt)
    with pytest.raises(IndexMismatch, match=r"unfinished \(128 of 200 items\)"):
        open_index(connect(), HashEncoder())
    with pytest.raises(IndexMismatch, match="hash-64, not hash-2-64"):
        build_index(make_items(200), connect(), HashEncoder(salt="-2"))
    assert len(build_index(make_items(200), connect(), HashEncoder()).catalogue) == 200


def golden(index: Index) -> list[list[tuple[str, float]]]:
    """The picks and scores of many searches, some of which look at a small part of the catalogue."""
    asking = Asking(list(ITEMS), seed="golden")
    asked = [shape(asking) for shape in SHAPES.values()]
    gates = [[], [Interest("kind", "book")], [Interest("genres", "drama", level="never")]]
    narrow = SearchConfig(depth=12, lane_depth=3, scan=0)
    found = [
        search(index, [*interests, *gate], 3, search_config=config)
        for interests in asked
        for gate in gates
        for config in (None, narrow)
    ]
    found.append(first_page(index, [], 3))
    return [[(pick.item.id, round(pick.score, 5)) for pick in results.picks] for results in found]


def test_every_engine_leads_to_the_same_picks(index: Index, small_index: Index) -> None:
    """small_index is in a folder, and was built by another process of its own."""
    assert golden(index) == golden(small_index)


# what only one of them can go wrong at


@pytest.mark.slow
@pytest.mark.extra("postgres")
def test_one_process_at_a_time_writes_to_postgres(pgvector: str) -> None:
    engine = PostgresEngine(pgvector, "locked")
    build_index(ITEMS, engine, HashEncoder())
    said = r"\(locked\): another process is writing this index"
    with PostgresEngine(pgvector, "locked").alone(), pytest.raises(IndexMismatch, match=said):
        change_items(engine, HashEncoder(), ItemChange(removed=["i4"]))
    assert change_items(engine, HashEncoder(), ItemChange(removed=["i4"])).removed == 1


@pytest.mark.slow
@pytest.mark.extra("postgres")
def test_the_graph_of_postgres_finds_the_nearest_as_deep_as_it_says(pgvector: str) -> None:
    vectors = np.random.default_rng(1).standard_normal((3000, 24)).astype(np.float32)
    engine = PostgresEngine(pgvector, "graph")
    engine.describe({"state": "building"})
    engine.upsert([f"{n}" for n in range(3000)], vectors, [{"id": n} for n in range(3000)])
    engine.describe({"state": "complete"})
    for question, (ids, products) in zip(vectors[:8], engine.query(vectors[:8], engine.depth), strict=True):
        nearest = np.argsort(-(vectors @ question))[: engine.depth]
        assert len(set(map(str, nearest)) & set(ids)) >= 0.99 * engine.depth
        assert products[0] == pytest.approx((vectors @ question).max(), rel=1e-5)


def test_no_server() -> None:
    port = chroma_server.free_port()
    with pytest.raises(PenchantError, match=rf"127.0.0.1:{port}.*no Chroma server answers.*chroma run"):
        ChromaEngine.on_server("127.0.0.1", port)


@pytest.mark.slow
def test_a_server_keeps_several_indexes_and_their_vectors_in_a_folder(port: int, tmp_path: Path) -> None:
    sizes = {"films": 20, "books": 30}
    for name, size in sizes.items():
        with chroma_server.connected(port, name, tmp_path / name) as engine:
            build_index(make_items(size), engine, HashEncoder())
        assert len(list((tmp_path / name).glob("vectors.*"))) == 1
    for name, size in sizes.items():
        with chroma_server.connected(port, name) as engine:
            assert len(open_index(engine, HashEncoder()).catalogue) == size
