"""What each part of the page shows of a state, as plain data for the templates.

Knows wording and drawing. Knows nothing of events, threads or Gradio.
"""

from .gallery import Gallery
from .view import View

__all__ = [
    "Gallery",
    "View",
]
