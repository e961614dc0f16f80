"""A catalogue in a persistent Chroma collection (inner product), tied to its encoder and schema by a fingerprint.

Chroma holds everything: vectors, and each item as JSON beside its vector, so that an index opens from its folder alone.
Knows nothing of how it is built (building) or searched (search).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection


COLLECTION = "penchant-items"
FORMAT = 1
EF_SEARCH = 1500
"""How many items Chroma looks at for any question: what blocks of several kinds need for their recall (docs/log.md)."""

_DATABASE = "chroma.sqlite3"


def is_database(path: Path) -> bool:
    """Whether Chroma keeps a database in the folder; connecting to any other folder would make one there."""
    return (path / _DATABASE).is_file()


def connect(path: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    # Chroma keeps one client for each spelling of a path: a relative one would lead elsewhere after a change of folder.
    return chromadb.PersistentClient(str(path.resolve()), Settings(anonymized_telemetry=False))


def find_collection(client: ClientAPI) -> Collection | None:
    """Penchant's collection in a database, if there is one."""
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(COLLECTION, embedding_function=None)
    except NotFoundError:
        return None


def create_collection(client: ClientAPI, metadata: dict[str, Any]) -> Collection:
    return client.create_collection(
        COLLECTION,
        configuration={"hnsw": {"space": "ip", "ef_search": EF_SEARCH, "ef_construction": 200, "max_neighbors": 32}},
        metadata=metadata,
        embedding_function=None,
    )
