"""Sessions, understanding, explaining: one turn of a conversation about a catalogue.

Knows nothing of Chroma, Gradio or agent frameworks.
"""

from .assistant import LONGEST_MESSAGE, Assistant, MessageError, Reply
from .language_model import LanguageModel, ModelError, Usage
from .session import Change, Diff, Session, merge, undo
from .settings import Settings
from .understanding import Intent, Understanding

__all__ = [
    "LONGEST_MESSAGE",
    "Assistant",
    "Change",
    "Diff",
    "Intent",
    "LanguageModel",
    "MessageError",
    "ModelError",
    "Reply",
    "Session",
    "Settings",
    "Understanding",
    "Usage",
    "merge",
    "undo",
]
