"""What a message says, found offline: values, names, numbers, items, own words, what is said of the conversation; and
the seam for whatever else reads messages.

Its families run one way: text, spans, cues, linking, parsing, wordings, acts. Knows the catalogue's words. Knows
nothing of vectors, language models or explaining.
"""

from .said_before import MESSAGE_STRENGTH
from .tagger import RuleTagger
from .timed_understander import TimedUnderstander
from .understander import FallbackUnderstander, ScriptedUnderstander, ScriptEnded, Understander

__all__ = [
    "MESSAGE_STRENGTH",
    "FallbackUnderstander",
    "RuleTagger",
    "ScriptEnded",
    "ScriptedUnderstander",
    "TimedUnderstander",
    "Understander",
]
