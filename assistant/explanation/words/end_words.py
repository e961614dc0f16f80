"""Until when a wish holds, as one says it: "until Sunday 15 March". Knows nothing of how that was understood."""

from __future__ import annotations

from datetime import timedelta

from penchant.retriever import Interest

from .language import Speech


def end_text(interest: Interest, speech: Speech) -> str:
    """The day to whose end it holds, or its hour; empty without an end."""
    if interest.until is None:
        return ""
    last = interest.until - timedelta(microseconds=1)
    whole = last.date() < interest.until.date()
    shown = last if whole else interest.until
    day = speech.phrases["weekdays"].split()[shown.weekday()]
    month = speech.phrases["months"].split()[shown.month - 1]
    key = "until day" if whole else "until hour"
    return speech.say(key, weekday=day, day=str(shown.day), month=month, time=f"{shown:%H:%M}")
