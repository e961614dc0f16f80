"""Sessions, understanding, explaining: one turn of a conversation about a catalogue.

Knows nothing of Chroma, Gradio or agent frameworks.
"""

from .assistant import LONGEST_MESSAGE, Assistant, MessageError, Reply
from .edits import Edit, EditError, edit, set_mode, start_topic
from .feedback import FeedbackError, Reason, Verdict, feedback, reasons
from .keeping import Receipt, SessionStore, UnknownSession
from .language_model import LanguageModel, ModelError, Usage
from .merging import merge
from .portable import TasteError, export_taste, import_taste
from .profile import Profile, remember, under
from .session import Change, Diff, Mark, MarkChange, Mode, Screen, Session, redo, undo
from .settings import Settings
from .stores import StoreError, memory_store, open_store
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
    "Profile",
    "Reason",
    "Receipt",
    "Reply",
    "Screen",
    "Session",
    "SessionStore",
    "Settings",
    "StoreError",
    "TasteError",
    "Understanding",
    "UnknownSession",
    "Usage",
    "Verdict",
    "edit",
    "export_taste",
    "feedback",
    "import_taste",
    "memory_store",
    "merge",
    "open_store",
    "reasons",
    "redo",
    "remember",
    "set_mode",
    "start_topic",
    "under",
    "undo",
]
