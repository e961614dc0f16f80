"""Answers in a terminal: their Markdown as styles, in lines that break between words; without a terminal, bare words.

Knows nothing of commands or of how an answer comes about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from ...page.view.markdown import blocks


class _Worded(Protocol):
    @property
    def text(self) -> str: ...


_Growing = TypeVar("_Growing", bound=_Worded)


def _text_of(reply: _Worded) -> str:
    return reply.text


def show(replies: Iterable[_Growing], console: Console, in_full: Callable[[_Growing], str] = _text_of) -> _Growing:
    """Shows an answer as it grows, where the terminal can, and in the end the whole of it; gives the last back.
    `in_full` gives its Markdown."""
    if not console.is_terminal:
        *_, last = replies
        tell(plain(in_full(last)), console)
        return last
    with Live(console=console, auto_refresh=False, transient=True) as live:
        *_, last = (_drawn(reply, in_full(reply), live) for reply in replies)
    console.print(_rendered(in_full(last)))
    return last


def consoles() -> tuple[Console, Console]:
    """Standard output and standard error."""
    return Console(highlight=False), Console(highlight=False, stderr=True)


def tell(text: str, console: Console, style: str = "") -> None:
    """Prints text as it is; in a terminal, lines that are too long break between words."""
    console.print(Text(text, style), soft_wrap=not console.is_terminal)


def plain(markdown: str) -> str:
    """An answer in bare words."""
    parts = ([lead + _text(runs).plain for lead, runs in _lines(block)] for block in blocks(markdown))
    return "\n\n".join("\n".join(lines) for lines in parts)


def _drawn(reply: _Growing, text: str, live: Live) -> _Growing:
    live.update(_rendered(text), refresh=True)
    return reply


def _rendered(markdown: str) -> Group:
    """Paragraphs and lists, with a line between them."""
    parts = [part for block in blocks(markdown) for part in (_part(block), Text())]
    return Group(*parts[:-1])


def _part(block: dict[str, Any]) -> Table | Text:
    """A list hangs beside its numbers."""
    if "runs" in block:
        return _text(block["runs"])
    table = Table.grid()
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for lead, runs in _lines(block):
        table.add_row(lead, _text(runs))
    return table


def _lines(block: dict[str, Any]) -> Iterable[tuple[str, Sequence[dict[str, Any]]]]:
    """Each line's number or dash, and its text in runs of one style."""
    if "runs" in block:
        return [("", block["runs"])]
    leads = (f"{n}. " if block["numbered"] else "- " for n, _ in enumerate(block["items"], block["start"]))
    return [(lead, item["runs"]) for lead, item in zip(leads, block["items"], strict=True)]


def _text(runs: Sequence[dict[str, Any]]) -> Text:
    kinds = (("strong", "bold"), ("em", "italic"))
    return Text.assemble(*((run["text"], " ".join(style for kind, style in kinds if run.get(kind))) for run in runs))
