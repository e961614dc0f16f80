"""Where catalogues are on this machine: the demo that comes with Penchant, and indexes in the user's data folder.

Knows nothing of pages or commands.
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import resources
from pathlib import Path

from penchant.assistant import Assistant, LanguageModel, Settings
from penchant.retriever import (
    Encoder,
    Index,
    Pictures,
    build_index,
    encoder_named,
    infer_schema,
    item_factors,
    open_index,
    override_schema,
    read_items,
    read_ratings,
)
from penchant.retriever.building import Progress
from penchant.retriever.index import is_database

DEMO = "demo"


def demo_files() -> tuple[Path, Path]:
    """The demo's items and its schema file."""
    folder = Path(str(resources.files("penchant.retriever"))) / "demo"
    return folder / "items.jsonl", folder / "schema.toml"


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


def find_catalogues(home: Path, chosen: Path | None = None) -> dict[str, Path | None]:
    """The catalogues to choose from, by name: the chosen index alone, or else the demo (None) and the indexes in the
    folder of the user's data."""
    if chosen:
        return {chosen.resolve().name: chosen}
    folders = sorted(home.iterdir()) if home.is_dir() else []
    made = {f.name: f for f in folders if is_database(f) and not f.name.startswith(f"{DEMO}-")}
    return {DEMO: None, **made}


def open_assistant(
    settings: Settings, catalogue: Path | None = None, k: int = 5, progress: Progress | None = None
) -> Assistant:
    """An assistant for an index (the demo if none is named), with the settings' model and encoder."""
    encoder = encoder_named(settings.encoder)
    index = open_index(catalogue, encoder) if catalogue else open_or_build_demo(settings.home, encoder, progress)
    return Assistant(index, LanguageModel.from_settings(settings), k=k)
