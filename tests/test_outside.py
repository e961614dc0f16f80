"""A visitor's model server is outside, whatever its name leads to the next time, and wherever it sends one on to."""

from __future__ import annotations

import gc
import socket
import ssl
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from penchant.assistant import LanguageModel, ModelError
from penchant.assistant.llm import outside
from penchant.assistant.llm.outside import AddressError, is_outside, outside_addresses
from penchant.ui.page.models import own_model
from penchant.ui.page.state.events import Endpoint

from .openai_server import OpenAIServer, Page, Words

MESSAGES = [("user", "hello")]
PUBLIC = "93.184.215.14"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, Iterator[str]]:
    """What names lead to, the first time, the second time and so on; addresses are themselves."""
    known: dict[str, Iterator[str]] = {}
    real = socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return real(next(known[name]) if name in known else host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


def named(server: OpenAIServer, host: str) -> str:
    return f"http://{host}:{urlsplit(server.url).port}/v1"


def ask(model: LanguageModel) -> str:
    return "".join(model.stream(MESSAGES))


def test_a_name_that_leads_elsewhere_the_next_time_reaches_nothing_inside(names: dict[str, Iterator[str]]) -> None:
    names["rebinding.example"] = iter([PUBLIC, "127.0.0.1", "127.0.0.1"])
    with OpenAIServer(lambda body, n: Words("a secret")) as server:
        model = own_model(Endpoint(base_url=named(server, "rebinding.example"), model="m"), inside=False)
        with pytest.raises(ModelError, match="no server of its own network"):
            ask(model)
        assert server.requests == []
        del model
        gc.collect()


def test_the_address_that_was_judged_is_the_one_that_is_asked(
    names: dict[str, Iterator[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under its own name; a name is looked up once for a request, so a second answer would find no taker."""
    monkeypatch.setattr(outside, "is_outside", lambda address: address == "127.0.0.1")
    names["models.example"] = iter(["127.0.0.1", "127.0.0.1"])
    with OpenAIServer(lambda body, n: Words("hello there")) as server:
        model = own_model(Endpoint(base_url=named(server, "models.example"), model="m"), inside=False)
        assert ask(model) == "hello there" and next(names["models.example"], "none left") == "none left"
        assert server.headers[0]["host"].startswith("models.example:")
        del model
        gc.collect()


def test_a_server_cannot_send_one_on_into_the_network(
    names: dict[str, Iterator[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "is_outside", lambda address: address == "127.0.0.1")
    names["models.example"] = iter(["127.0.0.1"] * 2)
    with OpenAIServer(lambda body, n: Page(307, headers={"location": "http://127.0.0.2/v1"})) as server:
        model = own_model(Endpoint(base_url=named(server, "models.example"), model="m"), inside=False)
        with pytest.raises(ModelError, match=r"sends on to http://127\.0\.0\.2"):
            ask(model)
        assert len(server.requests) == 1
        del model
        gc.collect()


def test_the_certificate_is_that_of_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(outside, "outside_addresses", lambda host: ["127.0.0.1"])
    wrap = ssl.SSLContext.wrap_socket

    def noted(self: ssl.SSLContext, sock: socket.socket, **options: Any) -> Any:
        asked.append(options["server_hostname"])
        return wrap(self, sock, **options)

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", noted)
    with (
        OpenAIServer(lambda body, n: Words("no TLS here")) as server,
        httpx2.Client(transport=outside.OutsideTransport()) as client,
    ):
        address = named(server, "models.example").replace("http:", "https:")
        with pytest.raises(httpx2.ConnectError):
            client.get(address)
    assert asked == ["models.example"]


def test_the_owner_of_a_page_may_ask_this_machine() -> None:
    with OpenAIServer(lambda body, n: Words("hello there")) as server:
        model = own_model(Endpoint(base_url=server.url, model="m"), inside=True)
        assert ask(model) == "hello there"
        del model
        gc.collect()


@pytest.mark.parametrize("written", ["2130706433", "0x7f.1", "::ffff:127.0.0.1", "::1", "0.0.0.0", "192.168.0.1"])
def test_an_address_of_this_network_is_known_however_it_is_written(written: str) -> None:
    with pytest.raises(AddressError):
        outside_addresses(written)
    assert is_outside(PUBLIC) and outside_addresses(PUBLIC) == [PUBLIC]
