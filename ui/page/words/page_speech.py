"""The page's texts in a language: sentences that are filled in, and the labels of its buttons and headings.

Knows nothing of sessions.
"""

from __future__ import annotations

from collections.abc import Mapping

from penchant.assistant.explanation.words import Language, Speech, speech

CODES: Mapping[Language, str] = {"en": "en", "zh": "zh-Hans"}
"""What a page in a language says that it is in."""


def page_speech(language: Language = "en") -> Speech:
    """The phrases of a language."""
    return speech(language, "page")


def page_labels() -> dict[Language, dict[str, str]]:
    """For each language its labels by their names in the templates, and as `lang` its code."""
    return {language: {"lang": code, **speech(language, "labels").phrases} for language, code in CODES.items()}


def browser_language(code: str) -> Language:
    """The language for a browser that asks for one, such as "zh-CN": English where there is no other."""
    return "zh" if code.casefold().partition("-")[0] == "zh" else "en"
