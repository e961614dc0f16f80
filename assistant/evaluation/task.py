"""A task as a folder: its catalogue is indexed, its cases are played by the assistant and its peers, the figures told.

Knows the files of a task; how cases are played and measured is in the modules beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from penchant.retriever import (
    CatalogueError,
    CatalogueFile,
    Field,
    Item,
    PenchantError,
    Schema,
    build_index,
    override_schema,
    read_catalogue,
)
from penchant.retriever.metrics import Judgements
from penchant.retriever.progress import Progress

from ..assistant import Assistant
from ..llm import LanguageModel
from ..settings import Settings
from ..wiring import encoder_of, make_assistant
from .baselines import Baselines, chosen
from .metrics import accuracy, catalogue_coverage, coverage, differences, joined, judge, summarise
from .outcomes import EvaluationOutcome
from .popularity import sample, split
from .replay import Case, Player, Run, find_file, play, read_cases, run_tag

GIVEN_PRIOR = "given_prior"
OURS = "penchant"
CATALOGUE = "catalogue.jsonl"

Bar = Callable[[str], AbstractContextManager[Progress]]


@dataclass(frozen=True, slots=True)
class Task:
    """Where a task's files are, what is changed for it, and the peers to measure against.

    `folds`: with a prior counted on the task's own dialogues, for each fold on the others; 0: without.
    `sample`: about so many cases, of dialogues drawn by their ids; 0: all.
    """

    folder: Path
    split: str
    catalogue: Path | None = None
    schema: Path | None = None
    prior: Path | None = None
    prior_weight: float | None = None
    folds: int = 0
    against: tuple[str, ...] = ()
    sample: int = 0


def evaluate(
    task: Task, settings: Settings, run_file: Path | None, bar: Bar, tell: Callable[[str], None]
) -> list[EvaluationOutcome]:
    """Ours and then the peers. The index of the task's catalogue is kept in the user's folder and used again.

    `run_file`: what is ranked is written there, of a peer to a file beside it with the peer's name in its own, and what
    stands there is not ranked again. `tell`: is told, before anything is played, of relevant ids that no item has.
    """
    against = chosen(task.against)
    cases, every = _cases(task)
    source = (task.catalogue or find_file(task.folder, CATALOGUE)).resolve()
    read = read_catalogue([source])
    if absent := absent_ids(cases, read.items):
        tell(absent)
    run: Run = {}
    found: list[Judgements] = []
    players: list[Player] = []
    tag = ""
    for part, assistant, name in _assistants(task, cases, every, read, source, settings, bar):
        players.append(player := Player(assistant))
        tag = run_tag(assistant, _source(task))
        with bar(f"Playing {name}".strip()) as progress:
            run |= play(player, part, run_file, tag, progress)
        found.append(_judged(part, run, player, player.choose))
    ours = joined(found)
    coverage_of_all = catalogue_coverage(run, len(players[0].index.catalogue))
    outcomes = [EvaluationOutcome(OURS, [*summarise(cases, ours), coverage_of_all])]
    return [*outcomes, *_peers(against, players[0], cases, ours, run_file, tag, bar)]


def _peers(
    names: Sequence[str],
    player: Player,
    cases: Sequence[Case],
    ours: Judgements,
    run_file: Path | None,
    tag: str,
    bar: Bar,
) -> Iterator[EvaluationOutcome]:
    """Each peer over the player's catalogue, and what ours are above it."""
    peers, size = Baselines(player), len(player.index.catalogue)
    for name in names:
        peer = peers[name]
        file = run_file.with_name(f"{run_file.stem}.{name}{run_file.suffix}") if run_file else None
        with bar(f"Playing {name}") as progress:
            run = play(peer, cases, file, f"{tag}-{name}", progress)
        theirs = _judged(cases, run, player, peer.choose)
        figures = [*summarise(cases, theirs), catalogue_coverage(run, size)]
        yield EvaluationOutcome(name, figures, differences(cases, ours, theirs))


def _cases(task: Task) -> tuple[list[Case], list[Case]]:
    """The cases to play, and all of the split. Raises PenchantError for a task that has none or asks for two priors."""
    every = read_cases(find_file(task.folder / task.split, "cases.jsonl"))
    if not every:
        raise CatalogueError(f"{task.folder / task.split}: no case has anything relevant")
    if task.prior and task.folds:
        raise PenchantError("a prior is either given or counted in folds; leave out one of the two")
    return (sample(every, task.sample) if task.sample else every), every


def has_catalogue(folder: Path) -> bool:
    """Whether a task's folder holds a catalogue of its own."""
    return any((folder / name).is_file() for name in (CATALOGUE, f"{CATALOGUE}.gz"))


def _judged(cases: Sequence[Case], run: Run, player: Player, choose: Callable[[Case], str]) -> Judgements:
    return {
        **judge(cases, run, player.index.priors),
        **coverage(cases, run, player),
        **accuracy(cases, choose),
    }


def absent_ids(cases: Sequence[Case], items: Iterable[Item]) -> str:
    """How many relevant ids no item has, and in how many cases, with an example; empty if there are none."""
    known = {item.id for item in items}
    absent = {case.id: sorted(case.relevant - known) for case in cases if case.relevant - known}
    if not absent:
        return ""
    ids = len({name for names in absent.values() for name in names})
    case, names = next(iter(absent.items()))
    return (
        f"{ids:,} relevant {'id' if ids == 1 else 'ids'}, named in {len(absent):,} of {len(cases):,}"
        f" {'case' if len(cases) == 1 else 'cases'}, {'is' if ids == 1 else 'are'} not in the catalogue and"
        f" {'counts' if ids == 1 else 'count'} as never found, such as {names[0]!r} in case {case!r}."
    )


def _assistants(
    task: Task,
    cases: list[Case],
    every: list[Case],
    read: CatalogueFile,
    source: Path,
    settings: Settings,
    bar: Bar,
) -> Iterator[tuple[list[Case], Assistant, str]]:
    """For each fold those of its cases that are played, the assistant with its prior, and what the fold is called."""
    items, schema = list(read.items), read.schema
    schema = override_schema(schema, task.schema) if task.schema else schema
    if task.prior_weight is not None:
        schema = replace(schema, prior_weight=task.prior_weight)
    if task.folds:
        played = {case.id for case in cases}
        for fold, (whole, counts) in enumerate(split(every, task.folds), 1):
            if part := [case for case in whole if case.id in played]:
                assistant = _assistant(*with_prior(items, schema, counts), source, settings, bar)
                yield part, assistant, f"fold {fold} of {task.folds}"
        return
    if task.prior:
        items, schema = with_prior(items, schema, read_prior(task.prior, items))
    yield cases, _assistant(items, schema, source, settings, bar), ""


def _assistant(items: Sequence[Item], schema: Schema, source: Path, settings: Settings, bar: Bar) -> Assistant:
    encoder = encoder_of(settings)
    blocks = ([(f.name, f.kind) for f in schema.fields], bool(schema.prior), schema.dimensions)
    parts = f"{source}{encoder.fingerprint}{blocks}"
    folder = settings.home / "evaluations" / hashlib.sha256(parts.encode()).hexdigest()[:12]
    with bar("Indexing") as progress:
        index = build_index(items, folder, encoder, schema, progress)
        return make_assistant(index, LanguageModel.from_settings(settings), progress=progress)


def _source(task: Task) -> str:
    """What tells the prior of a task from others that its settings do not show."""
    return hashlib.sha256(task.prior.read_bytes()).hexdigest() if task.prior else f"folds: {task.folds}"


def read_prior(path: Path, items: Sequence[Item]) -> Mapping[str, float]:
    """A JSON object {item id: number}. Raises CatalogueError for anything else, or if it names none of the items."""
    try:
        values = {str(name): float(value) for name, value in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{path}: not a prior; write one JSON object {{item id: number}} ({error})") from error
    if not values.keys() & {item.id for item in items}:
        raise CatalogueError(f"{path}: none of its ids is in the catalogue")
    return values


def with_prior(items: Sequence[Item], schema: Schema, prior: Mapping[str, float]) -> tuple[list[Item], Schema]:
    """Items and schema with another prior; items that it does not name have none."""
    given = [replace(i, fields={**i.fields, GIVEN_PRIOR: prior[i.id]}) if i.id in prior else i for i in items]
    fields = (*schema.fields, Field(GIVEN_PRIOR, "number"))
    return given, replace(schema, fields=fields, prior=GIVEN_PRIOR)
