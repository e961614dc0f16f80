"""Sentences that are made in English, such as errors and notes, in the language of who reads them.

Each is known by its English text, with what differs in it. Knows nothing of what they are about.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Sequence
from functools import cache, partial
from importlib import resources

from .language import Language

_END = r"(?=[.;]?$|\. )"
"""Where what stands at the end of a sentence ends."""


def retold(text: str, language: Language) -> str:
    """The text with each sentence in it that the language has in that language; the rest as it is."""
    for pattern, other in _sentences(language):
        text = pattern.sub(partial(_said, other), text)
    return text


def _said(other: str, found: re.Match[str]) -> str:
    parts = found.groupdict()
    return other.format_map(parts) + ("。" if parts["stop"] else "")


@cache
def _sentences(language: Language) -> Sequence[tuple[re.Pattern[str], str]]:
    if language == "en":
        return ()
    file = resources.files("penchant.assistant.explanation.words").joinpath(f"retold_{language}.toml")
    return [(_pattern(known), other) for known, other in tomllib.loads(file.read_text(encoding="utf-8")).items()]


def _pattern(known: str) -> re.Pattern[str]:
    """Of an English sentence; a capital at its beginning and a full stop may have been added."""
    pieces = list(string.Formatter().parse(known))
    text = "".join(re.escape(words) + (f"(?P<{name}>.+?)" if name else "") for words, name, _, _ in pieces)
    first, rest = (f"[{known[0].upper()}{known[0]}]", text[1:]) if known[0].isalpha() else ("", text)
    return re.compile(f"{first}{rest}{_END if pieces[-1][1] else ''}(?P<stop>\\.?)")
