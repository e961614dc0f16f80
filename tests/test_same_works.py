"""Which items works are is asked in a terminal: the likely ones at once, the others one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
import typer
from rich.prompt import IntPrompt

from penchant.assistant.past import AmbiguousWork
from penchant.retriever import Item
from penchant.retriever.catalogue.histories import Entry
from penchant.ui.cli.same_works import ask_which, not_the_same


def question(title: str, *items: str) -> AmbiguousWork:
    return AmbiguousWork(Entry("test", "file", 1, title, "seen"), [Item(item, item.upper()) for item in items])


def answering(monkeypatch: pytest.MonkeyPatch, said: Sequence[str], numbers: Sequence[int] = ()) -> None:
    answers: Iterator[str] = iter(said)
    chosen = iter(numbers)
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr(IntPrompt, "ask", lambda *_, **__: next(chosen))


def test_enter_takes_all_that_is_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, [""])
    assert ask_which([question("Ay", "a"), question("Bee", "b")]) == ["a", "b"]


def test_numbers_say_which_are_not_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, ["7", "what?", "2"], [0, 2])
    asked = [question("Ay", "a"), question("Ef", "e", "f"), question("Bee", "b"), question("Gee", "g", "h")]
    assert ask_which(asked) == ["a", None, None, "h"]


def test_nothing_open_asks_nothing() -> None:
    assert ask_which([]) == []


@pytest.mark.parametrize(
    ("answer", "found"),
    [("", set()), ("1, 3", {1, 3}), ("none", {1, 2, 3}), ("0", None), ("4", None), ("one", None), ("1 x", None)],
)
def test_what_an_answer_names(answer: str, found: set[int] | None) -> None:
    assert not_the_same(answer, 3) == found
