"""Several people's tastes in one file, each under a name: a household.

Knows tastes as files. Knows nothing of how picks for several are found.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from itertools import count

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .export import TasteError, export_taste, import_taste
from .session import Session

HOUSEHOLD = "penchant household"
MOST_MEMBERS = 12


class _HouseholdFile(BaseModel):
    """The whole file; each member is a taste, as docs/taste.md describes it."""

    model_config = ConfigDict(extra="forbid")

    format: str = Field(pattern=f"^{HOUSEHOLD}$")
    version: int = Field(ge=1, le=1)
    members: dict[str, dict[str, object]] = Field(min_length=1, max_length=MOST_MEMBERS)


def export_household(members: Mapping[str, Session]) -> str:
    """The members' tastes as one JSON text. Raises TasteError for none, or more than 12."""
    tastes = {name: json.loads(export_taste(session)) for name, session in members.items()}
    try:
        found = _HouseholdFile(format=HOUSEHOLD, version=1, members=tastes)
    except ValidationError as error:
        raise TasteError(f"a household has 1 to {MOST_MEMBERS} members, not {len(members)}") from error
    return json.dumps(found.model_dump(), ensure_ascii=False, indent=2)


def is_household(text: str) -> bool:
    """Whether a text says that it is one, whole or not."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(raw, dict) and raw.get("format") == HOUSEHOLD


def import_household(text: str) -> dict[str, Session]:
    """The members by their names, in their order. Raises TasteError that names the member whose taste is broken."""
    try:
        found = _HouseholdFile.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise TasteError(f"not a household: {where + ': ' if where else ''}{first['msg']}; nothing was read") from error
    members: dict[str, Session] = {}
    for name, taste in found.members.items():
        try:
            members[name] = import_taste(json.dumps(taste))
        except TasteError as error:
            raise TasteError(f"{name}: {error}") from error
    return members


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, with a number where another has it already."""
    numbered = (f"{name} {number}" if number > 1 else name for number in count(1))
    return next(one for one in numbered if one not in taken)
