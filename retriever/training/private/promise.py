"""What is promised to each person, and how much noise that takes, by the accountant of opacus. Knows no model."""

from __future__ import annotations

import importlib.util
import warnings
from dataclasses import dataclass

from ...errors import TrainingError

CLIP = 0.1
"""So long at most is what one person adds to a step: of the order of a person's gradient on a trained encoder."""

_POWER = 1.1


@dataclass(frozen=True, slots=True)
class Promise:
    """(epsilon, delta)-differential privacy of all that one person said: what is written is almost as likely without
    them.

    By DP-SGD with a person in the place of an example: each of `people` is drawn in each of `steps` with the
    probability `rate`, adds a gradient of at most the length `clip`, and Gaussian noise of deviation `noise` times
    `clip` is added to the sum. `epsilon` is what the accountant says has been spent in the end.
    """

    epsilon: float
    delta: float
    noise: float
    clip: float
    rate: float
    steps: int
    people: int


def check_promised(loss: str, method: str) -> None:
    """Raises TrainingError for what couples people with each other, so that no noise could be told for one of them; and
    where the accountant is not installed."""
    if loss == "contrastive":
        raise TrainingError(
            "the contrastive loss compares the people of a batch with each other, so that nothing can be promised to"
            " one of them; train with --loss mse or bce, or without --private"
        )
    if method == "adalora":
        raise TrainingError("adalora cannot be trained with --private; use --method lora or full")
    if importlib.util.find_spec("opacus") is None:
        raise TrainingError("opacus not installed; install with: pip install 'penchant[private]'")


def promise(epsilon: float, delta: float, people: int, batch: int, epochs: float) -> Promise:
    """The promise of at most `epsilon`, and the noise that keeps it; `delta` 0: one over people to the power of 1.1.

    `batch`: how many people are in a step on average. Raises TrainingError for an epsilon that is too
    small to be shown, and a delta of one in as many people or more, under which one of them might be published.
    """
    delta = delta or people**-_POWER
    if not 0 < delta < 1 / people:
        raise TrainingError(f"--delta {delta:g}: must be below one in {people:,}, the people that it learns from")
    rate = min(1.0, batch / people)
    steps = max(1, round(epochs / rate))
    noise = _noise(epsilon, delta, rate, steps)
    return Promise(spent(noise, delta, rate, steps), delta, noise, CLIP, rate, steps, people)


def spent(noise: float, delta: float, rate: float, steps: int) -> float:
    """Epsilon after so many steps, an upper bound by Renyi divergences (Mironov et al. 2019, arXiv:1908.10530)."""
    from opacus.accountants import RDPAccountant

    accountant = RDPAccountant()
    accountant.history = [(noise, rate, steps)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that more orders might give a tighter bound
        return max(0.0, float(accountant.get_epsilon(delta)))


def _noise(epsilon: float, delta: float, rate: float, steps: int) -> float:
    from opacus.accountants.utils import get_noise_multiplier

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return float(
                get_noise_multiplier(target_epsilon=epsilon, target_delta=delta, sample_rate=rate, steps=steps)
            )
        except ValueError as error:
            raise TrainingError(
                f"--private {epsilon:g}: too small for the accountant to show; give a larger one"
            ) from error
