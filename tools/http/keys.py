"""Keys of a service: who may call it. Only their digests are held, and no answer takes longer for a key nearly right.

Knows nothing of HTTP beyond the header.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from penchant.assistant.session import Audience
from penchant.assistant.settings import SHORTEST_KEY
from penchant.retriever import PenchantError

_FOR = " audience="


class KeyFileError(PenchantError):
    """The keys cannot be read, or are too short."""


class Keys:
    """A set of keys; empty: everybody may call. What is sent with "KEY audience=children" is for children."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        """Raises KeyFileError for a key that could be guessed, or is for an audience that there is not."""
        known = [key.partition(_FOR) for key in keys if key]
        if any(len(key) < SHORTEST_KEY for key, *_ in known):
            raise KeyFileError(f"a key has at least {SHORTEST_KEY} characters; make one with: openssl rand -hex 24")
        if wrong := next((name for _, said, name in known if said and name not in get_args(Audience)), None):
            raise KeyFileError(f"a key is for {' or '.join(get_args(Audience))}; there is no audience {wrong!r}")
        self._digests = [_digest(key.strip()) for key, *_ in known]
        self._children = {_name(_digest(key.strip())) for key, _, name in known if name == "children"}

    def __bool__(self) -> bool:
        return bool(self._digests)

    def caller(self, authorization: str) -> str | None:
        """A name for who has sent the header (Bearer KEY, or Basic with the key as password); None if no key is right.

        The name tells callers apart in limits and logs, and says nothing of the key.
        """
        digest = _digest(_key(authorization))
        right = [hmac.compare_digest(digest, known) for known in self._digests]
        return _name(digest) if any(right) else None

    def audience(self, caller: str) -> Audience:
        """Whom the picks of a caller are for, by the caller's name."""
        return "children" if caller in self._children else "everybody"


def read_keys(path: Path) -> list[str]:
    """One key a line, perhaps with whom it is for; lines that begin with # are comments. Raises KeyFileError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise KeyFileError(f"{path}: the keys cannot be read: {error}") from error
    keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not keys:
        raise KeyFileError(f"{path}: there is no key in it; write one a line")
    return keys


def _key(authorization: str) -> str:
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _name(digest: bytes) -> str:
    return digest.hex()[:12]


def _digest(key: str) -> bytes:
    return hashlib.sha256(f"penchant\0{key}".encode(errors="replace")).digest()
