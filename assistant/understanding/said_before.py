"""What was said before a message, which it goes on from; one that starts over goes on from nothing.

Knows sessions as values. Knows nothing of catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from penchant.retriever import OPEN, Interest

from ..session import Asked, Screen, Session, Topic, Understanding
from .cues import restarts

MESSAGE_STRENGTH = 0.6
_MOST_CHARACTERS, _MOST_WORDS_BEFORE = 2000, 150
_WORDS_HEARD = 30
_WORD = re.compile(r"\w")
_OF_NOTHING: frozenset[Topic] = frozenset(("", "remark", "thanks", "greeting", "nothing shown"))
"""What a message is about that asks nothing."""


def over_again(text: str, session: Session, read: Callable[[str, Session], Understanding]) -> Understanding:
    """What a message says, by whoever reads it: one that starts over as if nothing had been wished for. With all that
    was said, what was ruled out goes too; a question changes nothing, however it is led in."""
    restart, rest = restarts(text)
    if not restart:
        return read(text, session)
    kept = tuple(i for i in session.interests if i.pinned or (restart == "topic" and i.level == "never"))
    said = read(rest, replace(session, interests=kept)) if _WORD.search(rest) else Understanding("new_topic")
    if said.asked.topic not in _OF_NOTHING and not said.interests:
        return said
    told = {i.key for i in said.interests}
    gone = (i.key for i in session.interests if i not in kept and i.key not in told and restart == "everything")
    return replace(said, intent="new_topic", dropped=(*said.dropped, *gone), asked=Asked())


def last_whole(session: Session) -> Interest | None:
    """The last message that the session still goes by. Phrases of a message are never as strong as a whole one."""
    wants = (i for i in session.interests if i.facet == OPEN and i.level == "want" and i.source == "message")
    said = [i for i in wants if i.strength >= MESSAGE_STRENGTH and i.quote and not i.parked]
    return max(said, key=lambda i: i.turn, default=None)


def said_before(last: Interest | None, screen: Screen) -> str:
    """The messages up to the last, and what another assistant answered."""
    before = f"{last.context} {last.quote}" if last else ""
    heard = screen.said.split()[-_WORDS_HEARD:] if screen.overheard else []
    return latest([*before.split(), *heard])


def latest(words: Sequence[str]) -> str:
    """As many of the last words as the encoder can take in."""
    return " ".join(words[-_MOST_WORDS_BEFORE:])[-_MOST_CHARACTERS:]
