"""Drawings of a report as SVG that stands in a page by itself: nothing is fetched. Needs matplotlib (extra `report`).

Knows figures. Knows nothing of pages.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from penchant.retriever import PenchantError
from penchant.retriever.arrays import Floats

from .measuring import GroupFigure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SHARE, _EXPOSURE = "#9aa5b1", "#1f5fa8"
_WIDTH, _ROW = 7.0, 0.34
"""Inches."""
_LONGEST = 28


def require_plots() -> None:
    """Raises PenchantError unless matplotlib is installed."""
    if find_spec("matplotlib") is None:
        raise PenchantError("a report with drawings needs matplotlib; install it with: pip install 'penchant[report]'")


def lorenz(exposure: Floats) -> str:
    """How much of the exposure the least shown items have together: the further below the line, the more unequal."""
    figure, axes = _drawing(3.4)
    shares = np.concatenate([[0.0], np.cumsum(np.sort(exposure))])
    parts = np.linspace(0, 100, len(shares))
    axes.plot([0, 100], [0, 100], color=_SHARE, label="if all had as much")
    axes.plot(parts, 100 * shares, color=_EXPOSURE, label="as it is")
    axes.set_xlabel("% of the items, the least shown first")
    axes.set_ylabel("% of the exposure")
    axes.legend(frameon=False)
    return _svg(figure, "Share of the exposure that the least shown items have together")


def bars(groups: Sequence[GroupFigure], title: str) -> str:
    """For each group its share of the catalogue beside its share of the exposure with its interval, in per cent."""
    figure, axes = _drawing(1.0 + _ROW * len(groups))
    places = np.arange(len(groups))
    means = np.array([100 * g.exposure.mean for g in groups])
    ends = np.array(
        [[100 * (g.exposure.mean - g.exposure.low), 100 * (g.exposure.high - g.exposure.mean)] for g in groups]
    )
    axes.barh(places - 0.2, [100 * g.catalogue for g in groups], 0.38, color=_SHARE, label="of the catalogue")
    axes.barh(places + 0.2, means, 0.38, xerr=np.maximum(ends, 0).T, color=_EXPOSURE, label="of the exposure")
    axes.set_yticks(places, [_named(g.name) for g in groups], parse_math=False)
    axes.invert_yaxis()
    axes.set_xlabel("%")
    axes.legend(frameon=False)
    return _svg(figure, title)


def _named(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _drawing(height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _svg(figure: Figure, title: str) -> str:
    """The drawing without the head of a file, with text as text, and the same every time."""
    import matplotlib
    from markdown_it.common.utils import escapeHtml

    out = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "penchant", "font.family": "sans-serif"}):
        figure.savefig(out, format="svg", metadata=nothing)
    text = out.getvalue()
    named = f'<svg role="img" aria-label="{escapeHtml(title)}" '
    return named + text[text.index("<svg ") + len("<svg ") :]
