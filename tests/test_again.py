"""What is known comes again with spacing: first what was seen longest ago, and nothing of the time that is named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from penchant.assistant import Assistant, Mark, Session, export_taste, import_taste, redo, undo
from penchant.assistant.past import bring_history
from penchant.assistant.session import Screen, combined, feedback
from penchant.assistant.session.history import diffs_form
from penchant.assistant.understanding.limits import spacing_said
from penchant.retriever import Index

from . import exports
from .demo import demo
from .exports import table

NOW = datetime(2026, 3, 11, 19, 30, tzinfo=UTC)
TODAY = NOW.date()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def assistant(index: Index) -> Assistant:
    return Assistant(index, k=3, clock=lambda: NOW)


SEEN = Session(
    marks=(
        Mark("i1", "seen", seen_on=ago(20)),
        Mark("i2", "liked", "seen", seen_on=ago(900)),
        Mark("i3", "seen", seen_on=ago(400)),
        Mark("i4", "seen"),
    )
)


def ids(assistant: Assistant, text: str, session: Session = SEEN) -> list[str]:
    return [pick.item.id for pick in assistant.reply(text, session).picks]


def test_what_was_seen_longest_ago_comes_first(assistant: Assistant) -> None:
    reply = assistant.reply("something to rewatch", SEEN, k=4)
    assert [pick.item.id for pick in reply.picks] == ["i2", "i3", "i1", "i4"]
    alike = replace(SEEN, marks=tuple(replace(mark, seen_on=None) for mark in SEEN.marks))
    plain = {pick.item.id: pick for pick in assistant.reply("something to rewatch", alike, k=4).picks}
    assert all(abs(plain[pick.item.id].score - pick.score) < 1e-6 for pick in reply.picks)
    assert not any(pick.lifted for pick in plain.values())


@pytest.mark.parametrize(
    ("text", "shown"),
    {
        "something to rewatch that I haven't seen in a year": {"i2", "i3", "i4"},
        "something I haven't seen for at least two years": {"i2", "i4"},
        "rewatch something, but nothing I watched in the last month": {"i2", "i3", "i4"},
        "something I saw more than a week ago": {"i1", "i2", "i3", "i4"},
    }.items(),
)
def test_nothing_comes_of_the_time_that_is_named(assistant: Assistant, text: str, shown: set[str]) -> None:
    reply = assistant.reply(text, SEEN, k=4)
    assert {pick.item.id for pick in reply.picks} == shown
    assert not [i for i in reply.session.interests if i.level == "want"]
    onward = assistant.reply("anything goes", reply.session, k=4)
    assert {pick.item.id for pick in onward.picks} <= shown
    assert not assistant.reply("something new please", reply.session).session.screen.spacing


def test_what_is_only_refused_asks_for_nothing_known(assistant: Assistant) -> None:
    reply = assistant.reply("a comedy, nothing I've seen in the last month", SEEN)
    assert reply.session.screen.mode == "new" and not {"i1", "i3"}.intersection(reply.session.shown)
    again = assistant.reply("something to rewatch", reply.session, k=4)
    assert "i1" not in again.session.shown and "i3" in again.session.shown


@pytest.mark.parametrize(
    ("text", "days"),
    {
        "one that I haven't watched in years": 730,
        "what we have not read for ages": 365,
        "nothing I've heard in the past six months": 180,
        "something I last saw three weeks ago": 21,
        "一年没看过的电影": 365,
        "something I've seen, but not for a long time": 365,
        "I haven't seen it in a while, is it good?": 0,
        "a film nobody has seen in years": 0,
        "I haven't seen a good comedy in years": 0,
        "I saw it two hours ago": 0,
        "released in the last two years": 0,
    }.items(),
)
def test_how_long_ago(text: str, days: int) -> None:
    found = spacing_said(text)
    assert (found.days if found else 0) == days


def test_what_is_said_to_be_known_is_dated(assistant: Assistant) -> None:
    session = assistant.reply("a comedy", Session()).session
    item = session.shown[0]
    after = assistant.dated(session, feedback(session, "seen", item, assistant.index.catalogue))
    assert after.marks == (Mark(item, "seen", seen_on=TODAY),)
    assert not undo(after).marks and redo(undo(after)).marks == after.marks
    thanked = assistant.reply("thanks", replace(SEEN, marks=(Mark("i4", "seen"),)))
    assert thanked.session.marks == (Mark("i4", "seen"),)


def test_a_like_says_nothing_of_when(assistant: Assistant) -> None:
    for mark in (Mark("i3", "seen", seen_on=ago(400)), Mark("i3", "seen")):
        before = Session(marks=(mark,))
        after = assistant.dated(before, feedback(before, "like", "i3", assistant.index.catalogue))
        assert after.marks == (Mark("i3", "liked", "seen", mark.seen_on),)


def test_days_go_along(assistant: Assistant) -> None:
    session = replace(SEEN, screen=Screen(mode="seen", spacing=365))
    again = import_taste(export_taste(session))
    assert (again.marks, again.screen) == (session.marks, session.screen)
    later = replace(SEEN, marks=(Mark("i1", "seen", seen_on=ago(2)),))
    assert {m.item: m.seen_on for m in combined(SEEN, later).marks}["i1"] == ago(2)


def test_what_was_written_before_there_were_days_still_opens() -> None:
    file = json.loads(export_taste(Session(marks=(Mark("i1", "liked"),)))) | {"version": 4}
    del file["spacing"], file["items"][0]["seen_on"]
    assert import_taste(json.dumps(file)).marks == (Mark("i1", "liked"),)
    mark = {"item": "i1", "kind": "seen", "also": ""}
    diff = {
        "turn": 1,
        "quote": "x",
        "changes": [],
        "marks": [{"before": None, "after": mark}],
        "screen": {"mode": "new"},
    }
    (read,) = diffs_form().validate_python([diff])
    assert read.marks[0].after == Mark("i1", "seen") and read.screen == Screen()


def test_a_file_of_likes_does_not_say_when_something_was_seen() -> None:
    data = exports.letterboxd([], watched=[exports.film("Alien", 1979)], likes=[exports.film("Jaws", 1975)])
    session, _ = bring_history([("l.zip", data)], demo())
    assert {m.item: m.seen_on for m in session.marks} == {
        "film-alien-1979": date(2024, 1, 2),
        "film-jaws-1975": None,
    }


def test_a_history_says_when(tmp_path: Path) -> None:
    row = {"Name": "Alien", "Year": "1979", "Letterboxd URI": "x"}
    rows = [row | {"Date": "2021-05-06", "Watched Date": day, "Rating": "4"} for day in ("2019-01-02", "2020-03-04")]
    session, _ = bring_history([("diary.csv", table(exports.DIARY, *rows))], demo())
    assert session.marks[0].seen_on == date(2020, 3, 4)
