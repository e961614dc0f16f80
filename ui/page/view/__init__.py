"""What each part of the page shows of a state, as plain data for the templates.

Knows wording and drawing, and what a tab was sent already. Knows nothing of threads or Gradio.
"""

from .cards import LOADING, NOTHING
from .catalogue_words import CatalogueWords, catalogue_words
from .covers import Gallery
from .sent import Sent
from .template_data import Data
from .view import View, chat_part, closed_panel, errand, panel_part, picks_part, same_part, shared_cards

__all__ = [
    "LOADING",
    "NOTHING",
    "CatalogueWords",
    "Data",
    "Gallery",
    "Sent",
    "View",
    "catalogue_words",
    "chat_part",
    "closed_panel",
    "errand",
    "panel_part",
    "picks_part",
    "same_part",
    "shared_cards",
]
