"""From a file of items to an index in a folder, in one call; and the demo's index, made at its first use.

Knows files and folders. Knows nothing of how an index is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from ..catalogue import (
    CatalogueFile,
    Scale,
    Withdrawn,
    override_schema,
    read_catalogue,
    read_ratings,
    read_withdrawn,
    write_left_out,
)
from ..catalogue.demo import demo_files
from ..encoding import Encoder, Pictures, Vectors
from ..progress import Progress
from ..vectors import item_factors, private_factors
from .building import build_index
from .encoding_workers import Workers
from .engines import VectorEngine
from .index import Index

DEMO = "demo"
BEHAVIOUR = "behaviour.md"
LEFT_OUT = "left-out.csv"
_DEMO_PATIENCE = 600
"""Seconds for another process that makes the demo's index."""


@dataclass(frozen=True, slots=True)
class Promised:
    """The (epsilon, delta)-differential privacy of each person whose ratings are learned from. scale: of the ratings,
    which must not be taken from them; delta 0: one over people to the power of 1.1."""

    epsilon: float
    scale: Scale
    delta: float = 0.0


def index_catalogue(
    read: CatalogueFile,
    into: Path,
    encoder: Encoder,
    schema: Path | None = None,
    progress: Progress | None = None,
    dimensions: int | None = None,
    ratings: Path | None = None,
    pictures: Path | None = None,
    patience: float = 0,
    engine: VectorEngine | None = None,
    workers: Workers | None = None,
    withdrawn: Path | None = None,
    promised: Promised | None = None,
) -> Index:
    """Makes or updates the index of what was read in a folder, and lists there what was left out (left-out.csv).

    dimensions: in the place of the schema's. ratings: a file of them, to learn behaviour from; withdrawn: one of people
    to leave out of them; promised: with differential privacy, as behaviour.md in the folder then says. pictures: where
    those of the items lie. patience: seconds to wait for another process that writes there. engine: where the index is
    to be, if not in the folder. workers: see build_index.
    """
    fields = override_schema(read.schema, schema) if schema else read.schema
    if dimensions is not None:
        fields = replace(fields, dimensions=dimensions)
    factors, card = _behaviour(read, ratings, withdrawn, promised) if ratings else (None, "")
    seen = Pictures(fields.pictures, items=pictures or Path()) if fields.of("image") else None
    index = build_index(read.items, engine or into, encoder, fields, progress, factors, seen, patience, workers)
    write_left_out(read.left_out, into / LEFT_OUT)
    _write_card(card, into / BEHAVIOUR)
    return index


def _behaviour(
    read: CatalogueFile, ratings: Path, withdrawn: Path | None, promised: Promised | None
) -> tuple[dict[str, Vectors], str]:
    """Vectors of items from who liked what, and in Markdown what is promised to these people, if something is."""
    gone = read_withdrawn(withdrawn) if withdrawn else Withdrawn(frozenset())
    found = gone.without(read_ratings(ratings))
    if promised is None:
        return item_factors(found), ""
    ids = [item.id for item in read.items]
    private = private_factors(found, ids, promised.scale, promised.epsilon, promised.delta)
    return private.vectors, private.card


def _write_card(card: str, path: Path) -> None:
    """The promise of the behaviour that an index has now; none that it had before."""
    if card:
        path.write_text(card, encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def open_or_build_demo(home: Path, encoder: Encoder, progress: Progress | None = None) -> Index:
    """The demo's index; made at the first use with an encoder, and brought up to date when its items have changed."""
    folder = home / f"{DEMO}-{re.sub(r'[^A-Za-z0-9.-]+', '-', encoder.fingerprint)}"
    items, schema = demo_files()
    return index_catalogue(read_catalogue([items]), folder, encoder, schema, progress, patience=_DEMO_PATIENCE)
