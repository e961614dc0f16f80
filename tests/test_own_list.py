"""What is asked for from the person's own list, and what only speaks of lists."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Mark, Session
from penchant.assistant.understanding.cues import mode_said
from penchant.retriever import Index

ASKED = """
    from my list
    something short from my watchlist
    What do I own that fits tonight?
    only from my to-read list, please
    what's on my list that is funny
    pick one from what I own
    something that I own
    which of the games that we already own is calm
    anything on my wishlist under two hours
    out of my backlog, something calm
    从我的片单里选一部
"""
NOT_ASKED = """
    put it on my list
    add Alien to my list
    it is on my list already
    take it off my list
    I own a cat
    films about people who own a boat
    the list you gave me
    the second on the list
    on my list of things that I hate
    something from my childhood
    a book about a library
    not from my list
"""


@pytest.mark.parametrize("text", [line.strip() for line in ASKED.strip().splitlines()])
def test_the_list_is_asked_for(text: str) -> None:
    found = mode_said(text, "new")
    assert found is not None and found.mode == "list"


@pytest.mark.parametrize("text", [line.strip() for line in NOT_ASKED.strip().splitlines()])
def test_lists_are_only_spoken_of(text: str) -> None:
    assert mode_said(text, "new") is None


@pytest.mark.parametrize("text", ["not from my list", "something beyond my list", "forget my list"])
def test_and_is_left_again(text: str) -> None:
    found = mode_said(text, "list")
    assert found is not None and found.mode == "new"


def test_a_conversation_is_then_about_the_list(index: Index) -> None:
    assistant = Assistant(index, k=3)
    listed = Session(marks=(Mark("i4", "wanted"), Mark("i7", "wanted")))
    reply = assistant.reply("what do I own that fits tonight?", listed)
    assert {pick.item.id for pick in reply.picks} == {"i4", "i7"} and reply.session.screen.mode == "list"
    assert not [i for i in reply.session.interests if "own" in i.value]
    again = assistant.reply("something funny from my list", listed)
    assert again.picks[0].item.id == "i7" and len(again.picks) == 2
    onward = assistant.reply("a drama", again.session)
    assert {pick.item.id for pick in onward.picks} <= {"i4", "i7"}
    assert len(assistant.reply("a drama, not from my list", onward.session).picks) == 3
