"""Sessions, understanding, explaining: one turn of a conversation about a catalogue.

Knows nothing of Chroma, Gradio or agent frameworks.
"""

from .assistant import LONGEST_MESSAGE, Assistant, MessageError, Reply
from .edits import Edit, EditError, edit, set_mode, start_topic
from .feedback import FeedbackError, Reason, Verdict, feedback, reasons
from .language_model import LanguageModel, ModelError, Usage
from .merging import merge
from .session import Change, Diff, Mark, MarkChange, Mode, Screen, Session, redo, undo
from .settings import Settings
from .understanding import Intent, Understanding

__all__ = [
    "LONGEST_MESSAGE",
    "Assistant",
    "Change",
    "Diff",
    "Edit",
    "EditError",
    "FeedbackError",
    "Intent",
    "LanguageModel",
    "Mark",
    "MarkChange",
    "MessageError",
    "Mode",
    "ModelError",
    "Reason",
    "Reply",
    "Screen",
    "Session",
    "Settings",
    "Understanding",
    "Usage",
    "Verdict",
    "edit",
    "feedback",
    "merge",
    "reasons",
    "redo",
    "set_mode",
    "start_topic",
    "undo",
]
