"""A catalogue with its vectors, kept in an engine: built without loss if interrupted, opened only with what it was
made with.

Knows vector engines (Chroma in a folder or on a server, memory) and files. Knows nothing of interests or how items are
ranked.
"""

from .building import build_index
from .changing import Changed, ItemChange, change_items, known_fields
from .encoding_workers import EncodingWorkers, Workers
from .engines import ChromaEngine, MemoryEngine, PostgresEngine, VectorEngine, engine_at, pages
from .folder import is_database, stamp
from .index import Index
from .indexing import BEHAVIOUR, DEMO, LEFT_OUT, Promised, index_catalogue, open_or_build_demo
from .opening import built, check_index, open_index
from .prefilter import SPARE
from .ray_workers import RayWorkers
from .repairing import Repair, repair_index
from .vector_file import largest

__all__ = [
    "BEHAVIOUR",
    "DEMO",
    "LEFT_OUT",
    "SPARE",
    "Changed",
    "ChromaEngine",
    "EncodingWorkers",
    "Index",
    "ItemChange",
    "MemoryEngine",
    "PostgresEngine",
    "Promised",
    "RayWorkers",
    "Repair",
    "VectorEngine",
    "Workers",
    "build_index",
    "built",
    "change_items",
    "check_index",
    "engine_at",
    "index_catalogue",
    "is_database",
    "known_fields",
    "largest",
    "open_index",
    "open_or_build_demo",
    "pages",
    "repair_index",
    "stamp",
]
