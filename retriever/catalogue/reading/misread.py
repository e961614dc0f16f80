"""Letters that a program has read in the wrong encoding and written so: "NAVIDEÃ‘A", "KrÃ¤utertee", "itâ€™s"."""

from __future__ import annotations

import re

_WESTERN = "cp1252"
_FOLLOWING = "".join(bytes([n]).decode(_WESTERN, errors="ignore") or chr(n) for n in range(0x80, 0xC0))
"""What the second byte of a letter beyond ASCII is taken for; in no language does it follow these letters."""
_CLOSING = "’”»–—…"
_ENDING = _CLOSING + "‘“›"
_MARKS = re.compile(
    f"[ÂÃ](?:[^\\W\\d_{_CLOSING}]|[^\\w\\s{_CLOSING}]|\\xa0|[\\x80-\\x9f]|[{_CLOSING}](?=[^\\W\\d_]))"
    f"|[ÄÅ](?:[¹²³¼½¾ªº]|[^\\w\\s{_ENDING}]|[{_ENDING}](?=[^\\W\\d_]))"
    f"|â[€„‚ˆ‰Š][{re.escape(_FOLLOWING)}]"
)


_SEVERAL = 3
"""Of fewer different ones in a whole file it is not known that they are no letters of its own."""


def reread(text: str) -> str:
    """A text in which such letters are what they were, where it has several; a quotation or a dash behind one stays."""
    if not any(mark in text for mark in "ÂÃÄÅâ"):
        return text
    misread = {found[0] for found in _MARKS.finditer(text) if _letter(found) != found[0]}
    return _MARKS.sub(_letter, text) if len(misread) >= _SEVERAL else text


def _letter(found: re.Match[str]) -> str:
    if any(sign not in _FOLLOWING for sign in found[0][1:]):
        return found[0]
    try:
        return b"".join(map(_byte, found[0])).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _byte(sign: str) -> bytes:
    try:
        return sign.encode(_WESTERN)
    except UnicodeEncodeError:
        return bytes([ord(sign)])
