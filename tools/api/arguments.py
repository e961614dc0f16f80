"""What the operations take, described for a language model: handles, counts, names of items, edits of interests.

Programs and models are taken at their meaning: null stands for what is left out, a single one for a list of one. Knows
nothing of what is done with them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, wraps
from typing import Annotated, Any, ParamSpec, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, create_model, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, from_json

from penchant.assistant import LONGEST_MESSAGE
from penchant.assistant.session import LONGEST_TASTE, MOST_MEMBERS, Audience
from penchant.retriever import Level

from .argument_errors import fitting

_LONGEST_NAME = 500
_T = TypeVar("_T")
_P = ParamSpec("_P")


def _several(given: Any) -> Any:
    """A single one as a list of one. Some programs send a list or an object as JSON in a text."""
    if isinstance(given, str):
        with suppress(ValueError):
            read = from_json(given)
            given = read if isinstance(read, list | dict) else given
    return [given] if isinstance(given, str | Mapping | BaseModel) else given


Several = Annotated[Sequence[_T], BeforeValidator(_several)]
"""A list, or a single one of it."""

MessageText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST_MESSAGE,
        pattern=r"\S",
        description="The person's own words, unchanged.",
        examples=["a comedy in space, no horror"],
    ),
]
WishText = Annotated[
    str,
    Field(
        max_length=LONGEST_MESSAGE,
        description="What all of them want now, in their own words, unchanged; may be empty.",
        examples=["something short"],
    ),
]
TasteText = Annotated[
    str, Field(min_length=2, max_length=LONGEST_TASTE, description="The taste file's text, unchanged.")
]
Handle = Annotated[
    str, Field(max_length=200, description="session_id of the previous answer; empty begins a new conversation.")
]
OwnHandle = Annotated[str, Field(min_length=1, max_length=200, description="session_id of the previous answer.")]
AudienceName = Annotated[
    Audience,
    Field(
        description="children: nothing scary, violent or for adults, for the whole conversation. Only where one begins."
    ),
]
PickCount = Annotated[int, Field(ge=1, le=20, description="How many picks to return.", examples=[5])]
RequestId = Annotated[
    str, Field(max_length=200, description="A name you choose for this change; repeated in a retry, it counts once.")
]
ItemName = Annotated[
    str,
    Field(
        min_length=1, max_length=_LONGEST_NAME, description="An item's id or exact title.", examples=["Galaxy Quest"]
    ),
]
FieldValue = Annotated[str, Field(max_length=_LONGEST_NAME)]


class Arguments(BaseModel):
    """What an operation takes, or a part of it, and nothing else; null stands for what is left out."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return {name: value for name, value in given.items() if value is not None or name not in cls.model_fields}


@cache
def arguments_of(method: Callable[..., Any]) -> type[Arguments]:
    """A model of a method's parameters, which knows no others."""
    parameters = list(inspect.signature(method, eval_str=True).parameters.values())[1:]
    fields: dict[str, Any] = {
        p.name: (p.annotation, ... if p.default is inspect.Parameter.empty else p.default) for p in parameters
    }
    title = "".join(word.capitalize() for word in method.__name__.split("_"))
    return create_model(title, __base__=Arguments, **fields)


def checked(method: Callable[_P, _T]) -> Callable[_P, _T]:
    """A method that takes its arguments as its operation does at every other door. It raises ArgumentError."""

    @wraps(method)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        (_, owner), *given = inspect.signature(method).bind_partial(*args, **kwargs).arguments.items()
        taken: Callable[..., _T] = method
        return taken(owner, **fitting(arguments_of(method), dict(given)))

    return call


@dataclass(frozen=True, slots=True)
class InPlace:
    """The JSON schema of a model stands where the model is used: not every client follows references."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler.resolve_ref_schema(handler(schema))


class InterestEdit(Arguments):
    """A change to one interest; one that is not there is added. What is left out stays as it is."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"facet": "genres", "value": "horror", "level": "never"}]}
    )

    value: str = Field(
        min_length=1,
        max_length=_LONGEST_NAME,
        description="The value, phrase, range (>= 1990, 1990..1999) or title.",
        examples=["comedy"],
    )
    facet: str = Field(
        default="",
        max_length=200,
        description='A field, as the fields of a pick name it; "item" for one like an item; empty for words.',
        examples=["genres"],
    )
    level: Level | None = Field(default=None, description="want; less: counts against; never: kept out altogether.")
    strength: float | None = Field(default=None, gt=0, le=1, description="How much it counts.", examples=[0.5])
    parked: bool | None = Field(default=None, description="Set aside for now, without losing it.")
    pinned: bool | None = Field(default=None, description="Does not fade as the conversation goes on.")
    remove: bool = Field(default=False, description="Take the interest out.")


Edits = Several[Annotated[InterestEdit, InPlace()]]


class Person(Arguments):
    """One of several people, by the handle of their conversation or by their taste."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Ann", "session_id": "of Ann's answers"}]})

    name: str = Field(default="", max_length=100, description="What the answer calls them.", examples=["Ann"])
    session_id: str = Field(default="", max_length=200, description="session_id of their own conversation.")
    taste: str = Field(
        default="",
        max_length=LONGEST_TASTE,
        description="Instead of a session_id: the text of their taste file, or of a household's, for all its members.",
    )


People = Annotated[
    Several[Annotated[Person, InPlace()]],
    Field(min_length=1, max_length=MOST_MEMBERS, description="Who the picks are for; two or more in all."),
]
