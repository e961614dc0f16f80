"""Events, visits and what a browser keeps of them, as data: no browser, no server."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant, LanguageModel, TasteError, export_taste
from penchant.assistant.wiring import with_model
from penchant.retriever import Interest, PenchantError
from penchant.ui.page.catalogue_registry import CatalogueRegistry, PageSetup
from penchant.ui.page.state import Choose, Context, Made, new_page, reduce
from penchant.ui.page.state.browser_storage import LARGEST, BrowserStorage, restore
from penchant.ui.page.state.chat_buttons import unsaid
from penchant.ui.page.state.chat_state import ChatState, Message
from penchant.ui.page.state.events import EventError, Plain, read_quick, read_slow
from penchant.ui.page.tab_controller import TabController

from .conftest import PATIENCE
from .openai_server import Answer, Body, OpenAIServer, Page
from .scripted_model import ScriptedModel
from .visiting import assistant


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("parts") / "index")


@pytest.fixture
def tab(made: Assistant) -> TabController:
    found = TabController(PageSetup(CatalogueRegistry({"demo": lambda: made})))
    list(found.speak({"act": "hello"}))
    return found


def said(tab: TabController, text: str) -> Any:
    return [*tab.speak({"act": "say", "text": text})][-1]


# events


@pytest.mark.parametrize("read", [read_quick, read_slow])
@given(
    data=st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_whatever_is_no_act_is_refused(read: Callable[[Any], Any], data: Any) -> None:
    with pytest.raises(EventError):
        read(data)


def test_a_refused_event_is_not_quoted() -> None:
    with pytest.raises(EventError) as found:
        read_quick({"act": "endpoint", "model": "m", "key": ["sk-secret"]})
    assert "sk-secret" not in str(found.value)
    assert found.value.__cause__ is not None


def test_acts_come_back_from_their_buttons() -> None:
    act = Plain(act="undo")
    assert read_quick(json.loads(act.json_text())) == act


# a tab


def test_a_change_by_hand_ends_an_answer_that_is_being_written(made: Assistant) -> None:
    chat = ScriptedModel.of("no JSON", "no JSON", "no JSON", "no JSON", "**Galaxy Jest** is funny. " * 3)
    model = LanguageModel(chat, "scripted")
    found = TabController(PageSetup(CatalogueRegistry({"demo": lambda: with_model(made, model)})))
    list(found.speak({"act": "hello"}))
    answer = found.speak({"act": "say", "text": "funny, about space"})
    next(answer)  # it is being understood
    first = next(answer)  # the picks are there
    assert first.chat and first.chat["busy"]
    done = found.do({"act": "add", "text": "jazz", "level": "want"})
    assert done.chat and not done.chat["busy"]
    assert "Stopped" in done.chat["messages"][-1]["notes"][-1]
    last = [*answer][-1]
    assert last.panel and {"funny", "space", "jazz"} <= {chip["value"] for chip in last.panel["active"]}


def test_a_tab_abandons_only_so_many_answers(made: Assistant) -> None:
    """A message after them waits until the model has given one of them up."""
    go = threading.Event()

    def slow(body: Body, number: int) -> Answer:
        go.wait(PATIENCE)
        return Page(401)  # which is not asked again after a pause

    with OpenAIServer(slow) as server:
        model = LanguageModel.from_settings(server.settings(timeout=PATIENCE))
        found = TabController(PageSetup(CatalogueRegistry({"demo": lambda: with_model(made, model)})))
        list(found.speak({"act": "hello"}))
        for n in range(4):
            reader = threading.Thread(target=said, args=(found, "calm jazz"))
            reader.start()
            assert server.asked(n + 1, PATIENCE)
            found.do({"act": "stop"})
            reader.join()
        last = found.speak({"act": "say", "text": "calm jazz"})
        next(last)
        reader = threading.Thread(target=list, args=(last,))
        reader.start()
        assert not server.asked(5, 0.3) and reader.is_alive()
        go.set()
        reader.join()
    panel = found.do({"act": "stop"}).panel
    assert panel and "jazz" in {chip["value"] for chip in panel["active"]}


def test_events_of_one_tab_at_the_same_time_lose_nothing(tab: TabController) -> None:
    words = [f"wish number {n}" for n in range(12)]
    threads = [threading.Thread(target=tab.do, args=({"act": "add", "text": w, "level": "want"},)) for w in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    panel = tab.do({"act": "stop"}).panel
    assert panel and {chip["value"] for chip in panel["active"]} == set(words)


def test_start_over_and_import_are_undone(tab: TabController, made: Assistant) -> None:
    said(tab, "funny, about space")
    other = export_taste(made.reply("calm jazz").session)
    for act in ({"act": "over"}, {"act": "import", "text": other}):
        changed = tab.do(act).panel
        back = tab.do({"act": "undo"})
        assert changed and "space" not in {chip["value"] for chip in changed["active"]}
        assert back.panel and "space" in {chip["value"] for chip in back.panel["active"]}
        assert back.chat and len(back.chat["messages"]) == 1


def test_what_could_not_be_opened_is_said(tmp_path: Path) -> None:
    def load() -> Assistant:
        raise PenchantError("the disk is gone")

    found = TabController(PageSetup(CatalogueRegistry({"demo": load})))
    view = [*found.speak({"act": "hello"})][-1]
    assert view.panel and view.panel["note"] == "The disk is gone."
    view = said(found, "funny")
    assert view.chat and view.chat["messages"][0]["notes"] == ["The disk is gone."]


@pytest.mark.parametrize("opens", [True, False])
def test_a_message_before_the_catalogue_is_open_has_the_page_to_itself(made: Assistant, opens: bool) -> None:
    """What the greeting would show is older than its answer, and could come after it."""
    go = threading.Event()

    def load() -> Assistant:
        go.wait(PATIENCE)
        if not opens:
            raise PenchantError("the disk is gone")
        return made

    found = TabController(PageSetup(CatalogueRegistry({"demo": load})))
    hello, answer = found.speak({"act": "hello"}), found.speak({"act": "say", "text": "funny"})
    assert next(hello).chat and next(answer).chat
    go.set()
    assert [*hello] == []
    views = [*answer]
    last = views[-1].chat
    assert last and not last["busy"] and len(last["messages"]) == 1
    assert last["messages"][0]["notes"] == ([] if opens else ["The disk is gone."])
    assert bool(views[-1].picks and views[-1].picks["cards"]) is opens


def test_a_message_to_a_restored_conversation_waits_for_the_catalogue(made: Assistant) -> None:
    go = threading.Event()

    def load() -> Assistant:
        go.wait(PATIENCE)
        return made

    stored = BrowserStorage().text(
        "demo", {"demo": ChatState(made.reply("funny").session, (Message("funny", "Picks"),))}
    )
    found = TabController(PageSetup(CatalogueRegistry({"demo": load})))
    hello, answer = found.speak({"act": "hello", "stored": stored}), found.speak({"act": "say", "text": "no horror"})
    next(hello), next(answer)
    go.set()
    assert [*hello] == []
    last = [*answer][-1]
    assert last.chat and [m["said"] for m in last.chat["messages"]] == ["funny", "no horror"]
    assert last.chat["messages"][1]["notes"] == [] and not last.chat["busy"]
    assert last.panel and {"funny", "horror"} <= {chip["value"] for chip in last.panel["active"]}


def test_a_message_taken_out_keeps_what_was_changed_by_hand_since(made: Assistant) -> None:
    from penchant.assistant import Edit, edit

    one = made.reply("funny").session
    two = made.reply("no horror", one).session
    edited = edit(two, [Edit("genres", "jazz", level="want")], made.index.catalogue)
    left = unsaid(edited, "no horror")
    assert {i.value for i in left.interests} == {i.value for i in one.interests} | {"jazz"}
    assert left.turn == one.turn
    assert unsaid(edited, "something that was never said") == edited


# what the browser keeps


def test_a_visit_is_kept_and_restored(made: Assistant) -> None:
    session = made.reply("funny, no horror").session
    chat = ChatState(
        session, (Message("funny, no horror", "**Some** picks", "by rules"), Message("and", progress="writing"))
    )
    text = BrowserStorage().text("films", {"films": chat, "untouched": ChatState()})
    assert text is not None
    name, chats = restore(text)
    restored, messages = chats["films"]
    assert name == "films" and [*chats] == ["films"]
    assert replace(restored, id="") == replace(session, id="", screen=restored.screen)
    assert [message.progress for message in messages] == ["done", "stopped"]


def test_what_is_large_is_kept_without_its_words(made: Assistant) -> None:
    session = made.reply("funny").session
    chat = ChatState(session, tuple(Message("x" * 20_000) for _ in range(40)))
    text = BrowserStorage().text("films", {"films": chat})
    assert text is not None and len(text) <= LARGEST
    assert restore(text)[1]["films"][1] == ()
    huge = tuple(Interest("", f"{n} " + "x" * 9000, quote="") for n in range(60))
    assert BrowserStorage().text("films", {"films": ChatState(replace(session, interests=huge))}) is None
    assert BrowserStorage().text("films", {"films": ChatState()}) == ""


@given(st.text() | st.builds(json.dumps, st.dictionaries(st.text(), st.text())))
def test_what_a_browser_makes_up_is_refused(text: str) -> None:
    with pytest.raises(TasteError):
        restore(text)


def test_the_time_one_has_is_a_chip_that_takes_it_back(tab: TabController) -> None:
    view = said(tab, "I have 110 minutes, something funny")
    assert view.panel["listed"] and view.panel["time"]["value"] == "time: 1 hour 50 minutes"
    assert view.panel["time"]["quote"] == "I have 110 minutes, something funny"
    after = tab.do(json.loads(view.panel["time"]["act"]))
    assert after.panel and after.panel["time"] is None


def test_an_answer_that_speaks_of_what_is_gone_says_so(tab: TabController) -> None:
    view = said(tab, "something funny")
    first = view.picks["cards"][0]
    assert f"{first['title']}" in str(view.chat["messages"][-1]["blocks"])
    after = tab.do({"act": "thumb", "item": first["id"], "verdict": "seen"})
    assert after.chat and after.chat["messages"][-1]["notes"] == [f"{first['title']} is no longer among the picks."]


def test_a_catalogue_that_comes_in_a_conversation_is_offered(made: Assistant) -> None:
    context = Context(("demo", "new"), lambda: made, False, True)
    talked = replace(new_page("demo"), chats={"demo": ChatState(messages=(Message("funny"),))})
    offered = reduce(talked, Made("new"), context)
    assert (offered.catalogue, offered.made) == ("demo", "new")
    opened = reduce(offered, Choose(name="new"), context)
    assert (opened.catalogue, opened.made) == ("new", "")
