"""What a service does when many people talk to it at the same time, as ratios to one of them alone.

    python -m tests.benchmarks.service [--turns 400] [--rounds 3] [--model] [--people 1 10 50 200] [--at-once 4 100]

A `penchant serve` process of its own, on the demo catalogue, is called over loopback; each person says what nobody has
said before, waits for the answer and says the next, and begins anew after five messages. --model: with a language model
on loopback that takes 300 ms for each answer. --at-once: a process for each number of requests that are worked on at
the same time. The fair share of so many people is the time that each would wait if the
turns were handed out evenly: people divided by turns a second. Rounds go over all numbers in turn, so that what else
the machine does falls on all of them; medians of the rounds are printed. What asks is a process on the same machine.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import product
from multiprocessing.connection import Connection
from pathlib import Path

import httpx2
import numpy as np
import psutil

from penchant.assistant.settings import Settings
from tests.conftest import PATIENCE, clean_environment
from tests.openai_server import Answer, Body, OpenAIServer, Words, mode_of
from tests.scripted_model import answer, tag

MODEL_SECONDS = 0.3
_TURNS_OF_A_TALK = 5
_KINDS = ("a comedy", "a slow drama", "some jazz", "a book", "a thriller", "science fiction", "something calm")
_WORDS = "rain winter trains letters violins deserts harbours siblings grief chess storms maps bakers bees".split()


@dataclass(frozen=True, slots=True)
class Load:
    """Turns a second, seconds of each turn that was answered, how many were refused; what the server used meanwhile:
    processor seconds for each turn, and MiB of memory before and after."""

    people: int
    rate: float
    seconds: list[float]
    refused: int
    used: float
    before: float
    after: float

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return float(np.quantile(self.seconds, 0.95))

    @property
    def fair(self) -> float:
        return self.people / self.rate


def message(rng: random.Random) -> str:
    """One that is new to the encoder."""
    return f"{rng.choice(_KINDS)} about {' and '.join(rng.sample(_WORDS, 3))}, number {rng.randrange(10**9)}"


async def talk(client: httpx2.AsyncClient, turns: Iterator[int], rng: random.Random, seconds: list[float]) -> int:
    """One person's turns, until there are none left, with the seconds of each; returns how many were refused."""
    handle, refused = "", 0
    for n, _ in enumerate(turns):
        if n % _TURNS_OF_A_TALK == 0:
            handle = ""
        begun = time.perf_counter()
        answered = await client.post("/api/recommend", json={"message": message(rng), "session_id": handle})
        if answered.status_code == 503:
            refused += 1
            await asyncio.sleep(float(answered.headers["retry-after"]))
            continue
        handle = answered.raise_for_status().json()["session_id"]
        seconds.append(time.perf_counter() - begun)
    return refused


async def crowd(url: str, server: psutil.Process, people: int, turns: int, seed: int) -> Load:
    """So many people at once, who take so many turns between them."""
    seconds, before, used = list[float](), memory(server), processor(server)
    left = iter(range(turns))
    limits = httpx2.Limits(max_connections=people, max_keepalive_connections=people)
    async with httpx2.AsyncClient(base_url=url, timeout=PATIENCE, limits=limits) as client:
        begun = time.perf_counter()
        refused = await asyncio.gather(*(talk(client, left, random.Random(seed + n), seconds) for n in range(people)))
        rate = len(seconds) / (time.perf_counter() - begun)
    used = (processor(server) - used) / len(seconds)
    return Load(people, rate, seconds, sum(refused), used, before, memory(server))


def processor(server: psutil.Process) -> float:
    times = server.cpu_times()
    return float(times.user + times.system)


def memory(server: psutil.Process) -> float:
    return float(server.memory_info().rss) / 2**20


def slow(body: Body, _: int) -> Answer:
    time.sleep(MODEL_SECONDS)
    structured = mode_of(body) != "text"
    return Words(answer(tag("genres", "comedy")) if structured else "These fit what you said.")


def stub(pipe: Connection) -> None:
    """A language model in a process of its own, until the pipe is closed."""
    with OpenAIServer(slow) as server:
        pipe.send(server.url)
        pipe.recv()


@contextmanager
def language_model() -> Iterator[dict[str, str]]:
    """The settings that name it."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=stub, args=(there,), daemon=True)
    process.start()
    yield {"PENCHANT_BASE_URL": here.recv(), "PENCHANT_MODEL": "tiny"}
    here.send("end")
    process.join()


@contextmanager
def service(folder: Path, environment: dict[str, str], at_once: int | None) -> Iterator[tuple[str, psutil.Process]]:
    """The address of a service that is ready, and its process. The demo's index is the user's own."""
    settings = {"PENCHANT_HOME": str(Settings.from_environment().home), "PENCHANT_STORE": str(folder / "sessions")}
    command = [sys.executable, "-m", "penchant.ui", "serve", "--port", "0", "--rate", "0"]
    command += ["--at-once", str(at_once)] if at_once else []
    env = clean_environment() | settings | environment
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            assert process.stdout
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found, (folder / "log").read_text()
            httpx2.get(f"{found[0]}/api/catalogue", timeout=PATIENCE).raise_for_status()
            yield found[0], psutil.Process(process.pid)
        finally:
            process.terminate()


def measured(
    people: list[int], turns: int, rounds: int, environment: dict[str, str], at_once: list[int | None]
) -> list[list[list[Load]]]:
    """For each service, and in it for each number of people, its rounds. A first crowd warms up and is left out."""
    loads: list[list[list[Load]]] = [[[] for _ in people] for _ in at_once]
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in at_once]
        started = [
            stack.enter_context(service(folder, environment, n)) for folder, n in zip(folders, at_once, strict=True)
        ]
        for url, process in started:
            asyncio.run(crowd(url, process, max(people), max(people), 0))
        for n, some, place in product(range(rounds), people, range(len(started))):
            few = max(20, turns // 8) if some == 1 else max(turns, some)
            made = asyncio.run(crowd(*started[place], some, few, 1_000_000 * n + 1000 * some))
            loads[place][people.index(some)].append(made)
    return loads


def line(loads: list[Load], alone: list[Load]) -> str:
    """Medians over the rounds, each round against one person alone in the same round."""

    def middle(values: Iterator[float]) -> float:
        return statistics.median(values)

    pairs = list(zip(loads, alone, strict=True))
    rate = middle(load.rate for load in loads)
    sessions = sum(len(load.seconds) for load in loads) / _TURNS_OF_A_TALK
    grown = 1024 * sum(load.after - load.before for load in loads) / sessions
    return (
        f"{loads[0].people:6} {rate:7.1f} {middle(a.rate / b.rate for a, b in pairs):6.2f}"
        f" {1000 * middle(load.median for load in loads):8.0f} {middle(a.median / b.median for a, b in pairs):7.2f}"
        f" {middle(a.p95 / b.p95 for a, b in pairs):6.2f} {middle(load.p95 / load.fair for load in loads):8.2f}"
        f" {sum(load.refused for load in loads):8} {1000 * middle(load.used for load in loads):11.0f} {grown:9.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--turns", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, nargs="+", default=[1, 10, 50, 200])
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--at-once", type=int, nargs="+", default=[None])
    asked = parser.parse_args()
    people = sorted({1, *asked.people})
    with language_model() if asked.model else nullcontext({}) as environment:
        found = measured(people, asked.turns, asked.rounds, environment, asked.at_once)
    for at_once, loads in zip(asked.at_once, found, strict=True):
        print(f"at once: {at_once or 'by default'}")
        print("people  turns/s  ratio  median ms  ratio  p95 ratio  p95/fair  refused  CPU ms/turn  KiB a session")
        for some in loads:
            print(line(some, loads[0]))


if __name__ == "__main__":
    main()
