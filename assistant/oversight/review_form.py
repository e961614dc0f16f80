"""The form of a review file: what is blocked, held for approval or put forward, and what was decided of single items.

Knows TOML that has been read. Knows nothing of catalogues or of what follows from the rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from penchant.retriever import PenchantError

MOST_BOOST = 0.2
"""The most that an owner may add to an item's score, by all rules together."""

Decided = Literal["approve", "reject", "block", "note"]


class ReviewError(PenchantError):
    """A review file that cannot be read, or that does not fit the catalogue."""


def _several(given: Any) -> Any:
    return [given] if isinstance(given, str | int | float) else given


Name = Annotated[str, Field(min_length=1, max_length=1000)]
Names = Annotated[tuple[Annotated[str, BeforeValidator(str)], ...], BeforeValidator(_several)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(_Strict):
    """Items with a value, or with one of several; of a number a range ("< 3", "1990..1999"); of a date, later ones."""

    field: Name
    values: Names = Field(default=(), alias="is")
    after: date | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Condition:
        if bool(self.values) == bool(self.after):
            raise ValueError('give "is" or "after"')
        return self

    @property
    def words(self) -> str:
        """As it is said to the owner."""
        return f"{self.field} is {' or '.join(self.values)}" if self.values else f"{self.field} after {self.after}"


class Boost(_Strict):
    """What is put forward: an item (id or title), or all that have a value; `amount`: what is added to the score."""

    item: str = ""
    field: str = ""
    values: Names = Field(default=(), alias="is")
    amount: float = Field(gt=0, le=MOST_BOOST)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Boost:
        if bool(self.item) == bool(self.field) or bool(self.field) != bool(self.values):
            raise ValueError('give "item", or "field" and "is"')
        return self


class Decision(_Strict):
    """What somebody decided of an item (its id), or only noted."""

    item: Name
    decision: Decided
    when: datetime
    by: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=2000)


class Review(_Strict):
    """The whole file. Of several decisions on an item the last one counts; a note decides nothing."""

    block: Names = ()
    hold: tuple[Condition, ...] = ()
    boost: tuple[Boost, ...] = ()
    decisions: tuple[Decision, ...] = ()

    @property
    def decided(self) -> dict[str, Decision]:
        """The decision that counts, by item."""
        return {one.item: one for one in self.decisions if one.decision != "note"}


def review_of(table: dict[str, Any]) -> Review:
    """Raises ReviewError, which says the place and what is wrong there."""
    try:
        return Review.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ReviewError(f"{_place(first['loc'])}: {_fault(first['msg'])}") from error


def _place(path: Sequence[int | str]) -> str:
    """Where a fault is: "hold 2, amount"; places are counted from 1."""
    counted = [f" {part + 1}" if isinstance(part, int) else f", {part}" for part in path]
    return "".join(counted).removeprefix(", ")


def _fault(text: str) -> str:
    text = text.removeprefix("Value error, ")
    return text[:1].lower() + text[1:]
