"""Which items the works of a history are, asked in a terminal: the likely ones together, the others one by one.

Knows questions. Knows nothing of how works are matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from penchant.assistant.past import AmbiguousWork
    from penchant.retriever import Item

_NUMBER = re.compile(r"\d+")
_NONE = "none"


def ask_which(questions: Sequence[AmbiguousWork]) -> list[str | None]:
    """An answer to each question, in order."""
    likely = [n for n, question in enumerate(questions) if len(question.items) == 1]
    others = [n for n in range(len(questions)) if n not in likely]
    same = _same([questions[n] for n in likely])
    answers = {n: questions[n].items[0].id if said else None for n, said in zip(likely, same, strict=True)}
    answers |= {n: _one_of(questions[n]) for n in others}
    return [answers[n] for n in range(len(questions))]


def not_the_same(answer: str, count: int) -> set[int] | None:
    """The numbers from 1 on that an answer names; all for "none"; None for an answer that is none."""
    words = answer.replace(",", " ").split()
    if words == [_NONE]:
        return set(range(1, count + 1))
    numbers = {int(word) for word in words if _NUMBER.fullmatch(word)}
    known = all(_NUMBER.fullmatch(word) for word in words) and numbers <= set(range(1, count + 1))
    return numbers if known else None


def _same(questions: Sequence[AmbiguousWork]) -> list[bool]:
    if not questions:
        return []
    typer.echo("\nProbably the same:")
    for n, question in enumerate(questions, 1):
        typer.echo(f"  {n}. {_entry(question)}  =  {_item(question.items[0])}")
    while True:
        answer = typer.prompt(
            f"Enter if all are, the numbers of those that are not, or {_NONE}", "", show_default=False
        )
        if (others := not_the_same(answer, len(questions))) is not None:
            return [n not in others for n in range(1, len(questions) + 1)]


def _one_of(question: AmbiguousWork) -> str | None:
    from rich.prompt import IntPrompt

    typer.echo(f"\nWhich of these is {_entry(question)}?")
    for n, item in enumerate(question.items, 1):
        typer.echo(f"  {n}. {_item(item)}  {item.id}")
    numbers = [str(n) for n in range(len(question.items) + 1)]
    answer = IntPrompt.ask("Its number, or 0 for none", choices=numbers, show_choices=False, default=0)
    return question.items[answer - 1].id if answer else None


def _entry(question: AmbiguousWork) -> str:
    entry = question.entry
    return _joined((entry.title, str(entry.year or ""), *entry.makers[:1]))


def _item(item: Item) -> str:
    facts = _joined(value for name in ("kind", "year", "makers") for value in item.values(name))
    return f"{item.title} ({facts})" if facts else item.title


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(filter(None, parts))
