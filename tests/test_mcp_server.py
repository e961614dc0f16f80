"""The MCP server: what clients see of it, in memory, over standard input and output, and in the view of the picks."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import jsonschema
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.extension import advertise
from mcp.server.apps import APP_MIME_TYPE, EXTENSION_ID

from penchant.assistant import Assistant, import_taste
from penchant.retriever import Index, Item, SentenceEncoder, build_index
from penchant.tools import Recommender, operations
from penchant.tools.adapters.mcp_adapter import VIEW, mcp_server

from .conftest import PATIENCE, HashEncoder, clean_environment
from .tiny import ITEMS

T = Callable[[Client], Awaitable[Any]]


@pytest.fixture
def recommender(index: Index) -> Recommender:
    return Recommender(Assistant(index))


def talk(server: Any, said: T, **options: Any) -> Any:
    """What comes of talking to a server, in memory or elsewhere."""

    async def run() -> Any:
        async with Client(server, **options) as client:
            return await said(client)

    return anyio.run(run)


def test_tools_say_what_they_do(recommender: Recommender) -> None:
    server = mcp_server(recommender, "films and books")

    async def look(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions, client.server_info

    tools, instructions, info = talk(server, look)
    known = {tool.name: tool for tool in tools}
    assert len(known) == 11 and info.name == "penchant" and info.version
    assert "of films and books." in instructions and "session_id" in instructions
    assert known["recommend"].description.endswith("The catalogue holds films and books.")
    for tool in tools:
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)
        assert tool.title and tool.annotations.open_world_hint is False
    assert {name for name, tool in known.items() if tool.annotations.read_only_hint} == {
        "interests",
        "explain",
        "compare",
        "for_you",
        "recommend_together",
    }
    assert [name for name, tool in known.items() if tool.annotations.destructive_hint] == ["forget"]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_results_are_words_and_data_of_the_form_promised(recommender: Recommender, mode: str) -> None:
    async def converse(client: Client) -> None:
        forms = {tool.name: tool.output_schema for tool in (await client.list_tools()).tools}
        handle = ""
        for name, arguments in (
            ("recommend", {"message": "a drama, no horror", "k": 2}),
            ("edit_interests", {"edits": [{"facet": "genres", "value": "Comedy"}]}),
            ("feedback", {"item": "Gladiator", "verdict": "like"}),
            ("interests", {}),
            ("explain", {"item": "Get Out"}),
            ("compare", {"items": ["Inception", "Gladiator"]}),
            ("for_you", {}),
            ("fit_time", {"minutes": 240}),
            ("forget", {}),
        ):
            result = await client.call_tool(name, arguments | ({"session_id": handle} if handle else {}))
            assert not result.is_error and result.structured_content, result
            jsonschema.validate(result.structured_content, forms[name])
            (words,) = result.content
            assert result.structured_content["text"] in words.text and (handle in words.text or name == "forget")
            handle = handle or result.structured_content["session_id"]
        both = [
            {"session_id": (await client.call_tool("recommend", {"message": m})).structured_content["session_id"]}
            for m in ("a drama", "no horror")
        ]
        joint = await client.call_tool("recommend_together", {"people": both})
        jsonschema.validate(joint.structured_content, forms["recommend_together"])
        assert joint.structured_content["text"] in joint.content[0].text

    talk(mcp_server(recommender), converse, mode=mode)


def test_what_is_refused_is_told_in_words(recommender: Recommender) -> None:
    async def converse(client: Client) -> list[str]:
        handle = (await client.call_tool("recommend", {"message": "a drama"})).structured_content["session_id"]
        asked: list[tuple[str, dict[str, Any]]] = [
            ("recommend", {"message": "more", "session_id": "guessed"}),
            ("recommend", {"message": "more", "k": 99}),
            ("recommend", {"message": "  "}),
            ("explain", {"item": "No Such Film", "session_id": handle}),
            ("feedback", {"item": "i5", "verdict": "dislike", "reason_facet": "genres", "reason_value": "Poetry"}),
        ]
        results = [await client.call_tool(name, arguments) for name, arguments in asked]
        assert all(result.is_error for result in results)
        return [result.content[0].text for result in results]

    unknown, many, blank, missing, wrong = talk(mcp_server(recommender), converse)
    assert "begin a new one, by leaving session_id empty" in unknown
    assert "k: got 99, takes a whole number" in many and "not blank" in blank
    assert "no item 'No Such Film'; give an item id" in missing and "'Poetry' is no 'genres' of 'Gladiator'" in wrong


def test_progress_is_reported(recommender: Recommender) -> None:
    seen: list[tuple[float, str | None]] = []

    async def note(done: float, total: float | None, message: str | None) -> None:
        seen.append((done, message))

    async def ask(client: Client) -> None:
        await client.call_tool("recommend", {"message": "a drama", "k": 2}, progress_callback=note)

    talk(mcp_server(recommender), ask)
    assert seen[:2] == [(0, "Understanding"), (1, "2 picks")] and [done for done, _ in seen] == sorted(
        done for done, _ in seen
    )


def test_the_catalogue_and_a_taste_are_resources(recommender: Recommender) -> None:
    answer = recommender.recommend("a drama, no horror")

    async def read(client: Client) -> tuple[str, str]:
        with pytest.raises(MCPError, match="no such session"):
            await client.read_resource("penchant://taste/guessed")
        found = [
            await client.read_resource(f"penchant://{name}") for name in ("catalogue", f"taste/{answer.session_id}")
        ]
        assert all(one.contents[0].mime_type == "application/json" for one in found)
        return tuple(one.contents[0].text for one in found)  # type: ignore[return-value]

    catalogue, taste = talk(mcp_server(recommender), read)
    facts = json.loads(catalogue)
    fields = {field["name"]: field for field in facts["fields"]}
    assert facts["items"] == 12 and fields["year"] == {"name": "year", "kind": "number", "least": 1993, "most": 2024}
    assert set(fields["kind"]["commonest"]) == {"film", "book"} and "poster_url" not in fields
    assert [i.value for i in import_taste(taste).interests] == [i.value for i in answer.interests]


def test_picks_come_with_a_view_for_hosts_that_show_one(recommender: Recommender) -> None:
    async def look(client: Client) -> Any:
        assert EXTENSION_ID in (client.server_capabilities.extensions or {})
        tools = (await client.list_tools()).tools
        return {tool.name: tool.meta for tool in tools}, (await client.read_resource(VIEW)).contents[0]

    shows = advertise(EXTENSION_ID, {"mimeTypes": [APP_MIME_TYPE]})
    metas, page = talk(mcp_server(recommender), look, extensions=[shows])
    with_view = {"recommend", "edit_interests", "feedback", "bring_taste", "fit_time"}
    assert {name for name, meta in metas.items() if meta} == with_view
    assert metas["recommend"] == {"ui": {"resourceUri": VIEW}}
    assert page.mime_type == "text/html;profile=mcp-app" and page.text.startswith("<!doctype html>")
    assert "innerHTML" not in page.text and "http://" not in page.text and "src=" not in page.text


# the view, in a browser

HOST = """<!doctype html><iframe id="view" sandbox="allow-scripts" style="width:600px;height:600px"></iframe><script>
const frame = document.getElementById("view"), log = [];
const send = (m) => frame.contentWindow.postMessage({ jsonrpc: "2.0", ...m }, "*");
window.addEventListener("message", async ({ data }) => {
  log.push(data.method || "response");
  if (data.method === "ui/initialize") send({ id: data.id, result: { protocolVersion: "2026-01-26",
    hostInfo: { name: "test", version: "1" }, hostCapabilities: { serverTools: {} },
    hostContext: { theme: "dark" } } });
  if (data.method === "ui/notifications/initialized") {
    send({ method: "ui/notifications/tool-input", params: { arguments: {} } });
    send({ method: "ui/notifications/tool-result", params: await window.first() });
  }
  if (data.method === "tools/call") {
    try { send({ id: data.id, result: await window.call(data.params) }); }
    catch (error) { send({ id: data.id, error: { code: -32000, message: String(error.message) } }); }
  }
  if (data.method === "ui/update-model-context") send({ id: data.id, result: {} });
});
window.start = (html) => { frame.srcdoc = html; };
</script>"""

HOSTILE = '<img src=x onerror="parent.postMessage(1)"><b>bold</b>'


@pytest.mark.slow
def test_the_view_shows_picks_and_takes_thumbs(tmp_path: Path) -> None:
    from playwright.sync_api import expect

    from .visiting import chromium

    hostile = Item("bad", HOSTILE, fields={"kind": "film", "year": 2001, "genres": ("Drama", HOSTILE)})
    recommender = Recommender(Assistant(build_index([*ITEMS, hostile], tmp_path / "index", HashEncoder(48))))
    server = mcp_server(recommender)
    html = talk(server, lambda client: client.read_resource(VIEW)).contents[0].text
    answer = recommender.recommend("a drama")
    calls: list[dict[str, Any]] = []

    def result(found: Any) -> dict[str, Any]:
        return {"content": [{"type": "text", "text": found.words}], "structuredContent": found.model_dump(mode="json")}

    def call(asked: dict[str, Any]) -> dict[str, Any]:
        calls.append(asked)
        (operation,) = (one for one in operations(recommender) if one.name == asked["name"])
        return result(operation.call(asked["arguments"]))

    with chromium() as browser:
        page = browser.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.expose_function("first", lambda: result(answer))
        page.expose_function("call", call)
        page.set_content(HOST)
        page.evaluate("html => window.start(html)", html)
        view = page.frame_locator("#view")
        cards = view.locator("#picks > li")
        expect(cards).to_have_count(5)
        drama = view.get_by_role("button", name="Take back: genres: Drama", exact=True)
        expect(drama).to_have_text("genres: Drama ×")
        expect(view.locator("strong", has_text="<b>bold</b>")).to_have_count(1)  # as text
        assert view.locator("img, b").count() == 0
        expect(cards.first).to_contain_text("Gladiator")
        view.get_by_role("button", name="Dislike: Gladiator").click()
        expect(cards.filter(has_text="Gladiator")).to_have_count(0)
        drama.click()
        expect(drama).to_have_count(0)
        assert "Drama" not in {interest.value for interest in recommender.interests(answer.session_id).interests}
        view.get_by_role("button", name="Undo").click()
        expect(drama).to_have_count(1)
        recommender.forget(answer.session_id)
        view.get_by_role("button", name="Like: Interstellar", exact=True).click()
        expect(view.get_by_role("status")).to_contain_text("no such session")
        expect(cards).to_have_count(5)
        log = page.evaluate("log")
    assert not problems and "ui/notifications/size-changed" in log and "ui/update-model-context" in log
    assert calls[0] == {
        "name": "feedback",
        "arguments": {"item": "i5", "verdict": "dislike", "session_id": answer.session_id, "k": 5},
    }


# the command, as a client starts it

FILMS = [
    Item("quest", "Galaxy Quest", fields={"genres": ("comedy", "science fiction"), "year": 1999}),
    Item("alien", "Alien", fields={"genres": ("horror", "science fiction"), "year": 1979}),
    Item("hill", "Notting Hill", fields={"genres": ("romance", "comedy"), "year": 1999}),
]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory, sentence_encoder: SentenceEncoder) -> Path:
    folder = tmp_path_factory.mktemp("films")
    build_index(FILMS, folder, sentence_encoder)
    return folder


def environment(home: Path) -> dict[str, str]:
    return clean_environment() | {"PENCHANT_HOME": str(home)}


@pytest.mark.slow
def test_nothing_but_the_protocol_is_on_standard_output(catalogue: Path, tmp_path: Path) -> None:
    """Also while torch and the encoder are loaded, which a call waits for."""
    words = [sys.executable, "-m", "penchant.ui", "mcp", "--catalogue", str(catalogue), "--about", "three films"]
    script = f"{shlex.join(words)} 2> {tmp_path / 'errors'} | tee {tmp_path / 'output'}"
    server = StdioServerParameters(command="bash", args=["-c", script], env=environment(tmp_path))
    seen: list[float] = []

    async def note(done: float, total: float | None, message: str | None) -> None:
        seen.append(done)

    async def converse(client: Client) -> Any:
        assert "three films" in ((await client.list_tools()).tools[0].description or "")
        arguments = {"message": "a comedy, no romance", "session_id": None, "k": None, "kinds": None}
        found = await client.call_tool("recommend", arguments, progress_callback=note)
        return found.structured_content

    found = talk(server, converse)
    assert found["picks"][0]["id"] == "quest" and "hill" not in {pick["id"] for pick in found["picks"]}
    assert seen and seen == sorted(seen)
    lines = (tmp_path / "output").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 3 and all(json.loads(line)["jsonrpc"] == "2.0" for line in lines)
    errors = (tmp_path / "errors").read_text(encoding="utf-8")
    assert "Traceback" not in errors and found["session_id"] not in errors


def test_it_ends_in_good_order_when_the_client_goes(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "penchant.ui", "mcp"]
    done = subprocess.run(
        words, env=environment(tmp_path), input="", capture_output=True, text=True, timeout=PATIENCE, cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (0, "") and "Traceback" not in done.stderr
