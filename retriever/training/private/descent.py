"""DP-SGD by person (Abadi et al. 2016, arXiv:1607.00133; McMahan et al. 2018, arXiv:1710.06963): one gradient for each
person, clipped, summed, and noise on the sum.

Imports torch: only training imports this module, and only to train. Knows nothing of ratings.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from ...progress import Progress
from .pairs import Pair, People, drawn
from .promise import Promise

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@dataclass(frozen=True, slots=True)
class Descent:
    """Steps made, and the seconds that they took. What the loss was is of the people alone, and stays unsaid."""

    steps: int
    seconds: float


def descend(
    model: SentenceTransformer,
    loss: torch.nn.Module,
    people: People,
    kept: Promise,
    learning_rate: float,
    progress: Progress,
    chance: torch.Generator | None = None,
) -> Descent:
    """Trains a model in place as is promised. `loss` takes features and labels of one person and gives their mean.

    `chance`: where noise and tosses come from; by default the system's randomness, which nobody can repeat: whoever
    knows the seed could take the noise away. Weights in between must not be published. Noise is drawn in floating
    point, whose last bits say more than real numbers would (Mironov 2012).
    """
    chance = chance or torch.Generator().manual_seed(secrets.randbits(63))
    weights = [tensor for tensor in model.parameters() if tensor.requires_grad]
    optimizer = torch.optim.AdamW(weights, learning_rate, weight_decay=0.0)
    start = time.perf_counter()
    model.to("cuda" if torch.cuda.is_available() else "cpu").train()
    for step in range(kept.steps):
        gradients = (_gradient(model, loss, weights, pairs) for pairs in drawn(people, kept.rate, chance))
        total = clipped_sum(gradients, weights, kept.clip)
        for tensor, gradient in zip(weights, total, strict=True):
            noise = torch.randn(tensor.shape, generator=chance) * kept.noise * kept.clip
            tensor.grad = ((gradient + noise.to(gradient)) / (kept.rate * kept.people)).to(tensor)
        for group in optimizer.param_groups:
            group["lr"] = learning_rate * (1 - step / kept.steps)
        optimizer.step()
        progress(step + 1, kept.steps)
    model.eval()
    return Descent(kept.steps, time.perf_counter() - start)


def clipped_sum(
    gradients: Iterable[Sequence[torch.Tensor]], weights: Sequence[torch.Tensor], clip: float
) -> list[torch.Tensor]:
    """The sum of the gradients, each brought to a length of at most `clip` over all weights together."""
    total = [torch.zeros_like(tensor) for tensor in weights]
    for gradient in gradients:
        length = float(torch.stack([part.norm() for part in gradient]).norm())
        for part, summed in zip(gradient, total, strict=True):
            summed.add_(part, alpha=min(1.0, clip / max(length, 1e-12)))
    return total


def _gradient(
    model: SentenceTransformer, loss: torch.nn.Module, weights: Sequence[torch.Tensor], pairs: Sequence[Pair]
) -> Sequence[torch.Tensor]:
    """That of one person's mean loss."""
    texts, items, labels = zip(*pairs, strict=True)
    value = loss([_features(model, texts), _features(model, items)], torch.tensor(labels, device=model.device))
    return torch.autograd.grad(value, weights, allow_unused=True, materialize_grads=True)


def _features(model: SentenceTransformer, texts: Sequence[str]) -> dict[str, torch.Tensor]:
    found = model.preprocess(list(texts)).items()
    return {name: value.to(model.device) for name, value in found if isinstance(value, torch.Tensor)}
