"""Can who was learned from be told, and what does it cost that they cannot? A loss-threshold attack, with intervals.

    python -m tests.benchmarks.membership DIR [--people 800] [--epsilon 0 8 1] [--factors | --small [--encoder NAME]]

Made-up people, each with a taste of three of the demo catalogue's values, rate its items by how many of them they have,
with noise. Half are learned from, the others are not. Of each person the attacker knows all ratings, and whether they
fit better after the training than before (Yeom et al. 2018, arXiv:1709.01604; the difference to a reference, Watson et
al. 2022, arXiv:2111.08440): the AUC says how well this tells one half from the other, .5 being chance; 95 % by a
bootstrap over people. What is learned is measured on the people that were not learned from. Epsilon 0: no noise.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from penchant.retriever import (
    Catalogue,
    Index,
    Rating,
    SentenceEncoder,
    build_index,
    infer_schema,
    item_factors,
    item_text,
    override_schema,
    read_items,
)
from penchant.retriever.arrays import Floats
from penchant.retriever.catalogue import Scale
from penchant.retriever.catalogue.demo import demo_files
from penchant.retriever.encoding import Encoder
from penchant.retriever.index.indexing import open_or_build_demo
from penchant.retriever.training import Training, train
from penchant.retriever.training.assessment import assess
from penchant.retriever.training.examples import Example, Split, write_examples
from penchant.retriever.vectors import private_factors
from penchant.retriever.vectors.behaviour import FACTORS
from penchant.ui.cli.console.progress import progress_bar

from ..small_bert import save_small_bert
from ..test_training import ITEMS, MEANT, SAYINGS, WORDS

SCALE = Scale(1, 5)
SETTINGS = Training(loss="mse", length=32)
SMALL = replace(SETTINGS, rank=4, share=1.0, batch_size=64)
RATED = 16
TASTES = 3
DRAWS = 2000
FIRST = 50

Person = list[Rating]


def made_people(catalogue: Catalogue, count: int, seed: int = 0) -> list[Person]:
    """Each rates items of which half bear something of their taste."""
    rng = random.Random(seed)
    by_value: dict[tuple[str, str], list[str]] = {}
    for item in catalogue.items:
        for facet in ("genres", "themes"):
            for value in item.values(facet):
                by_value.setdefault((facet, value), []).append(item.id)
    known = [value for value, items in sorted(by_value.items()) if len(items) >= 12]
    everything = [item.id for item in catalogue.items]
    people = []
    for n in range(count):
        tastes = rng.sample(known, TASTES)
        liked = {item for taste in tastes for item in by_value[taste]}
        some = rng.sample(sorted(liked), RATED // 2) + rng.sample(everything, RATED // 2)
        marks = {item: 2.0 + 2.0 * (item in liked) + rng.choice((-1, 0, 0, 1)) for item in some}
        people.append([Rating(f"u{n}", (), item, min(5.0, mark)) for item, mark in marks.items()])
    return people


def demo_catalogue() -> Catalogue:
    rows, fields = demo_files()
    items = read_items(rows)
    return Catalogue(items, override_schema(infer_schema(items), fields))


def small_people(count: int, seed: int = 0) -> list[Person]:
    """Each wants one of six genres, in words that a small encoder has to learn, and rates six items by it."""
    rng = random.Random(seed)
    people = []
    for n in range(count):
        genre, word = rng.choice(list(MEANT.items()))
        said = [(rng.choice(SAYINGS).format(word), item) for item in rng.sample(ITEMS, 6)]
        people.append([Rating(f"u{n}", (t,), i.id, 5.0 if genre in i.values("genres") else 1.0) for t, i in said])
    return people


def small_world(keep: Path, encoder: str) -> Index:
    """The tests' catalogue under an encoder; without a name under the tests' own."""
    name = encoder or str(save_small_bert(keep / "bert", WORDS))
    return build_index(ITEMS, keep / f"small-{Path(name).name}", SentenceEncoder(name))


def auc(members: Floats, others: Floats, seed: int = 0) -> tuple[float, float, float]:
    """How often a member's statistic is above another's, ties half, with 95 % by a bootstrap over people."""
    rng = np.random.default_rng(seed)
    drawn = [_auc(rng.choice(members, len(members)), rng.choice(others, len(others))) for _ in range(DRAWS)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return _auc(members, others), float(low), float(high)


def _auc(members: Floats, others: Floats) -> float:
    below = np.searchsorted(np.sort(others), members, "left") + np.searchsorted(np.sort(others), members, "right")
    return float(below.mean() / (2 * len(others)))


def losses(index: Index, encoder: Encoder, examples: Sequence[Example]) -> dict[str, float]:
    """The mean squared error of each person's pairs."""
    queries = np.asarray(encoder.encode([e.query for e in examples]))
    items = np.asarray(encoder.encode([item_text(index.catalogue.get(e.item), index.schema) for e in examples]))
    errors = ((queries * items).sum(axis=1) - np.array([e.label for e in examples])) ** 2
    found: dict[str, list[float]] = {}
    for example, error in zip(examples, errors, strict=True):
        found.setdefault(example.person, []).append(float(error))
    return {person: float(np.mean(own)) for person, own in found.items()}


def attack_encoder(index: Index, folder: Path, members: list[Person], others: list[Person], training: Training) -> None:
    ratings = [rating for person in members for rating in person]
    trained = train(index, ratings, SCALE, folder, training, progress_bar)
    foreign = write_examples([rating for person in others for rating in person], index.catalogue, SCALE, 0)
    gains = []
    for examples in (trained.data.split.train, foreign):
        before, after = (losses(index, encoder, examples) for encoder in (index.encoder, trained.encoder))
        gains.append(np.array([before[person] - after[person] for person in before]))
    with progress_bar("Measuring") as progress:
        found = assess(index, trained.encoder, Split((), (), tuple(foreign)), SCALE, progress)
    told = auc(*gains)
    print(f"{training.loss}, epsilon {training.private:g}, {trained.promise or 'no promise'}")
    print(f"  attack AUC {told[0]:.3f} [{told[1]:.3f}, {told[2]:.3f}], {len(gains[0])} and {len(gains[1])} people")
    for c in found.changes:
        print(f"  {c.name} {c.before:.3f} -> {c.after:.3f} ({c.low:+.3f} to {c.high:+.3f}), {c.questions:,} questions")
    print(f"  {trained.fit.steps} steps, {trained.fit.seconds:.0f} s", flush=True)


def attack_factors(ids: Sequence[str], members: list[Person], others: list[Person], epsilon: float) -> None:
    """How near the items of a person are to each other; and, for people not learned from, how often one liked item of
    two is among the first fifty by the mean of the others."""
    ratings = [rating for person in members for rating in person]
    vectors = private_factors(ratings, ids, SCALE, epsilon).vectors if epsilon else item_factors(ratings)
    table = np.array([vectors.get(item, np.zeros(FACTORS, np.float32)) for item in ids])
    place = {item: n for n, item in enumerate(ids)}
    liked = [
        [[place[r.item] for r in person if SCALE.label(r.rating) >= SCALE.liked] for person in half]
        for half in (members, others)
    ]
    told = auc(*(np.array([_nearness(table[own]) for own in half]) for half in liked))
    found = [hit for own in liked[1] for hit in _hits(table, own)]
    print(f"factors of {len(members):,} people, epsilon {epsilon:g}: AUC {told[0]:.3f} [{told[1]:.3f}, {told[2]:.3f}],")
    print(
        f"  among the first {FIRST} {np.mean(found):.3f} of {len(found):,}, by chance {FIRST / len(ids):.3f}",
        flush=True,
    )


def _nearness(vectors: Floats) -> float:
    count = len(vectors)
    return float(((vectors @ vectors.T).sum() - (vectors**2).sum()) / (count * (count - 1))) if count > 1 else 0.0


def _hits(table: Floats, own: Sequence[int]) -> list[bool]:
    hits = []
    for left in own[:2] if len(own) > 2 else ():
        rest = [n for n in own if n != left]
        scores = table @ table[rest].mean(axis=0)
        scores[rest] = -np.inf
        hits.append(bool((scores > scores[left]).sum() < FIRST))
    return hits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("keep", type=Path)
    parser.add_argument("--people", type=int, default=800)
    parser.add_argument("--epsilon", type=float, nargs="+", default=[0.0, 8.0, 1.0])
    parser.add_argument(
        "--small", action="store_true", help="the small encoder and the catalogue of the tests, in seconds"
    )
    parser.add_argument("--encoder", default="", help="another encoder than the small one, with --small")
    parser.add_argument("--factors", action="store_true", help="attack factors of behaviour, and no encoder")
    parser.add_argument("--rate", type=float, default=0.0)
    parser.add_argument("--epochs", type=float, default=3.0)
    options = parser.parse_args()
    if options.factors:
        catalogue = demo_catalogue()
        people = made_people(catalogue, options.people)
        for epsilon in options.epsilon:
            attack_factors(list(catalogue.row), people[::2], people[1::2], epsilon)
        return
    keep = options.keep
    demo = not options.small
    index = open_or_build_demo(keep / "demo", SentenceEncoder()) if demo else small_world(keep, options.encoder)
    people = small_people(options.people) if options.small else made_people(index.catalogue, options.people)
    members, others = people[::2], people[1::2]
    for epsilon in options.epsilon:
        training = replace(
            SMALL if options.small else SETTINGS, private=epsilon, epochs=options.epochs, learning_rate=options.rate
        )
        size = "small" if options.small else "encoder"
        folder = options.keep / f"{size}-{options.people}-{epsilon:g}-{options.rate:g}-{options.epochs:g}"
        attack_encoder(index, folder, members, others, training)


if __name__ == "__main__":
    main()
