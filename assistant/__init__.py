"""Sessions, understanding, explaining: one turn of a conversation about a catalogue.

Knows nothing of Chroma, Gradio or agent frameworks.
"""

from .assistant import Assistant
from .explanation import Explainer, Wording
from .llm import LanguageModel
from .message import LONGEST_MESSAGE, MessageError
from .model_calls import ModelError, Usage
from .oversight import AuditLog, Observer, PageShown
from .reply import PickRow, Reply
from .session import (
    Change,
    Diff,
    Edit,
    EditError,
    FeedbackError,
    Intent,
    Mark,
    MarkChange,
    Mode,
    Profile,
    Reason,
    Screen,
    Session,
    TasteError,
    Understanding,
    Verdict,
    edit,
    export_taste,
    feedback,
    import_taste,
    merge,
    reasons,
    redo,
    remember,
    set_mode,
    start_topic,
    under,
    undo,
)
from .session.stores import InMemorySessionStore, Receipt, SessionStore, StoreError, UnknownSession, open_store
from .settings import Settings
from .together import pick_together
from .understanding import Understander
from .wiring import make_assistant, open_assistant, with_model

__all__ = [
    "LONGEST_MESSAGE",
    "Assistant",
    "AuditLog",
    "Change",
    "Diff",
    "Edit",
    "EditError",
    "Explainer",
    "FeedbackError",
    "InMemorySessionStore",
    "Intent",
    "LanguageModel",
    "Mark",
    "MarkChange",
    "MessageError",
    "Mode",
    "ModelError",
    "Observer",
    "PageShown",
    "PickRow",
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
    "Wording",
    "edit",
    "export_taste",
    "feedback",
    "import_taste",
    "make_assistant",
    "merge",
    "open_assistant",
    "open_store",
    "pick_together",
    "reasons",
    "redo",
    "remember",
    "set_mode",
    "start_topic",
    "under",
    "undo",
    "with_model",
]
