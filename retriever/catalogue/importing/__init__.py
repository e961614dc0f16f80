"""From files to items and a schema, with a report of what was guessed, merged and left out.

Knows rows, values and kinds, and puts them together. Knows nothing of vectors.
"""

from .catalogue_file import CatalogueFile, read_catalogue, read_items
from .known_rows import KnownFields
from .report import samples, schema_toml, write_left_out

__all__ = ["CatalogueFile", "KnownFields", "read_catalogue", "read_items", "samples", "schema_toml", "write_left_out"]
