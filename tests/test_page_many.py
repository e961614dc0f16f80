"""Many visitors of the page at once, and models that are slow, down or somebody's own.

Most speak to the server as a browser would, without one: gradio's queue over HTTP.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from penchant.assistant import Assistant, LanguageModel
from penchant.assistant.wiring import with_model
from penchant.ui.page.tab_controller import TabController
from penchant.ui.page.view.view import View

from .openai_server import Answer, Body, OpenAIServer, Page, Silence, Words
from .visiting import PAGE, WAIT, Visitor, assistant, served

pytestmark = PAGE

PEOPLE = 20
WISHES = ("funny, about space", "calm jazz", "tense, in court", "warm, with gardens")


class Remote:
    """A tab without a browser."""

    def __init__(self, address: str) -> None:
        self._client = httpx2.Client(base_url=f"{address}gradio_api", timeout=WAIT / 1000)
        self._session = uuid.uuid4().hex
        config = self._client.get("/../config").json()
        self._events = {event["targets"][0][1]: event["id"] for event in config["dependencies"]}

    def talk(self, act: Any) -> None:
        """Sends an event that waits in the queue, and takes in what comes until the server closes the stream.

        Whoever leaves before that, gradio forgets together with what he sends next.
        """
        body = self._body("talk", act)
        self._client.post("/queue/join", json=body).raise_for_status()
        with self._client.stream("GET", "/queue/data", params={"session_hash": self._session}) as stream:
            for line in stream.iter_lines():
                event = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if event.get("msg") == "process_completed":
                    assert event["success"], event

    def act(self, act: Any) -> tuple[Any, Any]:
        """Sends an event that is done at once; the panel after it, and what the browser is told."""
        body = self._body("act", act)
        answer = self._client.post("/run/predict", json=body).raise_for_status().json()
        return _value(answer["data"][3]), _value(answer["data"][-1])

    def _body(self, name: str, act: Any) -> dict[str, Any]:
        number = self._events[name]
        return {"data": [None], "event_data": act, "fn_index": number, "session_hash": self._session}

    def interests(self) -> set[str]:
        """What this tab is taken to want."""
        panel, _ = self.act({"act": "stop"})
        return {chip["value"] for chip in panel["active"]}

    def close(self) -> None:
        self._client.close()


def _value(part: Any) -> Any:
    """What a part of the page shows; with the labels of its buttons it is one property among others."""
    return part.get("value") if isinstance(part, dict) and part.get("__type__") == "update" else part


def test_twenty_people_are_answered_at_the_same_time_and_keep_their_own(made: Assistant) -> None:
    """The model answers nobody before all are waiting for it: if one waited for another's answer, none would come."""
    together = threading.Barrier(PEOPLE, timeout=WAIT / 1000)

    def slow(body: Body, number: int) -> Answer:
        if number < PEOPLE:
            together.wait()
        return Page(401)  # which is not asked again after a pause

    with OpenAIServer(slow) as server:
        model = LanguageModel.from_settings(server.settings(timeout=WAIT / 1000))
        with served(lambda: with_model(made, model)) as address, ThreadPoolExecutor(PEOPLE) as pool:
            tabs = [Remote(address) for _ in range(PEOPLE)]
            list(pool.map(lambda tab: tab.talk({"act": "hello"}), tabs))
            list(pool.map(lambda n: tabs[n].talk({"act": "say", "text": WISHES[n % 4]}), range(PEOPLE)))
            found = list(pool.map(Remote.interests, tabs))
            for tab in tabs:
                tab.close()
    wanted = [{"funny", "space"}, {"calm", "jazz"}, {"tense"}, {"warm", "gardens"}]
    others = [set.union(*(w for w in wanted if w is not own)) - own for own in wanted]
    for n, interests in enumerate(found):
        assert wanted[n % 4] <= interests
        assert not others[n % 4] & interests


def test_a_change_by_hand_waits_for_no_answer_and_frees_the_place_of_its_own(made: Assistant) -> None:
    """All places are taken by a model that is silent, and still what people press is done."""
    asked_for: list[int] = []

    def silent(body: Body, number: int) -> Answer:
        asked_for.append(next(n for n in range(4) if f"person {n}" in str(body)))
        return Silence()

    with OpenAIServer(silent) as server:
        model = LanguageModel.from_settings(server.settings(timeout=WAIT / 1000))
        with served(lambda: with_model(made, model), at_once=2) as address, ThreadPoolExecutor(4) as pool:
            tabs = [Remote(address) for _ in range(4)]
            for tab in tabs:
                tab.talk({"act": "hello"})
            wishes = [{"act": "say", "text": f"something funny for person {n}"} for n in range(4)]
            said = [pool.submit(tab.talk, wish) for tab, wish in zip(tabs, wishes, strict=True)]
            for asked in (2, 4):  # the others are asked about as soon as the first have left
                assert server.asked(asked, WAIT / 1000)
                for n in asked_for[asked - 2 : asked]:
                    panel, _ = tabs[n].act({"act": "add", "text": "jazz", "level": "never"})
                    assert "jazz" in {chip["value"] for chip in panel["active"]}
            for one in said:
                one.result(WAIT / 1000)
            for tab in tabs:
                tab.close()


def test_a_tab_that_the_server_has_forgotten_is_asked_to_come_back(made: Assistant) -> None:
    with served(lambda: made) as address:
        tab = Remote(address)
        assert tab.act({"act": "undo"})[1] == {"again": {"act": "undo"}}
        tab.talk({"act": "hello"})
        assert tab.act({"act": "undo"})[0]["note"] == "There is nothing to take back."
        tab.close()


def test_a_server_that_was_started_anew_goes_on_with_the_conversation(browser: Any, made: Assistant) -> None:
    """Neither what was said before nor what is said or pressed next is lost."""
    with served(lambda: made) as address:
        visitor = Visitor(browser, address)
        visitor.say("funny, about space")
    with served(lambda: made, port=urlsplit(address).port):
        visitor.say("no horror")
        assert {"funny", "space", "horror"} <= set(visitor.chips())
        assert visitor.page.locator(".pn-turn").count() == 2
    with served(lambda: made, port=urlsplit(address).port):
        visitor.insist("Undo", "Taken back")
        assert "horror" not in visitor.chips()
        visitor.context.close()


def test_a_message_sent_before_the_greeting_was_heard_comes_after_it(
    browser: Any, made: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, greet = threading.Event(), TabController.speak

    def slowly(visit: TabController, data: Any) -> Iterator[View]:
        if data["act"] == "hello":
            heard.wait(WAIT / 1000)
        yield from greet(visit, data)

    monkeypatch.setattr(TabController, "speak", slowly)
    with served(lambda: made) as address:
        page = browser.new_page()
        page.set_default_timeout(WAIT)
        page.goto(address)
        box, answers = page.get_by_label("Your message"), page.locator(".pn-answer", has_text="comes closest")
        box.fill("funny")
        box.press("Enter")
        page.get_by_text("Getting ready; “funny” is next.").wait_for()
        box.fill("no horror")
        box.press("Enter")  # one at a time: this one stays in the box
        page.wait_for_timeout(500)  # long enough to be answered before the greeting
        heard.set()
        answers.last.wait_for()
        assert box.input_value() == "no horror"
        box.press("Enter")
        answers.nth(1).wait_for()
        assert box.input_value() == ""
        page.close()


@pytest.mark.parametrize("lost", ["hello", "say"])
def test_an_event_that_is_lost_on_the_way_is_sent_again(browser: Any, made: Assistant, lost: str) -> None:
    """Gradio may forget an event that comes while the stream of another is being closed, and says nothing."""
    with served(lambda: made) as address:
        context = browser.new_context()
        context.set_default_timeout(WAIT)
        context.add_init_script(f"const real = setTimeout; window.setTimeout = {HURRY}")
        page, forgotten = context.new_page(), []

        def join(route: Any) -> None:
            event = route.request.post_data_json["event_data"]
            if event["act"] == lost and not forgotten:
                forgotten.append(event)
                route.fulfill(json={"event_id": "forgotten"})
            else:
                route.continue_()

        page.route("**/queue/join*", join)
        page.goto(address)
        page.locator(".pn-tools").wait_for()
        box = page.get_by_label("Your message")
        box.fill("funny")
        box.press("Enter")
        page.locator(".pn-answer", has_text="comes closest").wait_for()
        assert len(forgotten) == page.locator(".pn-turn").count() == 1
        context.close()


HURRY = "(done, ms, ...rest) => real(done, ms >= 5000 ? ms / 20 : ms, ...rest)"
"""What is waited for long is waited for less long."""


def test_what_is_typed_outlasts_a_reload_and_a_server_that_is_away(browser: Any, made: Assistant) -> None:
    with served(lambda: made) as address:
        visitor = Visitor(browser, address)
        visitor.say("funny, about space")
        box = visitor.page.get_by_label("Your message")
        box.fill("half a")
        visitor.page.reload()
        visitor.page.locator(".pn-tools").wait_for()
        assert box.input_value() == "half a"
    box.fill("no horror")
    box.press("Enter")
    visitor.page.locator(".pn-queue", has_text="“no horror” is sent as soon as it does").wait_for()
    with served(lambda: made, port=urlsplit(address).port):
        visitor.chip("horror").first.wait_for()
        assert {"funny", "space", "horror"} <= set(visitor.chips()) and box.input_value() == ""
        visitor.page.reload()
        visitor.page.locator(".pn-tools").wait_for()
        assert box.input_value() == ""
        visitor.context.close()


def test_two_visitors_see_only_their_own_interests(browser: Any, made: Assistant) -> None:
    with served(lambda: made) as address:
        one, other = Visitor(browser, address), Visitor(browser, address)
        one.say("funny, about space")
        other.say("calm jazz")
        assert "space" in one.chips() and "jazz" not in one.chips()
        assert "jazz" in other.chips() and "space" not in other.chips()
        one.say("warm too")
        assert "jazz" not in one.chips()
        for visitor in (one, other):
            visitor.context.close()


def test_a_model_that_is_slow_is_waited_for_in_a_queue_and_can_be_stopped(browser: Any, made: Assistant) -> None:
    go = threading.Event()

    def slow(body: Body, number: int) -> Answer:
        go.wait(WAIT / 1000)
        return Words("**Galaxy Jest** is funny.")

    with OpenAIServer(slow) as server:
        model = LanguageModel.from_settings(server.settings(timeout=WAIT / 1000))
        with served(lambda: with_model(made, model), at_once=1) as address:
            one, other = Visitor(browser, address), Visitor(browser, address)
            for visitor in (one, other):
                visitor.page.get_by_label("Your message").fill("funny, about space")
                visitor.page.get_by_label("Your message").press("Enter")
                visitor.page.locator("[data-busy], .pn-queue:not([hidden])").first.wait_for()
            other.page.locator(".pn-queue", has_text="number 1 of 1").wait_for()
            one.page.locator(".pn-first:visible").wait_for()
            one.press("Stop")
            one.page.get_by_text("Stopped. Rules alone understood this").wait_for()
            assert "space" in one.chips()
            other.page.locator(".pn-queue").wait_for(state="hidden")  # the place is free, though the model is silent
            other.page.locator("[data-busy]").wait_for()
            go.set()
            other.page.get_by_text("Galaxy Jest is funny.").wait_for()
            one.press("Retry")
            one.page.get_by_text("Galaxy Jest is funny.").wait_for()
            for visitor in (one, other):
                assert visitor.errors == []
                visitor.context.close()


def test_a_model_that_is_down_leaves_a_note_and_rules_serve(browser: Any, made: Assistant) -> None:
    with OpenAIServer(lambda body, n: Page(500)) as server:
        model = LanguageModel.from_settings(server.settings(timeout=5))
        with served(lambda: with_model(made, model)) as address:
            visitor = Visitor(browser, address)
            assert visitor.page.locator(".pn-model").inner_text().endswith("tiny: not asked yet")
            visitor.say("funny, about space")
            assert {"funny", "space"} <= set(visitor.chips())
            assert "Understood by rules: tiny" in visitor.page.locator(".pn-note").first.inner_text()
            assert "Traceback" not in visitor.page.content()
            assert visitor.page.locator(".pn-model").inner_text().endswith("tiny: not answering")
            visitor.page.locator("[data-key=model]").click()
            visitor.press("Use rules only")
            visitor.page.get_by_text("Rules, no model").first.wait_for()
            visitor.context.close()


def test_another_catalogue_is_another_conversation(browser: Any, made: Assistant, tmp_path: Path) -> None:
    shops = assistant(tmp_path / "shops", made.index.catalogue.items[6:10])
    with served({"films": lambda: made, "music": lambda: shops}) as address:
        visitor = Visitor(browser, address)
        visitor.say("funny, about space")
        visitor.page.get_by_label("Catalogue").select_option("music")
        visitor.page.get_by_role("heading", name="To begin with").wait_for()
        assert visitor.chips() == [] and len(visitor.titles()) == 4
        visitor.say("calm")
        visitor.page.reload()
        visitor.chip("calm").first.wait_for()
        assert visitor.page.get_by_label("Catalogue").input_value() == "music"
        visitor.page.get_by_label("Catalogue").select_option("films")
        visitor.chip("space").wait_for()
        assert visitor.page.locator(".pn-said").inner_text().endswith("funny, about space")
        assert visitor.errors == []
        visitor.context.close()
