"""Several tasks in one run: each is evaluated by itself, and one that cannot be read does not stop the others.

Knows folders of tasks and how they are called. Knows nothing of figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from penchant.retriever import PenchantError
from penchant.retriever.progress import Progress

from ..settings import Settings
from .outcomes import EvaluationOutcome
from .task import Bar, Task, evaluate, has_catalogue


def tasks_by_name(folders: Sequence[Path], common: Task) -> dict[str, Task]:
    """A task for each folder, with all else of `common`; its catalogue is for those without one of their own.

    Called by the folder's name, or where two are called alike by its path.
    """
    paths = dict.fromkeys(folder.resolve() for folder in folders)
    alike = Counter(path.name for path in paths)
    return {
        path.name if alike[path.name] == 1 else str(path).strip("/").replace("/", "-"): replace(
            common, folder=path, catalogue=None if has_catalogue(path) else common.catalogue
        )
        for path in paths
    }


def evaluate_each(
    tasks: Mapping[str, Task], settings: Settings, runs: Path | None, bar: Bar, tell: Callable[[str], None]
) -> Iterator[tuple[str, list[EvaluationOutcome] | PenchantError]]:
    """The outcomes of each task as they come, or what was wrong with it. In the folder `runs` each has its run files.

    Raises PenchantError before anything is played if that is no folder and cannot become one.
    """
    if runs:
        _make(runs)
    for name, task in tasks.items():
        file = runs / f"{name}.trec" if runs else None
        found: list[EvaluationOutcome] | PenchantError
        try:
            found = evaluate(task, settings, file, _titled(bar, name), _named(tell, name))
        except PenchantError as error:
            found = error
        yield name, found


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PenchantError(f"{folder}: no folder for the runs of several tasks: {error}") from error


def _titled(bar: Bar, name: str) -> Bar:
    """A bar whose title names the task."""

    def titled(title: str) -> AbstractContextManager[Progress]:
        return bar(f"{name}: {title}")

    return titled


def _named(tell: Callable[[str], None], name: str) -> Callable[[str], None]:
    """Tells the name of the task as well."""
    return lambda text: tell(f"{name}: {text}")
