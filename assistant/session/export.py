"""A taste as a file that its owner can read, keep and bring back: versioned JSON, described in docs/taste.md.

Knows nothing of storage or pages. A file that does not hold is refused with the place and the reason.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from penchant.retriever import Interest, Level, PenchantError, Source

from .changes import Mark, MarkKind, Mode, Screen
from .history import History, diffs_form
from .session import Session

FORMAT = "penchant taste"
VERSION = 6
LONGEST_TASTE = 5_000_000
_MOST = 2_000
"""Interests; each is weighed in every turn, and drawn on the page."""


class TasteError(PenchantError):
    """A file that is not a taste, or a broken one; nothing was changed."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class InterestEntry(_Strict):
    """An interest as docs/taste.md describes it."""

    facet: str = Field(max_length=200)
    value: str = Field(min_length=1, max_length=10_000)
    level: Level = "want"
    strength: float = Field(default=1.0, gt=0, le=1)
    parked: bool = False
    pinned: bool = False
    source: Source = "message"
    turn: int = Field(default=0, ge=0)
    quote: str = Field(default="", max_length=10_000)
    item: str = ""
    context: str = Field(default="", max_length=10_000)
    items: tuple[str, ...] = Field(default=(), max_length=1_000)
    until: AwareDatetime | None = None
    told: str = Field(default="", max_length=10_000)


class MarkEntry(_Strict):
    """What was said of an item."""

    item: str = Field(min_length=1)
    mark: MarkKind
    also: MarkKind | Literal[""] = ""
    seen_on: date | None = None
    owned: bool = False


class TasteFile(_Strict):
    """The whole file."""

    format: Literal["penchant taste"]
    version: Literal[6]
    turn: int = Field(default=0, ge=0)
    mode: Mode = "new"
    spacing: int = Field(default=0, ge=0, le=36_500)
    interests: list[InterestEntry] = Field(default=[], max_length=_MOST)
    items: list[MarkEntry] = Field(default=[], max_length=1_000_000)
    profile: list[InterestEntry] = Field(default=[], max_length=10_000)
    history: list[dict[str, Any]] = []
    undone: list[dict[str, Any]] = []

    @model_validator(mode="after")
    def _each_once(self) -> TasteFile:
        if len({_interest(i).key for i in self.interests}) < len(self.interests):
            raise ValueError("two interests are about the same thing")
        if len({mark.item for mark in self.items}) < len(self.items):
            raise ValueError("two marks are on the same item")
        return self


def export_taste(session: Session) -> str:
    """The session as JSON, without its id, which is a key to it, and without what happens to be on screen."""
    taste = TasteFile(
        format="penchant taste",
        version=6,
        turn=session.turn,
        mode=session.screen.mode,
        spacing=session.screen.spacing,
        interests=[_entry(interest) for interest in session.interests],
        items=[_mark_entry(mark) for mark in session.marks],
        profile=[_entry(interest) for interest in session.profile],
        history=diffs_form().dump_python(tuple(session.diffs), mode="json"),
        undone=diffs_form().dump_python(session.undone, mode="json"),
    )
    return taste.model_dump_json(indent=2)


def taste_schema() -> dict[str, Any]:
    """The file as a JSON Schema (2020-12), for programs that write or check one."""
    made = TasteFile.model_json_schema()
    names = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:penchant:taste:{VERSION}"}
    return {**names, **made, "title": f"Penchant taste, version {VERSION}"}


def import_taste(text: str) -> Session:
    """A new session from an exported taste, of this version or an older one. Raises TasteError."""
    if len(text) > LONGEST_TASTE:
        raise TasteError(f"the file has {len(text):,} characters; a taste has at most {LONGEST_TASTE:,}")
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise TasteError(f"not JSON: {error}") from error
    except RecursionError as error:
        raise TasteError("not a taste: nested too deeply") from error
    try:
        taste = TasteFile.model_validate(_upgraded(raw))
        history, undone = (diffs_form().validate_python(part) for part in (taste.history, taste.undone))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise TasteError(f"{where + ': ' if where else ''}{first['msg']}; nothing was imported") from error
    return Session(
        turn=taste.turn,
        interests=tuple(map(_interest, taste.interests)),
        marks=tuple(Mark(mark.item, mark.mark, mark.also, mark.seen_on, mark.owned) for mark in taste.items),
        screen=Screen(mode=taste.mode, spacing=taste.spacing),
        diffs=History(history),
        undone=undone,
        profile=tuple(map(_interest, taste.profile)),
    )


def _upgraded(raw: Any) -> Any:
    """Version 5 did not say what is owned, version 4 had no days on which things were seen, version 3 no interests with
    an end, version 2 no list of what is wanted. Version 1 is the session that `penchant ask --json` printed before
    there were marks: the items not to be shown again are one list, and its history is not taken over."""
    if not isinstance(raw, dict):
        raise TasteError(f"not a taste, but {type(raw).__name__}; nothing was imported")
    if "format" in raw or "interests" not in raw:
        if raw.get("format") == FORMAT and isinstance(raw.get("version"), int) and raw["version"] > VERSION:
            raise TasteError(f"written by a later Penchant (version {raw['version']}); this one reads up to {VERSION}")
        return raw | {"version": VERSION} if raw.get("version") in (2, 3, 4, 5) else raw
    items = [{"item": item, "mark": "seen"} for item in raw.get("hidden") or []]
    return {
        "format": FORMAT,
        "version": VERSION,
        "turn": raw.get("turn", 0),
        "interests": raw["interests"],
        "items": items,
    }


def _mark_entry(mark: Mark) -> MarkEntry:
    return MarkEntry(item=mark.item, mark=mark.kind, also=mark.also, seen_on=mark.seen_on, owned=mark.owned)


def _entry(interest: Interest) -> InterestEntry:
    return InterestEntry(**{name: getattr(interest, name) for name in InterestEntry.model_fields})


def _interest(entry: InterestEntry) -> Interest:
    return Interest(**entry.model_dump())
