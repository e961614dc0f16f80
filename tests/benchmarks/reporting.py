"""How long a report on simulated people takes, over the demo.

    python -m tests.benchmarks.reporting [--people 2000]

Seconds of the clock, and of the processor, for drawing the people, showing them their pages, and measuring these. For
one core: `taskset -c 0 python -m tests.benchmarks.reporting`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TypeVar

from penchant.assistant import Settings
from penchant.assistant.reporting import genres_of, measured, population, simulate
from penchant.assistant.wiring import open_assistant

T = TypeVar("T")


def timed(what: str, action: Callable[[], T]) -> T:
    """What an action gives, after saying how long it took."""
    clock, processor = time.perf_counter(), time.process_time()
    found = action()
    print(f"{what:10} {time.perf_counter() - clock:6.1f} s, {time.process_time() - processor:6.1f} s of the processor")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=2000)
    options = parser.parse_args()
    assistant = open_assistant(Settings.from_environment())
    catalogue = assistant.index.catalogue
    people = timed("people", lambda: population(catalogue, options.people, 7))
    shown = timed("pages", lambda: simulate(assistant, people))
    report = timed("figures", lambda: measured(shown, catalogue, "", {}, genres_of(catalogue.schema)))
    print(f"{report.pages:,} pages of {report.sessions:,} people over {report.items:,} items")


if __name__ == "__main__":
    main()
