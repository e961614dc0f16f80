"""What an error of Chroma's means, in our words: damage, or no room to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from ...errors import DamagedIndex, PenchantError

_NO_ROOM = ("database or disk is full", "No space left", "File too large", "disk I/O error")


class _Place(Protocol):
    place: str
    folder: Path | None


P = ParamSpec("P")
S = TypeVar("S", bound=_Place)
T = TypeVar("T")


def reads(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """The method, in which what Chroma raises is damage."""

    @wraps(method)
    def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with in_words(self.place, self.folder):
            return method(self, *args, **kwargs)

    return call


def writes(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """The method, in which what Chroma raises means that it could not write: it does not always say why."""

    @wraps(method)
    def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(self, *args, **kwargs)
        except BaseException as error:
            if not _is_chromas(error):
                raise
            raise _not_written(self.place, error) from error

    return call


@contextmanager
def in_words(place: str, folder: Path | None) -> Iterator[None]:
    """Raises DamagedIndex for what Chroma raises, and PenchantError where there is no room to write."""
    try:
        yield
    except BaseException as error:
        if not _is_chromas(error):
            raise
        if any(words in str(error) for words in _NO_ROOM):
            raise _not_written(place, error) from error
        raise DamagedIndex.at(folder, _reason(error)) from error


def _is_chromas(error: BaseException) -> bool:
    """Chroma's core panics with an exception that is no Exception."""
    from chromadb.errors import ChromaError

    return isinstance(error, ChromaError) or type(error).__name__ == "PanicException"


def _reason(error: BaseException) -> str:
    return re.split(r": |\(code: \d+\) ", str(error))[-1] or "its database cannot be read"


def _not_written(place: str, error: BaseException) -> PenchantError:
    return PenchantError(
        f"{place}: the index cannot be written ({_reason(error)}); free some space if there is none left, and run the"
        " same command again to go on"
    )
