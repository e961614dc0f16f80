"""What fills the time that somebody has, in a sentence: "Together 1 hour 52 minutes of 2 hours."

Knows a filling. Knows nothing of how it was found.
"""

from __future__ import annotations

from ..filling import MINUTES_A_PAGE, Filling
from ..session import Session
from .words import Speech, language_of, minutes_text


def time_words(found: Filling | None, message: str, session: Session) -> str:
    """How much of the time the picks fill, and what was taken for granted; empty of none."""
    if found is None:
        return ""
    speech = language_of(message, session)
    total = minutes_text(found.time.total, speech)
    if not found.picks:
        return speech.say("nothing in time", total=total)
    granted = speech.listed(_granted(found, speech))
    note = speech.say("taken for granted", what=granted) if granted else ""
    if not found.together:
        return speech.say("each fits", total=total, note=note)
    return speech.say("together", minutes=minutes_text(found.minutes, speech), total=total, note=note)


def _granted(found: Filling, speech: Speech) -> list[str]:
    """What nobody said: how long an evening is, and how fast one reads."""
    occasion = found.time.occasion
    what = [speech.say("counted as", what=occasion, n=minutes_text(found.time.minutes, speech))] if occasion else []
    page = speech.say("page", n=f"{MINUTES_A_PAGE:g}")
    return [*what, page if what else speech.say("page first", page=page)] if found.read else what
