"""A file of sessions that nobody else can read, and its folder, where that is for sessions alone.

Knows nothing of databases but what SQLite keeps beside its file.
"""

from __future__ import annotations

import os
from pathlib import Path

_BESIDE = ("", "-journal", "-wal", "-shm")


def make_private(path: Path, home: Path) -> None:
    """Makes an empty file, if there is none, in a folder, if there is none; and takes from others the right to read.

    A folder that holds other things than the file is left as it is, unless it is the user's own data folder (home):
    others may be meant to read what is there. Raises OSError if the file cannot be made.
    """
    if not path.parent.exists():
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    files = [path.with_name(path.name + end) for end in _BESIDE]
    for file in files:
        _restrict(file, 0o600)
    if path.parent.resolve() == home.resolve() or set(path.parent.iterdir()) <= set(files):
        _restrict(path.parent, 0o700)


def _restrict(path: Path, mode: int) -> None:
    """Of what is ours; what belongs to another is for them to say."""
    if os.name == "nt" or not path.exists():
        return
    found = path.stat()
    if found.st_uid == os.geteuid() and found.st_mode & 0o077:
        path.chmod(mode)
