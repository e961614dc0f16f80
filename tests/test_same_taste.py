"""One taste file, five hosts: the page, REST, MCP, LangChain and the OpenAI API pick the same from it, also for two."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import anyio
import httpx2
import pytest
from langchain_core.messages import ToolCall
from mcp import Client
from openai import ConflictError, OpenAI

from penchant.assistant import Assistant, Edit, Mark, Session, edit, export_taste, import_taste
from penchant.retriever import Index
from penchant.tools import OpenAIFunctions, Recommender, Together
from penchant.tools.adapters.langchain_adapter import langchain_tools
from penchant.tools.http.service import build_app
from penchant.ui.page.state.chat_edits import edited
from penchant.ui.page.state.chat_state import ChatState
from penchant.ui.page.state.events import TasteText

from .loopback import serving

MESSAGE = "a comedy"
GOLDEN = {"taste": ["i5", "i6", "i3"], "message": ["i7", "i5", "i6"], "both": ["i7", "i5", "i6"]}
"""Ids from the taste alone, after a message, and together with somebody else's taste."""


@pytest.fixture(scope="module")
def hosts(index: Index) -> Iterator[SimpleNamespace]:
    assistant = Assistant(index, k=3)
    recommender = Recommender(assistant)
    wishes = (
        Edit("genres", "Drama"),
        Edit("genres", "Thriller", strength=0.4),
        Edit("genres", "Horror", level="never"),
    )
    begun = Session(marks=(Mark("i1", "seen"), Mark("i2", "disliked"), Mark("i9", "later")))
    taste = export_taste(edit(begun, wishes, index.catalogue))
    with serving(build_app(recommender, "films and books")) as url:
        guest = export_taste(edit(Session(), [Edit("genres", "Comedy"), Edit("", "dry wit")], index.catalogue))
        both = {"people": [{"name": "Ann", "taste": taste}, {"name": "Bob", "taste": guest}], "k": 3}
        yield SimpleNamespace(
            assistant=assistant, recommender=recommender, url=url, taste=taste, guest=guest, both=both
        )


def ids(answer: dict[str, Any]) -> list[str]:
    return [pick["id"] for pick in answer["picks"]]


def by_rest(hosts: SimpleNamespace) -> dict[str, list[str]]:
    def post(name: str, **asked: Any) -> dict[str, Any]:
        return dict(httpx2.post(f"{hosts.url}/api/{name}", json=asked).raise_for_status().json())

    brought = post("bring_taste", taste=hosts.taste, k=3)
    onward = post("recommend", message=MESSAGE, session_id=brought["session_id"], k=3)
    return {"taste": ids(brought), "message": ids(onward), "both": ids(post("recommend_together", **hosts.both))}


def by_mcp(hosts: SimpleNamespace) -> dict[str, list[str]]:
    async def ask() -> dict[str, list[str]]:
        async with Client(f"{hosts.url}/mcp") as client:
            brought = (await client.call_tool("bring_taste", {"taste": hosts.taste, "k": 3})).structured_content or {}
            handle = brought["session_id"]
            kept = (await client.read_resource(f"penchant://taste/{handle}")).contents[0]
            assert import_taste(kept.text).interests == import_taste(hosts.taste).interests
            asked = {"message": MESSAGE, "session_id": handle, "k": 3}
            onward = (await client.call_tool("recommend", asked)).structured_content or {}
            both = (await client.call_tool("recommend_together", hosts.both)).structured_content or {}
            return {"taste": ids(brought), "message": ids(onward), "both": ids(both)}

    return anyio.run(ask)


def by_langchain(hosts: SimpleNamespace) -> dict[str, list[str]]:
    tools = {tool.name: tool for tool in langchain_tools(hosts.recommender)}

    def call(name: str, **asked: Any) -> dict[str, Any]:
        return dict(tools[name].invoke(ToolCall(name=name, args=asked, id="1", type="tool_call")).artifact)

    brought = call("bring_taste", taste=hosts.taste, k=3)
    onward = call("recommend", message=MESSAGE, session_id=brought["session_id"], k=3)
    return {"taste": ids(brought), "message": ids(onward), "both": ids(call("recommend_together", **hosts.both))}


def by_openai(hosts: SimpleNamespace) -> dict[str, list[str]]:
    with OpenAI(api_key="none", base_url=f"{hosts.url}/v1") as client:
        messages: Any = [{"role": "user", "content": MESSAGE}]
        made = client.chat.completions.create(model="penchant", messages=messages, extra_body={"taste": hosts.taste})
        messages += [{"role": "assistant", "content": made.choices[0].message.content or ""}]
        messages += [{"role": "user", "content": "no romance"}]
        again = client.chat.completions.create(model="penchant", messages=messages, extra_body={"taste": hosts.taste})
    levels = {i["value"]: i["level"] for i in (again.model_extra or {})["penchant"]["interests"]}
    assert levels["Horror"] == levels["Romance"] == "never" and levels["Drama"] == "want"
    asked = {"name": "recommend_together", "arguments": json.dumps(hosts.both | {"message": None})}
    both = OpenAIFunctions(hosts.recommender).answer({"id": "c1", "type": "function", "function": asked}).result
    assert isinstance(both, Together)
    return {"message": ids((made.model_extra or {})["penchant"]), "both": ids(both.model_dump())}


def by_page(hosts: SimpleNamespace) -> dict[str, list[str]]:
    chat = edited(ChatState(), TasteText(act="import", text=hosts.taste), hosts.assistant)
    heard = hosts.assistant.reply(MESSAGE, chat.session)
    two = edited(chat, TasteText(act="guest", text=hosts.guest), hosts.assistant).group
    assert two
    both = [pick.picks[0].item.id for pick in two.picks]
    return {"taste": list(chat.session.shown), "message": [pick.item.id for pick in heard.picks], "both": both}


@pytest.mark.parametrize("host", [by_page, by_rest, by_mcp, by_langchain, by_openai], ids=lambda host: host.__name__)
def test_the_same_taste_gives_the_same_picks(hosts: SimpleNamespace, host: Any) -> None:
    found = host(hosts)
    assert found == {name: GOLDEN[name] for name in found}


def test_a_broken_taste_is_refused_by_the_openai_api(hosts: SimpleNamespace) -> None:
    with OpenAI(api_key="none", base_url=f"{hosts.url}/v1", max_retries=0) as client:
        messages: Any = [{"role": "user", "content": MESSAGE}]
        with pytest.raises(ConflictError, match="not JSON"):
            client.chat.completions.create(model="penchant", messages=messages, extra_body={"taste": "nothing"})


def test_the_prompts_name_tools_that_there_are(hosts: SimpleNamespace) -> None:
    async def look() -> None:
        async with Client(f"{hosts.url}/mcp") as client:
            tools = {tool.name for tool in (await client.list_tools()).tools}
            prompts = {one.name: one for one in (await client.list_prompts()).prompts}
            assert set(prompts) == {"find", "fill_time", "bring_taste", "known"}
            assert all(one.title and one.description for one in prompts.values())
            told = {
                "find": {"wish": "a comedy, no horror"},
                "fill_time": {"minutes": "90", "session": "abc"},
                "bring_taste": {"taste": json.dumps({"format": "penchant taste"})},
                "known": {"session": "abc"},
            }
            for name, arguments in told.items():
                (message,) = (await client.get_prompt(name, arguments)).messages
                called = message.content.text.removeprefix("Call ").split()[0].rstrip(",.")
                assert called in tools and all(value in message.content.text for value in arguments.values())

    anyio.run(look)
