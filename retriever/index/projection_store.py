"""Projections and means of a layout, kept beside the index that was made with them. Knows nothing of how they are
learned (vectors), nor of where an engine keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ..encoding import Vectors
from ..errors import DamagedIndex
from ..vectors import Layout, fingerprint
from .engines import VectorEngine

_TABLE = "projections"
_MEAN = -1  # the place of a mean among the directions


def save_projections(engine: VectorEngine, layout: Layout) -> None:
    """Keeps a new layout's projections and means beside the index, one vector a row, filled up with zeros.

    In the place of those that a build has left which was stopped before it wrote an item.
    """
    rows = [(name, place, row) for name, matrix in layout.projections.items() for place, row in enumerate(matrix.T)]
    rows += [(name, _MEAN, mean) for name, mean in layout.means.items()]
    width = max((len(row) for *_, row in rows), default=0)
    vectors = [np.pad(row, (0, width - len(row))) for *_, row in rows]
    engine.attach(
        _TABLE,
        [f"{name}/{place}" for name, place, _ in rows],
        np.stack(vectors) if vectors else np.zeros((0, 0), dtype=np.float32),
        [{"block": name, "place": place, "width": len(row)} for name, place, row in rows],
    )


def stored_layout(engine: VectorEngine, meta: Mapping[str, Any]) -> Layout:
    """The layout of an index with its projections. Raises DamagedIndex if they are not those it was made with."""
    layout = Layout.from_json(meta["layout"])
    if not layout.projection:
        return layout
    projections, means = _stored(engine)
    if fingerprint(projections, means) != layout.projection:
        raise DamagedIndex.at(engine.folder, "the projections of its blocks are not as they were written")
    return replace(layout, projections=projections, means=means)


def _stored(engine: VectorEngine) -> tuple[dict[str, Vectors], dict[str, Vectors]]:
    """Projections and means; none if they are gone."""
    vectors, metadatas = engine.attached(_TABLE)
    rows: dict[str, dict[int, Vectors]] = {}
    for vector, meta in zip(vectors, metadatas, strict=True):
        rows.setdefault(str(meta["block"]), {})[int(meta["place"])] = vector[: int(meta["width"])]
    means = {name: places.pop(_MEAN) for name, places in rows.items() if _MEAN in places}
    projections = {name: np.stack([at[n] for n in sorted(at)], axis=1) for name, at in rows.items() if at}
    return projections, means
