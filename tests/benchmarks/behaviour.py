"""What behaviour adds on recorded conversations: factors learned from other dialogues than the one that is played.

    python -m tests.benchmarks.behaviour TASK_DIR [--split dev] [--dialogues 300] [--prior votes] [--index DIR]

Protocol. Dialogues are split into five folds (by a hash of their ids). For each fold, item factors are learned from
the dialogues of the other four: a dialogue is a person, who likes every item that is relevant or liked at any of its
points. The prior is counted on the same four folds (`--prior folds`) or is the catalogue's own (`--prior votes`).
Every case of the fold is then played through the assistant, from raw messages, and the whole catalogue is ranked, less
what was named. No dialogue is ever played with anything that was learned from it. "Without" is the same with a
behaviour weight of 0, on the same cases, so differences are paired; 95 % intervals are a bootstrap over dialogues.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from penchant.assistant import Assistant
from penchant.assistant.evaluation.metrics import Figure, differences, joined, judge, summarise
from penchant.assistant.evaluation.popularity import count, fold_of
from penchant.assistant.evaluation.replay import Case, Player, find_file, play, read_cases
from penchant.assistant.evaluation.task import with_prior
from penchant.retriever import (
    Item,
    Rating,
    Schema,
    SentenceEncoder,
    build_index,
    infer_schema,
    item_factors,
    read_items,
)
from penchant.retriever.metrics import Judgements
from penchant.ui.cli.console.progress import progress_bar

FOLDS = 5
MEASURES = ("R@1", "R@10", "R@50", "nDCG@10", "popularity@10")
PRIOR_WEIGHT = 0.3

Variant = tuple[float, float]
"""The weights of the prior and of behaviour."""


def likes(cases: Sequence[Case]) -> Iterator[Rating]:
    """Each dialogue as a person, each item that goes well in it as a rating of 1."""
    for case in cases:
        yield from (Rating(case.dialog, (), item, 1.0) for item in sorted(case.relevant | case.liked))


def play_fold(
    cases: Sequence[Case],
    index: Path,
    items: Sequence[Item],
    schema: Schema,
    others: Sequence[Case],
    variants: list[Variant],
) -> dict[Variant, Judgements]:
    """Judgements of the cases of one fold, with what the others teach."""
    factors = item_factors(likes(others))
    with progress_bar("Indexing") as progress:
        built = build_index(items, index, SentenceEncoder(), schema, progress, factors)
    player, found = Player(Assistant(built)), {}
    for prior, behaviour in variants:
        built.schema = replace(schema, prior_weight=prior, behaviour_weight=behaviour)
        with progress_bar(f"Prior {prior}, behaviour {behaviour}") as progress:
            found[prior, behaviour] = judge(cases, play(player, cases, None, "", progress), built.priors)
    return found


def print_figures(cases: Sequence[Case], found: dict[Variant, Judgements]) -> None:
    for (prior, behaviour), judgements in found.items():
        print(f"\nprior weight {prior}, behaviour weight {behaviour}")
        for figure in summarise(cases, judgements):
            _print(figure)
        if behaviour:
            print("  above the same without behaviour by")
            for figure in differences(cases, judgements, found[prior, 0.0]):
                _print(figure, "+")


def _print(figure: Figure, sign: str = "") -> None:
    if figure.name in MEASURES:
        interval = f"[{figure.low:{sign}.3f}, {figure.high:{sign}.3f}]"
        print(f"  {figure.name:14} {figure.mean:{sign}.3f}  {interval}  {figure.cases:,} cases")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--dialogues", type=int, help="play only so many, drawn at random (factors: from all)")
    parser.add_argument("--prior", choices=["folds", "votes"], default="folds")
    parser.add_argument("--prior-weight", type=float, nargs="+", default=[PRIOR_WEIGHT, 0.0])
    parser.add_argument("--behaviour-weight", type=float, nargs="+", default=[Schema(()).behaviour_weight])
    parser.add_argument("--index", type=Path, help="folder to keep the index in, to be used again")
    options = parser.parse_args()
    items = read_items(find_file(options.task, "catalogue.jsonl"))
    cases = read_cases(find_file(options.task / options.split, "cases.jsonl"))
    played = cases
    if options.dialogues:
        dialogues = sorted({case.dialog for case in cases})
        drawn = set(random.Random(1).sample(dialogues, min(options.dialogues, len(dialogues))))
        played = [case for case in cases if case.dialog in drawn]
    variants = [(prior, weight) for prior in options.prior_weight for weight in [0.0, *options.behaviour_weight]]
    parts: list[dict[Variant, Judgements]] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for fold in range(FOLDS):
            others = [case for case in cases if fold_of(case, FOLDS) != fold]
            rows, schema = items, infer_schema(items)
            if options.prior == "folds":
                rows, schema = with_prior(items, schema, count(others))
            own = [case for case in played if fold_of(case, FOLDS) == fold]
            parts.append(play_fold(own, options.index or Path(folder), rows, schema, others, variants))
    print(f"{len(played):,} cases of {len({case.dialog for case in played}):,} dialogues, prior: {options.prior}")
    print_figures(played, {variant: joined([part[variant] for part in parts]) for variant in variants})


if __name__ == "__main__":
    main()
