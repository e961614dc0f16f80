"""The page's own phrases in the language of a conversation, which phrases.toml has.

Labels of buttons are in none of them: these are English. Knows nothing of sessions.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from penchant.assistant.explanation.words import Speech


@cache
def page_speech(language: str = "en") -> Speech:
    """The phrases of a language, "en" or "zh"."""
    phrases = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
    return Speech("zh" if language == "zh" else "en", phrases[language])
