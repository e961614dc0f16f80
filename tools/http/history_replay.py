"""The session that a chat has led to, where the whole chat comes with each request and no handle does.

A session is kept under a digest of the messages before it, so that a chat that goes on is not replayed, one that was
edited is from where it differs, and nobody's chat can be taken for another's. Knows nothing of HTTP.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence

from penchant.assistant import LONGEST_MESSAGE, Assistant, Session

from ..api import after_answer
from .client_prompts import ChatTurn, is_task, person_said

MOST_MESSAGES = 200
MOST_CHARACTERS = 60_000
"""Of a chat that is not known: the newest are heard, so that no request is work without end."""
LONGEST_ANSWER = 20_000
"""Characters; what comes after them is not looked through for titles."""
_MOST = 5_000


class Replays:
    """Sessions by the chats that led to them; those used longest ago are dropped beyond `most`. In memory only."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def session(
        self, assistant: Assistant, messages: Sequence[ChatTurn], owner: str = "", begun: Session | None = None
    ) -> Session:
        """The session after the messages. What is not known is replayed by rules: no language model is asked again. Of
        much that is not known, only the newest is.

        owner: who asks; the chats of two owners have nothing to do with each other. begun: what the chat began with.
        """
        digests = chain(messages, owner)
        known = max((n for n, digest in enumerate(digests) if self._get(digest)), default=0)
        session = self._get(digests[known]) or begun or Session()
        by_rules = assistant.offline()
        for message in _newest(messages[known:]):
            session = _heard(by_rules, message, session)
        return session

    def keep(self, messages: Sequence[ChatTurn], session: Session, owner: str = "") -> None:
        """Keeps the session after the messages."""
        digest = chain(messages, owner)[-1]
        with self._lock:
            self._sessions[digest] = session
            self._sessions.move_to_end(digest)
            while len(self._sessions) > self._most:
                self._sessions.popitem(last=False)

    def _get(self, digest: str) -> Session | None:
        with self._lock:
            found = self._sessions.get(digest)
            if found:
                self._sessions.move_to_end(digest)
            return found


def chain(messages: Sequence[ChatTurn], owner: str = "") -> list[str]:
    """A digest for each beginning of a chat: len(messages) + 1 of them, from none to all."""
    digests = [hashlib.sha256(f"owner\0{owner}".encode()).hexdigest()]
    for message in messages:
        said = f"{digests[-1]}\0{message.role}\0{message.text.strip()}"
        digests.append(hashlib.sha256(said.encode(errors="replace")).hexdigest())
    return digests


def _newest(messages: Sequence[ChatTurn]) -> Sequence[ChatTurn]:
    """The end of the messages, as much of it as is replayed."""
    some = messages[-MOST_MESSAGES:]
    length = 0
    for n in reversed(range(len(some))):
        length += min(len(some[n].text), LONGEST_ANSWER)
        if length > MOST_CHARACTERS:
            return some[n + 1 :]
    return some


def _heard(assistant: Assistant, message: ChatTurn, session: Session) -> Session:
    if message.role == "assistant":
        return after_answer(assistant, message.text[:LONGEST_ANSWER], session)
    words = person_said(message.text)
    if message.role != "user" or not words or len(words) > LONGEST_MESSAGE or is_task(message.text):
        return session
    return assistant.hear(words, session)[1]
