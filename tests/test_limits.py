"""How long a wish holds: which messages say so, by which moment it ends, and what becomes of a session then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import (
    Assistant,
    Diff,
    InMemorySessionStore,
    Profile,
    Session,
    Understanding,
    Usage,
    export_taste,
    import_taste,
    redo,
    remember,
    undo,
)
from penchant.assistant.session import TasteError, lapsed
from penchant.assistant.session.stores.session_log import LogState, steps
from penchant.assistant.understanding import ScriptedUnderstander, TimedUnderstander
from penchant.assistant.understanding.limits import TimedMessage
from penchant.retriever import Field, Interest, Item, Schema, build_index
from penchant.retriever.encoding import HashEncoder
from penchant.ui.page.view.chips import chips
from penchant.ui.page.words import page_speech

from .demo import tagger

NOW = datetime(2026, 3, 11, 19, 30, tzinfo=UTC)  # a Wednesday
SUNDAY_IS_OVER = datetime(2026, 3, 16, tzinfo=UTC)
_TABLES = Path(__file__).parent / "benchmarks" / "data" / "limits"


def _sentences() -> Iterator[object]:
    for name in ("first", "second", "third"):
        for line in (_TABLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield pytest.param(row["text"], row["ends"], id=row["text"])


@cache
def timed() -> TimedUnderstander:
    return TimedUnderstander(tagger(), tagger(), lambda: NOW)


@pytest.mark.parametrize(("text", "ends"), list(_sentences()))
def test_what_a_message_says_of_how_long(text: str, ends: dict[str, str | None]) -> None:
    said = timed().understand(text, Session(), Usage())
    for value, expected in ends.items():
        found = {i.until for i in said.interests if i.facet and value in i.value.casefold()}
        end = expected and datetime.fromisoformat(expected).replace(tzinfo=UTC)
        assert (found or {None}) == {end}


@pytest.mark.parametrize(
    ("text", "end"),
    {
        "no horror until Wednesday": "2026-03-19T00:00",
        "no horror until this Friday": "2026-03-14T00:00",
        "no horror until midnight": "2026-03-12T00:00",
        "no horror until 8:00": "2026-03-12T08:00",
        "no horror until the end of the day": "2026-03-12T00:00",
        "no horror until the end of February": "2027-03-01T00:00",
        "no horror until next week": "2026-03-16T00:00",
        "no horror until next month": "2026-04-01T00:00",
        "no horror for half an hour": "2026-03-11T20:00",
        "no horror for half a month": "2026-03-25T19:30",
        "no horror for half a year": "2026-09-11T19:30",
        "no horror before Friday": "2026-03-13T00:00",
        "no horror before Wednesday": "2026-03-18T00:00",
        "no horror before 10pm": "2026-03-11T22:00",
        "no horror before the weekend": "2026-03-14T00:00",
        "no horror before May": "2026-05-01T00:00",
        "no horror until New Year's Eve": "2027-01-01T00:00",
        "no horror until the new year": "2027-01-02T00:00",
        "no horror until Easter": "2026-04-06T00:00",
        "no horror before Valentine's Day": "2027-02-14T00:00",
        "圣诞节之前不要恐怖片": "2026-12-26T00:00",
        "no horror for a month": "2026-04-11T19:30",
        "no horror for the rest of the year": "2027-01-01T00:00",
        "no horror until Sunday evening": "2026-03-15T18:00",
        "下个月底之前不要恐怖片": "2026-05-01T00:00",
        "下周五之前不要恐怖片": "2026-03-21T00:00",
    }.items(),
)
def test_the_calendar(text: str, end: str) -> None:
    assert [at for _, at in TimedMessage.of(text, NOW).ends] == [datetime.fromisoformat(end).replace(tzinfo=UTC)]


@pytest.mark.parametrize(
    "text",
    ["no films released before Friday", "no war films before 1990", "one I can finish before Friday, no horror"],
)
def test_before_a_day_something_else_is_done(text: str) -> None:
    assert not any(i.until for i in timed().understand(text, Session(), Usage()).interests)


@pytest.mark.parametrize("text", ["no horror until 30 February", "no horror for 99999 years", "until 99:99", "for a"])
def test_what_no_calendar_has_is_no_end(text: str) -> None:
    assert not TimedMessage.of(text, NOW).ends


def test_a_night_ends_in_the_morning_and_a_day_at_midnight_where_the_person_is() -> None:
    late = datetime(2026, 3, 12, 1, tzinfo=timezone(timedelta(hours=2)))
    ((_, night),) = TimedMessage.of("nothing scary tonight", late).ends
    ((_, day),) = TimedMessage.of("nothing scary today", late).ends
    assert night.isoformat() == "2026-03-12T05:00:00+02:00" and day.isoformat() == "2026-03-13T00:00:00+02:00"


@given(
    st.lists(
        st.sampled_from("until Sunday for a week no horror , . and so just 到 周日 为止 这周 3 11pm".split())
        | st.text()
    )
)
def test_any_text_keeps_its_length_less_space_at_its_end(words: list[str]) -> None:
    message = " ".join(words)
    timed_message = TimedMessage.of(message, NOW)
    assert message.startswith(timed_message.text) or timed_message.ends
    assert len(timed_message.text) <= len(message)
    assert all(end > NOW for _, end in timed_message.ends)


def test_a_message_of_nothing_but_times_is_no_work_without_end() -> None:
    assert len(TimedMessage.of("no horror until Sunday, " * 300, NOW).ends) == 8


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    schema = Schema((Field("genres", "facet"), Field("kind", "category")))
    genres = {
        "Alien": ("horror",),
        "It": ("horror", "drama"),
        "Heat": ("crime",),
        "Emma": ("comedy",),
        "Up": ("comedy",),
    }
    items = [Item(title, title, fields={"genres": g, "kind": "film"}) for title, g in genres.items()]
    return Assistant(build_index(items, tmp_path_factory.mktemp("films") / "index", HashEncoder(), schema))


def _assistant(films: Assistant, watch: Watch) -> Assistant:
    return Assistant(films.index, clock=watch, gazetteer=films.gazetteer)


def _kept(session: Session) -> dict[str, datetime | None]:
    return {i.value: i.until for i in session.interests if i.facet}


def test_a_wish_lapses_by_itself_and_the_reply_says_so(films: Assistant, watch: Watch) -> None:
    assistant = _assistant(films, watch)
    reply = assistant.reply("a comedy, no horror until Sunday", Session())
    assert _kept(reply.session) == {"comedy": None, "horror": SUNDAY_IS_OVER}
    assert {"Alien", "It"}.isdisjoint(reply.session.shown)
    watch.now = SUNDAY_IS_OVER - timedelta(microseconds=1)
    assert assistant.answer(reply.session).notes == ()
    watch.now = SUNDAY_IS_OVER
    later = assistant.reply("something with crime", reply.session)
    assert later.notes[0] == "No longer: no horror." and "horror" not in _kept(later.session)
    assert {"Alien", "It"} <= set(later.session.shown)
    assert [(d.kind, d.quote) for d in later.session.diffs[-2:]] == [
        ("lapse", "No longer: no horror"),
        ("message", "something with crime"),
    ]


def test_its_chip_says_until_when(films: Assistant, watch: Watch) -> None:
    reply = _assistant(films, watch).reply("no horror until Sunday", Session())
    (chip,) = chips(reply.session, reply.weights, films.index.schema, page_speech())["active"]
    assert chip["value"] == "horror" and chip["lasts"] == "until Sunday 15 March"
    evening = replace(reply.session.interests[0], until=datetime(2026, 3, 11, 21, 30, tzinfo=UTC))
    assert evening.lasts == "until Wednesday 11 March, 21:30" and replace(evening, until=None).lasts == ""


def test_what_lapsed_is_not_what_a_person_takes_back(films: Assistant, watch: Watch) -> None:
    assistant = _assistant(films, watch)
    session = assistant.reply("a comedy", Session()).session
    session = assistant.reply("no horror until Sunday", session).session
    session = assistant.reply("and crime", session).session
    watch.now = SUNDAY_IS_OVER
    session = assistant.answer(session).session
    assert set(_kept(session)) == {"comedy", "crime"}
    session = assistant.answer(undo(session)).session
    assert set(_kept(session)) == {"comedy"} and session.undone
    again = assistant.answer(redo(session)).session
    assert set(_kept(again)) == {"comedy", "crime"}
    session = assistant.answer(undo(assistant.answer(undo(session)).session)).session
    assert not _kept(session) and not [d for d in session.diffs if d.kind == "message"]


def test_a_message_that_only_says_how_long_is_about_what_was_said_last(films: Assistant, watch: Watch) -> None:
    assistant = _assistant(films, watch)
    session = assistant.reply("a comedy", Session()).session
    session = assistant.reply("no horror", session).session
    session = assistant.reply("just until Sunday", session).session
    assert _kept(session) == {"comedy": None, "horror": SUNDAY_IS_OVER}
    assert _kept(assistant.reply("no horror", session).session)["horror"] is None  # said again without an end


def test_what_is_pinned_for_good_is_not_ended_by_the_way(films: Assistant, watch: Watch) -> None:
    assistant = _assistant(films, watch)
    session = assistant.reply("no horror", Session()).session
    pinned = replace(session, interests=tuple(replace(i, pinned=True) for i in session.interests))
    assert _kept(assistant.reply("no horror tonight", pinned).session) == {"horror": None}


def test_whoever_understands_hears_only_what_is_wished(films: Assistant, watch: Watch) -> None:
    answer = Understanding("refine", (Interest("genres", "horror", level="never", quote="HORROR of any kind"),))
    model = ScriptedUnderstander([answer, answer])
    assistant = Assistant(films.index, model, clock=watch, gazetteer=films.gazetteer)
    assert _kept(assistant.reply("no horror until Sunday", Session()).session) == {"horror": SUNDAY_IS_OVER}
    assert _kept(assistant.reply("a film for Sunday, no horror", Session()).session) == {"horror": None}
    assert model.heard == ["no horror", "a film for Sunday, no horror"]


def test_stores_keep_what_ends_and_what_ended(films: Assistant, watch: Watch) -> None:
    assistant, store = _assistant(films, watch), InMemorySessionStore()
    begun = store.save(None, Session())
    heard = store.save(begun, assistant.reply("no horror until Sunday", begun).session)
    heard = store.save(heard, assistant.reply("a comedy", heard).session)
    assert _kept(store.load(begun.id))["horror"] == SUNDAY_IS_OVER
    watch.now = SUNDAY_IS_OVER
    state = LogState(Session(begun.id)).after(steps(None, heard))
    for change in (assistant.answer, undo, assistant.answer, redo, assistant.answer):
        made = change(state.session)
        after = made if isinstance(made, Session) else made.session
        state = state.after(steps(state.session, after))
        assert (state.session.interests, state.session.diffs) == (after.interests, after.diffs)
        assert state.session.undone == after.undone
    assert "horror" not in _kept(state.session) and "comedy" in _kept(state.session)


def test_a_taste_has_the_end_and_older_ones_open(films: Assistant, watch: Watch) -> None:
    session = _assistant(films, watch).reply("no horror until Sunday", Session()).session
    text = export_taste(session)
    again = import_taste(text)
    assert again.interests == session.interests and again.diffs == session.diffs
    assert json.loads(text)["interests"][0]["until"] == "2026-03-16T00:00:00Z"
    older = json.loads(text) | {"version": 3, "history": []}
    for interest in older["interests"]:
        del interest["until"]
    assert _kept(import_taste(json.dumps(older))) == {"horror": None}
    with pytest.raises(TasteError, match=r"interests\.0\.until: .*timezone"):
        import_taste(text.replace("2026-03-16T00:00:00Z", "2026-03-16T00:00:00", 1))


def test_a_profile_keeps_no_want_that_ends_and_drops_what_is_over(films: Assistant, watch: Watch) -> None:
    end = SUNDAY_IS_OVER
    never = Interest("genres", "horror", level="never", pinned=True, until=end)
    want = Interest("genres", "comedy", until=end)
    profile = remember(Profile(), Session(interests=(never, want)))
    assert [(i.value, i.until) for i in profile.interests] == [("horror", end)]
    under = Session(profile=profile.interests)
    assert lapsed(under, NOW) == under and not lapsed(under, end).profile


def test_diffs_without_an_end_still_open() -> None:
    diff = {"turn": 1, "quote": "x", "changes": [{"before": None, "after": {"facet": "genres", "value": "horror"}}]}
    (opened,) = import_taste(json.dumps({"format": "penchant taste", "version": 3, "turn": 1, "history": [diff]})).diffs
    assert isinstance(opened, Diff) and opened.changes[0].after == Interest("genres", "horror")
