"""Whatever happens to a tab, in whatever order: its state stays whole, and undo takes the last change back."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from penchant.assistant import Assistant, LanguageModel, export_taste
from penchant.retriever import MENTION, PenchantError
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.models import TabAssistants
from penchant.ui.page.state import (
    Answered,
    BrowserStorage,
    ChatState,
    Context,
    Ended,
    Event,
    Failed,
    ModelMade,
    Opened,
    PageState,
    Plain,
    Say,
    new_page,
    read_quick,
    read_slow,
    reduce,
)
from penchant.ui.page.state.browser_storage import restore
from penchant.ui.page.tab_view import page_view

from .scripted_model import ScriptedModel
from .test_page_history import HISTORY
from .visiting import ITEMS, assistant

NAMES = ("films", "music")
RETRY = {"act": "retry"}
TAKES_BACK = {"undo", "redo", "forget", "retry"}  # to say it again is first to take it back

words = st.sampled_from(["space", "funny", "horror", "jazz", "< 2000", "Rain Town", "一", "no horror"]) | st.text(
    max_size=9
)
facets = st.sampled_from(["genres", "moods", "themes", "kind", "makers", "year", "", MENTION, "no such facet"])
ids = st.sampled_from([item.id for item in ITEMS[:5]]) | st.just("no such item")
buttons = st.sampled_from(
    ["undo", "redo", "topic", "over", "forget", "export", "solo", "stop", "any_time", "server", "rules"]
)
levels = st.sampled_from(["want", "less", "never"])
maybe = {"strength": st.floats(0.01, 1), "step": st.floats(-1, 1), "level": levels, "parked": st.booleans()}
maybe |= {"pinned": st.booleans(), "to_facet": facets, "remove": st.booleans()}

quick = st.one_of(
    st.fixed_dictionaries({"act": st.just("change"), "facet": facets, "value": words, "item": ids}, optional=maybe),
    st.fixed_dictionaries({"act": st.just("change"), "facet": facets, "value": words}, optional=maybe),
    st.fixed_dictionaries({"act": st.just("add"), "text": words, "facet": facets | st.just("*"), "level": levels}),
    st.fixed_dictionaries(
        {
            "act": st.just("thumb"),
            "item": ids,
            "verdict": st.sampled_from(["like", "dislike", "seen", "later", "clear"]),
        },
        optional={"facet": facets, "value": words},
    ),
    st.fixed_dictionaries({"act": st.just("similar"), "item": ids}),
    st.fixed_dictionaries(
        {
            "act": st.just("aside"),
            "wishes": st.lists(st.fixed_dictionaries({"facet": facets, "value": words}), min_size=1, max_size=3),
        }
    ),
    st.fixed_dictionaries({"act": st.just("why"), "item": ids, "part": st.sampled_from(["path", "higher", "close"])}),
    st.fixed_dictionaries({"act": st.just("mode"), "mode": st.sampled_from(["new", "seen", "both"])}),
    st.fixed_dictionaries({"act": buttons}),
    st.fixed_dictionaries({"act": st.sampled_from(["import", "guest"]), "text": st.sampled_from(["taste", "{"])}),
    st.just({"act": "history", "file": "h.csv", "data": b64encode(HISTORY).decode()}),
    st.fixed_dictionaries({"act": st.just("same")}, optional={"row": st.integers(0, 2), "likely": st.booleans()}),
    st.just({"act": "endpoint", "model": "m"}),
)
slow = st.one_of(
    st.fixed_dictionaries({"act": st.just("say"), "text": words}),
    st.fixed_dictionaries({"act": st.just("hello"), "stored": st.sampled_from(["", "kept", "{"])}),
    st.fixed_dictionaries({"act": st.just("catalogue"), "name": st.sampled_from([*NAMES, "none"])}),
    st.just({"act": "retry"}),
)
outcomes = st.sampled_from(["opened", "answered", "ended", "late", "made", "failed"])
pressed = st.fixed_dictionaries({"act": buttons})
steps = st.lists(quick | slow | outcomes | pressed | pressed | pressed, min_size=3, max_size=14)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("reducer") / "index")


@pytest.fixture(scope="module")
def setup(made: Assistant) -> PageSetup:
    registry = CatalogueRegistry(dict.fromkeys(NAMES, lambda: made))
    for name in NAMES:
        registry.take(name).wait()
    return PageSetup(registry)


def event_of(step: Any, state: PageState, made: Assistant) -> Event:
    """The event of a step that was drawn; raises PenchantError for a message that cannot be answered."""
    taste = made.reply("funny, no horror").session
    if isinstance(step, dict):
        step = {name: export_taste(taste) if value == "taste" else value for name, value in step.items()}
        kept = BrowserStorage().text("music", {"music": ChatState(taste)})
        step = {name: kept if value == "kept" else value for name, value in step.items()}
        return (read_slow if step["act"] in ("say", "hello", "catalogue", "retry") else read_quick)(step)
    messages = state.chat.messages
    reply = next(iter(made.stream(messages[-1].said if messages else "funny", state.chat.session)))
    return {
        "opened": Opened("films"),
        "answered": Answered(state.ticket, reply),
        "late": Answered(state.ticket - 1, reply),
        "ended": Ended(state.ticket),
        "made": ModelMade(LanguageModel(ScriptedModel.of(), "own")),
        "failed": Failed("Something was wrong."),
    }[step]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(
    steps=[{"act": "change", "facet": "kind", "value": "jazz"}, {"act": "say", "text": "space"}, "answered", RETRY]
)
@given(steps=steps)
def test_any_events_leave_a_state_that_is_whole(made: Assistant, setup: PageSetup, steps: list[Any]) -> None:
    context = Context(NAMES, lambda: made)
    state = new_page(NAMES[0])
    for step in steps:
        before = state
        try:
            event = event_of(step, before, made)
            state = reduce(before, event, context)
        except PenchantError:
            continue
        assert_whole(state, setup)
        assert state.ticket >= before.ticket
        if before.chat.busy and not state.chat.busy:
            assert state.ticket > before.ticket  # whoever writes the answer is told
        if state.catalogue == before.catalogue and getattr(event, "act", "") not in {*TAKES_BACK, "hello"}:
            assert_taken_back(before.chat, state, context)


def assert_whole(state: PageState, setup: PageSetup) -> None:
    chat = state.chat
    assert [name for name, one in state.chats.items() if one.busy] in ([], [state.catalogue])
    for one in state.chats.values():
        assert all(message.progress not in ("waiting", "writing") for message in one.messages[:-1])
        assert one.back is None or not (one.back.busy or one.back.back)
        assert bool(one.open) == (one.counterfactual is not None) and (not one.open or one.open in one.shown)
        assert (one.group is not None) <= (one.guest is not None)
    assert state.understander != "own" or state.own_model
    if chat.reply:
        assert chat.reply.session.interests == chat.session.interests
    view = page_view(state, setup, TabAssistants())
    assert view.panel
    assert len(view.panel["active"]) + len(view.panel["parked"]) == len(chat.session.effective_interests)
    kept = BrowserStorage().text(state.catalogue, state.chats)
    if kept:
        assert {name: session.interests for name, (session, _) in restore(kept)[1].items()}.items() <= {
            name: one.session.interests for name, one in state.chats.items()
        }.items()


def assert_taken_back(before: ChatState, after: PageState, context: Context) -> None:
    if after.chat.session.interests == before.session.interests:
        return
    back = reduce(after, Plain(act="undo"), context).chat.session
    assert back.interests == before.session.interests
    assert not after.chat.back or back.marks == before.session.marks


@pytest.mark.parametrize(
    "data",
    [
        {"act": "change", "facet": "moods", "value": "funny", "level": "never"},
        {"act": "change", "facet": "moods", "value": "funny", "remove": True},
        {"act": "change", "facet": "moods", "value": "funny", "step": -0.4},
        {"act": "change", "facet": "moods", "value": "funny", "to_facet": "themes"},
        {"act": "add", "text": "jazz"},
        {"act": "thumb", "item": "film-1999", "verdict": "like"},
        {"act": "thumb", "item": "film-1999", "verdict": "dislike", "facet": "moods", "value": "funny"},
        {"act": "similar", "item": "film-1999"},
        {"act": "topic"},
        {"act": "over"},
        {"act": "import", "text": "taste"},
        "answered",
    ],
    ids=str,
)
def test_undo_takes_each_change_back(made: Assistant, data: Any) -> None:
    context = Context(NAMES, lambda: made)
    state = reduce(new_page("films"), Say(text="funny, about space"), context)
    for outcome in ("answered", "ended"):
        state = reduce(state, event_of(outcome, state, made), context)
    if data == "answered":
        state = reduce(state, Say(text="calm jazz"), context)
    before = state.chat.session
    state = reduce(state, event_of(data, state, made), context)
    assert state.chat.session.interests != before.interests
    state = reduce(state, Plain(act="undo"), context)
    assert state.chat.session.interests == before.interests
    assert state.chat.session.marks == before.marks


def test_an_answer_that_comes_late_changes_nothing(made: Assistant) -> None:
    context = Context(NAMES, lambda: made)
    state = reduce(new_page("films"), Say(text="funny"), context)
    late = Answered(state.ticket, made.reply("funny"))
    for event in (Plain(act="stop"), Say(text="calm jazz"), read_slow({"act": "catalogue", "name": "music"})):
        left = reduce(state, event, context)
        assert reduce(left, late, context) == left
        assert reduce(left, Ended(state.ticket), context) == left


def test_what_is_stopped_before_a_taste_is_brought_in_is_stopped_when_that_is_undone(made: Assistant) -> None:
    context = Context(NAMES, lambda: made)
    state = reduce(new_page("films"), Say(text="funny"), context)
    taste = export_taste(made.reply("calm jazz").session)
    state = reduce(state, read_quick({"act": "import", "text": taste}), context)
    state = reduce(state, Plain(act="undo"), context)
    assert [message.progress for message in state.chat.messages] == ["stopped"]


def test_a_message_can_be_stopped_before_its_catalogue_is_open(made: Assistant) -> None:
    def not_yet() -> Assistant:
        raise PenchantError("not yet")

    state = reduce(new_page("films"), Say(text="funny"), Context(NAMES, not_yet))
    state = reduce(state, Plain(act="stop"), Context(NAMES, not_yet))
    assert not state.chat.busy


def test_a_state_is_a_value(made: Assistant, tmp_path: Path) -> None:
    context = Context(NAMES, lambda: made)
    before = reduce(new_page("films"), Opened("films"), context)
    copy = replace(before, chats=dict(before.chats))
    reduce(before, read_quick({"act": "add", "text": "jazz"}), context)
    reduce(before, Plain(act="forget"), context)
    assert before == copy
