"""Reads the JSON object that a language model meant to write.

Copes with thinking aloud, code fences, talk around it, trailing commas, a bare list and an answer cut short. Knows
nothing of what the object is for.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic_core import from_json

_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.DOTALL | re.IGNORECASE)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


def read_object(text: str, list_key: str) -> dict[str, Any]:
    """The largest JSON object in a text; a bare list becomes {list_key: list}. Raises ValueError if there is none."""
    text = _TRAILING_COMMA.sub(r"\1", _THINKING.sub("", text))
    found = [value for start in _starts(text) if (value := _read(text[start:])) is not None]
    if not found:
        raise ValueError("no JSON object in the answer")
    best = max(found, key=lambda value: len(str(value)))
    return {list_key: best} if isinstance(best, list) else best


def _starts(text: str) -> list[int]:
    """Where an outermost object or list may begin: the first brackets, and those at the start of a line."""
    every = [m.start() for m in re.finditer(r"(?m)(?:^|(?<=[^\[{,:\s]))\s*[{\[]", text)]
    return [start + len(text[start:]) - len(text[start:].lstrip()) for start in every[:20]]


def _read(text: str) -> dict[str, Any] | list[Any] | None:
    end = _balanced(text)
    try:
        value = from_json(text[:end], allow_partial=end == len(text))
    except ValueError:
        return None
    return value if isinstance(value, dict | list) and value else None


def _balanced(text: str) -> int:
    """Where the bracket that the text begins with is closed; the end of the text if it never is."""
    depth, quoted, escaped = 0, False, False
    for n, c in enumerate(text):
        if quoted:
            quoted, escaped = escaped or c != '"', c == "\\" and not escaped
        elif c == '"':
            quoted = True
        elif c in "{[":
            depth += 1
        elif c in "}]":
            depth -= 1
            if depth == 0:
                return n + 1
    return len(text)
