"""How large a file may be that comes by the page, and how its catalogue may be called.

Larger files are for `penchant index`. Raises PenchantError in words for the page.
"""

from __future__ import annotations

import re

from penchant.retriever import CatalogueFile, PenchantError
from penchant.retriever.index import DEMO

PIECE = 3_000_000
"""Bytes that come in one request: as text a third more, and a request of the page has 8 MB at most."""
LARGEST_FILE = 64_000_000
_MOST_ITEMS = 200_000
_MOST_COLUMNS = 150
_LONGEST_NAME = 60
LARGEST_HISTORY = 5_000_000
_COMMAND = "the command for larger ones is: penchant index FILE --into FOLDER"
_NAME = re.compile(r"\w[\w .()-]*")
_ODD = re.compile(r"[^\w .()-]+")


def check_size(file: str, size: int) -> None:
    """Before anything of a file comes."""
    if size == 0:
        raise PenchantError(f"{file} is empty; choose a file with rows in it")
    if size > LARGEST_FILE:
        raise PenchantError(
            f"{file} has {size_words(size)}, and this page takes {size_words(LARGEST_FILE)}; {_COMMAND}"
        )


def check_history(file: str, size: int) -> None:
    """When it has come: whole, in one request."""
    if size == 0:
        raise PenchantError(
            f"{file} is empty, or larger than the {size_words(LARGEST_HISTORY)} of a history that this page takes;"
            " the command for larger ones is: penchant import FILE"
        )


def check_table(file: str, read: CatalogueFile) -> None:
    """When it has been read."""
    for what, count, most in (("items", len(read.items), _MOST_ITEMS), ("columns", len(read.columns), _MOST_COLUMNS)):
        if count > most:
            raise PenchantError(f"{file} has {count:,} {what}, and this page takes {most:,}; {_COMMAND}")


def file_name(name: str) -> str:
    """As it is called on disk and in what is said of it: the last part, without what no file name should have."""
    last = re.split(r"[\\/]", name)[-1]
    return _ODD.sub("_", last).lstrip(". ")[-100:] or "file"


def suggested_name(file: str) -> str:
    """What the catalogue of a file may be called."""
    return _ODD.sub(" ", file.split(".")[0]).strip()[:_LONGEST_NAME] or "catalogue"


def check_name(name: str) -> str:
    """The name as the folder's. Letters of any script are fine."""
    name = " ".join(name.split())
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or name.endswith("."):
        raise PenchantError(f"a name has 1 to {_LONGEST_NAME} letters, digits, blanks, dots or dashes; choose another")
    if name.casefold() == DEMO or name.casefold().startswith(f"{DEMO}-"):
        raise PenchantError(f"“{name}” is a name of the demo's; choose another")
    return name


def size_words(count: int) -> str:
    """Bytes as people say them."""
    return f"{count / 1e6:.0f} MB" if count >= 10_000_000 else f"{max(0.1, count / 1e6):.1f} MB"
