"""A task as a folder: its catalogue is indexed, its cases are played by the assistant and its peers, the figures told.

Knows the files of a task; how cases are played and measured is in the modules beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

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
from .metrics import Figure, accuracy, as_json, catalogue_coverage, coverage, differences, joined, judge, summarise
from .popularity import split
from .replay import Case, Player, Run, find_file, play, read_cases, run_tag

GIVEN_PRIOR = "given_prior"
OURS = "penchant"

Bar = Callable[[str], AbstractContextManager[Progress]]


@dataclass(frozen=True, slots=True)
class Task:
    """Where a task's files are, what is changed for it, and the peers to measure against.

    `folds`: with a prior counted on the task's own dialogues, for each fold on the others; 0: without.
    """

    folder: Path
    split: str
    catalogue: Path | None = None
    schema: Path | None = None
    prior: Path | None = None
    prior_weight: float | None = None
    folds: int = 0
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationOutcome:
    """The figures of one system, and for a peer what ours are above them, on the same dialogues."""

    system: str
    figures: list[Figure]
    differences: list[Figure] = field(default_factory=list)


def evaluate(
    task: Task, settings: Settings, run_file: Path | None, bar: Bar, tell: Callable[[str], None]
) -> list[EvaluationOutcome]:
    """Ours and then the peers. The index of the task's catalogue is kept in the user's folder and used again.

    `tell`: is told, before anything is played, of relevant ids that no item has.
    """
    against = chosen(task.against)
    cases = read_cases(find_file(task.folder / task.split, "cases.jsonl"))
    if not cases:
        raise CatalogueError(f"{task.folder / task.split}: no case has anything relevant")
    if task.prior and task.folds:
        raise PenchantError("a prior is either given or counted in folds; leave out one of the two")
    source = (task.catalogue or find_file(task.folder, "catalogue.jsonl")).resolve()
    read = read_catalogue([source])
    if absent := absent_ids(cases, read.items):
        tell(absent)
    run: Run = {}
    found: list[Judgements] = []
    players: list[Player] = []
    for part, assistant, name in _assistants(task, cases, read, source, settings, bar):
        players.append(player := Player(assistant))
        with bar(f"Playing {name}".strip()) as progress:
            run |= play(player, part, run_file, run_tag(assistant, _source(task)), progress)
        found.append(_judged(part, run, player, player.choose))
    player, ours = players[0], joined(found)
    size = len(player.index.catalogue)
    outcomes = [EvaluationOutcome(OURS, [*summarise(cases, ours), catalogue_coverage(run, size)])]
    peers = Baselines(player)
    for name in against:
        peer = peers[name]
        with bar(f"Playing {name}") as progress:
            run = play(peer, cases, None, name, progress)
        theirs = _judged(cases, run, player, peer.choose)
        figures = [*summarise(cases, theirs), catalogue_coverage(run, size)]
        outcomes.append(EvaluationOutcome(name, figures, differences(cases, ours, theirs)))
    return outcomes


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
    task: Task, cases: list[Case], read: CatalogueFile, source: Path, settings: Settings, bar: Bar
) -> Iterator[tuple[list[Case], Assistant, str]]:
    """For each fold its cases, the assistant with that fold's prior, and what the fold is called."""
    items, schema = list(read.items), read.schema
    schema = override_schema(schema, task.schema) if task.schema else schema
    if task.prior_weight is not None:
        schema = replace(schema, prior_weight=task.prior_weight)
    if task.folds:
        for fold, (part, counts) in enumerate(split(cases, task.folds), 1):
            if part:
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


def table(outcomes: Sequence[EvaluationOutcome]) -> str:
    """The figures with their 95 % intervals, for the terminal; with peers, each measure of all systems together."""
    names = [figure.name for figure in outcomes[0].figures]
    width = max(map(len, [*names, *(outcome.system for outcome in outcomes)])) + 2
    head = f"{'':{width}}    mean  95 % interval    cases"
    if len(outcomes) == 1:
        return "\n".join([head, *(_row(f.name, f, width) for f in outcomes[0].figures)])
    lines = [f"{head}  penchant's are above by"]
    for name in names:
        lines.append(name)
        for outcome in outcomes:
            above = next((f for f in outcome.differences if f.name == name), None)
            more = f"  {above.mean:+.3f}  [{above.low:+.3f}, {above.high:+.3f}]" if above else ""
            lines += [_row(f"  {outcome.system}", f, width) + more for f in outcome.figures if f.name == name]
    return "\n".join(lines)


def _row(name: str, figure: Figure, width: int) -> str:
    return f"{name:{width}}  {figure.mean:6.3f}  [{figure.low:.3f}, {figure.high:.3f}]  {figure.cases:6,}"


def outcomes_as_json(outcomes: Sequence[EvaluationOutcome]) -> dict[str, Any]:
    """Our figures by name, and under "against" those of each peer with the differences."""
    ours, *peers = outcomes
    against = {p.system: {"figures": as_json(p.figures), "above": as_json(p.differences)} for p in peers}
    return as_json(ours.figures) | ({"against": against} if against else {})
