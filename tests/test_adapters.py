"""One contract for every way in: the same question gives the same picks with the same shares."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import anyio
import httpx2
import pytest
from langchain.agents import create_agent
from langchain_core.messages import AIMessage, HumanMessage, ToolCall
from mcp import Client
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageFunctionToolCall
from openai.types.responses import ResponseFunctionToolCall

from penchant.assistant import Assistant
from penchant.retriever import Index
from penchant.tools import Recommender
from penchant.tools.adapters.langchain_adapter import langchain_tools
from penchant.tools.adapters.langchain_middleware import RecommenderMiddleware
from penchant.tools.adapters.mcp_adapter import mcp_server
from penchant.tools.adapters.openai_functions import OpenAIFunctions
from penchant.tools.http.service import build_app

from .agent_model import AgentModel
from .loopback import serving

QUESTION = "a drama, no horror"
ASKED = {"message": QUESTION, "k": 3}
Turn = dict[str, Any]
Ways = SimpleNamespace


@pytest.fixture(scope="module")
def ways(index: Index) -> Iterator[Ways]:
    recommender = Recommender(Assistant(index, k=3))
    with serving(build_app(recommender, "films and books")) as url:
        yield SimpleNamespace(recommender=recommender, url=url)


def by_python(ways: Ways) -> Turn:
    return ways.recommender.recommend(QUESTION, k=3).model_dump(mode="json")


def by_langchain_tool(ways: Ways) -> Turn:
    tool = langchain_tools(ways.recommender)[0]
    message = tool.invoke(ToolCall(name="recommend", args=ASKED, id="1", type="tool_call"))
    assert message.artifact["session_id"] in message.content
    return dict(message.artifact)


def by_langchain_middleware(ways: Ways) -> Turn:
    agent = create_agent(
        AgentModel.of(AIMessage("Gladiator.")), middleware=[RecommenderMiddleware(ways.recommender.assistant, 3)]
    )
    return dict(agent.invoke({"messages": [HumanMessage(QUESTION)]})["turn"])


def by_chat_function(ways: Ways) -> Turn:
    function = {"name": "recommend", "arguments": json.dumps(ASKED | {"session_id": None, "kinds": None})}
    call = ChatCompletionMessageFunctionToolCall(id="c1", type="function", function=function)
    answered = OpenAIFunctions(ways.recommender).answer(call)
    assert answered.message["tool_call_id"] == "c1" and answered.result
    return answered.result.model_dump(mode="json")


def by_responses_function(ways: Ways) -> Turn:
    call = ResponseFunctionToolCall(
        call_id="c2", type="function_call", name="recommend", arguments=json.dumps(ASKED | {"request_id": None})
    )
    answered = OpenAIFunctions(ways.recommender).answer(call)
    assert answered.message["type"] == "function_call_output" and answered.message["call_id"] == "c2"
    assert answered.result
    return answered.result.model_dump(mode="json")


def by_mcp(server: Any) -> Turn:
    async def ask() -> Turn:
        async with Client(server) as client:
            result = await client.call_tool("recommend", ASKED)
            assert not result.is_error and "Gladiator" in result.content[0].text
            return dict(result.structured_content or {})

    return anyio.run(ask)


def by_mcp_in_memory(ways: Ways) -> Turn:
    return by_mcp(mcp_server(ways.recommender))


def by_mcp_over_http(ways: Ways) -> Turn:
    return by_mcp(f"{ways.url}/mcp")


def by_rest(ways: Ways) -> Turn:
    return dict(httpx2.post(f"{ways.url}/api/recommend", json=ASKED).raise_for_status().json())


def by_openai_client(ways: Ways) -> Turn:
    with OpenAI(api_key="none", base_url=f"{ways.url}/v1") as client:
        messages: Any = [{"role": "user", "content": QUESTION}]
        completion = client.chat.completions.create(model="penchant", messages=messages)
    assert "Gladiator" in (completion.choices[0].message.content or "")
    return dict((completion.model_extra or {})["penchant"])


def by_openai_stream(ways: Ways) -> Turn:
    with OpenAI(api_key="none", base_url=f"{ways.url}/v1") as client:
        messages: Any = [{"role": "user", "content": QUESTION}]
        chunks = list(client.chat.completions.create(model="penchant", messages=messages, stream=True))
    assert "Gladiator" in "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    return dict((chunks[-1].model_extra or {})["penchant"])


WAYS = [
    by_langchain_tool,
    by_langchain_middleware,
    by_chat_function,
    by_responses_function,
    by_mcp_in_memory,
    by_mcp_over_http,
    by_rest,
    by_openai_client,
    by_openai_stream,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_way_gives_the_same_picks_and_shares(ways: Ways, way: Callable[[Ways], Turn]) -> None:
    expected, turn = by_python(ways), way(ways)
    assert turn.keys() - {"session_id"} == expected.keys() - {"session_id"}
    assert [pick["title"] for pick in turn["picks"]] == ["Gladiator", "Interstellar", "Before Sunrise"]
    for pick, same in zip(turn["picks"], expected["picks"], strict=True):
        assert pick["id"] == same["id"] and pick["fields"] == same["fields"]
        assert shares(pick) == pytest.approx(shares(same), abs=1e-5)
        assert sum(shares(pick).values()) == pytest.approx(pick["score"], abs=1e-5)
    words = [] if way is by_langchain_middleware else ["text"]  # there, the agent's own model has the words
    for name in ("interests", "excluded", "notes", "questions", *words):
        assert turn[name] == expected[name]


def shares(pick: Turn) -> dict[tuple[str, str], float]:
    return {(share["interest"], share["block"]): share["value"] for share in pick["shares"]}
