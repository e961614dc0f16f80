"""One person's conversation as a value: interests, marks, the screen, a diff for each change; and where it is kept.

Knows how what was said changes a session, how it is edited, undone and exported; how it is stored is in stores. Knows
nothing of how a message is understood.
"""

from .changes import Audience, Change, Diff, Mark, MarkChange, MarkKind, Mode, Screen, SpareTime
from .combining import combined, differences
from .conflicts import outdated
from .edits import LONGEST_TIME, Edit, EditError, edit, set_mode, set_time, start_topic
from .export import LONGEST_TASTE, TasteError, export_taste, import_taste, taste_schema
from .feedback import FeedbackError, Reason, Verdict, feedback, marked, reasons
from .household import MOST_MEMBERS, export_household, free_name, import_household, is_household
from .profile import Profile, remember, under
from .session import Session, apply, dated, redo, step_back, undo
from .state_update import WHOLE, lapsed, merge
from .understanding import Asked, Intent, Topic, Understanding

__all__ = [
    "LONGEST_TASTE",
    "LONGEST_TIME",
    "MOST_MEMBERS",
    "WHOLE",
    "Asked",
    "Audience",
    "Change",
    "Diff",
    "Edit",
    "EditError",
    "FeedbackError",
    "Intent",
    "Mark",
    "MarkChange",
    "MarkKind",
    "Mode",
    "Profile",
    "Reason",
    "Screen",
    "Session",
    "SpareTime",
    "TasteError",
    "Topic",
    "Understanding",
    "Verdict",
    "apply",
    "combined",
    "dated",
    "differences",
    "edit",
    "export_household",
    "export_taste",
    "feedback",
    "free_name",
    "import_household",
    "import_taste",
    "is_household",
    "lapsed",
    "marked",
    "merge",
    "outdated",
    "reasons",
    "redo",
    "remember",
    "set_mode",
    "set_time",
    "start_topic",
    "step_back",
    "taste_schema",
    "under",
    "undo",
]
