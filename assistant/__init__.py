"""Sessions, understanding, explaining: one turn of a conversation about a catalogue.

Knows nothing of Chroma, Gradio or agent frameworks.
"""

from .assistant import LONGEST_MESSAGE, Assistant, MessageError, Reply
from .explanation import Explainer, Explanation
from .llm.client import LanguageModel
from .model_calls import ModelError, Usage
from .session.changes import Change, Diff, Mark, MarkChange, Mode, Screen
from .session.edits import Edit, EditError, edit, set_mode, start_topic
from .session.export import TasteError, export_taste, import_taste
from .session.feedback import FeedbackError, Reason, Verdict, feedback, reasons
from .session.profile import Profile, remember, under
from .session.session import Session, redo, undo
from .session.state_update import merge
from .session.stores import InMemorySessionStore, Receipt, SessionStore, StoreError, UnknownSession, open_store
from .session.understanding import Intent, Understanding
from .settings import Settings
from .understanding import Understander
from .wiring import make_assistant, open_assistant, with_model

__all__ = [
    "LONGEST_MESSAGE",
    "Assistant",
    "Change",
    "Diff",
    "Edit",
    "EditError",
    "Explainer",
    "Explanation",
    "FeedbackError",
    "InMemorySessionStore",
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
    "Understander",
    "Understanding",
    "UnknownSession",
    "Usage",
    "Verdict",
    "edit",
    "export_taste",
    "feedback",
    "import_taste",
    "make_assistant",
    "merge",
    "open_assistant",
    "open_store",
    "reasons",
    "redo",
    "remember",
    "set_mode",
    "start_topic",
    "under",
    "undo",
    "with_model",
]
