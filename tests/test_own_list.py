"""What is asked for from the person's own list, and what only speaks of lists."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Mark, Session, export_taste, set_mode
from penchant.assistant.past import heard_by_all, joint_picks
from penchant.assistant.understanding.cues import mode_said
from penchant.retriever import Index
from penchant.tools import Recommender

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


OWNED = (Mark("i4", "wanted"), Mark("i7", "liked", "seen", owned=True), Mark("i2", "wanted", owned=True))


@pytest.mark.parametrize(
    ("text", "mode"),
    {
        "what do I own that fits tonight?": "own",
        "something from my collection": "own",
        "what do we have at home that works tonight": "own",
        "我们拥有的": "own",
        "something from my watchlist": "list",
        "from my own reading list": "list",
    }.items(),
)
def test_what_is_owned_is_more_than_what_is_wished_for(text: str, mode: str) -> None:
    found = mode_said(text, "new", OWNED)
    assert found is not None and found.mode == mode
    assert mode_said(text, found.mode, OWNED) == found, "its words are no wish, also where it is so already"
    listed = mode_said(text, "new")
    assert listed is not None and listed.mode == "list"


def test_what_is_owned_is_shown_whether_it_is_known_or_not(index: Index) -> None:
    assistant = Assistant(index, k=3)
    reply = assistant.reply("what do I own that fits tonight?", Session(marks=OWNED))
    assert {pick.item.id for pick in reply.picks} == {"i2", "i7"} and reply.session.screen.mode == "own"
    assert not [i for i in reply.session.interests if i.facet == ""]
    after = assistant.reply("not from my collection", reply.session)
    assert after.session.screen.mode == "new" and "i7" not in after.session.shown
    assert "not known what you own" in assistant.answer(set_mode(Session(), "own")).text
    disliked = assistant.reply("I hated the first one", reply.session).session
    assert next(mark for mark in disliked.marks if mark.kind == "disliked").owned


def test_what_is_owned_can_be_seen(index: Index) -> None:
    recommender = Recommender(Assistant(index, k=3))
    handle = recommender.bring_taste(export_taste(Session(marks=OWNED)), mode="own").session_id
    told = recommender.interests(handle)
    assert {mark.item for mark in told.marks if mark.owned} == {"i7", "i2"} and "- liked, owned: " in told.text
    assert told.mode == "own"


def test_of_several_people_what_any_of_them_owns(index: Index) -> None:
    assistant = Assistant(index, k=3)
    ann, bob = Session(marks=(*OWNED[:2], Mark("i1", "seen", owned=True))), Session(marks=(Mark("i5", "wanted"),))
    people = heard_by_all(assistant, ["what do we own that fits tonight?"], {"Ann": ann, "Bob": bob})
    assert {pick.item.id for pick in joint_picks(assistant, people).picks} <= {"i7", "i1"}


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
