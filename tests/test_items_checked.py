"""What is no item is refused in words before anything of an index is written; what is hidden is no prior."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from penchant.retriever import CatalogueError, Field, Item, Schema, build_index, override_schema
from penchant.retriever.encoding import HashEncoder

GOOD = Item("1", "Kettle", fields={"kind": "pot"})


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (Item("1", "Pan"), "item 1: the id '1' is that of another item too"),
        (Item(2, "Pan"), "item 1: id, title and text are texts"),  # type: ignore[arg-type]
        (Item("", "Pan"), "item 1: id, title and text are texts"),
        (Item("2", None), "item 1: id, title and text are texts"),  # type: ignore[arg-type]
        (Item("2", "Pan", fields=["pot"]), "item '2': fields are a mapping"),  # type: ignore[arg-type]
        (Item("2", "Pan", fields={"size": {"w": 1}}), "item '2': the field 'size' takes a text, a number"),  # type: ignore[dict-item]
        (Item("2", "Pan", fields={"size": None}), "item '2': the field 'size' takes a text, a number"),  # type: ignore[dict-item]
        ({"id": "2", "title": "Pan"}, "item 1: takes an Item"),
    ],
)
def test_what_is_no_item_is_refused_in_words(tmp_path: Path, item: Any, said: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        build_index([GOOD, item], tmp_path / "index", HashEncoder(8))
    assert str(refused.value).startswith(said) and not (tmp_path / "index").exists()


def test_a_prior_that_was_inferred_goes_when_it_is_hidden(tmp_path: Path) -> None:
    schema = Schema((Field("kind", "facet"), Field("owners", "number")), prior="owners")
    (hidden := tmp_path / "a.toml").write_text('[fields.owners]\nkind = "hidden"\n')
    assert override_schema(schema, hidden).prior == ""
    (named := tmp_path / "b.toml").write_text('prior = "owners"\n[fields.owners]\nkind = "hidden"\n')
    with pytest.raises(CatalogueError, match="is not a number field"):
        override_schema(schema, named)
