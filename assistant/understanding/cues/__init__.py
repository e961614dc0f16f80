"""Wording that says something of what stands near it: negation, verdicts, moods, comparisons, places on screen.

Each module knows one kind of cue, in English and Chinese, and says what it means or where it stands. Knows no
catalogue.
"""

from .comparatives import Comparative, comparatives, relative_range, superlatives
from .intents import courtesies, intent_of, is_fine, restarts
from .kin import (
    MAKER_WORDS,
    REFUSED,
    SERIES_WORDS,
    KinCue,
    is_known_whole,
    is_question_of,
    is_refused,
    kin_cues,
    refusal_of_name,
)
from .moods import MOODS, State, states
from .own_list import ModeSaid, mode_said
from .polarity import Scope, refuses, scopes
from .reactions import reactions
from .references import Reference, is_beyond, others, references
from .requests import asks_to_leave_out
from .revisions import Revision, is_undo, revisions
from .strengths import BESIDE, IMPORTANCE, STRESSED, WEAK, strength
from .verdicts import is_unseen, verdict

__all__ = [
    "BESIDE",
    "IMPORTANCE",
    "MAKER_WORDS",
    "MOODS",
    "REFUSED",
    "SERIES_WORDS",
    "STRESSED",
    "WEAK",
    "Comparative",
    "KinCue",
    "ModeSaid",
    "Reference",
    "Revision",
    "Scope",
    "State",
    "asks_to_leave_out",
    "comparatives",
    "courtesies",
    "intent_of",
    "is_beyond",
    "is_fine",
    "is_known_whole",
    "is_question_of",
    "is_refused",
    "is_undo",
    "is_unseen",
    "kin_cues",
    "mode_said",
    "others",
    "reactions",
    "references",
    "refusal_of_name",
    "refuses",
    "relative_range",
    "restarts",
    "revisions",
    "scopes",
    "states",
    "strength",
    "superlatives",
    "verdict",
]
