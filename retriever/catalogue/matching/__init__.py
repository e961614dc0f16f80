"""Which item of a catalogue a work is that somebody names: by a shared key, else by title, year and maker.

Knows entries of histories and items. Between two that may both be meant it never chooses. Knows nothing of taste.
"""

from .judgement import Candidate
from .matcher import Match, Matcher, Outcome

__all__ = ["Candidate", "Match", "Matcher", "Outcome"]
