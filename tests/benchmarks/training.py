"""Does training the encoder on some dialogues make the picks better in others? For all methods, with paired intervals.

    python -m tests.benchmarks.training BENCH_DIR --keep DIR [--methods full lora adalora] [--encoders DIR ...]

BENCH_DIR holds tasks as in docs/benchmarks.md. One encoder learns from half of the dialogues of redial, opendialkg and
recipe_mpr (drawn by the hash of their ids): what an open interest and the tags of a turn say, and the items that were
right then. It is then measured, in the whole assistant, on the other halves and on tasks that it did not learn from.
Everything is kept in DIR: interrupted, it goes on from there. --encoders measures encoders that were trained before.
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
from pathlib import Path

from penchant.assistant import Assistant
from penchant.assistant.evaluation import Judgements, differences, judge, summarise
from penchant.assistant.replay import Case, Player, find_file, play, read_cases, run_tag
from penchant.retriever import (
    MENTION,
    Item,
    SentenceEncoder,
    build_index,
    infer_schema,
    item_text,
    open_index,
    read_items,
)
from penchant.retriever.building import Progress
from penchant.retriever.examples import Scale
from penchant.retriever.ratings import Rating
from penchant.retriever.training import Training, train

TRAINED_ON = ("recipe_mpr", "opendialkg", "redial")
REPORTED = (*TRAINED_ON, "rejection", "exclusion", "cpcd")
CATALOGUES = {"rejection": "redial", "exclusion": "redial"}
FIGURES = ("nDCG@10", "R@10")
OTHERS = 1000  # items of each catalogue, beside the right ones, that hard negatives are drawn from
SETTINGS = {"loss": "contrastive", "epochs": 1.0, "batch_size": 32, "length": 64, "negatives": 1}


def learns(dialog: str) -> bool:
    """Whether a dialogue is one to learn from."""
    return int(hashlib.sha256(dialog.encode()).hexdigest(), 16) % 2 == 0


def task_player(bench: Path, keep: Path, task: str, encoder: SentenceEncoder) -> Player:
    name = CATALOGUES.get(task, task)
    items = read_items(find_file(bench / name, "catalogue.jsonl"))
    folder = keep / "indexes" / f"{name}-{hashlib.sha256(encoder.fingerprint.encode()).hexdigest()[:8]}"
    with bar(f"{encoder.name} {name}") as progress:
        return Player(Assistant(build_index(items, folder, encoder, infer_schema(items), progress)))


def cases_of(bench: Path, task: str) -> tuple[list[Case], list[Case]]:
    """Those to learn from and those to report. A task that shares its dialogues with redial shares the halves."""
    cases = read_cases(find_file(bench / task / "dev", "cases.jsonl"))
    if CATALOGUES.get(task, task) not in TRAINED_ON:
        return [], cases
    return [c for c in cases if learns(c.dialog)], [c for c in cases if not learns(c.dialog)]


def ratings_of(task: str, player: Player, cases: Sequence[Case]) -> list[Rating]:
    """Each right item, with what the turn before it said as the retriever encodes it."""
    ratings = []
    for case in cases:
        session = player.listen(case.turns)
        said = [
            i.value
            for i in session.interests
            if i.level == "want" and i.turn == session.turn and i.facet != MENTION and not i.parked
        ]
        known = sorted(item for item in case.relevant if item in player.index.catalogue.row)
        ratings += [Rating(f"{task}:{case.dialog}", tuple(said), f"{task}:{item}", 1.0) for item in known if said]
    return ratings


def pool(task: str, player: Player, wanted: set[str]) -> list[Item]:
    """Items as their texts alone: catalogues of different fields then fit into one index."""
    catalogue = player.index.catalogue
    names = {f"{task}:{item.id}": item for item in catalogue.items}
    others = random.Random(0).sample(sorted(names), min(len(names), OTHERS))
    return [Item(n, names[n].title, item_text(names[n], catalogue.schema)) for n in names if n in {*others, *wanted}]


def prepare(bench: Path, keep: Path) -> None:
    """Writes what is learned from: the ratings, and an index of the items."""
    if (keep / "ratings.json").is_file():
        return
    ratings, items = [], []
    for task in TRAINED_ON:
        player = task_player(bench, keep, task, SentenceEncoder())
        found = ratings_of(task, player, cases_of(bench, task)[0])
        ratings += found
        items += pool(task, player, {rating.item for rating in found})
        print(f"{task}: {len(found):,} ratings to learn from", flush=True)
    with bar("pool") as progress:
        build_index(items, keep / "pool", SentenceEncoder(), progress=progress)
    rows = [[r.user, r.queries, r.item, r.rating] for r in ratings]
    (keep / "ratings.json").write_text(json.dumps(rows), encoding="utf-8")


def train_one(keep: Path, method: str) -> dict[str, object]:
    """Trains in a process of its own, so that its memory can be told."""
    rows = json.loads((keep / "ratings.json").read_text(encoding="utf-8"))
    ratings = [Rating(user, tuple(queries), item, rating) for user, queries, item, rating in rows]
    index = open_index(keep / "pool", SentenceEncoder())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    trained = train(index, ratings, Scale(1, 1), keep / method, Training(method=method, **SETTINGS), bar)
    report = {
        "method": method,
        "trained parameters": trained.parameters[0],
        "megabytes": sum(p.stat().st_size for p in (keep / method).glob("*.safetensors")) / 1e6,
        "steps": trained.fit.steps,
        "seconds": trained.fit.seconds,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "of which before, MB": before / 1024,
        "validation loss": [round(loss, 4) for _, loss in trained.fit.validation],
    }
    (keep / f"{method}.json").write_text(json.dumps(report), encoding="utf-8")
    return report


def played(bench: Path, keep: Path, task: str, encoder: SentenceEncoder) -> tuple[list[Case], Judgements]:
    """The reported cases of a task and what the picks are worth in each."""
    cases = cases_of(bench, task)[1]
    player = task_player(bench, keep, task, encoder)
    with bar(f"{encoder.name} hearing {task}") as progress:
        texts = []
        for done, case in enumerate(cases, 1):
            texts += [interest.value for interest in player.listen(case.turns).interests]
            progress(done, len(cases))
    # In one go: one by one, as in a conversation, takes many times as long.
    encoder.encode(list(dict.fromkeys(texts)))
    tag = run_tag(Assistant(player.index))
    with bar(f"{encoder.name} playing {task}") as progress:
        run = play(player, cases, keep / f"{task}-{tag}.trec", tag, progress)
    return cases, judge(cases, run, player.index.priors)


def report(bench: Path, keep: Path, encoders: Sequence[str], tasks: Sequence[str]) -> None:
    """Prints the figures of each task before and after, and the paired intervals of the change."""
    print(f"{'task':12} {'encoder':10} {'figure':8} before  after  change   95 % interval     cases", flush=True)
    for task in tasks:
        cases, before = played(bench, keep, task, SentenceEncoder())
        old = {figure.name: figure for figure in summarise(cases, before)}
        for name in encoders:
            _, after = played(bench, keep, task, SentenceEncoder(str(keep / name)))
            for change in differences(cases, after, before):
                if change.name in FIGURES:
                    mean = old[change.name].mean
                    print(
                        f"{task:12} {name:10} {change.name:8} {mean:.3f}   {mean + change.mean:.3f}  {change.mean:+.3f}"
                        f"  [{change.low:+.3f}, {change.high:+.3f}]  {change.cases:6,}",
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
    parser.add_argument("--encoders", nargs="*", help="folders in DIR to measure, in place of training")
    parser.add_argument("--tasks", nargs="*", default=REPORTED)
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    if options.encoders is None:
        prepare(options.bench, options.keep)
    for method in () if options.encoders is not None else options.methods:
        if not (options.keep / f"{method}.json").is_file():
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as one:
                one.submit(train_one, options.keep, method).result()
        print((options.keep / f"{method}.json").read_text(encoding="utf-8"), flush=True)
    chosen = options.methods if options.encoders is None else options.encoders
    report(options.bench, options.keep, chosen, options.tasks)


if __name__ == "__main__":
    main()
