"""The composition root: an assistant with its parts, as the settings name them. Pages, commands and tools all use it.

Knows which implementation stands behind each protocol. Knows nothing of pages, commands or frameworks.
"""

from __future__ import annotations

from pathlib import Path

from penchant.retriever import (
    encoder_named,
    open_index,
)
from penchant.retriever.index import open_or_build_demo
from penchant.retriever.progress import Progress

from .assistant import Assistant
from .llm import LanguageModel
from .settings import Settings


def open_assistant(
    settings: Settings, catalogue: Path | None = None, k: int = 5, progress: Progress | None = None
) -> Assistant:
    """An assistant for an index (the demo if none is named), with the settings' model and encoder."""
    encoder = encoder_named(settings.encoder)
    index = open_index(catalogue, encoder) if catalogue else open_or_build_demo(settings.home, encoder, progress)
    return Assistant(index, LanguageModel.from_settings(settings), k=k)
