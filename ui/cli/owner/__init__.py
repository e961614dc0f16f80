"""What the owner of a catalogue checks and decides: how good the picks are, what is shown to whom, what is held back.

Knows no server.
"""

from .checking import doctor
from .evaluating import evaluate
from .reporting import report
from .reviewing import review

__all__ = [
    "doctor",
    "evaluate",
    "report",
    "review",
]
