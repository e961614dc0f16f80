"""Reads the JSON object that a language model meant to write, and its words without the thinking before them.

Copes with thinking aloud, code fences, talk around it, trailing commas, a bare list and an answer cut short. Knows
nothing of what the object is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic_core import from_json

_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_TAGS = ("<think>", "<thinking>")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_LONGEST = 40_000
_TRIES = 40


def read_object(text: str, list_key: str) -> dict[str, Any]:
    """The likeliest JSON object in a text; a bare list becomes {list_key: list}. Raises ValueError if there is none."""
    # Some servers give the end of the thinking without its beginning.
    text = _THOUGHT.split(_THINKING.sub("", text[:_LONGEST]))[-1].encode(errors="replace").decode()
    found = list(_values(text))
    if not found:
        raise ValueError("no JSON object in the answer")
    best = max(found, key=lambda value: (list_key in value, len(repr(value))))
    return {list_key: best} if isinstance(best, list) else best


def spoken(words: Iterable[str]) -> Iterator[str]:
    """The words of a stream, without the thinking that it may begin with."""
    held: str | None = ""
    for word in words:
        if held is None:
            yield word
            continue
        held += word
        if not _may_be_thinking(held):
            yield _THINKING.sub("", held).lstrip()
            held = None


def _may_be_thinking(text: str) -> bool:
    """Whether a text is, or may yet become, thinking that has not ended."""
    start = text.lstrip().lower()
    begun = start.startswith(_TAGS)
    return not _THOUGHT.search(text) if begun else any(tag.startswith(start) for tag in _TAGS)


def _values(text: str) -> Iterator[dict[str, Any] | list[Any]]:
    """Outermost objects and lists of objects; of a text with very many brackets, those among the first."""
    position = 0
    for _ in range(_TRIES):
        match = re.compile(r"[{\[]").search(text, position)
        if match is None:
            return
        end = _balanced(text, match.start())
        value = _read(text[match.start() : end], whole=end < len(text))
        position = match.start() + 1 if value is None else end
        if value:
            yield value


def _read(text: str, whole: bool) -> dict[str, Any] | list[Any] | None:
    for candidate in (text, _TRAILING_COMMA.sub("", text)):
        try:
            value = from_json(candidate, allow_partial=not whole)
        except ValueError:
            continue
        if isinstance(value, dict) or (isinstance(value, list) and all(isinstance(v, dict) for v in value)):
            return value
    return None


def _balanced(text: str, start: int) -> int:
    """Where the bracket at `start` is closed; the end of the text if it never is."""
    depth, quoted, escaped = 0, False, False
    for n in range(start, len(text)):
        c = text[n]
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
