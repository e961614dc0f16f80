"""Sessions under handles that nobody can guess, and changes that count once though they are asked for again.

A handle is the session's id: 128 random bits. Knows nothing of how a turn works or of frameworks.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace

from penchant.assistant import Assistant, InMemorySessionStore, Receipt, Reply, Session, SessionStore, UnknownSession
from penchant.assistant.api_schema import turn_out
from penchant.assistant.session import Audience
from penchant.retriever import PenchantError

from .results import Answer

MOST_SESSIONS = 10_000
_FEW = 3


class RepeatedRequest(PenchantError):
    """One request_id was used for two different changes."""


class AudienceSet(PenchantError):
    """A conversation that has begun cannot be made one for another audience."""


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A change that a caller asks for: under which handle, the caller's name for it (may be empty), and what it is;
    `audience`: for whom a new conversation is."""

    session_id: str
    request_id: str
    operation: str
    arguments: Sequence[object]
    message: str = ""
    audience: Audience = "everybody"

    @property
    def digest(self) -> str:
        said = json.dumps([self.operation, self.arguments], ensure_ascii=False, default=str)
        return hashlib.sha256(said.encode()).hexdigest()


class Conversations:
    """The sessions in a store; without one, in memory, where those used longest ago are forgotten beyond `most`."""

    def __init__(
        self,
        assistant: Callable[[], Assistant],
        again: Callable[[Answer, Session], Reply | None],
        store: SessionStore | None = None,
        most: int = MOST_SESSIONS,
    ) -> None:
        """again: the reply that stands in the place of an earlier answer now, where that cannot be given any more."""
        self._assistant, self._again = assistant, again
        self._store = store or InMemorySessionStore()
        self._most = None if store else most
        self._recent: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def answered_by(
        self, assistant: Callable[[], Assistant], again: Callable[[Answer, Session], Reply | None]
    ) -> Conversations:
        """The same sessions, of which another gives the replies."""
        other = copy(self)
        other._assistant, other._again = assistant, again
        return other

    def load(self, session_id: str) -> Session:
        """Raises UnknownSession."""
        try:
            session = self._store.load(session_id)
        except UnknownSession as error:
            raise UnknownSession(f"{error}, by leaving session_id empty") from error
        if self._is_elsewhere(session):
            raise UnknownSession("that is about another catalogue; begin a new one here, by leaving session_id empty")
        return session

    def _is_elsewhere(self, session: Session) -> bool:
        """Whether none of the items that it speaks of is in the catalogue. Of a few, all may have gone."""
        named = {*session.shown, *(mark.item for mark in session.marks)}
        return len(named) >= _FEW and named.isdisjoint(self._assistant().index.catalogue.row)

    def has(self, session_id: str) -> bool:
        try:
            return bool(self._store.load(session_id))
        except UnknownSession:
            return False

    def change(self, asked: ChangeRequest, turn: Callable[[Session], Iterator[Reply]]) -> Iterator[Answer]:
        """The answer as it grows. The change is kept when the stream has been read to its end.

        An empty handle begins a session. What was asked before under the same request id is answered as it then was,
        unless that can no longer be shown.
        Raises UnknownSession, RepeatedRequest or AudienceSet.
        """
        before = self.load(asked.session_id) if asked.session_id else None
        begun = before or Session(audience=asked.audience)
        if asked.audience not in ("everybody", begun.audience):
            raise AudienceSet("for whom a conversation is, is said when it begins; leave session_id empty to begin one")
        if earlier := self._earlier(asked):
            anew = self._again(earlier, begun)
            yield self._answer(begun, asked, anew) if anew else earlier
            return
        last: tuple[Reply, Answer] | None = None
        for reply in turn(begun):
            answer = self._answer(begun, asked, reply)
            last = reply, answer
            yield answer
        if last:
            self._keep(before, *last, asked)

    def _answer(self, begun: Session, asked: ChangeRequest, reply: Reply) -> Answer:
        assistant = self._assistant()
        told = replace(reply, text=assistant.in_full(reply))
        return Answer(session_id=begun.id, **dict(turn_out(asked.message, told, assistant.index.schema)))

    def _keep(self, before: Session | None, reply: Reply, answer: Answer, asked: ChangeRequest) -> None:
        receipt = Receipt(asked.request_id, asked.digest, answer.model_dump_json()) if asked.request_id else None
        self._store.save(before, reply.session, receipt if before else None)
        self._touch(reply.session.id)

    def forget(self, session_id: str) -> None:
        self._store.forget(session_id)
        with self._lock:
            self._recent.pop(session_id, None)

    def _earlier(self, asked: ChangeRequest) -> Answer | None:
        """A new conversation has no earlier requests: who begins it twice gets two, and nobody gets another's."""
        if not (asked.session_id and asked.request_id):
            return None
        receipt = self._store.receipt(asked.session_id, asked.request_id)
        if receipt and receipt.asked != asked.digest:
            raise RepeatedRequest(f"request_id {asked.request_id!r} was used for another change; choose a new one")
        return Answer.model_validate_json(receipt.answer) if receipt else None

    def _touch(self, session_id: str) -> None:
        if self._most is None:
            return
        with self._lock:
            self._recent[session_id] = None
            self._recent.move_to_end(session_id)
            old = [self._recent.popitem(last=False)[0] for _ in range(len(self._recent) - self._most)]
        for handle in old:
            self._store.forget(handle)
