"""The operations on what a person brings along: a taste from a file, rows of more like what they loved, their time.

The words of each method are written for a language model that chooses among tools. Knows nothing of frameworks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from penchant.assistant import Assistant, Mode, Reply, Session, export_taste, import_taste, set_mode
from penchant.assistant.api_schema import pick_out
from penchant.assistant.past import Shelf, shelves
from penchant.assistant.session import LONGEST_TIME, Audience

from .arguments import AudienceName, Handle, OwnHandle, PickCount, RequestId, TasteText
from .conversations import ChangeRequest, Conversations
from .results import Answer, ForYou, RowOut
from .text_rendering import rows_text


class HistoryOperations(ABC):
    """What the recommender does with tastes as files, and with what was liked long ago."""

    _conversations: Conversations
    _door = "python"
    _audience: Audience = "everybody"

    @property
    @abstractmethod
    def assistant(self) -> Assistant:
        """The assistant that is asked."""

    def _serving(self, session: Session) -> Assistant:
        return self.assistant.serving(session.audience)

    def _of(self, session_id: str) -> tuple[Session, Assistant]:
        """A session (without a handle: one of nobody) and the assistant that serves it. Raises UnknownSession."""
        session = self._conversations.load(session_id) if session_id else Session()
        return session, self._serving(session)

    def for_you(
        self,
        session_id: OwnHandle,
        rows: Annotated[int, Field(ge=1, le=10, description="How many rows at most.", examples=[4])] = 4,
        k: PickCount = 5,
    ) -> ForYou:
        """More like everything the person liked: several rows of items they do not know, none twice, each with the
        liked items that it is there for. For when they have said nothing of what they want now. Changes nothing.
        """
        session, assistant = self._of(session_id)
        out = list(map(_row, shelves(assistant, session, rows, k)))
        return ForYou(session_id=session_id, text=rows_text(out), rows=out)

    def bring_taste(
        self,
        taste: TasteText,
        mode: Annotated[Mode, Field(description="Which items: new, seen, both, or list: those they want to.")] = "new",
        k: PickCount = 5,
        audience: AudienceName = "everybody",
    ) -> Answer:
        """Begin a conversation with a taste that the person has kept: the JSON that Penchant exported, or made of their
        ratings elsewhere. What they have seen is then not recommended as new. Returns picks, and the session_id to go
        on with.
        """

        def change(begun: Session) -> Iterator[Reply]:
            brought = replace(import_taste(taste), id=begun.id, audience=begun.audience)
            yield self.assistant.answer(set_mode(brought, mode), k)

        return self._changed(ChangeRequest("", "", "bring_taste", [mode, k], audience=audience), change)

    def fit_time(
        self,
        minutes: Annotated[
            float, Field(gt=0, le=LONGEST_TIME, description="How long one sitting is, in minutes.", examples=[90])
        ],
        sittings: Annotated[
            int, Field(ge=1, le=366, description="How many sittings of that length there are.", examples=[5])
        ] = 1,
        session_id: Handle = "",
        k: PickCount = 5,
        request_id: RequestId = "",
    ) -> Answer:
        """Find picks that together fill the time a person has: 90 minutes, five commutes of 40 minutes, a two-hour
        flight. Where no two go together, each fits by itself. Pages count at 40 an hour. The time holds for the answers
        after it, until another is said or the topic changes. A limit of one item ("under two hours") goes to recommend.
        """

        def change(session: Session) -> Iterator[Reply]:
            yield self.assistant.fit_time(session, minutes, sittings, k)

        return self._changed(ChangeRequest(session_id, request_id, "fit_time", [minutes, sittings, k]), change)

    def taste(self, session_id: str) -> str:
        """The taste of a session as portable JSON (docs/taste.md). Raises UnknownSession."""
        return export_taste(self._conversations.load(session_id))

    def _changed(self, asked: ChangeRequest, change: Callable[[Session], Iterator[Reply]]) -> Answer:
        *_, last = self._conversations.change(asked, change)
        return last


def _row(shelf: Shelf) -> RowOut:
    titles = [item.title for item in shelf.because]
    return RowOut(because=titles, text=shelf.text, picks=[pick_out(pick) for pick in shelf.picks])
