"""Does training the encoder on some dialogues make the picks better in others? For all methods, with paired intervals.

    python -m tests.benchmarks.training BENCH_DIR --keep DIR [--methods full lora adalora] [--catalogues NAME ...]

BENCH_DIR holds tasks as in docs/benchmarks.md. The dialogues of a catalogue, of all its tasks, are dealt into folds by
the hash of their ids. For each fold an encoder learns from the others: what an open interest and the tags of a turn
say, the texts of items named as liked, and the items that were right then. It is measured, in the whole assistant, on
the fold; all folds are reported as one. Everything is kept in DIR: interrupted, it goes on from there.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import multiprocessing
import random
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from penchant.assistant import Assistant
from penchant.assistant.evaluation.metrics import differences, joined, judge, summarise
from penchant.assistant.evaluation.replay import Case, Player, find_file, play, read_cases, run_tag
from penchant.retriever import MENTION, SentenceEncoder, build_index, infer_schema, item_text, read_items
from penchant.retriever.catalogue.rating_scale import Scale
from penchant.retriever.catalogue.ratings import Rating
from penchant.retriever.metrics import Judgements
from penchant.retriever.progress import Progress
from penchant.retriever.training.adapters import Method
from penchant.retriever.training.training import Training, train

TASKS = {"recipe_mpr": ("recipe_mpr",), "opendialkg": ("opendialkg",), "redial": ("redial", "rejection", "exclusion")}
"""The catalogues, each with the tasks that are played in it."""
FIGURES = ("nDCG@10", "R@10")
NAMED = 2  # of the items named as liked, so many are learned from in each turn
RIGHT = 8  # of the right items of a turn, so many are learned from
SETTINGS = Training(length=40, patience=9)
"""For the rest, the defaults; with all the texts' tokens and less patience it would take longer and end earlier."""
FOLDS = 2
EPOCHS = {"recipe_mpr": 3.0, "opendialkg": 2.0, "redial": 1.0}


@dataclass(frozen=True)
class Bench:
    """Where the tasks are, and where everything is kept."""

    tasks: Path
    keep: Path

    def player(self, name: str, encoder: SentenceEncoder) -> Player:
        """The assistant over a catalogue with an encoder."""
        items = read_items(find_file(self.tasks / name, "catalogue.jsonl"))
        folder = self.keep / "indexes" / f"{name}-{hashlib.sha256(encoder.fingerprint.encode()).hexdigest()[:8]}"
        with bar(f"{encoder.name} {name}") as progress:
            return Player(Assistant(build_index(items, folder, encoder, infer_schema(items), progress)))

    def cases(self, task: str, fold: int, others: bool = False) -> list[Case]:
        """The cases of one fold, or of all others. Tasks that share dialogues share folds."""
        cases = read_cases(find_file(self.tasks / task / "dev", "cases.jsonl"))
        return [case for case in cases if (fold_of(case.dialog) == fold) is not others]


def fold_of(dialog: str) -> int:
    return int(hashlib.sha256(f"fold of {dialog}".encode()).hexdigest(), 16) % FOLDS


def ratings_of(player: Player, cases: Sequence[Case]) -> list[Rating]:
    """Right items, each with what the turn before it said, as the retriever encodes it, and with items named as liked;
    with what was said, also the candidates that were wrong."""
    rng, catalogue = random.Random(0), player.index.catalogue
    ratings = []
    for case in cases:
        session = player.listen(case.turns)
        wanted = [i for i in session.interests if i.level == "want" and not i.parked]
        said = [i.value for i in wanted if i.turn == session.turn and i.facet != MENTION]
        named = [i.item for i in wanted if i.facet == MENTION and i.item in catalogue.row]
        drawn = rng.sample(named, min(NAMED, len(named)))
        right = sorted(case.relevant & catalogue.row.keys())
        for item in rng.sample(right, min(RIGHT, len(right))):
            texts = [*said, *(item_text(catalogue.get(name), catalogue.schema) for name in drawn if name != item)]
            ratings += [Rating(case.dialog, (text,), item, 1.0) for text in texts]
        wrong = [item for item in case.candidates if item in catalogue.row and item not in case.relevant]
        ratings += [Rating(case.dialog, (text,), item, 0.0) for text in said for item in wrong]
    return ratings


def train_one(bench: Bench, name: str, fold: int, method: Method, most: int) -> None:
    """Trains on all folds but one, in a process of its own, so that its memory can be told."""
    player = bench.player(name, SentenceEncoder())
    ratings = ratings_of(player, [case for task in TASKS[name] for case in bench.cases(task, fold, others=True)])
    found, ratings = len(ratings), random.Random(0).sample(ratings, min(most, len(ratings)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    folder = bench.keep / f"{name}-{fold}-{method}"
    settings = replace(SETTINGS, method=method, epochs=EPOCHS[name])
    trained = train(player.index, ratings, Scale(0, 1), folder, settings, bar)
    report = {
        "catalogue": name,
        "but fold": fold,
        "method": method,
        "ratings": [found, len(ratings)],
        "trained parameters": trained.parameters[0],
        "megabytes": round(sum(p.stat().st_size for p in folder.glob("*.safetensors")) / 1e6, 1),
        "steps": trained.fit.steps,
        "seconds": round(trained.fit.seconds),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "of which before, MB": before // 1024,
        "validation loss": [round(loss, 4) for _, loss in trained.fit.validation],
        "card": {c.name: [round(x, 4) for x in (c.before, c.after, c.low, c.high)] for c in trained.assessment.changes},
    }
    bench.player(name, trained.encoder)  # it has the vectors of the items, which takes long
    folder.with_suffix(".json").write_text(json.dumps(report), encoding="utf-8")


def played(bench: Bench, task: str, player: Player, fold: int) -> Judgements:
    """What the picks are worth in each case of a fold."""
    cases = bench.cases(task, fold)
    texts = [interest.value for case in cases for interest in player.listen(case.turns).interests]
    # In one go: one by one, as in a conversation, takes many times as long.
    player.index.encoder.encode(list(dict.fromkeys(texts)))
    tag = run_tag(Assistant(player.index))
    with bar(f"{player.index.encoder.name} playing {task}") as progress:
        run = play(player, cases, bench.keep / f"{task}-{fold}-{tag}.trec", tag, progress)
    return judge(cases, run, player.index.priors)


def report(bench: Bench, name: str, method: Method, folds: Sequence[int]) -> None:
    """Prints the figures of each task before and after, with the paired intervals of the change: of all cases of the
    folds, each with the encoder that did not learn from its fold."""
    known = bench.player(name, SentenceEncoder())
    taught = {fold: bench.player(name, SentenceEncoder(str(bench.keep / f"{name}-{fold}-{method}"))) for fold in folds}
    for task in TASKS[name]:
        cases = [case for fold in folds for case in bench.cases(task, fold)]
        before = joined([played(bench, task, known, fold) for fold in folds])
        after = joined([played(bench, task, taught[fold], fold) for fold in folds])
        old = {figure.name: figure.mean for figure in summarise(cases, before)}
        for c in differences(cases, after, before):
            if c.name in FIGURES:
                print(
                    f"{task:12} {method:10} {c.name:8} {old[c.name]:.4f}  {old[c.name] + c.mean:.4f}  {c.mean:+.4f}"
                    f"  [{c.low:+.4f}, {c.high:+.4f}]  {c.cases:6,}",
                    flush=True,
                )


@contextlib.contextmanager
def bar(title: str) -> Iterator[Progress]:
    """A line when something ends: these runs are long, and their output is read from files."""
    yield lambda done, total: print(f"  {title}: {total:,} done", flush=True) if done == total else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--methods", nargs="*", default=["full", "lora", "adalora"])
    parser.add_argument("--catalogues", nargs="*", default=list(TASKS))
    parser.add_argument("--ratings", type=int, default=4000, help="learn from at most so many")
    parser.add_argument("--folds", nargs="*", type=int, default=list(range(FOLDS)), help="those that are reported")
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    bench = Bench(options.bench, options.keep)
    print(f"{'task':12} {'encoder':10} {'figure':8} before  after   change   95 % interval       cases", flush=True)
    for name in options.catalogues:
        for method in options.methods:
            for fold in options.folds:
                path = options.keep / f"{name}-{fold}-{method}.json"
                if not path.is_file():
                    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as one:
                        one.submit(train_one, bench, name, fold, method, options.ratings).result()
                print(path.read_text(encoding="utf-8"), flush=True)
            report(bench, name, method, options.folds)


if __name__ == "__main__":
    main()
