"""Which library runs an encoder: sentence-transformers on a GPU, onnxruntime on a CPU, unless the name says it.

Finds a GPU without loading torch where there is no sign of one. Knows nothing of how either runs.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from pathlib import Path

from .onnx_encoder import OnnxEncoder
from .sentence_encoder import SentenceEncoder

ONNX, TORCH = "onnx:", "torch:"
"""Before an encoder's name: run it in onnxruntime on the CPU, or in sentence-transformers."""

_DEVICES = ("nvidia[0-9]*", "nvgpu", "dxg", "kfd", "accel/accel[0-9]*", "davinci[0-9]*")
"""In /dev: of NVIDIA, its Jetson, Windows under Linux, AMD, Habana, Ascend."""


def encoder_named(name: str, exports: Path | None = None) -> SentenceEncoder:
    """The encoder of a name or folder, or of "onnx:" or "torch:" and one; `exports` is the folder of exported models.

    A name alone runs in sentence-transformers where torch finds a GPU, and else in onnxruntime if the model can.
    """
    if name.startswith(TORCH):
        return SentenceEncoder(name.removeprefix(TORCH))
    if name.startswith(ONNX):
        return OnnxEncoder(name.removeprefix(ONNX), folder=exports)
    return SentenceEncoder(name) if has_gpu() else OnnxEncoder(name, folder=exports, strict=False)


def has_gpu() -> bool:
    """Whether torch finds a GPU; it is only asked where there is a sign of one."""
    if not _sign_of_a_gpu():
        return False
    import torch

    return torch.accelerator.is_available()


def _sign_of_a_gpu() -> bool:
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    return _driver() or any(next(Path("/dev").glob(pattern), None) for pattern in _DEVICES)


def _driver() -> bool:
    """Whether NVIDIA's driver is there to be loaded."""
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True
