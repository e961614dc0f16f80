"""Thumbs: marks, what comes back and what does not, reasons that lapse, and the online update of weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import (
    Assistant,
    FeedbackError,
    Mark,
    Reason,
    Session,
    Understanding,
    feedback,
    merge,
    reasons,
    set_mode,
    undo,
)
from penchant.assistant.session.feedback import RATE, reweighted
from penchant.assistant.session.state_update import FOR_NOW
from penchant.retriever import (
    MENTION,
    Catalogue,
    CompositionConfig,
    Field,
    Interest,
    Item,
    Pick,
    Schema,
    Share,
    build_index,
    softmax_weights,
)
from penchant.retriever.ranking import PRIOR_KEY

from .conftest import HashEncoder

SCHEMA = Schema(
    (Field("kind", "category"), Field("genres", "facet"), Field("minutes", "number"), Field("votes", "number"))
)
SCHEMA = replace(SCHEMA, prior="votes")
ITEMS = [
    Item("a", "Alien", fields={"kind": "film", "genres": ("horror", "space"), "minutes": 117, "votes": 9}),
    Item("b", "Brazil", fields={"kind": "film", "genres": ("satire",), "minutes": 132, "votes": 5}),
    Item("c", "Clue", fields={"kind": "film", "genres": ("comedy",), "minutes": 94, "votes": 3}),
    Item("d", "Dune", fields={"kind": "book", "genres": ("space",), "minutes": 900, "votes": 7}),
]
CATALOGUE = Catalogue(ITEMS, SCHEMA)
COMEDY, SPACE = Interest("genres", "comedy", 0.6), Interest("genres", "space", 0.6)
SESSION = Session("s", 0, (COMEDY, SPACE))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(build_index(ITEMS, tmp_path_factory.mktemp("index"), HashEncoder(), SCHEMA))


def shown(assistant: Assistant, session: Session) -> set[str]:
    return {pick.item.id for pick in assistant.answer(session, 10).picks}


def test_what_was_judged_does_not_come_back(assistant: Assistant) -> None:
    session = SESSION
    for verdict, item in (("dislike", "a"), ("seen", "b"), ("later", "c"), ("like", "d")):
        session = feedback(session, verdict, item, CATALOGUE)
    assert shown(assistant, session) == set()
    assert shown(assistant, set_mode(session, "both")) == {"b", "d"}
    assert shown(assistant, set_mode(session, "seen")) == {"b", "d"}
    new_topic = merge(session, Understanding("new_topic", (Interest("genres", "satire"),)), "", SCHEMA, 0.6)
    assert shown(assistant, new_topic) == {"c"}
    assert shown(assistant, feedback(session, "clear", "a", CATALOGUE)) == {"a"}


def test_a_liked_pick_becomes_a_mentioned_item() -> None:
    liked = feedback(SESSION, "like", "a", CATALOGUE)
    assert liked.interests[-1].facet == MENTION and liked.interests[-1].item == "a"
    assert liked.marks == (Mark("a", "liked"),) and liked.diffs[-1].quote == "like: Alien"
    assert feedback(liked, "dislike", "a", CATALOGUE).interests == SESSION.interests
    assert replace(undo(liked), undone=()) == SESSION


def test_a_like_multiplies_weights_by_the_exponent_of_the_match() -> None:
    """Worked by hand: w = (1/2, 1/2), x = (0, 0.4), so w' = 1 : exp(0.4 rate)."""
    pick = Pick(
        ITEMS[3], 0.2, (Share(SPACE.label, "genres", 0.15, SPACE.key), Share(SPACE.label, "text", 0.05, SPACE.key))
    )
    after = reweighted(SESSION, pick, CATALOGUE, CompositionConfig())
    comedy, space = softmax_weights(after, SCHEMA, 0, CompositionConfig())
    assert space / comedy == pytest.approx(np.exp(0.4 * RATE))


@given(st.lists(st.floats(0.3, 0.8), min_size=2, max_size=5), st.data())
def test_a_like_never_lowers_the_weight_of_what_matched_best(strengths: list[float], data: st.DataObject) -> None:
    interests = tuple(Interest("genres", f"g{n}", s) for n, s in enumerate(strengths))
    weights = softmax_weights(interests, SCHEMA, 0, CompositionConfig())
    match = data.draw(st.lists(st.floats(0, 0.5), min_size=len(weights), max_size=len(weights)))
    shares = tuple(Share(i.label, "genres", w * x, i.key) for i, w, x in zip(interests, weights, match, strict=True))
    after = reweighted(Session("s", 0, interests), Pick(ITEMS[0], 0.0, shares), CATALOGUE, CompositionConfig())
    moved = softmax_weights(after, SCHEMA, 0, CompositionConfig())
    best = int(np.argmax(match))
    assert moved[best] >= weights[best] - 1e-9 and moved.sum() == pytest.approx(1)
    assert all(0.05 <= i.strength <= 1 for i in after)


def test_of_two_films_of_one_name_a_like_moves_only_the_one_that_matched() -> None:
    old, new = (Interest(MENTION, "Dune", item=item) for item in ("dune-1984", "dune-2021"))
    pick = Pick(ITEMS[3], 0.3, (Share(new.label, "text", 0.3, new.key),))
    after = reweighted(Session("s", 0, (old, new)), pick, CATALOGUE, CompositionConfig(temperature=0.05))
    assert after[1].strength > after[0].strength


def test_the_popularity_of_an_item_is_no_match_for_a_phrase() -> None:
    """An interest in the word "prior" is called as the prior's share is."""
    phrase = Interest("", "prior", 0.5)
    pick = Pick(ITEMS[3], 0.4, (Share("prior", "prior", 0.4, PRIOR_KEY), Share(SPACE.label, "genres", 0.1, SPACE.key)))
    moved = reweighted(Session("s", 0, (phrase, replace(SPACE, strength=0.5))), pick, CATALOGUE, CompositionConfig())
    assert moved[1].strength > moved[0].strength


def test_the_weights_of_a_like_are_those_of_now() -> None:
    """A faded interest starts from what age has left of it."""
    old = replace(SESSION, turn=2)
    pick = Pick(ITEMS[3], 0.2, (Share(SPACE.label, "genres", 0.2, SPACE.key),))
    moved = reweighted(old, pick, CATALOGUE, CompositionConfig())
    assert sum(i.strength for i in moved) == pytest.approx(2 * 0.6 * 0.6**2) and {i.turn for i in moved} == {2}


def test_reasons_are_the_items_own(assistant: Assistant) -> None:
    assert reasons(ITEMS[0], CATALOGUE) == (
        Reason("kind", "film"),
        Reason("genres", "horror"),
        Reason("genres", "space"),
        Reason("minutes", "more"),
        Reason("minutes", "less"),
    )


def test_a_reason_binds_to_its_facet_for_now_and_lapses(assistant: Assistant) -> None:
    too_long = feedback(SESSION, "dislike", "b", CATALOGUE, reason=Reason("minutes", "more"))
    assert too_long.interests[-1].label == "minutes: >= 132" and too_long.interests[-1].level == "never"
    assert shown(assistant, too_long) == {"a", "c"}
    session = too_long
    for turn in range(1, FOR_NOW + 1):
        assert "d" not in shown(assistant, session), turn
        session = merge(session, Understanding("refine", (Interest("genres", "space"),)), "", SCHEMA, 0.6)
    assert "d" in shown(assistant, session) and "b" not in shown(assistant, session)


def test_a_reason_about_a_value_is_a_less() -> None:
    after = feedback(SESSION, "dislike", "a", CATALOGUE, reason=Reason("genres", "horror"))
    assert (after.interests[-1].value, after.interests[-1].level) == ("horror", "less")


@pytest.mark.parametrize("reason", [Reason("genres", "comedy"), Reason("minutes", "long"), Reason("votes", "more")])
def test_a_reason_that_the_item_does_not_have_is_refused(reason: Reason) -> None:
    with pytest.raises(FeedbackError, match="Alien"):
        feedback(SESSION, "dislike", "a", CATALOGUE, reason=reason)


def test_an_unknown_item_is_refused() -> None:
    with pytest.raises(FeedbackError, match="no item 'z'"):
        feedback(SESSION, "like", "z", CATALOGUE)


def test_what_is_liked_moves_the_page_and_is_not_on_it(assistant: Assistant) -> None:
    """What it is like counts; the item itself is known, and does not come back with the next wish either."""
    liked = feedback(SESSION, "like", "a", CATALOGUE)
    assert "a" not in shown(assistant, liked) and shown(assistant, liked)
    assert "a" not in {pick.item.id for pick in assistant.reply("more", assistant.answer(liked).session).picks}
    assert liked.interests[-1].item == "a" and liked.interests[-1].level == "want"
