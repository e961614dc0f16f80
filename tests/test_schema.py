"""What fields are taken to mean, and what a schema file may say instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from penchant.retriever import CatalogueError, Field, Item, Schema, infer_schema, override_schema

from .conftest import make_items

KINDS = {
    "kind": "category",
    "year": "number",
    "genres": "facet",
    "themes": "facet",
    "people": "name",
    "language": "name",
    "popularity": "number",
    "description": "text",
}


def test_made_up_catalogue() -> None:
    schema = infer_schema(make_items(200))
    assert {f.name: f.kind for f in schema.fields} == KINDS
    assert schema.prior == "popularity"


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("year", [1990, 2001.5, 7], "number"),
        ("minutes", ["90", "101", "88.5"], "number"),
        ("poster_url", ["a", "b", "c"], "hidden"),
        ("picture", ["https://x.org/1", "https://x.org/2", "https://x.org/3"], "hidden"),
        ("imdb_id", ["tt1", "tt2", "tt3"], "hidden"),
        ("identity", ["x", "y", "z"], "hidden"),
        ("director", ["ann lee", "bo wu", "cy oz"], "name"),
        ("stars", [("Ann Lee", "Bo Wu"), ("Cy Oz",), ("Di Ey",)], "name"),
        ("credits", [("Ann Lee", "Bo Wu"), ("Cy Oz",), ("Di Ey",)], "name"),
        ("moods", [("warm", "sad"), ("dark",), ("calm",)], "facet"),
        ("medium", ["film", "book", "film"] * 3, "category"),
        ("plot", ["one two three four five six seven eight nine ten"] * 3, "text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_kinds(name: str, values: list, kind: str) -> None:
    items = [Item(str(n), "T", fields={name: value}) for n, value in enumerate(values)]
    assert infer_schema(items).kind(name) == kind


def test_a_category_is_known_of_every_item() -> None:
    items = [Item(str(n), "T", fields={"medium": v}) for n, v in enumerate(["film", "book", "film"] * 3)]
    assert infer_schema([*items, Item("x", "T")]).kind("medium") == "facet"


def test_a_field_that_no_item_has() -> None:
    schema = infer_schema([Item("a", "A")])
    assert schema == Schema(())
    assert schema.kind("genre") is None
    assert schema.weight("genre") == 1.0


def test_schema_survives_json() -> None:
    schema = Schema((Field("genres", "facet", 2.0), Field("year", "number")), "year", 0.3, 0.5)
    assert Schema.from_json(schema.to_json()) == schema


BASE = Schema((Field("genres", "facet"), Field("people", "facet"), Field("year", "number"), Field("votes", "number")))


def override(folder: Path, text: str) -> Schema:
    path = folder / "schema.toml"
    path.write_text(text, encoding="utf-8")
    return override_schema(BASE, path)


def test_override(tmp_path: Path) -> None:
    schema = override(
        tmp_path,
        'prior = "votes"\nprior_weight = 0.2\ntext_weight = 0\n[fields.people]\nkind = "name"\nweight = 3\n',
    )
    assert schema.fields[0] == BASE.fields[0]
    assert schema.fields[1] == Field("people", "name", 3)
    assert (schema.prior, schema.prior_weight, schema.text_weight) == ("votes", 0.2, 0)


def test_vectors_of_the_file(tmp_path: Path) -> None:
    schema = override(tmp_path, "dimensions = 512\nbehaviour_weight = 0.3\n")
    assert (schema.dimensions, schema.behaviour_weight) == (512, 0.3)
    assert Schema.from_json(schema.to_json()) == schema


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert override(tmp_path, "") == BASE


BAD = {
    "not TOML": ("prior = ", "not a readable TOML file"),
    "unknown key": ("priors = 'votes'", "priors: Extra inputs"),
    "unknown field": ("[fields.actors]\nkind = 'name'", "'actors'"),
    "unknown kind": ("[fields.people]\nkind = 'person'", "fields.people.kind: Input should be 'facet'"),
    "kind of another type": ("[fields.people]\nkind = 3", "fields.people.kind: Input should be"),
    "unknown key of a field": ("[fields.people]\nkinds = 'name'", "fields.people.kinds: Extra inputs"),
    "weight as text": ("[fields.people]\nweight = 'high'", "fields.people.weight: Input should be a valid number"),
    "weight below zero": (
        "[fields.people]\nweight = -1",
        "fields.people.weight: Input should be greater than or equal to 0",
    ),
    "weight not a number": ("prior_weight = nan", "prior_weight: Input should be"),
    "endless weight": ("text_weight = inf", "text_weight: Input should be less than or equal to 100"),
    "too many dimensions": ("dimensions = 9999", "dimensions: Input should be less than or equal to 4096"),
    "part of a dimension": ("dimensions = 0.5", "dimensions: Input should be a valid integer"),
    "prior that is no number": ("prior = 'genres'", "'genres' is not a number field"),
    "prior that is no field": ("prior = 'plays'", "'plays' is not a number field"),
    "prior of another type": ("prior = 3", "prior: Input should be a valid string"),
    "fields not a table": ("fields = 3", "fields"),
    "field not a table": ("[fields]\npeople = 3", "people"),
}


@pytest.mark.parametrize(("text", "what"), BAD.values(), ids=BAD)
def test_bad_files(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        override(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / "schema.toml"))
    assert what in str(caught.value)


def test_binary_and_missing_files(tmp_path: Path) -> None:
    path = tmp_path / "schema.toml"
    with pytest.raises(CatalogueError, match=r"schema\.toml"):
        override_schema(BASE, path)
    path.write_bytes(b"\xff\xfe\x93")
    with pytest.raises(CatalogueError, match=r"schema\.toml"):
        override_schema(BASE, path)
