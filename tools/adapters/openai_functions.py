"""The operations as OpenAI functions, for chat completions and for responses, and what answers a model's calls.

The schemas are strict: every parameter is required, null stands for the default, and nothing else is allowed. Needs no
OpenAI library: `openai.pydantic_function_tool` leaves defaults and bounds in, which not every server takes. Knows
nothing of how a turn works.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from penchant.retriever import PenchantError

from ..api import ArgumentError, Json, Operation, Recommender, Result, bounds, operations

_KEPT = ("type", "description", "properties", "items", "anyOf", "enum")
"""Keywords that every server takes in a strict schema; bounds are said in words instead."""


@dataclass(frozen=True, slots=True)
class CallOutput:
    """What goes back to the model, to append to the messages (or to the input), and the result for the program; None
    if the call was refused."""

    message: Json
    result: Result | None


class OpenAIFunctions:
    """The functions of one recommender. `about`: what its catalogue holds, in a few words."""

    def __init__(self, recommender: Recommender, about: str = "") -> None:
        self._operations = {operation.name: operation for operation in operations(recommender, about)}

    @property
    def for_chat(self) -> list[Json]:
        """`tools=` of `client.chat.completions.create`."""
        return [{"type": "function", "function": _function(one)} for one in self._operations.values()]

    @property
    def for_responses(self) -> list[Json]:
        """`tools=` of `client.responses.create`."""
        return [{"type": "function", **_function(one)} for one in self._operations.values()]

    def answer(self, call: Any) -> CallOutput:
        """Answers a tool call of a chat message or a `function_call` of a response: the library's object, or a dict.

        What is refused is told the model in words. Raises nothing that a model could bring about.
        """
        raw: Json = call if isinstance(call, dict) else call.model_dump()
        asked: Json = raw.get("function") or raw
        text, result = self._text(str(asked.get("name")), asked.get("arguments"))
        if "call_id" in raw:
            return CallOutput({"type": "function_call_output", "call_id": raw["call_id"], "output": text}, result)
        return CallOutput({"role": "tool", "tool_call_id": raw["id"], "content": text}, result)

    def _text(self, name: str, arguments: Any) -> tuple[str, Result | None]:
        try:
            result = self._call(name, arguments)
        except PenchantError as error:
            return f"Error: {error}", None
        return result.words, result

    def _call(self, name: str, arguments: Any) -> Result:
        if name not in self._operations:
            raise ArgumentError(f"there is no function {name!r}; there are {', '.join(self._operations)}")
        try:
            said = json.loads(arguments or "{}") if isinstance(arguments, str | None) else arguments
        except (ValueError, RecursionError) as error:
            raise ArgumentError(f"the arguments are not JSON: {error}") from error
        if not isinstance(said, Mapping):
            raise ArgumentError("the arguments are not a JSON object")
        return self._operations[name].call(said)


def _function(operation: Operation) -> Json:
    return {
        "name": operation.name,
        "description": operation.description,
        "parameters": _strict(operation.schema),
        "strict": True,
    }


def _strict(schema: Json) -> Json:
    """A schema as strict mode wants it, however nested. What has a default may be null instead."""
    made = {name: value for name, value in schema.items() if name in _KEPT}
    if "items" in made:
        made["items"] = _strict(made["items"])
    if "anyOf" in made:
        made["anyOf"] = [_strict(part) for part in made["anyOf"]]
    if "properties" in made:
        made["properties"] = {name: _property(part) for name, part in made["properties"].items()}
        made |= {"required": list(made["properties"]), "additionalProperties": False}
    if said := bounds(schema):
        made["description"] = " ".join(filter(None, [made.get("description"), f"({', '.join(said)})"]))
    return made


def _property(schema: Json) -> Json:
    strict = _strict(schema)
    if "default" not in schema or "anyOf" in strict:
        return strict
    described = {"description": strict.pop("description")} if "description" in strict else {}
    return {"anyOf": [strict, {"type": "null"}], **described}
