"""What is put into words: a turn, as whoever words it sees it. Knows nothing of how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from penchant.retriever import Counterfactual, Exclusion, Pick, Question, Relaxation

from ...holdings import Holdings
from ...model_calls import Usage
from ...session import Session
from ...shortfall import Shortfall


class Explainable(Protocol):
    """A turn that wants words: see Reply. `weights` belong to session.effective_interests, in order.

    `about` are what a question is about, best first where it asks which is the most, with the `passages` of their texts
    that are nearest to it, and how near, and the field that is `near` to it; `standing` is how one that is not shown
    stands; `holdings`, what the catalogue has as a whole.
    """

    @property
    def session(self) -> Session: ...
    @property
    def picks(self) -> Sequence[Pick]: ...
    @property
    def about(self) -> Sequence[Pick]: ...
    @property
    def passages(self) -> Sequence[tuple[str, float]]: ...
    @property
    def near(self) -> str: ...
    @property
    def standing(self) -> Counterfactual | None: ...
    @property
    def weights(self) -> Sequence[float]: ...
    @property
    def excluded(self) -> Sequence[Exclusion]: ...
    @property
    def relaxations(self) -> Sequence[Relaxation]: ...
    @property
    def shortfall(self) -> Shortfall | None: ...
    @property
    def holdings(self) -> Holdings | None: ...
    @property
    def questions(self) -> Sequence[Question]: ...
    @property
    def usage(self) -> Usage: ...
