"""Messages that readers marked: how a mark is written, and what it means.

A line of a file is a JSON object: `acts`; `text`, in which a mark is {words|KS} or {words|KSx}, K one letter for the
kind, S one sign for the side, x "?" (weak) or "*" (strong); `before`, what the assistant said before, if anything;
`domain`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from penchant.assistant.understanding.spans import ACTS, Act, Kind, LabelledSpan, Side, Stress

MESSAGES = Path(__file__).parents[1] / "data" / "messages"
"""Those that the model learns from."""

_MARK = re.compile(r"\{([^{}|]+)\|([kvntqwr])([-+!asu~])([?*]?)\}")
_KINDS: dict[str, Kind] = {
    "k": "noun",
    "v": "value",
    "n": "name",
    "t": "title",
    "q": "amount",
    "w": "words",
    "r": "reference",
}
_SIDES: dict[str, Side] = {
    "+": "want",
    "-": "less",
    "!": "never",
    "a": "fine",
    "s": "seen",
    "u": "unseen",
    "~": "mentioned",
}
_STRESSES: dict[str, Stress] = {"": "plain", "?": "weak", "*": "strong"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A message as a person wrote it, and what a reader marked in it."""

    text: str
    before: str
    spans: tuple[LabelledSpan, ...]
    acts: frozenset[Act]
    domain: str


def read_marked(paths: Iterable[Path]) -> list[Marked]:
    """The messages of some files. Raises ValueError, with the place, for a line that is not one."""
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                found.append(_marked(json.loads(line), path.name.partition(".")[0]))
            except (ValueError, KeyError) as error:
                raise ValueError(f"{path}, line {number}: {error}") from error
    return found


def _marked(row: dict[str, object], domain: str) -> Marked:
    text, spans = parse_marks(str(row["text"]))
    acts = row["acts"]
    if not isinstance(acts, list) or not set(acts) <= set(ACTS):
        raise ValueError(f"acts {acts}")
    return Marked(text, str(row.get("before") or ""), spans, frozenset(acts), str(row.get("domain") or domain))


def parse_marks(marked: str) -> tuple[str, tuple[LabelledSpan, ...]]:
    """The text without its marks, and the marks. Raises ValueError for what is no mark."""
    parts, spans, position, length = [], [], 0, 0
    for match in _MARK.finditer(marked):
        between = marked[position : match.start()]
        parts += [between, match[1]]
        start = length + len(between)
        length = start + len(match[1])
        spans.append(LabelledSpan(start, length, _KINDS[match[2]], _SIDES[match[3]], _STRESSES[match[4]]))
        position = match.end()
    text = "".join([*parts, marked[position:]])
    if re.search(r"[{}|]", text):
        raise ValueError(f"a mark that cannot be read in {marked!r}")
    return text, tuple(spans)
