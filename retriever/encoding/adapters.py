"""Adapters of an encoder as they are kept: found, put on the model they belong to, and merged into it.

An adapter is few numbers beside frozen weights, in a folder that peft wrote. How one is made is in training. Knows
nothing of training data.
"""

from __future__ import annotations

import importlib.util
import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import TrainingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


CONFIG = "adapter_config.json"
BASE = "base_model_name_or_path"


def is_adapter(folder: Path) -> bool:
    """Whether a folder holds an adapter and not a whole model."""
    return (folder / CONFIG).is_file()


def base_of(folder: Path) -> str:
    """The name or folder of the model that an adapter belongs to."""
    try:
        return str(json.loads((folder / CONFIG).read_text(encoding="utf-8"))[BASE])
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{folder / CONFIG}: does not name the model it adapts ({error!r})") from error


def require(*packages: str) -> None:
    """Raises TrainingError unless these packages of the extra `train` are installed."""
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        raise TrainingError(f"{' and '.join(missing)} not installed; install with: pip install 'penchant[train]'")


def attach(model: SentenceTransformer, folder: Path) -> None:
    """Puts a saved adapter on its base."""
    require("peft")
    import peft

    try:
        with quiet_peft():
            first_module(model).model = peft.PeftModel.from_pretrained(transformer_of(model), str(folder))
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise TrainingError(f"{folder}: the adapter does not fit its base: {error}") from error


def merge(model: SentenceTransformer) -> None:
    """Adds the adapter to the weights: the same vectors, at the base's own speed."""
    first_module(model).model = transformer_of(model).merge_and_unload()


@contextmanager
def quiet_peft() -> Iterator[None]:
    """peft asks transformers for a name that is to go; that is nothing to tell the person at the terminal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def first_module(model: SentenceTransformer) -> Any:
    first: Any = model[0]
    if not hasattr(first, "model"):
        raise TrainingError("this encoder has no transformer layers to adapt; train it with --method full")
    return first


def transformer_of(model: SentenceTransformer) -> Any:
    return first_module(model).model
