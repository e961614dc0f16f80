"""A catalogue with its vectors, kept in a folder: built without loss if interrupted, opened only with what it was
made with.

Knows vector engines and files. Knows nothing of interests or how items are ranked.
"""

from .chroma import EF_SEARCH, is_database
from .index import Index
from .indexing import DEMO, index_file, open_or_build_demo
from .opening import pages
from .prefilter import SPARE
from .vector_file import largest

__all__ = [
    "DEMO",
    "EF_SEARCH",
    "SPARE",
    "Index",
    "index_file",
    "is_database",
    "largest",
    "open_or_build_demo",
    "pages",
]
