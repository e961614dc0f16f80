"""Vectors on the wire between numpy and pgvector: two bytes of length, two of nothing, then floats of four bytes.

Knows nothing of tables.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import numpy as np

from ...encoding import Vectors

if TYPE_CHECKING:
    from psycopg import Connection

_HEAD = struct.Struct(">HH")


def register(connection: Connection) -> None:
    """Makes a connection take and give arrays for pgvector's type `vector`; adds the extension where it is missing.

    Raises psycopg.Error if the server has none.
    """
    from psycopg.adapt import Dumper, Loader
    from psycopg.pq import Format
    from psycopg.types import TypeInfo

    info = TypeInfo.fetch(connection, "vector")
    if info is None:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        info = TypeInfo.fetch(connection, "vector")
    assert info
    number = info.oid

    class VectorDumper(Dumper):
        format = Format.BINARY
        oid = number

        def dump(self, obj: Any) -> bytes:
            return packed(obj)

    class VectorLoader(Loader):
        format = Format.BINARY

        def load(self, data: Any) -> Vectors:
            return unpacked(bytes(data))

    connection.adapters.register_dumper(np.ndarray, VectorDumper)
    connection.adapters.register_loader(number, VectorLoader)


def packed(vector: Vectors) -> bytes:
    return _HEAD.pack(len(vector), 0) + vector.astype(">f4").tobytes()


def unpacked(data: bytes) -> Vectors:
    return np.frombuffer(data, dtype=">f4", offset=_HEAD.size).astype(np.float32)
