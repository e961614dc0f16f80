"""Short conversations that end in a question, an acceptance or a remark: what the last message leaves as it was.

Written by a hand that had seen neither the code nor its tests: see data/talk/README.md. Where nothing may change, no
interest, no mark and no place on screen may; where a pick is taken or known already, its mark alone and at most its
own place; a wish must change an interest.

    python -m tests.benchmarks.talk           # the figures, by what the last message is
    python -m tests.benchmarks.talk --each    # every conversation with its answer, to be read
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from penchant.assistant import Assistant, Reply, Session
from penchant.retriever import DEFAULT_MODEL, Encoder, MemoryEngine, build_index, override_schema, read_catalogue
from penchant.retriever.catalogue import demo
from penchant.retriever.encoding import encoder_named

FOLDER = Path(__file__).parent / "data" / "talk"
DEMO = Path(demo.__file__).parent
PICKS = 6


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: its messages, what the last one is, what it may change, and what a good answer tells."""

    catalogue: str
    turns: tuple[str, ...]
    last: str
    changes: str
    answer_should: str


@dataclass(frozen=True, slots=True)
class Played:
    """A conversation with the session before its last message, and the reply to that."""

    talk: Talk
    before: Session
    reply: Reply

    @property
    def as_it_should(self) -> bool:
        """Whether no more was changed than may be, and what had to be was."""
        after = self.reply.session
        changed = after.interests != self.before.interests
        marked = {mark.item for mark in set(after.marks) ^ set(self.before.marks)}
        moved = [item for item, now in zip(self.before.shown, after.shown, strict=False) if item != now]
        same_length = len(after.shown) == len(self.before.shown)
        match self.talk.changes:
            case "nothing":
                return not (changed or marked or moved) and same_length
            case "interests":
                return changed
            case _:
                return not changed and len(marked) == 1 and set(moved) <= marked and same_length


def talks(folder: Path = FOLDER) -> list[Talk]:
    rows = (
        json.loads(line) for line in (folder / "talk.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()
    )
    return [Talk(r["catalogue"], tuple(r["turns"]), r["last"], r["changes"], str(r["answer_should"])) for r in rows]


def assistants(encoder: Encoder, folder: Path = FOLDER) -> Mapping[str, Assistant]:
    """One for each catalogue of the conversations, by its name."""
    return {
        "demo": _assistant(DEMO / "items.jsonl", encoder, DEMO / "schema.toml"),
        **{path.stem: _assistant(path, encoder) for path in folder.glob("*.jsonl") if path.stem != "talk"},
    }


def _assistant(path: Path, encoder: Encoder, said: Path | None = None) -> Assistant:
    read = read_catalogue([path])
    schema = override_schema(read.schema, said) if said else read.schema
    return Assistant(build_index(read.items, MemoryEngine(), encoder, schema), k=PICKS)


def play(every: Sequence[Talk], by_catalogue: Mapping[str, Assistant]) -> Iterator[Played]:
    """The conversations, one after the other; each begins with the first page."""
    for talk in every:
        assistant = by_catalogue[talk.catalogue.removesuffix(".jsonl")]
        session = assistant.answer(Session()).session
        for message in talk.turns[:-1]:
            session = assistant.reply(message, session).session
        yield Played(talk, session, assistant.reply(talk.turns[-1], session))


def main(each: bool) -> None:
    every = talks()
    played = list(play(every, assistants(encoder_named(DEFAULT_MODEL))))
    for last in dict.fromkeys(talk.last for talk in every):
        of_kind = [p for p in played if p.talk.last == last]
        print(f"{last:12} {sum(p.as_it_should for p in of_kind)} of {len(of_kind)}")
    print(f"{'all':12} {sum(p.as_it_should for p in played)} of {len(played)}")
    for n, p in enumerate(played if each else (), 1):
        titles = [pick.item.title for pick in p.reply.picks]
        told = f"{n} {p.talk.catalogue} {p.talk.last} {'' if p.as_it_should else 'WRONG'}"
        print("\n".join(["", told, *(f"> {turn}" for turn in p.talk.turns), p.reply.text]))
        print(f"  should: {p.talk.answer_should}\n  screen: {titles}")


if __name__ == "__main__":
    main("--each" in sys.argv)
