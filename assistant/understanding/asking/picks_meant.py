"""Which item on screen is meant by what it has, or has the most of: "tacos it is", "I'll take the cheapest".

Knows the catalogue and the screen. Knows nothing of whether one is taken, but of what is then said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from penchant.retriever import HIGHEST, LOWEST, MENTION, OPEN, Interest, is_order

from ...session import Asked, Session, Topic, Understanding
from ..linking import Gazetteer
from ..spans import Reading
from .opinions import opinions, unseen
from .values_asked import ValuesAsked


@dataclass(frozen=True)
class PicksMeant:
    """Reads the items (ids) on screen of one catalogue."""

    gazetteer: Gazetteer
    values: ValuesAsked

    def having(self, said: Understanding, session: Session) -> tuple[str, ...]:
        """ "Tacos it is": the one item on screen that has what is named, if there is one."""
        wanted = [i for i in said.interests if i.level == "want" and i.facet not in (MENTION, OPEN)]
        fit = tuple(item for item in session.shown if wanted and all(self._has([item], i) for i in wanted))
        return fit if len(fit) == 1 else ()

    def extreme(self, text: str, session: Session) -> tuple[str, ...]:
        """ "I'll take the cheapest": the one item on screen that has the most of what is said, if there is one."""
        rows = [self.gazetteer.get(item) for item in session.shown if item in self.gazetteer]
        for field, end in self.values.most(text).values if self.values.fields.measured(text) else ():
            known = sorted((row.number(field), row.id) for row in rows if not math.isnan(row.number(field)))
            if known and end in (HIGHEST, LOWEST):
                most = known[0][0] if end == LOWEST else known[-1][0]
                alike = tuple(item for number, item in known if number == most)
                return alike if len(alike) == 1 else ()
        return ()

    def told(
        self,
        text: str,
        topic: Topic,
        session: Session,
        reading: Reading | None,
        said: Understanding,
        items: Sequence[str],
    ) -> Understanding:
        """One that takes items, or knows them; of several of which none is meant it is asked which."""
        if not items:
            return Understanding("ask", asked=Asked("no such place"))
        taking, new = topic == "accept", unseen(said)
        items = tuple(i for i in items if (i in session.shown if taking else i not in new))
        if not all(i.level == "want" and self.is_of(items, i) for i in said.interests):
            return said  # "I've seen the first one. I love Sandra Bullock."
        beside = tuple(i for i in opinions(text, said, reading) if not taking or i.item not in items)
        known = tuple(item for item in said.seen if item in {i.item for i in beside}) if taking else items
        return Understanding("feedback", beside, seen=known, about=items, asked=Asked(topic))

    def is_of(self, items: Sequence[str], interest: Interest) -> bool:
        """Whether what is named with a pick is only said to point at it."""
        return interest.facet in (MENTION, OPEN) or is_order(interest) or self._has(items, interest)

    def _has(self, items: Sequence[str], interest: Interest) -> bool:
        """Whether the items have the value that is named: "the French one" is a pick, and no wish for French ones."""
        return any(interest.value in self.gazetteer.get(item).values(interest.facet) for item in items)
