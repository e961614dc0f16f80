"""What a page may ask for: one checked shape per kind of event.

Each of these comes from a browser and may be anything; what does not have one of these shapes is refused. Knows nothing
of what is then done.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from penchant.assistant import Mode, Verdict
from penchant.retriever import Interest, Level, PenchantError

from .bringing_events import Build, Correct, HistoryText, Keys, Leave, Piece, Remove, SameWork
from .page_event import PageEvent

_T = TypeVar("_T")

_TEXT = 100_000
_FILE = 6_000_000


class EventError(PenchantError):
    """An event that is none of the page's own; nothing was changed."""


class Wish(BaseModel):
    """An interest, as a button names it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    facet: str = Field(default="", max_length=200)
    value: str = Field(default="", max_length=10_000)
    item: str = Field(default="", max_length=1000)


class Hello(PageEvent):
    """A page has opened, with what its browser has kept, and the language that it asks for, such as "zh-CN"."""

    act: Literal["hello"] = "hello"
    stored: str = Field(default="", max_length=_FILE)
    language: str = Field(default="", max_length=100)


class Say(PageEvent):
    """A message."""

    act: Literal["say"] = "say"
    text: str = Field(max_length=_TEXT)


class Retry(PageEvent):
    """The last message once more."""

    act: Literal["retry"] = "retry"


class EditInterest(PageEvent):
    """An interest, by its facet and value or item, is changed. `step` is added to its strength."""

    act: Literal["change"] = "change"
    facet: str = Field(default="", max_length=200)
    value: str = Field(default="", max_length=10_000)
    item: str = Field(default="", max_length=1000)
    strength: float | None = Field(default=None, gt=0, le=1)
    step: float | None = Field(default=None, ge=-1, le=1)
    level: Level | None = None
    parked: bool | None = None
    pinned: bool | None = None
    to_facet: str | None = Field(default=None, max_length=200)
    remove: bool = False


class SetAside(PageEvent):
    """Interests, each by its facet and value or item, that count no more until they are brought back."""

    act: Literal["aside"] = "aside"
    wishes: list[Wish] = Field(min_length=1, max_length=20)


class Add(PageEvent):
    """An interest as it was typed, in a facet or (*) in whichever has such a value."""

    act: Literal["add"] = "add"
    text: str = Field(max_length=2000)
    facet: str = Field(default="*", max_length=200)
    level: Level = "want"


class Thumb(PageEvent):
    """A verdict on an item, for a dislike perhaps with the facet and value that are the reason."""

    act: Literal["thumb"] = "thumb"
    item: str = Field(max_length=1000)
    verdict: Verdict
    facet: str = Field(default="", max_length=200)
    value: str = Field(default="", max_length=10_000)


class Similar(PageEvent):
    """More like an item."""

    act: Literal["similar"] = "similar"
    item: str = Field(max_length=1000)


class Why(PageEvent):
    """The path of an item is opened, or closed if it is open. `part`: what is looked for in it."""

    act: Literal["why"] = "why"
    item: str = Field(max_length=1000)
    part: Literal["path", "higher", "close"] = "path"


class ShowMode(PageEvent):
    """Which items may be shown."""

    act: Literal["mode"] = "mode"
    mode: Mode


Button = Literal[
    "undo",
    "redo",
    "further",
    "topic",
    "over",
    "forget",
    "export",
    "share",
    "two",
    "solo",
    "stop",
    "any_time",
    "server",
    "rules",
]


class Plain(PageEvent):
    """What needs no more than its name. further: more picks; two: the device is handed over; solo: no longer for two;
    any_time: however long things take; server, rules: which model understands."""

    act: Button


class TasteText(PageEvent):
    """The text of a file with a taste: to go on from, or of the second person."""

    act: Literal["import", "guest"]
    text: str = Field(max_length=_FILE)


class Second(PageEvent):
    """An answer of the second person; without a text, none."""

    act: Literal["second"] = "second"
    facet: str = Field(max_length=200)
    text: str = Field(default="", max_length=2000)


class NameTwo(PageEvent):
    """What the two people are called."""

    act: Literal["names"] = "names"
    mine: str = Field(default="", max_length=40)
    other: str = Field(default="", max_length=40)


class Choose(PageEvent):
    """Another catalogue."""

    act: Literal["catalogue"] = "catalogue"
    name: str = Field(max_length=1000)


class Endpoint(PageEvent):
    """The visitor's own model server. The key is not part of how it prints."""

    act: Literal["endpoint"] = "endpoint"
    base_url: str = Field(default="", max_length=2000)
    model: str = Field(default="", max_length=500)
    key: str = Field(default="", max_length=5000, repr=False)


BringEvent = Piece | Correct | Leave | Remove | Keys | Build
"""What happens to a file that becomes a catalogue."""
SlowEvent = Hello | Say | Retry | Choose | Keys | Build
"""What may take long: a catalogue is opened, read or made, a model asked."""
HandEvent = EditInterest | SetAside | Add | Thumb | Similar | Why | ShowMode | TasteText
"""A change by hand to the chat on screen."""
QuickEvent = HandEvent | Plain | Second | NameTwo | Endpoint | Piece | Correct | Leave | Remove | HistoryText | SameWork
"""What is done at once."""


def read_slow(data: Any) -> SlowEvent:
    """The event that was sent. Raises EventError, which quotes nothing of what came."""
    return _read(_slow_form(), data)


def read_quick(data: Any) -> QuickEvent:
    """As read_slow."""
    return _read(_quick_form(), data)


def _read(form: TypeAdapter[_T], data: Any) -> _T:
    try:
        return form.validate_python(data)
    except ValidationError as error:
        what = error.errors(include_input=False)[0]["type"].replace("_", " ")
        raise EventError(f"that could not be read ({what}); nothing was changed") from error


@cache
def _slow_form() -> TypeAdapter[SlowEvent]:
    return TypeAdapter(Annotated[SlowEvent, Field(discriminator="act")])


@cache
def _quick_form() -> TypeAdapter[QuickEvent]:
    return TypeAdapter(Annotated[QuickEvent, Field(discriminator="act")])


def aside(interests: Iterable[Interest]) -> str:
    """Interests to be set aside, ready for a button."""
    return SetAside(wishes=[Wish(facet=i.facet, value=i.value, item=i.item) for i in interests]).json_text()


def about(interest: Interest, **changes: Any) -> str:
    """A change to an interest, ready for a button."""
    subject: dict[str, Any] = {"facet": interest.facet, "value": interest.value, "item": interest.item}
    return EditInterest(**subject, **{name: value for name, value in changes.items() if value is not None}).json_text()
