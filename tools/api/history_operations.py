"""The operations on what people bring along: a taste from a file, rows of more like what they loved, their time, and
the tastes of several at once.

The words of each method are written for a language model that chooses among tools. Knows nothing of frameworks.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from penchant.assistant import (
    Assistant,
    Mode,
    Reply,
    Session,
    TasteError,
    UnknownSession,
    export_taste,
    import_taste,
    set_mode,
)
from penchant.assistant.api_schema import ShareOut, fields_out, pick_out, share_out
from penchant.assistant.past import JointPick, Shelf, heard_by_all, joint_picks, shelves
from penchant.assistant.session import (
    LONGEST_TIME,
    MOST_MEMBERS,
    Audience,
    free_name,
    import_household,
    is_household,
)
from penchant.retriever import PenchantError, Schema, Share

from .arguments import (
    AudienceName,
    Handle,
    OwnHandle,
    People,
    Person,
    PickCount,
    RequestId,
    TasteText,
    WishText,
    checked,
)
from .conversations import ChangeRequest, Conversations
from .naming import names_what_is_known
from .results import Answer, Forgotten, ForYou, JointPickOut, PersonPickOut, RowOut, Together
from .text_rendering import OWN_WORDS, rows_text, together_text

_FORGOTTEN = "Everything that was kept of this conversation has been deleted."
_NOT_KNOWN = (
    "Nothing is kept of a conversation with that session_id: it was forgotten before, has expired, or never was."
)


class PeopleError(PenchantError):
    """Too few or too many people, or one of whom nothing is given."""


class HistoryOperations(ABC):
    """What the recommender does with tastes as files, with several people's, and with what was liked long ago."""

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

    @checked
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
        out = [_row(shelf, assistant.index.schema) for shelf in shelves(assistant, session, rows, k)]
        return ForYou(session_id=session_id, text=rows_text(out), rows=out)

    @checked
    def bring_taste(
        self,
        taste: TasteText,
        mode: Annotated[
            Mode, Field(description="Which items: new, seen, both, list: those they want to, or own: those they have.")
        ] = "new",
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

    @checked
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
        """Find picks for the time a person has: one that comes near 90 minutes, or several that together fill five
        commutes of 40 or a ten-hour flight. Where no two go together, each fits by itself. Pages count at 40 an hour.
        The time holds for the answers after it, until another is said or the topic changes. A limit of one item ("under
        two hours") goes to recommend.
        """

        def change(session: Session) -> Iterator[Reply]:
            yield self.assistant.fit_time(session, minutes, sittings, k)

        return self._changed(ChangeRequest(session_id, request_id, "fit_time", [minutes, sittings, k]), change)

    @checked
    def recommend_together(self, people: People, message: WishText = "", k: PickCount = 5) -> Together:
        """Pick for several people at once, each by the session_id of their own conversation or by their taste file.
        What one of them rules out is not shown, and the order is by the least happy of them; each pick says whose it is
        and why. What they said in their own words stays with them. Changes nothing.
        """
        assistant, known = self.assistant, self._known(people)
        found = joint_picks(assistant, heard_by_all(assistant, [message] if message.strip() else [], known), k)
        picks = [_joint(pick, assistant) for pick in found.picks]
        text = together_text(picks, found.agreed)
        return Together(session_id="", text=text, agreed=found.agreed, picks=picks)

    def _known(self, people: Sequence[Person]) -> dict[str, Session]:
        """Everybody's session by a name of their own. Raises PeopleError, UnknownSession or TasteError."""
        found: dict[str, Session] = {}
        for place, one in enumerate(people):
            for name, session in self._sessions(place, one).items():
                found[free_name(name, found)] = session
        if not 2 <= len(found) <= MOST_MEMBERS:
            raise PeopleError(f"people: got {len(found)}, takes 2 to {MOST_MEMBERS} in all")
        return found

    def _sessions(self, place: int, one: Person) -> dict[str, Session]:
        if bool(one.session_id) == bool(one.taste):
            raise PeopleError(f"people.{place}: takes either a session_id or a taste")
        name = one.name or f"person {place + 1}"
        try:
            if one.session_id:
                return {name: self._conversations.load(one.session_id)}
            return import_household(one.taste) if is_household(one.taste) else {name: import_taste(one.taste)}
        except UnknownSession as error:
            said = "there is no such conversation, or it has expired; give another session_id, or the person's taste"
            raise UnknownSession(f"people.{place}: {said}") from error
        except TasteError as error:
            raise TasteError(f"people.{place}: {error}") from error

    @checked
    def forget(self, session_id: OwnHandle) -> Forgotten:
        """Delete everything that is kept of this conversation, for good. Only if the person asks for it."""
        known = self._conversations.has(session_id)
        self._conversations.forget(session_id)
        self.assistant.forget([session_id])
        return Forgotten(session_id="", text=_FORGOTTEN if known else _NOT_KNOWN)

    def taste(self, session_id: str) -> str:
        """The taste of a session as portable JSON (docs/taste.md). Raises UnknownSession."""
        return export_taste(self._conversations.load(session_id))

    def _changed(self, asked: ChangeRequest, change: Callable[[Session], Iterator[Reply]]) -> Answer:
        *_, last = self._conversations.change(asked, change)
        return last


def _row(shelf: Shelf, schema: Schema) -> RowOut:
    titles = [item.title for item in shelf.because]
    return RowOut(because=titles, text=shelf.text, picks=[pick_out(pick, schema) for pick in shelf.picks])


def _joint(found: JointPick, assistant: Assistant) -> JointPickOut:
    """A pick for several, in which each sees no more of the others than its reasons."""
    people = [
        PersonPickOut(
            name=name,
            happiness=found.happiness[name],
            score=pick.score,
            shares=[_without_words(share, assistant) for share in pick.shares],
        )
        for name, pick in found.picks.items()
    ]
    item, fields = found.item, fields_out(found.item, assistant.index.schema)
    return JointPickOut(id=item.id, title=item.title, fields=fields, whose=found.whose, people=people)


def _without_words(share: Share, assistant: Assistant) -> ShareOut:
    if names_what_is_known(assistant, *share.key):
        return share_out(share)
    return ShareOut(interest=OWN_WORDS, block=share.block, value=share.value)
