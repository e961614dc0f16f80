"""What is shown to somebody who has not said yet what they want: rows of what they liked, each with why it is there.

Knows the assistant's answers and rows. Knows nothing of pages.
"""

from __future__ import annotations

from dataclasses import replace

from ..assistant import Assistant
from ..reply import PickRow, Reply
from ..session import Session
from .for_you import shelves

_ROWS, _IN_A_ROW = 4, 3


def opening(assistant: Assistant, session: Session, k: int | None = None) -> Reply:
    """The reply to a session as it is. Where nothing is wished for in it, only new items are asked for and something
    was liked: rows, the picks of one after those of the other; else, and where a number of picks is named, as
    `answer`."""
    wished = any(i.level != "never" and not i.parked for i in session.interests)
    asked = wished or k is not None or session.screen.mode != "new" or bool(session.screen.time)
    found = () if asked else shelves(assistant, session, _ROWS, _IN_A_ROW)
    if not found:
        return assistant.answer(session, k)
    reply = assistant.unwatched().answer(session)
    picks = tuple(pick for shelf in found for pick in shelf.picks)
    rows = tuple(PickRow(tuple(item.title for item in s.because), len(s.picks), s.follows) for s in found)
    shown = reply.session.show(pick.item.id for pick in picks)
    return replace(reply, picks=picks, session=shown, relaxations=(), rows=rows)
