"""Goes on from the package's model with the messages of some files, where there is no time to train it anew.

    python -m tests.benchmarks.span_model.further what_no_means [--into DIR] [--part .5]

Each epoch sees them twice, among 3,000 of the others. What is written is the weights before, and `part` of the way to
those after (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022), so that little else is forgotten. The
weights before are those of the package, from their eight bits. Twenty minutes on two cores. `make tagger` learns from
all messages, whichever they are.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch

from penchant.assistant.understanding.spans import MODEL, MODEL_FOLDER, open_tokenizer

from .export import export, write_plain
from .marked import MESSAGES, Marked, read_marked
from .network import SpanNetwork
from .train import learn

EPOCHS = 3
OTHERS, TIMES = 3000, 2
RATE, HEAD_RATE = 5e-5, 2.5e-4
Weights = npt.NDArray[np.float32]


def restored(path: Path) -> SpanNetwork:
    """The network whose weights a file of eight bits has. Which is which is found by writing a fresh one: what is equal
    there to a parameter has its name."""
    network = SpanNetwork().eval()
    parameters = dict(network.named_parameters())
    with tempfile.TemporaryDirectory() as made, torch.no_grad():
        for parameter in parameters.values():
            parameter.add_(torch.randn_like(parameter) * 1e-3)  # or two that are all zeros would be one
        write_plain(network, Path(made) / "plain.onnx")
        plain, known = (_weights(p) for p in (Path(made) / "plain.onnx", path))
        for name, written in plain.items():
            for parameter in parameters.values():
                own = parameter.detach().numpy()
                if own.shape == written.shape and np.array_equal(own, written):
                    parameter.copy_(torch.tensor(_plain(known, name)))
                elif own.T.shape == written.shape and np.array_equal(own.T, written):
                    parameter.copy_(torch.tensor(_plain(known, name).T.copy()))
    return network


def _weights(path: Path) -> dict[str, npt.NDArray[Any]]:
    return {one.name: onnx.numpy_helper.to_array(one) for one in onnx.load(str(path)).graph.initializer}


def _plain(known: Mapping[str, npt.NDArray[Any]], name: str) -> Weights:
    """The weights of a name as they were before they had eight bits; some are kept on their side."""
    if name in known:
        return np.array(known[name], dtype=np.float32)
    turned = f"{name}_Transposed_quantized" in known
    stem = f"{name}_Transposed" if turned else name
    scale, zero = known[f"{stem}_scale"], known[f"{stem}_zero_point"].astype(np.float32)
    plain = np.array((known[f"{stem}_quantized"].astype(np.float32) - zero) * scale, dtype=np.float32)
    return plain.T.copy() if turned else plain


def between(before: SpanNetwork, after: SpanNetwork, part: float) -> SpanNetwork:
    """The network some part of the way from one to another."""
    ends = before.state_dict(), after.state_dict()
    whole = {name: value for name, value in ends[0].items() if not value.is_floating_point()}
    mixed = {name: torch.lerp(value, ends[1][name], part) for name, value in ends[0].items() if name not in whole}
    before.load_state_dict({**mixed, **whole})
    return before.eval()


def epochs_of(new: Sequence[Marked], others: Sequence[Marked], drawn: random.Random) -> list[list[Marked]]:
    return [[*new * TIMES, *drawn.sample(others, min(OTHERS, len(others)))] for _ in range(EPOCHS)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", help="names in data/messages, without .jsonl")
    parser.add_argument("--into", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--part", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    new = read_marked(MESSAGES / f"{name}.jsonl" for name in said.files)
    others = read_marked(path for path in sorted(MESSAGES.glob("*.jsonl")) if path.stem not in said.files)
    torch.manual_seed(said.seed)
    drawn = random.Random(said.seed)
    before, after = (restored(MODEL_FOLDER / MODEL) for _ in range(2))
    learn(after, epochs_of(new, others, drawn), open_tokenizer(), drawn, RATE, HEAD_RATE)
    export(between(before, after, said.part), said.into)


if __name__ == "__main__":
    main()
