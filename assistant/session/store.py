"""Where sessions are kept, as whoever keeps them sees it. Knows no store."""

from __future__ import annotations

from dataclasses import dataclass

from penchant.retriever import PenchantError


class UnknownSession(PenchantError):
    """There is no session of this id: it never was, was forgotten, or has expired."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was answered to a request that changed a session, by the caller's name for it; `asked` tells two requests
    of one name apart."""

    request: str
    asked: str
    answer: str
