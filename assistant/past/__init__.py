"""What a person brings along: their history with works, as marks and a profile; what it says; what fits all of it.

Knows entries of histories and sessions. Knows nothing of files' forms, and nothing of commands.
"""

from .bringing import AmbiguousWork, BroughtHistory, Choose, Work, bring_history, open_history
from .for_you import Shelf, shelves
from .opening import opening
from .report import Brought, HistoryReport, write_report
from .titles import titles_apart
from .together import Joint, JointPick, heard_by_all, joint_picks

__all__ = [
    "AmbiguousWork",
    "Brought",
    "BroughtHistory",
    "Choose",
    "HistoryReport",
    "Joint",
    "JointPick",
    "Shelf",
    "Work",
    "bring_history",
    "heard_by_all",
    "joint_picks",
    "open_history",
    "opening",
    "shelves",
    "titles_apart",
    "write_report",
]
