"""A seal on the files of a finished index: their checksums, so that damage is told and never read.

A database's library may crash on a damaged file, or miss what was in it. Only graphs are sealed: the files beside the
seal change whenever they are opened, or carry their own checksum. An index of before there were seals has none.
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from ...errors import DamagedIndex
from .database_files import graphs

_SEAL = "seal.json"
_PART = 1 << 20


def set_seal(folder: Path) -> None:
    """Seals what is there; in one step, so that nobody sees half a seal."""
    part = folder / f"{_SEAL}.part"
    part.write_text(json.dumps(_checksums(folder), indent=1), encoding="utf-8")
    part.replace(folder / _SEAL)


def break_seal(folder: Path) -> None:
    """Before anything is written."""
    (folder / _SEAL).unlink(missing_ok=True)


def is_sealed(folder: Path) -> bool:
    return (folder / _SEAL).is_file()


def stamp(folder: Path) -> tuple[int, int] | None:
    """Another one after each build; None while there is no seal: it is being written, or never was finished."""
    try:
        found = (folder / _SEAL).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def check_seal(folder: Path) -> None:
    """Raises DamagedIndex for a file that is missing or not as it was sealed, unless somebody is writing there."""
    before = stamp(folder)
    if before is None:
        return
    wrong = _wrong(folder)
    if wrong and stamp(folder) == before:
        raise DamagedIndex.at(folder, wrong)


def _wrong(folder: Path) -> str:
    """What is wrong; empty for nothing."""
    try:
        sealed = dict(json.loads((folder / _SEAL).read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return f"{_SEAL} cannot be read"
    except OSError:
        return ""
    found = _checksums(folder)
    missing = [name for name in sealed if name not in found]
    changed = [name for name in sealed if name in found and found[name] != sealed[name]]
    return f"{missing[0]} is missing" if missing else f"{changed[0]} is not as it was written" if changed else ""


def _checksums(folder: Path) -> dict[str, int]:
    files = [path for graph in graphs(folder) for path in sorted(graph.iterdir()) if path.is_file()]
    return {path.relative_to(folder).as_posix(): _checksum(path) for path in files}


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while part := file.read(_PART):
            found = zlib.crc32(part, found)
    return found
