"""Rows of JSON: one object on each line, an array of objects, or one that lies somewhere in an object (or several that
are alike).

Objects within an object are flattened ("audio.bpm"); of a list of objects, their names are taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...errors import CatalogueError
from .json_lists import lists_in
from .named_value import named_value
from .row import BadRow, Row

_PLAIN = ("metadata", "fields")
"""Objects that hold the fields of an item, and are no field themselves."""
_NAMING = ("name", "title", "label", "value")
_TOO_DEEP = "objects or lists lie too deep in each other"
_DEEPEST = 50
"""Objects and lists within each other; no catalogue means more, and Python cannot follow a thousand."""
_LARGEST = 1000
"""Bits of a whole number that is still one: more than any float holds."""


def json_rows(name: str, text: str) -> Iterator[Row | BadRow]:
    """The rows of a text. Raises CatalogueError for one that is not JSON, or holds no objects."""
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > 1 and _is_object(lines[0][1]):
        yield from (_of_line(name, n, line) for n, line in lines)
        return
    try:
        whole = _loaded(text)
    except ValueError as error:
        if len(lines) == 1 or not any(_is_object(line) for _, line in lines):
            raise CatalogueError(f"{name}:{getattr(error, 'lineno', 1)}: not JSON: {error}") from error
        yield from (_of_line(name, n, line) for n, line in lines)
        return
    lists = lists_in(whole)
    for n, found in enumerate(lists.rows, 1):
        yield _row(name, n, found)
    for key, length in lists.others:
        yield BadRow(name, 0, f"a list of something else, {length} long, is not read: {key}", key)


def json_tables(name: str, text: str) -> Iterator[tuple[str, list[Row | BadRow]]]:
    """Each list of objects that an object has under a name of its own, as a table under that; else all rows of the
    text as one. Raises CatalogueError as json_rows does."""
    try:
        whole = _loaded(text)
    except ValueError:
        whole = None
    lists = {key: part for key, part in whole.items() if _is_table(part)} if isinstance(whole, dict) else {}
    for key, part in lists.items():
        yield f"{name}/{key}", [_row(f"{name}/{key}", n, found) for n, found in enumerate(part, 1)]
    if not lists:
        yield name, list(json_rows(name, text))


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _is_object(line: str) -> bool:
    try:
        return isinstance(_loaded(line), dict)
    except ValueError:
        return False


def _loaded(text: str) -> Any:
    """Raises ValueError for what is not JSON."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None


def _is_deep(value: Any) -> bool:
    layer = [value]
    for _ in range(_DEEPEST):
        layer = [part for one in layer for part in _parts(one)]
    return bool(layer)


def _parts(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()


def _of_line(name: str, number: int, line: str) -> Row | BadRow:
    try:
        return _row(name, number, _loaded(line))
    except ValueError as error:
        return BadRow(name, number, f"not JSON: {error}", line[:500])


def _row(name: str, number: int, found: Any) -> Row | BadRow:
    if _is_deep(found):
        return BadRow(name, number, _TOO_DEEP, "")
    if not isinstance(found, dict):
        return BadRow(name, number, "no object with columns", json.dumps(found, ensure_ascii=False)[:500])
    return Row(name, number, flattened(found))


def flattened(found: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """An object without objects in it."""
    flat: dict[str, Any] = {}
    for key, value in found.items():
        name = _plain(f"{path}{key}".strip())
        if isinstance(value, Mapping):
            flat |= flattened(value, path if not path and key in _PLAIN else f"{name}.")
        elif isinstance(value, list | tuple):
            flat[name] = [_listed(one) for one in value if one is not None and not _is_nameless(one)]
        else:
            flat[name] = _plain(value)
    return flat


def _is_nameless(one: Any) -> bool:
    """Whether an object has no text in it, and so says nothing that could be a value: settings of a machine."""
    return isinstance(one, Mapping) and not any(isinstance(part, str) for part in one.values())


def _listed(one: Any) -> Any:
    """What is listed as a text or a number; the value of what only names it is kept with the name."""
    named = named_value(one) if isinstance(one, Mapping) else None
    if named is None:
        return _plain(name_of(one))
    parts = named.said if isinstance(named.said, list) else [named.said]
    named.said = [_plain(name_of(part)) for part in parts if part is not None]
    return named


def _plain(value: Any) -> Any:
    """Halves of a character, which JSON may have and no file can, as the mark for what is unreadable; a whole number
    that is too large to count with as text."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, int) and value.bit_length() > _LARGEST:
        return str(value)
    return value


def name_of(value: Any) -> Any:
    """What a value in a list is called."""
    if isinstance(value, list | tuple):
        return json.dumps(value, ensure_ascii=False)
    if not isinstance(value, Mapping):
        return value
    texts = [value[key] for key in _NAMING if isinstance(value.get(key), str)]
    texts += [one for one in value.values() if isinstance(one, str)]
    return texts[0] if texts else json.dumps(value, ensure_ascii=False)
