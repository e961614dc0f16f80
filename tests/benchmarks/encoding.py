"""How many times as fast the encoder is in onnxruntime as in torch, both on the CPU and taking turns.

    python -m tests.benchmarks.encoding [--repeat 20]

Texts are made up and never seen before.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

from penchant.retriever import OnnxEncoder, SentenceEncoder

TARGET = 2
_WORDS = ("rain", "winter", "slow", "letters", "violins", "desert", "harbour", "siblings", "grief", "chess", "funny")
_SHAPES = {"a tag": (1, 2), "6 tags": (6, 2), "64 tags": (64, 2), "64 long texts": (64, 80)}


def drawn(count: int, words: int, rng: random.Random) -> list[str]:
    return [" ".join([*rng.choices(_WORDS, k=words), str(rng.random())[2:7]]) for _ in range(count)]


def seconds(encoder: SentenceEncoder, texts: list[str]) -> float:
    start = time.perf_counter()
    encoder.encode(texts)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=20)
    repeat, rng = parser.parse_args().repeat, random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        torch, onnx = SentenceEncoder(device="cpu"), OnnxEncoder(folder=Path(folder))
        for name, (count, words) in _SHAPES.items():
            turns = [
                (seconds(torch, drawn(count, words, rng)), seconds(onnx, drawn(count, words, rng)))
                for _ in range(repeat + 1)
            ][1:]
            slow, quick = (statistics.median(column) for column in zip(*turns, strict=True))
            print(f"{name:14} torch {1000 * slow:7.1f} ms  onnxruntime {1000 * quick:7.1f} ms  {slow / quick:.1f} x")
    print(f"The aim for short tags is {TARGET} x.")


if __name__ == "__main__":
    main()
