"""The log of pages shown: a file of one JSON object a line, which several processes may write at once.

A line is there whole or not at all. What cannot be written is said once, and no turn fails for it. Knows nothing of
turns.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from threading import Lock

from filelock import FileLock

from penchant.retriever import Catalogue, PenchantError

from .audit_record import audit_record
from .page_shown import PageShown

MOST_BYTES = 50_000_000
"""Of a file; then it is renamed, and a new one begun."""
KEPT = 5
"""How many renamed files there are at most: FILE.1, the newest, to FILE.5."""
_PATIENCE = 10
"""Seconds to wait for another process that writes."""
_KEY = 32
"""Bytes."""

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class AuditLog:
    """An observer that writes each page to a file. `text`: with the message; `name`: of the catalogue.

    Sessions are told apart by a digest with a random key, which lies beside the file (FILE.key): who has the log alone
    can find nobody in it. Both files are for their owner only.
    """

    path: Path
    name: str
    text: bool = False
    most_bytes: int = MOST_BYTES
    _writing: Lock = field(default_factory=Lock)
    _failing: bool = False

    def shown(self, page: PageShown, door: str, catalogue: Catalogue) -> None:
        """Writes the page's line."""
        try:
            with self._alone():
                record = audit_record(page, door, catalogue, self.name, self._digest(page.session.id))
                said = {"text": page.message} if self.text and page.message else {}
                # Halves of a character are no UTF-8; as escapes they are.
                self._append(json.dumps(record | said, ensure_ascii=False).encode(errors="backslashreplace") + b"\n")
        except OSError as error:
            self._say_once(error)
        else:
            self._failing = False

    def forget(self, sessions: Collection[str]) -> None:
        """Deletes the lines of some sessions from the file and from those that it was before."""
        try:
            with self._alone():
                digests = {self._digest(session) for session in sessions}
                for path in self._files():
                    if path.is_file():
                        _without(path, digests)
        except OSError as error:
            reason = error.strerror or error
            raise PenchantError(f"{self.path}: what the audit log has of it could not be deleted ({reason})") from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Between threads by a lock in memory, which hands over at once; between processes by a file."""
        with self._writing, FileLock(f"{self.path}.lock", timeout=_PATIENCE, mode=0o600):
            yield

    def _digest(self, handle: str) -> str:
        return hmac.new(self._key(), handle.encode(errors="replace"), hashlib.sha256).hexdigest()[:16]

    def _key(self) -> bytes:
        """The file's key; made with it."""
        path = self.path.with_name(f"{self.path.name}.key")
        if path.exists() and len(key := path.read_bytes()) == _KEY:
            return key
        part = path.with_name(f"{path.name}.part")
        with open(part, "wb", opener=_for_owner) as file:
            file.write(key := secrets.token_bytes(_KEY))
        part.replace(path)
        return key

    def _append(self, line: bytes) -> None:
        if self.path.is_file() and self.path.stat().st_size + len(line) > self.most_bytes:
            self._rotate()
        with open(self.path, "ab", buffering=0, opener=_for_owner) as file:
            end = file.tell()
            try:
                if file.write(line) < len(line):
                    raise OSError("the line could be written only in part")
            except OSError:
                if self.path.is_file():
                    file.truncate(end)
                raise

    def _rotate(self) -> None:
        for newer, older in reversed(list(pairwise(self._files()))):
            if newer.exists():
                newer.replace(older)

    def _files(self) -> list[Path]:
        """The newest first."""
        return [self.path, *(self.path.with_name(f"{self.path.name}.{n}") for n in range(1, KEPT + 1))]

    def _say_once(self, error: OSError) -> None:
        if not self._failing:
            reason = error.strerror or error
            _log.warning("%s: the audit log cannot be written (%s); pages are shown without it", self.path, reason)
        self._failing = True


def _without(path: Path, digests: Collection[str]) -> None:
    """Writes the file anew without the lines of some sessions, if it has any."""
    with path.open("rb") as lines:
        if not any(_is_of(line, digests) for line in lines):
            return
        lines.seek(0)
        part = path.with_name(f"{path.name}.part")
        with open(part, "wb", opener=_for_owner) as file:
            file.writelines(line for line in lines if not _is_of(line, digests))
    part.replace(path)


def _is_of(line: bytes, digests: Collection[str]) -> bool:
    """A line that is no record, as after a machine that went down, is nobody's."""
    try:
        return json.loads(line)["session"] in digests
    except (ValueError, KeyError, TypeError):
        return False


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
