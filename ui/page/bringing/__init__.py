"""A file of a visitor that becomes a catalogue: it comes in pieces, is read, corrected, indexed and kept.

Knows files, columns and indexes. Knows nothing of tabs, chats or Gradio.
"""

from .bench import Bench, Stopped
from .corrections import Correction, corrected
from .draft import Draft
from .shelf import BroughtCatalogues, NewCatalogue
from .table import draft_part

__all__ = [
    "Bench",
    "BroughtCatalogues",
    "Correction",
    "Draft",
    "NewCatalogue",
    "Stopped",
    "corrected",
    "draft_part",
]
