"""What the operations take, described for a language model: handles, counts, names of items, edits of interests.

Knows nothing of what is done with them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from penchant.assistant import LONGEST_MESSAGE
from penchant.retriever import Level

_LONGEST_NAME = 500

MessageText = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_MESSAGE, pattern=r"\S", description="The person's own words, unchanged."),
]
Handle = Annotated[
    str, Field(max_length=200, description="session_id of the previous answer; empty begins a new conversation.")
]
OwnHandle = Annotated[str, Field(min_length=1, max_length=200, description="session_id of the previous answer.")]
PickCount = Annotated[int, Field(ge=1, le=20, description="How many picks to return.")]
RequestId = Annotated[
    str, Field(max_length=200, description="A name you choose for this change; repeated in a retry, it counts once.")
]
ItemName = Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME, description="An item's id or exact title.")]
FieldValue = Annotated[str, Field(max_length=_LONGEST_NAME)]


class InterestEdit(BaseModel):
    """A change to one interest; one that is not there is added. What is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    value: str = Field(
        min_length=1, max_length=_LONGEST_NAME, description="The value, phrase, range (>= 1990, 1990..1999) or title."
    )
    facet: str = Field(
        default="",
        max_length=200,
        description='A field of the catalogue; "item" for one like an item; empty for words.',
    )
    level: Level | None = Field(default=None, description="want; less: counts against; never: kept out altogether.")
    strength: float | None = Field(default=None, gt=0, le=1, description="How much it counts.")
    parked: bool | None = Field(default=None, description="Set aside for now, without losing it.")
    pinned: bool | None = Field(default=None, description="Does not fade as the conversation goes on.")
    remove: bool = Field(default=False, description="Take the interest out.")
