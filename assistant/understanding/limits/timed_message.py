"""A message with what it says of how long: its words without that, and its interests with the moment they end.

A time counts if something is refused or wanted less in the part that it speaks of, or if only something is wanted
there: "a film for Sunday" has no end. Knows nothing of how messages are understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from penchant.retriever import Interest

from ...session import Session, Understanding
from .clauses import Stretch, is_amendment, spoken_of
from .moments import end_of
from .wording import TimeWords, time_words

_MOST = 8
"""Times that are heard in a message: a person says one or two."""

_ONLY = re.compile(r"\b(?:only|just|nothing\s+but|exclusively|stick\s+(?:to|with)|keep\s+to)\b|只|仅", re.I)


@dataclass(frozen=True)
class TimedMessage:
    """A message; `text` has spaces where it says how long, so that whoever understands it hears only what is wished.

    `ends`: the stretches that each time speaks of, and the moment.
    """

    text: str
    ends: tuple[tuple[tuple[Stretch, ...], datetime], ...]

    @classmethod
    def of(cls, message: str, now: datetime) -> TimedMessage:
        found = islice(time_words(message), _MOST)
        known = [(said, end) for said in found if (end := end_of(said, now))]
        blanks = [(said.start, said.end) for said, _ in known]
        ends = tuple((_stretches(message, said, blanks), end) for said, end in known)
        text = "".join(" " if any(a <= n < b for a, b in blanks) else c for n, c in enumerate(message))
        return cls(text.rstrip(), ends)

    @property
    def is_bare(self) -> bool:
        """Whether it says how long and nothing else ("just until Sunday"): it speaks of what was said before."""
        return bool(self.ends) and is_amendment(self.text)

    def of_last_turn(self, session: Session) -> Understanding | None:
        """What was said last, with the end that this message gives it; None if it is no such message."""
        said = [i for i in session.interests if i.turn == session.turn and not i.parked and i.source == "message"]
        refused = [i for i in said if i.level != "want"] or said
        if not self.is_bare or not refused:
            return None
        return Understanding("refine", tuple(replace(i, until=self.ends[0][1]) for i in refused))

    def applied(self, said: Understanding, known: Sequence[Interest] = ()) -> Understanding:
        """The understanding of `text`, with the ends of its interests; those of the same interests in another reading
        of it (`known`) where their words are not in it."""
        ends = {i.key: i.until for i in known}
        return replace(said, interests=tuple(replace(i, until=self._end(i) or ends.get(i.key)) for i in said.interests))

    def _end(self, interest: Interest) -> datetime | None:
        return next((end for stretches, end in self.ends if self._is_meant(interest, stretches)), None)

    def _is_meant(self, interest: Interest, stretches: Sequence[Stretch]) -> bool:
        """Whether an interest was said in stretches, and one that a time can end."""
        for start, end in stretches:
            part = _words(self.text[start:end])
            if _words(interest.quote or interest.value) in part:
                return interest.level != "want" or bool(_ONLY.search(part))
        return False


def _stretches(message: str, said: TimeWords, blanks: Sequence[Stretch]) -> tuple[Stretch, ...]:
    return tuple(spoken_of(message, (said.start, said.end), blanks, said.is_plain))


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
