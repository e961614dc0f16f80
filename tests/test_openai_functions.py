"""Functions for the OpenAI API: schemas that strict mode takes, and calls answered whatever a model writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from penchant.assistant import Assistant
from penchant.retriever import Index
from penchant.tools import Recommender
from penchant.tools.adapters.openai_functions import OpenAIFunctions

ALLOWED = {
    "type",
    "description",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "anyOf",
    "enum",
}


@pytest.fixture(scope="module")
def functions(index: Index) -> OpenAIFunctions:
    return OpenAIFunctions(Recommender(Assistant(index)), "films and books")


def schemas(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema and all within it."""
    if not isinstance(schema, dict):
        return
    yield schema
    parts = [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
    for part in [*parts, schema.get("items")]:
        yield from schemas(part)


def call(functions: OpenAIFunctions, name: str, arguments: Any) -> Any:
    return functions.answer({"id": "1", "type": "function", "function": {"name": name, "arguments": arguments}})


def test_schemas_are_strict(functions: OpenAIFunctions) -> None:
    assert len(functions.for_chat) == 11
    for tool in functions.for_chat:
        function = tool["function"]
        jsonschema.Draft202012Validator.check_schema(function["parameters"])
        assert function["strict"] and len(function["name"]) < 64 and len(function["description"]) < 1024
        for schema in schemas(function["parameters"]):
            assert schema.keys() <= ALLOWED, schema
            if schema.get("type") == "object":
                assert schema["additionalProperties"] is False
                assert schema["required"] == list(schema["properties"])


def test_both_apis_get_the_same_functions(functions: OpenAIFunctions) -> None:
    assert [{"type": "function", **tool["function"]} for tool in functions.for_chat] == functions.for_responses


def test_bounds_are_said_in_words(functions: OpenAIFunctions) -> None:
    count = functions.for_chat[0]["function"]["parameters"]["properties"]["k"]
    assert count["description"] == "How many picks to return. (at least 1, at most 20)"
    assert {"type": "null"} in count["anyOf"]


def test_null_stands_for_the_default(functions: OpenAIFunctions) -> None:
    every = {"message": "a drama", "session_id": None, "k": None, "kinds": None, "request_id": None}
    answered = call(functions, "recommend", json.dumps(every))
    assert len(answered.result.picks) == 5 and answered.result.session_id in answered.message["content"]
    edit = {"value": "Horror", "facet": "genres", "level": "never", "strength": None, "parked": None, "pinned": None}
    arguments = {"edits": [edit | {"remove": None}], "undo_last": None, "session_id": answered.result.session_id}
    edited = call(functions, "edit_interests", json.dumps(arguments))
    assert ("never", "Horror") in {(i.level, i.value) for i in edited.result.interests}


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("recommend", '{"message": "a dra', "not JSON"),
        ("recommend", "[" * 100_000, "not JSON"),
        ("recommend", '["a drama"]', "not a JSON object"),
        ("recommend", "", "message: is missing, takes text"),
        ("recommend", None, "message: is missing, takes text"),
        ("recommend", '{"message": "a drama", "k": 0}', "k: got 0, takes a whole number"),
        ("recommend", '{"message": "more", "session_id": "guessed"}', "leaving session_id empty"),
        ("__init__", "{}", "there is no function '__init__'; there are recommend"),
        ("taste", "{}", "there is no function 'taste'"),
    ],
)
def test_what_cannot_be_done_is_told_the_model(
    functions: OpenAIFunctions, name: str, arguments: Any, said: str
) -> None:
    answered = call(functions, name, arguments)
    assert answered.result is None and answered.message["role"] == "tool"
    assert answered.message["content"].startswith("Error: ") and said in answered.message["content"]


def test_calls_may_be_plain_data(functions: OpenAIFunctions) -> None:
    item = {"type": "function_call", "call_id": "c", "name": "recommend", "arguments": {"message": "a drama"}}
    answered = functions.answer(item)
    assert answered.message == {"type": "function_call_output", "call_id": "c", "output": answered.result.words}  # type: ignore[union-attr]
