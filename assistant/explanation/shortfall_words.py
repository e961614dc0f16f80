"""That nothing is all of what was wished for, and which wish costs how much; or which few are: in a sentence.

Knows a shortfall. Knows nothing of how it was found.
"""

from __future__ import annotations

from penchant.retriever import Schema

from ..session import Session
from ..shortfall import Shortfall, Wish
from .words import Speech, interest_text, language_of

_SHOWN = 2


def shortfall_words(found: Shortfall | None, schema: Schema, message: str, session: Session) -> str:
    """The same before the words of a model, with the gap between; empty if nothing is lacking."""
    speech = language_of(message, session)
    return shortfall_text(found, schema, speech) + speech.phrases["gap"] if found else ""


def shortfall_text(found: Shortfall, schema: Schema, speech: Speech) -> str:
    """That nothing meets all the wishes, and what there would be without one of them; or which alone do."""
    if found.only:
        titles = speech.listed([f"**{title}**" for title in found.only])
        return speech.say("only all several" if len(found.only) > 1 else "only all", titles=titles)
    named = [speech.say("quoted", words=_wish_text(wish, schema, speech)) for wish in found.wishes]
    gains = sorted(zip(found.without, named, strict=True), key=lambda one: one[0])
    ways = [speech.say("without wish", count=f"{count:,}", what=what) for count, what in gains if count][:_SHOWN]
    costs = speech.say("wishes cost", what=speech.listed(ways)) if ways else ""
    return speech.say("none at once", what=speech.listed(named), costs=costs)


def _wish_text(wish: Wish, schema: Schema, speech: Speech) -> str:
    """One wish; of several values for one phrase, such as the countries of Europe, the phrase."""
    phrases = {i.quote for i in wish}
    if len(wish) > 1 and len(phrases) == 1 and (phrase := phrases.pop()):
        return phrase
    return speech.listed([interest_text(i, schema, speech) for i in wish], "or")
