"""The form of the demo catalogue: what the pages, the examples and the offline rules rely on."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from penchant import retriever
from penchant.retriever import Item, Schema, infer_schema, override_schema, read_items

DEMO = Path(retriever.__file__).parent / "catalogue" / "demo"
FEWEST = {"film": 300, "book": 120, "album": 120}
FIRST_YEAR = {"film": 1888, "book": 100, "album": 1948}
LAST_YEAR = 2025
LENGTH = {"film": ("minutes", 5, 600), "book": ("pages", 20, 3000), "album": ("minutes", 15, 240)}


def _words(text: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in text.split(","))


GENRES = {
    "film": _words(
        """
        action, adventure, animation, biography, comedy, coming-of-age, crime, documentary, drama, family,
        fantasy, film noir, heist, history, horror, martial arts, musical, mystery, romance, romantic comedy,
        satire, science fiction, sports, spy, superhero, thriller, war, western
    """
    ),
    "book": _words(
        """
        adventure, biography, children's, comedy, coming-of-age, crime, drama, essays, fantasy, gothic, graphic
        novel, history, horror, literary fiction, magical realism, memoir, mystery, philosophy, poetry, popular
        science, romance, satire, science fiction, short stories, spy, thriller, travel, war, western, young
        adult
    """
    ),
    "album": _words(
        """
        afrobeat, alternative rock, ambient, americana, art rock, blues, bossa nova, classical, country, disco,
        downtempo, dream pop, drum and bass, dub, electronic, experimental, flamenco, folk, funk, fusion, glam
        rock, gospel, grunge, hard rock, hip hop, house, indie rock, industrial, jazz, krautrock, latin, metal,
        minimalism, new wave, pop, post-punk, post-rock, progressive rock, psychedelic rock, punk, r&b, reggae,
        rock, shoegaze, singer-songwriter, soul, soundtrack, synth-pop, techno, trip hop
    """
    ),
}
MOODS = _words(
    """
        angry, atmospheric, bittersweet, bleak, calm, charming, cosy, creepy, dark, dreamy, eerie, energetic,
        epic, feel-good, funny, gritty, groovy, haunting, heartbreaking, hopeful, hypnotic, inspiring, intense,
        joyful, light-hearted, lonely, melancholy, meditative, mysterious, nostalgic, philosophical, playful,
        quirky, rebellious, romantic, sad, scary, sensual, surreal, suspenseful, tender, tense,
        thought-provoking, unsettling, uplifting, violent, warm, whimsical, witty
    """
)


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return read_items(DEMO / "items.jsonl")


def of(items: list[Item], kind: str) -> list[Item]:
    return [item for item in items if item.fields["kind"] == kind]


def wrong(items: list[Item], name: str, allowed: frozenset[str]) -> dict[str, set[str]]:
    return {item.id: extra for item in items if (extra := set(item.values(name)) - allowed)}


@pytest.mark.parametrize("kind", FEWEST)
def test_enough_of_each_kind_and_no_other(items: list[Item], kind: str) -> None:
    assert len(of(items, kind)) >= FEWEST[kind]
    assert {item.fields["kind"] for item in items} == set(FEWEST)


@pytest.mark.parametrize("kind", FEWEST)
def test_titles_with_their_years_are_unique_within_a_kind(items: list[Item], kind: str) -> None:
    counts = Counter((item.title.casefold(), item.fields["year"]) for item in of(items, kind))
    assert {title: count for title, count in counts.items() if count > 1} == {}


@pytest.mark.parametrize("kind", FEWEST)
def test_vocabularies_are_closed(items: list[Item], kind: str) -> None:
    assert wrong(of(items, kind), "genres", GENRES[kind]) == {}
    assert wrong(of(items, kind), "moods", MOODS) == {}


@pytest.mark.parametrize("name", ["genres", "moods", "themes", "makers", "language", "country", "description", "year"])
def test_nothing_is_missing(items: list[Item], name: str) -> None:
    assert [item.id for item in items if not item.values(name)] == []


@pytest.mark.parametrize("name", ["genres", "moods", "themes", "makers", "people", "country"])
def test_lists_have_no_value_twice(items: list[Item], name: str) -> None:
    assert [item.id for item in items if len(set(item.values(name))) < len(item.values(name))] == []


@pytest.mark.parametrize("kind", FEWEST)
def test_years_and_lengths_are_plausible(items: list[Item], kind: str) -> None:
    field, least, most = LENGTH[kind]
    found = of(items, kind)
    assert [item.id for item in found if not FIRST_YEAR[kind] <= item.fields["year"] <= LAST_YEAR] == []
    assert [item.id for item in found if not least <= item.fields[field] <= most] == []


def test_descriptions_are_short(items: list[Item]) -> None:
    lengths = {item.id: len(item.values("description")[0].split()) for item in items}
    assert {name: length for name, length in lengths.items() if not 12 <= length <= 50} == {}


def test_descriptions_are_not_copies_of_each_other(items: list[Item]) -> None:
    assert len({item.fields["description"] for item in items}) == len(items)


def test_the_world_and_the_century(items: list[Item]) -> None:
    assert len({country for item in items for country in item.values("country")}) >= 30
    decades = {item.fields["year"] // 10 * 10 for item in items}
    assert set(range(1920, 2030, 10)) <= decades


def test_one_object_a_line_with_plain_keys() -> None:
    lines = (DEMO / "items.jsonl").read_text(encoding="utf-8").splitlines()
    keys = {key for line in lines for key in json.loads(line)}
    assert keys == {
        *("id", "kind", "title", "year", "makers", "people", "genres", "themes", "moods", "minutes", "pages"),
        *("language", "country", "popularity", "description"),
    }


def test_schema(items: list[Item]) -> None:
    schema: Schema = override_schema(infer_schema(items), DEMO / "schema.toml")
    assert schema.of("category") == ("kind",)
    assert set(schema.of("facet")) == {"genres", "themes", "moods"}
    assert set(schema.of("name")) == {"makers", "people", "language", "country"}
    assert set(schema.of("number")) == {"year", "minutes", "pages", "popularity"}
    assert schema.of("text") == ("description",)
    assert schema.prior == "popularity"
