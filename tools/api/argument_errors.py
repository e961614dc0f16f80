"""What is wrong with arguments, in words that a model can act on: which one, what it got, what it takes, an example.

Knows JSON schemas without references, and pydantic's list of what does not fit. Knows nothing of operations.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from penchant.retriever import PenchantError

from .text_rendering import one_line

Json = dict[str, Any]

_FAULTS = 5
_LONGEST = 60
_LARGEST = 10**15
_BOUNDS = {
    "minimum": "at least {:,}",
    "exclusiveMinimum": "above {:,}",
    "maximum": "at most {:,}",
    "minItems": "at least {:,} of them",
    "maxItems": "at most {:,} of them",
}
_TEXT_BOUNDS = {"minLength": "{:,} or more characters", "maxLength": "up to {:,} characters", "pattern": "not blank"}
_KINDS = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false"}


class ArgumentError(PenchantError):
    """Arguments that do not fit the operation."""


def fitting(model: type[BaseModel], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as a model takes them. Raises ArgumentError."""
    try:
        taken = model.model_validate(arguments)
    except ValidationError as error:
        raise ArgumentError(faults(error, model.model_json_schema())) from error
    return {name: getattr(taken, name) for name in model.model_fields}


def faults(error: ValidationError, schema: Json) -> str:
    """All that is wrong, on one line. `schema`: of the arguments. Nothing that was said at length is repeated."""
    found = error.errors(include_url=False, include_context=False)
    said = [_fault(one["type"], one["loc"], one["input"], schema) for one in found[:_FAULTS]]
    return "; ".join([*said, f"and {len(found) - _FAULTS:,} more faults"] if found[_FAULTS:] else said)


def bounds(schema: Json, of_text: bool = False) -> list[str]:
    """The bounds of a value in words; of a text's length only if asked for."""
    known = _BOUNDS | _TEXT_BOUNDS if of_text else _BOUNDS
    return [words.format(schema[name]) for name, words in known.items() if name in schema]


def _fault(kind: str, path: Sequence[int | str], got: object, schema: Json) -> str:
    where = _printable(".".join(map(str, path))) or "arguments"
    if kind == "extra_forbidden":
        return f"{where}: there is no such argument; there are {_listed(_part(schema, path[:-1])['properties'], 'and')}"
    wanted = _wanted(_part(schema, path))
    return f"{where}: is missing, takes {wanted}" if kind == "missing" else f"{where}: got {_got(got)}, takes {wanted}"


def _part(schema: Json, path: Sequence[int | str]) -> Json:
    """The schema of what lies at a path."""
    for step in path:
        inner = schema["items"] if isinstance(step, int) else schema["properties"][step]
        kinds = [kind for kind in inner.get("anyOf", ()) if kind["type"] != "null"]
        schema = {**inner, **kinds[0]} if kinds else inner
    return schema


def _wanted(schema: Json) -> str:
    """What a value may be, with an example, or else what it is for."""
    if "enum" in schema:
        return _listed(schema["enum"], "or")
    limits = ", ".join(bounds(schema, of_text=True))
    kind = f"{_kind(schema)}{f' ({limits})' if limits else ''}"
    if example := _example(schema):
        return f"{kind}, such as {json.dumps(example, ensure_ascii=False)}"
    return f"{kind}: {schema['description']}" if "description" in schema else kind


def _example(schema: Json) -> Any:
    if "examples" in schema:
        return schema["examples"][0]
    inner = _example(schema["items"]) if "items" in schema else None
    return [inner] if inner else None


def _kind(schema: Json) -> str:
    if schema["type"] == "array":
        return f"a list of {'texts' if schema['items']['type'] == 'string' else 'objects'}"
    if schema["type"] == "object":
        return f"an object with {_listed(schema['properties'], 'and')}"
    return _KINDS[schema["type"]]


def _got(value: object) -> str:
    """A value, if it is short; else what it is."""
    match value:
        case str() if len(value) > _LONGEST:
            return f"text of {len(value):,} characters"
        case int() | float() if not isinstance(value, bool) and abs(value) > _LARGEST:
            return "a number beyond all bounds"
        case str() | bool() | int() | float() | None:
            return _printable(json.dumps(value, ensure_ascii=False))
        case Mapping():
            return "an object"
        case list() | tuple():
            return f"a list of {len(value):,}"
    return "something else"


def _printable(text: str) -> str:
    """On one line, and of characters that can be sent: JSON may bring halves of some."""
    return one_line(text).encode(errors="backslashreplace").decode()


def _listed(names: Sequence[str] | Mapping[str, Any], last: str) -> str:
    *before, end = names
    return f"{', '.join(before)} {last} {end}" if before else end
