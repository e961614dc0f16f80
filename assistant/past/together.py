"""Picks for several people, each from a taste of their own: nothing that one of them rules out, and for whom each is.

Knows sessions and the joint search. Knows nothing of files or commands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from penchant.retriever import GroupPick, Item, Pick, Taste

from ..assistant import Assistant
from ..message import checked
from ..session import Session
from ..together import pick_together
from .titles import titles_apart

_APART = 0.15
"""How much happier one is than the other before an item is more theirs."""


@dataclass(frozen=True, slots=True)
class JointPick:
    """An item, and how happy it makes each person, from 0 (the worst of those compared) to 1 (their own best).

    `whose`: the one whom it makes clearly happier than everybody else, or "both", or "all" of more than two. `picks`:
    for each person the pick that it would be, with their exact shares."""

    item: Item
    happiness: Mapping[str, float]
    whose: str
    picks: Mapping[str, Pick]

    @property
    def words(self) -> str:
        """ "both", or "more Ann"."""
        return self.whose if self.whose in ("both", "all") else f"more {self.whose}"

    @property
    def about(self) -> str:
        """Whose it is, and how happy it makes each."""
        happy = ", ".join(f"{name} {degree:.0%}" for name, degree in self.happiness.items())
        return f"({self.words}; {happy} happy)"


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
        titles = titles_apart([pick.item for pick in self.picks])
        lines = [
            f"{n}. {title}  {pick.about}" for n, (title, pick) in enumerate(zip(titles, self.picks, strict=True), 1)
        ]
        return "\n".join([*note, *lines]) or "Nothing is left that nobody rules out."


def heard_by_all(assistant: Assistant, messages: Sequence[str], people: Mapping[str, Session]) -> dict[str, Session]:
    """Everybody's session after messages that all of them say. Raises MessageError."""
    heard = {name: assistant.current(session) for name, session in people.items()}
    for message in map(checked, messages):
        heard = {name: assistant.serving(one.audience).hear(message, one)[1] for name, one in heard.items()}
    return heard


def joint_picks(assistant: Assistant, people: Mapping[str, Session], k: int | None = None) -> Joint:
    """The k picks that are best for the least happy of them. What one has ruled out, disliked or seen is not shown.

    Where one of them goes by their list, only what is on the list of any of them may be."""
    sessions = [assistant.current(one) for one in people.values()]
    tastes = [Taste(one.effective_interests, one.turn, assistant.hidden(one)) for one in sessions]
    found = pick_together(assistant, sessions, tastes, k)
    return Joint(tuple(_pick(pick, list(people)) for pick in found.picks), found.agreed)


def _pick(found: GroupPick, names: Sequence[str]) -> JointPick:
    happiness = dict(zip(names, found.happiness, strict=True))
    first, *others = sorted(names, key=lambda name: -happiness[name])
    apart = bool(others) and happiness[first] - happiness[others[0]] > _APART
    whose = first if apart else "both" if len(others) == 1 else "all"
    return JointPick(found.picks[0].item, happiness, whose, dict(zip(names, found.picks, strict=True)))
