"""Cuts a text into sentences while it is still being written.

Knows English abbreviations and Chinese full stops, list markers and Markdown. Knows nothing of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

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
_MARK = re.compile(r"[.!?…。！？]")
_MARKER = re.compile(r"\s*(?:\d+[.)]|[-*•])\s+")


def sentences(words: Iterable[str], titles: Collection[str] = ()) -> Iterator[str]:
    """The sentences of a stream with the white space after them, each as soon as the next one begins.

    Line breaks come as pieces of their own; the marker of a list belongs to the sentence after it. No sentence ends
    within one of the titles ("Guards! Guards!"), nor right behind one where it goes on in small letters ("Airplane! is
    funny").
    """
    dotted = [title for title in titles if _MARK.search(title)]
    waiting, searched = "", 0
    for word in words:
        waiting += word
        while (end := _first_end(waiting, searched - _LONGEST_END, dotted)) is not None:
            yield from _without_break(waiting[:end])
            waiting, searched = waiting[end:], 0
        searched = len(waiting)
    if waiting:
        yield from _without_break(waiting)


def _first_end(text: str, position: int, titles: Collection[str]) -> int | None:
    """Where the first sentence ends, if something follows it; not before a position."""
    marker = _MARKER.match(text)
    for match in _END.finditer(text, max(position, marker.end() if marker else 0)):
        if match.end() == len(text):
            return None  # a line break at the very end may be followed by another
        if not any(_is_within(text, match, title) for title in titles):
            return match.end()
    return None


def _is_within(text: str, end: re.Match[str], title: str) -> bool:
    """Whether an end is a title's, as far as the text has come."""
    begins = (text.find(title[:1], start) for start in range(max(0, end.start() - len(title)), end.start() + 1))
    for start in {begin for begin in begins if 0 <= begin <= end.start()}:
        written = text[start : start + len(title)]
        if title.startswith(written) and start + len(title) > end.start():
            last = start + len(title)
            return last > end.end() or text[end.end()].islower()
    return False


def _without_break(piece: str) -> Iterator[str]:
    sentence = piece.rstrip("\n")
    yield from (part for part in (sentence, piece[len(sentence) :]) if part)
