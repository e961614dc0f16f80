"""docs/embedding.md does what it says: every block is run, or read as the program that it is for reads it."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import jsonschema
import pytest
import yaml
from filelock import FileLock
from mcp import Client, StdioServerParameters
from openai import OpenAI
from typer.main import get_command

from penchant.assistant import Assistant, Mark, Session, export_taste
from penchant.retriever import Item, SentenceEncoder, build_index
from penchant.tools import Recommender
from penchant.tools.http.service import build_app
from penchant.ui.cli.command import app

from .agent_server import agent
from .conftest import PATIENCE, HashEncoder, clean_environment, missing
from .loopback import serving
from .openai_server import OpenAIServer
from .test_docs import STARTED_FROM_A_WHEEL

DOCUMENT = Path(__file__).parents[1] / "docs" / "embedding.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)
ITEMS = [
    Item("1", "Galaxy Quest", fields={"genres": ("comedy", "science fiction"), "year": 1999}),
    Item("2", "Alien", fields={"genres": ("horror", "science fiction"), "year": 1979}),
    Item("3", "Notting Hill", fields={"genres": ("romance",), "year": 1999}),
]
SERVED, MCP_SERVED = "http://127.0.0.1:8300", "http://127.0.0.1:8765"


def blocks(language: str) -> list[tuple[str, str]]:
    """The blocks of a language, each with the heading of its section."""
    sections = re.split(r"^## ", DOCUMENT.read_text(encoding="utf-8"), flags=re.M)
    return [
        (section.partition("\n")[0], code)
        for section in sections
        for kind, code in BLOCK.findall(section)
        if kind == language
    ]


def python(section: str) -> list[Any]:
    return [pytest.param(code, id=f"{section} {n}") for n, (name, code) in enumerate(blocks("py")) if name == section]


def test_no_block_is_left_out() -> None:
    kinds = {kind for kind, _ in BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))}
    assert kinds == {"python", "py", "json", "yaml", "sh"}  # python: see test_docs
    known = {"LangChain", "OpenAI functions", "Chat clients", "Open WebUI as a pipe", "Other agent frameworks"}
    assert {section for section, _ in blocks("py")} == known


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(build_index(ITEMS, tmp_path_factory.mktemp("films"), HashEncoder()))


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIServer]:
    """The OpenAI API, played by a script that calls tools."""
    with OpenAIServer(agent) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        yield server


@pytest.fixture(scope="module")
def served(assistant: Assistant) -> Iterator[str]:
    with serving(build_app(Recommender(assistant), "films")) as url:
        yield url


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # the examples leave their client to the end
@pytest.mark.parametrize("code", [*python("LangChain"), *python("OpenAI functions")])
def test_examples_recommend(
    code: str, assistant: Assistant, model: OpenAIServer, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {"assistant": assistant, "recommender": Recommender(assistant)}
    exec(compile(code, DOCUMENT, "exec"), names)
    assert capsys.readouterr().out.startswith("Take Galaxy Quest.") and model.requests


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize("code", python("Chat clients"))
def test_a_chat_client_talks_to_the_service(code: str, served: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert SERVED in code
    exec(compile(code.replace(SERVED, served), DOCUMENT, "exec"), {})
    out = capsys.readouterr().out
    assert "1. **Galaxy Quest**" in out and "'block': 'genres'" in out


def test_a_pipe_of_open_webui_talks_to_the_service_and_brings_a_taste(served: str) -> None:
    names: dict[str, Any] = {}
    ((_, code),) = (block for block in blocks("py") if block[0] == "Open WebUI as a pipe")
    exec(compile(code, DOCUMENT, "exec"), names)
    pipe = names["Pipe"]()
    assert pipe.valves.address == f"{SERVED}/v1".replace("127.0.0.1", "host.docker.internal")
    pipe.valves.address = f"{served}/v1"
    body = {"messages": [{"role": "user", "content": "a comedy in space, no horror"}]}
    assert "1. **Galaxy Quest**" in "".join(pipe.pipe(body))
    pipe.valves.taste = export_taste(Session(marks=(Mark("1", "seen"),)))
    assert "Galaxy Quest" not in "".join(pipe.pipe(body))


# configurations

TEXTS = {"type": "array", "items": {"type": "string"}}
MCP_JSON_LOCAL = {
    "additionalProperties": False,
    "properties": {"type": {"enum": ["stdio"]}, "command": {"type": "string"}, "args": TEXTS, "env": {}, "cwd": {}},
}
MCP_JSON_REMOTE = {
    "additionalProperties": False,
    "required": ["url"],
    "properties": {"type": {"enum": ["http", "sse"]}, "url": {"pattern": "^https?://.+"}, "headers": {}},
}
"""What VS Code's own schema asks of a server in mcp.json."""


def checked_command(words: list[str]) -> None:
    """A command that `penchant` understands."""
    assert words[0] == "penchant"
    command = get_command(app).commands[words[1]]  # type: ignore[attr-defined]
    command.make_context(words[1], words[2:])


@pytest.mark.parametrize("text", [text for _, text in blocks("json")], ids=lambda text: re.sub(r"\W+", " ", text)[:30])
def test_clients_are_configured_with_a_command_or_an_address_that_is_right(text: str) -> None:
    ((host, servers),) = json.loads(text).items()
    (server,) = servers.values()
    if host == "servers":
        jsonschema.validate(server, {"oneOf": [MCP_JSON_LOCAL, MCP_JSON_REMOTE]})
    if "command" in server:
        checked_command([server["command"], *server["args"]])
        return
    assert server["url"].startswith("https://") and server["url"].endswith("/mcp")
    assert server["headers"] == {"Authorization": "Bearer KEY"}


LOCAL = {"required": ["command", "args"], "additionalProperties": False, "properties": {"command": {}, "args": TEXTS}}
REMOTE = {"required": ["url", "headers"], "additionalProperties": False, "properties": {"url": {}, "headers": {}}}
"""What is written for Claude Desktop (the first alone) and Cursor, neither of which is told a type."""


def test_claude_desktop_and_cursor_are_told_what_they_read() -> None:
    local, remote = (json.loads(text)["mcpServers"]["penchant"] for _, text in blocks("json") if "mcpServers" in text)
    jsonschema.validate(local, LOCAL)
    jsonschema.validate(remote, REMOTE)


@pytest.mark.slow
def test_what_a_configuration_starts_recommends(tmp_path: Path, sentence_encoder: SentenceEncoder) -> None:
    """With nothing of this process's environment but its path, as desktop programs start servers."""
    build_index(ITEMS, tmp_path / "books", sentence_encoder)
    texts = [text for _, text in blocks("json") if "command" in text]
    started = [json.loads(text.replace("/home/me/books", str(tmp_path / "books"))) for text in texts]
    (server, typed) = (next(iter(hosted.values()))["penchant"] for hosted in started)
    assert typed == server | {"type": "stdio"}, "VS Code is told the same"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {name: value for name, value in clean_environment().items() if name.startswith(("PENCHANT_", "PYTHONPATH"))}
    env |= {"PATH": path, "PENCHANT_HOME": str(tmp_path)}

    async def ask() -> str:
        with anyio.fail_after(PATIENCE):
            async with Client(StdioServerParameters(**server, env=env)) as client:
                found = await client.call_tool("recommend", {"message": "a comedy in space, no horror"})
                return str(found.structured_content)

    assert "Galaxy Quest" in anyio.run(ask)


def test_librechat_is_configured_with_what_is_served(served: str) -> None:
    ((_, text),) = blocks("yaml")
    whole = yaml.safe_load(text)
    assert isinstance(whole["version"], str), "its schema refuses a file without a version, or with a number for it"
    (endpoint,) = whole["endpoints"]["custom"]
    address = endpoint["baseURL"].replace("http://host.docker.internal:8300", served)
    assert address != endpoint["baseURL"]
    with OpenAI(base_url=address, api_key="none") as client:
        assert [found.id for found in client.models.list()] == endpoint["models"]["default"]


def test_commands_in_shell_blocks_are_right(served: str) -> None:
    lines = [line for _, code in blocks("sh") for line in code.replace("\\\n", " ").splitlines()]
    assert len(lines) == 11
    for line in lines:
        if line.startswith("curl "):
            done = subprocess.run(
                ["bash", "-c", line.replace(SERVED, served)], capture_output=True, text=True, check=True
            )
            assert json.loads(done.stdout).keys() & {"picks", "fields"}
        elif line.startswith(("pip wheel", "uvx", "pipx")):
            assert "pip wheel" in line or STARTED_FROM_A_WHEEL.match(line), line
        elif "--transport http" in line:
            assert re.search(r"/mcp --header \"Authorization: Bearer KEY\"$", line), line
        elif "penchant mcp" in line or "penchant serve" in line:
            words = shlex.split(line)
            checked_command(words[max(n for n, word in enumerate(words) if word == "penchant") :])
        else:
            assert "openssl" in line or ("/v1 " in line and "$PENCHANT_SERVE_KEYS" in line), line


# frameworks that speak MCP

AGENTS = ("openai-agents>=0.24,<0.25", "pydantic-ai-slim[mcp,openai]>=2.68,<3")
LLAMA = ("llama-index-core>=0.14,<0.15", "llama-index-llms-openai>=0.8,<0.9", "llama-index-tools-mcp>=0.6,<0.7")
"""They ask for other versions of the OpenAI library than the agents do, and so have an environment of their own."""


@pytest.fixture(scope="module")
def frameworks(request: pytest.FixtureRequest) -> str:
    return program_with(request, AGENTS, "agents", "pydantic_ai")


@pytest.fixture(scope="module")
def llama_index(request: pytest.FixtureRequest) -> str:
    return program_with(request, LLAMA, "llama_index")


def program_with(request: pytest.FixtureRequest, packages: tuple[str, ...], *names: str) -> str:
    """A Python that has the packages: this one, or else one in an environment of its own, which is made once."""
    if all(importlib.util.find_spec(name) for name in names):
        return sys.executable
    folder = request.config.cache.mkdir("frameworks") / "-".join(re.findall(r"\d+", "".join(packages)))
    program = folder / "bin" / "python"
    with FileLock(f"{folder}.lock"):  # tests run in several processes
        if not (folder / "made").exists():
            venv.create(folder, clear=True, with_pip=True)
            install = [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
            done = subprocess.run(install, capture_output=True, text=True)
            if done.returncode:
                missing(f"the frameworks cannot be installed: {done.stderr[-400:]}")
            (folder / "made").touch()
    return str(program)


def run(program: str, code: str, folder: Path) -> str:
    """What an example prints, run as a script whose home is the folder, with this environment's `penchant`."""
    (folder / "example.py").write_text(code, encoding="utf-8")
    commands = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = clean_environment() | {name: value for name, value in os.environ.items() if name.startswith("OPENAI_")}
    env |= {"PATH": commands, "HOME": str(folder), "OPENAI_AGENTS_DISABLE_TRACING": "1"}
    done = subprocess.run(
        [program, "example.py"], cwd=folder, env=env, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def example(word: str) -> str:
    (code,) = (code for _, code in blocks("py") if word in code)
    return code


@pytest.mark.slow
def test_openai_agents_use_penchant_over_mcp(
    frameworks: str, model: OpenAIServer, tmp_path: Path, sentence_encoder: SentenceEncoder
) -> None:
    build_index(ITEMS, tmp_path / "books", sentence_encoder)
    assert shutil.which("penchant", path=str(Path(sys.executable).parent))
    assert run(frameworks, example("from agents import"), tmp_path).strip() == "Take Galaxy Quest."
    assert "Item ids" in json.dumps(model.requests[-1])


@pytest.mark.slow
def test_pydantic_ai_uses_penchant_over_mcp(frameworks: str, model: OpenAIServer, served: str, tmp_path: Path) -> None:
    code = example("from pydantic_ai import")
    assert MCP_SERVED in code
    assert run(frameworks, code.replace(MCP_SERVED, served), tmp_path).strip() == "Take Galaxy Quest."
    assert "session_id" in json.dumps(model.requests[-1])


@pytest.mark.slow
def test_llama_index_uses_penchant_over_mcp(
    llama_index: str, model: OpenAIServer, served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_BASE", model.url)  # its own name for the address
    code = example("from llama_index")
    assert MCP_SERVED in code
    assert run(llama_index, code.replace(MCP_SERVED, served), tmp_path).strip() == "Take Galaxy Quest."
    assert "session_id" in json.dumps(model.requests[-1])
