"""What the operations give back, as pydantic models: data for programs, and words that are complete by themselves.

Some clients hand a model only the data, others only the words; either must be enough to go on with. Knows nothing of
how results come about.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from penchant.assistant import Mode
from penchant.assistant.api_schema import InterestOut, PickOut, ShareOut, TurnOut
from penchant.assistant.session import MarkKind


class Result(BaseModel):
    """What every operation gives back. `text` says it for people."""

    session_id: str
    text: str

    @property
    def words(self) -> str:
        """All that a model needs to go on, in words."""
        return self.text + _handle(self.session_id)


class Answer(Result, TurnOut):
    """Picks, and the interests behind them, under the handle with which the conversation goes on."""

    @property
    def words(self) -> str:
        notes = "".join(f"\n\n({note})" for note in self.notes)
        return self.text + notes + _ids(self.picks) + _handle(self.session_id)


class MarkOut(BaseModel):
    """What was said of an item; `also`: what was said before and still holds, such as seen of what is liked."""

    item: str
    title: str
    kind: MarkKind
    also: str = ""
    owned: bool = False


class Interests(Result):
    """All that is kept of a person in this conversation; `taste`: the same as portable JSON, if that was asked for."""

    interests: list[InterestOut]
    marks: list[MarkOut]
    mode: Mode
    can_undo: bool
    taste: str = ""


class WithoutOut(BaseModel):
    """The place that an item would have without an interest; 0: it could not be shown."""

    interest: str
    place: int


class Explanation(Result):
    """Why an item stands where it stands. `place`: 1 is the best of all that may be shown; 0: kept out."""

    item: PickOut
    place: int
    kept_out_by: list[str]
    without: list[WithoutOut]


class Comparison(Result):
    """Items side by side, each with the shares that sum to its score."""

    items: list[PickOut]

    @property
    def words(self) -> str:
        return self.text + _ids(self.items) + _handle(self.session_id)


class RowOut(BaseModel):
    """Items that are there for others that were liked: `because`, the one that counts most first."""

    because: list[str]
    text: str
    picks: list[PickOut]


class ForYou(Result):
    """Rows of what is like everything that was liked; no item is in two."""

    rows: list[RowOut]

    @property
    def words(self) -> str:
        return self.text + _ids([pick for row in self.rows for pick in row.picks]) + _handle(self.session_id)


class PersonPickOut(BaseModel):
    """What an item is to one of several people: how happy it makes them, from 0 (the worst of those compared) to 1
    (their own best), and the shares of their wishes, which sum to their score. Words of their own are not in it."""

    name: str
    happiness: float
    score: float
    shares: list[ShareOut]


class JointPickOut(BaseModel):
    """An item for several people. `whose`: the one whom it makes clearly happier than the others, or both, or all."""

    id: str
    title: str
    fields: dict[str, Any]
    whose: str
    people: list[PersonPickOut]


class Together(Result):
    """Picks for several people. `agreed`: what all of them want could be kept, and not only what they rule out.

    `session_id` is empty: nothing of it is kept."""

    agreed: bool
    picks: list[JointPickOut]

    @property
    def words(self) -> str:
        return self.text + _ids(self.picks)


class Forgotten(Result):
    """Nothing is kept under the handle any more."""

    @property
    def words(self) -> str:
        return self.text


def _ids(picks: Sequence[PickOut] | Sequence[JointPickOut]) -> str:
    """The ids by which items are named; quoted, as they come from the catalogue."""
    ids = ", ".join(f"{json.dumps(pick.title, ensure_ascii=False)} {pick.id}" for pick in picks)
    return f"\n\nItem ids: {ids}" if ids else ""


def _handle(session_id: str) -> str:
    return f"\n\nsession_id: {session_id} (pass it with every further call)" if session_id else ""
