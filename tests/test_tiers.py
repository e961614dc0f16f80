"""What comes before what: facts, then degrees and what would only be nice to have, then scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever import (
    DEGREE,
    LOWEST,
    Catalogue,
    Field,
    Index,
    Interest,
    Item,
    MemoryEngine,
    Schema,
    SearchConfig,
    build_index,
    is_degree,
    relaxations,
    search,
)
from penchant.retriever.encoding import HashEncoder
from penchant.retriever.ranking.ordering import tiers

SCHEMA = Schema((Field("port", "facet"), Field("rig", "facet"), Field("berths", "number"), Field("knots", "number")))
PORTS, RIGS = ("Brest", "Cadiz", "Malmö"), ("ketch", "sloop", "yawl")
BOATS = [
    Item(f"{port}{rig}{n}", f"{rig} {n}", fields={"port": port, "rig": rig, "berths": 2 + n, "knots": 5 + n})
    for port in PORTS
    for rig in RIGS
    for n in range(3)
]
PAGE = SearchConfig(places=5, most_alike=0)
FAST = Interest("knots", ">= 7", DEGREE, quote="fast", turn=1)


@pytest.fixture(scope="module")
def boats() -> Index:
    return build_index(BOATS, MemoryEngine(), HashEncoder(), SCHEMA)


def shown(index: Index, *wants: Interest, k: int = 5) -> list[Item]:
    return [pick.item for pick in search(index, wants, k, turn=max(i.turn for i in wants), search_config=PAGE).picks]


def test_a_degree_makes_way_for_a_fact(boats: Index) -> None:
    """Three boats of Cadiz make seven knots: the page is of Cadiz, the fast ones first, then by how near they come."""
    page = shown(boats, Interest("port", "Cadiz", quote="Cadiz", turn=1), FAST)
    assert {item.fields["port"] for item in page} == {"Cadiz"}
    assert [item.fields["knots"] for item in page] == [7, 7, 7, 6, 6]


def test_a_degree_bounds_as_long_as_the_page_is_full(boats: Index) -> None:
    assert {item.fields["knots"] for item in shown(boats, FAST)} == {7}
    assert len(shown(boats, FAST, k=9)) == 9


def test_a_limit_in_numbers_bounds_in_any_case(boats: Index) -> None:
    page = shown(boats, Interest("port", "Cadiz"), Interest("knots", ">= 7"))
    assert {item.fields["knots"] for item in page} == {7}
    assert [item.fields["port"] for item in page[:3]] == ["Cadiz"] * 3


def test_a_degree_said_alone_and_last_orders(boats: Index) -> None:
    roomy = Interest("berths", ">= 3", DEGREE, quote="roomy", turn=2)
    page = shown(boats, Interest("port", "Brest", quote="Brest", turn=1), roomy)
    assert [item.fields["berths"] for item in page] == [4, 4, 4, 3, 3]


def test_of_rows_that_lack_one_fact_those_with_what_was_said_first_come_first(boats: Index) -> None:
    ketch, malmo = Interest("rig", "ketch", quote="ketch"), Interest("port", "Malmö", quote="Malmö")
    for first, second, field in ((ketch, malmo, "rig"), (malmo, ketch, "port")):
        said = f"{first.value}, and rather from {second.value}"
        page = shown(boats, first, second, Interest("", said, 0.6, quote=said))
        assert [(item.fields["rig"], item.fields["port"]) for item in page[:3]] == [("ketch", "Malmö")] * 3
        assert {item.fields[field] for item in page} == {first.value}


def test_in_one_part_of_a_sentence_what_fewer_have_outranks() -> None:
    cars = [
        Item(f"{n}", f"Car {n}", fields={"rig": "diesel" if n % 2 else "petrol", "port": "X" if n < 4 else "Y"})
        for n in range(20)
    ]
    index = build_index(cars, MemoryEngine(), HashEncoder(), SCHEMA)
    said = "a diesel X"
    page = shown(
        index,
        Interest("rig", "diesel", quote="diesel"),
        Interest("port", "X", quote="X"),
        Interest("", said, 0.6, quote=said),
    )
    assert [item.fields["port"] for item in page] == ["X"] * 4 + ["Y"]
    assert page[4].fields["rig"] == "diesel"


def test_what_a_thing_is_outranks_a_trait() -> None:
    schema = Schema((Field("land", "facet"), Field("taste", "facet")))
    peru = [Item(f"p{n}", f"Bar {n}", fields={"land": "Peru", "taste": ("sour", "nutty")}) for n in range(6)]
    other = [Item(f"c{n}", f"Bar {n}", fields={"land": "Cuba", "taste": ("fruity",)}) for n in range(3)]
    index = build_index([*peru, *other], MemoryEngine(), HashEncoder(), schema)
    asked = Interest("taste", "fruity", quote="fruity"), Interest("land", "Peru", quote="Peru")
    best = Interest("taste", "fruity", turn=2), Interest("land", "Peru", turn=1)
    for wants in (asked, asked[::-1], best):
        assert [item.fields["land"] for item in shown(index, *wants)[:4]] == ["Peru"] * 4


def test_an_order_is_of_what_lacks_the_fewest_facts(boats: Index) -> None:
    none = Interest("port", "Oslo"), Interest("rig", "yawl"), Interest("berths", "highest")
    assert [(b.fields["rig"], b.fields["berths"]) for b in shown(boats, *none)[:4]] == [("yawl", 4)] * 3 + [("yawl", 3)]


def test_what_would_be_nice_tells_apart_what_holds_as_many_facts(boats: Index) -> None:
    page = shown(boats, Interest("port", "Brest"), Interest("rig", "yawl", 0.5))
    assert [(item.fields["port"], item.fields["rig"]) for item in page[:3]] == [("Brest", "yawl")] * 3
    assert {item.fields["port"] for item in page} == {"Brest"}


def test_what_is_wanted_less_comes_last(boats: Index) -> None:
    page = shown(boats, Interest("rig", "sloop", level="less"), Interest("port", "Brest"))
    assert "sloop" not in {item.fields["rig"] for item in page}


def test_a_word_of_few_titles_comes_first_among_equals() -> None:
    named = [
        Item(f"n{n}", f"{'Albatross' if n in (3, 8) else 'Boat'} {n}", fields={"port": "Brest"}) for n in range(30)
    ]
    index = build_index(named, MemoryEngine(), HashEncoder(), SCHEMA)
    page = shown(index, Interest("port", "Brest"), Interest("", "albatross", 0.1))
    assert {item.id for item in page[:2]} == {"n3", "n8"}
    assert len(page) == 5


@pytest.mark.parametrize(("said", "both"), [("nutty or fruity", False), ("nutty and fruity", True)])
def test_values_said_as_a_choice_are_one_wish(said: str, both: bool) -> None:
    schema = Schema((Field("taste", "facet"),))
    bars = [Item("one", "One", fields={"taste": ("nutty",)}), Item("two", "Two", fields={"taste": ("nutty", "fruity")})]
    asked = [Interest("taste", v, quote=v) for v in ("nutty", "fruity")] + [Interest("", said, 0.6, quote=said)]
    one, two = tiers(asked, Catalogue(bars, schema))
    assert bool(two > one) is both


def test_no_way_out_is_offered_by_a_degree_that_made_way(boats: Index) -> None:
    never = Interest("port", "Cadiz", level="never")
    assert [way.key for way in relaxations(boats, [never, FAST])] == [never.key]
    order = Interest("berths", "highest")
    assert {way.key for way in relaxations(boats, [never, FAST, order])} == {never.key, FAST.key}


wishes = st.lists(
    st.one_of(
        st.builds(
            Interest, st.just("port"), st.sampled_from(PORTS), st.sampled_from((0.5, 1.0)), turn=st.integers(0, 2)
        ),
        st.builds(Interest, st.just("rig"), st.sampled_from(RIGS), st.sampled_from((0.7, 1.0)), turn=st.integers(0, 2)),
        st.builds(
            Interest, st.just("knots"), st.sampled_from((">= 6", "<= 5")), st.just(DEGREE), turn=st.integers(0, 2)
        ),
    ),
    max_size=5,
)


@given(wishes)
def test_more_facts_of_one_turn_always_come_first(said: list[Interest]) -> None:
    """Whatever degrees and hopes there are besides."""
    facts = [i for i in said if i.strength == 1 and i.turn == 0]
    catalogue = Catalogue(BOATS, SCHEMA)
    asked = [*facts, *(i for i in said if i.strength < 1)]
    fields = {i.facet for i in facts}
    values = {(i.facet, i.value) for i in facts}
    counts = np.array([sum((f, item.fields[f]) in values for f in fields) for item in BOATS])
    levels = tiers(asked, catalogue)
    for count in set(counts.tolist()):
        assert levels[counts > count].min(initial=np.inf) > levels[counts == count].max()


def test_only_a_wanted_range_of_less_than_full_strength_is_a_degree() -> None:
    assert is_degree(FAST, SCHEMA)
    for other in (Interest("knots", ">= 7"), Interest("knots", "highest", DEGREE), Interest("port", "Brest", DEGREE)):
        assert not is_degree(other, SCHEMA)
    assert not is_degree(Interest("knots", ">= 7", DEGREE, "never"), SCHEMA)
    assert not is_degree(Interest("knots", ">= 7", 0.5, source="profile"), SCHEMA)


def test_an_order_is_among_what_is_called_so_where_that_makes_most_of_a_page() -> None:
    """Three of forty are gloves, and dearer than the rest; of two tools that say so the page is not made."""
    names = [*["wool gloves"] * 3, *["brass lamp"] * 2, *(f"silk tie {n}" for n in range(35))]
    items = [Item(str(n), name, fields={"price": 90.0 - n}) for n, name in enumerate(names)]
    index = build_index(items, MemoryEngine(), HashEncoder(), Schema((Field("price", "number", unit="EUR"),)))
    cheapest = Interest("price", LOWEST, quote="the cheapest", turn=1)

    def titles(phrase: str) -> list[str]:
        return [item.title for item in shown(index, cheapest, Interest("", phrase, 0.1, quote=phrase, turn=1))]

    assert titles("gloves") == ["wool gloves"] * 3
    assert "brass lamp" not in titles("lamp") and len(titles("lamp")) == 5
    assert len(titles("guitar")) == 5
