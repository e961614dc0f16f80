"""How a message goes on from the one before: another value of a column takes the place of the first or joins it, a
question of all that there is is a wish, one that points at what is shown changes nothing."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Session
from penchant.assistant.understanding.following import asks_of_all, points_at_shown
from penchant.assistant.understanding.following.nested_columns import is_mostly_single, lies_elsewhere
from penchant.assistant.understanding.following.wording import joins, takes_place
from penchant.retriever import DEFAULT_MODEL, Catalogue, Field, Interest, Item, MemoryEngine, Schema, build_index
from penchant.retriever.encoding import encoder_named

SCHEMA = Schema(
    (
        Field("glaze", "facet"),
        Field("county", "facet"),
        Field("parish", "facet"),
        Field("height", "number", unit="cm"),
        Field("price", "number", unit="GBP", better="less"),
        Field("reviews", "number", unit="count"),
    )
)
PARISHES = {"Morwen": "Lorne", "Tresk": "Lorne", "Hollin": "Sedge", "Quarley": "Sedge"}
ITEMS = [
    Item(
        str(n),
        f"Jar {n}",
        "A jar for the shelf.",
        {
            "glaze": (("Cobalt", "Ochre", "Celadon")[n % 3],),
            "county": (PARISHES[parish],),
            "parish": (parish,),
            "height": 11.0 + n,
            "price": 20.0 + n * 7 % 23,
            "reviews": 1.0 + n * 5 % 17,
        },
    )
    for n in range(24)
    for parish in [(*PARISHES,)[n % 4]]
]


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(build_index(ITEMS, MemoryEngine(), encoder_named(DEFAULT_MODEL), SCHEMA), k=4)


def after(assistant: Assistant, *messages: str) -> set[tuple[str, str]]:
    """The wanted (field, value) pairs after messages, without own words."""
    session = Session()
    for message in messages:
        session = assistant.reply(message, session).session
    return {(i.facet, i.value) for i in session.interests if i.level == "want" and i.facet and not i.parked}


PLACE = [
    "and in ochre?",
    "what about ochre",
    "ochre instead",
    "the same in ochre",
    "now the ochre ones",
    "is there one in ochre?",
    "any in ochre?",
]


@pytest.mark.slow
@pytest.mark.parametrize("text", PLACE)
def test_another_value_takes_the_place_of_the_first_and_the_rest_stays(assistant: Assistant, text: str) -> None:
    assert after(assistant, "a cobalt jar under 35 pounds", text) == {("glaze", "Ochre"), ("price", "< 35")}


@pytest.mark.slow
@pytest.mark.parametrize("text", ["or ochre?", "ochre too", "ochre as well please", "and also ochre ones"])
def test_another_value_joins_the_first(assistant: Assistant, text: str) -> None:
    wanted = after(assistant, "a cobalt jar under 35 pounds", text)
    assert wanted == {("glaze", "Cobalt"), ("glaze", "Ochre"), ("price", "< 35")}


@pytest.mark.slow
def test_a_place_makes_way_for_one_that_lies_elsewhere(assistant: Assistant) -> None:
    assert after(assistant, "a jar from Lorne", "and from Hollin?") == {("parish", "Hollin")}
    assert after(assistant, "a jar from Hollin", "and from Lorne?") == {("county", "Lorne")}
    assert after(assistant, "a jar from Lorne", "and from Tresk?") == {("county", "Lorne"), ("parish", "Tresk")}


def test_only_a_column_within_another_says_that_a_value_lies_elsewhere() -> None:
    kept = [item for item in ITEMS if item.values("glaze") != ("Ochre",) or item.values("county") != ("Lorne",)]
    catalogue = Catalogue(kept, SCHEMA)
    lorne, sedge = Interest("county", "Lorne"), Interest("county", "Sedge")
    assert lies_elsewhere(Interest("parish", "Hollin"), lorne, catalogue)
    assert lies_elsewhere(lorne, Interest("parish", "Hollin"), catalogue)
    assert not lies_elsewhere(Interest("parish", "Hollin"), sedge, catalogue)
    assert not lies_elsewhere(Interest("glaze", "Ochre"), lorne, catalogue)  # none has both, and yet they cross


@pytest.mark.parametrize(("several", "single"), [(0, True), (2, True), (3, False)])
def test_a_few_items_with_two_values_leave_a_column_mostly_single(several: int, single: bool) -> None:
    made = [Item(str(n), f"Jar {n}", fields={"glaze": ("Cobalt", "Ochre")[: 1 + (n < several)]}) for n in range(10)]
    assert is_mostly_single("glaze", Catalogue(made, Schema((Field("glaze", "facet"),)))) == single


@pytest.mark.slow
def test_what_is_complete_in_itself_leaves_degrees_and_orders_behind(assistant: Assistant) -> None:
    told = after(assistant, "tall cobalt jars", "top 3 ochre jars by reviews")
    assert told == {("glaze", "Ochre"), ("reviews", "highest")}
    assert after(assistant, "the tallest cobalt jar", "the cheapest ochre jar") == {
        ("glaze", "Ochre"),
        ("price", "lowest"),
    }


@pytest.mark.slow
@pytest.mark.parametrize("text", ["what's the cheapest thing in ochre", "which is the cheapest ochre jar?"])
def test_a_superlative_of_what_not_all_shown_have_is_of_the_catalogue(assistant: Assistant, text: str) -> None:
    assert after(assistant, "the tallest cobalt jar", text) == {("glaze", "Ochre"), ("price", "lowest")}


@pytest.mark.slow
def test_a_limit_within_what_was_wanted_likes_nothing(assistant: Assistant) -> None:
    told = after(assistant, "a cobalt jar", "great!! any of them under 25 pounds")
    assert told == {("glaze", "Cobalt"), ("price", "< 25")}


@pytest.mark.slow
def test_what_is_permitted_after_all_replaces_nothing(assistant: Assistant) -> None:
    for text in ("hm on second thought ochre is fine, show me those", "fine, you can show ochre as well"):
        session = Session()
        for message in ("a jar from Lorne, no ochre", text):
            session = assistant.reply(message, session).session
        assert {(i.facet, i.value, i.level) for i in session.interests if i.facet} == {("county", "Lorne", "want")}


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["which of these is the cheapest?", "is the second one ochre?", "are they all cobalt?", "how tall is it?"]
)
def test_what_points_at_the_page_changes_nothing(assistant: Assistant, text: str) -> None:
    before = assistant.reply("a cobalt jar", Session()).session
    after = assistant.reply(text, before).session
    assert (after.interests, after.shown) == (before.interests, before.shown)


OF_ALL = ("is there one by Motorola?", "which have wifi?", "any in green?", "and for men?", "do you have others in red")
OF_SHOWN = ("which one has wifi?", "is it green?", "do these have wifi", "are any of them red?", "is the second red?")


@pytest.mark.parametrize("text", OF_ALL)
def test_of_all(text: str) -> None:
    assert asks_of_all(text) and not points_at_shown(text)


@pytest.mark.parametrize("text", OF_SHOWN)
def test_of_shown(text: str) -> None:
    assert not asks_of_all(text)


@pytest.mark.parametrize("text", ["something like it", "similar to those", "the ones"])
def test_what_is_likened_is_not_pointed_at(text: str) -> None:
    assert points_at_shown(text) == (text == "the ones")


def test_joining_is_no_taking_of_a_place() -> None:
    assert joins("or red") and joins("red too") and not joins("too red for me") and takes_place("and in red?")
    assert not takes_place("I want to find a jar that stands well on a shelf beside the blue one and red")


@pytest.mark.slow
@pytest.mark.parametrize("text", ["the cheapest then", "and the cheapest, also in ochre", "now the cheapest"])
def test_a_new_order_takes_the_place_of_the_one_before(assistant: Assistant, text: str) -> None:
    assert {pair for pair in after(assistant, "the tallest jar", text) if pair[1] in ("highest", "lowest")} == {
        ("price", "lowest")
    }
