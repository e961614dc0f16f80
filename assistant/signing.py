"""A signature beside a file: who has the key made it, and nothing was changed since. Ed25519, in JSON.

Knows bytes and keys. Knows nothing of what is signed.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from pydantic import BaseModel, ConfigDict, ValidationError

from penchant.retriever import PenchantError


class SignatureError(PenchantError):
    """A key or signature that cannot be read, or that is of something else."""


class Signature(BaseModel):
    """What lies beside a signed file. Bytes are in Base64; the key is the raw public one, of 32 bytes."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["penchant signature"] = "penchant signature"
    version: Literal[1] = 1
    algorithm: Literal["Ed25519"] = "Ed25519"
    key: str
    signature: str


def sign(signed: bytes, key: Path) -> str:
    """The signature by the private key in a file, which is made, for its owner alone, if there is none.

    Raises SignatureError for a file that holds no such key."""
    private = _private_key(key)
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Signature(key=_text(public), signature=_text(private.sign(signed))).model_dump_json(indent=2)


def verify(signed: bytes, signature: str, key: str = "") -> str:
    """The public key, in Base64, with which exactly these bytes were signed.

    key: the one that it must be; empty: any. Raises SignatureError where they were not."""
    try:
        found = Signature.model_validate_json(signature)
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(found.key, validate=True))
        given = base64.b64decode(found.signature, validate=True)
    except (ValidationError, ValueError) as error:
        raise SignatureError("that is no signature of Penchant, or a broken one") from error
    if key and key.strip() != found.key:
        raise SignatureError(f"signed with another key, {found.key}")
    try:
        public.verify(given, signed)
    except InvalidSignature as error:
        raise SignatureError(
            "not what was signed: it was changed since, or the signature is of another file"
        ) from error
    return found.key


def _private_key(path: Path) -> Ed25519PrivateKey:
    try:
        with suppress(FileExistsError):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_new_key(path)
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise SignatureError(f"{path}: no key that can be read or made: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SignatureError(f"{path}: the key is not of Ed25519")
    return key


def _write_new_key(path: Path) -> None:
    """Raises FileExistsError if there is a file. Nobody but the owner may ever read it."""
    made = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    opener: Callable[[str, int], int] = lambda name, flags: os.open(name, flags, 0o600)  # noqa: E731
    with open(path, "xb", opener=opener) as file:
        file.write(made)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
