"""What one turn comes to: words, picks, and the session after it. Knows nothing of how it came about."""

from __future__ import annotations

from dataclasses import dataclass, field

from penchant.retriever import Counterfactual, Exclusion, Pick, Question, Relaxation

from .filling import Filling
from .holdings import Holdings
from .model_calls import Usage
from .session import Session
from .shortfall import Shortfall


@dataclass(frozen=True, slots=True)
class PickRow:
    """So many picks, one after the other, that are there because of the works of these titles; `follows`: each is the
    part that comes after one of them."""

    because: tuple[str, ...]
    count: int
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """One turn's outcome so far: `text` grows while it is streamed, everything else is there from the first reply on.

    `weights` belong to session.effective_interests, in order. `explained_by` is "shares" or the name of a model;
    `notes` say what went otherwise than asked; `questions` are asked of the person (templates put them into the text
    too); `relaxations` say, where there are too few picks, what each gate costs; `usage` counts the requests to the
    language model so far. After a question the picks are those that were on screen, and `about` are those it is about,
    best first where it asks which is the most, with the `passages` of their texts that are nearest to it, and how near;
    `near` is the field that is nearest in meaning to a question that names none; `standing` is how one that is not on
    screen stands. `news` is whether the picks are others than were on screen;
    `filling` is how they fill the time that the person has. `early`: rules alone made it, while a model is being asked;
    nothing of it is in the replies that follow. `shortfall`: what is wished for and nothing, or few, meet together.
    `holdings`: what the catalogue has of what is asked of it as a whole. `rows`: of which the picks are, where they are
    of what was liked and nothing was wished for.
    """

    text: str
    session: Session
    picks: tuple[Pick, ...]
    weights: tuple[float, ...]
    excluded: tuple[Exclusion, ...]
    understood_by: str
    explained_by: str = "shares"
    notes: tuple[str, ...] = field(default=())
    questions: tuple[Question, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    usage: Usage = field(default_factory=Usage)
    about: tuple[Pick, ...] = ()
    passages: tuple[tuple[str, float], ...] = ()
    near: str = ""
    standing: Counterfactual | None = None
    news: bool = True
    filling: Filling | None = None
    early: bool = False
    shortfall: Shortfall | None = None
    holdings: Holdings | None = None
    rows: tuple[PickRow, ...] = ()
