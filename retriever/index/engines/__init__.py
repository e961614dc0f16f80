"""Stores of vectors behind one protocol: Chroma in a folder or on a server, PostgreSQL, memory, and any of these with
changes that are not written into it yet.

Knows the libraries of the stores. Knows nothing of items, encoders or interests.
"""

from .chroma_engine import ChromaEngine
from .engine import PAGE, Nearest, Row, VectorEngine, pages
from .memory_engine import MemoryEngine
from .open_engine import engine_at
from .overlay import Overlay
from .postgres_engine import PostgresEngine

__all__ = [
    "PAGE",
    "ChromaEngine",
    "MemoryEngine",
    "Nearest",
    "Overlay",
    "PostgresEngine",
    "Row",
    "VectorEngine",
    "engine_at",
    "pages",
]
