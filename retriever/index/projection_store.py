"""Projections and means of a layout, kept beside the index that was made with them. Knows nothing of how they are
learned (vectors).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..encoding import Vectors
from ..errors import IndexMismatch
from ..vectors import Layout, fingerprint

if TYPE_CHECKING:
    from chromadb.api import ClientAPI


_COLLECTION = "penchant-projections"
_MEAN = -1  # the place of a mean among the directions


def save_projections(client: ClientAPI, layout: Layout) -> None:
    """Keeps a new layout's projections and means beside the index, one vector a row, filled up with zeros."""
    if _COLLECTION in [collection.name for collection in client.list_collections()]:
        client.delete_collection(_COLLECTION)  # left by a build that was stopped before it wrote an item
    rows = [(name, place, row) for name, matrix in layout.projections.items() for place, row in enumerate(matrix.T)]
    rows += [(name, _MEAN, mean) for name, mean in layout.means.items()]
    if not rows:
        return
    width = max(len(row) for *_, row in rows)
    kept = client.create_collection(_COLLECTION, embedding_function=None)
    kept.add(
        ids=[f"{name}/{place}" for name, place, _ in rows],
        embeddings=np.stack([np.pad(row, (0, width - len(row))) for *_, row in rows]),
        metadatas=[{"block": name, "place": place, "width": len(row)} for name, place, row in rows],
    )


def stored_layout(client: ClientAPI, meta: Mapping[str, Any], path: Path) -> Layout:
    """The layout of an index with its projections. Raises IndexMismatch if they are not those it was made with."""
    layout = Layout.from_json(meta["layout"])
    if not layout.projection:
        return layout
    projections, means = _stored(client)
    if fingerprint(projections, means) != layout.projection:
        raise IndexMismatch(f"{path}: the projections of its blocks are damaged; index into a new folder")
    return replace(layout, projections=projections, means=means)


def _stored(client: ClientAPI) -> tuple[dict[str, Vectors], dict[str, Vectors]]:
    """Projections and means; none if they are gone."""
    from chromadb.errors import NotFoundError

    try:
        found = client.get_collection(_COLLECTION, embedding_function=None).get(include=["embeddings", "metadatas"])
    except NotFoundError:
        return {}, {}
    rows: dict[str, dict[int, Vectors]] = {}
    metadatas: Any = found["metadatas"]
    for vector, meta in zip(np.asarray(found["embeddings"], dtype=np.float32), metadatas, strict=True):
        rows.setdefault(meta["block"], {})[meta["place"]] = vector[: meta["width"]]
    means = {name: places.pop(_MEAN) for name, places in rows.items() if _MEAN in places}
    projections = {name: np.stack([at[n] for n in sorted(at)], axis=1) for name, at in rows.items() if at}
    return projections, means
