"""What is said of an offer without naming it; and what stands beside it and says nothing of it."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.cues.reactions import reactions
from penchant.retriever import OPEN

from .demo import ALIEN, DUNE, INCEPTION, SHOWN, short, understand

REACTIONS = {
    "loved it": "liked",
    "Yes, that was great!": "liked",
    "great movie": "liked",
    "Oh yes. One of my favourites!": "liked",
    "yes! super funny": "liked",
    "sounds good": "accepted",
    "Yes, that sounds good.": "accepted",
    "I'll definitely check that out": "accepted",
    "great suggestions, thanks": "accepted",
    "I've heard great things about it": "accepted",
    "it is on my list": "accepted",
    "I have seen that one": "seen",
    "never seen it": "unseen",
    "No, I haven't": "unseen",
    "I have yet to see those": "unseen",
    "not a fan of that": "disliked",
    "I've never liked those": "disliked",
    "seen it, hated it": "disliked",
    "too scary for me": "disliked",
    "No thanks": "disliked",
    "I don't think I'd like that one": "disliked",
    "it looks boring": "disliked",
    "I'm not into those": "disliked",
    "I haven't, I'm not into subtitles": "disliked",
    "not really interested": "disliked",
    "I heard bad things about that one": "disliked",
    "I don't like dirty comedies": "disliked",
    "something funny about space": "",
    "did you like it?": "",
    "is it good?": "",
    "I love that song by Abba": "liked",
    "I want to see something like that": "",
    "anything else?": "",
    "good to know": "",
    "I love comedies": "",
}


@pytest.mark.parametrize(("text", "expected"), REACTIONS.items(), ids=REACTIONS)
def test_the_reaction_that_says_most_comes_first(text: str, expected: str) -> None:
    assert next((r.said for r in reactions(text)), "") == expected


def test_a_reaction_may_be_of_several() -> None:
    assert reactions("loved both of those")[0].several and not reactions("loved it")[0].several


ON_SCREEN = {
    "Yes, that sounds good": set(),  # it is taken, which changes no wish
    "I've seen it, hated it": {f"-item={INCEPTION}"},
    "I don't like dirty comedies": {f"-item={INCEPTION}"},
    "I haven't seen it, but I'm not interested in that": {f"-item={INCEPTION}"},
    "I loved Alien. It was great": {f"item={ALIEN}"},
    "not a fan of Jaws": {"-item=film-jaws-1975"},
    "is it any good?": set(),
    "what is Alien about? I love it": set(),
}


@pytest.mark.parametrize(("text", "expected"), ON_SCREEN.items(), ids=ON_SCREEN)
def test_an_offer_is_accepted_or_refused_without_its_name(text: str, expected: set[str]) -> None:
    assert _said(text, INCEPTION) == expected


def test_what_is_accepted_is_not_known_yet() -> None:
    """It may be shown again, and is no wish for more like it, as what is loved is."""
    screen = Session().show((INCEPTION,))
    accepted, loved = understand("sounds good, I'll watch it", screen), understand("loved it", screen)
    assert accepted.seen == () and loved.seen == (INCEPTION,)
    assert (accepted.asked.topic, accepted.about) == ("accept", (INCEPTION,)) and accepted.interests == ()
    assert loved.interests[0].item == INCEPTION


def test_a_reaction_is_to_what_was_not_spoken_of_yet() -> None:
    told = understand("I love Inception").interests
    session = Session(interests=told).show((INCEPTION, ALIEN))
    found = {short(i) for i in understand("no, not a fan of that one", session).interests if i.facet != OPEN}
    assert found == {f"-item={ALIEN}"}


def test_of_a_long_list_only_all_is_meant() -> None:
    many = (*SHOWN, "film-jaws-1975")
    assert _said("I loved it", *many) == set()
    assert _said("I loved all of those", *many) == {f"item={item}" for item in many}


OTHERS = {
    "I loved Alien, but the other two were boring": {f"item={ALIEN}", f"-item={INCEPTION}", f"-item={DUNE}"},
    "I like Alien but not the others you suggested": {f"item={ALIEN}", f"-item={INCEPTION}", f"-item={DUNE}"},
    "not the first one, the rest is fine": {f"-item={INCEPTION}", f"item={ALIEN}", f"item={DUNE}"},
    "I liked Alien, but the other one was boring": {f"item={ALIEN}"},
    "I saw Alien the other day": set(),  # its mark says so
    "the other one": set(),
}


@pytest.mark.parametrize(("text", "expected"), OTHERS.items(), ids=OTHERS)
def test_the_others_are_those_on_screen_that_are_not_named(text: str, expected: set[str]) -> None:
    assert {said for said in _said(text, *SHOWN) if "item=" in said} == expected


def _said(text: str, *shown: str) -> set[str]:
    return {short(i) for i in understand(text, Session().show(shown)).interests if i.facet != OPEN}


@pytest.mark.parametrize("text", ["none of these", "neither", "No, none."])
def test_none_of_these_asks_for_others(text: str) -> None:
    assert understand(text, Session().show(SHOWN)).intent == "more"


@pytest.mark.parametrize("unit", ["not ", "yes, ", "Xq ", "a-", "Alien and ", "n't ", '"', "不要", "the other "])
def test_repeated_words_are_understood_too(unit: str) -> None:
    assert understand((unit * 2000)[:2000], Session().show(SHOWN)).intent
