"""A field of content notes is one that a person can rule things out of; where it is empty, the reply says so."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, make_assistant
from penchant.retriever import Item, MemoryEngine, build_index

from .conftest import HashEncoder

GENRES = (("drama",), ("comedy",))
HARM, VIOLENCE, SUICIDE = "animal harm", "violence", "suicide"
NOTES = ((VIOLENCE, HARM), (SUICIDE,), (), (HARM,), (VIOLENCE,), (), (SUICIDE, VIOLENCE), (VIOLENCE,), (SUICIDE,))
CANNOT_TELL = "The catalogue has no {} of two of them, so it cannot tell."


def assistant(field: str) -> Assistant:
    items = [
        Item(str(n), f"Film {n}", fields={"genres": GENRES[n % 2], **({field: tuple(notes)} if notes else {})})
        for n, notes in enumerate(NOTES)
    ]
    return make_assistant(build_index(items, MemoryEngine(), HashEncoder()))


@pytest.mark.parametrize("field", ["content_notes", "warnings", "triggers"])
@pytest.mark.parametrize("message", ["no animal harm", "a drama, no animal harm", "I never want to see animal harm"])
def test_what_is_ruled_out_is_kept_out_and_what_cannot_be_told_is_said(field: str, message: str) -> None:
    reply = assistant(field).reply(message, k=9)
    shown = [pick.item for pick in reply.picks]
    assert shown and not [item for item in shown if "animal harm" in item.values(field)]
    assert [e.approximate for e in reply.excluded] == [False]
    assert CANNOT_TELL.format(field.replace("_", " ")) in reply.text


def test_nothing_is_said_where_all_is_known() -> None:
    talk = assistant("content_notes")
    assert "cannot tell" not in talk.reply("a drama", k=9).text
    assert "cannot tell" not in talk.reply("no comedy", k=9).text


def test_a_note_that_the_catalogue_does_not_have_is_approximate_and_said_to_be() -> None:
    reply = assistant("content_notes").reply("no drowning", k=9)
    assert [e.approximate for e in reply.excluded] == [True] and "by its description alone" in reply.text
