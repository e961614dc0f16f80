"""Which words are of a kind that a catalogue lists others of, so that it is said that there is none."""

from __future__ import annotations

import pytest

from penchant.assistant.understanding.parsing.sibling_kinds import is_sibling
from penchant.retriever import Catalogue, Field, Item, Schema

COLUMNS = {
    "pets": ["Cat", "Rabbit"],
    "clothes": ["Shirt", "Jeans", "Jacket", "Skirt"],
    "furniture": ["Chair", "Table", "Desk"],
    "dishes": ["Soup", "Salad", "Stew", "Pasta"],
    "genres": ["crime", "romance", "fantasy", "history"],
    "films": ["Comedy", "Drama", "Horror", "Thriller", "Western"],
    "music": ["jazz", "folk", "techno", "pop"],
    "people": ["man", "woman"],
    "colours": ["red", "blue", "black"],
}


def catalogue(column: str) -> Catalogue:
    values = COLUMNS[column]
    items = [Item(str(n), f"Thing {n}", fields={"type": values[n % len(values)]}) for n in range(12)]
    return Catalogue(items, Schema((Field("type", "category"),)))


@pytest.mark.parametrize(
    ("column", "word"),
    [
        ("pets", "dog"),
        ("pets", "parrot"),
        ("pets", "hamsters"),
        ("clothes", "raincoat"),
        ("furniture", "sofa"),
        ("dishes", "burger"),
    ],
)
def test_another_of_a_kind_is_missed(column: str, word: str) -> None:
    assert is_sibling(word, catalogue(column))


@pytest.mark.parametrize(
    ("column", "word"),
    [
        ("pets", "pet"),  # any of them
        ("pets", "animal"),
        ("pets", "gift"),
        ("pets", "friend"),
        ("pets", "cat"),
        ("clothes", "outfit"),
        ("clothes", "wedding"),
        ("furniture", "room"),
        ("dishes", "dinner"),
        ("dishes", "recipe"),
        ("genres", "novel"),
        ("genres", "book"),
        ("films", "movie"),
        ("films", "film"),
        ("music", "album"),
        ("music", "song"),
        ("people", "coach"),
        ("colours", "jacket"),
        ("pets", "xyzzy"),
    ],
)
def test_what_things_are_called_and_other_nouns_are_not(column: str, word: str) -> None:
    assert not is_sibling(word, catalogue(column))
