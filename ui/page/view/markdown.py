"""An answer's Markdown as plain data: paragraphs and lists of runs of text, of which some are strong or emphasised.

Nothing else of Markdown is kept: no link, picture or tag can come of what a catalogue, a visitor or a model wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

Data = dict[str, Any]

_ITEM = re.compile(r"^\s*(?:(\d{1,3})[.)]|[-*•])\s+(.*)$")
_HEADING = re.compile(r"^\s*#{1,6}\s+(.*)$")
_MARKED = re.compile(r"\*\*(.+?)\*\*|\*(?!\s)([^*]+?)(?<!\s)\*")


def blocks(text: str) -> list[Data]:
    """Paragraphs (`runs`) and lists (`items`, each runs, and whether they are numbered) in their order."""
    found: list[Data] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        for listed, group in groupby(part.splitlines(), key=lambda line: bool(_ITEM.match(line))):
            lines = list(group)
            found.append(_list(lines) if listed else {"runs": list(_runs(" ".join(map(_plain, lines))))})
    return [block for block in found if block.get("items") or block.get("runs")]


def _plain(line: str) -> str:
    heading = _HEADING.match(line)
    return f"**{heading[1].strip()}**" if heading else line.strip()


def _list(lines: list[str]) -> Data:
    matches = [match for line in lines if (match := _ITEM.match(line))]
    numbered = matches[0][1] is not None
    items = [{"runs": list(_runs(match[2]))} for match in matches]
    return {"items": items, "numbered": numbered, "start": int(matches[0][1]) if numbered else 1}


def _runs(text: str) -> Iterator[Data]:
    last = 0
    for match in _MARKED.finditer(text):
        if match.start() > last:
            yield {"text": text[last : match.start()]}
        yield {"text": match[1] or match[2], "strong": match[1] is not None, "em": match[1] is None}
        last = match.end()
    if last < len(text):
        yield {"text": text[last:]}
