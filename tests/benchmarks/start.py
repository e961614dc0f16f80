"""Time to the first picks of a fresh process, with the default encoder and with the reference, against imports alone.

    python -m tests.benchmarks.start [--repeat 5]

The floors are the libraries without which there is nothing to answer with: Chroma and onnxruntime, and Gradio for the
page. The page's time ends when its first picks have been served, asked for as a browser asks. Index, exported model and
compiled modules (what installing makes) are made before, in a folder of their own; all kinds of start take turns, each
in a new process; medians are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

TARGET = 2.5
QUESTION = "something funny about space, but no horror"
_MODEL = "all-MiniLM-L6-v2"
_FLOOR, _PAGE_FLOOR = "import chromadb, onnxruntime", "import gradio, chromadb, onnxruntime"

Environment = Mapping[str, str]


def imports(code: str, environment: Environment) -> None:
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def ask(environment: Environment) -> None:
    words = [sys.executable, "-m", "penchant.ui", "ask", QUESTION]
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def page(environment: Environment) -> None:
    """From the command to the first picks on their way to a tab."""
    words = [sys.executable, "-m", "penchant.ui", "ui", "--port", "0"]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            greet(next(line for line in process.stdout if "http://" in line).split()[-1].rstrip("/"))
        finally:
            process.kill()


def greet(address: str) -> None:
    """Opens a tab as the page's script does, and reads until there are cards."""
    with urllib.request.urlopen(f"{address}/config") as answer:
        config = json.load(answer)
    talk = next(event for event in config["dependencies"] if any(name == "talk" for _, name in event["targets"]))
    tab = {"session_hash": "start", "fn_index": talk["id"], "trigger_id": talk["targets"][0][0]}
    body = {**tab, "data": [None] * len(talk["inputs"]), "event_data": {"act": "hello"}}
    root = f"{address}{config.get('api_prefix', '')}"
    request = urllib.request.Request(
        f"{root}/queue/join", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request).close()
    with urllib.request.urlopen(f"{root}/queue/data?session_hash=start") as events:
        for line in events:
            if line.startswith(b"data:") and (cards := cards_in(json.loads(line[5:]))):
                assert cards[0]["title"]
                return
    raise RuntimeError("the page served no picks")


def cards_in(found: Any) -> list[Any]:
    """The cards anywhere in a message of the server: whole, or as a change to what was sent before."""
    match found:
        case {"cards": [*cards]} if cards:
            return cards
        case [str(), ["cards"], [*cards]] if cards:
            return cards
        case dict():
            return next(filter(None, map(cards_in, found.values())), [])
        case list():
            return next(filter(None, map(cards_in, found)), [])
    return []


def seconds(work: Callable[[], None]) -> tuple[float, float]:
    """By the clock, and of the processors: on a busy machine the second says more."""
    start, used = time.perf_counter(), _processors()
    work()
    return time.perf_counter() - start, _processors() - used


def _processors() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def starts(home: Path) -> dict[str, Callable[[], None]]:
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    new = {**inherited, "PENCHANT_HOME": str(home), "PENCHANT_ENCODER": _MODEL}
    new["PYTHONPYCACHEPREFIX"] = str(home / "compiled")
    old = {**new, "PENCHANT_ENCODER": f"torch:{_MODEL}"}
    return {
        "imports": lambda: imports(_FLOOR, new),
        "ask": lambda: ask(new),
        "ask, torch": lambda: ask(old),
        "page's imports": lambda: imports(_PAGE_FLOOR, new),
        "page": lambda: page(new),
        "page, torch": lambda: page(old),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as folder:
        kinds = starts(Path(folder))
        first, _ = seconds(kinds["ask"])
        for work in kinds.values():
            work()
        times = [{name: seconds(work) for name, work in kinds.items()} for _ in range(repeat)]
    print(f"the very first ask, which compiles, exports the model and makes the demo's index: {first:.1f} s")
    medians = {name: np.median([one[name] for one in times], axis=0) for name in kinds}
    for name, (clock, used) in medians.items():
        print(f"{name:16} {clock:5.2f} s by the clock, {used:5.2f} s of processors")
    for name, floor in (("ask", "imports"), ("page", "page's imports")):
        clock, used = medians[name] - medians[floor]
        print(
            f"{name} above its imports: {clock:.2f} s by the clock, {used:.2f} s of processors; the aim is {TARGET} s"
        )


if __name__ == "__main__":
    main()
