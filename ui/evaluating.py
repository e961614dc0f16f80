"""What `penchant evaluate` does: index the task's catalogue, play its cases, print the figures.

Knows the files of a task; how cases are played and measured is in penchant.assistant (replay, evaluation).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from penchant.assistant import Assistant, LanguageModel, Settings
from penchant.assistant.evaluation import Figure, accuracy, coverage, measure
from penchant.assistant.replay import Player, find_file, play, read_cases, run_tag
from penchant.retriever import (
    CatalogueError,
    Field,
    Item,
    Schema,
    SentenceEncoder,
    build_index,
    infer_schema,
    override_schema,
    read_items,
)
from penchant.retriever.building import Progress

GIVEN_PRIOR = "prior_from_file"


@dataclass(frozen=True, slots=True)
class Task:
    """Where a task's files are, and what is changed for it."""

    folder: Path
    split: str
    catalogue: Path | None = None
    schema: Path | None = None
    prior: Path | None = None
    prior_weight: float | None = None


def evaluate(
    task: Task, settings: Settings, run_file: Path | None, bar: Callable[[str], AbstractContextManager[Progress]]
) -> list[Figure]:
    """The figures of a task. The index of its catalogue is kept in the user's folder and used again."""
    cases = read_cases(find_file(task.folder / task.split, "cases.jsonl"))
    if not cases:
        raise CatalogueError(f"{task.folder / task.split}: no case has anything relevant")
    assistant = _assistant(task, settings, bar)
    player = Player(assistant)
    with bar("Playing") as progress:
        run = play(player, cases, run_file, run_tag(assistant), progress)
    figures = measure(cases, run, assistant.index.priors, len(assistant.index.catalogue))
    more = (coverage(cases, run, player), accuracy(cases, player))
    return [*figures, *(figure for figure in more if figure)]


def _assistant(task: Task, settings: Settings, bar: Callable[[str], AbstractContextManager[Progress]]) -> Assistant:
    source = (task.catalogue or find_file(task.folder, "catalogue.jsonl")).resolve()
    items = read_items(source)
    schema = infer_schema(items)
    schema = override_schema(schema, task.schema) if task.schema else schema
    if task.prior:
        items, schema = with_prior(items, schema, task.prior)
    if task.prior_weight is not None:
        schema = replace(schema, prior_weight=task.prior_weight)
    encoder = SentenceEncoder(settings.encoder)
    parts = f"{source}{encoder.fingerprint}{[(f.name, f.kind) for f in schema.fields]}{bool(schema.prior)}"
    folder = settings.home / "evaluations" / hashlib.sha256(parts.encode()).hexdigest()[:12]
    with bar("Indexing") as progress:
        index = build_index(items, folder, encoder, schema, progress)
    return Assistant(index, LanguageModel.from_settings(settings))


def with_prior(items: Sequence[Item], schema: Schema, path: Path) -> tuple[list[Item], Schema]:
    """Items and schema whose prior is a file's: a JSON object {item id: number}; items it does not name have none."""
    try:
        values = {str(name): float(value) for name, value in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{path}: not a prior; write one JSON object {{item id: number}} ({error})") from error
    known = {item.id for item in items}
    if not known & values.keys():
        raise CatalogueError(f"{path}: none of its ids is in the catalogue")
    given = [replace(i, fields={**i.fields, GIVEN_PRIOR: values[i.id]}) if i.id in values else i for i in items]
    fields = (*schema.fields, Field(GIVEN_PRIOR, "number"))
    return given, replace(schema, fields=fields, prior=GIVEN_PRIOR)


def table(figures: Sequence[Figure]) -> str:
    """The figures with their 95 % intervals, for the terminal."""
    width = max(len(figure.name) for figure in figures)
    rows = [f"{f.name:{width}}  {f.mean:6.3f}  [{f.low:.3f}, {f.high:.3f}]  {f.cases:6,}" for f in figures]
    return "\n".join([f"{'':{width}}    mean  95 % interval    cases", *rows])
