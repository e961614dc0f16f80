"""What typing costs beside reading: a made-up CSV of 100,000 rows, against Python's csv reader on the same file.

python -m tests.benchmarks.reading [ROWS]
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from penchant.retriever import read_catalogue
from penchant.retriever.catalogue.reading import read_rows

ROWS = 100_000


def write(path: Path, rows: int) -> None:
    draw = Random(0)
    genres, cities = ("drama", "comedy", "horror", "noir", "war"), ("Leeds", "Porto", "Turku", "Lyon", "Graz", "Bergen")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            ("shop_id", "Name", "Genres", "City", "Price", "Length", "Released", "In stock", "Rating", "About")
        )
        for n in range(rows):
            released = f"{draw.randint(1, 28):02}.{draw.randint(1, 12):02}.{draw.randint(1980, 2024)}"
            about = f"The {draw.choice(cities)} one that {draw.choice(genres)} made, number {n}, told once more."
            numbers = f"{draw.randint(3, 90)},{draw.randint(10, 99)} €", f"{draw.randint(60, 200)} min"
            kinds = ", ".join(draw.sample(genres, 2)), draw.choice(cities)
            mark = f"{draw.randint(10, 50) / 10}".replace(".", ",")
            writer.writerow((n, f"Item {n}", *kinds, *numbers, released, draw.choice(("yes", "no")), mark, about))


def seconds(work: Callable[[], object]) -> float:
    """The best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.csv"
        write(path, rows)

        def bare() -> list[dict[str, str]]:
            with path.open(encoding="utf-8", newline="") as file:
                return list(csv.DictReader(file, delimiter=";"))

        floor = seconds(bare)
        for name, work in (("rows", lambda: list(read_rows(path))), ("items", lambda: read_catalogue([path]))):
            taken = seconds(work)
            print(f"{name}: {taken:.2f} s for {rows:,} rows, {taken / floor:.1f} times csv.DictReader ({floor:.2f} s)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
