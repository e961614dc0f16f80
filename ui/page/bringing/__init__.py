"""A file of a visitor that becomes a catalogue: it comes in pieces, is read, corrected, indexed and kept; or that is
their history: it is held against the catalogue, and what is not sure is asked.

Knows files, columns and indexes. Knows nothing of tabs, chats or Gradio.
"""

from .bench import Bench, Stopped
from .corrections import Correction, corrected
from .draft import Draft
from .history_file import HistoryFile, bytes_of, history_file
from .shelf import BroughtCatalogues, NewCatalogue
from .table import draft_part

__all__ = [
    "Bench",
    "BroughtCatalogues",
    "Correction",
    "Draft",
    "HistoryFile",
    "NewCatalogue",
    "Stopped",
    "bytes_of",
    "corrected",
    "draft_part",
    "history_file",
]
