"""The bytes of files, unpacked, and their text. Knows gzip, zip, zstandard and encodings, and nothing of rows."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from ...errors import CatalogueError
from .misread import reread

_GZIP, _ZIP, _ZSTANDARD = b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd"
_OFFICE = ("[Content_Types].xml", "mimetype")
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ENCODINGS = ["cp1252", "gb18030", "big5", "shift_jis", "euc_kr", "cp1251", "cp1250", "cp1253"]
_WESTERN = "cp1252"
_LATIN = (_WESTERN, "cp1250")
"""Encodings that have most letters in common."""
_IN_PLACE = re.compile(r"[£€¥](?=\s?\d)|(?<=\d)\s?[£€]|(?<=[^\W\d_])[à-öø-ž](?![A-Z])|\b[À-ÖØ-Ž](?=[a-zà-ÿ]{2})")
_OUT_OF_PLACE = re.compile(
    r"(?<![^\W\d_])[À-ÖØ-ž](?=\s?\d)|(?<=[^\W\d_])[^\w\s’'‘“”–—-…\x00-\x7f]+(?=[a-z])|(?<=[a-zà-ž])[À-ÖØ-Þ]|\ufffd"
)
_UTF7 = re.compile(r"\+A[A-Za-z0-9/]{2}-")
_SAMPLE = 50_000
_RATIO = 200
"""Tables pack to a tenth, and at best to a hundredth."""
_PLAIN = 256 << 20
"""Bytes that may be unpacked whatever the ratio."""
_PART = 1 << 20
_CONTROLS = frozenset(range(9)) | frozenset(range(14, 27))


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """What a file holds: its own bytes, or those of each file packed in it; with the names that errors call them by.

    Raises CatalogueError for what cannot be read or unpacked.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CatalogueError(f"{path}: cannot be read: {error.strerror or error}") from error
    yield from unpacked(str(path), data)


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The same of bytes that are at hand. Raises CatalogueError for what cannot be unpacked."""
    try:
        yield from _unpacked(name, data)
    except (
        OSError,
        EOFError,
        zlib.error,
        zipfile.BadZipFile,
        RuntimeError,
    ) as error:  # the last: a zip with a password
        raise CatalogueError(f"{name}: cannot be read: {error}") from error


def _unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    room = max(_PLAIN, _RATIO * len(data))
    if data.startswith(_GZIP):
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            yield from _unpacked(name, _bounded(name, stream, room))
    elif data.startswith(_ZSTANDARD):
        yield from _unpacked(name, _zstandard(name, data, room))
    elif data.startswith(_ZIP):
        yield from _members(name, data, room)
    else:
        yield name, data


def _members(name: str, data: bytes, room: int) -> Iterator[tuple[str, bytes]]:
    """The files in a zip; one of an office program is a file itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if any(part in packed.namelist() for part in _OFFICE):
            if sum(info.file_size for info in packed.infolist()) > room:
                raise _bomb(name)
            yield name, data
            return
        for member in sorted(packed.namelist()):
            if not (member.endswith("/") or member.startswith("__MACOSX") or Path(member).name.startswith(".")):
                with packed.open(member) as stream:
                    part = _bounded(f"{name}/{member}", stream, room)
                for inner, content in _unpacked(f"{name}/{member}", part):
                    room -= len(content)
                    if room < 0:
                        raise _bomb(name)
                    yield inner, content


def _zstandard(name: str, data: bytes, room: int) -> bytes:
    import pyarrow

    with pyarrow.CompressedInputStream(pyarrow.BufferReader(data), "zstd") as stream:
        return _bounded(name, stream, room)


def _bounded(name: str, stream: _Stream, room: int) -> bytes:
    """All of a stream. Raises CatalogueError before more than `room` bytes of it are in memory."""
    parts: list[bytes] = []
    while part := stream.read(_PART):
        parts.append(bytes(part))
        room -= len(part)
        if room < 0:
            raise _bomb(name)
    return b"".join(parts)


def _bomb(name: str) -> CatalogueError:
    return CatalogueError(
        f"{name}: refused, for it unpacks to more than {_RATIO} times its size; if it is meant, unpack it first"
    )


def text_of(data: bytes, name: str) -> str:
    """The text in whichever encoding it is: by its mark, UTF-8, UTF-16, or what it most likely is.

    Raises CatalogueError for what is no text.
    """
    try:
        return reread(_without_utf7(_decoded(data)))
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{name}: cannot be read: it is no text, and no table of a kind that is known") from error


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    sample = data[:_SAMPLE]
    if sample.count(0) > len(sample) // 5:  # every second byte of UTF-16 in Latin letters
        return data.decode("utf-16-le" if sample[1:2] == b"\0" else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if _CONTROLS.intersection(sample):
            raise
    return data.decode(_likely(sample), errors="replace")


def _without_utf7(text: str) -> str:
    """A text in which a program has left signs as UTF-7 writes them ("+AC0-" for a minus), with these signs."""
    return _UTF7.sub(_sign, text) if "+A" in text else text


def _sign(found: re.Match[str]) -> str:
    sign = found[0].encode().decode("utf-7", errors="replace")
    return sign if len(sign) == 1 and sign.isprintable() and not sign.isalnum() else found[0]


def _likely(sample: bytes) -> str:
    """The likeliest of the encodings in use; where it is open, the western one."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_ENCODINGS).best()
    found = best.encoding if best else _WESTERN
    if found not in _LATIN:
        return found
    either = sorted(_LATIN, key=lambda encoding: encoding != found)
    texts = {encoding: sample.decode(encoding, errors="replace") for encoding in either}
    return max(either, key=lambda encoding: (_sense(texts[encoding]), _of_one_language(texts[encoding])))


def _of_one_language(text: str) -> int:
    """How many of the letters beyond ASCII are among the common ones of one language."""
    from charset_normalizer.constant import FREQUENCIES

    letters = Counter(c for c in text.casefold() if not c.isascii() and c.isalpha())
    return max(sum(letters[c] for c in common) for common in FREQUENCIES.values())


def _sense(text: str) -> int:
    """How many of the signs that two encodings differ in stand where such signs do: letters in words, and those of
    money at numbers; less those that do not ("Ł45", "ksi¹¿ka")."""
    return len(_IN_PLACE.findall(text)) - len(_OUT_OF_PLACE.findall(text))
