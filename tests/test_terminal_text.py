"""Answers in a terminal: words instead of Markdown, lines that fit, colours only where they are welcome."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from penchant.retriever import SentenceEncoder, build_index
from penchant.ui.cli.console.text import plain, show, tell

from .conftest import PATIENCE, clean_environment
from .test_command import ITEMS

ANSWER = """2 picks for **funny** and something like **Alien**:

1. **Packing for Mars**, 2010 (themes: space +0.40; moods: funny +0.36; liked by many +0.06)
2. **2001: A Space Odyssey 太空漫游**, 1968 (它是一部关于人类进化与人工智能的史诗级科幻电影，视觉效果非常震撼，值得一看)

Left out: genres: *horror* (50). There would be, without “funny” 12 more."""
ERASED = "\x1b[2K"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def terminal(width: int) -> Console:
    return Console(file=io.StringIO(), width=width, force_terminal=True, color_system="standard", _environ={})


def written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def shown(text: str, width: int) -> str:
    """What stays on the screen when what was drawn meanwhile has been erased, without styles."""
    console = terminal(width)
    show(iter([SimpleNamespace(text=text)]), console)
    return ESCAPES.sub("", written(console).rpartition(ERASED)[2])


def test_there_is_no_markdown_left() -> None:
    assert plain(ANSWER).splitlines()[0] == "2 picks for funny and something like Alien:"
    for text in (plain(ANSWER), shown(ANSWER, 60)):
        assert "*" not in text and "1. Packing for Mars, 2010" in text and "horror (50)" in text
    assert plain("## Picks\n\n- **one**\n- two\n\n• three") == "Picks\n\n- one\n- two\n- three"


def test_titles_are_strong_where_a_terminal_can() -> None:
    console = terminal(60)
    show(iter([SimpleNamespace(text=ANSWER)]), console)
    assert "\x1b[1mPacking for Mars\x1b[0m" in written(console)


@pytest.mark.parametrize("width", [20, 33, 60, 80, 200])
def test_lines_break_between_words_and_never_run_over(width: int) -> None:
    text = shown(ANSWER, width)
    assert max(cell_len(line.rstrip()) for line in text.splitlines()) <= width
    words = {word for word in plain(ANSWER).split() if word.isascii()}
    assert words <= set(text.split())
    assert "".join(plain(ANSWER).split()) == "".join(text.split())  # nothing is lost


def test_a_list_stays_a_list_where_it_breaks() -> None:
    lines = shown(ANSWER, 40).splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("1. "))
    assert lines[first + 1].startswith("   ") and lines[first + 1].strip()


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))), st.integers(min_value=12, max_value=90))
def test_any_answer_fits(text: str, width: int) -> None:
    assert all(cell_len(line.rstrip()) <= width for line in shown(text, width).splitlines())


def test_an_answer_that_begins_anew_replaces_the_one_before() -> None:
    console = terminal(60)
    grown = ["Take", "Take **Al", "1. **Packing for Mars**"]
    last = show((SimpleNamespace(text=text) for text in grown), console)
    assert last.text == grown[-1]
    assert ESCAPES.sub("", written(console)).rstrip().splitlines()[-1] == "1. Packing for Mars"


def test_without_a_terminal_there_are_words_only() -> None:
    console = Console(file=io.StringIO(), width=20, _environ={})
    show(iter([SimpleNamespace(text="Take"), SimpleNamespace(text=ANSWER)]), console)
    tell("a note that is longer than the line", console, "yellow")
    assert written(console) == f"{plain(ANSWER)}\na note that is longer than the line\n"


def test_no_color_is_honoured() -> None:
    for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        console = Console(file=io.StringIO(), width=60, force_terminal=True, _environ=environment | {"TERM": "xterm"})
        tell("a note", console, "yellow")
        assert ("\x1b[33m" in written(console)) == coloured


@pytest.mark.slow
@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_talk_in_a_narrow_terminal(tmp_path: Path, sentence_encoder: SentenceEncoder, no_color: str) -> None:
    build_index(ITEMS, tmp_path / "films", sentence_encoder)
    text = talk(tmp_path, ["a comedy in space, no horror", "/undo", "/nonsense"], COLUMNS="34", NO_COLOR=no_color)
    assert "Galaxy Quest" in text and "/nonsense is not a command" in " ".join(ESCAPES.sub("", text).split())
    assert "*" not in text and ("\x1b[31m" in text) == (not no_color)
    said = [line for line in ESCAPES.sub("", text).splitlines() if not line.startswith("> ")]
    assert max(cell_len(line.rstrip()) for line in said) <= 34


def talk(home: Path, lines: list[str], **environment: str) -> str:
    """What `penchant chat` writes into a terminal, where the lines are typed one after the other."""
    ours, theirs = pty.openpty()
    env = clean_environment() | {"PENCHANT_HOME": str(home), "TERM": "xterm", "PYTHONUTF8": "1"} | environment
    words = [sys.executable, "-m", "penchant.ui", "chat", "--catalogue", str(home / "films")]
    with subprocess.Popen(words, env=env, stdin=subprocess.PIPE, stdout=theirs, stderr=theirs, text=True) as process:
        os.close(theirs)
        assert process.stdin
        process.stdin.write("".join(f"{line}\n" for line in lines))
        process.stdin.close()
        text = b""
        try:
            while part := os.read(ours, 65536):
                text += part
        except OSError:  # how Linux says that the other end is closed
            pass
        assert process.wait(PATIENCE) == 0
    os.close(ours)
    return text.decode()
