"""A view of an index without some items finds what an index finds that was built without them; and what an owner adds
to a score is a share like any other."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.retriever import Index, Interest, MemoryEngine, build_index, counterfactual, first_page, search
from penchant.retriever.ranking import OWNER_KEY, PUT_FORWARD, score_items

from .conftest import HashEncoder, make_items

ITEMS = make_items(60)
IDS = [item.id for item in ITEMS]
WISHES = (Interest("genres", "drama"), Interest("", "a comedy of manners"), Interest("genres", "war", level="never"))


@pytest.fixture(scope="module")
def index() -> Index:
    return build_index(ITEMS, MemoryEngine(), HashEncoder())


@settings(max_examples=30)
@given(st.sets(st.sampled_from(IDS), max_size=50), st.sets(st.sampled_from(IDS[:9])))
def test_it_is_as_if_the_items_had_been_removed(index: Index, gone: set[str], also: set[str]) -> None:
    view = index.without(gone).without(also)
    left = [item for item in index.catalogue.items if item.id not in gone | also]
    assert list(view.catalogue.items) == left and list(view.priors) == [item.id for item in left]
    whole = {pick.item.id: pick.score for pick in score_items(index, WISHES, [item.id for item in left])}
    for k, found in product((3, 60), (search, first_page)):
        picks = found(view, WISHES, k).picks
        assert {pick.item.id for pick in picks} <= set(whole)
        assert [pick.score for pick in picks] == pytest.approx([whole[pick.item.id] for pick in picks])
    assert len(index.catalogue) == len(ITEMS)


def test_what_the_owner_adds_is_a_share(index: Index) -> None:
    last = search(index, WISHES, 60).picks[-1]
    other = index.put_forward({last.item.id: 0.3})
    (pick,) = (pick for pick in search(other, WISHES, 60).picks if pick.item.id == last.item.id)
    (share,) = (share for share in pick.shares if share.key == OWNER_KEY)
    assert (share.value, share.interest) == (0.3, PUT_FORWARD)
    assert pick.score == pytest.approx(last.score + 0.3) and sum(s.value for s in pick.shares) == pytest.approx(
        pick.score
    )
    before, after = (counterfactual(one, WISHES, last.item.id) for one in (index, other))
    assert after.place < before.place and after.pick.score == pytest.approx(pick.score)
    assert not any(s.key == OWNER_KEY for p in search(index, WISHES, 60).picks for s in p.shares)


def test_what_the_owner_puts_forward_is_looked_at_and_passes_the_same_gates(index: Index) -> None:
    """In the smallest search too; and no amount shows what the person rules out."""
    wars = [item.id for item in ITEMS if "war" in item.values("genres")]
    forward = search(index, WISHES, 60).picks[-1].item.id
    other = index.without([]).put_forward(dict.fromkeys([*wars, forward], 0.3))
    assert not {pick.item.id for pick in search(other, WISHES, 60).picks} & set(wars)
    assert other.without([forward]).boosts.shape == (len(ITEMS) - 1,)
