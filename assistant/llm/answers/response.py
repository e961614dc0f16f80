"""What a language model is asked to write about a message, and how much of what it wrote can be used.

An answer that finds nothing in the message is one: what could not be read at all is an error.

A bad part costs that part, not the answer. Knows nothing of catalogues.
"""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from ...session import Intent
from .json_recovery import read_object

_LEVELS = {
    **dict.fromkeys(("like", "likes", "liked", "love", "loved", "wants", "wanted", "more", "positive"), "want"),
    **dict.fromkeys(("dislike", "dislikes", "disliked", "exclude", "excluded", "avoid", "no", "negative"), "never"),
    **dict.fromkeys(("fewer", "reduce"), "less"),
    **dict.fromkeys(("known", "watched", "read", "heard"), "seen"),
    **dict.fromkeys(("not seen", "not_seen", "unknown", "unwatched", "unread"), "unseen"),
    **dict.fromkeys(("not now", "postpone", "postponed", "put off"), "later"),
    **dict.fromkeys(("ask", "asked", "asked about", "compare", "question"), "about"),
}
_STRENGTHS = {"low": 0.3, "weak": 0.3, "medium": 0.6, "moderate": 0.6, "high": 1.0, "strong": 1.0}
_SPAN = re.compile(r"(-?\d+(?:\.\d+)?)\s*(?:-|–|—|to)\s*(\d+(?:\.\d+)?)")
_DECADE = re.compile(r"(\d{3})0s")
_MOST_TAGS = 40
_MOST_EXAMPLES = 10

TagLevel = Literal["want", "less", "never", "seen", "unseen", "later", "about"]
"""A level of an interest, or what else may be said of a work: known already, not known, not now, asked about."""


def _level(value: Any) -> str:
    word = str(value).strip().lower()
    return _LEVELS.get(word, word)


def _strength(value: Any) -> float:
    """A number in (0, 1]; words and percentages are understood, anything else is 1."""
    try:
        number = float(_STRENGTHS.get(str(value).strip().lower(), str(value).strip().rstrip("%")))
    except ValueError:
        return 1.0
    if not math.isfinite(number):
        return 1.0
    return min(1.0, max(0.05, number / 100 if number > 1 else number))


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) else value or ""


# The docstrings of these are sent along in the schema. They have no defaults: strict servers refuse them.
class Tag(BaseModel):
    """One interest."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"additionalProperties": False})

    facet: Annotated[str, BeforeValidator(_text)]
    value: Annotated[str, BeforeValidator(_text)]
    level: Annotated[TagLevel, BeforeValidator(_level)]
    strength: Annotated[float, BeforeValidator(_strength)]
    quote: Annotated[str, BeforeValidator(_text)]


class Occasion(BaseModel):
    """For whom and what occasion."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"additionalProperties": False})

    value: Annotated[str, BeforeValidator(_text)]
    quote: Annotated[str, BeforeValidator(_text)]
    children: bool


class Response(BaseModel):
    """What a message says."""

    model_config = ConfigDict(extra="ignore", json_schema_extra={"additionalProperties": False})

    intent: Intent
    tags: list[Tag]
    occasion: Occasion
    wish: str
    taken_back: list[str]
    examples: list[str]


def response_schema() -> dict[str, Any]:
    """For servers that enforce one."""
    return Response.model_json_schema()


def read_response(text: str) -> Response:
    """The usable parts of what the model wrote. Raises ValueError without a list of tags, or if none can be read."""
    raw = read_object(text, "tags")
    entries = raw.get("tags")
    if not isinstance(entries, list):
        raise ValueError("no list of tags in the answer")
    answer = Response(
        intent=_intent(raw.get("intent")),
        tags=[tag for entry in entries[:_MOST_TAGS] if (tag := _tag(entry))],
        occasion=_occasion(raw.get("occasion")),
        wish=str(raw.get("wish") or "").strip(),
        taken_back=[str(value) for value in _list(raw.get("taken_back"))],
        examples=[value for value in _list(raw.get("examples")) if isinstance(value, str)][:_MOST_EXAMPLES],
    )
    if entries and not answer.tags:
        raise ValueError("none of the tags in the answer can be read")
    return answer


def _occasion(value: Any) -> Occasion:
    """What can be read of it: a text alone is taken for the occasion."""
    nothing = {"value": "", "quote": "", "children": False}
    said = value if isinstance(value, dict) else {"value": value if isinstance(value, str) else ""}
    try:
        return Occasion.model_validate({**nothing, **said})
    except ValidationError:
        return Occasion.model_validate(nothing)


def _intent(value: Any) -> Intent:
    word = str(value).strip().lower()
    return next((intent for intent in get_args(Intent) if intent == word), "recommend")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) and value else []


def plain_range(text: str) -> str:
    """A range as models like to write it, as the catalogue reads it: "1990s", "1990-1999" and "90 to 120" too."""
    text = text.strip()
    if decade := _DECADE.fullmatch(text):
        return f"{decade[1]}0..{decade[1]}9"
    span = _SPAN.fullmatch(text)
    return f"{span[1]}..{span[2]}" if span else text


def _tag(entry: Any) -> Tag | None:
    """A tag needs a value and a level: of one that was cut short, a rejection must not become a wish."""
    if not isinstance(entry, dict):
        return None
    try:
        tag = Tag.model_validate({"facet": "", "strength": 1.0, "quote": "", **entry})
    except ValidationError:
        return None
    return tag if tag.value.strip() else None
