"""What is said of long work on standard error, so that what a command prints stays clean: a bar, or where no terminal
is to draw it in, a line at the beginning."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from penchant.retriever.progress import Progress


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """A bar, drawn from the first report on; without a terminal, a line for each part of the work that begins."""
    if not sys.stderr.isatty():
        with _lines():
            yield lambda done, total: None
        return
    from rich import progress as bars
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, visible=False, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=True)


@contextmanager
def _lines() -> Iterator[None]:
    """What this thread logs meanwhile, as plain lines."""
    mine, log, handler = threading.get_ident(), logging.getLogger("penchant"), logging.StreamHandler(sys.stderr)
    handler.addFilter(lambda record: record.thread == mine)
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
