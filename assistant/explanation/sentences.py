"""Cuts a text into sentences while it is still being written.

Knows English abbreviations and Chinese full stops, list markers and Markdown. Knows nothing of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_END = re.compile(
    r"""
    \n+
    | (?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Jr|Sr|vs|No|eg|ie))(?<!\bMrs)(?<!\b(?:e\.g|i\.e|etc))
      [.!?…]+["”’»)\]*_]*[ \t]+(?=\S)
    | [。！？…]+["”’」』》）)*_]*[ \t]*(?=[^\s。！？…"”’」』》）)*_])
    """,
    re.VERBOSE,
)
_LONGEST_END = 60
_MARKER = re.compile(r"\s*(?:\d+[.)]|[-*•])\s+")


def sentences(words: Iterable[str]) -> Iterator[str]:
    """The sentences of a stream with the white space after them, each as soon as the next one begins.

    Line breaks come as pieces of their own; the marker of a list belongs to the sentence after it.
    """
    waiting, searched = "", 0
    for word in words:
        waiting += word
        while (end := _first_end(waiting, searched - _LONGEST_END)) is not None:
            yield from _without_break(waiting[:end])
            waiting, searched = waiting[end:], 0
        searched = len(waiting)
    if waiting:
        yield from _without_break(waiting)


def _first_end(text: str, position: int) -> int | None:
    """Where the first sentence ends, if something follows it; not before a position."""
    marker = _MARKER.match(text)
    match = _END.search(text, max(position, marker.end() if marker else 0))
    # A line break at the very end may be followed by another.
    return match.end() if match and match.end() < len(text) else None


def _without_break(piece: str) -> Iterator[str]:
    sentence = piece.rstrip("\n")
    yield from (part for part in (sentence, piece[len(sentence) :]) if part)
