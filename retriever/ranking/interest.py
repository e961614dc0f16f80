"""What a person wants, wants less of, or never: the state that everything else is derived from.

An interest is a few strings and numbers and never holds a vector, so that it can be read, edited and exported.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ..catalogue import Part, Schema, part_of
from ..catalogue.kinship import MAKER, SERIES, BondKind

Level = Literal["want", "less", "never"]
"""want: counts for an item. less: counts against it. never: keeps it out."""

Source = Literal["message", "mention", "edit", "feedback", "profile", "model"]
"""model: of its own knowledge, and said by nobody."""

InterestKey = tuple[str, str]
"""A facet, and a value or the id of an item, case-folded."""

MENTION = "item"
"""The facet of an interest that points to an item of the catalogue ("like Inception")."""

SUGGESTED = "suggested"
"""The facet of an interest that points to items which a language model would pick: they come first, and no vector is
made of them."""

OPEN = ""
"""The facet of an interest in the person's own words."""

SUGGESTION = "suggested by the model"
"""What is said of an interest that a language model knew of and the person did not say."""

FIRM = 0.75
"""What is wished for less strongly was guessed, would only be nice to have, or says a degree."""

_WORD = re.compile(r"[^\W\d_]{4,}|[\u4e00-\u9fff]{2}")
_FEW, _MANY = 4, 16

HIGHEST = "highest"
LOWEST = "lowest"
"""Values of an interest in a number field that order the picks by it: "the newest", "the cheapest"."""

_NEAREST = "nearest "
"""Begins the value of one that orders them by how near their number is to one: "nearest 300"."""

_ENDS = re.compile(rf"({HIGHEST}|{LOWEST})(?: from (\d+))?")
_NEAREST_TO = re.compile(rf"{_NEAREST}(-?\d+(?:\.\d+)?)")
_LIMIT = re.compile(r"more than (\d+) (of one series|by one maker)")
_BOUND: Mapping[str, BondKind] = {"of one series": SERIES, "by one maker": MAKER}

_RANGE = re.compile(r"\s*(>=|<=|>|<|=)?\s*(-?\d+(?:\.\d+)?)\s*(?:\.\.\s*(-?\d+(?:\.\d+)?))?\s*")


@dataclass(frozen=True, slots=True)
class Interest:
    """One interest. `facet` is a field of the catalogue, MENTION, SUGGESTED or OPEN; `strength` lies in
    (0, 1].

    `value` is a value of the facet, the person's own phrase, the title of a mentioned item (whose id is `item`), titles
    of suggested ones (whose ids are `items`, the best first), or for a number field a range such as "1990..1999",
    ">= 2000" or "< 100", or HIGHEST, LOWEST, "lowest from 2" or "nearest 300". The `items` of a never on a value are
    those that it spares; those of a MENTION without an `item` are meant together. `turn` and `quote` say when and by
    which words. A `pinned` one does not fade and is parked or replaced by nothing but the person's own hand. `context`
    is what was said before, in which the words of a whole message are meant, and `told` all that the person has told,
    this message with it: the two readings of one wish count the same. `until` is the first moment, with its time zone,
    at which it no longer holds; None: it has no end.
    """

    facet: str
    value: str
    strength: float = 1.0
    level: Level = "want"
    parked: bool = False
    source: Source = "message"
    turn: int = 0
    quote: str = ""
    item: str = ""
    pinned: bool = False
    context: str = ""
    items: tuple[str, ...] = ()
    until: datetime | None = None
    told: str = ""

    @property
    def words(self) -> str:
        """The value as it is encoded."""
        return f"{self.context} {self.value}" if self.context else self.value

    @property
    def readings(self) -> tuple[str, ...]:
        """The texts whose mean stands for it."""
        return (self.words, self.told) if self.told else (self.words,)

    @property
    def key(self) -> InterestKey:
        """Two interests with one key are about the same thing, whatever their level."""
        return self.facet, (self.item or self.value).casefold()

    @property
    def of_many(self) -> bool:
        """Whether it is about what several items have in common, and about none of them by itself."""
        return self.facet == MENTION and self.level != "never" and not self.item and bool(self.items)

    @property
    def label(self) -> str:
        """The interest as a person reads it."""
        if self.facet == MENTION:
            return self.value if self.items else f"like {self.value}"
        if self.facet == SUGGESTED:
            return SUGGESTION
        if self.source == "model":
            return f"{SUGGESTION}: {self.value}"
        return f"{self.facet}: {self.value}" if self.facet else self.value

    @property
    def lasts(self) -> str:
        """Until when it holds, as a person reads it: "until Sunday 15 March", to the end of that day; empty without an
        end."""
        if self.until is None:
            return ""
        last = self.until - timedelta(microseconds=1)
        day_ends = last.date() < self.until.date()
        shown = last if day_ends else self.until
        return f"until {shown:%A} {shown.day} {shown:%B}{'' if day_ends else f', {shown:%H:%M}'}"

    def holds(self, now: datetime) -> bool:
        """Whether its time is not over."""
        return self.until is None or now < self.until


def is_order(interest: Interest) -> bool:
    """Whether the interest says in which order picks come, and not which."""
    return interest.level == "want" and says_order(interest.value) and bool(interest.facet)


def says_order(value: str) -> bool:
    """Whether the value of an interest in a number field is an order, and no range."""
    return bool(_ENDS.fullmatch(value)) or nearness(value) is not None


def from_place(end: str, place: int) -> str:
    """The value of an order by HIGHEST or LOWEST that begins with the item at a place: the second cheapest."""
    return end if place == 1 else f"{end} from {place}"


def order_from(value: str) -> tuple[str, int] | None:
    """Which end comes first by an order, and from which place on; None of a value that is no such."""
    said = _ENDS.fullmatch(value)
    return (said[1], int(said[2] or 1)) if said else None


def nearest_to(number: str) -> str:
    """The value of an order by nearness to a number."""
    return f"{_NEAREST}{number}"


def nearness(value: str) -> float | None:
    """The number to which an order by nearness is; None of any other value."""
    found = _NEAREST_TO.fullmatch(value)
    return float(found[1]) if found else None


def limit_value(kind: BondKind, most: int) -> str:
    """The value of an open *never* that bounds how many picks are of one series or by one maker."""
    return f"more than {most} {next(said for said, bound in _BOUND.items() if bound == kind)}"


def limit_of(interest: Interest) -> tuple[BondKind, int] | None:
    """What an interest bounds, and how many there may be at most; None where it bounds nothing."""
    said = interest.level == "never" and interest.facet == OPEN and _LIMIT.fullmatch(interest.value)
    return (_BOUND[said[2]], int(said[1])) if said else None


def is_range(text: str) -> bool:
    """Whether parse_range reads a text."""
    match = _RANGE.fullmatch(text)
    return match is not None and not (match[1] and match[3])


def parse_range(text: str) -> tuple[float, float]:
    """The bounds, both inclusive, of "1990..1999", ">= 2000", "> 2000", "< 100", "<= 100" or "1984".

    Strict comparisons become the next float. Raises ValueError for anything else.
    """
    match = _RANGE.fullmatch(text)
    if match is None or not is_range(text):
        raise ValueError(f"{text!r} is not a range; write 1990..1999, >= 2000 or < 100")
    sign, low = match[1], float(match[2])
    if match[3]:
        return low, float(match[3])
    bounds = {
        ">=": (low, math.inf),
        "<=": (-math.inf, low),
        ">": (math.nextafter(low, math.inf), math.inf),
        "<": (-math.inf, math.nextafter(low, -math.inf)),
    }
    return bounds.get(sign, (low, low))


def time_of_wish(interest: Interest, schema: Schema) -> Part:
    """Whether a range of dates is of days of the week or of the year, which come again; empty for days of one year, for
    years, and for what is no date."""
    if schema.kind(interest.facet) != "number" or not is_range(interest.value):
        return ""
    found = part_of(schema.field(interest.facet), *parse_range(interest.value))
    return "" if found == "day" else found


def alternatives(interests: Sequence[Interest]) -> list[int]:
    """For each interest, how many wants of its facet the same words stand for, at least 1: "European" names many
    countries and is one wish; of "dark and funny" each is one, as it says both itself."""
    said = [_implied(i) for i in interests]
    return [said.count(words) if words else 1 for words in said]


def _implied(interest: Interest) -> tuple[str, str, int] | None:
    """The facet and words that stand for a wanted value without saying it, and when they were said."""
    words = interest.quote.casefold()
    if interest.level != "want" or interest.parked or interest.facet in (OPEN, MENTION, SUGGESTED):
        return None
    return (interest.facet, words, interest.turn) if words and interest.value.casefold() not in words else None


def unnamed(interests: Iterable[Interest]) -> float:
    """How much of what was said last no field names: 0 up to four words of four letters or more, 1 from sixteen on.

    "A comedy with Bill Murray" is all in its tags; of a story around a wish they hold little, and may hold it wrongly.
    """
    wants = [i for i in interests if i.level == "want" and i.source == "message" and not i.parked]
    own = [i for i in wants if i.facet == OPEN]
    last = max((i.turn for i in own), default=0)
    said = _words(i.value for i in own if i.turn == last)
    named = _words(text for i in interests if i.facet not in (OPEN, SUGGESTED) for text in (i.value, i.quote))
    return at_length(len(said - named))


def at_length(words: int) -> float:
    """How far so many words are a story, and not a few keywords: 0 up to four, 1 from sixteen on."""
    return min(1.0, max(0.0, (words - _FEW) / (_MANY - _FEW)))


def _words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in _WORD.findall(text)}
