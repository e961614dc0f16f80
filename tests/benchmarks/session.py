"""What becomes of a taste over many turns: what must never be shown, what must be covered, and what a turn costs.

    python -m tests.benchmarks.session [BENCH_DIR] [--sessions 20]

Plays scripted sessions of 3, 10 and 50 turns over the demo catalogue: wishes, nevers, revisions, changes of topic and
thumbs, drawn at random (a fixed seed) from the catalogue's own values and said in plain sentences. The script keeps its
own account of what was ruled out, taken back and seen, so that the session cannot mark its own work. It prints

    violations      shown items that hold a value ruled out and not taken back
    returned        shown items that were disliked or said to be seen
    covered         of the wishes of the last three turns of the topic that some item can meet beside what is ruled
                    out, those met by one of the first ten
    turn            milliseconds from the message to the picks, and bytes that the turn adds to the store, at turn 3, 10
                    and 50
    edit            milliseconds from an edit to new picks, against one Chroma query and one exact product

and with BENCH_DIR, for the tasks `rejection` and `cpcd`, R@10 and nDCG@10 by the number of messages so far, against
the last message alone and all messages as one.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from penchant.assistant import Assistant, Edit, Session, SessionStore, Settings, edit, feedback, open_store
from penchant.assistant.evaluation.metrics import Figure, measure
from penchant.assistant.evaluation.replay import Case, Player, find_file, play, read_cases
from penchant.assistant.session.stores.session_log import steps
from penchant.assistant.session.stores.snapshots import entry_form
from penchant.retriever import Index, SentenceEncoder, build_index, infer_schema, read_items
from penchant.retriever.index.indexing import open_or_build_demo

LENGTHS = (3, 10, 50)
RECENT = 3
_FACETS = ("genres", "moods", "themes")


@dataclass
class Account:
    """What the script has said, by its own books."""

    ruled_out: set[tuple[str, str]] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    wishes: list[tuple[int, str, str]] = field(default_factory=list)  # turn, facet, value
    violations: int = 0
    returned: int = 0
    covered: list[float] = field(default_factory=list)


class Script:
    """One scripted person."""

    def __init__(self, index: Index, rng: random.Random) -> None:
        self._index = index
        self._rng = rng
        gazetteer = index.catalogue.value_counts
        self._values = [(f, v) for f in _FACETS for v, count in gazetteer[f].items() if count >= 8]
        self.account = Account()

    def say(self, turn: int) -> str:
        """The next message; the books are kept as it is made."""
        rng, account = self._rng, self.account
        roll = rng.random()
        if turn > 1 and roll < 0.15:
            facet, value = rng.choice(self._free())
            account.ruled_out.add((facet, value))
            account.wishes = [w for w in account.wishes if w[1:] != (facet, value)]
            return rng.choice((f"no {value} please", f"but nothing with {value}", f"anything but {value}"))
        if account.ruled_out and roll < 0.25:
            facet, value = rng.choice(sorted(account.ruled_out))
            account.ruled_out.discard((facet, value))
            return f"actually {value} is fine"
        if turn > 2 and roll < 0.32:
            account.wishes.clear()
            return f"New topic. {self._wish(turn)}"
        return self._wish(turn)

    def _wish(self, turn: int) -> str:
        chosen = self._rng.sample(self._free(), self._rng.choice((1, 1, 2)))
        self.account.wishes += [(turn, facet, value) for facet, value in chosen]
        values = " and ".join(value for _, value in chosen)
        return self._rng.choice(
            (f"I would like something {values}", f"I'm in the mood for {values}", f"{values}, please")
        )

    def _free(self) -> list[tuple[str, str]]:
        """Values that are not ruled out; a word that is a value of two fields is ruled out in both."""
        ruled = {value for _, value in self.account.ruled_out}
        return [pair for pair in self._values if pair[1] not in ruled]

    def judge(self, turn: int, shown: Sequence[str]) -> None:
        """Counts what must not be among the shown, and what of the recent wishes is met."""
        account, catalogue = self.account, self._index.catalogue
        items = [catalogue.get(name) for name in shown]
        account.violations += sum(value in item.values(f) for item in items for f, value in account.ruled_out)
        account.returned += sum(name in account.gone for name in shown)
        allowed = np.ones(len(catalogue), dtype=bool)
        for facet, value in account.ruled_out:
            allowed &= ~catalogue.holding(facet, value)
        allowed[[catalogue.row[name] for name in account.gone]] = False
        recent = [(f, v) for said, f, v in account.wishes if said > turn - RECENT]
        possible = [(f, v) for f, v in recent if (catalogue.holding(f, v) & allowed).any()]
        met = [any(value in item.values(facet) for item in items) for facet, value in possible]
        account.covered += met


@dataclass
class Costs:
    """Milliseconds and bytes, by turn."""

    turns: dict[int, list[float]] = field(default_factory=dict)
    bytes: dict[int, list[int]] = field(default_factory=dict)


def play_session(assistant: Assistant, store: SessionStore, length: int, rng: random.Random, costs: Costs) -> Account:
    """A session of so many messages, each followed at times by a thumb or an edit; kept after each change."""
    script = Script(assistant.index, rng)
    session = store.save(None, Session())
    for turn in range(1, length + 1):
        message = script.say(turn)
        start = time.perf_counter()
        reply = assistant.reply(message, session, 10)
        costs.turns.setdefault(turn, []).append(1000 * (time.perf_counter() - start))
        size = sum(len(entry_form().dump_json(entry)) for entry in steps(session, reply.session))
        costs.bytes.setdefault(turn, []).append(size)
        session = store.save(session, reply.session)
        script.judge(turn, session.shown)
        after = _thumb(assistant, session, script.account, rng)
        if after is not session:
            reply = assistant.answer(after, 10)
            session = store.save(session, reply.session)
            script.judge(turn, session.shown)
    assert store.load(session.id) == session
    return script.account


def _thumb(assistant: Assistant, session: Session, account: Account, rng: random.Random) -> Session:
    catalogue = assistant.index.catalogue
    roll = rng.random()
    if not session.shown or roll > 0.4:
        return session
    item = rng.choice(session.shown)
    if roll > 0.3:
        (pick,) = [p for p in assistant.answer(session, 10).picks if p.item.id == item][:1] or [None]
        return feedback(
            session, "like", item, catalogue, pick, composition_config=assistant.search_config.composition_config
        )
    account.gone.add(item)
    return feedback(session, "dislike" if roll > 0.15 else "seen", item, catalogue)


def cost_of_an_edit(assistant: Assistant, repeat: int) -> tuple[float, float]:
    """Median milliseconds of an edit with its new picks, and of one Chroma query with one exact product."""
    session = assistant.reply("a funny film about space, no horror, after 1980", Session()).session
    index, strengths = assistant.index, [0.3 + 0.6 * n / repeat for n in range(repeat + 3)]
    vector = np.ones((1, index.layout.dimensions), dtype=np.float32)
    every = np.arange(len(index.catalogue))

    def floor() -> None:
        index.engine.collection.query(query_embeddings=vector, n_results=200, include=["distances"])
        np.argsort(-(index.vectors(every) @ vector[0]))

    edits, floors = [], []
    for strength in strengths:
        edits.append(
            _timed(
                lambda s=strength: assistant.answer(
                    edit(session, [Edit("moods", "funny", strength=s)], index.catalogue)
                )
            )
        )
        floors.append(_timed(floor))
    return statistics.median(edits[3:]), statistics.median(floors[3:])


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def by_turn(assistant: Assistant, cases: Sequence[Case]) -> Iterator[str]:
    """Rows of figures: cases by how many messages they have, ours against two other readings of the dialogue."""
    readings = {
        "session": cases,
        "last message only": [replace(c, turns=c.turns[-1:]) for c in cases],
        "whole dialogue": [
            replace(c, turns=(("user", " ".join(t for r, t in c.turns if r == "user")),)) for c in cases
        ],
    }
    runs = {name: play(Player(assistant), chosen, None, "x") for name, chosen in readings.items()}
    groups = {"1": (1, 1), "2": (2, 2), "3 to 4": (3, 4), "5 and more": (5, 999), "all": (1, 999)}
    for label, (low, high) in groups.items():
        part = [c for c in cases if low <= sum(role == "user" for role, _ in c.turns) <= high]
        if not part:
            continue
        for name, run in runs.items():
            figures = {f.name: f for f in measure(part, {c.id: run[c.id] for c in part}, {}, 1)}
            r, n = figures["R@10"], figures["nDCG@10"]
            yield f"{label:10}  {len(part):5}  {name:18}  {_interval(r)}  {_interval(n)}"


def _interval(figure: Figure) -> str:
    return f"{figure.mean:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def _task(bench: Path, name: str, catalogue: str, encoder: SentenceEncoder, home: Path) -> tuple[Assistant, list[Case]]:
    items = read_items(find_file(bench / catalogue, "catalogue.jsonl"))
    index = build_index(items, home / catalogue, encoder, infer_schema(items))
    return Assistant(index), read_cases(find_file(bench / name / "dev", "cases.jsonl"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "bench", type=Path, nargs="?", help="Folder with the tasks rejection, cpcd and redial's catalogue."
    )
    parser.add_argument("--sessions", type=int, default=20, help="How many of each length.")
    parser.add_argument("--indexes", type=Path, help="Where the tasks' indexes are kept; a temporary folder otherwise.")
    options = parser.parse_args()
    encoder = SentenceEncoder()
    assistant = Assistant(open_or_build_demo(Settings.from_environment().home, encoder))
    costs = Costs()
    print("turns  sessions  violations  returned  covered")
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "sessions.sqlite") as store:
        for length in LENGTHS:
            rng = random.Random(length)
            accounts = [play_session(assistant, store, length, rng, costs) for _ in range(options.sessions)]
            met = [one for account in accounts for one in account.covered]
            broken, back = sum(a.violations for a in accounts), sum(a.returned for a in accounts)
            print(f"{length:5}  {len(accounts):8}  {broken:10}  {back:8}  {np.mean(met):7.3f}", flush=True)
    for turn in LENGTHS:
        times, sizes = costs.turns[turn], costs.bytes[turn]
        print(f"turn {turn:3}: {statistics.median(times):6.1f} ms  {statistics.median(sizes):6.0f} bytes")
    spent, least = cost_of_an_edit(assistant, 30)
    print(f"edit to picks {spent:.1f} ms, floor {least:.1f} ms, ratio {spent / least:.2f} (target at most 2)")
    if options.bench:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            home = options.indexes or Path(folder)
            for name, catalogue in (("rejection", "redial"), ("cpcd", "cpcd")):
                assistant, cases = _task(options.bench, name, catalogue, encoder, home)
                print(f"\n{name}: messages, cases, reading, R@10, nDCG@10")
                print("\n".join(by_turn(assistant, cases)), flush=True)


if __name__ == "__main__":
    main()
