"""`penchant serve` and `penchant mcp --http` as a person starts and stops them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from openai import OpenAI

from penchant.retriever import SentenceEncoder, build_index
from penchant.ui.cli.command import main

from .conftest import PATIENCE, HashEncoder, clean_environment
from .openai_server import Answer, Body, OpenAIServer, Words, mode_of
from .scripted_model import answer, tag
from .test_mcp_server import FILMS

KEY = "the-key-of-this-house"
ARGUMENTS = ["-m", "penchant.ui"]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory, sentence_encoder: SentenceEncoder) -> Path:
    folder = tmp_path_factory.mktemp("films")
    build_index(FILMS, folder, sentence_encoder)
    return folder


@contextmanager
def started(home: Path, *words: object, **environment: str) -> Iterator[subprocess.Popen[str]]:
    env = clean_environment() | {"PENCHANT_HOME": str(home), "PYTHONUTF8": "1", **environment}
    command = [sys.executable, *ARGUMENTS, *map(str, words)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, cwd=home, text=True, stdout=pipe, stderr=pipe) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a command that is refused, and gives the line that says so."""

    def run(*words: object) -> str:
        monkeypatch.setenv("PENCHANT_HOME", str(tmp_path / "home"))
        monkeypatch.setattr(sys, "argv", ["penchant", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        assert stopped.value.code == 1 and out == "" and len(err.strip().splitlines()) == 1
        return err

    return run


def test_nobody_is_let_in_by_mistake(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "name keys (--key-file), or mean it (--no-keys)" in refused("serve", "--host", "0.0.0.0")
    assert "name keys (--key-file)" in refused("mcp", "--http", "--host", "0.0.0.0")
    assert "nowhere: the keys cannot be read" in refused("serve", "--key-file", "nowhere")
    monkeypatch.setenv("PENCHANT_SERVE_KEYS", f"{KEY},short")
    said = refused("serve")
    assert "at least 16 characters" in said and "short" not in said and KEY not in said


def test_an_address_that_cannot_be_had_is_named(refused: Callable[..., str]) -> None:
    assert "cannot listen on 192.0.2.1, port 8300" in refused("serve", "--host", "192.0.2.1", "--no-keys")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"cannot listen on 127.0.0.1, port {port}" in refused("serve", "--port", port)


def test_items_are_changed_only_with_keys_and_never_the_demos(refused: Callable[..., str], tmp_path: Path) -> None:
    build_index(FILMS, tmp_path / "films", HashEncoder())
    words = ("serve", "--port", 0, "--edit-items")
    assert "--edit-items needs keys (--key-file)" in refused(*words, "--catalogue", tmp_path / "films")
    (tmp_path / "keys").write_text(KEY)
    assert "name an index of your own (--catalogue)" in refused(*words, "--key-file", tmp_path / "keys")


@pytest.mark.parametrize("command", [("serve",), ("mcp",), ("mcp", "--http"), ("ui",)], ids=" ".join)
def test_a_catalogue_that_cannot_be_served_stops_the_command_at_once(
    refused: Callable[..., str], tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "empty").mkdir()
    build_index(FILMS, tmp_path / "cut", HashEncoder())
    os.truncate(tmp_path / "cut" / "chroma.sqlite3", 5000)
    for name, said in (("nowhere", "is not an index"), ("empty", "is not an index"), ("cut", "penchant repair")):
        assert said in refused(*command, "--port", 0, "--catalogue", tmp_path / name)


@pytest.mark.slow
def test_a_catalogue_of_another_encoder_stops_the_server_and_says_so(tmp_path: Path) -> None:
    build_index(FILMS, tmp_path / "other", HashEncoder())
    with started(tmp_path, "serve", "--port", 0, "--catalogue", tmp_path / "other") as process:
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1 and "was made with the encoder hash-64" in err and "Traceback" not in err


def slow_model(body: Body, _: int) -> Answer:
    """Understands at once, and explains word by word."""
    if mode_of(body) != "text" and "response_format" in body:
        return Words(answer(tag("genres", "comedy")))
    return Words("**Galaxy Quest** is a comedy. " * 30, every=0.05)


@pytest.mark.slow
def test_one_process_serves_everything_and_stops_in_good_order(tmp_path: Path, catalogue: Path) -> None:
    with OpenAIServer(slow_model) as model:
        settings = {"PENCHANT_SERVE_KEYS": KEY, "PENCHANT_BASE_URL": model.url, "PENCHANT_MODEL": "tiny"}
        words = ("serve", "--port", 0, "--catalogue", catalogue, "--rate", 0)
        with started(tmp_path, *words, **settings) as process:
            assert process.stdout and process.stderr
            log: list[str] = []
            reader = threading.Thread(target=lambda: log.extend(process.stderr or ()))
            reader.start()
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found
            with httpx2.Client(base_url=found[0], timeout=PATIENCE) as client:
                check_parts(client)
                stop_within_an_answer(client, process)
            assert process.wait(PATIENCE) == 0 and process.stdout.read() == ""
            reader.join(PATIENCE)
    lines = [json.loads(line) for line in log]
    assert {line["status"] for line in lines if line["logger"] == "penchant.requests"} <= {200, 202, 401, 404, 405, 503}
    assert not [line for line in lines if line["level"] in ("error", "critical")], log
    assert not [line for line in log if KEY in line or "zwieback" in line]


def check_parts(client: httpx2.Client) -> None:
    """Health, the page, the operations, MCP, and chats, all behind the key."""
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/").status_code == 401 and client.get("/", auth=("anybody", KEY)).status_code == 200
    client.headers["authorization"] = f"Bearer {KEY}"
    asked = {"message": "zwieback, a comedy"}
    turn = client.post("/api/recommend", json=asked).raise_for_status().json()  # waits until all is loaded
    assert client.get("/readyz").json() == {"status": "ready"}
    assert {pick["id"] for pick in turn["picks"]} >= {"quest", "hill"} and turn["understood_by"] == "tiny"
    assert "pn-" in client.get("/").text and client.get("/config").status_code == 200

    async def over_mcp() -> Any:
        async with httpx2.AsyncClient(headers=dict(client.headers), timeout=PATIENCE) as http:
            transport = streamable_http_client(str(client.base_url.join("/mcp")), http_client=http)
            async with Client(transport) as session:
                return await session.call_tool("interests", {"session_id": turn["session_id"]})

    assert "comedy" in anyio.run(over_mcp).content[0].text


def stop_within_an_answer(client: httpx2.Client, process: subprocess.Popen[str]) -> None:
    """Who is being answered when the service is told to stop hears the answer to its end."""
    with OpenAI(api_key=KEY, base_url=str(client.base_url.join("/v1")), max_retries=0) as openai:
        messages: Any = [{"role": "user", "content": "zwieback, a comedy"}]
        stream = openai.chat.completions.create(model="penchant", messages=messages, stream=True)
        text, stopped = "", False
        for chunk in stream:
            text += chunk.choices[0].delta.content or ""
            if text and not stopped:
                process.send_signal(signal.SIGTERM)
                stopped = True
        assert stopped and text.count("Galaxy Quest") == 30 and chunk.choices[0].finish_reason == "stop"


@pytest.mark.slow
def test_mcp_over_http_serves_only_that(tmp_path: Path, catalogue: Path) -> None:
    with started(tmp_path, "mcp", "--http", "--port", 0, "--catalogue", catalogue) as process:
        assert process.stdout and process.stderr
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found and found[0].endswith("/mcp")

        async def ask() -> Any:
            async with Client(found[0]) as client:
                tools = (await client.list_tools()).tools
                return tools, await client.call_tool("recommend", {"message": "a comedy"})

        tools, answered = anyio.run(ask)
        assert len(tools) == 11 and not answered.is_error and "Galaxy Quest" in answered.content[0].text
        base = found[0].removesuffix("/mcp")
        assert httpx2.get(f"{base}/healthz").status_code == 200
        assert httpx2.get(f"{base}/readyz").json() == {"status": "ready"}
        assert [httpx2.get(f"{base}{path}").status_code for path in ("/v1/models", "/api/catalogue", "/")] == [404] * 3
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
