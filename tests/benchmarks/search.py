"""Search in catalogues of several sizes: filtered against unfiltered, large against small, what is found against all.

    python -m tests.benchmarks.search [--sizes 10000 100000 1000000] [--folder DIR] [--questions 20]

Everything goes through build_index, open_index and search, with gates as a conversation sets them; items and encoder
are made up (synthetic). Times are medians; only their ratios within one run mean anything. Chroma's own `where` is
measured on the same collection, up to 100,000 items. The indexes stay in the folder: an interrupted run goes on from
there. A million items take an hour or more to index on two cores.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from penchant.retriever import (
    MENTION,
    OPEN,
    Index,
    IndexMismatch,
    Interest,
    Item,
    SearchConfig,
    build_index,
    open_index,
    search,
)
from penchant.retriever.index.opening import pages
from penchant.retriever.ranking.composition import compose_for
from penchant.retriever.ranking.filters import exact_filters

from .synthetic import GENRES, PRICES, SCHEMA, TOPICS, SyntheticEncoder, make_items, theme

FOUND = 50
LARGEST_WHERE = 100_000
TURNS = 5
SELECTIVITIES = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001, 0.0001)
BY_SCORE = SearchConfig(balance=0)

Ask = Callable[[list[Interest], float | None], object]
"""Searches for interests, with a gate that leaves this share of the items, or none."""


def below(share: float) -> Interest:
    """A gate that leaves this share of the items, whatever they are."""
    return Interest("price", f"< {round(share * PRICES)}")


def question(items: Sequence[Item], rng: random.Random) -> list[Interest]:
    """A genre, a theme, a wish in own words, and now and then a person and a film that is liked."""
    topic, item = rng.randrange(TOPICS), rng.choice(items)
    asked = [
        Interest("genres", rng.choice(GENRES)),
        Interest("themes", theme(topic, rng.randrange(8)), 0.8),
        Interest(OPEN, f"t{topic}w{rng.randrange(20)} t{topic}w{rng.randrange(20)} c{rng.randrange(50)}", 0.6),
    ]
    if rng.random() < 0.5:
        asked.append(Interest("people", item.values("people")[0]))
    if rng.random() < 0.5:
        asked.append(Interest(MENTION, item.title, 0.8, item=item.id))
    return asked


def indexed(items: Sequence[Item], folder: Path, before: Path | None) -> Path:
    """The folder of an index of the items; what an index of the first of them (`before`) has is taken over."""
    try:
        if len(open_index(folder, SyntheticEncoder()).catalogue) == len(items):
            return folder
    except IndexMismatch:
        print(f"indexing {len(items):,} items", flush=True)
    if before and not folder.exists():
        shutil.copytree(before, folder)
    start, last = time.perf_counter(), [0.0]

    def progress(done: int, total: int) -> None:
        if time.perf_counter() - last[0] > 60:
            last[0] = time.perf_counter()
            print(f"  {done:,} of {total:,} after {last[0] - start:.0f} s", flush=True)

    build_index(items, folder, SyntheticEncoder(), SCHEMA, progress)
    return folder


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def recall(index: Index, asked: Sequence[Interest], gates: Sequence[Interest]) -> float:
    """The part of the FOUND picks whose score is at least that of the last of the FOUND best of an exact scan."""
    rows = np.flatnonzero(exact_filters([*asked, *gates], index.catalogue).allowed)
    composition = compose_for(index, asked, 0, BY_SCORE.composition_config)
    scores = index.products(rows, composition.vector[None, :])[:, 0].astype(np.float64)
    for names, factor in zip(composition.names, composition.factors, strict=True):
        scores += factor * index.catalogue.bearing(names, rows)
    best = np.sort(scores)[-FOUND:]
    picks = search(index, [*asked, *gates], FOUND, search_config=BY_SCORE).picks
    return float(np.mean([pick.score >= best[0] - 1e-5 for pick in picks])) if len(best) else 1.0


def memory() -> dict[str, int]:
    """MiB of this process by kind: its own, and mapped from files."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: int(lines[name].split()[0]) // 1024 for name in ("RssAnon", "RssFile")}


def chroma(index: Index, asked: Sequence[Interest], share: float | None) -> None:
    """What Chroma itself takes for the composed vector, with `where` in the place of our gates."""
    index.engine.collection.query(
        query_embeddings=compose_for(index, asked, 0, BY_SCORE.composition_config).vector[None, :],
        n_results=200,
        where={"price": {"$lt": round(share * PRICES)}} if share else None,
        include=["distances"],
    )


def add_prices(index: Index) -> None:
    """The price as Chroma's own metadata, for `where`."""
    if "price" not in (index.engine.collection.get(limit=1)["metadatas"] or [{}])[0]:
        for page in pages(index.catalogue.items, 4000):
            metadatas = [{"price": item.fields["price"]} for item in page]
            index.engine.collection.update(ids=[item.id for item in page], metadatas=metadatas)


def both(questions: Sequence[list[Interest]], ask: Ask, share: float) -> float:
    """How many times longer a filtered search takes: the ratio of medians, the two taking turns."""
    times = [(timed(lambda a=asked: ask(a, None)), timed(lambda a=asked: ask(a, share))) for asked in questions]
    plain, filtered = (statistics.median(column) for column in zip(*times, strict=True))
    return filtered / plain


def measure(index: Index, questions: Sequence[list[Interest]]) -> None:
    """Prints the figures of one index."""

    def ours(asked: list[Interest], share: float | None) -> None:
        search(index, [*asked, below(share)] if share else asked)

    for asked in questions:
        ours(asked, None)
    alone = statistics.median(timed(lambda a=asked: ours(a, None)) for asked in questions)
    compared = len(index.catalogue) <= LARGEST_WHERE
    if compared:
        add_prices(index)
    print(f"  unfiltered {alone:.1f} ms, recall@{FOUND} {np.mean([recall(index, a, []) for a in questions]):.3f}")
    for share in SELECTIVITIES:
        found = np.mean([recall(index, asked, [below(share)]) for asked in questions])
        line = f"  leaves {share:7.2%}: {both(questions, ours, share):6.2f} x, recall@{FOUND} {found:.3f}"
        if compared:
            theirs = both(questions[:5], lambda a, s: chroma(index, a, s), share)
            line += f"   (Chroma's where: {theirs:.1f} x its own unfiltered query)"
        print(line, flush=True)
    against = [[*asked, Interest("genres", asked[0].value, level="never")] for asked in questions]
    times = [
        (timed(lambda a=a: search(index, a)), timed(lambda b=b: search(index, b)))
        for a, b in zip(questions, against, strict=True)
    ]
    ratio = statistics.median(b for _, b in times) / statistics.median(a for a, _ in times)
    print(f"  never the genre that is wanted: {ratio:.2f} x (what is near is what the gate leaves out)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, default=Path("/tmp/penchant-search"))
    parser.add_argument("--questions", type=int, default=20)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    items = make_items(max(options.sizes))
    folder: Path | None = None
    for size in sorted(options.sizes):
        folder = indexed(items[:size], options.folder / str(size), folder)
    asking = {
        size: [question(items[:size], random.Random(n)) for n in range(options.questions)] for size in options.sizes
    }
    indexes: dict[int, Index] = {}
    for size in sorted(options.sizes):
        folder = options.folder / str(size)
        start, before = time.perf_counter(), memory()
        indexes[size] = open_index(folder, SyntheticEncoder())
        opened = time.perf_counter() - start
        print(f"{size:,} items, {indexes[size].layout.dimensions} dimensions, opened in {opened:.1f} s")
        measure(indexes[size], asking[size])
        grown = {kind: amount - before[kind] for kind, amount in memory().items()}
        files = {kind: folder.rglob(kind) for kind in ("*.sqlite3", "*.bin", "*.npy")}
        disk = {kind: sum(file.stat().st_size for file in found) >> 20 for kind, found in files.items()}
        print(f"  memory {grown['RssAnon']:,} MiB and {grown['RssFile']:,} MiB mapped from files; on disk, MiB: {disk}")
    grow(indexes, asking)


def grow(indexes: Mapping[int, Index], asking: Mapping[int, Sequence[list[Interest]]]) -> None:
    """Prints how much longer a search takes in a larger catalogue.

    The catalogues take turns with all their questions: threads of BLAS go on spinning for a while after a product, and
    would slow down the next search, which in use is one of the same catalogue.
    """
    times: dict[int, list[float]] = {size: [] for size in indexes}
    for _ in range(TURNS):
        for size, index in indexes.items():
            times[size] += [timed(lambda i=index, a=asked: search(i, a)) for asked in asking[size]]
    medians = {size: statistics.median(column) for size, column in times.items()}
    for small, large in pairwise(medians):
        ratio = f"{medians[large] / medians[small]:.2f} times as long"
        print(
            f"from {small:,} to {large:,} items a search takes {ratio} ({medians[small]:.1f}, {medians[large]:.1f} ms)"
        )


if __name__ == "__main__":
    main()
