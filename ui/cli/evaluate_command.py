"""`penchant evaluate`: options in, figures out as a table or JSON.

Knows nothing of how cases are played and measured (evaluating, penchant.assistant.evaluation).
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from .options import AsJson, BaseUrl, Model, Timeout, settings_with
from .progress import progress_bar

TaskFolder = Annotated[
    Path, typer.Argument(metavar="TASK_DIR", help="Folder with catalogue.jsonl and SPLIT/cases.jsonl (or .gz).")
]
SplitOption = Annotated[str, typer.Option(help="Which cases: the folder TASK_DIR/SPLIT.")]
ItemsOption = Annotated[Path | None, typer.Option(help="Items, for a task without its own.", metavar="FILE")]
SchemaFile = Annotated[Path | None, typer.Option(help="TOML file on what the fields are.", metavar="FILE")]
PriorFile = Annotated[
    Path | None, typer.Option(help="JSON object {item id: popularity} to use as prior.", metavar="FILE")
]
PriorWeight = Annotated[float | None, typer.Option(min=0, help="Weight of the prior; 0: without.")]
Folds = Annotated[
    int | None,
    typer.Option(min=2, help="Use as prior what is popular in the dialogues of the other folds.", metavar="N"),
]
Against = Annotated[
    list[str] | None, typer.Option(help="Also measure this peer (repeatable), or: all.", metavar="PEER")
]
RunFile = Annotated[Path | None, typer.Option(help="TREC run file to write; one begun is continued.", metavar="FILE")]


def evaluate(
    task: TaskFolder,
    split: SplitOption = "dev",
    catalogue: ItemsOption = None,
    schema: SchemaFile = None,
    prior: PriorFile = None,
    prior_weight: PriorWeight = None,
    folds: Folds = None,
    against: Against = None,
    run: RunFile = None,
    as_json: AsJson = False,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
) -> None:
    """Play recorded conversations, rank the whole catalogue at each, and print how good the picks are."""
    from .evaluating import Task, outcomes_as_json, table
    from .evaluating import evaluate as run_task

    settings = settings_with(model, base_url, timeout)
    asked = Task(task, split, catalogue, schema, prior, prior_weight, folds or 0, tuple(against or ()))
    outcomes = run_task(asked, settings, run, progress_bar, partial(typer.secho, fg="yellow", err=True))
    typer.echo(json.dumps(outcomes_as_json(outcomes), indent=2) if as_json else table(outcomes))
