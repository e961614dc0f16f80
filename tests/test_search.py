"""What Chroma finds along its lanes against an exact scan of everything, and the corners of a search."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
import pytest

from penchant.retriever import MENTION, OPEN, Index, Interest, Item, SearchConfig, parse_range, search

from .conftest import GENRES, LANGUAGES, exact_scores

K = 50
BY_SCORE = SearchConfig(balance=0, held_first=False)
ASKED = SearchConfig(balance=0, held_first=False, scan=0)
"""The engine is asked wherever it is sure; what is left is compared, never all scored."""


class Asking:
    """Draws interests that a catalogue can answer."""

    def __init__(self, items: list[Item], seed: str) -> None:
        self._items = items
        self._rng = random.Random(seed)

    def item(self) -> Item:
        return self._rng.choice(self._items)

    def value(self, field: str) -> str:
        """As often as the catalogue has it, so common values come more often."""
        return self._rng.choice(next(v for v in iter(lambda: self.item().values(field), None) if v))

    def name(self) -> Interest:
        return Interest("people", self.value("people"))

    def language(self) -> Interest:
        return Interest("language", self._rng.choice(LANGUAGES))

    def genre(self) -> Interest:
        return Interest("genres", self._rng.choice(GENRES))

    def theme(self) -> Interest:
        return Interest("themes", self.value("themes"))

    def text(self) -> Interest:
        words = self.item().values("description")[0].split()
        return Interest(OPEN, " ".join(self._rng.sample(words, self._rng.randint(3, 6))))

    def mention(self) -> Interest:
        return Interest(MENTION, (item := self.item()).title, item=item.id)


SHAPES: dict[str, Callable[[Asking], list[Interest]]] = {
    "a name": lambda a: [a.name()],
    "two names": lambda a: [a.name(), a.name()],
    "a name of very many": lambda a: [a.language()],
    "a genre": lambda a: [a.genre()],
    "a theme": lambda a: [a.theme()],
    "open text": lambda a: [a.text()],
    "genre and text": lambda a: [a.genre(), a.text()],
    "name and genre": lambda a: [a.name(), a.genre()],
    "language and text": lambda a: [a.language(), a.text()],
    "a mention": lambda a: [a.mention()],
    "mention and genre": lambda a: [a.mention(), a.genre()],
    "less of most": lambda a: [a.genre(), Interest("language", "English", level="less")],
    "everything": lambda a: [
        *(a.name(), a.language(), a.genre(), a.theme(), a.text(), a.mention()),
        Interest("genres", "drama", level="less"),
    ],
}
WAYS = {"few are all scored": SearchConfig(scan=1000), "few are compared": SearchConfig(scan=0)}
GATES = {
    "no gate": [],
    "broad years": [Interest("year", ">= 1990")],
    "narrow years": [Interest("year", "1960..1985")],
    "never a common genre": [Interest("genres", "drama", level="never")],
    "category": [Interest("kind", "book")],
    "few left": [Interest("kind", "book"), Interest("year", "1975..1985")],
}


def passes(item: Item, gate: Interest) -> bool:
    if gate.facet == "year":
        low, high = parse_range(gate.value)
        return low <= item.fields.get("year", np.nan) <= high
    return (gate.value in item.values(gate.facet)) == (gate.level == "want")


@cache
def _passing(index: Index, gate: Interest) -> np.ndarray:
    return np.array([passes(item, gate) for item in index.catalogue.items])


def recall(index: Index, asked: list[Interest], gates: list[Interest], search_config: SearchConfig) -> float:
    """The part of the K picks whose score is at least that of the K-th best of an exact scan."""
    allowed = np.all([np.ones(len(index.catalogue), dtype=bool), *(_passing(index, gate) for gate in gates)], axis=0)
    exact = exact_scores(index, asked + gates)
    best = np.sort(exact[allowed])[-K:]
    rows = [
        index.catalogue.row[pick.item.id] for pick in search(index, asked + gates, K, search_config=search_config).picks
    ]
    assert len(rows) == len(set(rows)) == len(best)
    assert allowed[rows].all()
    return float(np.mean(exact[rows] >= best[0] - 1e-6))


@pytest.mark.slow
@pytest.mark.parametrize("gates", GATES.values(), ids=GATES)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("search_config", [BY_SCORE, ASKED], ids=["the cheaper way", "Chroma asked"])
def test_recall_against_an_exact_scan(
    large_index: Index, shape: str, gates: list[Interest], search_config: SearchConfig
) -> None:
    asking = Asking(list(large_index.catalogue.items), seed=shape)
    found = [recall(large_index, SHAPES[shape](asking), gates, search_config) for _ in range(5 if gates else 10)]
    # Chroma builds its graph in several threads, each time another one; a catalogue of this size is compared whole.
    assert np.mean(found) >= (0.98 if search_config is ASKED else 0.99), [round(r, 2) for r in found]


@pytest.mark.slow
def test_a_gate_that_leaves_out_just_what_is_near(large_index: Index) -> None:
    """What is wanted may not be shown: all that is nearest is behind the gate; the best of the rest is found."""
    asked, gates = [Interest("genres", "drama")], [Interest("genres", "drama", level="never")]
    for search_config in (BY_SCORE, ASKED):
        assert recall(large_index, asked, gates, search_config) == 1


@pytest.mark.slow
def test_every_name_however_rare_is_found_among_other_wishes(large_index: Index) -> None:
    asking = Asking(list(large_index.catalogue.items), seed="rare")
    for _ in range(20):
        name = asking.name()
        bearers = {i.id for i in large_index.catalogue.items if name.value in i.values("people")}
        asked = [name, asking.genre(), asking.text(), asking.mention()]
        assert bearers & {pick.item.id for pick in search(large_index, asked).picks}


def test_lanes_find_what_a_scan_of_all_finds(small_index: Index) -> None:
    asking = Asking(list(small_index.catalogue.items), seed="small")
    for shape in SHAPES.values():
        asked = shape(asking)
        scanned, laned = (search(small_index, asked, 10, search_config=way) for way in WAYS.values())
        assert [pick.item.id for pick in laned.picks] == [pick.item.id for pick in scanned.picks]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("k", [0, 1, 119, 120, 5000])
def test_k(small_index: Index, k: int, way: SearchConfig) -> None:
    picks = search(small_index, [Interest("genres", "drama")], k, search_config=way).picks
    assert len({pick.item.id for pick in picks}) == len(picks) == min(k, 120)


def test_no_interests_show_what_the_prior_prefers(small_index: Index) -> None:
    picks = search(small_index, [], 120).picks
    popularity = [pick.item.fields["popularity"] for pick in picks]
    assert popularity == sorted(popularity, reverse=True)


def test_items_that_the_catalogue_does_not_hold_are_left_out(small_index: Index) -> None:
    asked = [Interest("genres", "drama"), Interest(MENTION, "Gone", item="gone")]
    with_unknown = search(small_index, asked, hidden=["gone too"])
    assert [pick.item.id for pick in with_unknown.picks] == [
        pick.item.id for pick in search(small_index, asked[:1]).picks
    ]
    assert len(with_unknown.weights) == 2


@pytest.mark.parametrize("level", ["less", "never"])
def test_only_unknown_items(small_index: Index, level: str) -> None:
    asked = [Interest(MENTION, "Gone", item="gone", level=level)]
    assert len(search(small_index, asked, 120).picks) == 120


def test_a_mentioned_item_is_like_itself(small_index: Index) -> None:
    for item in list(small_index.catalogue.items)[:20]:
        assert item.id in {pick.item.id for pick in search(small_index, [Interest(MENTION, "", item=item.id)], 3).picks}


def test_new_texts_are_encoded_in_one_batch(small_index: Index) -> None:
    encoder, calls = small_index.encoder, []
    asked = [
        Interest(OPEN, "one wish"),
        Interest("genres", "drama"),
        Interest(OPEN, "two wishes"),
        Interest(OPEN, "unknown thing", level="never"),
    ]
    before = len(encoder.texts)
    search(small_index, asked)
    calls = encoder.texts[before : before + 4]
    assert calls == ["one wish", "drama", "two wishes", "unknown thing"]


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_two_threads_agree_with_one(small_index: Index, way: SearchConfig) -> None:
    asking = Asking(list(small_index.catalogue.items), seed="threads")
    questions = [shape(asking) for shape in SHAPES.values()] * 3

    def ask(asked: list[Interest]) -> list[tuple[str, float]]:
        return [(pick.item.id, pick.score) for pick in search(small_index, asked, search_config=way).picks]

    alone = [ask(asked) for asked in questions]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, questions)) == alone
