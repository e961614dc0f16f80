"""The one definition of the tool: talk to the recommender under a session handle.

Sessions are kept in memory, each under an unguessable handle that only its owner has. Knows nothing of frameworks.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Annotated

from pydantic import BaseModel, Field

from penchant.assistant import Assistant, Session
from penchant.assistant.wire import TurnOut, turn_out
from penchant.retriever import PenchantError

_MOST_SESSIONS = 10_000


class Answer(BaseModel):
    """A turn, and the handle under which the conversation goes on."""

    session_id: str
    turn: TurnOut


class Recommender:
    """Recommends from one catalogue to many people at once; the sessions used longest ago are forgotten first."""

    def __init__(self, assistant: Assistant, most_sessions: int = _MOST_SESSIONS) -> None:
        self._assistant = assistant
        self._most = most_sessions
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def recommend(
        self,
        message: Annotated[str, Field(description="What the person said, in their own words, unchanged.")],
        session_id: Annotated[str, Field(description="From the previous answer; empty to begin a conversation.")] = "",
        k: Annotated[int, Field(ge=1, le=20, description="How many picks.")] = 5,
    ) -> Answer:
        """Recommend items of the catalogue for what a person says. Understands wishes, dislikes ("no horror"), limits
        ("under 100 minutes") and corrections, and remembers them for the conversation. Present only the picks returned.
        """
        session = self._session(session_id)
        reply = self._assistant.reply(message, session, k)
        with self._lock:
            self._sessions[session.id] = reply.session
            self._sessions.move_to_end(session.id)
            while len(self._sessions) > self._most:
                self._sessions.popitem(last=False)
        return Answer(session_id=session.id, turn=turn_out(message, reply))

    def _session(self, handle: str) -> Session:
        with self._lock:
            if handle and handle not in self._sessions:
                raise PenchantError("no such session; leave session_id empty to begin a new conversation")
            return self._sessions[handle] if handle else Session()
