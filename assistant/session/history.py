"""The diffs of a session, first to last: the latest as they are, those of long ago in pages, read when asked for.

A value like a tuple. Knows nothing of where pages are kept.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any, overload

from pydantic import GetCoreSchemaHandler, TypeAdapter
from pydantic_core import core_schema

from .changes import Diff


@dataclass(frozen=True)
class Page:
    """So many diffs in a row, as JSON in zlib in Base64: the diffs of one session are much alike. `key`: where they are
    kept."""

    packed: str
    count: int
    key: str

    @classmethod
    def of(cls, diffs: Sequence[Diff], key: str) -> Page:
        packed = base64.b64encode(zlib.compress(diffs_form().dump_json(tuple(diffs))))
        return cls(packed.decode(), len(diffs), key)

    @cached_property
    def diffs(self) -> tuple[Diff, ...]:
        return diffs_form().validate_json(zlib.decompress(base64.b64decode(self.packed)))


@dataclass(frozen=True, slots=True, eq=False)
class History(Sequence[Diff]):
    """Diffs in pages, and after them those in `tail`. Equal to any sequence of the same diffs."""

    tail: tuple[Diff, ...] = ()
    pages: tuple[Page, ...] = ()

    def with_next(self, diff: Diff) -> History:
        return History((*self.tail, diff), self.pages)

    def without_last(self) -> tuple[History, Diff]:
        """All but the last, and the last. Raises IndexError if there is none."""
        if self.tail:
            return History(self.tail[:-1], self.pages), self.tail[-1]
        *pages, page = self.pages
        return History(page.diffs[:-1], tuple(pages)), page.diffs[-1]

    def since(self, start: int) -> Iterator[Diff]:
        """The diffs from a place on; earlier pages are not read."""
        for page in self.pages:
            if start < page.count:
                yield from page.diffs[max(0, start) :]
            start -= page.count
        yield from self.tail[max(0, start) :]

    def shared(self, other: History) -> int:
        """How many diffs the two begin with alike; pages that both have are not read."""
        pages = _alike(self.pages, other.pages)
        count = sum(page.count for page in self.pages[:pages])
        return count + _alike(self.since(count), other.since(count))

    def __len__(self) -> int:
        return sum(page.count for page in self.pages) + len(self.tail)

    def __iter__(self) -> Iterator[Diff]:
        return self.since(0)

    def __reversed__(self) -> Iterator[Diff]:
        parts = (self.tail, *(page.diffs for page in reversed(self.pages)))
        return chain.from_iterable(reversed(part) for part in parts)

    @overload
    def __getitem__(self, place: int) -> Diff: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Diff]: ...
    def __getitem__(self, place: int | slice) -> Diff | Sequence[Diff]:
        if isinstance(place, int) and -len(self.tail) <= place < 0:
            return self.tail[place]
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, History):
            return len(self) == len(other) == self.shared(other)
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """As JSON it is the list of its diffs."""
        diffs = handler(tuple[Diff, ...])
        written = core_schema.plain_serializer_function_ser_schema(tuple, return_schema=diffs)
        return core_schema.no_info_after_validator_function(cls, diffs, serialization=written)


def _alike(one: Sequence[Any] | Iterator[Any], other: Sequence[Any] | Iterator[Any]) -> int:
    """How many elements the two begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


@cache
def diffs_form() -> TypeAdapter[tuple[Diff, ...]]:
    """Diffs as JSON."""
    return TypeAdapter(tuple[Diff, ...])
