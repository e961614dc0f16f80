"""Adapting the encoder to a catalogue that nobody rated: wishes are written from its items and learned from.

Knows items, their fields and how training from ratings is called. Knows nothing of losses, nor of conversations.
"""

from .adaptation import Adaptation, adapt
from .wishes import WRITTEN_SCALE, written_ratings

__all__ = ["WRITTEN_SCALE", "Adaptation", "adapt", "written_ratings"]
