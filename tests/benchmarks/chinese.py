"""Conversations in Chinese about the demo catalogue: what the last message changes, and the language of its answer.

Written before the code, and blind: see data/chinese/README.md.

    python -m tests.benchmarks.chinese           # how many of them end as they should
    python -m tests.benchmarks.chinese --each    # every conversation, with what it lacks and its answer, to be read
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from penchant.assistant import Assistant, Reply, Session
from penchant.retriever import DEFAULT_MODEL, Index, Interest
from penchant.retriever.encoding import encoder_named

from .talk import DEMO, _assistant

DATA = Path(__file__).parent / "data" / "chinese" / "2026-11-29.jsonl"
Row = Mapping[str, Any]
_LATIN = re.compile(r"[A-Za-z]{2,}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def rows() -> list[Row]:
    return [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def played(row: Row, assistant: Assistant) -> tuple[Session, Reply]:
    """The session before the last message, and the reply to that."""
    session = assistant.answer(Session()).session
    for message in row["turns"][:-1]:
        session = assistant.reply(message, session).session
    return session, assistant.reply(row["turns"][-1], session)


def lacks(row: Row, before: Session, reply: Reply) -> Iterator[str]:
    """What is not as the row says."""
    session = reply.session
    held = {(i.facet, i.value): i.level for i in session.interests}
    yield from (f"wants {v}" for f, v in row.get("want", ()) if held.get((f, v)) != "want")
    yield from (f"against {v}" for f, v in row.get("against", ()) if held.get((f, v)) not in ("less", "never"))
    yield from (f"still {v}" for f, v in row.get("gone", ()) if (f, v) in held)
    yield from (f"still {i.value}" for i in session.interests if i.facet == row.get("gone_field"))
    for end in ("least", "most"):
        yield from (f"{end} {f} {n}" for f, n in row.get(end, {}).items() if not _ends(session.interests, f, n, end))
    if only := row.get("only"):
        yield from (f"shows {p.item.title}" for p in reply.picks if only not in p.item.values("kind"))
    yield from _unchanged(row, before, reply)


def _ends(interests: tuple[Interest, ...], field: str, number: float, end: str) -> bool:
    """Whether the field ends at the number, or very near."""
    said = [i.value for i in interests if i.facet == field and i.level in ("want", "never")]
    numbers = [float(n) for value in said for n in _NUMBER.findall(value)]
    return bool(numbers) and abs((max if end == "most" else min)(numbers) - number) <= 10 * (field != "pages") + 5


def _unchanged(row: Row, before: Session, reply: Reply) -> Iterator[str]:
    changes = row.get("changes")
    marked = len(set(reply.session.marks) ^ set(before.marks))
    if changes and reply.session.interests != before.interests:
        yield "changes interests"
    if marked != row.get("marks", 1 if changes == "mark" else 0):
        yield f"marks {marked}"
    if "names" in row and reply.about and reply.about[0].item.id != before.shown[row["names"]]:
        yield f"is about {reply.about[0].item.title}"


def foreign(text: str, index: Index) -> list[str]:
    """Latin words of an answer that no title, value or description of the catalogue has."""
    items = index.catalogue.items
    own = {word for i in items for word in _LATIN.findall(f"{i.title} {i.fields!r}")}
    return [word for word in _LATIN.findall(text) if word not in own]


def main(each: bool) -> None:
    assistant = _assistant(DEMO / "items.jsonl", encoder_named(DEFAULT_MODEL), DEMO / "schema.toml")
    right = chinese = 0
    for n, row in enumerate(rows(), 1):
        before, reply = played(row, assistant)
        missing = list(lacks(row, before, reply))
        words = foreign(reply.text, assistant.index)
        right, chinese = right + (not missing), chinese + (not words)
        if each:
            held = [i.label for i in reply.session.interests]
            print("\n".join(["", f"{n} {missing or 'right'} {words or ''}", *(f"> {t}" for t in row["turns"])]))
            print(f"{reply.text}\n  holds: {held}\n  should: {row.get('answer', '')}")
    print(f"{right} of {len(rows())} as they should, {chinese} answered without an English word of ours")


if __name__ == "__main__":
    main("--each" in sys.argv)
