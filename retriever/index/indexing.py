"""From a file of items to an index in a folder, in one call; and the demo's index, made at its first use.

Knows files and folders. Knows nothing of how an index is written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from ..catalogue import infer_schema, override_schema, read_items, read_ratings
from ..catalogue.demo import demo_files
from ..encoding import Encoder, Pictures
from ..progress import Progress
from ..vectors import item_factors
from .building import build_index
from .index import Index

DEMO = "demo"


def index_file(
    items: Path,
    into: Path,
    encoder: Encoder,
    schema: Path | None = None,
    progress: Progress | None = None,
    dimensions: int | None = None,
    ratings: Path | None = None,
) -> Index:
    """Reads a file of items and makes or updates the index in a folder.

    dimensions: in the place of the schema's. ratings: a file of them, to learn behaviour from.
    """
    rows = read_items(items)
    fields = infer_schema(rows)
    fields = override_schema(fields, schema) if schema else fields
    if dimensions is not None:
        fields = replace(fields, dimensions=dimensions)
    factors = item_factors(read_ratings(ratings)) if ratings else None
    pictures = Pictures(fields.pictures, items=items.parent) if fields.of("image") else None
    return build_index(rows, into, encoder, fields, progress, factors, pictures)


def open_or_build_demo(home: Path, encoder: Encoder, progress: Progress | None = None) -> Index:
    """The demo's index; made at the first use with an encoder, and brought up to date when its items have changed."""
    folder = home / f"{DEMO}-{re.sub(r'[^A-Za-z0-9.-]+', '-', encoder.fingerprint)}"
    items, schema = demo_files()
    return index_file(items, folder, encoder, schema, progress)
