"""Training with a promise to each person: what is clipped and noised, what is refused, and that people stand alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from penchant.retriever import Index, SentenceEncoder, build_index
from penchant.retriever.catalogue.ratings import Rating
from penchant.retriever.errors import TrainingError
from penchant.retriever.training import Trained, train
from penchant.retriever.training.examples import split_each, write_examples
from penchant.retriever.training.private import check_promised, drawn, promise
from penchant.retriever.training.private.promise import spent

from .small_bert import save_small_bert
from .test_training import ITEMS, SCALE, WORDS, no_bars, ratings_of, training

pytestmark = [pytest.mark.slow, pytest.mark.extra("private")]

PEOPLE = ratings_of(80, 5)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    base = save_small_bert(tmp_path_factory.mktemp("base"), WORDS)
    return build_index(ITEMS, tmp_path_factory.mktemp("index"), SentenceEncoder(str(base)))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, index: Index) -> Trained:
    return train(index, PEOPLE, SCALE, tmp_path_factory.mktemp("out") / "private", _private(8.0), no_bars)


def _private(epsilon: float, **more: Any) -> Any:
    return training("lora", more.pop("loss", "mse"), private=epsilon, **more)


def test_the_accountant_agrees_with_the_plain_gaussian_mechanism() -> None:
    """One step with everybody in it: noise 5.0 at delta 1e-5 is about epsilon 0.9 by the exact formula (Balle and Wang
    2018), which the bound may exceed a little, never fall under."""
    from math import exp

    from scipy.optimize import brentq
    from scipy.stats import norm

    def delta(epsilon: float, noise: float) -> float:
        a, b = 1 / (2 * noise), epsilon * noise
        return float(norm.cdf(a - b) - exp(epsilon) * norm.cdf(-a - b))

    exact = brentq(lambda epsilon: delta(epsilon, 5.0) - 1e-5, 0.01, 10)
    assert exact <= spent(5.0, 1e-5, 1.0, 1) <= 1.15 * exact


@pytest.mark.parametrize("epsilon", [0.5, 1.0, 8.0])
def test_no_more_is_spent_than_was_asked_for(epsilon: float) -> None:
    kept = promise(epsilon, 0.0, 1000, 32, 3)
    assert 0.9 * epsilon <= kept.epsilon <= epsilon
    assert kept.delta == pytest.approx(1000**-1.1) and kept.steps == 94 and kept.rate == 0.032
    assert promise(epsilon, 1e-7, 1000, 32, 3).noise > kept.noise


def test_what_cannot_be_promised_is_refused_in_a_sentence(index: Index, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="compares the people of a batch with each other"):
        train(index, PEOPLE, SCALE, tmp_path / "a", _private(8.0, loss="contrastive"), no_bars)
    with pytest.raises(TrainingError, match="adalora cannot be trained with --private"):
        check_promised("mse", "adalora")
    with pytest.raises(TrainingError, match=r"--delta 0.01: must be below one in 100"):
        promise(8.0, 0.01, 100, 10, 1)
    with pytest.raises(TrainingError, match="too small for the accountant to show"):
        promise(0.01, 0.0, 1000, 100, 10)


def test_a_person_adds_no_more_than_the_clip_and_noise_is_what_was_said() -> None:
    import torch

    from penchant.retriever.training.private.descent import clipped_sum

    weights = [torch.zeros(3), torch.zeros(2, 2)]
    long, short = [torch.full((3,), 9.0), torch.ones(2, 2)], [torch.zeros(3), torch.full((2, 2), 0.01)]
    one = clipped_sum([long], weights, 0.1)
    assert float(torch.cat([t.flatten() for t in one]).norm()) == pytest.approx(0.1)
    assert torch.equal(clipped_sum([short], weights, 0.1)[1], short[1])
    both = clipped_sum([long, short], weights, 0.1)
    assert torch.allclose(both[1], one[1] + short[1]) and not any(t.any() for t in clipped_sum([], weights, 0.1))


def test_the_noise_of_a_step_has_the_deviation_that_was_accounted_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is drawn: what moves the weights is noise alone."""
    import torch

    from penchant.retriever.training.private import Promise, descent

    class Model(torch.nn.Linear):
        device = torch.device("cpu")

    model, steps = Model(200, 200, bias=False), []
    monkeypatch.setattr(torch.optim.AdamW, "step", lambda self: steps.append(model.weight.grad.clone()))
    kept = Promise(8.0, 1e-5, noise=2.0, clip=0.5, rate=1e-12, steps=2, people=10**13)
    descent.descend(model, torch.nn.Identity(), {"u": []}, kept, 1.0, lambda done, total: None)
    assert len(steps) == 2 and not torch.equal(*steps)
    for gradient in steps:
        assert float(gradient.std()) == pytest.approx(2.0 * 0.5 / 10, rel=0.02)


def test_each_person_is_drawn_by_a_toss_of_their_own() -> None:
    import torch

    chance = torch.Generator().manual_seed(0)
    people = {f"u{n}": [(f"t{n}", str(m), 1.0) for m in range(n % 40 + 1)] for n in range(400)}
    seen = [drawn(people, 0.25, chance) for _ in range(40)]
    assert np.mean([len(step) for step in seen]) == pytest.approx(100, abs=5)
    assert len({len(step) for step in seen}) > 5  # no fixed size: the accountant reckons with tosses
    assert max(len(pairs) for step in seen for pairs in step) == 16
    assert len({(pairs[0][0]) for step in seen for pairs in step}) == 400


def test_who_else_is_there_changes_nothing_for_a_person(index: Index) -> None:
    """The promise is to one person only if their pairs are of themselves: also negatives, split and texts."""
    from penchant.retriever.training import training as run

    def lesson(ratings: list[Rating]) -> dict[str, list[Any]]:
        people: dict[str, list[Any]] = {}
        monkey = pytest.MonkeyPatch()
        with monkey.context() as patch:
            patch.setattr(
                "penchant.retriever.training.private.descent.descend",
                lambda m, loss, p, *rest: people.update(p) or _Done,
            )
            split = split_each(write_examples(ratings, index.catalogue, SCALE, 0), 0)
            made = run._private_lesson(index, split, SCALE, _private(8.0), Path(), lambda done, total: None)
            made.fit(None, None, lambda done, total: None)  # type: ignore[arg-type]
        return people

    class _Done:
        steps, seconds = 1, 0.0

    everybody = lesson(PEOPLE)
    without = lesson([r for r in PEOPLE if r.user != "u3"])
    assert everybody.keys() - without.keys() == {"u3"}
    assert all(everybody[person] == without[person] for person in without)


def test_the_card_has_the_promise_and_no_exact_figures(trained: Trained) -> None:
    text = (trained.folder / "README.md").read_text(encoding="utf-8")
    kept = trained.promise
    assert kept and kept.epsilon <= 8.0
    for line in (
        f"({kept.epsilon:.2f}, {kept.delta:.1e})-differential privacy of each person",
        f"- noise multiplier: {kept.noise:.3f}",
        "- clipping norm, of a person's gradient: 0.1",
        f"- sample rate, of people in a step: {kept.rate:.4f}",
        f"- steps: {kept.steps}",
        f"- people: {kept.people}",
    ):
        assert line in text
    assert "nDCG" not in text and "validation loss" not in text and "stopped by" not in text
    assert not (trained.folder / "calibration.json").exists() and not (trained.folder / "checkpoints").exists()
    assert trained.assessment.changes and trained.fit.steps == kept.steps


def test_what_is_written_is_an_encoder_and_no_two_are_alike(index: Index, trained: Trained, tmp_path: Path) -> None:
    again = train(index, PEOPLE, SCALE, tmp_path / "again", _private(8.0), no_bars)
    vectors = [SentenceEncoder(str(t.folder)).encode(["something scary"]) for t in (trained, again)]
    assert np.isfinite(vectors).all() and not np.allclose(*vectors)  # whoever knew the noise could take it away


def test_with_hardly_any_noise_it_learns(index: Index, tmp_path: Path) -> None:
    made = train(index, PEOPLE, SCALE, tmp_path / "x", _private(1e3, epochs=6.0), no_bars)
    pairs = [("something scary", "horror"), ("something love", "romance"), ("battle please", "war")]
    apart = [("something scary", "romance"), ("something love", "war"), ("battle please", "horror")]

    def mean(encoder: Any, texts: list[tuple[str, str]]) -> float:
        return float(np.mean([np.prod(encoder.encode(list(pair)), axis=0).sum() for pair in texts]))

    before, after = (mean(e, pairs) - mean(e, apart) for e in (index.encoder, made.encoder))
    assert after > before


@pytest.mark.parametrize("method", ["full", "lora"])
def test_both_methods_run(index: Index, tmp_path: Path, method: str) -> None:
    made = train(index, PEOPLE, SCALE, tmp_path / method, training(method, "bce", private=1.0, epochs=0.5), no_bars)
    assert made.promise and made.promise.epsilon <= 1.0 and made.fit.steps >= 1
