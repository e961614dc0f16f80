"""Wishes written from a catalogue: what is in them, whom they fall short of, and what is kept of what they teach."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever import Field, Index, Item, Schema, SentenceEncoder, build_index
from penchant.retriever.catalogue import Catalogue, Rating
from penchant.retriever.errors import TrainingError
from penchant.retriever.training.metrics import FigureChange
from penchant.retriever.training.outcome import Trained
from penchant.retriever.training.unlabelled import adapt, adaptation, written_ratings
from penchant.retriever.training.unlabelled.aspects import Marks, pieces_of, values_of, words_of

from .small_bert import save_small_bert
from .test_training import ITEMS, WORDS, no_bars, training

FILMS = [
    Item("a", "Alpha", fields={"genres": ("horror", "war"), "themes": ("grief", "sea"), "plot": "Slow, at night."}),
    Item(
        "b",
        "Beta",
        fields={"genres": ("horror", "comedy"), "themes": ("grief", "sea"), "plot": "A red car."},
    ),
    Item("c", "Gamma", fields={"genres": ("comedy",), "themes": ("love",), "plot": "Two dogs meet; nobody is bitten."}),
    Item("d", "Delta", fields={"genres": ("war",), "themes": ("love", "grief"), "plot": "Letters from a cold place."}),
]


SCHEMA = Schema((Field("genres", "facet"), Field("themes", "facet"), Field("plot", "text")))


def catalogue_of(items: list[Item]) -> Catalogue:
    return Catalogue(items, SCHEMA)


def nothing(done: int, total: int) -> None:
    pass


def written(items: list[Item], seed: int = 0, most: int = 100) -> list[Rating]:
    return written_ratings(catalogue_of(items), most, seed, nothing)


@given(st.integers(0, 50))
def test_the_item_answers_its_wish_and_the_other_has_another_item_but_not_all_of_it(seed: int) -> None:
    ratings = written(FILMS, seed)
    by_wish: defaultdict[tuple[str, str], dict[float, set[str]]] = defaultdict(lambda: defaultdict(set))
    for rating in ratings:
        by_wish[rating.user, rating.queries[0]][rating.rating].add(rating.item)
    for (user, _), found in by_wish.items():
        assert found[1.0] == {user} and user not in found[0.0]
    assert {rating.user for rating in ratings} == set("abcd")


def test_who_falls_short_has_all_but_one_where_somebody_has() -> None:
    catalogue = catalogue_of(FILMS)
    asked = frozenset({("genres", "horror"), ("themes", "grief"), ("genres", "war")})
    assert catalogue.items[Marks(catalogue).short_of(asked, random.Random(0)) or 0].id in "bd"
    alone = frozenset({("genres", "horror"), ("genres", "comedy")})
    assert {Marks(catalogue).short_of(alone, random.Random(n)) for n in range(20)} == {0, 2}
    assert Marks(catalogue).short_of(frozenset({("", "slow")}), random.Random(0)) is None


@given(st.lists(st.sets(st.sampled_from("uvwxyz"), min_size=1), min_size=2, max_size=12), st.randoms())
def test_nobody_who_has_it_all_falls_short_and_nobody_else_is_nearer(sets: list[set[str]], rng: random.Random) -> None:
    catalogue = catalogue_of([Item(f"i{n}", "Film", fields={"genres": tuple(tags)}) for n, tags in enumerate(sets)])
    row = Marks(catalogue).short_of(frozenset(("genres", tag) for tag in sets[0]), rng)
    nearest = max((len(sets[0] & tags) for tags in sets if not sets[0] <= tags), default=0)
    if row is None:
        assert nearest == 0
    else:
        assert not sets[0] <= sets[row] and len(sets[0] & sets[row]) == nearest


def test_pieces_are_words_in_a_row_of_one_clause() -> None:
    catalogue = catalogue_of(FILMS)
    for n in range(30):
        for piece in pieces_of(FILMS[2], catalogue, 2, random.Random(n)):
            assert piece.text in ("Two dogs meet", "nobody is bitten") and piece.marks == words_of(piece.text)


def test_rarer_values_come_first() -> None:
    assert [aspect.text for aspect in values_of(FILMS[0], catalogue_of(FILMS))][-1] == "grief"


def test_titles_alone_are_enough_and_the_same_seed_writes_the_same() -> None:
    items = [Item(f"i{n}", title) for n, title in enumerate(("Clam chowder with baby clams", "Racks of lamb, baked"))]
    assert written(items, 3) == written(items, 3) != written(items, 4)
    said = {rating.queries[0] for rating in written(items)}
    assert any("clam" in wish.casefold() for wish in said) and any("lamb" in wish for wish in said)


def test_at_most_so_many_items_are_written_of() -> None:
    assert len({rating.user for rating in written(FILMS, most=2)}) == 2


def test_a_catalogue_without_words_is_refused() -> None:
    with pytest.raises(TrainingError, match="no item of the catalogue has words"):
        written([Item(f"i{n}", "  ") for n in range(20)])


# adapting


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    base = save_small_bert(tmp_path_factory.mktemp("base"), WORDS)
    return build_index(ITEMS, tmp_path_factory.mktemp("index"), SentenceEncoder(str(base)))


@pytest.mark.slow
@pytest.mark.extra("train")
@pytest.mark.parametrize(
    ("lows", "highs", "kept"),
    [((0.1, -0.1), (0.2, 0.1), True), ((-0.1, -0.1), (0.1, 0.1), False), ((0.1, -0.2), (0.2, -0.1), False)],
    ids=["one rose", "none rose", "one fell"],
)
def test_only_what_is_better_is_kept(
    tmp_path: Path,
    index: Index,
    monkeypatch: pytest.MonkeyPatch,
    lows: tuple[float, float],
    highs: tuple[float, float],
    kept: bool,
) -> None:
    """As if training had changed the two figures so."""
    changes = tuple(FigureChange("x", 0.5, 0.5, low, high, 9) for low, high in zip(lows, highs, strict=True))
    whole = adaptation.train

    def trained(*asked: object) -> Trained:
        found = whole(*asked)  # type: ignore[arg-type]
        return replace(found, assessment=replace(found.assessment, changes=changes))

    monkeypatch.setattr(adaptation, "train", trained)
    found = adapt(index, tmp_path / "new", training(loss="contrastive", epochs=0.2), 20, no_bars)
    assert found.kept is kept and (tmp_path / "new").exists() is kept
    if kept:
        card = (tmp_path / "new" / "README.md").read_text(encoding="utf-8")
        assert "## Written wishes" in card and not (tmp_path / "new" / "calibration.json").exists()
        assert SentenceEncoder(str(tmp_path / "new")).fingerprint != index.encoder.fingerprint


@pytest.mark.slow
@pytest.mark.extra("train")
def test_it_learns_which_items_a_wish_is_of(tmp_path: Path, index: Index) -> None:
    """A base of random weights cannot tell values apart; on wishes of other items it can then."""
    found = adapt(index, tmp_path / "new", training(loss="contrastive", epochs=6), 36, no_bars)
    split = found.trained.data.split
    assert {e.person for e in split.train}.isdisjoint(e.person for e in (*split.validation, *split.test))
    losses = [loss for _, loss in found.trained.fit.validation]
    assert min(losses) < losses[0]
