"""The languages that people are spoken to in, each with its texts in a file of its own: en.toml, zh.toml.

A person is answered in the language of their last message that has words in one of them. Knows nothing of what is said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from ...session import Session

Language = Literal["en", "zh"]
Texts = Literal["reply", "page", "labels", "terminal"]
"""What is said in answers, by the page, on its buttons and headings, and in a terminal."""

_LONGEST = 60
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|\"[^\"]*\"")


_ENDED = re.compile(r"([!?！？](?:\*\*)?)[.。](?=\s|$)")
"""A sentence ends once: "Enjoy **Airplane!**." has one mark too many."""


@dataclass(frozen=True)
class Speech:
    """One language: its phrases by name, and how lists are said."""

    language: Language
    phrases: Mapping[str, str]

    def say(self, phrase: str, **parts: str) -> str:
        """A phrase with its parts. Raises KeyError for one that the language's file does not have."""
        text = self.phrases[phrase].format_map(parts)
        return _ENDED.sub(r"\1", text) if any(mark in text for mark in "!?！？") else text

    def has(self, phrase: str) -> bool:
        return phrase in self.phrases

    def listed(self, names: Sequence[str], joint: str = "and") -> str:
        """ "A, B and C"; empty of none."""
        if len(names) < 2:
            return "".join(names)
        return f"{self.phrases['comma'].join(names[:-1])}{self.phrases[joint]}{names[-1]}"

    def counted(self, count: int) -> str:
        """A small number in words."""
        words = self.phrases["numbers"].split()
        return words[count - 1] if 0 < count <= len(words) else f"{count:,}"

    def joined(self, sentences: Sequence[str]) -> str:
        """Sentences that follow each other, without those that are empty."""
        return self.phrases["gap"].join(s for s in sentences if s)


@cache
def speech(language: Language, texts: Texts = "reply") -> Speech:
    """A language's phrases; those of the page and the terminal have what every answer has as well."""
    file = resources.files("penchant.assistant.explanation.words").joinpath(f"{language}.toml")
    every = tomllib.loads(file.read_text(encoding="utf-8"))
    return Speech(language, every[texts] if texts == "labels" else every["reply"] | every[texts])


def language_in(text: str) -> Language | None:
    """The language that a text is written in, by its letters: a Chinese character counts as much as a word. None if it
    has none of either; titles in quotes say nothing of who quotes them."""
    own = _QUOTED.sub(" ", text)
    han, words = len(_HAN.findall(own)), len(_WORD.findall(own))
    if _KANA.search(own) or not (han or words):
        return None
    return "zh" if han >= words else "en"


def last_language(texts: Iterable[str], otherwise: Language = "en") -> Language:
    """That of the first of some texts that has one."""
    for text in texts:
        if (found := language_in(text)) is not None:
            return found
    return otherwise


def language_of(message: str, session: Session) -> Speech:
    """The language of a message, or else of the last one that the session remembers."""
    said = (diff.quote for diff in reversed(session.diffs) if diff.kind == "message")
    return speech(last_language((message, *said)))


def shortened(text: str, most: int = _LONGEST) -> str:
    """A text that is not endless, cut between words where it has them, and without signs that nobody sees."""
    text = "".join(c for c in text if c.isprintable())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut.rpartition(" ")[0]
    return f"{(whole if len(whole) > len(cut) // 2 else cut).rstrip()}…"
