"""The language model against servers on loopback that behave as real ones do."""

from __future__ import annotations

import gc
import json
import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import LanguageModel, ModelError, Settings, Usage
from penchant.assistant.llm.answers.json_recovery import read_object
from penchant.assistant.llm.endpoint import _unended
from penchant.retriever import PenchantError

from .conftest import PATIENCE
from .openai_server import Answer, Behaviour, Body, OpenAIServer, Page, Silence, Words, mode_of

MESSAGES = [("system", "Answer in JSON."), ("user", "hello")]
SCHEMA = {"type": "object", "properties": {"tags": {"type": "array", "items": {}}}}
GOOD = '{"tags": [{"value": "drama"}], "intent": "recommend"}'
FOUND = {"tags": [{"value": "drama"}], "intent": "recommend"}
HTML = Page(502, "<html><body><h1>Bad Gateway</h1></body></html>", "text/html")
KEY = "sk-very-secret-0123456789"


@contextmanager
def asked(
    behaviour: Behaviour, timeout: float = PATIENCE, key: str = "", rest: float = 30.0
) -> Iterator[tuple[OpenAIServer, LanguageModel]]:
    """A server and a model that talks to it."""
    with OpenAIServer(behaviour) as server:
        model = LanguageModel.from_settings(server.settings(timeout, key), rest)
        assert model is not None
        yield server, model
        del model
        gc.collect()  # closes the client's connections before the server's


def ask(model: LanguageModel, usage: Usage | None = None) -> dict[str, Any]:
    return model.structured(MESSAGES, SCHEMA, _read, usage)


def _read(text: str) -> dict[str, Any]:
    found = read_object(text, "tags")
    if not isinstance(found.get("tags"), list):
        raise ValueError("no tags")
    return found


def speaks(*modes: str, otherwise: Answer, text: str = GOOD) -> Behaviour:
    """Gives JSON when asked for it in one of these ways."""

    def behave(body: Body, _: int) -> Answer:
        mode = mode_of(body)
        return Words(text, tool=mode == "tool") if mode in modes else otherwise

    return behave


def always(answer: Answer) -> Behaviour:
    return lambda body, _: answer


def in_turn(*answers: Answer) -> Behaviour:
    return lambda _, n: answers[min(n, len(answers) - 1)]


def strict_about_fields(body: Body, _: int) -> Answer:
    unknown = body.keys() - {"model", "messages", "stream"}
    return Page(422, json.dumps({"detail": f"extra fields {sorted(unknown)}"})) if unknown else Words(GOOD)


REFUSED = Page(400, '{"error": {"message": "not supported here"}}')
SALVAGED = [
    "```json\n" + GOOD + "\n```",
    "<think>Is {a} a set? They want {drama}.</think>\n" + GOOD,
    "They want [drama].</think>" + GOOD,
    "Here you are: " + GOOD + " Anything else?",
    GOOD.replace("}]", "},]").replace('"recommend"}', '"recommend",}'),
]

QUIRKS: dict[str, tuple[Behaviour, int, str]] = {
    # behaviour, requests until the first answer, the way of asking that works
    "as documented": (speaks("json_schema", "json_object", "tool", "prompt", otherwise=REFUSED), 1, "json_schema"),
    "no schema, no forced tool": (speaks("json_object", "prompt", otherwise=REFUSED), 2, "json_object"),
    "no json_object": (speaks("json_schema", "prompt", otherwise=REFUSED), 1, "json_schema"),
    "only tools": (speaks("tool", otherwise=Words("Certainly! What a nice message.")), 3, "tool"),
    "only tools, refusing": (speaks("tool", otherwise=REFUSED), 3, "tool"),
    "422 on unknown fields": (strict_about_fields, 4, "prompt"),
    "404 on formats": (speaks("prompt", otherwise=Page(404)), 4, "prompt"),
    "503 while loading": (in_turn(Page(503), Page(503), Words(GOOD)), 3, "json_schema"),
    "429 with a pause": (in_turn(Page(429, headers={"retry-after": "0.6"}), Words(GOOD)), 2, "json_schema"),
    **{f"format ignored {n}": (always(Words(text)), 1, "json_schema") for n, text in enumerate(SALVAGED)},
}


def refusing(message: str, code: int = 400) -> Page:
    return Page(code, json.dumps({"error": {"message": message, "type": "invalid_request_error"}}))


def openai(body: Body, _: int) -> Answer:
    """Refuses schemas that are not strict, and settings that its newer models do not take."""
    if body.keys() & {"temperature", "top_p", "max_tokens", "seed", "stop"}:
        return refusing("Unsupported parameter")
    if mode_of(body) != "json_schema":
        return Words("Of course!")
    wrapped = body["response_format"]["json_schema"]
    good = wrapped["strict"] and re.fullmatch("[a-zA-Z0-9_-]{1,64}", wrapped["name"])
    return Words(GOOD, usage=(20, 9)) if good else refusing("Invalid schema for response_format")


def vllm(body: Body, _: int) -> Answer:
    """Guided decoding by schema; reasoning comes in a field of its own."""
    return Words(GOOD, thinking=("reasoning_content", 'They want {"tags": []}')) if "tools" not in body else Page(400)


def ollama(body: Body, _: int) -> Answer:
    """Schemas hold; a model that thinks does so in yet another field, or in its words."""
    return Words(f"<think>[1]</think>{GOOD}", thinking=("reasoning", "Let me see {"))


def lm_studio(body: Body, _: int) -> Answer:
    """Only schemas or text."""
    if mode_of(body) in ("json_object", "tool"):
        return refusing("'response_format.type' must be 'json_schema' or 'text'")
    return Words(GOOD, comments=True)


def deepseek(body: Body, _: int) -> Answer:
    """No schemas; plain JSON only if the prompt says the word; no forced tools; alive by comments."""
    if mode_of(body) != "json_object":
        return refusing("This response_format type is unavailable now")
    if not any("json" in message["content"].lower() for message in body["messages"]):
        return refusing("Prompt must contain the word 'json' in some form to use 'response_format'")
    return Words(GOOD, comments=True, thinking=("reasoning_content", "Hm [1]"))


def deepseek_empty(body: Body, _: int) -> Answer:
    """Its JSON mode sometimes says nothing at all."""
    return Words("") if mode_of(body) == "json_object" else speaks("prompt", otherwise=REFUSED)(body, 0)


def ollama_cloud(body: Body, n: int) -> Answer:
    """Takes a schema and does not hold to it."""
    return Words('{"tags": [{"value": "drama", "level": "LOVE"}], "intent": "chat", "mood": 7}')


def llama_cpp(body: Body, n: int) -> Answer:
    """Loads its model while it is already asked."""
    return Page(503, '{"error": {"message": "Loading model", "code": 503}}') if n < 2 else Words(GOOD)


SERVERS: dict[str, tuple[Behaviour, int, str]] = {
    "OpenAI": (openai, 1, "json_schema"),
    "vLLM": (vllm, 1, "json_schema"),
    "Ollama": (ollama, 1, "json_schema"),
    "LM Studio": (lm_studio, 1, "json_schema"),
    "DeepSeek": (deepseek, 2, "json_object"),
    "DeepSeek saying nothing": (deepseek_empty, 4, "prompt"),
    "llama.cpp": (llama_cpp, 3, "json_schema"),
}


@pytest.mark.parametrize("server", SERVERS)
def test_the_shapes_of_servers(server: str) -> None:
    behaviour, calls, mode = SERVERS[server]
    with asked(behaviour) as (there, model):
        assert ask(model) == FOUND
        assert len(there.requests) == calls
        assert ask(model) == FOUND
        assert len(there.requests) == calls + 1 and there.modes[-1] == mode
        for body in there.requests:
            assert body.keys() <= {"model", "messages", "stream", "response_format", "tools", "tool_choice"}
            assert [message["role"] for message in body["messages"]] == ["system", "user"]


def test_a_schema_that_is_not_held_to_costs_what_cannot_be_read() -> None:
    with asked(ollama_cloud) as (_, model):
        assert ask(model)["tags"] == [{"value": "drama", "level": "LOVE"}]


@pytest.mark.parametrize("quirk", QUIRKS)
def test_an_answer_is_found_and_the_way_to_it_remembered(quirk: str) -> None:
    behaviour, calls, mode = QUIRKS[quirk]
    with asked(behaviour) as (server, model):
        usage = Usage()
        assert ask(model, usage) == FOUND
        assert len(server.requests) == usage.calls == calls
        assert ask(model) == FOUND
        assert len(server.requests) == calls + 1
        assert server.modes[-1] == mode


def test_a_bare_list_and_an_answer_cut_short_give_what_they_have() -> None:
    cut = '{"tags": [{"value": "drama"}, {"value": "com'
    with asked(in_turn(Words('[{"value": "drama"}]'), Words(cut))) as (_, model):
        assert ask(model) == {"tags": [{"value": "drama"}]}
        assert ask(model)["tags"][0] == {"value": "drama"}


@pytest.mark.parametrize(
    ("behaviour", "calls", "why"),
    [
        (always(Words("I would love to talk about films!")), 4, "no usable JSON"),
        (always(Words('{"genre": "drama"}')), 4, "no usable JSON"),
        (always(HTML), 4, r"failed \(502\)$"),
        (always(Page(401)), 1, "refused the key"),
        (always(Page(404, '{"error": {"message": "no model tiny"}}')), 4, "404.*no model tiny"),
        (always(Page(429, headers={"retry-after": "3600"})), 1, "failed"),
        (always(Page(200, "<html>Welcome</html>", "text/html")), 1, "cannot be reached|tiny"),
    ],
)
def test_no_answer_is_an_error_after_a_bounded_number_of_calls(behaviour: Behaviour, calls: int, why: str) -> None:
    with asked(behaviour) as (server, model):
        with pytest.raises(ModelError, match=why):
            ask(model)
        assert len(server.requests) == calls
        with pytest.raises(ModelError, match="a moment ago"):
            ask(model)
        assert len(server.requests) == calls


def headers_for_ever() -> Silence:
    return Silence(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx: ", b"y")


HANGS: dict[str, Answer] = {
    "nothing": Silence(),
    "headers, then nothing": Silence(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"),
    "headers byte by byte": headers_for_ever(),
    "comments": Silence(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n", b": wait\n\n"),
    "bytes": Silence(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: ", b"x"),
    "words for ever": Words("la la la ", forever=True, every=0.05),
}


@pytest.mark.parametrize(
    ("hang", "structured"), [*((hang, True) for hang in HANGS), ("nothing", False), ("words for ever", False)]
)
def test_the_time_limit_holds_for_the_whole_call(hang: str, structured: bool) -> None:
    with asked(always(HANGS[hang]), timeout=0.4) as (server, model):
        with pytest.raises(ModelError, match=r"took more than 0\.4 s"):
            ask(model) if structured else list(model.stream(MESSAGES))
        assert len(server.requests) <= 1  # in so short a time a busy machine may not get to ask
        assert model.resting


def test_threads_end_soon_after_a_server_that_drips() -> None:
    with asked(always(HANGS["comments"]), timeout=0.3) as (_, model):
        with pytest.raises(ModelError):
            ask(model)
        assert _ends(lambda: not any(t.name == "penchant-model" for t in threading.enumerate()))


def test_an_answer_without_end_is_cut() -> None:
    text = '{"tags": [{"value": "drama"}' + ', {"value": "more"}' * 50
    with asked(always(Words(text + " " * 500, forever=True))) as (server, model):
        assert ask(model)["tags"][0] == {"value": "drama"}
        assert server.left.wait(PATIENCE)


def test_an_event_without_end_is_not_kept() -> None:
    begun = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: "
    for drip in (b"x" * 100_000, b"x\ndata: " * 10_000, b"x\r\n" * 10_000):
        with asked(always(Silence(begun, drip, every=0.0)), timeout=20) as (server, model):
            with pytest.raises(ModelError, match="tiny sent an event of more than 1,000,000 bytes"):
                ask(model)
            assert server.left.wait(PATIENCE)


@pytest.mark.parametrize("blank", ["\n\n", "\r\n\r\n", "\r\r"])
@given(cuts=st.lists(st.integers(0, 30), max_size=8))
def test_an_event_ends_with_a_blank_line_wherever_a_stream_is_cut(blank: str, cuts: list[int]) -> None:
    text = f"data: 1{blank}data: 22{blank}: abc".encode()
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    size, tail = 0, b""
    for begin, end in pairwise(places):
        size, tail = _unended(size, tail, text[begin:end]), (tail + text[begin:end])[-3:]
    assert size == len(b": abc")


def test_an_answer_that_is_packed_is_not_unpacked() -> None:
    """It was asked for as it is: a few bytes may unpack to any number."""
    packed = {"content-encoding": "gzip"}
    with asked(always(Page(200, GOOD, headers=packed)), timeout=20) as (server, model):
        with pytest.raises(ModelError, match="tiny packed its answer"):
            ask(model)
        assert server.headers[0]["accept-encoding"] == "identity"


def test_whoever_stops_reading_ends_the_request() -> None:
    with asked(always(Words("word " * 50, forever=True, every=0.02))) as (server, model):
        words = model.stream(MESSAGES)
        assert next(words)
        words.close()  # type: ignore[attr-defined]
        assert server.left.wait(PATIENCE)
        assert not model.resting


def test_a_refused_connection_is_an_error_at_once_and_not_tried_again() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        model = LanguageModel.from_settings(Settings(base_url=url, model="tiny"))
        assert model is not None
        usage = Usage()
        with pytest.raises(ModelError, match=r"tiny cannot be reached: .*refused"):
            ask(model, usage)
        with pytest.raises(ModelError, match="left alone"):
            ask(model, usage)
        assert usage.calls == 1


def test_after_its_rest_the_model_is_asked_again_and_rests_longer_each_time() -> None:
    with asked(in_turn(Page(401), Page(401), Words(GOOD)), rest=0.5) as (server, model):
        for _ in range(2):
            with pytest.raises(ModelError, match="refused the key"):
                ask(model)
            assert model.resting
            assert _ends(lambda: not model.resting)
        assert ask(model) == FOUND
        assert len(server.requests) == 3


def test_a_model_that_writes_no_json_still_speaks() -> None:
    with asked(always(Words("Plain words."))) as (_, model):
        with pytest.raises(ModelError):
            ask(model)
        assert "".join(model.stream(MESSAGES)) == "Plain words."


def test_one_bad_answer_costs_no_further_calls_and_no_rest() -> None:
    with asked(in_turn(Words(GOOD), Words("Hm."), Words(GOOD))) as (server, model):
        assert ask(model) == FOUND
        with pytest.raises(ModelError, match="no usable JSON"):
            ask(model)
        assert ask(model) == FOUND
        assert len(server.requests) == 3


def test_a_server_that_changed_is_found_out_again() -> None:
    answers: list[Behaviour] = [speaks("json_schema", otherwise=REFUSED), speaks("prompt", otherwise=REFUSED)]
    with asked(lambda body, n: answers[n > 0](body, n)) as (server, model):
        assert ask(model) == ask(model) == FOUND
        assert server.modes == ["json_schema", "json_schema", "json_object", "tool", "prompt"]


def test_words_come_as_they_are_said_and_usage_is_counted() -> None:
    with asked(always(Words("one two three four five six", usage=(31, 7)))) as (_, model):
        usage = Usage()
        words = list(model.stream(MESSAGES, usage))
        assert len([w for w in words if w]) == 3
        assert "".join(words) == "one two three four five six"
        assert usage == Usage(1, 31, 7)
        ask_usage = Usage()
        with pytest.raises(ModelError):
            ask(model, ask_usage)
        assert ask_usage == Usage(4, 124, 28)


def test_a_stream_is_retried_only_before_its_first_word() -> None:
    with asked(in_turn(Page(503), Words("fine"))) as (server, model):
        assert "".join(model.stream(MESSAGES)) == "fine"
        assert len(server.requests) == 2


def test_many_threads_share_a_model() -> None:
    with asked(speaks("json_object", otherwise=REFUSED)) as (server, model):
        found: list[Any] = []
        threads = [threading.Thread(target=lambda: found.append(ask(model))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [FOUND] * 8
        assert len(server.requests) <= 16


@pytest.mark.parametrize("answer", [Page(401), Page(400), Page(500), Silence()])
def test_the_key_is_in_no_repr_error_or_log(answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
    if isinstance(answer, Page):
        answer = Page(answer.status, json.dumps({"error": {"message": f"Incorrect API key: {KEY}"}}))
    caplog.set_level(logging.DEBUG)
    with asked(always(answer), timeout=2, key=KEY) as (server, model):
        assert KEY not in f"{server.settings(key=KEY)!r} {model!r} {vars(model)['_chat']!r}"
        with pytest.raises(ModelError) as error:
            ask(model)
        assert KEY not in str(error.value)
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert KEY not in caplog.text


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_other_server_is_sent_the_key_or_the_words(status: int) -> None:
    with OpenAIServer(always(Words(GOOD))) as other:
        for elsewhere in (other.url, other.url.replace("127.0.0.1", "localhost")):
            sends_on = Page(status, headers={"location": f"{elsewhere}/chat/completions"})
            with asked(always(sends_on), key=KEY) as (server, model):
                with pytest.raises(ModelError, match=r"sends on to http.*name it as the server") as error:
                    ask(model)
                assert KEY not in str(error.value) and len(server.requests) == 1
        assert other.requests == []


def test_a_server_that_sends_on_to_itself_is_followed() -> None:
    def behave(_: Body, before: int) -> Answer:
        return Words(GOOD) if before else Page(307, headers={"location": "/v1/chat/completions?again"})

    with asked(behave, key=KEY) as (server, model):
        assert ask(model) == FOUND
        assert [headers["authorization"] for headers in server.headers] == [f"Bearer {KEY}"] * 2


def test_a_server_without_a_key_gets_a_harmless_one() -> None:
    with asked(always(Words(GOOD))) as (server, model):
        ask(model)
        assert server.headers[0]["authorization"] == "Bearer none"


def test_settings_come_from_the_environment() -> None:
    env = {"PENCHANT_API_KEY": KEY, "PENCHANT_MODEL": "m", "PENCHANT_TIMEOUT": "7", "PENCHANT_BASE_URL": "http://h/v1"}
    settings = Settings.from_environment(env)
    assert (settings.key, settings.model, settings.timeout, settings.base_url) == (KEY, "m", 7.0, "http://h/v1")
    assert KEY not in repr(settings)
    assert LanguageModel.from_settings(Settings.from_environment({})) is None


@pytest.mark.parametrize(
    "env",
    [*({"PENCHANT_TIMEOUT": text} for text in ("soon", "0", "-1", "nan", "inf")), {"PENCHANT_BASE_URL": "localhost"}],
)
def test_settings_that_cannot_be_meant_are_refused(env: dict[str, str]) -> None:
    with pytest.raises(PenchantError) as error:
        Settings.from_environment({**env, "PENCHANT_API_KEY": KEY})
    assert KEY not in str(error.value)


def _ends(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()
