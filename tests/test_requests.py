"""What is not wanted may be said as a question; what may be one of two is wanted; each of several works is judged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from penchant.assistant import Session, Understanding
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import MENTION, Catalogue, Item, infer_schema

DAYS = [
    Item(
        f"d{n}",
        title,
        fields={"activities": tuple(activities.split(", ")), "region": (region,), "ingredients": (food,)},
    )
    for n, (title, activities, region, food) in enumerate(
        [
            ("Kiln Morning", "pottery, walking", "Moor", "honey"),
            ("Two Weirs", "sailing, swimming", "Fjord", "walnuts"),
            ("Moss and Lichen", "walking, sketching", "Moor", "nettles"),
            ("Long Table", "cooking, sketching", "Town", "walnuts"),
            ("Saddle Up", "riding, swimming", "Fjord", "honey"),
            ("Lantern Supper", "cooking", "Town", "mussels"),
        ]
    )
]
SHOWN = ("d0", "d1", "d2")


@pytest.fixture(scope="module")
def tagger() -> RuleTagger:
    return RuleTagger(Gazetteer(Catalogue(DAYS, infer_schema(DAYS))), spans=span_model())


def said(tagger: RuleTagger, text: str) -> Understanding:
    return tagger.understand(text, Session().show(SHOWN))


def values(found: Understanding, level: str) -> set[str]:
    return {i.value for i in found.interests if i.level == level and i.facet in ("activities", "region", "ingredients")}


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("is it possible to get it without sailing?", "sailing"),
        ("would it be possible without the mussels?", "mussels"),
        ("is there a way to avoid the riding?", "riding"),
        ("can I have it without walnuts?", "walnuts"),
        ("can you leave the walnuts out?", "walnuts"),
        ("might you leave cooking out?", "cooking"),
        ("could you drop the riding lessons?", "riding"),
        ("could you please take out the mussels", "mussels"),
        ("could we have something with no sailing?", "sailing"),
        ("would you be able to skip anything with walnuts?", "walnuts"),
        ("are there any that aren't sketching", "sketching"),
    ],
)
def test_a_refusal_may_be_a_question(tagger: RuleTagger, text: str, refused: str) -> None:
    found = said(tagger, text)
    assert (found.asked.topic, values(found, "never"), values(found, "want")) == ("", {refused}, set())


@pytest.mark.parametrize(
    "text",
    [
        "is there sailing in the second one?",
        "is the first one without walnuts?",
        "can you tell me which one is without walnuts?",
        "why did you leave out the sailing?",
        "what did you leave out?",
        "can I get there without a car?",
    ],
)
def test_a_question_that_names_what_may_be_missing_is_one(tagger: RuleTagger, text: str) -> None:
    found = said(tagger, text)
    assert found.asked.topic and not found.interests


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("sailing or riding is fine", {"sailing", "riding"}),
        ("either pottery or sketching would be fine", {"pottery", "sketching"}),
        ("only sailing or swimming", {"sailing", "swimming"}),
        ("it has to be the Moor or the Fjord", {"Moor", "Fjord"}),
    ],
)
def test_either_of_two_is_wanted(tagger: RuleTagger, text: str, wanted: set[str]) -> None:
    found = said(tagger, text)
    assert (values(found, "want"), values(found, "never")) == (wanted, set())


def judged(found: Understanding) -> dict[str, str]:
    strengths = {1.0: "liked", 0.7: "seen", 0.5: "unseen"}
    return {
        i.item: "disliked" if i.level == "never" else strengths[i.strength]
        for i in found.interests
        if i.facet == MENTION
    }


@pytest.mark.parametrize(
    "text",
    [
        "Kiln Morning: loved it, Two Weirs: boring, Moss and Lichen: great, Long Table: not tried",
        "loved Kiln Morning, hated Two Weirs, loved Moss and Lichen, never tried Long Table",
        "Kiln Morning was great, Two Weirs was awful, I loved Moss and Lichen. I've never been to Long Table",
    ],
)
def test_each_of_several_works_has_its_own_verdict(tagger: RuleTagger, text: str) -> None:
    found = tagger.understand(text, Session())
    assert judged(found) == {"d0": "liked", "d1": "disliked", "d2": "liked", "d3": "unseen"}
    assert set(found.seen) == {"d0", "d1", "d2"}


def test_what_was_not_tried_yet_is_not_known(tagger: RuleTagger) -> None:
    assert said(tagger, "already did the second one, never been on the first").seen == ("d1",)


def test_what_is_owned_or_tasted_is_known(tagger: RuleTagger) -> None:
    found = tagger.understand("I've been on Two Weirs and done Saddle Up already. Something with pottery?", Session())
    assert set(found.seen) == {"d1", "d4"} and not judged(found)  # known, and not what is wished for
    assert values(found, "want") == {"pottery"}


@pytest.mark.parametrize(
    ("text", "topic", "item"),
    [
        ("ok the riding one, thanks!", "accept", "d4"),
        ("two weirs it is", "accept", "d1"),
        ("pottery it is!!", "accept", "d0"),
        ("Kiln Morning it is then, thank you", "accept", "d0"),
        ("the pottery one I've done already", "seen", "d0"),
    ],
)
def test_a_pick_may_be_described_by_what_it_has(tagger: RuleTagger, text: str, topic: str, item: str) -> None:
    found = tagger.understand(text, Session().show(["d0", "d1", "d4"]))
    assert (found.asked.topic, found.about, found.interests) == (topic, (item,), ())


def test_what_is_fine_again_is_neither_barred_nor_wanted(tagger: RuleTagger) -> None:
    """Also with the verb at the word: "riding's ok"."""
    before = tagger.understand("no riding please", Session()).interests
    found = tagger.understand("riding's ok after all", replace(Session().show(SHOWN), interests=before))
    assert found.dropped and not values(found, "want") | values(found, "never")


@pytest.mark.parametrize(
    "text",
    ["what can i throw in the slow cooker before work", "who makes the most frugal one?", "who has the cosiest sofas?"],
)
def test_a_question_that_opens_a_conversation_is_a_wish_in_its_own_words(tagger: RuleTagger, text: str) -> None:
    assert [i.value for i in tagger.understand(text, Session()).interests if i.strength > 0.5] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "how are you?",
        "what's the weather like",
        "is this free?",
        "how does the ranking work?",
        "is Two Weirs any good?",
    ],
)
def test_a_question_about_the_assistant_or_an_item_is_none(tagger: RuleTagger, text: str) -> None:
    assert not tagger.understand(text, Session()).interests
