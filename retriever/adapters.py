"""Adapters: few numbers beside an encoder's frozen weights, made with peft, saved alone, loaded and merged.

LoRA: W x + B A x (Hu et al. 2021, arXiv:2106.09685). AdaLoRA: W x + P diag(e) Q x, whose values e are pruned to a
budget where they matter least (Zhang et al. 2023, arXiv:2303.10512). Knows nothing of training data.
"""

from __future__ import annotations

import importlib.util
import json
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .errors import TrainingError

if TYPE_CHECKING:
    from peft import PeftConfig
    from sentence_transformers import SentenceTransformer

Method = Literal["full", "lora", "adalora"]

ORTHOGONALITY = 0.5
"""The weight of AdaLoRA's regulariser, peft's default."""

CONFIG = "adapter_config.json"
_BASE = "base_model_name_or_path"
_TARGETS = "all-linear"
_NOT_TARGETS = r".*pooler.*"  # sentence-transformers has its own pooling: this one gets no gradient


def is_adapter(folder: Path) -> bool:
    """Whether a folder holds an adapter and not a whole model."""
    return (folder / CONFIG).is_file()


def base_of(folder: Path) -> str:
    """The name or folder of the model that an adapter belongs to."""
    try:
        return str(json.loads((folder / CONFIG).read_text(encoding="utf-8"))[_BASE])
    except (ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{folder / CONFIG}: does not name the model it adapts ({error!r})") from error


def require_all() -> None:
    """Raises TrainingError unless all that training needs is installed."""
    require("accelerate", "datasets", "peft")


def require(*packages: str) -> None:
    """Raises TrainingError unless these packages of the extra `train` are installed."""
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        raise TrainingError(f"{' and '.join(missing)} not installed; install with: pip install 'penchant[train]'")


def wrap(model: SentenceTransformer, method: Method, rank: int, steps: int) -> None:
    """Puts a fresh adapter on a model and freezes everything else; `steps` of training are to come.

    Raises TrainingError for an encoder without transformer layers.
    """
    import peft

    transformer = _transformer(model)
    shared: dict[str, Any] = {
        "task_type": peft.TaskType.FEATURE_EXTRACTION,
        "target_modules": _TARGETS,
        "exclude_modules": _NOT_TARGETS,
    }
    config: PeftConfig
    if method == "lora":
        config = peft.LoraConfig(r=rank, lora_alpha=2 * rank, **shared)
    else:
        # The budget falls from 1.5 ranks to 1 over the middle of the training, as in the paper.
        config = peft.AdaLoraConfig(
            init_r=rank + (rank + 1) // 2,
            target_r=rank,
            lora_alpha=2 * rank,
            tinit=steps // 5,
            tfinal=steps // 2,
            deltaT=max(1, steps // 50),
            total_step=max(3, steps),
            **shared,
        )
    with _quiet():
        _first(model).model = peft.get_peft_model(transformer, config)


def factors(model: SentenceTransformer) -> list[Any]:
    """The matrices of AdaLoRA's updates that are to stay orthogonal."""
    named = _transformer(model).named_parameters()
    return [tensor for name, tensor in named if "lora_A." in name or "lora_B." in name]


def count_parameters(model: SentenceTransformer) -> tuple[int, int]:
    """How many numbers are trained, and how many there are."""
    sizes = [(tensor.numel(), tensor.requires_grad) for tensor in model.parameters()]
    return sum(size for size, trained in sizes if trained), sum(size for size, _ in sizes)


def begun(model: SentenceTransformer, method: Method) -> list[tuple[Any, Any]]:
    """The tensors that the change of the weights is proportional to, each with a copy of it before training.

    All of a whole model; of an adapter those that begin as zeros: B of LoRA, the singular values of AdaLoRA.
    """
    trained = [tensor for tensor in model.parameters() if tensor.requires_grad]
    return [(tensor, tensor.detach().clone()) for tensor in trained if method == "full" or not tensor.any()]


def keep_share(begun: Sequence[tuple[Any, Any]], share: float) -> None:
    """Takes the weights back to where only a share of their change is left: before + share (after - before)."""
    for tensor, before in begun if share < 1 else ():
        tensor.data = before.to(tensor.device).lerp(tensor.data, share)


def save(model: SentenceTransformer, folder: Path, base: str) -> None:
    """Writes the adapter alone, and the name of its base."""
    adapted = _transformer(model)
    for config in adapted.peft_config.values():
        # Pruned values of AdaLoRA are zeros and stay in the file. peft would cut them out by the pattern of the last
        # step, which is not that of the step whose weights these are.
        config.rank_pattern = None if hasattr(config, "total_step") else config.rank_pattern
    adapted.save_pretrained(str(folder))
    (folder / "README.md").unlink(missing_ok=True)
    path = folder / CONFIG
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, _BASE: base}, indent=2), encoding="utf-8")


def attach(model: SentenceTransformer, folder: Path) -> None:
    """Puts a saved adapter on its base."""
    require("peft")
    import peft

    try:
        with _quiet():
            _first(model).model = peft.PeftModel.from_pretrained(_transformer(model), str(folder))
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise TrainingError(f"{folder}: the adapter does not fit its base: {error}") from error


def merge(model: SentenceTransformer) -> None:
    """Adds the adapter to the weights: the same vectors, at the base's own speed."""
    _first(model).model = _transformer(model).merge_and_unload()


@contextmanager
def _quiet() -> Iterator[None]:
    """peft asks transformers for a name that is to go; that is nothing to tell the person at the terminal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _first(model: SentenceTransformer) -> Any:
    first: Any = model[0]
    if not hasattr(first, "model"):
        raise TrainingError("this encoder has no transformer layers to adapt; train it with --method full")
    return first


def _transformer(model: SentenceTransformer) -> Any:
    return _first(model).model
