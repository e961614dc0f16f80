"""Turns, interests, picks and shares as JSON: the one form in which commands and tools give them out.

Knows nothing of who reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter

from penchant.retriever import Level

from .assistant import Assistant, Reply
from .session import Session


class InterestOut(BaseModel):
    """An interest; its weight is the one it had when the turn's picks were chosen."""

    facet: str
    value: str
    strength: float
    weight: float
    level: Level
    parked: bool
    source: str


class ShareOut(BaseModel):
    """What one interest adds to a score through one block."""

    interest: str
    block: str
    value: float


class PickOut(BaseModel):
    """An item shown; its shares sum to its score."""

    id: str
    title: str
    score: float
    fields: dict[str, Any]
    shares: list[ShareOut]


class TurnOut(BaseModel):
    """One message and its reply."""

    message: str
    understood_by: str
    explained_by: str
    interests: list[InterestOut]
    picks: list[PickOut]
    text: str
    notes: list[str]


def transcript(assistant: Assistant, messages: Sequence[str]) -> dict[str, Any]:
    """Plays the messages as the turns of a new conversation."""
    session, turns = Session(), list[TurnOut]()
    for message in messages:
        reply = assistant.reply(message, session)
        session = reply.session
        turns.append(turn_out(message, reply))
    dumped = TypeAdapter(Session).dump_python(session, mode="json")
    return {"turns": [turn.model_dump(mode="json") for turn in turns], "session": dumped}


def turn_out(message: str, reply: Reply) -> TurnOut:
    """One turn, complete."""
    weighted = zip(reply.session.layered, reply.weights, strict=True)
    interests = [
        InterestOut(
            facet=i.facet, value=i.value, strength=i.strength, weight=w, level=i.level, parked=i.parked, source=i.source
        )
        for i, w in weighted
    ]
    picks = [
        PickOut(
            id=p.item.id,
            title=p.item.title,
            score=p.score,
            fields=dict(p.item.fields),
            shares=[ShareOut(interest=s.interest, block=s.block, value=s.value) for s in p.shares],
        )
        for p in reply.picks
    ]
    return TurnOut(
        message=message,
        understood_by=reply.understood_by,
        explained_by=reply.explained_by,
        interests=interests,
        picks=picks,
        text=reply.text,
        notes=list(reply.notes),
    )
