"""Texts as they stand on the page: short enough, and whole sentences. Knows nothing of what they say."""

from __future__ import annotations

import re

_LISTED = re.compile(r":\n\n(?:\d+\. [^\n]*(?:\n|$))+")


def shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def without_list(text: str) -> str:
    """A text without its numbered list; the colon that led to it becomes a full stop."""
    return _LISTED.sub(".", text)


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?', '…', '。')) else '.'}"
