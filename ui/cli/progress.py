"""Progress bars on standard error, so that what a command prints stays clean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from penchant.retriever.progress import Progress


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """A bar, drawn from the first report on."""
    from rich import progress as bars
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, visible=False, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)
