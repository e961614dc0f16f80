"""Filters pushed down into each engine, against what is done now: ask the engine for more, or compare what is left.

    python -m tests.benchmarks.pushdown [--sizes 20000 100000] [--engines memory folder server postgres]

Made-up vectors in clusters, of 385 dimensions; a gate leaves 50, 10 or 1 % of the items, chosen by chance ("anywhere"),
or none of those near the question ("elsewhere"). Ways: `whole`, the query without a gate; `more`, the engine asked for
as many more as the gate leaves out, up to its depth; `compared`, all that is left, from the vectors beside the index
(`ranking/candidates.py` takes the first of these two where it is sure, else the second); `where`, a condition on a
column in the engine; `ids`, the ids that are left, given to the engine. Milliseconds are medians, and recall is of the
200 best of an exact scan. Only ratios within a run mean anything.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from penchant.retriever import ChromaEngine, MemoryEngine, PostgresEngine, VectorEngine
from penchant.retriever.index import largest, pages

from .. import chroma_server, postgres_server

FOUND, DIMENSIONS, CLUSTERS = 200, 385, 200
SHARES = (0.5, 0.1, 0.01)
Answer = Sequence[str]
Ways = dict[str, Callable[[np.ndarray, np.ndarray, str], Answer]]
"""A way takes a query (d,), the rows that are left, and the column that says so."""


def made(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Vectors (count, d) of length 1, and the cluster of each."""
    rng = np.random.default_rng(0)
    clusters = rng.integers(0, CLUSTERS, count)
    middles = rng.standard_normal((CLUSTERS, DIMENSIONS))
    vectors = middles[clusters] + 0.8 * rng.standard_normal((count, DIMENSIONS))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), clusters


def marks(clusters: np.ndarray) -> dict[str, np.ndarray]:
    """By column what a gate goes by: "anywhere" in [0, 1000) by chance, "elsewhere" by the cluster."""
    rng = np.random.default_rng(1)
    return {"anywhere": rng.integers(0, 1000, len(clusters)), "elsewhere": clusters * 1000 // CLUSTERS}


def chroma_ways(engine: ChromaEngine, bound: Callable[[], int]) -> Ways:
    def ask(query: np.ndarray, **gate: Any) -> Answer:
        found = engine.collection.query(query_embeddings=query[None, :], n_results=FOUND, include=["distances"], **gate)
        return found["ids"][0]

    return {
        "where": lambda query, rows, column: ask(query, where={column: {"$lt": bound()}}),
        "ids": lambda query, rows, column: ask(query, ids=[f"{row}" for row in rows.tolist()]),
    }


def postgres_ways(engine: PostgresEngine, bound: Callable[[], int]) -> Ways:
    near = "ORDER BY vector::halfvec({size}) <#> %b::vector::halfvec({size}) LIMIT %b"

    def ask(query: np.ndarray, gate: str, *values: Any) -> Answer:
        text = f"SELECT id FROM {{items}} WHERE {gate} {near}"
        with engine._connected() as connection, connection.transaction():
            connection.execute("SELECT set_config('hnsw.ef_search', '1000', true)")
            connection.execute("SELECT set_config('hnsw.iterative_scan', 'relaxed_order', true)")
            return [name for (name,) in connection.execute(engine._sql(text, DIMENSIONS), [*values, query, FOUND])]

    return {
        "where": lambda query, rows, column: ask(query, f"{column} < %s", bound()),
        "ids": lambda query, rows, column: ask(query, "id = ANY(%s)", [f"{row}" for row in rows.tolist()]),
    }


@contextmanager
def engine_of(kind: str, folder: Path) -> Iterator[VectorEngine]:
    with ExitStack() as opened:
        match kind:
            case "memory":
                yield MemoryEngine()
            case "folder":
                yield ChromaEngine.in_folder(folder)
            case "server":
                port = opened.enter_context(chroma_server.running(folder))
                yield opened.enter_context(chroma_server.connected(port, "pushdown"))
            case _:
                programs = postgres_server.with_pgvector()
                assert programs, postgres_server.PGVECTOR
                yield PostgresEngine(opened.enter_context(postgres_server.running(programs)), "pushdown")


def filled(engine: VectorEngine, vectors: np.ndarray, columns: dict[str, np.ndarray]) -> None:
    engine.describe({"state": "building"})
    for page in pages(range(len(vectors))):
        rows = [{name: int(values[row]) for name, values in columns.items()} for row in page]
        engine.upsert([f"{row}" for row in page], vectors[page[0] : page[-1] + 1], rows)
    engine.describe({"state": "complete"})
    if isinstance(engine, PostgresEngine):
        with engine._connected() as connection:
            for name in columns:
                connection.execute(engine._sql(f"ALTER TABLE {{items}} ADD COLUMN {name} int"))
                connection.execute(engine._sql(f"UPDATE {{items}} SET {name} = (facts::json->>'{name}')::int"))
            connection.execute(engine._sql("VACUUM ANALYZE {items}"))


def measure(kind: str, engine: VectorEngine, vectors: np.ndarray, columns: dict[str, np.ndarray], asked: int) -> None:
    bound = 0

    def more(query: np.ndarray, rows: np.ndarray, column: str) -> Answer:
        left = set(rows.tolist())
        count = min(int(1.2 * FOUND * len(vectors) / len(rows)) + 1, engine.depth, len(vectors))
        ((ids, _),) = engine.query(query[None, :], count)
        return [name for name in ids if int(name) in left][:FOUND]

    def compared(query: np.ndarray, rows: np.ndarray, column: str) -> Answer:
        return [f"{row}" for row in rows[largest(vectors[rows] @ query, min(FOUND, len(rows)))]]

    ways: Ways = {"whole": lambda query, rows, column: engine.query(query[None, :], FOUND)[0][0]}
    ways |= {"more": more, "compared": compared}
    if isinstance(engine, ChromaEngine):
        ways |= chroma_ways(engine, lambda: bound)
    if isinstance(engine, PostgresEngine):
        ways |= postgres_ways(engine, lambda: bound)
    rng = np.random.default_rng(2)
    for column, values in columns.items():
        for share in SHARES:
            bound = round(1000 * share)
            rows = np.flatnonzero(values < bound)
            near = np.flatnonzero(values >= bound) if column == "elsewhere" else np.arange(len(vectors))
            queries = vectors[rng.choice(near, asked)] + 0.02 * rng.standard_normal((asked, DIMENSIONS))
            report(kind, f"{column} {share:.0%}", ways, queries.astype(np.float32), rows, column, vectors)


def report(
    kind: str, gate: str, ways: Ways, queries: np.ndarray, rows: np.ndarray, column: str, vectors: np.ndarray
) -> None:
    """One line for each way, the ways taking turns."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    recall: dict[str, list[float]] = {name: [] for name in ways}
    for query in queries:
        of_all, of_rows = (largest(held @ query, min(FOUND, len(held))) for held in (vectors, vectors[rows]))
        for name, way in ways.items():
            start = time.perf_counter()
            found = way(query, rows, column)
            times[name].append(1000 * (time.perf_counter() - start))
            best = {f"{row}" for row in (of_all if name == "whole" else rows[of_rows]).tolist()}
            recall[name].append(len(best & set(found)) / len(best))
    for name in ways:
        print(f"{kind:9} {len(vectors):>7,} {gate:15} {name:9}", end="")
        print(f"{statistics.median(times[name]):9.1f} ms  recall {np.mean(recall[name]):.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--engines", nargs="+", default=["memory", "folder", "server", "postgres"])
    parser.add_argument("--questions", type=int, default=9)
    options = parser.parse_args()
    for size in options.sizes:
        vectors, clusters = made(size)
        for kind in options.engines:
            folder = Path(tempfile.mkdtemp(prefix="pushdown"))
            try:
                with engine_of(kind, folder) as engine:
                    start = time.perf_counter()
                    filled(engine, vectors, marks(clusters))
                    print(f"{kind}: {size:,} vectors written in {time.perf_counter() - start:.0f} s", flush=True)
                    measure(kind, engine, vectors, marks(clusters), options.questions)
            finally:
                shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
