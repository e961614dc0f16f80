"""Snapshots of a log: what a turn costs does not grow, and nothing is lost or left whoever makes them when."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langgraph.store.base import Op, PutOp, Result, SearchOp
from langgraph.store.memory import InMemoryStore

from penchant.assistant import Receipt, Session, Understanding, UnknownSession, merge, undo
from penchant.assistant.session.history import History
from penchant.assistant.session.stores import snapshots
from penchant.assistant.session.stores.langgraph_store import LangGraphSessionStore
from penchant.assistant.session.stores.session_log import LogEntry, steps
from penchant.assistant.session.stores.snapshots import SessionRows, entry_form
from penchant.retriever import Field, Interest, Schema

SCHEMA = Schema((Field("genres", "facet"),))
GENRES = ("comedy", "war", "jazz", "noir", "opera")


def hear(session: Session, value: str, quote: str) -> Session:
    said = Understanding("refine", (Interest("genres", value, quote=quote),))
    return merge(session, said, quote, SCHEMA, 0.6).show([f"shown after {quote}"])


@dataclass
class Work:
    """What was asked of a store: bytes written, and the rows that were read."""

    written: int = 0
    read: list[dict[str, Any]] = field(default_factory=list)


class CountingStore(InMemoryStore):
    """Counts the work of its batches; `before` is called with each."""

    def __init__(self) -> None:
        super().__init__()
        self.work = Work()
        self.before: Callable[[list[Op]], None] = lambda ops: None

    def batch(self, ops: Iterable[Op]) -> list[Result]:
        ops = list(ops)
        self.before(ops)
        results = super().batch(ops)
        for op, result in zip(ops, results, strict=True):
            if isinstance(op, PutOp) and op.value is not None:
                self.work.written += len(json.dumps(op.value))
            if isinstance(op, SearchOp):
                self.work.read += [item.value for item in result]  # type: ignore[union-attr]
        return results

    def since(self) -> Work:
        done, self.work = self.work, Work()
        return done

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [item.value for rows in self._data.values() for item in rows.values()]


def turns(store: LangGraphSessionStore, session: Session, first: int, last: int) -> Session:
    for n in range(first, last):
        session = store.save(session, hear(session, GENRES[n % 5], f"turn {n}"))
    return session


def test_turn_one_thousand_costs_what_turn_fifty_does() -> None:
    """Bytes written by a turn and rows to be folded stay as they are; old pages are read packed, some bytes a turn."""
    kept = CountingStore()
    store = LangGraphSessionStore(kept)
    session = turns(store, store.save(None, Session()), 0, 40)
    kept.since()
    session = turns(store, session, 40, 72)
    early = kept.since()
    session = turns(store, session, 72, 968)
    kept.since()
    session = turns(store, session, 968, 1000)
    late = kept.since()

    def folded(work: Work) -> int:
        return sum(row["kind"] != "page" for row in work.read)

    assert late.written < 1.2 * early.written
    assert folded(late) < 1.2 * folded(early)
    pages = sum(len(json.dumps(row)) for row in late.read if row["kind"] == "page") / 32
    assert pages < 150 * 1000
    assert store.load(session.id) == session and len(session.diffs) == 1000
    assert [diff.quote for diff in session.diffs] == [f"turn {n}" for n in range(1000)]


def test_a_log_without_snapshots_still_opens() -> None:
    """As they were kept before there were any: 80 entries, a whole session first."""
    kept = InMemoryStore()
    store = LangGraphSessionStore(kept)
    namespace = _namespace(store, kept)
    session = Session()
    entries = steps(None, session)
    for n in range(79):
        after = hear(session, GENRES[n % 5], f"turn {n}")
        entries, session = entries + steps(session, after), after
    for n, entry in enumerate(entries):
        kept.put((namespace[0], _digest(session.id)), f"{n:020d}-0000-aa", _row(entry))
    assert store.load(session.id) == session
    after = store.save(session, hear(session, "opera", "turn 79"))
    assert len(after.diffs) == 80 and store.load(session.id) == after
    assert sum(len(rows) for rows in kept._data.values()) < 10
    for _ in range(80):
        after = store.save(after, undo(after))
    assert after.interests == () and len(after.undone) == 80
    store.forget(session.id)
    assert not any(kept._data.values())


def _namespace(store: LangGraphSessionStore, kept: InMemoryStore) -> tuple[str, ...]:
    store.save(None, Session("probe"))
    (namespace,) = kept._data
    store.forget("probe")
    return namespace


def _digest(name: str) -> str:
    import hashlib

    return hashlib.sha256(name.encode()).hexdigest()


def _row(entry: LogEntry) -> dict[str, Any]:
    return dict(entry_form().dump_python(entry, mode="json"))


@pytest.fixture
def kept() -> Iterator[CountingStore]:
    yield CountingStore()


def _is_put(ops: list[Op], kind: str) -> bool:
    return any(isinstance(op, PutOp) and op.value is not None and op.value.get("kind") == kind for op in ops)


@pytest.mark.parametrize("kind", ["diff", "snapshot"])
def test_what_is_saved_while_the_session_is_forgotten_leaves_no_trace(kept: CountingStore, kind: str) -> None:
    store = LangGraphSessionStore(kept)
    session = turns(store, store.save(None, Session()), 0, 14)

    def forget(ops: list[Op]) -> None:
        if _is_put(ops, kind):
            kept.before = lambda _: None
            store.forget(session.id)

    kept.before = forget
    with pytest.raises(UnknownSession):
        store.save(session, hear(session, "war", "one more"), Receipt("r", "asked", "answered"))
    assert kept.rows == [] and store.receipt(session.id, "r") is None
    with pytest.raises(UnknownSession):
        store.load(session.id)


def test_a_request_counts_once_also_across_a_snapshot(kept: CountingStore) -> None:
    store = LangGraphSessionStore(kept)
    begun = store.save(None, Session())
    once = hear(begun, "opera", "asked twice")
    session = store.save(begun, once, Receipt("r", "asked", "answered"))
    session = turns(store, session, 0, 40)
    again = store.save(begun, once, Receipt("r", "asked", "answered"))
    assert again == session and sum(diff.quote == "asked twice" for diff in again.diffs) == 1


# Several processes read, make snapshots and take away what those stand for, in any order.

ACTIONS = st.lists(
    st.tuples(st.sampled_from(["say", "late", "undo", "read", "keep", "delete"]), st.integers(0, 1)), max_size=40
)


@settings(max_examples=400)
@given(ACTIONS)
def test_whoever_makes_snapshots_when_nothing_is_lost(actions: list[tuple[str, int]]) -> None:
    """`late`: an entry that comes after others, though its key says that it was made before them."""
    rows: dict[str, dict[str, Any]] = {"0000-begin": _row(steps(None, Session("x"))[0])}
    made: dict[int, tuple[dict[str, dict[str, Any]], list[str]]] = {}
    said: list[str] = []
    undone = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshots, "_PAGE", 2)
        for n, (action, process) in enumerate(actions, 1):
            if action in ("say", "late"):
                said.append(f"turn {n}")
                (entry,) = steps(Session("x"), hear(Session("x"), GENRES[n % 5], said[-1]))
                rows[f"{n:04d}-{action}" if action == "say" else f"0000-late-{n:04d}"] = _row(entry)
            elif action == "undo" and undone < len(said):
                undone += 1
                rows[f"{n:04d}-undo"] = _row(LogEntry("undo"))
            elif action == "read":
                made[process] = SessionRows("x", dict(rows)).compacted()
            elif action == "keep" and process in made:
                rows |= made[process][0]
            elif action == "delete" and process in made:
                kept, unused = made.pop(process)
                rows |= kept
                rows = {key: value for key, value in rows.items() if key not in unused}
            state = SessionRows("x", rows).state
            quotes = [diff.quote for diff in state.session.diffs]
            assert state.entries == 1 + len(said) + undone
            assert len(quotes) == len({*quotes}) and {*quotes} <= {*said}
            if not undone:
                assert {*quotes} == {*said}


# A history is a tuple of diffs, whatever of it is in pages.


@given(st.integers(0, 12), st.lists(st.integers(0, 12), max_size=4), st.integers(-13, 13))
def test_a_history_is_like_a_tuple(length: int, cuts: list[int], place: int) -> None:
    session = Session("x")
    for n in range(length):
        session = hear(session, GENRES[n % 5], f"turn {n}")
    plain = tuple(session.diffs)
    ends = sorted({min(cut, length) for cut in cuts} - {0})
    starts = [0, *ends[:-1]]
    pages = tuple(snapshots.Page.of(plain[a:b], f"{a}") for a, b in zip(starts, ends, strict=False))
    history = History(plain[ends[-1] if ends else 0 :], pages)
    assert history == session.diffs == plain and plain == history and hash(history) == hash(session.diffs)
    assert len(history) == length and tuple(history) == plain and tuple(reversed(history)) == plain[::-1]
    assert tuple(history.since(max(0, place))) == plain[max(0, place) :] == tuple(history[max(0, place) :])
    assert history.shared(session.diffs) == length == session.diffs.shared(history)
    if -length <= place < length:
        assert history[place] == plain[place]
    if length:
        earlier, last = history.without_last()
        assert (earlier, last) == (plain[:-1], plain[-1]) and earlier.with_next(last) == history
        assert history != earlier and history.shared(earlier) == length - 1
