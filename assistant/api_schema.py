"""Turns, interests, picks and shares as JSON: the one form in which commands and tools give them out.

Knows nothing of who reads it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import AwareDatetime, BaseModel

from penchant.retriever import Interest, Item, Level, Pick, Schema, Share
from penchant.retriever.watching import Timings, watched_by

from .assistant import Assistant
from .filling import Filling
from .reply import Reply
from .session import Session, export_taste


class InterestOut(BaseModel):
    """An interest and the words it came from, and when it ends, if ever; its weight is the one it had when the turn's
    picks were chosen."""

    facet: str
    value: str
    item: str
    strength: float
    weight: float
    level: Level
    parked: bool
    pinned: bool
    source: str
    quote: str
    until: AwareDatetime | None = None


class ShareOut(BaseModel):
    """What one interest adds to a score through one block.

    Two interests may be called alike: `facet` and `subject` (the value or the item's id, case-folded) tell them apart.
    """

    interest: str
    block: str
    value: float
    facet: str = ""
    subject: str = ""

    @property
    def share(self) -> Share:
        return Share(self.interest, self.block, self.value, (self.facet, self.subject))


class PickOut(BaseModel):
    """An item shown; its shares sum to its score."""

    id: str
    title: str
    score: float
    fields: dict[str, Any]
    shares: list[ShareOut]


class ExclusionOut(BaseModel):
    """What one gate kept out, and how many items; `approximate`: judged by likeness, so not guaranteed."""

    label: str
    count: int
    approximate: bool


class QuestionOut(BaseModel):
    """Something asked of the person, with some of the answers."""

    facet: str
    options: list[str]


class RelaxationOut(BaseModel):
    """How many items would come back without one gate."""

    label: str
    gains: int


class TimeOut(BaseModel):
    """The time that picks are to fill: so many sittings of so many minutes. `together`: the picks' minutes in all; none
    where no two of them go together, and each fits by itself."""

    minutes: float
    sittings: int
    together: float | None


class TurnOut(BaseModel):
    """One message and its reply; `time` is there if the person has a certain time."""

    message: str
    understood_by: str
    explained_by: str
    interests: list[InterestOut]
    picks: list[PickOut]
    excluded: list[ExclusionOut]
    relaxations: list[RelaxationOut]
    questions: list[QuestionOut]
    text: str
    notes: list[str]
    time: TimeOut | None = None


class PlayedTurn(TurnOut):
    """With the milliseconds of each part; "embed" is within "search"."""

    timings: dict[str, float]


def transcript(assistant: Assistant, messages: Sequence[str], session: Session | None = None) -> dict[str, Any]:
    """Plays the messages as the turns of a conversation: a new one, or one that begins with a session."""
    session, turns = session or Session(), list[PlayedTurn]()
    for message in messages:
        timings = Timings()
        with watched_by(timings):
            reply = assistant.reply(message, session)
        session = reply.session
        took = {part: round(1000 * seconds, 1) for part, seconds in timings.seconds.items()}
        turns.append(PlayedTurn(**dict(turn_out(message, reply, assistant.index.schema)), timings=took))
    taste = json.loads(export_taste(session))
    return {"turns": [turn.model_dump(mode="json") for turn in turns], "session": taste}


def turn_out(message: str, reply: Reply, schema: Schema) -> TurnOut:
    """One turn, complete. `schema`: of the catalogue that the reply is about."""
    return TurnOut(
        message=message,
        understood_by=reply.understood_by,
        explained_by=reply.explained_by,
        interests=interests_out(reply.session.effective_interests, reply.weights),
        picks=[pick_out(pick, schema) for pick in reply.picks],
        excluded=[ExclusionOut(label=e.label, count=e.count, approximate=e.approximate) for e in reply.excluded],
        relaxations=[RelaxationOut(label=r.label, gains=r.gains) for r in reply.relaxations],
        questions=[QuestionOut(facet=q.facet, options=list(q.options)) for q in reply.questions],
        text=reply.text,
        notes=list(reply.notes),
        time=_time_out(reply.filling) if reply.filling else None,
    )


def _time_out(found: Filling) -> TimeOut:
    together = found.minutes if found.together else None
    return TimeOut(minutes=found.time.minutes, sittings=found.time.sittings, together=together)


def interests_out(interests: Sequence[Interest], weights: Sequence[float]) -> list[InterestOut]:
    """Interests with their weights, in order."""
    names = InterestOut.model_fields.keys() - {"weight"}
    return [
        InterestOut(weight=weight, **{name: getattr(interest, name) for name in names})
        for interest, weight in zip(interests, weights, strict=True)
    ]


def pick_out(pick: Pick, schema: Schema) -> PickOut:
    return PickOut(
        id=pick.item.id,
        title=pick.item.title,
        score=pick.score,
        fields=fields_out(pick.item, schema),
        shares=[share_out(share) for share in pick.shares],
    )


def fields_out(item: Item, schema: Schema) -> dict[str, Any]:
    """All fields that the item fills, less those that are hidden: these are the owner's, and go out by no door."""
    shown = ((name, value) for name, value in item.fields.items() if schema.kind(name) != "hidden")
    return {name: list(value) if isinstance(value, tuple) else value for name, value in shown}


def share_out(share: Share) -> ShareOut:
    facet, subject = share.key
    return ShareOut(interest=share.interest, block=share.block, value=share.value, facet=facet, subject=subject)
