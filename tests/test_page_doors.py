"""The page's own server on loopback: by which names it is called, what it takes, and how often."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from penchant.assistant import Assistant

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
