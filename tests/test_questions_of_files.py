"""Questions about what is on screen, of four catalogues: each is answered from the rows and changes nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from penchant.assistant import Assistant, Session
from penchant.retriever import DEFAULT_MODEL, Encoder, MemoryEngine, build_index, override_schema, read_catalogue
from penchant.retriever.catalogue import demo
from penchant.retriever.encoding import encoder_named

DATA = Path(__file__).parent / "benchmarks" / "data"
DEMO = Path(demo.__file__).parent
ASKED: dict[str, Any] = tomllib.loads((DATA / "questions" / "questions.toml").read_text(encoding="utf-8"))


def assistant(name: str, encoder: Encoder) -> Assistant:
    path = DEMO / "items.jsonl" if name == "demo" else next((DATA / "catalogues" / "e").glob(f"{name}.*"))
    read = read_catalogue([path])
    schema = override_schema(read.schema, DEMO / "schema.toml") if name == "demo" else read.schema
    return Assistant(build_index(read.items, MemoryEngine(), encoder, schema), k=6)


@pytest.mark.slow
@pytest.mark.parametrize("name", ASKED)
def test_each_is_answered_and_changes_nothing(name: str) -> None:
    made = assistant(name, encoder_named(DEFAULT_MODEL))
    wished = made.reply(ASKED[name]["wish"], made.answer(Session()).session)
    wrong: dict[str, str] = {}
    for question, told in ASKED[name]["answers"].items():
        reply = made.reply(question, wished.session)
        after, before = reply.session, wished.session
        kept = (after.interests, after.marks, after.shown) == (before.interests, before.marks, before.shown)
        if not kept or told not in reply.text:
            wrong[question] = reply.text
    assert not wrong


@pytest.mark.slow
def test_a_goodbye_after_a_pick_is_a_goodbye() -> None:
    made = assistant("library_holdings", encoder_named(DEFAULT_MODEL))
    session = made.reply("a detective novel", made.answer(Session()).session).session
    taken = made.reply("ok, I'll take the first one", session)
    assert "Enjoy" in taken.text
    assert made.reply("bye", taken.session).text == "Goodbye, and enjoy."
