"""What a service says to requests that are none of its own: unknown routes, bodies that are no JSON, and slow ones."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from penchant.assistant import Assistant
from penchant.retriever import Index
from penchant.tools import Recommender
from penchant.tools.http.middleware import Limits
from penchant.tools.http.running.slow_headers import PatientProtocol
from penchant.tools.http.service import build_app

from .conftest import PATIENCE
from .loopback import serving
from .test_service import code, service
from .visiting import PAGE

JSON = {"content-type": "application/json"}
CHAT = '{"model": "penchant", "messages": [{"role": "user", "content": %s}]}'


@pytest.fixture(scope="module")
def client(index: Index) -> Iterator[httpx2.Client]:
    with service(index) as client:
        yield client


# routes


def check_unknown(client: httpx2.Client) -> None:
    for method, path in (
        ("GET", "/v1/responses"),
        ("POST", "/v1/responses"),
        ("POST", "/api/nosuch"),
        ("GET", "/api/nosuch"),
        ("GET", "/v1/"),
        ("GET", "/nosuch"),
    ):
        response = client.request(method, path)
        assert code(response) == (404, "http_404") and path in response.json()["error"]["message"], (method, path)
    for method, path, allowed in (
        ("GET", "/v1/chat/completions", "POST"),
        ("DELETE", "/v1/models", "GET"),
        ("GET", "/api/recommend", "POST"),
        ("PUT", "/api/catalogue", "GET"),
    ):
        response = client.request(method, path)
        assert code(response) == (405, "http_405") and response.headers["allow"] == allowed, (method, path)


def test_an_unknown_route_is_an_error_of_the_one_form(client: httpx2.Client) -> None:
    check_unknown(client)
    assert client.get("/v1/models/", follow_redirects=True).status_code == 200


@pytest.mark.slow
@pytest.mark.filterwarnings(PAGE[1].args[0])
@pytest.mark.filterwarnings(PAGE[2].args[0])
def test_a_page_beside_it_changes_nothing_of_that(index: Index) -> None:
    from penchant.ui.page.page import mount

    assistant = Assistant(index, k=3)
    app = build_app(Recommender(assistant), limits=Limits(0))

    async def mounted() -> None:
        mount(app, lambda: assistant)

    asyncio.run(mounted())  # where no loop runs, Gradio makes some and leaves them open
    with serving(app) as url, httpx2.Client(base_url=url, timeout=PATIENCE) as client:
        check_unknown(client)
        assert client.get("/").status_code == client.get("/healthz").status_code == 200
        assert code(client.post("/healthz")) == (405, "http_405")
        assert code(client.post("/gradio_api/upload", files={"files": b"x"})) == (404, "http_404")


# bodies


def send(client: httpx2.Client, path: str, body: str | bytes) -> Any:
    return client.post(path, content=body, headers=JSON)


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/api/recommend"])
@pytest.mark.parametrize(
    "body", ["", "oops", "{", "[1,", "\xff".encode("latin-1"), b"\x00", gzip.compress(b"{}", mtime=0)]
)
def test_a_body_that_is_no_json_is_called_that(client: httpx2.Client, path: str, body: str | bytes) -> None:
    response = send(client, path, body)
    assert code(response) == (400, "invalid_json")
    assert response.json()["error"]["message"].startswith("the body is not JSON: ")


@pytest.mark.parametrize(
    "text",
    [
        r'"a drama \ud800"',
        r'"\udc00\ud800"',
        '"x", "temperature": NaN',
        '"x", "temperature": Infinity',
        '"x", "temperature": -Infinity',
        f'"x", "tools": {"[" * 100_000}{"]" * 100_000}',
        f'"x", "tools": {"[" * 900}{"]" * 900}',
    ],
)
def test_what_json_does_not_know_is_refused(client: httpx2.Client, text: str) -> None:
    assert code(send(client, "/v1/chat/completions", CHAT % text)) == (400, "invalid_json")
    assert code(send(client, "/api/recommend", f'{{"message": {text}}}')) == (400, "invalid_json")


def test_all_that_json_knows_is_read(client: httpx2.Client) -> None:
    good = [
        r'"a drama \ud83d\ude00"',
        '"a drama 😀"',
        '"a drama", "tools": [[[[]]]], "seed": 98765432109876543210',
    ]
    for text in good:
        response = send(client, "/v1/chat/completions", CHAT % text)
        assert response.status_code == 200, response.text
    assert client.post("/api/recommend", json={"message": "a drama 😀"}).status_code == 200


def test_a_body_that_is_not_said_to_be_json_is_explained(client: httpx2.Client) -> None:
    body = json.dumps({"message": "a drama"})
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        response = client.post("/api/recommend", content=body, headers={"content-type": kind})
        assert code(response) == (422, "invalid_arguments")
        assert "Content-Type: application/json" in response.json()["error"]["message"]
    assert "JSON object" in send(client, "/api/recommend", "[]").json()["error"]["message"]
    assert "the body" in client.post("/api/recommend").json()["error"]["message"]


# slow clients


@contextmanager
def dialled(url: str) -> Iterator[socket.socket]:
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), PATIENCE) as line:
        yield line


def heard(line: socket.socket) -> bytes:
    """All that comes until the server hangs up."""
    text = b""
    while part := line.recv(65536):
        text += part
    return text


HEAD = b"POST /api/recommend HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"


def test_a_body_that_does_not_come_is_not_waited_for(index: Index) -> None:
    app = build_app(Recommender(Assistant(index)), limits=Limits(0, seconds=0.2))
    with serving(app) as url:
        for begun in (b"content-length: 100\r\n\r\n{", b"transfer-encoding: chunked\r\n\r\n1\r\n{\r\n"):
            with dialled(url) as line:
                line.sendall(HEAD + begun)
                answer = heard(line)
            assert answer.startswith(b"HTTP/1.1 408 ") and b'"too_slow"' in answer
        assert httpx2.post(f"{url}/api/recommend", json={"message": "a drama"}, timeout=PATIENCE).status_code == 200


class Quick(PatientProtocol):
    seconds = 0.2


@pytest.mark.parametrize("begun", [b"", b"GET /healthz HTTP/1.1\r\nhost: x\r\n", b"GET"])
def test_headers_that_do_not_come_are_not_waited_for(index: Index, begun: bytes) -> None:
    """Neither on a new connection nor after an answer."""
    app = build_app(Recommender(Assistant(index)), limits=Limits(0))
    with serving(app, http=Quick) as url:
        with dialled(url) as line:
            line.sendall(begun)
            assert heard(line) == b""
        with dialled(url) as line:
            line.sendall(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
            answer = b""
            while b"alive" not in answer:
                answer += line.recv(65536)
            line.sendall(begun)
            assert heard(line).strip(b'"}') == b""


def test_an_answer_may_take_longer_than_headers(index: Index) -> None:
    opened = threading.Event()

    def load() -> Assistant:
        assert opened.wait(PATIENCE)
        return Assistant(index)

    with serving(build_app(Recommender(load), limits=Limits(0)), http=Quick) as url, dialled(url) as line:
        line.sendall(b"GET /api/catalogue HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        line.settimeout(5 * Quick.seconds)
        with pytest.raises(TimeoutError):
            line.recv(1)
        opened.set()
        line.settimeout(PATIENCE)
        assert heard(line).startswith(b"HTTP/1.1 200 ")
