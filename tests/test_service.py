"""The service on loopback: keys, limits, errors, logs, chats, and many at once."""

from __future__ import annotations

import base64
import io
import json
import logging
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
from openai import APIStatusError, NotFoundError, OpenAI

from penchant.assistant import Assistant, LanguageModel, ModelError
from penchant.assistant.wiring import make_assistant
from penchant.retriever import Index, Schema
from penchant.tools import Recommender
from penchant.tools.http.keys import KeyFileError, Keys, read_keys
from penchant.tools.http.middleware import Limits, TokenBuckets, names_for
from penchant.tools.http.openai_schema import Piece, events
from penchant.tools.http.request_log import JsonLines
from penchant.tools.http.service import build_app

from .chat_programs import PERSONAS, PROMPTS
from .conftest import PATIENCE
from .loopback import serving
from .scripted_model import ScriptedModel, answer, tag
from .test_client_prompts import TAGS, TITLE

KEY, OTHER = "key-of-one-person-1", "key-of-another-person"
FREE = Limits(per_minute=0)
FILMS = ("want", "film")
"""All that is on the screen after the first message."""
Chat = list[dict[str, str]]


@contextmanager
def service(index: Index, model: LanguageModel | None = None, key: str = "", **options: Any) -> Iterator[httpx2.Client]:
    """A client of a service of its own."""
    app = build_app(Recommender(make_assistant(index, model, k=3)), "films and books", **{"limits": FREE, **options})
    headers = {"authorization": f"Bearer {key}"} if key else {}
    with serving(app) as url, httpx2.Client(base_url=url, headers=headers, timeout=PATIENCE) as client:
        yield client


@pytest.fixture(scope="module")
def client(index: Index) -> Iterator[httpx2.Client]:
    with service(index) as client:
        yield client


def chat(client: httpx2.Client, messages: Chat, **options: Any) -> dict[str, Any]:
    asked = {"model": "penchant", "messages": messages, **options}
    return dict(client.post("/v1/chat/completions", json=asked).raise_for_status().json())


def user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


def said(completion: dict[str, Any]) -> dict[str, str]:
    return dict(completion["choices"][0]["message"])


def kept(completion: dict[str, Any]) -> set[tuple[str, str]]:
    return {(i["level"], i["value"]) for i in completion["penchant"]["interests"] if i["facet"]}


def code(response: httpx2.Response) -> tuple[int, str]:
    problem = response.json()
    assert problem.keys() == {"error"} and problem["error"].keys() == {"message", "type", "code"}
    return response.status_code, problem["error"]["code"]


# keys and limits


def test_only_who_has_a_key_is_let_in(index: Index) -> None:
    with service(index, keys=Keys([KEY, OTHER])) as client:
        for path in ("/v1/models", "/api/catalogue", "/openapi.json", "/mcp", "/nowhere"):
            assert code(client.get(path)) == (401, "no_key")
        wrong = ("Bearer", f"Bearer {KEY}x", f"Bearer {KEY[:-1]}", f"Basic {KEY}", "Basic !!", b"Bearer \xff", KEY)
        for header in wrong:
            assert client.get("/v1/models", headers={"authorization": header}).status_code == 401
        basic = base64.b64encode(f"anybody:{KEY}".encode()).decode()
        for header in (f"Bearer {KEY}", f"bearer  {OTHER}", f"Basic {basic}"):
            assert client.get("/v1/models", headers={"authorization": header}).status_code == 200
        assert client.get("/healthz").json() == {"status": "alive"}
        assert client.get("/v1/models").headers["www-authenticate"] == "Bearer"
        assert client.get("/").headers["www-authenticate"].startswith("Basic ")  # a browser asks for it


def test_keys_are_long_and_read_from_a_file(tmp_path: Any) -> None:
    (tmp_path / "keys").write_text(f"# of the house\n{KEY}\n\n  {OTHER}  \n")
    keys = Keys(read_keys(tmp_path / "keys"))
    assert keys.caller(f"Bearer {KEY}") != keys.caller(f"Bearer {OTHER}") is not None
    assert KEY not in repr(vars(keys)) and not Keys()
    (tmp_path / "none").write_text("# none\n")
    for file, said in ((tmp_path / "none", "no key in it"), (tmp_path / "nowhere", "cannot be read")):
        with pytest.raises(KeyFileError, match=said):
            read_keys(file)
    with pytest.raises(KeyFileError, match="at least 16"):
        Keys(["short"])


def test_who_calls_too_often_waits(index: Index) -> None:
    with service(index, keys=Keys([KEY, OTHER]), limits=Limits(per_minute=3)) as client:
        mine, other = ({"authorization": f"Bearer {key}"} for key in (KEY, OTHER))
        assert [client.get("/v1/models", headers=mine).status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = client.get("/v1/models", headers=mine)
        assert code(refused) == (429, "too_many_requests") and 1 <= int(refused.headers["retry-after"]) <= 21
        assert client.get("/v1/models", headers=other).status_code == 200
        assert client.get("/healthz").status_code == 200


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    buckets = TokenBuckets(60, lambda: now[0])
    assert [buckets.take("a") for _ in range(60)] == [0.0] * 60
    assert buckets.take("a") == 1.0 and buckets.take("b") == 0.0
    now[0] = 1.5
    assert buckets.take("a") == 0.0 and buckets.take("a") == 0.5
    now[0] = 1e6
    assert [buckets.take("a") for _ in range(61)][-2:] == [0.0, 1.0]


def test_what_is_too_large_is_refused(index: Index) -> None:
    with service(index, limits=Limits(0, most_bytes=1000)) as client:
        assert code(client.post("/api/recommend", content=b"x" * 1001)) == (413, "too_large")
        parts = iter([b"x" * 400] * 3)
        assert code(client.post("/v1/chat/completions", content=parts)) == (413, "too_large")
        assert client.post("/api/recommend", json={"message": "a drama"}).status_code == 200


def test_no_foreign_name_leads_here(index: Index) -> None:
    """A page of evil.test whose name points to this machine is not let in."""
    with service(index, limits=Limits(0, hosts=names_for("127.0.0.1"))) as client:
        evil = ("evil.test", "evil.test:80", "127.0.0.1.evil.test", "127.0.0.1@evil.test", "evil.test/@127.0.0.1", "")
        for host in evil:
            assert client.get("/v1/models", headers={"host": host}).status_code in (400, 421)
        for host in ("localhost:8300", "127.0.0.1", "[::1]:8300", "LOCALHOST"):
            assert client.get("/v1/models", headers={"host": host}).status_code == 200


# errors


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/api/recommend", {}, (422, "invalid_arguments")),
        ("/api/recommend", {"message": "x", "k": 0}, (422, "invalid_arguments")),
        ("/api/recommend", {"message": "  "}, (422, "invalid_arguments")),
        ("/api/recommend", {"message": "more", "session_id": "guessed"}, (404, "unknown_session")),
        ("/api/recommend", {"message": "x", "kinds": ["opera"]}, (404, "unknown_name")),
        ("/api/interests", {"session_id": "guessed"}, (404, "unknown_session")),
        ("/api/compare", {"items": ["i1", "No Such Film"]}, (404, "unknown_name")),
        ("/api/edit_interests", {"edits": [{"facet": "colour", "value": "red"}]}, (409, "edit_error")),
        ("/api/sing", {}, (404, "http_404")),
        ("/v1/chat/completions", {"model": "gpt", "messages": [user("a drama")]}, (404, "unknown_model")),
        ("/v1/chat/completions", {"model": "penchant", "messages": []}, (400, "invalid_arguments")),
        ("/v1/chat/completions", {"model": "penchant", "messages": [user(" ")]}, (400, "message_error")),
        ("/v1/chat/completions", {"model": "penchant", "messages": [user("x" * 8001)]}, (400, "message_error")),
        ("/v1/chat/completions", {"model": "penchant", "messages": [user("x")], "n": 2}, (400, "invalid_arguments")),
        (
            "/v1/chat/completions",
            {"model": "penchant", "messages": [{"role": "system", "content": "x"}]},
            (400, "message_error"),
        ),
    ],
)
def test_every_refusal_has_one_form(client: httpx2.Client, path: str, body: Any, expected: tuple[int, str]) -> None:
    assert code(client.post(path, json=body)) == expected


def test_a_repeated_request_is_a_conflict(client: httpx2.Client) -> None:
    handle = client.post("/api/recommend", json={"message": "a drama"}).json()["session_id"]
    asked = {"session_id": handle, "request_id": "1"}
    assert client.post("/api/recommend", json={"message": "no horror", **asked}).status_code == 200
    assert code(client.post("/api/recommend", json={"message": "no war", **asked})) == (409, "repeated_request")


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """What a service logs, as `penchant serve` sets it up."""
    stream, names = io.StringIO(), ("penchant", "uvicorn")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    for name in names:
        logging.getLogger(name).addHandler(handler)
    logging.getLogger("penchant").setLevel(logging.INFO)
    try:
        yield stream
    finally:
        for name in names:
            logging.getLogger(name).removeHandler(handler)


def test_what_goes_wrong_inside_stays_inside() -> None:
    def broken() -> Assistant:
        raise RuntimeError("zwieback with anchovies")

    app = build_app(Recommender(broken), limits=FREE)
    with logged() as log, serving(app) as url:
        response = httpx2.post(f"{url}/api/recommend", json={"message": "zwieback with anchovies"})
    assert code(response) == (500, "internal_error") and "zwieback" not in response.text
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert any(line.get("error") == "RuntimeError" and line["where"] for line in lines)
    assert "zwieback" not in log.getvalue()


# logs


def test_logs_tell_what_happened_and_not_what_was_said(index: Index) -> None:
    with logged() as log, service(index, key=KEY, keys=Keys([KEY])) as client:
        first = client.post("/api/recommend", json={"message": "zwieback with anchovies"})
        chat(client, [user("zwieback with anchovies")])
        client.post("/api/recommend", json={"message": "zwieback", "session_id": "guessed"})
        client.get("/v1/models?key=zwieback")
    text, lines = log.getvalue(), [json.loads(line) for line in log.getvalue().splitlines()]
    requests = [line for line in lines if line["logger"] == "penchant.requests"]
    assert [(line["path"], line["status"]) for line in requests] == [
        ("/api/recommend", 200),
        ("/v1/chat/completions", 200),
        ("/api/recommend", 404),
        ("/v1/models", 200),
    ]
    assert requests[0]["request"] == first.headers["x-request-id"] and requests[0]["ms"] >= 0
    assert len({line["caller"] for line in requests}) == 1 and requests[0]["caller"]
    for secret in ("zwieback", KEY, first.json()["session_id"], "guessed"):
        assert secret not in text


def test_words_are_logged_if_that_is_asked_for(index: Index) -> None:
    with logged() as log, service(index, key=KEY, keys=Keys([KEY]), log_bodies=True) as client:
        client.post("/api/recommend", json={"message": "zwieback"})
    assert "zwieback" in json.loads(log.getvalue().splitlines()[-1])["body"] and KEY not in log.getvalue()


# health


def test_readiness_is_told_apart_from_health(index: Index) -> None:
    state = ["loading"]
    with service(index, state=lambda: state[0]) as client:
        for status, expected in (("loading", 503), ("failed", 503), ("ready", 200)):
            state[0] = status
            response = client.get("/readyz")
            assert (response.status_code, response.json()) == (expected, {"status": status})
            assert client.get("/healthz").status_code == 200


def test_health_is_told_however_many_wait(index: Index) -> None:
    """More requests than are worked on at once wait for an assistant that is still being opened."""
    opened, waiting = threading.Event(), threading.Semaphore(0)

    def load() -> Assistant:
        waiting.release()
        assert opened.wait(PATIENCE)
        return Assistant(index)

    app = build_app(Recommender(load), limits=FREE, state=lambda: "ready" if opened.is_set() else "loading")
    with serving(app) as url, ThreadPoolExecutor(150) as pool, httpx2.Client(base_url=url, timeout=PATIENCE) as client:
        asked = [pool.submit(client.get, "/api/catalogue") for _ in range(150)]
        assert all(waiting.acquire(timeout=PATIENCE) for _ in range(100))
        with httpx2.Client(base_url=url, timeout=PATIENCE) as other:
            assert other.get("/healthz").status_code == 200 and other.get("/readyz").status_code == 503
        opened.set()
        assert {one.result().status_code for one in asked} == {200}


# chats


def test_a_chat_goes_on(client: httpx2.Client) -> None:
    messages = [user("a drama")]
    for text in ("no horror", "a thriller"):
        messages += [said(chat(client, messages)), user(text)]
    assert kept(chat(client, messages)) == {("want", "Drama"), ("never", "Horror"), ("want", "Thriller"), FILMS}
    assert kept(chat(client, [*messages[:2], user("no comedy")])) == {("want", "Drama"), ("never", "Comedy"), FILMS}


def test_prompts_of_the_chat_program_leave_no_trace(client: httpx2.Client) -> None:
    first = chat(client, [user("a drama, no horror")])
    assert json.loads(said(chat(client, [user(TITLE)]))["content"]) == {"title": "A slow drama about the sea"}
    assert json.loads(said(chat(client, [user(TAGS)]))["content"]) == {"tags": ["Drama"]}
    within = [user("a drama, no horror"), said(first), user("Write a title for this chat in 5 words or less.")]
    title = chat(client, within)
    assert said(title)["content"] == "A drama, no horror" and title["penchant"] is None
    again = chat(client, [*within, said(title), user("a thriller")])
    assert kept(again) == {("want", "Drama"), ("never", "Horror"), ("want", "Thriller"), FILMS}


def test_prompts_of_many_programs_leave_no_trace(client: httpx2.Client) -> None:
    for name, turns in PROMPTS.items():
        answered = chat(client, [{"role": turn.role, "content": turn.text} for turn in turns])
        assert answered["penchant"] is None, name
    assert kept(chat(client, [{"role": "system", "content": PERSONAS[0]}, user("a drama")])) == {("want", "Drama")}


def test_a_system_prompt_is_no_taste(client: httpx2.Client) -> None:
    told = {"role": "system", "content": "The user loves horror and hates drama. Today is Tuesday."}
    assert kept(chat(client, [told, user("a drama")])) == {("want", "Drama")}


def test_parts_of_a_message_are_read_as_text(client: httpx2.Client) -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
    parts: Any = {"role": "user", "content": [{"type": "text", "text": "a drama"}, picture]}
    assert kept(chat(client, [parts], temperature=0.2, tools=[], seed=1)) == {("want", "Drama")}


def test_the_openai_client_sees_models_errors_and_streams(client: httpx2.Client) -> None:
    with OpenAI(api_key="none", base_url=str(client.base_url.join("/v1")), max_retries=0) as openai:
        assert [model.id for model in openai.models.list()] == ["penchant"]
        assert openai.models.retrieve("penchant").owned_by == "penchant"
        with pytest.raises(NotFoundError, match="no model 'gpt'"):
            openai.models.retrieve("gpt")
        messages: Any = [user("a drama")]
        with pytest.raises(APIStatusError):
            openai.chat.completions.create(model="penchant", messages=[])
        stream = openai.chat.completions.create(
            model="penchant", messages=messages, stream=True, stream_options={"include_usage": True}
        )
        *chunks, usage = list(stream)
        whole = openai.chat.completions.create(model="penchant", messages=messages)
    assert usage.choices == [] and usage.usage and usage.usage.total_tokens == 0
    assert chunks[0].choices[0].delta.role == "assistant" and chunks[-1].choices[0].finish_reason == "stop"
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == whole.choices[0].message.content and len({chunk.id for chunk in chunks}) == 1


def words(client: httpx2.Client, messages: Chat) -> list[str]:
    """The words of a streamed answer as they come."""
    found = []
    asked = {"model": "penchant", "messages": messages, "stream": True}
    with client.stream("POST", "/v1/chat/completions", json=asked) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        for line in response.iter_lines():
            if line.startswith("data: {"):
                (choice,) = json.loads(line[6:])["choices"]
                found.append(choice["delta"].get("content", ""))
    return [word for word in found if word]


def test_the_words_of_a_model_come_as_they_are_said(index: Index) -> None:
    heard = answer(tag("genres", "Drama"))
    model = ScriptedModel.of(heard, "**Gladiator** is a drama. **Interstellar** is one too.")
    with service(index, model.language_model()) as client:
        found = words(client, [user("a drama")])
    assert len(found) > 1 and "".join(found) == "**Gladiator** is a drama. **Interstellar** is one too."


def test_an_answer_that_breaks_off_starts_anew_and_is_remembered_so(index: Index) -> None:
    heard = answer(tag("genres", "Drama"))
    model = ScriptedModel.of(heard, ["**Gladiator** is a drama. **Interstellar**", ModelError("gone")])
    with service(index, model.language_model()) as client:
        text = "".join(words(client, [user("a drama")]))
        assert "\n\nThree Drama films." in text and text.startswith("**Gladiator** is a drama.")
        assert re.search(r"\*Explained from the shares: .*\*$", text)
        more = chat(client, [user("a drama"), {"role": "assistant", "content": text}, user("no horror")])
    assert kept(more) == {("want", "Drama"), ("never", "Horror"), FILMS}


def test_an_error_on_the_way_is_an_event() -> None:
    def pieces() -> Iterator[Piece]:
        yield Piece("Some words")
        raise ModelError("gone")

    *lines, end = list(events("penchant", "hi", pieces(), Schema(()), with_usage=False))
    problems = [json.loads(line[6:]) for line in lines if '"error"' in line]
    assert problems == [{"error": {"message": "gone", "type": "invalid_request_error", "code": "model_error"}}]
    assert end == "data: [DONE]\n\n"


# many at once


def test_200_at_once_get_their_own_answers(client: httpx2.Client) -> None:
    """Half of them talk under handles, half in chats; each wants something else, and none hears of another."""
    wants = ("drama", "comedy", "sci-fi", "thriller", "romance", "mystery", "poetry", "history", "adventure", "horror")

    def operate(n: int) -> None:
        want = wants[n % 10]
        first = post("/api/recommend", {"message": f"{want}, number {n}", "k": 1})
        again = post("/api/recommend", {"message": "no war", "session_id": first["session_id"], "k": 1})
        check({(i["level"], i["value"].lower()) for i in again["interests"] if i["facet"]}, want)
        assert [i["quote"] for i in again["interests"] if i["quote"].endswith(f"number {n}")]
        handles.append(first["session_id"])

    def converse(n: int) -> None:
        want = wants[n % 10]
        messages = [user(f"{want}, number {n}")]
        messages += [said(post("/v1/chat/completions", {"model": "penchant", "messages": messages})), user("no war")]
        again = post("/v1/chat/completions", {"model": "penchant", "messages": messages})
        check({(level, value.lower()) for level, value in kept(again)}, want)

    def check(found: set[tuple[str, str]], want: str) -> None:
        assert ("want", want) in found
        assert not {("want", other) for other in wants if other != want} & found

    def post(path: str, body: Any) -> dict[str, Any]:
        response = client.post(path, json=body)
        assert response.status_code == 200, response.text
        return dict(response.json())

    handles: list[str] = []
    jobs: list[Callable[[int], None]] = [operate, converse]
    with ThreadPoolExecutor(200) as pool:
        for done in [pool.submit(jobs[n % 2], n) for n in range(200)]:
            done.result()
    assert len(set(handles)) == 100
