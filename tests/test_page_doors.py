"""The page's own server on loopback: by which names it is called, what it takes, and how often."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx2
import pytest

from penchant.assistant import Assistant
from penchant.tools.http.running import PatientProtocol

from .conftest import PATIENCE
from .visiting import PAGE, assistant, served

pytestmark = PAGE

EVERYWHERE = (
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/theme.css"),
    ("GET", "/nosuch"),
    ("GET", "/static/img/logo.svg"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/queue/data?session_hash=x"),
    ("GET", "/gradio_api/startup-events"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/gradio_api/upload"),
    ("GET", "/gradio_api/file=/etc/passwd"),
)
FOREIGN = ("evil.test", "evil.test:80", "127.0.0.1.evil.test", "localhost.evil.test:7860", "192.0.2.1")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant(tmp_path_factory.mktemp("page") / "index")


@pytest.fixture(scope="module")
def client(made: Assistant) -> Iterator[httpx2.Client]:
    with served(lambda: made) as url, httpx2.Client(base_url=url, timeout=PATIENCE) as client:
        yield client


def code(response: httpx2.Response) -> tuple[int, str]:
    """Raises if an error has not the one form."""
    return response.status_code, response.json()["error"]["code"]


def test_no_foreign_name_leads_to_any_route(client: httpx2.Client) -> None:
    """A page of evil.test whose name points to this machine is not let in."""
    for method, path in EVERYWHERE:
        for host in FOREIGN:
            response = client.request(method, path, headers={"host": host})
            assert code(response) == (421, "unknown_host"), (method, path, host)
    for host in ("localhost:7860", "127.0.0.1", "[::1]:7860", "LOCALHOST"):
        assert client.get("/", headers={"host": host}).status_code == 200


def test_a_page_for_others_is_called_by_any_name_unless_names_are_given(made: Assistant) -> None:
    with served(lambda: made, host="0.0.0.0") as url:
        assert httpx2.get(url, headers={"host": "library.example"}, timeout=PATIENCE).status_code == 200
    with served(lambda: made, allowed_hosts=["Library.example"]) as url:
        for host, expected in (("library.example", 200), ("library.example:443", 200), ("evil.test", 421)):
            assert httpx2.get(url, headers={"host": host}, timeout=PATIENCE).status_code == expected
        assert httpx2.get(url, timeout=PATIENCE).status_code == 200


def test_what_the_page_does_not_use_is_not_there(client: httpx2.Client) -> None:
    """Uploads from any page on the web, the server's files, other servers' pages, and what Gradio says of itself."""
    for path in ("upload", "upload/", "process_recording", "component_server", "run/other", "api/predict", "call/x"):
        files = {"files": ("x.txt", b"x" * 100)}
        asked = client.post(f"/gradio_api/{path}", files=files, headers={"origin": "http://evil.test"})
        assert code(asked) == (404, "http_404"), path
    for path in ("file=/etc/passwd", "proxy=http://127.0.0.1/", "info", "openapi.json", "runs", "upload_progress"):
        assert code(client.get(f"/gradio_api/{path}")) == (404, "http_404"), path


def test_an_unknown_route_of_the_page_has_the_one_form_of_an_error(client: httpx2.Client) -> None:
    for path in (
        "/nosuch",
        "/api/nosuch",
        "/v1/responses",
        "/docs",
        "/openapi.json",
        "/assets/nosuch.js",
        "/static/no",
    ):
        assert code(client.get(path)) == (404, "http_404"), path
    refused = client.delete("/config")
    assert code(refused) == (405, "http_405") and "DELETE" in refused.json()["error"]["message"]


def test_a_body_of_the_page_is_bounded(client: httpx2.Client) -> None:
    for path in ("/gradio_api/queue/join", "/gradio_api/run/predict", "/nosuch"):
        parts = iter([b"x" * 1_000_000] * 9)
        assert code(client.post(path, content=parts)) == (413, "too_large")


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n"])
def test_headers_that_do_not_come_are_not_waited_for(
    client: httpx2.Client, begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientProtocol, "seconds", 0.2)
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), PATIENCE) as line:
        line.sendall(begun)
        assert line.recv(1) == b""


def test_who_asks_too_much_of_the_page_waits(made: Assistant) -> None:
    """Messages and buttons count; the page and its files do not."""
    with served(lambda: made, per_minute=3) as url, httpx2.Client(base_url=url, timeout=PATIENCE) as client:
        asked = {"data": [None], "fn_index": 0, "session_hash": "x", "event_data": {"act": "hello"}}
        paths = ("queue/join", "run/predict", "queue/join", "queue/join")
        *first, last = [client.post(f"/gradio_api/{path}", json=asked) for path in paths]
        assert code(last) == (429, "too_many_requests") and 429 not in {response.status_code for response in first}
        for _ in range(5):
            assert client.get("/").status_code == client.get("/theme.css").status_code == 200
