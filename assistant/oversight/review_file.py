"""The review file on disk: read as it is now, and added to by whoever decides. What its owner wrote stays as it is.

Knows nothing of catalogues.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock
from pydantic import ValidationError

from .review_form import Decision, Review, ReviewError, review_of

_PATIENCE = 30
"""Seconds to wait for another who decides."""


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A file in TOML that its owner edits (docs/trust.md)."""

    path: Path

    def stamp(self) -> Hashable:
        """Another value after each change."""
        try:
            there = self.path.stat()
        except OSError as error:
            return type(error).__name__
        return there.st_mtime_ns, there.st_size, there.st_ino

    def read(self) -> Review:
        """Raises ReviewError, which names the file."""
        return self._reviewed(self._text())

    def decide(self, item: str, decision: str, by: str, note: str = "") -> Decision:
        """Adds a decision (one of Decided) at the end; all of it, or where it raises (ReviewError) nothing."""
        made = _made(item, decision, by, note)
        try:
            with FileLock(f"{self.path}.lock", timeout=_PATIENCE):
                text = f"{self._text().rstrip()}\n\n{_table(made)}"
                self._reviewed(text)
                self._write(text)
        except OSError as error:
            raise ReviewError(f"{self.path}: cannot be written: {error.strerror or error}") from error
        return made

    def _text(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ReviewError(f"{self.path}: the review file cannot be read: {error}") from error

    def _reviewed(self, text: str) -> Review:
        try:
            return review_of(tomllib.loads(text))
        except (tomllib.TOMLDecodeError, ReviewError) as error:
            raise ReviewError(f"{self.path}: the review file does not hold: {error}") from error

    def _write(self, text: str) -> None:
        """Whoever reads it sees the old or the new one. A link stays one."""
        path = self.path.resolve()
        part = path.with_name(f"{path.name}.part")
        part.write_text(text.lstrip(), encoding="utf-8")
        part.chmod(path.stat().st_mode)
        part.replace(path)


def _made(item: str, decision: str, by: str, note: str) -> Decision:
    when = datetime.now(UTC).replace(microsecond=0)
    said = {"item": _whole(item), "decision": decision, "when": when, "by": _whole(by), "note": _whole(note)}
    try:
        return Decision.model_validate(said)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ReviewError(f"{first['loc'][0]}: {first['msg'][:1].lower()}{first['msg'][1:]}") from error


def _whole(text: str) -> str:
    """Halves of a character, which no file can hold, are replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _table(made: Decision) -> str:
    when = made.when.strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = ["[[decisions]]", f"item = {_text(made.item)}", f'decision = "{made.decision}"', f"when = {when}"]
    lines += [f"{name} = {_text(value)}" for name, value in (("by", made.by), ("note", made.note)) if value]
    return "\n".join([*lines, ""])


def _text(value: str) -> str:
    """As TOML writes it: as JSON does, but for one more character that must be escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
