"""People tell of themselves before they ask: what of a story is a wish, and what bars nothing."""

from __future__ import annotations

import pytest

from penchant.assistant import Session, Understanding
from penchant.assistant.understanding.cues import refuses
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import OPEN, Catalogue, Field, Item, Schema, infer_schema

RETREATS = [
    Item(
        str(n),
        title,
        text,
        fields={"kind": (kind,), "hours": hours, "price": price, "guests": guests},
    )
    for n, (title, kind, text, hours, price, guests) in enumerate(
        [
            ("Bread Morning", "baking", "Sourdough and a long breakfast.", 4, 60, 8),
            ("Quiet Sunday", "yoga", "Slow stretching by the lake.", 6, 80, 12),
            ("Harbour Sketches", "drawing", "Boats, gulls and ink.", 3, 45, 10),
            ("Clay Weekend", "pottery", "Two bowls and a mug, from the wheel.", 16, 190, 6),
            ("Long Ridge", "hiking", "Up early, and home by moonlight.", 30, 120, 14),
        ]
    )
]
SCHEMA = Schema(
    fields=(
        Field("kind", "facet"),
        Field("hours", "number", unit="h"),
        Field("price", "number", unit="money"),
        Field("guests", "number"),
    )
)


@pytest.fixture(scope="module")
def tagger() -> RuleTagger:
    return RuleTagger(Gazetteer(Catalogue(RETREATS, SCHEMA)), spans=span_model())


def heard(tagger: RuleTagger, text: str) -> Understanding:
    return tagger.understand(text, Session())


@pytest.mark.parametrize(
    "text",
    [
        "My sister has worked nights at the bakery since spring and hardly sees daylight, she turns forty next Friday.",
        "We moved to a tiny village, know nobody there, and the evenings are long and dark",
        "Dad sold the boat after the operation. He sits by the window, counts the gulls and says nothing is wrong.",
    ],
)
def test_a_story_without_a_request_is_a_wish_in_own_words(tagger: RuleTagger, text: str) -> None:
    wants = [i for i in heard(tagger, text).interests if i.facet == OPEN and i.level == "want"]
    assert any(i.quote == text for i in wants)


@pytest.mark.parametrize("text", ["Hello there!", "Thanks, that was lovely.", "How are you today?", "ok bye"])
def test_small_talk_stays_small_talk(tagger: RuleTagger, text: str) -> None:
    assert not heard(tagger, text).interests


@pytest.mark.parametrize(
    "text",
    [
        "I want to make something with clay, one day I'll have a kiln, some weeks I dream of it",
        "a calm thing for my wife, who talks to ninety people on the phone all day",
        "He's got two left feet and no patience, but something by the sea would please him",
    ],
)
def test_an_amount_in_passing_bars_nothing(tagger: RuleTagger, text: str) -> None:
    assert [i for i in heard(tagger, text).interests if i.facet in ("hours", "price", "guests")] == []


@pytest.mark.parametrize(
    "text",
    [
        "I stand in a kitchen nine hours a day, my back wants something slow and I never tried it",
        "She turns sixty in May and all she talks of is painting boats, so that I would like to give her",
        "My mornings are free since the shop closed, I would love to get my hands dirty again",
        "The eldest of us says her knees are done, the youngest is six and bakes with everybody",
    ],
)
def test_an_amount_in_a_story_is_no_limit(tagger: RuleTagger, text: str) -> None:
    assert [i for i in heard(tagger, text).interests if i.facet in ("hours", "price", "guests")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we are ten people and want to draw", ("guests", ">= 10")),
        ("baking, and four hours is the limit", ("hours", "<= 4")),
        ("hiking for three quarters of an hour at most", ("hours", "<= 0.75")),
        ("drawing for a quarter of an hour at the most", ("hours", "<= 0.25")),
    ],
)
def test_what_wording_says_of_an_amount(tagger: RuleTagger, text: str, expected: tuple[str, str]) -> None:
    assert expected in [(i.facet, i.value) for i in heard(tagger, text).interests]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("baking, at most 20 euros", ("price", "<= 20")),
        ("yoga for under 2 hours", ("hours", "< 2")),
        ("drawing, I have 50 euros", ("price", "<= 50")),
        ("pottery of about 16 hours", ("hours", "13.6..18.4")),
    ],
)
def test_an_amount_that_is_asked_for_holds(tagger: RuleTagger, text: str, expected: tuple[str, str]) -> None:
    """Also where nothing is that cheap or that short: that is then said."""
    assert expected in [(i.facet, i.value) for i in heard(tagger, text).interests]


def test_only_what_is_refused_in_words_is_barred(tagger: RuleTagger) -> None:
    understood = heard(tagger, "Hiking? With my knees? I'd sooner sit and draw.")
    assert "never" not in [i.level for i in understood.interests]
    plain = heard(tagger, "No hiking, with my knees. I'd sooner sit and draw.")
    assert ("kind", "hiking", "never") in [(i.facet, i.value, i.level) for i in plain.interests]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("I can't have wheat.", "wheat", True),
        ("We don't eat meat, either of us", "meat", True),
        ("Bells are out.", "Bells", True),
        ("something non-violent", "violent", True),
        ("Nothing too long. Glass? In my rucksack?", "Glass", False),
        ("all he ever gets is pigeons", "pigeons", False),
    ],
)
def test_a_refusal_has_a_word_that_says_so_in_its_sentence(text: str, word: str, expected: bool) -> None:
    start = text.index(word)
    assert refuses(text, start, start + len(word)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "don't show me any hiking",
        "I'd rather not have any hiking",
        "keep hiking away from me",
        "stop showing me hiking",
        "exclude hiking",
        "hide the hiking ones",
    ],
)
def test_a_refusal_in_other_words_bars(tagger: RuleTagger, text: str) -> None:
    assert [(i.facet, i.value, i.level) for i in heard(tagger, text).interests] == [("kind", "hiking", "never")]


WINES = [
    Item(str(n), f"Bottle {n}", fields={"origin": (place,)}) for n, place in enumerate(("US", "Italy", "Spain") * 3)
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US wines, please", [("US", "want")]),
        ("anything but US", [("US", "never")]),
        ("something from the us", [("US", "want")]),
        ("American, or from the States", [("US", "want")]),
        ("give us something Italian", [("Italy", "want")]),
        ("TELL US OF SPAIN", [("Spain", "want")]),
    ],
)
def test_an_abbreviation_that_is_also_a_common_word(text: str, expected: list[tuple[str, str]]) -> None:
    tagger = RuleTagger(Gazetteer(Catalogue(WINES, infer_schema(WINES))), spans=span_model())
    assert [(i.value, i.level) for i in heard(tagger, text).interests if i.facet] == expected
