"""The folder of exported models: each is made once, whole or not at all, however many processes ask at a time.

Knows folders and locks. Knows nothing of how a model is exported.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import PenchantError
from .export import CannotExport
from .exported_model import ExportedModel, NotExported

_FOLDER = "PENCHANT_EXPORTS"
_LONGEST_WAIT = 600
"""Seconds for another process that exports the same model."""


def exports_folder() -> Path:
    """For who names none: PENCHANT_EXPORTS; else `encoders` in PENCHANT_HOME or in the user's data folder."""
    import platformdirs

    if named := os.environ.get(_FOLDER):
        return Path(named)
    home = os.environ.get("PENCHANT_HOME")
    return (Path(home) if home else platformdirs.user_data_path("penchant")) / "encoders"


class ExportStore:
    """Exported models in a folder, by fingerprint. An export that is there needs no right to write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, fingerprint: str, write: Callable[[Path], None], again: bool = False) -> ExportedModel:
        """The export of a model; `write` makes it, in an empty folder, if it is not there.

        A model that could not be exported is not tried again, unless `again`. Raises CannotExport for one,
        PenchantError where exports cannot be kept, and what `write` raises.
        """
        path = self._folder / _name(fingerprint)
        try:
            return ExportedModel.open(path)
        except NotExported:
            with self._alone(path):
                return self._made(path, write, again)

    def _made(self, path: Path, write: Callable[[Path], None], again: bool) -> ExportedModel:
        try:
            return ExportedModel.open(path)  # another process has made it meanwhile
        except NotExported:
            shutil.rmtree(path, ignore_errors=True)
        refused = path.with_name(f"{path.name}.refused")
        if refused.is_file() and not again:
            raise CannotExport(refused.read_text(encoding="utf-8"))
        try:
            _write_whole(path, write)
        except CannotExport as error:
            refused.write_text(str(error), encoding="utf-8")
            raise
        refused.unlink(missing_ok=True)
        return ExportedModel.open(path)

    @contextmanager
    def _alone(self, path: Path) -> Iterator[None]:
        """No other process makes this export meanwhile. Raises PenchantError where nothing can be written."""
        from filelock import FileLock

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=_LONGEST_WAIT)
            lock.acquire()
        except (OSError, NotImplementedError) as error:  # the latter where a file system has no locks
            raise PenchantError(
                f"{self._folder}: exported encoders cannot be kept here ({error}); set {_FOLDER} to another folder"
            ) from error
        try:
            yield
        finally:
            lock.release()


def _write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Under another name first, then in one step; what an interrupted process left there goes first."""
    part = path.with_name(f"{path.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir()
        write(part)
        part.rename(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _name(fingerprint: str) -> str:
    """A file name that reads like the fingerprint and is another one for another fingerprint."""
    digest = hashlib.sha256(fingerprint.encode()).hexdigest()[:16]
    return f"{re.sub(r'[^A-Za-z0-9-]+', '-', fingerprint)[:60]}-{digest}"
