"""`penchant evaluate`: how good the picks are in recorded conversations, of one task or of many.

Options in, text or JSON out. Knows nothing of how cases are played.
"""

from __future__ import annotations

import json
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..console.options import AsJson, BaseUrl, Model, Timeout, settings_with
from ..console.progress import progress_bar

if TYPE_CHECKING:
    from penchant.assistant import Settings
    from penchant.assistant.evaluation.outcomes import EvaluationOutcome
    from penchant.assistant.evaluation.task import Task


class MeasureChoice(StrEnum):
    """By which several tasks are told."""

    ndcg = "nDCG@10"
    first = "R@1"
    ten = "R@10"
    fifty = "R@50"
    reciprocal = "RR"


TaskFolders = Annotated[
    list[Path],
    typer.Argument(
        metavar="TASK_DIR...", help="Folders with catalogue.jsonl and SPLIT/cases.jsonl (or .gz), one or more."
    ),
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
Sample = Annotated[
    int | None, typer.Option(min=1, help="Play about so many cases of each task, in whole dialogues.", metavar="N")
]
Against = Annotated[
    list[str] | None, typer.Option(help="Also measure this peer (repeatable), or: all.", metavar="PEER")
]
RunFile = Annotated[
    Path | None,
    typer.Option(
        help="TREC run file to write; one begun is continued. For several tasks a folder of them.", metavar="PATH"
    ),
]
Measure = Annotated[MeasureChoice, typer.Option(help="The figure in the table of several tasks.")]


def evaluate(
    tasks: TaskFolders,
    split: SplitOption = "dev",
    catalogue: ItemsOption = None,
    schema: SchemaFile = None,
    prior: PriorFile = None,
    prior_weight: PriorWeight = None,
    folds: Folds = None,
    sample: Sample = None,
    against: Against = None,
    run: RunFile = None,
    measure: Measure = MeasureChoice.ndcg,
    as_json: AsJson = False,
    model: Model = None,
    base_url: BaseUrl = None,
    timeout: Timeout = None,
) -> None:
    """Play recorded conversations, rank the whole catalogue at each, and print how good the picks are.

    Of several tasks: one table, with what penchant is above each peer, and on how many tasks a peer is above it by more
    than chance. A task that cannot be read is told, and the others go on.
    """
    from penchant.assistant.evaluation.task import Task

    settings = settings_with(model, base_url, timeout)
    asked = Task(tasks[0], split, catalogue, schema, prior, prior_weight, folds or 0, tuple(against or ()), sample or 0)
    if len(tasks) > 1:
        _several(tasks, asked, settings, run, measure.value, as_json)
    else:
        _one(asked, settings, run, as_json)


def _one(task: Task, settings: Settings, run: Path | None, as_json: bool) -> None:
    from penchant.assistant.evaluation.outcomes import outcomes_as_json, table
    from penchant.assistant.evaluation.task import evaluate as run_task

    outcomes = run_task(task, settings, run, progress_bar, partial(typer.secho, fg="yellow", err=True))
    typer.echo(json.dumps(outcomes_as_json(outcomes), indent=2) if as_json else table(outcomes))


def _several(
    folders: list[Path], common: Task, settings: Settings, runs: Path | None, measure: str, as_json: bool
) -> None:
    """Ends with 1 if a task failed, with 130 if it was stopped; what is done by then is printed in any case."""
    from penchant.assistant.evaluation.baselines import chosen
    from penchant.assistant.evaluation.suite import evaluate_each, tasks_by_name
    from penchant.retriever import PenchantError

    chosen(common.against)  # a name that is no peer's is wrong for all
    done: dict[str, list[EvaluationOutcome]] = {}
    failed: dict[str, str] = {}
    code = 0
    warn = partial(typer.secho, fg="yellow", err=True)
    try:
        for name, found in evaluate_each(tasks_by_name(folders, common), settings, runs, progress_bar, warn):
            if isinstance(found, PenchantError):
                failed[name], code = str(found), 1
                typer.secho(f"{name}: left out: {found}", fg="red", err=True)
            else:
                done[name] = found
    except KeyboardInterrupt:
        typer.secho(_stopped(runs), err=True)
        code = 130
    typer.echo(_told(done, failed, measure, as_json))
    raise typer.Exit(code)


def _stopped(runs: Path | None) -> str:
    kept = f"What was ranked is in {runs}: run the same command again to go on" if runs else "With --run it could go on"
    return f"Stopped. {kept}. Of the tasks that were finished:"


def _told(done: dict[str, list[EvaluationOutcome]], failed: dict[str, str], measure: str, as_json: bool) -> str:
    from penchant.assistant.evaluation.outcomes import outcomes_as_json, summary, summary_as_json, table_of_tasks

    if as_json:
        told = {name: outcomes_as_json(outcomes) for name, outcomes in done.items()}
        return json.dumps({"tasks": told, "failed": failed, "summary": summary_as_json(done, measure)}, indent=2)
    if not done:
        return "No task was finished."
    lines = [table_of_tasks(done, measure)]
    if any(len(outcomes) > 1 for outcomes in done.values()):
        lines += ["", summary(done, measure)]
    return "\n".join(lines)
