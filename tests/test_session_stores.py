"""One contract for every place where sessions are kept: memory, an SQLite file, a PostgreSQL server."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import (
    InMemorySessionStore,
    Profile,
    Receipt,
    Session,
    SessionStore,
    StoreError,
    Understanding,
    UnknownSession,
    merge,
    open_store,
    redo,
    undo,
)
from penchant.assistant.session.stores import sweeping
from penchant.assistant.session.stores.session_log import LogState, steps
from penchant.retriever import Field, Interest, Schema

from . import postgres_server
from .conftest import PATIENCE, missing

SCHEMA = Schema((Field("kind", "category"), Field("genres", "facet"), Field("year", "number")))
Open = Callable[..., SessionStore]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    programs = postgres_server.binaries()
    if programs is None:
        missing(f"no PostgreSQL server here: {postgres_server.INSTALL}")
    with postgres_server.running(programs) as address:
        yield address


@pytest.fixture(
    params=["memory", "sqlite", pytest.param("postgres", marks=[pytest.mark.slow, pytest.mark.extra("postgres")])]
)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the store; again, as another process would."""
    kind = request.param
    where = (
        request.getfixturevalue("postgres") if kind == "postgres" else tmp_path / "s.db" if kind == "sqlite" else kind
    )
    with ExitStack() as stack:
        first = stack.enter_context(open_store(where))

        def open_again(lasting: timedelta | None = None) -> SessionStore:
            if kind == "memory":
                first.lasting = lasting
                return first
            return stack.enter_context(open_store(where, lasting))

        yield open_again


def hear(session: Session, *values: str, level: str = "want", quote: str = "said") -> Session:
    said = Understanding("refine", tuple(Interest("genres", value, level=level) for value in values))
    return merge(session, said, quote, SCHEMA, 0.6).show([f"shown after {quote}"])


def test_a_session_is_found_again_by_another_process(opened: Open) -> None:
    session = opened().save(None, Session())
    for value in ("comedy", "war", "jazz"):
        session = opened().save(session, hear(session, value, quote=value))
    assert opened().load(session.id) == session
    assert [i.value for i in session.interests] == ["comedy", "war", "jazz"] and session.turn == 3


def test_undo_and_redo_are_kept_exactly(opened: Open) -> None:
    store = opened()
    states = [store.save(None, Session())]
    for value in ("comedy", "war"):
        states.append(store.save(states[-1], hear(states[-1], value, quote=value)))
    session = states[-1]
    for expected in reversed(states[:-1]):
        session = store.save(session, undo(session))
        assert replace(store.load(session.id), undone=()) == expected
    for expected in states[1:]:
        session = store.save(session, redo(session))
        assert replace(store.load(session.id), undone=()) == expected
    assert store.load(session.id) == states[-1]


def test_turns_at_the_same_time_lose_nothing(opened: Open) -> None:
    """Twelve turns start from one state; whoever comes last finds all of them."""
    begun = opened().save(None, hear(Session(), "start"))
    barrier, stores = threading.Barrier(12), [opened() for _ in range(3)]
    errors: list[BaseException] = []

    def turn(n: int) -> None:
        try:
            barrier.wait(60)
            stores[n % 3].save(begun, hear(begun, f"genre {n}", quote=f"turn {n}"))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=turn, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session = opened().load(begun.id)
    assert not errors
    assert {i.value for i in session.interests} == {"start", *(f"genre {n}" for n in range(12))}
    assert session.turn == 13 and {d.quote for d in session.diffs} == {"said", *(f"turn {n}" for n in range(12))}
    for _ in range(12):
        session = undo(session)
    assert session.interests == begun.interests and session.turn == begun.turn


def test_a_long_session_can_be_undone_to_its_beginning_and_done_again(opened: Open) -> None:
    """Across every snapshot that was made meanwhile."""
    store = opened()
    states = [store.save(None, Session())]
    for n in range(50):
        states.append(store.save(states[-1], hear(states[-1], f"genre {n % 7}", quote=f"turn {n}")))
    session = store.load(states[-1].id)
    assert session == states[-1] and [diff.quote for diff in session.diffs] == [f"turn {n}" for n in range(50)]
    for expected in reversed(states[:-1]):
        session = store.save(session, undo(session))
        assert replace(session, undone=()) == expected
    for expected in states[1:]:
        session = store.save(session, redo(session))
        assert replace(session, undone=()) == expected
    assert store.load(session.id) == states[-1]
    session = store.save(session, undo(undo(session)))
    assert store.save(session, hear(session, "opera", quote="otherwise")).undone == ()
    assert [diff.quote for diff in opened().load(session.id).diffs][-2:] == ["turn 47", "otherwise"]


def test_many_turns_at_the_same_time_lose_nothing(opened: Open) -> None:
    """Six people's tabs of one session, each knowing what it was last given; snapshots are made all the while."""
    begun = opened().save(None, hear(Session(), "start"))
    barrier, stores, errors = threading.Barrier(6), [opened() for _ in range(3)], list[BaseException]()

    def tab(name: int) -> None:
        try:
            barrier.wait(60)
            session = begun
            for n in range(8):
                quote = f"{name}.{n}"
                session = stores[name % 3].save(session, hear(session, f"genre {quote}", quote=quote))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=tab, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session = opened().load(begun.id)
    said = {f"{name}.{n}" for name in range(6) for n in range(8)}
    assert not errors and session.turn == 49
    assert {d.quote for d in session.diffs} == {"said", *said} and len(session.diffs) == 49
    assert {i.value for i in session.interests} == {"start", *(f"genre {quote}" for quote in said)}


def test_a_request_counts_once_and_its_receipt_is_kept(opened: Open) -> None:
    store, receipt = opened(), Receipt("r1", "a war film", "here it is")
    begun = store.save(None, Session())
    after = hear(begun, "war")
    for _ in range(2):
        assert [d.quote for d in store.save(begun, after, receipt).diffs] == ["said"]
    assert opened().receipt(begun.id, "r1") == receipt and store.receipt(begun.id, "r2") is None
    store.forget(begun.id)
    assert store.receipt(begun.id, "r1") is None


def test_a_turn_of_a_session_that_was_forgotten_meanwhile_is_not_kept(opened: Open) -> None:
    store = opened()
    begun = store.save(None, hear(Session(), "comedy"))
    opened().forget(begun.id)
    with pytest.raises(UnknownSession):
        store.save(begun, hear(begun, "war"), Receipt("r1", "war", "here"))
    with pytest.raises(UnknownSession):
        opened().load(begun.id)
    assert opened().receipt(begun.id, "r1") is None


def test_two_people_never_see_each_other(opened: Open) -> None:
    """Also where one id begins with the other, or has what databases take for a wildcard."""
    store = opened()
    ids = ("a", "ab", "a_", "a%", "a.b", "A", "*", "")
    for n, name in enumerate(ids):
        store.save(None, hear(Session(name), f"genre {n}"))
    for n, name in enumerate(ids):
        assert [i.value for i in store.load(name).interests] == [f"genre {n}"]
    store.forget("a")
    assert [store.load(name).id for name in ids[1:]] == list(ids[1:])


def test_what_is_not_there_is_said_so(opened: Open) -> None:
    with pytest.raises(UnknownSession, match="begin a new one"):
        opened().load("nobody")
    opened().forget("nobody")
    assert opened().profile("nobody") == Profile()


def test_a_session_that_rested_too_long_has_expired(opened: Open) -> None:
    session = opened().save(None, hear(Session(), "comedy"))
    assert opened(timedelta(days=1)).load(session.id) == session
    with pytest.raises(UnknownSession, match="expired"):
        opened(timedelta(microseconds=1)).load(session.id)
    with pytest.raises(UnknownSession, match="no such session"):
        opened().load(session.id)


def test_a_sweep_deletes_whole_sessions_that_rested_too_long_and_no_others(opened: Open) -> None:
    """Also those of which the first rows are old: what counts is the last turn."""
    first, store = opened(), opened()
    session = first.save(None, Session())
    for n in range(40):
        session = first.save(session, hear(session, f"genre {n}", quote=f"turn {n}"))
    first.save(session, hear(session, "war"), Receipt("r1", "war", "here"))
    profile = Profile((Interest("genres", "jazz", 0.3, source="profile"),))
    store.keep_profile("ann", profile)
    assert opened(timedelta(days=1)).sweep() == 0 and opened().sweep() == 0
    assert len(opened(timedelta(days=1)).load(session.id).diffs) == 41
    assert opened(timedelta(microseconds=1)).sweep() >= 1  # a server has those of other tests too
    with pytest.raises(UnknownSession, match="no such session"):
        opened(timedelta(days=1)).load(session.id)
    assert opened().receipt(session.id, "r1") is None and opened().profile("ann") == profile
    assert opened(timedelta(microseconds=1)).sweep() == 0


def test_a_store_is_swept_at_the_start_and_again_and_again_whatever_goes_wrong() -> None:
    times, thrice = [], threading.Event()

    class Failing(InMemorySessionStore):
        def sweep(self) -> int:
            times.append(1)
            if len(times) == 3:
                thrice.set()
            raise OSError("away")

    with sweeping(Failing(), timedelta(milliseconds=1)):
        assert thrice.wait(PATIENCE)
    count = len(times)
    assert not [thread for thread in threading.enumerate() if thread.name == "penchant-sweeping"]
    assert len(times) == count


@pytest.mark.skipif(os.name == "nt", reason="no such rights")
def test_nobody_else_can_read_sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rights(path: Path) -> int:
        return path.stat().st_mode & 0o777

    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_: str(tmp_path / "home"))
    old, beside = tmp_path / "old" / "s.sqlite", tmp_path / "old" / "s.sqlite-wal"
    old.parent.mkdir(mode=0o755)
    for path in (old, beside):
        path.touch(0o644)
    shared, home = tmp_path / "shared" / "s.sqlite", tmp_path / "home" / "s.sqlite"
    for path in (shared, home):
        path.parent.mkdir(mode=0o755)
        (path.parent / "index").touch(0o644)
    for path in (old, shared, home, tmp_path / "a" / "new" / "s.sqlite"):
        with open_store(path) as store:
            store.save(None, Session())
            assert {rights(file) for file in path.parent.iterdir() if file.name.startswith("s.")} == {0o600}
    folders = {path.parent.name: rights(path.parent) for path in (old, shared, home, tmp_path / "a" / "new" / "s")}
    assert folders == {"old": 0o700, "shared": 0o755, "home": 0o700, "new": 0o700}


def test_a_profile_is_kept_and_forgotten(opened: Open) -> None:
    profile = Profile((Interest("genres", "jazz", 0.3, source="profile"),))
    opened().keep_profile("ann", profile)
    assert opened().profile("ann") == profile and opened().profile("an") == Profile()
    opened().forget_profile("ann")
    assert opened().profile("ann") == Profile()


def test_forgetting_leaves_no_trace_in_the_file_or_its_journal(tmp_path: Path) -> None:
    """The secret is long and short, in many turns, and between sessions that stay."""
    secret, folder = "zwieback-with-anchovies", tmp_path / "folder"
    with open_store(folder / "sessions.sqlite") as store:
        stays = [store.save(None, hear(Session(), f"kept {n}")) for n in range(20)]
        session = store.save(None, Session())
        for n in range(30):
            said = hear(session, f"{secret} {n}", quote=f"{secret} " * (1 + 400 * (n % 3)))
            session = store.save(session, said)
        store.keep_profile("ann", Profile((Interest("genres", secret, source="profile"),)))
        assert _holds(folder, secret) and not _holds(folder, session.id)
        store.forget(session.id)
        store.forget_profile("ann")
        assert not _holds(folder, secret)
        assert [store.load(one.id) for one in stays] == stays
    assert not _holds(folder, secret) and _holds(folder, "kept 7")


def _holds(folder: Path, text: str) -> bool:
    return any(text.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
@pytest.mark.extra("postgres")
def test_forgetting_leaves_no_trace_in_the_tables_of_postgres(postgres: str) -> None:
    import psycopg

    secret = "zwieback-with-capers"
    with open_store(postgres) as store, psycopg.connect(postgres, autocommit=True) as connection:

        def pages() -> int:
            """How often the secret is in the files of the store's table and indexes."""
            connection.execute("CHECKPOINT")
            count = (
                "SELECT count(*) FROM pg_class c, LATERAL (SELECT pg_read_binary_file(pg_relation_filepath(c.oid)) b) f"
            )
            where = "WHERE c.relname LIKE 'store%%' AND c.relkind IN ('r', 'i') AND position(%s IN f.b) > 0"
            (found,) = connection.execute(f"{count} {where}", (secret.encode(),)).fetchone() or (0,)
            return int(found)

        session = store.save(None, hear(Session(), secret))
        assert pages() > 0
        store.forget(session.id)
        assert pages() == 0


def test_a_place_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a database, but long enough to look like one " * 100)
    for where in (
        tmp_path / "text",
        tmp_path / "text" / "below",
        "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1",
    ):
        with pytest.raises(StoreError), open_store(where, busy=0.5):
            pass
    assert (tmp_path / "text").read_text().startswith("not a database")


# The fold of the steps is the state, whatever was done.

MOVES = st.lists(st.sampled_from(["comedy", "war", "jazz", "undo", "redo", "look"]), max_size=12)


@given(MOVES)
def test_the_fold_of_the_steps_is_the_session(moves: list[str]) -> None:
    session = Session("x")
    state = LogState(Session("x"))
    for n, move in enumerate(moves):
        known = {"undo": undo, "redo": redo, "look": lambda s, n=n: s.show([f"i{n}"])}
        after = known[move](session) if move in known else hear(session, move, quote=f"{n}")
        state, session = state.after(steps(session, after)), after
        assert state.session == session
