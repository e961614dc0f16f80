"""The audit log: one line for each page of picks, by whichever door, of which nobody can tell who asked or what was
said."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp import Client

from penchant.assistant import Assistant, AuditLog, Session, edit, make_assistant
from penchant.assistant import Edit as Change
from penchant.assistant.oversight.audit_log import KEPT
from penchant.assistant.oversight.audit_record import OWN_WORDS
from penchant.assistant.past import shelves
from penchant.retriever import Index, MemoryEngine, PenchantError, build_index
from penchant.tools import Recommender, mcp_server
from penchant.tools.http import Limits, build_app
from penchant.ui.cli.terminal import TerminalChat
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.tab_controller import TabController

from .conftest import PATIENCE, HashEncoder
from .loopback import serving
from .test_mcp_server import talk
from .tiny import ITEMS

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def index() -> Index:
    return build_index(ITEMS, MemoryEngine(), HashEncoder(48))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audit.jsonl"


@pytest.fixture
def assistant(index: Index, path: Path) -> Assistant:
    return watched(index, AuditLog(path, "films"))


@pytest.fixture
def lines(path: Path) -> Lines:
    """What was written since it was last asked for."""
    seen = 0

    def new() -> list[dict[str, Any]]:
        nonlocal seen
        every = read(path)
        found, seen = every[seen:], len(every)
        return found

    return new


def watched(index: Index, log: AuditLog) -> Assistant:
    return make_assistant(index, observer=log)


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def shown(line: dict[str, Any]) -> list[str]:
    return [item["id"] for item in line["items"]]


def test_a_line_says_what_was_asked_for_and_why_each_item_is_there(assistant: Assistant, lines: Lines) -> None:
    reply = assistant.reply("a comedy, no horror")
    (line,) = lines()
    assert line["v"] == 1 and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
    assert (line["door"], line["catalogue"], line["turn"]) == ("python", "films", 1)
    assert (line["understood_by"], line["explained_by"]) == ("rules", "templates")
    assert {"tag": "Comedy", "facet": "genres", "level": "want"}.items() <= line["interests"][0].items()
    assert line["filters"] == ["genres: not Horror"]
    assert shown(line) == [pick.item.id for pick in reply.picks]
    assert [item["rank"] for item in line["items"]] == [1, 2, 3, 4, 5]
    for item in line["items"]:
        assert sum(share["value"] for share in item["shares"]) == pytest.approx(item["score"], abs=0.01)


def test_a_program_of_its_own(assistant: Assistant, lines: Lines) -> None:
    begun = assistant.answer()
    reply = assistant.reply("a comedy", begun.session)
    assert [line["turn"] for line in lines()] == [0, 1]
    assistant.reply("why is the first one there?", reply.session)
    (answered,) = lines()
    assert shown(answered) == list(reply.session.shown)
    next(assistant.stream("a drama", reply.session))
    (unread,) = lines()
    assert unread["turn"] == 2


def test_rows_of_more_like_what_was_liked(assistant: Assistant, lines: Lines) -> None:
    session = Session()
    for item in ("i1", "i6", "i8"):
        session = edit(session, [Change("item", item=item)], assistant.index.catalogue)
    recommender = Recommender(assistant)
    begun = recommender.feedback("i1", "like")
    lines()
    rows = recommender.for_you(begun.session_id).rows
    (line,) = lines()
    assert shown(line) == [pick.id for row in rows for pick in row.picks] and line["interests"][0]["facet"] == "item"
    assert shelves(assistant, Session()) == () and not lines()


@pytest.mark.parametrize("door", ["rest", "v1", "mcp"])
def test_a_service_writes_one_line_a_page(assistant: Assistant, lines: Lines, door: str) -> None:
    recommender = Recommender(assistant)
    if door == "mcp":

        async def ask(client: Client) -> Any:
            return (await client.call_tool("recommend", {"message": "a comedy"})).structured_content

        picks = [pick["id"] for pick in talk(mcp_server(recommender), ask)["picks"]]
    else:
        app = build_app(recommender, limits=Limits(per_minute=0))
        body = {"message": "a comedy"} if door == "rest" else {"model": "penchant", "messages": said("a comedy")}
        with serving(app) as url, httpx2.Client(base_url=url, timeout=PATIENCE) as client:
            answered = client.post("/api/recommend" if door == "rest" else "/v1/chat/completions", json=body).json()
        picks = [pick["id"] for pick in (answered if door == "rest" else answered["penchant"])["picks"]]
    (line,) = lines()
    assert line["door"] == door and shown(line) == picks


def said(message: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": message}]


def test_what_the_operations_do_with_picks(assistant: Assistant, lines: Lines) -> None:
    recommender = Recommender(assistant).at("rest")
    begun = recommender.recommend("a comedy")
    handle, item = begun.session_id, begun.picks[0].id
    recommender.edit_interests([], session_id=handle)
    asked = (item, "like", handle, "", "", 5, "once")
    recommender.feedback(*asked)
    recommender.bring_taste(recommender.taste(handle))
    assert [line["door"] for line in lines()] == ["rest"] * 4
    recommender.feedback(*asked)  # answered as it was: nothing is chosen anew
    recommender.explain(item, handle)
    recommender.compare([item, "i1"], handle)
    recommender.interests(handle)
    assert not lines()


def of_session(log: AuditLog, session: str) -> int:
    return sum(line["session"] == log._digest(session) for path in log._files() for line in read(path))


def test_forgetting_reaches_the_log_also_where_it_was_rotated(index: Index, path: Path) -> None:
    log = AuditLog(path, "films", most_bytes=8_000)
    recommender = Recommender(watched(index, log))
    one, other = (recommender.recommend("a comedy").session_id for _ in range(2))
    for message in ("a drama", "no horror", "a thriller"):
        recommender.recommend(message, one)
        recommender.recommend(message, other)
    assert path.with_name(f"{path.name}.1").exists() and of_session(log, one) == of_session(log, other) == 4
    path.write_bytes(path.read_bytes() + b"half a li\n")
    recommender.forget(one)
    whole = b"".join(file.read_bytes() for file in log._files() if file.exists())
    assert whole.count(log._digest(one).encode()) == 0 and whole.count(log._digest(other).encode()) == 4
    assert b"half a li\n" in whole and not list(path.parent.glob("*.part"))
    assert all(file.stat().st_mode & 0o077 == 0 for file in log._files() if file.exists())


def test_forgetting_on_the_page_and_in_the_terminal_reaches_it_too(assistant: Assistant, path: Path) -> None:
    log = AuditLog(path, "films")
    tab = TabController(PageSetup(CatalogueRegistry({"films": lambda: assistant})))
    list(tab.speak({"act": "hello"}))
    list(tab.speak({"act": "say", "text": "a comedy"}))
    of_page = tab._state.chat.session.id
    talk = TerminalChat(assistant.at("terminal"), assistant.reply("a comedy", Session()).session)
    of_terminal = talk.session.id
    assert of_session(log, of_page) and of_session(log, of_terminal)
    tab.do({"act": "forget"})
    assert not of_session(log, of_page) and of_session(log, of_terminal)
    talk.command("/forget")
    assert not of_session(log, of_terminal)


def test_what_cannot_be_deleted_is_said(index: Index, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recommender = Recommender(watched(index, AuditLog(path, "films")))
    handle = recommender.recommend("a comedy").session_id

    def full(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr("penchant.assistant.oversight.audit_log._without", full)
    with pytest.raises(PenchantError, match="could not be deleted"):
        recommender.forget(handle)


def test_the_page(assistant: Assistant, lines: Lines) -> None:
    tab = TabController(PageSetup(CatalogueRegistry({"films": lambda: assistant})))
    list(tab.speak({"act": "hello"}))
    (first,) = lines()
    assert first["door"] == "page" and shown(first) == list(tab._state.chat.shown)
    list(tab.speak({"act": "say", "text": "a comedy, no horror"}))
    (reply,) = lines()
    assert shown(reply) == list(tab._state.chat.shown)
    item = tab._state.chat.shown[0]
    for event in ({"act": "thumb", "item": item, "verdict": "like"}, {"act": "undo"}, {"act": "further"}):
        tab.do(event)
        (line,) = lines()
        assert shown(line) == list(tab._state.chat.shown)
    tab.do({"act": "why", "item": tab._state.chat.shown[0]})
    tab.do({"act": "export"})
    assert not lines()


def test_joint_picks_are_one_page(assistant: Assistant, lines: Lines, tmp_path: Path) -> None:
    taste = Recommender(assistant)
    text = taste.taste(taste.recommend("a drama").session_id)
    lines()
    tab = TabController(PageSetup(CatalogueRegistry({"films": lambda: assistant})))
    list(tab.speak({"act": "hello"}))
    lines()
    tab.do({"act": "guest", "text": text})
    (joint,) = lines()
    assert shown(joint) == list(tab._state.chat.shown)
    list(tab.speak({"act": "say", "text": "something funny"}))
    (line,) = lines()
    assert shown(line) == list(tab._state.chat.shown)
    (tmp_path / "taste.json").write_text(text, encoding="utf-8")
    talk = TerminalChat(assistant.at("terminal"), Session())
    talk.command(f"/together {tmp_path / 'taste.json'}")
    assert [one["door"] for one in lines()] == ["terminal"]


@settings(max_examples=30)
@given(st.text(alphabet='abcdefghijklmnopqrstuvwxyz é"\\\n', max_size=60))
def test_no_word_of_a_message_is_written(index: Index, tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    """Not even as a wish: only what the catalogue knows has its own words."""
    path = tmp_path_factory.mktemp("audit") / "a.jsonl"
    marked = "zorblax " + " ".join(f"q{word}q" for word in words.split())
    assistant = watched(index, AuditLog(path, "films"))
    reply = assistant.reply(f"a comedy about {marked}, no {marked}")
    made = edit(reply.session, [Change("genres", f"genre {marked}")], index.catalogue)
    assistant.answer(made)
    text = path.read_text(encoding="utf-8")
    assert not [word for word in marked.split() if word in text] and reply.session.id not in text
    assert OWN_WORDS in text and "Comedy" in text


def test_with_the_text_if_the_owner_says_so(index: Index, path: Path) -> None:
    assistant = watched(index, AuditLog(path, "films", text=True))
    assistant.reply("a comedy about Zorblax")
    assistant.answer()
    assert [line.get("text") for line in read(path)] == ["a comedy about Zorblax", None]


def test_a_session_is_told_from_others_by_who_has_the_key(index: Index, tmp_path: Path) -> None:
    one, other = (tmp_path / name for name in ("one.jsonl", "other.jsonl"))
    session = Session()
    for path in (one, one, other):
        watched(index, AuditLog(path, "films")).answer(session)
    first, again, elsewhere = (line["session"] for path in (one, other) for line in read(path))
    assert first == again != elsewhere and re.fullmatch("[0-9a-f]{16}", first)
    for file in (one, one.with_name("one.jsonl.key")):
        assert file.stat().st_mode & 0o777 == 0o600


def test_it_is_rotated_and_no_line_is_lost_or_broken(index: Index, path: Path) -> None:
    """Also with several that write at once, each as a process of its own would."""
    logs = [AuditLog(path, f"films {n}", most_bytes=6_000) for n in range(4)]
    assistants = [watched(index, log) for log in logs]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: [one.answer() for _ in range(6)], assistants))
    files = [path, *(path.with_name(f"{path.name}.{n}") for n in range(1, KEPT + 1))]
    assert path.with_name(f"{path.name}.1").exists() and all(file.stat().st_size <= 6_000 for file in files[:2])
    assert sum(len(read(file)) for file in files) == 24


@pytest.mark.parametrize("fault", ["full", "no folder"])
def test_what_cannot_be_written_is_said_once(
    index: Index, path: Path, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    if fault == "full":
        path.symlink_to("/dev/full")
    else:
        path.write_text("a file, and no folder")
        path = path / "audit.jsonl"
    assistant = watched(index, AuditLog(path, "films"))
    with caplog.at_level(logging.WARNING):
        assert all(assistant.reply("a comedy").picks for _ in range(3))
    (said,) = caplog.messages
    assert str(path) in said and "cannot be written" in said
