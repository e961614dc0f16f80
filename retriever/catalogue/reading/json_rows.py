"""Rows of JSON: one object on each line, an array of objects, or one that lies somewhere in an object.

Objects within an object are flattened ("audio.bpm"); of a list of objects, their names are taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import CatalogueError
from .row import BadRow, Row

_PLAIN = ("metadata", "fields")
"""Objects that hold the fields of an item, and are no field themselves."""
_NAMING = ("name", "title", "label", "value")


def json_rows(name: str, text: str) -> Iterator[Row | BadRow]:
    """The rows of a text. Raises CatalogueError for one that is not JSON, or holds no objects."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > 1 and _is_object(lines[0][1]):
        yield from (_of_line(name, n, line) for n, line in lines)
        return
    try:
        whole = json.loads(text)
    except ValueError as error:
        if len(lines) == 1 or not any(_is_object(line) for _, line in lines):
            raise CatalogueError(f"{name}:{getattr(error, 'lineno', 1)}: not JSON: {error}") from error
        yield from (_of_line(name, n, line) for n, line in lines)
        return
    for n, found in enumerate(_longest(whole), 1):
        yield _row(name, n, found)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _of_line(name: str, number: int, line: str) -> Row | BadRow:
    try:
        return _row(name, number, json.loads(line))
    except ValueError as error:
        return BadRow(name, number, f"not JSON: {error}", line[:500])


def _row(name: str, number: int, found: Any) -> Row | BadRow:
    if not isinstance(found, dict):
        return BadRow(name, number, "no object with columns", json.dumps(found, ensure_ascii=False)[:500])
    return Row(name, number, flattened(found))


def _longest(whole: Any) -> list[Any]:
    """The longest list of objects in what was read; an object whose values are all objects is one, by its keys."""
    lists: list[list[Any]] = []
    layer = [whole]
    while layer:
        lists += [part for part in layer if isinstance(part, list) and any(isinstance(one, dict) for one in part)]
        objects = [part for part in layer if isinstance(part, dict)]
        for found in objects:
            values = list(found.values())
            if len(values) > 1 and all(isinstance(value, dict) for value in values):
                lists.append([{"id": key, **value} for key, value in found.items()])
        layer = [value for found in objects for value in found.values()]
    if not lists:
        return [whole] if isinstance(whole, dict) else list(whole) if isinstance(whole, list) else []
    return max(lists, key=len)


def flattened(found: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """An object without objects in it."""
    flat: dict[str, Any] = {}
    for key, value in found.items():
        name = f"{path}{key}".strip()
        if isinstance(value, Mapping):
            flat |= flattened(value, path if not path and key in _PLAIN else f"{name}.")
        elif isinstance(value, list | tuple):
            flat[name] = [name_of(one) for one in value if one is not None]
        else:
            flat[name] = value
    return flat


def name_of(value: Any) -> Any:
    """What a value in a list is called."""
    if not isinstance(value, Mapping):
        return value
    texts = [value[key] for key in _NAMING if isinstance(value.get(key), str)]
    texts += [one for one in value.values() if isinstance(one, str)]
    return texts[0] if texts else json.dumps(value, ensure_ascii=False)
