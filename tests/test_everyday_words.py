"""Everyday words that are values of one catalogue, and what most of it is called, which is a value of none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from penchant.assistant import Assistant, Session
from penchant.retriever import DEFAULT_MODEL, Item, MemoryEngine, build_index
from penchant.retriever.encoding import encoder_named


def assistant(items: Sequence[Item]) -> Assistant:
    return Assistant(build_index(items, MemoryEngine(), encoder_named(DEFAULT_MODEL)), k=5)


@pytest.fixture(scope="module")
def shop() -> Assistant:
    kinds = ("Music", "Video", "Travel", "Finance", "Weather")
    return assistant([Item(str(n), f"Tool {n}", fields={"genre": (kinds[n % 5],)}) for n in range(60)])


@pytest.fixture(scope="module")
def dairy() -> Assistant:
    families = ("Blue", "Cheddar", "Brie", "Swiss Cheese")
    named = ("Moor Blue Cheese", "Old Barn Cheddar", "River Brie Cheese", "Alpine Wheel")
    rows = [Item(str(n), f"{named[n % 4]} {n}", fields={"family": (families[n % 4],)}) for n in range(60)]
    return assistant(rows)


@pytest.fixture(scope="module")
def library() -> Assistant:
    writers = ("Ada Quill", "Bram Thorne", "Cleo Marsh")
    return assistant([Item(str(n), f"Volume {n}", fields={"author": (writers[n % 3],)}) for n in range(30)])


def heard(made: Assistant, said: str) -> list[tuple[str, str, str]]:
    understood, _ = made.hear(said, Session())
    return [(i.facet, i.value, i.level) for i in understood.interests if i.facet]


@pytest.mark.slow
@pytest.mark.parametrize("said", ["music apps", "something with music", "music"])
def test_a_word_that_says_nothing_elsewhere_is_a_value_where_the_catalogue_has_it(shop: Assistant, said: str) -> None:
    assert [one for one in heard(shop, said) if one[0] == "genre"]


@pytest.mark.slow
def test_it_is_refused_as_others_are(shop: Assistant) -> None:
    assert ("genre", "Music", "never") in heard(shop, "no music apps please")


@pytest.mark.slow
@pytest.mark.parametrize("said", ["which cheese is the best of all", "some cheese for a picnic", "three cheeses"])
def test_what_most_is_called_is_no_value(dairy: Assistant, said: str) -> None:
    assert ("family", "Swiss Cheese", "want") not in heard(dairy, said)


@pytest.mark.slow
def test_but_the_value_is_meant_by_its_name(dairy: Assistant) -> None:
    assert ("family", "Swiss Cheese", "want") in heard(dairy, "a swiss cheese")


@pytest.mark.slow
@pytest.mark.parametrize(
    "said", ["What has Ada Quill written?", "Do you know about Ada Quill?", "What do you think of Ada Quill?"]
)
def test_who_asks_about_somebody_before_anything_is_shown_wants_what_is_theirs(library: Assistant, said: str) -> None:
    assert ("author", "Ada Quill", "want") in heard(library, said)


@pytest.mark.slow
def test_of_two_bounds_of_one_side_the_last_counts() -> None:
    rows = [
        Item(str(n), f"Lamp {n}", fields={"price": 5 + n * 7 % 30, "genre": (("desk", "floor")[n % 2],)})
        for n in range(40)
    ]
    said = heard(assistant(rows), "under 30, or rather under 20")
    assert [value for facet, value, _ in said if facet == "price"] == ["< 20"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "facet"),
    [("under 50", "now_price"), ("the cheapest", "now_price"), ("with a list price under 50", "list_price")],
)
def test_what_is_paid_is_the_lower_of_two_prices(said: str, facet: str) -> None:
    prices = [(20 + n * 7 % 60, n) for n in range(40)]
    rows = [
        Item(str(n), f"Lamp {n}", fields={"list_price": p, "now_price": p - n % 4, "shade": (("red", "blue")[n % 2],)})
        for p, n in prices
    ]
    assert [one for one, _, _ in heard(assistant(rows), said) if one.endswith("price")] == [facet]


@pytest.mark.slow
def test_who_asks_to_be_shown_something_wants_it_though_no_model_knows_the_words(shop: Assistant) -> None:
    understood, _ = shop.hear("Show me your zurbles", Session())
    assert understood.intent == "recommend" and understood.interests


@pytest.mark.slow
def test_a_word_for_most_of_what_is_known_tells_nothing() -> None:
    """Where most seasons are not known, still all that are known are plants."""
    seasons = ("annual", "perennial", "shrub")
    rows = [
        Item(
            str(n),
            f"Green {n}",
            fields={"soil": (("clay", "sand")[n % 2],), "season": (seasons[n % 3],) if n % 3 == 0 else ()},
        )
        for n in range(60)
    ]
    assert not [one for one in heard(assistant(rows), "two plants for sand") if one[0] == "season"]


@pytest.mark.slow
def test_what_the_things_are_called_is_no_value_of_a_few() -> None:
    genres = ("drama", "comedy", "Movie")
    rows = [Item(str(n), f"Reel {n}", fields={"genre": (genres[2 if n in (7, 9) else n % 2],)}) for n in range(120)]
    made = assistant(rows)
    assert heard(made, "could you recommend some movies that are comedy") == [("genre", "comedy", "want")]
    assert heard(made, "movies") == []
