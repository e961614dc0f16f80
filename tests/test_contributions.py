"""The reason for a pick is its score: shares add up, for whatever interests, to what a dense product gives."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from penchant.retriever import MENTION, Index, Interest, SearchConfig, search

from .conftest import GENRES, exact_scores, make_items

ITEMS = make_items(120, seed=1)  # the items of small_index
VALUES = {name: sorted({v for item in ITEMS for v in item.values(name)}) for name in ("themes", "people", "language")}
VALUES |= {"genres": list(GENRES), "": ["war and peace", "drama3 comedy5", "unheard of", "", "the"]}
VALUES["kind"] = ["film", "book", "record"]
VALUES["year"] = ["1990..1999", ">= 2000", "< 1980", "2001"]


@st.composite
def interests(draw: st.DrawFn) -> Interest:
    facet = draw(st.sampled_from([*VALUES, MENTION, "no such field"]))
    knobs = {
        "strength": draw(st.floats(0.05, 1)),
        "level": draw(st.sampled_from(["want", "want", "want", "less", "never"])),
        "parked": draw(st.sampled_from([False, False, False, True])),
        "turn": draw(st.integers(0, 3)),
    }
    if facet == MENTION:
        item = draw(st.sampled_from(ITEMS))
        return Interest(MENTION, item.title, item=draw(st.sampled_from([item.id, item.id, "gone"])), **knobs)
    return Interest(
        facet, draw(st.sampled_from([*VALUES.get(facet, []), "Unknown Value"][: facet != "year" or 4])), **knobs
    )


@pytest.mark.parametrize("scan", [1000, 0], ids=["all scored", "lanes"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(interests(), max_size=7))
def test_shares_add_up_to_the_exact_score(small_index: Index, scan: int, asked: list[Interest]) -> None:
    results = search(small_index, asked, k=20, turn=3, search_config=SearchConfig(scan=scan))
    exact = exact_scores(small_index, asked, turn=3)
    labels = {interest.label for interest in asked} | {"prior"}
    for pick in results.picks:
        assert sum(share.value for share in pick.shares) == pytest.approx(pick.score, abs=1e-5)
        assert pick.score == pytest.approx(exact[small_index.catalogue.row[pick.item.id]], abs=1e-5)
        assert {share.interest for share in pick.shares} <= labels


def test_shares_by_hand(small_index: Index) -> None:
    item = next(
        i for i in small_index.catalogue.items if len(i.values("people")) > 1 and i.values("genres") == ("drama",)
    )
    person = item.values("people")[0]
    asked = [Interest("people", person.upper()), Interest("genres", "drama", level="less")]
    picks = search(small_index, asked, k=120, search_config=SearchConfig(balance=0)).picks
    found = next(pick for pick in picks if pick.item.id == item.id)
    shares = {(share.interest, share.block): share.value for share in found.shares}
    assert shares[f"people: {person.upper()}", "identity"] == pytest.approx(1)
    assert shares["genres: drama", "genres"] == pytest.approx(-0.5)
    assert 0 < shares["prior", "prior"] <= 0.1
    assert list(map(abs, shares.values())) == sorted(map(abs, shares.values()), reverse=True)


def test_who_does_not_bear_the_name_gets_nothing_for_it(small_index: Index) -> None:
    person = ITEMS[0].values("people")[0]
    for pick in search(small_index, [Interest("people", person)], k=120).picks:
        share = [s.value for s in pick.shares if s.block == "identity"]
        assert share == ([pytest.approx(1)] if person in pick.item.values("people") else [])


def test_a_name_is_found_in_whichever_name_field(small_index: Index) -> None:
    item = next(i for i in ITEMS if i.values("people"))
    picks = search(small_index, [Interest("language", item.values("people")[0])], k=1).picks
    assert item.values("people")[0] in picks[0].item.values("people")
