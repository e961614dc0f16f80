"""Picks for several people, each from a taste of their own: nothing that one of them rules out, and for whom each is.

Knows sessions and the joint search. Knows nothing of files or commands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from penchant.retriever import Item, Taste

from ..assistant import Assistant
from ..session import Session
from ..together import pick_together

_APART = 0.15
"""How much happier one is than the other before an item is more theirs."""


@dataclass(frozen=True, slots=True)
class JointPick:
    """An item, and how happy it makes each person, from 0 (the worst of those compared) to 1 (their own best).

    `whose`: the one whom it makes clearly happier than everybody else, or "both", or "all" of more than two."""

    item: Item
    happiness: Mapping[str, float]
    whose: str

    @property
    def words(self) -> str:
        """ "both", or "more Ann"."""
        return self.whose if self.whose in ("both", "all") else f"more {self.whose}"

    @property
    def line(self) -> str:
        """The title, whose it is, and how happy it makes each."""
        happy = ", ".join(f"{name} {degree:.0%}" for name, degree in self.happiness.items())
        return f"{self.item.title}  ({self.words}; {happy} happy)"


@dataclass(frozen=True, slots=True)
class Joint:
    """The picks; `agreed`: whether what all of them want could be kept, and not only what they rule out."""

    picks: tuple[JointPick, ...]
    agreed: bool

    @property
    def text(self) -> str:
        """The picks as lines, each with whose it is."""
        note = (
            [] if self.agreed or not self.picks else ["Your wishes exclude each other; only what you rule out holds."]
        )
        lines = [f"{n}. {pick.line}" for n, pick in enumerate(self.picks, 1)]
        return "\n".join([*note, *lines]) or "Nothing is left that nobody rules out."


def joint_picks(assistant: Assistant, people: Mapping[str, Session], k: int | None = None) -> Joint:
    """The k picks that are best for the least happy of them. What one has ruled out, disliked or seen is not shown.

    Where one of them goes by their list, only what is on the list of any of them may be."""
    tastes = [Taste(one.effective_interests, one.turn, assistant.hidden(one)) for one in people.values()]
    found = pick_together(assistant, list(people.values()), tastes, k)
    picks = (_pick(pick.picks[0].item, dict(zip(people, pick.happiness, strict=True))) for pick in found.picks)
    return Joint(tuple(picks), found.agreed)


def _pick(item: Item, happiness: Mapping[str, float]) -> JointPick:
    first, *others = sorted(happiness, key=lambda name: -happiness[name])
    apart = bool(others) and happiness[first] - happiness[others[0]] > _APART
    return JointPick(item, happiness, first if apart else "both" if len(others) == 1 else "all")
