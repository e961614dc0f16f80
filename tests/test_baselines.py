"""Peers on a catalogue small enough to know what each must find, and to compute their formulas by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from penchant.assistant import Assistant
from penchant.assistant.evaluation.baselines import NAMES, Baselines, chosen
from penchant.assistant.evaluation.replay import Case, Player
from penchant.retriever import Item, PenchantError, build_index

from .conftest import HashEncoder

ITEMS = [
    Item("space", "Far", "comedy robots planets", {"genres": ("comedy", "adventure")}),
    Item("court", "Verdict", "drama lawyers judges", {"genres": ("drama",)}),
    Item("ghost", "Attic", "horror ghosts cellar", {"genres": ("horror",)}),
    Item("clown", "Circus", "comedy clowns tents", {"genres": ("comedy",)}),
    Item("slasher", "Knife", "horror clowns knives", {"genres": ("horror", "comedy")}),
]


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory) -> Player:
    return Player(Assistant(build_index(ITEMS, tmp_path_factory.mktemp("index"), HashEncoder(256))))


def case(*said: str, hidden: frozenset[str] = frozenset(), candidates: tuple[str, ...] = ()) -> Case:
    none = frozenset[str]()
    return Case("c", "d", tuple(("user", text) for text in said), none, hidden, none, candidates)


def first(player: Player, name: str, asked: Case) -> str:
    return Baselines(player)[name].rank(asked)[0][0]


@pytest.mark.parametrize("name", NAMES)
def test_every_peer_finds_what_is_asked_for_in_its_words(player: Player, name: str) -> None:
    assert first(player, name, case("lawyers judges")) == "court"


@pytest.mark.parametrize("name", NAMES)
def test_hidden_items_are_not_ranked_and_scores_count_down(player: Player, name: str) -> None:
    ranking = Baselines(player)[name].rank(case("lawyers judges", hidden=frozenset({"court"})))
    assert "court" not in dict(ranking)
    assert [score for _, score in ranking] == list(range(len(ranking), 0, -1))


@pytest.mark.parametrize("name", NAMES)
def test_a_candidate_is_chosen_among_the_candidates(player: Player, name: str) -> None:
    peer = Baselines(player)[name]
    assert peer.choose(case("clowns tents", candidates=("court", "ghost", "clown"))) == "clown"


def test_the_last_turn_alone_or_all_of_them(player: Player) -> None:
    asked = case("lawyers judges", "ghosts")
    assert first(player, "last-turn", asked) == first(player, "bm25-last", asked) == "ghost"
    assert first(player, "dialogue", asked) == first(player, "bm25", asked) == "court"


def test_the_other_sides_turns_are_read_by_those_that_are_called_so(player: Player) -> None:
    """The person says yes to what the other side has named."""
    turns = (("user", "ghosts"), ("assistant", "lawyers judges perhaps"), ("user", "yes please"))
    asked = replace(case(), turns=turns)
    for name in ("bm25-last-both", "last-turn-both", "self-query-both", "qdrant-average-both", "qdrant-best-both"):
        assert first(player, name, asked) == "court"
    assert first(player, "bm25-person", asked) == first(player, "dialogue-person", asked) == "ghost"
    assert first(player, "bm25", asked) == first(player, "mean-turns-both", asked) == "court"


def test_the_last_exchange_ends_where_the_person_spoke_before(player: Player) -> None:
    """What the other side said earlier is no part of it; a first message is an exchange by itself."""
    turns = (("assistant", "clowns"), ("user", "ghosts cellar"), ("assistant", "well"), ("user", "lawyers judges"))
    for n, found in ((2, "ghost"), (4, "court")):
        assert first(player, "bm25-last-both", replace(case(), turns=turns[:n])) == found
    assert first(player, "bm25-last-both", replace(case(), turns=())) in {item.id for item in ITEMS}


def test_the_mean_of_turns(player: Player) -> None:
    encode, asked = player.index.encoder.encode, case("lawyers judges", "ghosts cellar horror")
    query = encode([text for _, text in asked.turns]).mean(axis=0)
    expected = [ITEMS[n].id for n in np.argsort(-encode([i.text for i in ITEMS]) @ query, kind="stable")]
    assert [item for item, _ in Baselines(player)["mean-turns"].rank(asked)] == expected


def test_self_query_filters_by_the_known_values_of_the_last_message(player: Player) -> None:
    peer = Baselines(player)["self-query"]
    assert {item for item, _ in peer.rank(case("I like drama", "a comedy about robots"))} == {
        "space",
        "clown",
        "slasher",
    }
    assert {item for item, _ in peer.rank(case("a comedy, no horror"))} == {"space", "clown"}
    # No item holds both, so the filter is dropped.
    assert len(peer.rank(case("drama and adventure"))) == len(ITEMS)


def test_qdrant_average_vector_is_its_published_formula(player: Player) -> None:
    encode, asked = player.index.encoder.encode, case("clowns, no horror")
    texts, (message, rejected) = encode([i.text for i in ITEMS]), encode(["clowns, no horror", "horror"])
    scores = texts @ (2 * message - rejected)
    expected = [ITEMS[n].id for n in np.argsort(-scores, kind="stable")]
    assert [i for i, _ in Baselines(player)["qdrant-average"].rank(asked)] == expected


def test_qdrant_best_score_is_its_published_formula(player: Player) -> None:
    encode, asked = player.index.encoder.encode, case("clowns, no horror")
    texts, (message, rejected) = encode([i.text for i in ITEMS]), encode(["clowns, no horror", "horror"])
    liked, disliked = texts @ message, texts @ rejected
    expected = [ITEMS[n].id for n in np.argsort(-np.where(liked > disliked, liked, -(disliked**2)), kind="stable")]
    assert [i for i, _ in Baselines(player)["qdrant-best"].rank(asked)] == expected


def test_mentioned_items_are_examples(player: Player) -> None:
    """Named and liked: what shares its words comes first, though the message shares none with it."""
    asked = case('I loved "Circus"', hidden=frozenset({"clown"}))
    for name in ("qdrant-average", "qdrant-best"):
        assert first(player, name, asked) in ("space", "slasher")


def test_words_that_no_item_has(player: Player) -> None:
    assert len(Baselines(player)["bm25"].rank(case("zyzzyva"))) == len(ITEMS)


def test_all_and_unknown_names() -> None:
    assert chosen(["all"]) == NAMES and chosen([]) == ()
    assert chosen(["last-turn", "bm25", "last-turn"]) == ("last-turn", "bm25")
    with pytest.raises(PenchantError, match=r"'gpt'.*bm25-last"):
        chosen(["bm25", "gpt"])
