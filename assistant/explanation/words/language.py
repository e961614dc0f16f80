"""The languages that replies are in, and their phrases, which phrases.toml has. Knows nothing of what is said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from ...session import Session
from ...understanding.text import is_chinese

Language = Literal["en", "zh"]

_LONGEST = 60


@dataclass(frozen=True)
class Speech:
    """One language: its phrases by name, and how lists are said."""

    language: Language
    phrases: Mapping[str, str]

    def say(self, phrase: str, **parts: str) -> str:
        """A phrase with its parts. Raises KeyError for one that phrases.toml does not have."""
        return self.phrases[phrase].format_map(parts)

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
def speech(language: Language) -> Speech:
    text = resources.files("penchant.assistant.explanation.words").joinpath("phrases.toml").read_text(encoding="utf-8")
    return Speech(language, tomllib.loads(text)[language])


def language_of(message: str, session: Session) -> Speech:
    """The language of a message, or else of the last one that the session remembers."""
    said = [message, *(diff.quote for diff in reversed(session.diffs) if diff.kind == "message")]
    last = next((text for text in said if text.strip()), "")
    return speech("zh" if is_chinese(last) else "en")


def shortened(text: str, most: int = _LONGEST) -> str:
    """A text that is not endless, cut between words where it has them, and without signs that nobody sees."""
    text = "".join(c for c in text if c.isprintable())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"
