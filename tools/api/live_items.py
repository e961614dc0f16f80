"""Items that come, go or change while people talk about them: what an owner's programs ask of a catalogue.

Knows the index behind a recommender. Knows nothing of conversations, HTTP or who may ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, Field

from penchant.assistant import Assistant
from penchant.retriever import Changed, ItemChange, change_items, known_fields

from .arguments import Arguments, Several

_MOST = 1000
_PATIENCE = 60
"""Seconds to wait for another change."""

Cells = dict[str, Any]
Ids = Several[str]


class AddItems(Arguments):
    """Rows as a file of the catalogue has them."""

    rows: Several[Cells] = Field(
        min_length=1,
        max_length=_MOST,
        description="Each with its id, title and fields; of one that is there already, all of it is replaced.",
        examples=[[{"id": "b7", "title": "Galaxy Quest", "genres": ["comedy"], "year": 1999}]],
    )


class RemoveItems(Arguments):
    """Ids of items."""

    ids: Ids = Field(min_length=1, max_length=_MOST, description="The items that are to be gone.", examples=[["b7"]])


class SetFields(Arguments):
    """New values of one item."""

    id: str = Field(description="The item.", examples=["b7"])
    fields: Cells = Field(
        min_length=1,
        description="New values by field, or of its title or text; null for unknown.",
        examples=[{"price": 9.5}],
    )


class ItemsChanged(BaseModel):
    """How many items came, changed and went, how many there are now, and which were not there to be removed."""

    added: int
    changed: int
    removed: int
    items: int
    unknown: list[str]


class LiveItems:
    """The items of the catalogue that an assistant talks about; each change is there whole when it has returned.

    Methods raise PenchantError for what does not fit; then nothing has changed.
    """

    def __init__(self, assistant: Callable[[], Assistant]) -> None:
        self._assistant = assistant

    def add(self, asked: AddItems) -> ItemsChanged:
        """Adds items, or replaces those that are there."""
        fields = known_fields(self._assistant().index.origin)
        return self._change(ItemChange(items=fields.of_cells(asked.rows)))

    def remove(self, asked: RemoveItems) -> ItemsChanged:
        """Removes items for good."""
        return self._change(ItemChange(removed=asked.ids))

    def set(self, asked: SetFields) -> ItemsChanged:
        """Sets fields of an item, such as its price."""
        return self._change(ItemChange(values={asked.id: asked.fields}))

    def _change(self, change: ItemChange) -> ItemsChanged:
        index = self._assistant().index
        done: Changed = change_items(index.origin, index.encoder, change, pictures=index.pictures, patience=_PATIENCE)
        return ItemsChanged(**asdict(done))
