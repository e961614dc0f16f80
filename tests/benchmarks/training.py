"""Does training the encoder on some dialogues make the picks better in others? For all methods, with paired intervals.

    python -m tests.benchmarks.training BENCH_DIR --keep DIR [--methods full lora adalora] [--encoders DIR ...]

BENCH_DIR holds tasks as in docs/benchmarks.md. For each catalogue an encoder learns from half of the dialogues (drawn
by the hash of their ids): what an open interest and the tags of a turn say, the texts of items named as liked, and the
items that were right then. It is measured, in the whole assistant, on the other halves, and on those of other
tasks of its catalogue. Everything is kept in DIR: interrupted, it goes on from there. --encoders measures encoders that
were trained before.
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
from dataclasses import replace
from pathlib import Path

from penchant.assistant import Assistant
from penchant.assistant.evaluation import Judgements, differences, judge, summarise
from penchant.assistant.replay import Case, Player, find_file, play, read_cases, run_tag
from penchant.retriever import (
    MENTION,
    SentenceEncoder,
    build_index,
    infer_schema,
    item_text,
    read_items,
)
from penchant.retriever.adapters import Method
from penchant.retriever.building import Progress
from penchant.retriever.examples import Scale
from penchant.retriever.ratings import Rating
from penchant.retriever.training import Training, train

TASKS = {"redial": ("redial", "rejection", "exclusion"), "opendialkg": ("opendialkg",), "recipe_mpr": ("recipe_mpr",)}
"""The catalogues, each with the tasks that are measured in it; the one of its own name is learned from."""
FIGURES = ("nDCG@10", "R@10")
NAMED = 2  # of the items named as liked, so many are learned from in each turn
SETTINGS = Training(epochs=1.0, batch_size=32, negatives=3, draw="any", length=40)


def learns(dialog: str) -> bool:
    """Whether a dialogue is one to learn from."""
    return int(hashlib.sha256(dialog.encode()).hexdigest(), 16) % 2 == 0


def player_of(bench: Path, keep: Path, name: str, encoder: SentenceEncoder) -> Player:
    items = read_items(find_file(bench / name, "catalogue.jsonl"))
    folder = keep / "indexes" / f"{name}-{hashlib.sha256(encoder.fingerprint.encode()).hexdigest()[:8]}"
    with bar(f"{encoder.name} {name}") as progress:
        return Player(Assistant(build_index(items, folder, encoder, infer_schema(items), progress)))


def cases_of(bench: Path, task: str, swap: bool) -> tuple[list[Case], list[Case]]:
    """Those to learn from and those to report, or the other way round. Tasks that share dialogues share the halves."""
    cases = read_cases(find_file(bench / task / "dev", "cases.jsonl"))
    return [c for c in cases if learns(c.dialog) != swap], [c for c in cases if learns(c.dialog) == swap]


def ratings_of(player: Player, cases: Sequence[Case]) -> list[Rating]:
    """Each right item, with what the turn before it said as the retriever encodes it, and with items named as liked."""
    rng, catalogue = random.Random(0), player.index.catalogue
    ratings = []
    for case in cases:
        session = player.listen(case.turns)
        wanted = [i for i in session.interests if i.level == "want" and not i.parked]
        said = [i.value for i in wanted if i.turn == session.turn and i.facet != MENTION]
        named = [i.item for i in wanted if i.facet == MENTION and i.item in catalogue.row]
        drawn = rng.sample(named, min(NAMED, len(named)))
        for right in sorted(case.relevant & catalogue.row.keys()):
            texts = [*said, *(item_text(catalogue.get(item), catalogue.schema) for item in drawn if item != right)]
            ratings += [Rating(case.dialog, (text,), right, 1.0) for text in texts]
    return ratings


def prepare(bench: Path, keep: Path, name: str, most: int, swap: bool) -> None:
    """Writes what is learned from."""
    path = keep / f"{name}.ratings.json"
    if path.is_file():
        return
    ratings = ratings_of(player_of(bench, keep, name, SentenceEncoder()), cases_of(bench, name, swap)[0])
    print(f"{name}: {len(ratings):,} ratings to learn from, at most {most:,} are used", flush=True)
    ratings = random.Random(0).sample(ratings, min(most, len(ratings)))
    path.write_text(json.dumps([[r.user, r.queries, r.item, r.rating] for r in ratings]), encoding="utf-8")


def train_one(bench: Path, keep: Path, name: str, method: Method) -> None:
    """Trains in a process of its own, so that its memory can be told."""
    rows = json.loads((keep / f"{name}.ratings.json").read_text(encoding="utf-8"))
    ratings = [Rating(user, tuple(queries), item, rating) for user, queries, item, rating in rows]
    index = player_of(bench, keep, name, SentenceEncoder()).index
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    folder = keep / f"{name}-{method}"
    trained = train(index, ratings, Scale(1, 1), folder, replace(SETTINGS, method=method), bar)
    report = {
        "catalogue": name,
        "method": method,
        "trained parameters": trained.parameters[0],
        "megabytes": round(sum(p.stat().st_size for p in folder.glob("*.safetensors")) / 1e6, 1),
        "steps": trained.fit.steps,
        "seconds": round(trained.fit.seconds),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "of which before, MB": before // 1024,
        "validation loss": [round(loss, 4) for _, loss in trained.fit.validation],
        "card": {c.name: [round(x, 4) for x in (c.before, c.after, c.low, c.high)] for c in trained.assessment.changes},
    }
    player_of(bench, keep, name, trained.encoder)  # it has the vectors of the items, which takes long
    (keep / f"{name}-{method}.json").write_text(json.dumps(report), encoding="utf-8")


def played(bench: Path, keep: Path, task: str, player: Player, swap: bool) -> tuple[list[Case], Judgements]:
    """The reported cases of a task and what the picks are worth in each."""
    cases = cases_of(bench, task, swap)[1]
    texts = [interest.value for case in cases for interest in player.listen(case.turns).interests]
    # In one go: one by one, as in a conversation, takes many times as long.
    player.index.encoder.encode(list(dict.fromkeys(texts)))
    tag = run_tag(Assistant(player.index))
    with bar(f"{player.index.encoder.name} playing {task}") as progress:
        run = play(player, cases, keep / f"{task}-{tag}.trec", tag, progress)
    return cases, judge(cases, run, player.index.priors)


def report(bench: Path, keep: Path, name: str, encoders: Sequence[str], swap: bool) -> None:
    """Prints the figures of each task of a catalogue before and after, and the paired intervals of the change."""
    known = player_of(bench, keep, name, SentenceEncoder())
    before = {task: played(bench, keep, task, known, swap)[1] for task in TASKS[name]}
    for encoder in encoders:
        player = player_of(bench, keep, name, SentenceEncoder(str(keep / f"{name}-{encoder}")))
        for task in TASKS[name]:
            cases, after = played(bench, keep, task, player, swap)
            old = {figure.name: figure.mean for figure in summarise(cases, before[task])}
            changes = [c for c in differences(cases, after, before[task]) if c.name in FIGURES]
            for c in changes:
                print(
                    f"{task:12} {encoder:10} {c.name:8} {old[c.name]:.4f}  {old[c.name] + c.mean:.4f}  {c.mean:+.4f}"
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
    parser.add_argument(
        "--encoders", nargs="*", help="measure DIR/CATALOGUE-NAME for these names, in place of training"
    )
    parser.add_argument("--catalogues", nargs="*", default=list(TASKS))
    parser.add_argument("--ratings", type=int, default=1000, help="learn from at most so many of a catalogue")
    parser.add_argument(
        "--swap", action="store_true", help="learn from the halves that are else reported (another DIR)"
    )
    options = parser.parse_args()
    options.keep.mkdir(parents=True, exist_ok=True)
    print(f"{'task':12} {'encoder':10} {'figure':8} before  after   change   95 % interval       cases", flush=True)
    for name in options.catalogues:
        if options.encoders is None:
            prepare(options.bench, options.keep, name, options.ratings, options.swap)
        for method in options.methods if options.encoders is None else ():
            path = options.keep / f"{name}-{method}.json"
            if not path.is_file():
                with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as one:
                    one.submit(train_one, options.bench, options.keep, name, method).result()
            print(path.read_text(encoding="utf-8"), flush=True)
        chosen = options.methods if options.encoders is None else options.encoders
        report(options.bench, options.keep, name, chosen, options.swap)


if __name__ == "__main__":
    main()
