"""What a catalogue holds: items, what their fields mean, how they are read from files, and columns of them in
memory.

Knows files, cells and values; also ratings of items, and the demo that comes along. Knows nothing of vectors, storage
or what anybody wants.
"""

from .calendar import Part, is_within, part_of
from .columns import Catalogue, Mask, Rows
from .importing import CatalogueFile, KnownFields, read_catalogue, read_items, samples, schema_toml, write_left_out
from .inference import infer_schema
from .item import Item, check_items
from .item_text import facet_texts, item_text, names_of, normalise
from .rating_scale import Scale
from .ratings import Rating, Withdrawn, read_ratings, read_withdrawn, sample_people
from .schema import Field, Schema, override_schema
from .terms import terms

__all__ = [
    "Catalogue",
    "CatalogueFile",
    "Field",
    "Item",
    "KnownFields",
    "Mask",
    "Part",
    "Rating",
    "Rows",
    "Scale",
    "Schema",
    "Withdrawn",
    "check_items",
    "facet_texts",
    "infer_schema",
    "is_within",
    "item_text",
    "names_of",
    "normalise",
    "override_schema",
    "part_of",
    "read_catalogue",
    "read_items",
    "read_ratings",
    "read_withdrawn",
    "sample_people",
    "samples",
    "schema_toml",
    "terms",
    "write_left_out",
]
