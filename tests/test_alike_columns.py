"""Columns that hold values of one kind (top, middle and base notes) are looked up together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from penchant.assistant.explanation.answers.likeness import holds_wish
from penchant.assistant.explanation.answers.whether import holds
from penchant.retriever import Catalogue, Field, Interest, Item, Schema, exact_filters, override_schema
from penchant.retriever.catalogue.inference import infer_schema

NOTES = ("rose", "musk", "cedar", "iris", "amber", "lemon", "myrrh", "moss")


def scent(n: int, top: Sequence[str], base: Sequence[str]) -> Item:
    return Item(str(n), f"Scent {n}", fields={"top": tuple(top), "base": tuple(base), "mood": ("calm", "bold")[n % 2]})


@pytest.fixture
def catalogue() -> Catalogue:
    items = [scent(n, NOTES[n : n + 2], NOTES[(n + 4) % 8 : (n + 4) % 8 + 2]) for n in range(7)] * 3
    items = [Item(f"{n}", item.title, fields=dict(item.fields)) for n, item in enumerate(items)]
    return Catalogue(items, infer_schema(items))


def test_columns_with_values_in_common_are_alike_and_others_are_not(catalogue: Catalogue) -> None:
    assert {f.name: f.alike for f in catalogue.schema.fields} == {"top": ("base",), "base": ("top",), "mood": ()}
    assert Schema.from_json(catalogue.schema.to_json()) == catalogue.schema


def test_marks_of_several_things_are_not_alike() -> None:
    marks = ("poor", "fair", "good", "great")
    items = [Item(str(n), f"Inn {n}", fields={"food": marks[n % 4], "room": marks[n % 3]}) for n in range(24)]
    assert all(not f.alike for f in infer_schema(items).fields)


@pytest.mark.parametrize("field", ["top", "base"])
@pytest.mark.parametrize("note", NOTES)
def test_a_value_counts_in_any_of_them(catalogue: Catalogue, field: str, note: str) -> None:
    having = [any(note in item.values(name) for name in ("top", "base")) for item in catalogue.items]
    wish = Interest(field, note, level="never")
    assert catalogue.holding(field, note).tolist() == having
    assert exact_filters([wish], catalogue).allowed.tolist() == [not has for has in having]
    assert [holds_wish(wish, item, catalogue.schema) for item in catalogue.items] == having
    assert [holds(item, (field, note), catalogue.schema) is True for item in catalogue.items] == having


def test_a_refused_kind_is_refused_in_all_of_them() -> None:
    fields = (Field("top", "facet", alike=("base",)), Field("base", "facet", alike=("top",)))
    values = [("sicilian lemon", "musk"), ("rose", "lemon"), ("rose", "musk"), ("mint", "cedar"), ("moss", "myrrh")]
    items = [Item(str(n), f"S {n}", fields={"top": top, "base": base}) for n, (top, base) in enumerate(values)]
    catalogue = Catalogue(items, Schema(fields))
    allowed = exact_filters([Interest("base", "lemon", level="never")], catalogue).allowed
    assert allowed.tolist() == [False, False, True, True, True]


def test_the_owner_can_say_otherwise(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "schema.toml").write_text("[fields.top]\nalike = []\n", encoding="utf-8")
    assert override_schema(catalogue.schema, tmp_path / "schema.toml").looked_up("top") == ("top",)
