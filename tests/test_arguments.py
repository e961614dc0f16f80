"""What programs and models give as arguments, by every way in: nulls, single ones for lists, and whatever is wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import httpx2
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain.agents import create_agent
from langchain_core.messages import AIMessage, HumanMessage, ToolCall, ToolMessage
from langchain_core.utils.function_calling import convert_to_openai_tool
from mcp import Client, StdioServerParameters

from penchant.assistant import Assistant
from penchant.retriever import Index, PenchantError
from penchant.tools import (
    ArgumentError,
    OpenAIFunctions,
    Operation,
    Recommender,
    build_app,
    langchain_tools,
    operations,
)
from penchant.tools.adapters.mcp_adapter import mcp_server

from .agent_model import AgentModel
from .conftest import clean_environment
from .loopback import serving

Said = tuple[str, dict[str, Any]]
"""What comes back: the words, and the data; no data for what is refused."""
Ways = SimpleNamespace
SECRET = "my own secret words " * 10


@pytest.fixture(scope="module")
def ways(index: Index) -> Iterator[Ways]:
    recommender = Recommender(Assistant(index, k=3))
    with serving(build_app(recommender, "films and books")) as url:
        yield SimpleNamespace(recommender=recommender, url=url)


@pytest.fixture(scope="module")
def known(ways: Ways) -> dict[str, Operation]:
    return {operation.name: operation for operation in operations(ways.recommender)}


def by_operation(ways: Ways, name: str, arguments: dict[str, Any]) -> Said:
    (operation,) = (one for one in operations(ways.recommender) if one.name == name)
    try:
        result = operation.call(arguments)
    except PenchantError as error:
        return str(error), {}
    return result.words, result.model_dump(mode="json")


def by_agent(ways: Ways, name: str, arguments: dict[str, Any]) -> Said:
    call = ToolCall(name=name, args=arguments, id="1", type="tool_call")
    agent = create_agent(AgentModel.of(call, AIMessage("Done.")), langchain_tools(ways.recommender))
    (message,) = (m for m in agent.invoke({"messages": [HumanMessage("hi")]})["messages"] if isinstance(m, ToolMessage))
    assert (message.status == "error") == (message.artifact is None)
    return str(message.content), message.artifact or {}


def by_function(ways: Ways, name: str, arguments: dict[str, Any]) -> Said:
    call = {"id": "1", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
    answered = OpenAIFunctions(ways.recommender).answer(call)
    return answered.message["content"], answered.result.model_dump(mode="json") if answered.result else {}


def by_mcp(server: Any, name: str, arguments: dict[str, Any]) -> Said:
    async def ask() -> Said:
        async with Client(server) as client:
            result = await client.call_tool(name, arguments)
            return result.content[0].text, {} if result.is_error else dict(result.structured_content or {})

    return anyio.run(ask)


def by_mcp_in_memory(ways: Ways, name: str, arguments: dict[str, Any]) -> Said:
    return by_mcp(mcp_server(ways.recommender), name, arguments)


def by_mcp_over_http(ways: Ways, name: str, arguments: dict[str, Any]) -> Said:
    return by_mcp(f"{ways.url}/mcp", name, arguments)


def by_rest(ways: Ways, name: str, arguments: dict[str, Any]) -> Said:
    answer = httpx2.post(f"{ways.url}/api/{name}", json=arguments)
    if answer.is_success:
        return answer.json()["text"], answer.json()
    problem = answer.json()["error"]
    assert answer.status_code == 422 and problem["code"] == "invalid_arguments"
    return problem["message"], {}


WAYS = [by_operation, by_agent, by_function, by_mcp_in_memory, by_mcp_over_http, by_rest]
every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
Way = Callable[[Ways, str, dict[str, Any]], Said]


# what is taken


@every_way
def test_null_is_as_if_left_out(ways: Ways, way: Way) -> None:
    _, plain = way(ways, "recommend", {"message": "a drama"})
    nulls = {"session_id": None, "k": None, "kinds": None, "request_id": None}
    _, answer = way(ways, "recommend", {"message": "a drama"} | nulls)
    assert len(answer["picks"]) == 5 and answer["picks"] == plain["picks"]
    edit = {"facet": "genres", "value": "Horror", "level": "never", "remove": None, "strength": None, "parked": None}
    handle = answer["session_id"]
    _, edited = way(ways, "edit_interests", {"session_id": handle, "edits": [edit], "undo_last": None, "k": None})
    assert ("never", "Horror") in {(i["level"], i["value"]) for i in edited["interests"]}
    facts = {"reason_facet": None, "reason_value": None, "k": None, "request_id": None}
    _, liked = way(ways, "feedback", {"item": "i5", "verdict": "like", "session_id": handle} | facts)
    assert liked["session_id"] == handle
    _, compared = way(ways, "compare", {"items": ["i5", "i6"], "session_id": None})
    assert len(compared["items"]) == 2


@every_way
def test_a_single_one_is_a_list_of_one(ways: Ways, way: Way) -> None:
    _, films = way(ways, "recommend", {"message": "a drama", "kinds": "film"})
    assert films["picks"] and {pick["fields"]["kind"] for pick in films["picks"]} == {"film"}
    edit = {"facet": "genres", "value": "Horror", "level": "never"}
    for edits in (edit, json.dumps(edit), json.dumps([edit])):  # some clients send JSON within JSON
        _, edited = way(ways, "edit_interests", {"edits": edits})
        assert [(i["level"], i["value"]) for i in edited["interests"]] == [("never", "Horror")]


def test_every_list_takes_a_single_one(known: dict[str, Operation]) -> None:
    lists = [(o, name) for o in known.values() for name, p in o.schema["properties"].items() if p["type"] == "array"]
    assert sorted(name for _, name in lists) == ["edits", "items", "kinds", "people"]
    single: dict[str, Any] = {"edits": {"value": "x"}, "people": {"session_id": "x"}}
    for operation, name in lists:
        try:
            required = {"message": "x"} if operation.name == "recommend" else {}
            (_,) = operation.checked(required | {name: single.get(name, "x")})[name]
        except ArgumentError as error:  # a comparison is of two: a list of one is too short
            assert str(error).startswith('items: got "x", takes a list of texts (at least 2')


@given(st.data())
def test_any_null_is_as_if_left_out(known: dict[str, Operation], data: Any) -> None:
    operation = data.draw(st.sampled_from(list(known.values())))
    optional = [name for name in operation.schema["properties"] if name not in operation.schema.get("required", ())]
    required: dict[str, Any] = {"message": "a drama", "session_id": "x", "item": "i1", "verdict": "like"}
    required |= {"items": ["i1", "i2"], "taste": "{}", "minutes": 90, "people": [{"session_id": "x"}]}
    given = {name: required[name] for name in operation.schema.get("required", ())}
    nulls = dict.fromkeys(data.draw(st.sets(st.sampled_from(optional))) if optional else ())
    assert operation.checked(given | nulls) == operation.checked(given)


# the schemas


def keywords(schema: Any) -> set[str]:
    """Every key of a schema and of all within it."""
    if isinstance(schema, list):
        return {key for part in schema for key in keywords(part)}
    return (
        set(schema) | {key for part in schema.values() for key in keywords(part)} if isinstance(schema, dict) else set()
    )


def test_no_schema_of_a_tool_refers_to_another_place(ways: Ways, known: dict[str, Operation]) -> None:
    async def listed() -> Any:
        async with Client(mcp_server(ways.recommender)) as client:
            return (await client.list_tools()).tools

    tools, functions = langchain_tools(ways.recommender), OpenAIFunctions(ways.recommender)
    api = httpx2.get(f"{ways.url}/openapi.json").json()["paths"]
    schemas = {
        "definition": [operation.schema for operation in known.values()],
        "langchain": [
            [t.args, t.args_schema.model_json_schema(), t.tool_call_schema.model_json_schema()] for t in tools
        ],
        "langchain as sent": [convert_to_openai_tool(tool) for tool in tools],
        "functions": [functions.for_chat, functions.for_responses],
        "mcp": [[tool.input_schema, tool.output_schema] for tool in anyio.run(listed)],
        "rest": [api[f"/api/{name}"]["post"]["requestBody"] for name in known],
    }
    for way, found in schemas.items():
        assert "properties" in keywords(found) and "value" in keywords(found), way
        assert not {"$ref", "$defs", "definitions"} & keywords(found), way


def test_mcp_promises_what_the_definition_says(ways: Ways, known: dict[str, Operation]) -> None:
    async def listed() -> Any:
        async with Client(mcp_server(ways.recommender)) as client:
            return (await client.list_tools()).tools

    assert {tool.name: tool.input_schema for tool in anyio.run(listed)} == {n: o.schema for n, o in known.items()}


def test_the_service_says_where_null_may_stand(ways: Ways, known: dict[str, Operation]) -> None:
    api = httpx2.get(f"{ways.url}/openapi.json").json()["paths"]
    for name, operation in known.items():
        body = api[f"/api/{name}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
        required = operation.schema.get("required", [])
        for argument, part in body["properties"].items():
            assert ({"type": "null"} in part.get("anyOf", [])) == (argument not in required), (name, argument)
    edit = api["/api/edit_interests"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    jsonschema.validate({"edits": [{"value": "x", "remove": None, "facet": None, "level": None}], "k": None}, edit)


# what is refused

WRONG = [
    ("recommend", {}, ["message: is missing, takes text", 'such as "a comedy in space, no horror"']),
    ("recommend", {"message": None}, ["message: is missing"]),
    ("recommend", {"message": "x", "mood": None}, ["mood: there is no such argument"]),
    ("recommend", {"message": "  "}, ['message: got " ", takes text', "not blank"]),
    (
        "recommend",
        {"message": "x", "k": "many"},
        ['k: got "many", takes a whole number (at least 1, at most 20), such as 5'],
    ),
    ("recommend", {"message": "x", "k": 99}, ["k: got 99, takes a whole number"]),
    ("recommend", {"message": "x", "k": 2.5}, ["k: got 2.5, takes a whole number"]),
    ("recommend", {"message": "x", "kinds": 5}, ["kinds: got 5, takes a list of texts", 'such as ["film"]']),
    ("recommend", {"message": "x", "kinds": ["film", 7]}, ["kinds.1: got 7, takes text"]),
    (
        "recommend",
        {"message": "x", "mood": "dark"},
        ["mood: there is no such argument; there are message, session_id, k"],
    ),
    (
        "recommend",
        {"message": "x", "session_id": 7},
        ["session_id: got 7, takes text", "session_id of the previous answer"],
    ),
    ("recommend", {"message": SECRET * 100}, ["message: got text of 20,000 characters, takes text", "up to 8,000"]),
    ("recommend", {"message": "x", "request_id": SECRET * 2}, ["request_id: got text of 400 characters"]),
    (
        "feedback",
        {"item": "i1", "verdict": "adore"},
        ['verdict: got "adore", takes like, dislike, seen, later or clear'],
    ),
    ("edit_interests", {"edits": [{"value": ""}]}, ['edits.0.value: got "", takes text', 'such as "comedy"']),
    (
        "edit_interests",
        {"edits": [{"value": "x", "strength": 2}]},
        ["edits.0.strength: got 2, takes a number (above 0"],
    ),
    (
        "edit_interests",
        {"edits": {"value": "x", "level": "no"}},
        ['edits.0.level: got "no", takes want, less or never'],
    ),
    (
        "edit_interests",
        {"edits": [{"name": "x"}]},
        ["edits.0.value: is missing", "edits.0.name: there is no such argument"],
    ),
    (
        "edit_interests",
        {"edits": "Horror"},
        ['edits.0: got "Horror", takes an object with value, facet, level', 'such as {"facet": "genres"'],
    ),
    ("edit_interests", {"edits": 7}, ["edits: got 7, takes a list of objects (at most 50 of them), such as [{"]),
    ("edit_interests", {"undo_last": "maybe"}, ['undo_last: got "maybe", takes true or false']),
    ("edit_interests", {"edits": [7] * 30}, ["edits.4: got 7", "and 25 more faults"]),
    (
        "compare",
        {"items": "Inception"},
        ['items: got "Inception", takes a list of texts (at least 2 of them, at most 10'],
    ),
    ("interests", {"session_id": ""}, ['session_id: got "", takes text']),
]


@every_way
def test_what_is_wrong_is_told_in_our_own_words(ways: Ways, way: Way) -> None:
    for name, arguments, said in WRONG:
        words, data = way(ways, name, arguments)
        assert not data, (name, arguments)
        assert_ours(words)
        for part in said:
            assert part in words, words


def assert_ours(words: str) -> None:
    """One line without pydantic's words, and nothing that a person said at length."""
    assert len(words.splitlines()) == 1 and len(words) < 2000
    for foreign in (
        "[type=",
        "Input should",
        "validation error",
        "Field required",
        "pydantic",
        "String should",
        SECRET,
    ):
        assert foreign not in words, words


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(["message", "session_id", "k", "kinds", "edits", "items", "item", "verdict", "undo_last"])


@given(
    name=st.sampled_from(["recommend", "interests", "edit_interests", "feedback", "explain", "compare"]),
    arguments=st.dictionaries(NAMES | st.text(max_size=12) | st.just("self"), JSON, max_size=5) | JSON,
)
def test_whatever_comes_is_taken_or_told_in_words(known: dict[str, Operation], name: str, arguments: Any) -> None:
    try:
        known[name].checked(arguments)
    except ArgumentError as error:
        assert_ours(str(error))
        str(error).encode()  # could be sent


@given(arguments=st.dictionaries(NAMES | st.text(max_size=12) | st.just("self"), JSON, max_size=5))
def test_no_arguments_break_an_adapter(ways: Ways, arguments: dict[str, Any]) -> None:
    """Whatever a model writes is answered with words."""
    call = {"id": "1", "type": "function", "function": {"name": "compare", "arguments": json.dumps(arguments)}}
    assert OpenAIFunctions(ways.recommender).answer(call).message["content"]
    tool = next(tool for tool in langchain_tools(ways.recommender) if tool.name == "compare")
    assert tool.invoke(ToolCall(name="compare", args=arguments, id="1", type="tool_call")).content


def test_a_client_over_standard_input_reads_the_same(tmp_path: Path) -> None:
    """What is wrong is told before any catalogue is opened."""
    words = ["-m", "penchant.ui", "mcp"]
    env = clean_environment() | {"PENCHANT_HOME": str(tmp_path)}
    server = StdioServerParameters(command=sys.executable, args=words, env=env)
    wrong = {"message": "x", "k": "many", "session_id": None}
    text, data = by_mcp(server, "recommend", wrong)
    assert not data and 'k: got "many", takes a whole number' in text and "session_id" not in text
    assert_ours(text)
