"""Adapters in the making: few numbers beside an encoder's frozen weights, trained with peft and saved alone.

LoRA: W x + B A x (Hu et al. 2021, arXiv:2106.09685). AdaLoRA: W x + P diag(e) Q x, whose values e are pruned to a
budget where they matter least (Zhang et al. 2023, arXiv:2303.10512). Knows nothing of training data.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..encoding import BASE, CONFIG, first_module, quiet_peft, require, transformer_of

if TYPE_CHECKING:
    from peft import PeftConfig
    from sentence_transformers import SentenceTransformer

Method = Literal["full", "lora", "adalora"]

ORTHOGONALITY = 0.5
"""The weight of AdaLoRA's regulariser, peft's default."""

_TARGETS = "all-linear"
_NOT_TARGETS = r".*pooler.*"  # sentence-transformers has its own pooling: this one gets no gradient


def require_all() -> None:
    """Raises TrainingError unless all that training needs is installed."""
    require("accelerate", "datasets", "peft")


def wrap(model: SentenceTransformer, method: Method, rank: int, steps: int) -> None:
    """Puts a fresh adapter on a model and freezes everything else; `steps` of training are to come.

    Raises TrainingError for an encoder without transformer layers.
    """
    import peft

    transformer = transformer_of(model)
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
    with quiet_peft():
        first_module(model).model = peft.get_peft_model(transformer, config)


def hold_inner(model: SentenceTransformer) -> None:
    """Trains only the outer matrix B of W x + B A x: half the numbers, and noise on A and B together would be noise on
    their product (FFA-LoRA, Sun et al. 2024, arXiv:2403.12313)."""
    for name, tensor in transformer_of(model).named_parameters():
        if "lora_A." in name:
            tensor.requires_grad_(False)


def factors(model: SentenceTransformer) -> list[Any]:
    """The matrices of AdaLoRA's updates that are to stay orthogonal."""
    named = transformer_of(model).named_parameters()
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
    adapted = transformer_of(model)
    for config in adapted.peft_config.values():
        # Pruned values of AdaLoRA are zeros and stay in the file. peft would cut them out by the pattern of the last
        # step, which is not that of the step whose weights these are.
        config.rank_pattern = None if hasattr(config, "total_step") else config.rank_pattern
    adapted.save_pretrained(str(folder))
    (folder / "README.md").unlink(missing_ok=True)
    path = folder / CONFIG
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, BASE: base}, indent=2), encoding="utf-8")
