"""What is told of a turn: its parts and how long they took, to those who ask, and never what anybody said."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from penchant.assistant import Assistant, LanguageModel, Session
from penchant.assistant.api_schema import transcript
from penchant.assistant.traces import exporting, turn_spans
from penchant.assistant.wiring import make_assistant
from penchant.retriever import Index, PenchantError
from penchant.retriever.watching import Timings, happened, part, watched_by
from penchant.tools import Recommender
from penchant.tools.http.keys import Keys
from penchant.tools.http.middleware import Limits
from penchant.tools.http.running import Metrics
from penchant.tools.http.service import build_app

from .conftest import PATIENCE
from .loopback import serving
from .openai_server import OpenAIServer, Page
from .test_service import KEY, chat, service, user

SAID = "a drama with zwieback"


def test_parts_are_told_to_who_watches_and_to_nobody_after() -> None:
    inner, outer = Timings(), Timings()
    with watched_by(outer):
        with watched_by(inner), part("one"), part("two"):
            happened("something")
        with part("two"):
            pass
    with part("three"):
        pass
    assert list(inner.seconds) == list(outer.seconds) == ["two", "one"]
    assert outer.seconds["two"] > inner.seconds["two"] > 0


def test_a_part_that_fails_has_ended() -> None:
    timings = Timings()
    with pytest.raises(ZeroDivisionError), watched_by(timings), part("one"):
        _ = 1 / 0
    assert timings.seconds["one"] > 0


def test_a_turn_played_as_json_has_its_timings(index: Index) -> None:
    (turn,) = transcript(Assistant(index, k=1), [SAID])["turns"]
    assert list(turn["timings"]) == ["understand", "search", "explain"]
    assert all(value >= 0 for value in turn["timings"].values())


def test_timings_come_with_an_answer_to_who_asks(index: Index) -> None:
    with service(index) as client:
        asked = {"json": {"message": SAID}}
        assert "server-timing" not in client.post("/api/recommend", **asked).headers
        for wish in ("timings", "respond-async, Timings"):
            told = client.post("/api/recommend", headers={"prefer": wish}, **asked).headers["server-timing"]
            assert re.fullmatch(r"understand;dur=[\d.]+, search;dur=[\d.]+, explain;dur=[\d.]+", told)
        streamed = {"model": "penchant", "messages": [user(SAID)], "stream": True}
        response = client.post("/v1/chat/completions", json=streamed, headers={"prefer": "timings"})
        assert response.headers["server-timing"].startswith("understand;dur=")


@pytest.fixture
def failing() -> Iterator[LanguageModel]:
    """Its server refuses the key."""
    with OpenAIServer(lambda body, n: Page(401)) as server:
        model = LanguageModel.from_settings(server.settings())
        assert model
        yield model


# figures


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def figures(client: httpx2.Client) -> dict[str, float]:
    lines = client.get("/metrics").raise_for_status().text.splitlines()
    pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in pairs}


@pytest.mark.extra("telemetry")
def test_figures_tell_what_a_service_does(index: Index, metrics: Metrics, failing: LanguageModel) -> None:
    assistant = make_assistant(index, failing, k=1, watches=[lambda: metrics])
    app = build_app(Recommender(assistant), limits=Limits(0, most_bytes=1000), keys=Keys([KEY]), metrics=metrics)
    with serving(app) as url, httpx2.Client(base_url=url, timeout=PATIENCE) as client:
        assert client.get("/metrics").status_code == 401
        client.headers["authorization"] = f"Bearer {KEY}"
        first = client.post("/api/recommend", json={"message": SAID}).json()
        client.post("/api/recommend", json={"message": "no war", "session_id": first["session_id"]})
        client.post("/api/recommend", content=b"x" * 1001)
        chat(client, [user(SAID)])
        found = figures(client)
        text = client.get("/metrics").text
    counts = {name: found[f'penchant_part_seconds_count{{part="{name}"}}'] for name in ("turn", "understand", "search")}
    assert counts == dict.fromkeys(counts, 3.0)
    assert found["penchant_sessions_total"] == 2.0 and found["penchant_model_failures_total"] >= 3.0
    assert found['penchant_refused_total{status="401"}'] == found['penchant_refused_total{status="413"}'] == 1.0
    for secret in ("zwieback", "drama", KEY, first["session_id"]):
        assert secret not in text


def test_without_being_asked_for_there_are_no_figures(index: Index) -> None:
    with service(index) as client:
        assert client.get("/metrics").status_code == 404


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("prometheus_client", "opentelemetry.sdk.trace"):
        monkeypatch.setitem(sys.modules, name, None)
    for use in (Metrics, lambda: exporting("nothing")):
        with pytest.raises(PenchantError, match=r"needs? the telemetry extra: pip install 'penchant\[telemetry\]'"):
            use()


# spans


@pytest.mark.extra("telemetry")
def test_a_turn_is_a_tree_of_spans_without_words(index: Index, failing: LanguageModel) -> None:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    make_assistant(index, failing, watches=[turn_spans(provider)]).reply(SAID, Session())
    spans: Any = kept.get_finished_spans()
    names = {span.context.span_id: span.name for span in spans}
    parents = {span.name: names.get(span.parent.span_id) if span.parent else None for span in spans}
    assert parents == {"turn": None, "understand": "turn", "search": "turn", "explain": "turn"}
    assert len({span.context.trace_id for span in spans}) == 1
    assert {event.name for span in spans for event in span.events} >= {"model_failure"}
    assert "zwieback" not in "".join(span.to_json() for span in spans)


@pytest.mark.extra("telemetry")
def test_an_exporter_that_there_is_not_is_named() -> None:
    with pytest.raises(PenchantError, match=r"PENCHANT_TRACES must be one of console, .*, not 'nowhere'"):
        exporting("nowhere")


@pytest.mark.slow
@pytest.mark.extra("telemetry")
def test_a_command_sends_its_spans_where_the_setting_says(tmp_path: Path, demo_index: Index) -> None:
    from .conftest import clean_environment

    folder = demo_index.engine.folder
    assert folder
    settings = {"PENCHANT_TRACES": "console", "PENCHANT_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "penchant.ui", "ask", SAID, "--catalogue", str(folder)]
    done = subprocess.run(command, env=clean_environment() | settings, capture_output=True, text=True, check=True)
    names = re.findall(r'"name": "(\w+)"', done.stdout)
    assert {"turn", "understand", "search", "embed", "explain"} <= set(names)
    assert json.dumps(SAID) not in done.stdout


def test_nothing_of_it_is_loaded_when_it_is_off(index: Index) -> None:
    script = "import penchant.assistant.wiring, penchant.tools.http.service, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"opentelemetry.sdk", "prometheus_client"} & set(done.stdout.split())
