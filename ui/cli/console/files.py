"""Tastes and households as files: read under their people's names, and written where nothing is yet.

Errors name the file. Knows nothing of what a command does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from penchant.assistant import Session

_T = TypeVar("_T")


def read_people(files: Sequence[Path]) -> dict[str, Session]:
    """Everybody's taste by their name: a member's of a household, else the file's. Raises PenchantError naming the
    file."""
    from penchant.assistant.session import free_name, import_household, is_household

    people: dict[str, Session] = {}
    for path in files:
        text = read_text(path)
        found = named(path, import_household, text) if is_household(text) else {path.stem: read_taste(path)}
        people |= {free_name(name, people): session for name, session in found.items()}
    return people


def read_taste(path: Path) -> Session:
    """The taste in a file. Raises PenchantError naming the file."""
    from penchant.assistant import import_taste

    return named(path, import_taste, read_text(path))


def read_text(path: Path) -> str:
    """Raises PenchantError naming the file."""
    from penchant.retriever import PenchantError

    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PenchantError(f"{path}: cannot be read: {error}") from error


def named(path: Path, read: Callable[[str], _T], text: str) -> _T:
    """What a text holds; where it is broken, the error names the file."""
    from penchant.retriever import PenchantError

    try:
        return read(text)
    except PenchantError as error:
        raise type(error)(f"{path}: {error}") from error


def write_new(text: str, path: Path) -> None:
    """Raises PenchantError where it cannot be written, or something is there."""
    from penchant.retriever import PenchantError

    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError as error:
        raise PenchantError(f"{path}: cannot be written: {error.strerror}") from error


def free(path: Path) -> None:
    """Raises PenchantError for a file that is there: what somebody has is not written over."""
    from penchant.retriever import PenchantError

    if path.exists():
        raise PenchantError(f"{path} is there already; choose another name with --into, then: penchant taste merge")
