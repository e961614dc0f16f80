"""Whose sex a column says: of those who use a thing, of the items themselves, or of who made them; and ages without a
word for anybody."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Session, make_assistant
from penchant.assistant.understanding.recipients.sexes import sex_fields
from penchant.retriever import Catalogue, Item, MemoryEngine, build_index
from penchant.retriever.catalogue.inference import infer_schema, schema_of, typed_columns
from penchant.retriever.encoding import HashEncoder

MAKERS = {"Ada Lund": "Female", "Ben Okoro": "Male", "Cleo Marsh": "Female", "Dan Ruiz": "Male"}


def items(rows: list[dict[str, str]]) -> list[Item]:
    return [Item(str(n), f"Thing {n}", fields=row) for n, row in enumerate(rows)]


def pets() -> list[Item]:
    return items([{"species": ["cat", "rabbit"][n % 2], "sex": ["Male", "Female", "Female"][n % 3]} for n in range(24)])


def works() -> list[Item]:
    names = list(MAKERS)
    return items(
        [
            {"artist": names[n % 4], "gender": MAKERS[names[n % 4]], "medium": ["oil", "ink", "clay"][n % 3]}
            for n in range(36)
        ]
    )


def clothes() -> list[Item]:
    return items([{"type": ["hat", "coat"][n % 2], "for": ["Men", "Women", "Unisex"][n % 3]} for n in range(24)])


@pytest.mark.parametrize(
    ("found", "expected"),
    [(pets(), {"sex": False}), (works(), {"gender": True}), (clothes(), {})],
    ids=["pets", "works", "clothes"],
)
def test_a_sex_is_of_the_item_or_of_its_maker(found: list[Item], expected: dict[str, bool]) -> None:
    catalogue = Catalogue(found, infer_schema(found))
    assert {field.name: field.of_maker for field in sex_fields(catalogue)} == expected


def test_of_a_brand_that_sells_to_one_sex_nothing_is_told() -> None:
    rows = [{"brand": ["Aro", "Bex"][n % 2], "gender": ["Men", "Women"][n % 2]} for n in range(20)]
    assert not list(sex_fields(Catalogue(items(rows), infer_schema(items(rows)))))


@pytest.fixture(scope="module")
def pet_shop() -> Assistant:
    return assistant(pets())


@pytest.fixture(scope="module")
def gallery() -> Assistant:
    return assistant(works())


def assistant(found: list[Item]) -> Assistant:
    return make_assistant(build_index(found, MemoryEngine(), HashEncoder(), infer_schema(found)))


def said(one: Assistant, message: str, field: str) -> list[tuple[str, str]]:
    understood, _ = one.hear(message, Session())
    return [(i.value, i.level) for i in understood.interests if i.facet == field]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("a girl cat please", [("Female", "want")]),
        ("a lady rabbit", [("Female", "want")]),
        ("no boys please", [("Male", "never")]),
        ("a rabbit, preferably a girl", [("Female", "want")]),
        ("a rabbit for my daughter", []),
        ("I'm a woman looking for a cat", []),
        ("a cat for a little girl", []),
        ("we want a cat, my wife hates dogs", []),
    ],
)
def test_of_what_sex_an_animal_is(pet_shop: Assistant, message: str, expected: list[tuple[str, str]]) -> None:
    assert said(pet_shop, message, "sex") == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("something in oil by a woman", [("Female", "want")]),
        ("works by young Italian women", [("Female", "want")]),
        ("women sculptors", [("Female", "want")]),
        ("nothing by men", [("Male", "never")]),
        ("a work in ink for my wife", []),
        ("ink pictures of women", []),
        ("something for a men's club", []),
    ],
)
def test_of_what_sex_a_maker_is(gallery: Assistant, message: str, expected: list[tuple[str, str]]) -> None:
    assert said(gallery, message, "gender") == expected


@pytest.mark.parametrize(
    ("names", "bounds"),
    [
        (("age_from", "age_to"), ("low", "high")),
        (("Alter von", "Alter bis"), ("low", "high")),
        (("age_to", "age_from"), ("", "")),  # the first holds less, and does not begin
        (("price_old", "price_new"), ("", "")),
    ],
)
def test_two_columns_hold_the_ends_of_one_range(names: tuple[str, str], bounds: tuple[str, str]) -> None:
    lows = [n % 9 for n in range(30)]
    cells = {names[0]: lows, names[1]: [low + 2 + low % 3 for low in lows]}
    fields = {field.name: field for field in schema_of(typed_columns(cells)).fields}
    assert tuple(fields[name].bound for name in names) == bounds
