"""Hears how long a wish holds, whoever understands the wish: "no horror until Sunday".

Knows that there is another understander, and what time it is. Knows neither catalogue nor model.
"""

from __future__ import annotations

from ..model_calls import Usage
from ..session import Session, Understanding
from .limits import Clock, TimedMessage
from .understander import Understander


class TimedUnderstander:
    """Gives the message without the words that say how long to another understander, and its interests their ends.

    Rules say whether anything in a message ends at all, so that no model is asked twice.
    """

    def __init__(self, inner: Understander, rules: Understander, clock: Clock) -> None:
        self._inner = inner
        self._rules = rules
        self._clock = clock

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def resting(self) -> bool:
        return self._inner.resting

    def understand(self, message: str, session: Session, usage: Usage) -> Understanding:
        """Raises ModelError. A message that only says how long speaks of what was said last."""
        timed = TimedMessage.of(message, self._clock())
        if not timed.ends:
            return self._inner.understand(message, session, usage)
        if held := timed.of_last_turn(session):
            return held
        known = timed.applied(self._rules.understand(timed.text, session, Usage())) if timed.text else None
        if known is None or not any(interest.until for interest in known.interests):
            return self._inner.understand(message, session, usage)
        return timed.applied(self._inner.understand(timed.text, session, usage), known.interests)
