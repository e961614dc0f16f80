"""The one definition of the operations: talk to the recommender under a session handle, see, edit, ask why, forget.

The words of each method are written for a language model that chooses among tools. Knows nothing of frameworks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from typing import Annotated

from pydantic import Field

from penchant.assistant import (
    Assistant,
    EditError,
    Reply,
    Session,
    SessionStore,
    Verdict,
    edit,
    feedback,
    undo,
)
from penchant.assistant.api_schema import interests_out, pick_out
from penchant.assistant.session import Audience
from penchant.retriever import counterfactual, score_items, softmax_weights

from .arguments import (
    AudienceName,
    Edits,
    FieldValue,
    Handle,
    ItemName,
    MessageText,
    OwnHandle,
    PickCount,
    RequestId,
    Several,
    checked,
)
from .conversations import MOST_SESSIONS, ChangeRequest, Conversations
from .history_operations import HistoryOperations
from .naming import edit_meant, find_item, find_kinds, marks_out, reason_meant
from .results import Answer, Comparison, Explanation, Interests, WithoutOut
from .text_rendering import comparison_text, counterfactual_text, interests_text


class Recommender(HistoryOperations):
    """Recommends from one catalogue to many people at once, from many threads.

    `assistant` may be a function that gives it, called whenever it is needed. Without a store, sessions are in memory
    and those used longest ago are forgotten beyond `most_sessions`.
    """

    def __init__(
        self,
        assistant: Assistant | Callable[[], Assistant],
        store: SessionStore | None = None,
        most_sessions: int = MOST_SESSIONS,
    ) -> None:
        self._open: Callable[[], Assistant] = (lambda: assistant) if isinstance(assistant, Assistant) else assistant
        self._conversations = Conversations(lambda: self.assistant, self._again, store, most_sessions)

    def at(self, door: str, audience: Audience = "everybody") -> Recommender:
        """The same recommender and conversations, whose picks go out by another door, to an audience."""
        other = copy(self)
        other._door, other._audience = door, audience
        other._conversations = self._conversations.answered_by(lambda: other.assistant, other._again)
        return other

    @property
    def assistant(self) -> Assistant:
        return self._open().at(self._door).serving(self._audience)

    @checked
    def recommend(
        self,
        message: MessageText,
        session_id: Handle = "",
        k: PickCount = 5,
        kinds: Annotated[
            Several[str],
            Field(
                max_length=20,
                description="Only these kinds of items, for this answer; empty: all.",
                examples=[["film"]],
            ),
        ] = (),
        request_id: RequestId = "",
        audience: AudienceName = "everybody",
    ) -> Answer:
        """Recommend items for what a person says. Call it whenever someone looks for something to choose, or says more
        about what they want. It understands wishes, dislikes ("no horror"), limits ("under 100 minutes"), examples
        ("like Alien"), corrections, and questions about an item, and remembers them for the conversation. Present only
        the items it returns: there are no others.
        """
        *_, last = self.stream(message, session_id, k, kinds, request_id, audience)
        return last

    def stream(
        self,
        message: str,
        session_id: str = "",
        k: int = 5,
        kinds: Sequence[str] = (),
        request_id: str = "",
        audience: Audience = "everybody",
    ) -> Iterator[Answer]:
        """The answer of `recommend` as it grows: the first has the picks; read to the end, it is kept."""
        asked = ChangeRequest(session_id, request_id, "recommend", [message, k, list(kinds)], message, audience)

        def turn(session: Session) -> Iterator[Reply]:
            assistant = self._serving(session)
            if kinds:
                assistant = assistant.within(find_kinds(assistant, kinds))
            return assistant.stream(message, session, k)

        return self._conversations.change(asked, turn)

    @checked
    def interests(
        self,
        session_id: OwnHandle,
        with_taste: Annotated[bool, Field(description="Also as a taste file, which bring_taste takes.")] = False,
    ) -> Interests:
        """See what is remembered in this conversation: each interest with its level, strength and the words it came
        from, and the items that were liked, disliked, seen or put off. Changes nothing.
        """
        session, assistant = self._of(session_id)
        catalogue, config = assistant.index.catalogue, assistant.search_config.composition_config
        weights = softmax_weights(session.effective_interests, catalogue.schema, session.turn, config).tolist()
        interests = interests_out(session.effective_interests, weights)
        marks = marks_out(session, catalogue)
        return Interests(
            session_id=session_id,
            text=interests_text(interests, marks),
            interests=interests,
            marks=marks,
            mode=session.screen.mode,
            can_undo=bool(session.diffs),
            taste=self.taste(session_id) if with_taste else "",
        )

    @checked
    def edit_interests(
        self,
        edits: Annotated[Edits, Field(max_length=50, description="Changes, made together.")] = (),
        undo_last: Annotated[bool, Field(description="First take back the last change, whatever it was.")] = False,
        session_id: Handle = "",
        k: PickCount = 5,
        request_id: RequestId = "",
    ) -> Answer:
        """Change exactly what is remembered: add, strengthen, weaken, park, pin or remove interests, rule something out
        for good, or undo the last change. For when something was understood wrongly or is to be set by hand; what the
        person just says goes to recommend. Returns new picks.
        """

        def change(session: Session) -> Iterator[Reply]:
            assistant = self._serving(session)
            if undo_last and not session.diffs:
                raise EditError("there is nothing to undo")
            session = undo(session) if undo_last else session
            made = [edit_meant(one, session, assistant) for one in edits]
            yield assistant.answer(edit(session, made, assistant.index.catalogue), k)

        arguments = [[one.model_dump() for one in edits], undo_last, k]
        return self._changed(ChangeRequest(session_id, request_id, "edit_interests", arguments), change)

    @checked
    def feedback(
        self,
        item: ItemName,
        verdict: Annotated[
            Verdict, Field(description="like; dislike; seen: knows it; later: not now; clear: take it back.")
        ],
        session_id: Handle = "",
        reason_facet: Annotated[
            FieldValue, Field(description="Of a dislike: which field of the item is at fault.")
        ] = "",
        reason_value: Annotated[
            FieldValue, Field(description="The item's value in that field; of a number, more or less than wanted.")
        ] = "",
        k: PickCount = 5,
        request_id: RequestId = "",
    ) -> Answer:
        """Record what the person thinks of one item: that they like it, or not (and why, if they say so), know it
        already, or do not want it now. Returns new picks that take it into account.
        """

        def change(session: Session) -> Iterator[Reply]:
            assistant = self._serving(session)
            reason = reason_meant(assistant, verdict, reason_facet, reason_value)
            index, search_config = assistant.index, assistant.search_config
            found = find_item(assistant, item, session)
            (pick,) = score_items(index, session.effective_interests, [found], session.turn, search_config)
            after = feedback(session, verdict, found, index.catalogue, pick, reason, search_config.composition_config)
            yield assistant.answer(assistant.dated(session, after), k)

        arguments = [item, verdict, reason_facet, reason_value, k]
        return self._changed(ChangeRequest(session_id, request_id, "feedback", arguments), change)

    @checked
    def explain(self, item: ItemName, session_id: OwnHandle) -> Explanation:
        """Explain why one item is, or is not, among the picks: its place, its score as a sum of shares of the person's
        interests, what keeps it out, and what would change that. Changes nothing.
        """
        session, assistant = self._of(session_id)
        named = find_item(assistant, item, session)
        index, wanted, hidden = assistant.index, session.effective_interests, assistant.hidden(session)
        found = counterfactual(index, wanted, named, hidden, session.turn, assistant.search_config)
        labels = {interest.key: interest.label for interest in wanted}
        return Explanation(
            session_id=session_id,
            text=counterfactual_text(found, labels),
            item=pick_out(found.pick, assistant.index.schema),
            place=found.place,
            kept_out_by=list(found.kept_out_by),
            without=[WithoutOut(interest=labels[key], place=place) for key, place in found.without],
        )

    @checked
    def compare(
        self,
        items: Annotated[
            Several[ItemName], Field(min_length=2, max_length=10, examples=[["Galaxy Quest", "Spaceballs"]])
        ],
        session_id: Handle = "",
    ) -> Comparison:
        """Compare items: how well each fits the person's interests, and the facts in which they differ; without a
        session_id, only the facts. Changes nothing.
        """
        session, assistant = self._of(session_id)
        ids = list(dict.fromkeys(find_item(assistant, item, session) for item in items))
        found = [
            pick_out(pick, assistant.index.schema)
            for pick in score_items(
                assistant.index, session.effective_interests, ids, session.turn, assistant.search_config
            )
        ]
        text = comparison_text(found, assistant.index.schema)
        return Comparison(session_id=session_id, text=text, items=found)

    def _again(self, earlier: Answer, session: Session) -> Reply | None:
        """In the place of an earlier answer that shows what has gone since."""
        assistant = self._serving(session)
        lost = any(pick.id not in assistant.index.catalogue.row for pick in earlier.picks)
        return assistant.answer(session, len(earlier.picks)) if lost else None
