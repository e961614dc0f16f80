"""What the encoder is trained to make small. Imports torch: only training imports this module, and only to train.

Throughout, s(q, x) is the dot product of the unit vectors of a text q and an item x, as in the retriever; y in [0, 1]
is the rating on its scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import torch

from .dataset import Columns

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LossName = Literal["mse", "bce", "contrastive"]

_TEMPERATURE = 0.05
_SCALE = 10.0
_SAMPLE = 256


def make_loss(name: LossName, model: SentenceTransformer, train: Columns) -> torch.nn.Module:
    """The loss of a name.

    mse: mean of (s(q, x) - y)^2, the regression of ratings on products (probabilistic matrix factorisation,
    Salakhutdinov and Mnih 2008, with encoded texts for factors; sentence-transformers calls it CosineSimilarityLoss).

    bce: mean of -y log p - (1 - y) log(1 - p), p = sigmoid(a (s(q, x) - b)): logistic regression on the score, as in
    neural collaborative filtering (He et al. 2017, arXiv:1708.05031). a is 10; b is such that the model begins with
    the mean rating at its mean score, measured on some of the rows that it is to learn from.

    contrastive: mean of -log(exp(a(q, x+)) / sum over x in the batch of exp(a(q, x))), a(q, x) = s(q, x)/t - log n(x),
    t = 0.05, where x runs over the liked item, the other rows' liked items and all negatives, and n(x) is how often x
    is among these in all rows: InfoNCE (van den Oord et al. 2018, arXiv:1807.03748), for retrieval by dot product
    Karpukhin et al. 2020 (arXiv:2004.04906), with the correction of Bengio and Senecal 2008
    (doi:10.1109/TNN.2007.912312) for how often items come into a batch, as in Yi et al. 2019
    (doi:10.1145/3298689.3346996). Without it, what many like would be a wrong answer more often than anything else.
    """
    from sentence_transformers.sentence_transformer import losses

    if name == "mse":
        return losses.CosineSimilarityLoss(model)
    if name == "contrastive":
        return SampledSoftmax(model)
    return LogisticLoss(model, _centre(model, train))


class SampledSoftmax(torch.nn.Module):
    """Cross-entropy of each row's first item among all items of the batch; labels (B, m): log n of each."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, features: Iterable[dict[str, Any]], labels: torch.Tensor) -> torch.Tensor:
        vectors = [self.model(column)["sentence_embedding"] for column in features]
        queries, *items = (torch.nn.functional.normalize(column, dim=1) for column in vectors)
        scores = queries @ torch.cat(items).T / _TEMPERATURE - labels.T.flatten()
        return torch.nn.functional.cross_entropy(scores, torch.arange(len(queries), device=scores.device))


class LogisticLoss(torch.nn.Module):
    """Binary cross-entropy of the logistic function of a pair's score; labels may lie between 0 and 1."""

    def __init__(self, model: SentenceTransformer, centre: float) -> None:
        super().__init__()
        self.model = model
        self.centre = centre

    def forward(self, features: Iterable[dict[str, Any]], labels: torch.Tensor) -> torch.Tensor:
        queries, items = (self.model(column)["sentence_embedding"] for column in features)
        scores = torch.cosine_similarity(queries, items)
        return torch.nn.functional.binary_cross_entropy_with_logits(_SCALE * (scores - self.centre), labels.float())


def _centre(model: SentenceTransformer, train: Columns) -> float:
    # Evenly over the rows: the negatives come last.
    rows = slice(None, None, max(1, len(train["query"]) // _SAMPLE))
    texts = [str(text) for pair in zip(train["query"][rows], train["item"][rows], strict=True) for text in pair]
    vectors = model.encode(texts, normalize_embeddings=True, convert_to_tensor=True, show_progress_bar=False)
    score = float((vectors[0::2] * vectors[1::2]).sum(dim=1).mean())
    mean = min(0.99, max(0.01, float(torch.tensor(train["label"][rows]).mean())))
    return score - math.log(mean / (1 - mean)) / _SCALE


class Orthogonal(torch.nn.Module):
    """A loss plus AdaLoRA's regulariser: g times the mean of |P P' - I| over the adapter's factors.

    Zhang et al. 2023 (arXiv:2303.10512), equation 4; it keeps the factors of an update singular vectors, so that their
    values can be compared and pruned. peft adds it only to models that return a loss themselves.
    """

    def __init__(self, loss: torch.nn.Module, factors: Sequence[torch.Tensor], weight: float) -> None:
        super().__init__()
        self.loss = loss
        self.model = loss.model  # the trainer looks for it, to put the wrapped one of several GPUs in its place
        self.factors = factors
        self.weight = weight

    def forward(self, features: Iterable[dict[str, Any]], labels: torch.Tensor) -> torch.Tensor:
        loss: torch.Tensor = self.loss(features, labels)
        if not torch.is_grad_enabled():
            return loss
        return loss + self.weight * torch.stack([_distance(factor) for factor in self.factors]).mean()


def _distance(factor: torch.Tensor) -> torch.Tensor:
    product = factor @ factor.T if factor.shape[0] < factor.shape[1] else factor.T @ factor
    distance: torch.Tensor = torch.linalg.matrix_norm(product - torch.eye(len(product), device=product.device))
    return distance
