"""One person's conversation as a value: interests, marks, the screen, a diff for each change; and where it is kept.

Knows how what was said changes a session, how it is edited, undone and exported; how it is stored is in stores. Knows
nothing of how a message is understood.
"""

from .changes import MarkKind
from .conflicts import outdated
from .export import export_taste
from .session import Session, apply
from .state_update import merge
from .understanding import Intent, Understanding

__all__ = [
    "Intent",
    "MarkKind",
    "Session",
    "Understanding",
    "apply",
    "export_taste",
    "merge",
    "outdated",
]
