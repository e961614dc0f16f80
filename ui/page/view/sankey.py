"""A drawing of flows from sentences through interests and blocks to a score: places of bars, curves and words.

Numbers and texts only, for an SVG template; as wide as every flow's part of the score. Knows nothing of markup.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from unicodedata import east_asian_width

from penchant.retriever.ranking import InterestKey

from .template_data import Data

WIDTH = 950
_COLUMNS = (0, 232, 464, 640, 846)
"""Where said, interests, blocks, gates and place stand."""
_BESIDE = 14
"""From the left of a bar to its words."""
_FONT = 12.5
"""Height of the words, as the style sheet has it."""
_BAR = 8
_TALL = 200.0
"""Height that all flows together have."""
_LEAST = 38.0
"""Height that the words beside a bar need."""
_TOP = 34.0


@dataclass(frozen=True, slots=True)
class Flow:
    """One share, and the words on its way. `note` is said of the interest; `tone` names its tint; `key` tells it from
    others that are called the same."""

    said: str
    key: InterestKey
    interest: str
    note: str
    block: str
    value: float
    tone: str


@dataclass(slots=True)
class _Node:
    """A bar at y, as high as its flows; `left` and `right` are how far flows fill its sides."""

    name: str
    note: str
    tone: str
    height: float
    y: float = 0.0
    left: float = 0.0
    right: float = 0.0


def drawing(flows: Sequence[Flow], gates: Sequence[str], heads: Sequence[str], place: str, score: str) -> Data:
    """Bars, curves and words of a picture WIDTH wide. `heads` stand above its five columns."""
    total = sum(abs(flow.value) for flow in flows) or 1.0
    # Divided first: for a tiny total, _TALL / total would be infinite.
    flows = [replace(flow, value=flow.value / total) for flow in flows]
    said = _column(flows, lambda f: f.said, lambda f: f.said)
    wants = _column(flows, lambda f: f.key, lambda f: f.interest, lambda f: f.note, lambda f: f.tone)
    parts = _column(flows, lambda f: f.block, lambda f: f.block)
    height = max(_bottom(said), _bottom(wants), _bottom(parts), _TOP + _TALL)
    gate: dict[Hashable, _Node] = {"": _Node("", "", "gate", _TALL, y=_TOP)}
    end: dict[Hashable, _Node] = {"": _Node("", "", "end", _TALL, y=_TOP)}
    curves = [
        *_curves(flows, said, wants, 0, lambda f: (f.said, f.key)),
        *_curves(flows, wants, parts, 1, lambda f: (f.key, f.block)),
        *_curves(flows, parts, gate, 2, lambda f: (f.block, "")),
        *_curves(flows, gate, end, 3, lambda f: ("", "")),
    ]
    bars = [_bar(node, n) for n, nodes in enumerate((said, wants, parts, gate, end)) for node in nodes.values()]
    return {
        "width": WIDTH,
        "height": round(height + 14),
        "heads": [{"x": x, "text": text} for x, text in zip(_COLUMNS, heads, strict=True)],
        "curves": curves,
        "bars": bars,
        "words": [_words(node, n) for n, nodes in enumerate((said, wants, parts)) for node in nodes.values()]
        + _ending(gates, place, score),
    }


def _column(
    flows: Sequence[Flow],
    key: Callable[[Flow], Hashable],
    name: Callable[[Flow], str],
    note: Callable[[Flow], str] = lambda flow: "",
    tone: Callable[[Flow], str] = lambda flow: "plain",
) -> dict[Hashable, _Node]:
    """The bars of a column from top to bottom, far enough apart for their words. The flows are parts of one."""
    nodes: dict[Hashable, _Node] = {}
    for flow in flows:
        node = nodes.setdefault(key(flow), _Node(name(flow), note(flow), tone(flow), 0.0))
        node.height += abs(flow.value) * _TALL
    y = _TOP
    for node in nodes.values():
        node.y = y
        y += max(node.height + 6, _LEAST)
    return nodes


def _bottom(nodes: dict[Hashable, _Node]) -> float:
    return max((node.y + max(node.height, _LEAST) for node in nodes.values()), default=_TOP)


def _curves(
    flows: Sequence[Flow],
    froms: dict[Hashable, _Node],
    tos: dict[Hashable, _Node],
    column: int,
    ends: Callable[[Flow], tuple[Hashable, Hashable]],
) -> list[Data]:
    """One curve for each flow from a column to the next, side by side on the bars."""
    curves = []
    for flow in flows:
        one, other = (nodes[name] for nodes, name in zip((froms, tos), ends(flow), strict=True))
        width = abs(flow.value) * _TALL
        start, stop = one.y + one.right + width / 2, other.y + other.left + width / 2
        one.right, other.left = one.right + width, other.left + width
        x, end = _COLUMNS[column] + _BAR, _COLUMNS[column + 1]
        middle = (x + end) / 2
        line = f"M{x} {start:.1f} C{middle:.0f} {start:.1f} {middle:.0f} {stop:.1f} {end} {stop:.1f}"
        curves.append({"d": line, "width": max(1.0, round(width, 1)), "tone": flow.tone, "less": flow.value < 0})
    return curves


def _bar(node: _Node, column: int) -> Data:
    height = max(2.0, round(node.height, 1))
    return {"x": _COLUMNS[column], "y": round(node.y, 1), "width": _BAR, "height": height, "tone": node.tone}


def _words(node: _Node, column: int) -> Data:
    return {
        "x": _COLUMNS[column] + _BESIDE,
        "y": round(node.y + 13, 1),
        "text": _cut(node.name, column),
        "note": node.note,
        "below": round(node.y + 28, 1),
    }


def _ending(gates: Sequence[str], place: str, score: str) -> list[Data]:
    """What stands beside the gates' bar and at the end."""
    x, end = _COLUMNS[3] + _BESIDE, _COLUMNS[4] + _BESIDE
    passed = [{"x": x, "y": _TOP + 13 + 16 * n, "text": _cut(f"✓ {gate}", 3)} for n, gate in enumerate(gates[:11])]
    nothing = [{"x": x, "y": _TOP + 13, "text": "none set"}]
    return [*(passed or nothing), {"x": end, "y": _TOP + 13, "text": place, "note": score, "below": _TOP + 28}]


def _cut(text: str, column: int) -> str:
    """As much of the text as has room before the bars of the next column."""
    room = _COLUMNS[column + 1] - _COLUMNS[column] - _BESIDE - 4
    ends = list(accumulate(_FONT * _width(char) for char in text))
    if not ends or ends[-1] <= room:
        return text
    return text[: sum(end <= room - _FONT for end in ends)].rstrip() + "…"


def _width(char: str) -> float:
    """What a character takes at most, in heights of the font: fonts differ, and the page does not choose one."""
    if char in "mwMW@%✓…" or east_asian_width(char) in "WF":
        return 1.05
    return 0.83 if char.isupper() else 0.4 if char in " .,:;'!|ijl()[]" else 0.66
