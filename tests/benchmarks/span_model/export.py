"""Writes the network for onnxruntime, its weights in eight bits.

Knows torch, onnx and the names of the inputs. Knows nothing of messages.
"""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from penchant.assistant.understanding.spans import MODEL

from .network import SpanNetwork

INPUTS = ("ids", "mask", "types")
OUTPUTS = ("tags", "sides", "stresses", "acts")


def export(network: SpanNetwork, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        plain = Path(made) / "plain.onnx"
        write_plain(network, plain)
        quantize_dynamic(plain, folder / MODEL, weight_type=QuantType.QInt8, per_channel=True)


def write_plain(network: SpanNetwork, path: Path) -> None:
    example = torch.ones(2, 7, dtype=torch.long)
    axes = {name: {0: "messages", 1: "tokens"} for name in (*INPUTS, *OUTPUTS[:3])} | {"acts": {0: "messages"}}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # from the older exporter; the newer needs more packages
        torch.onnx.export(
            network,
            (example, example, torch.zeros_like(example)),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            dynamo=False,
        )
