"""How many people something is for: "2 adults and 4 kids", "we are seven", "a party of ten", "sleeps six".

English. Knows which number field says for how many an item is: small whole numbers under a header that speaks of
people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penchant.retriever.catalogue.inference import says

from ..text import NUMBER, before, number
from ..text.comparisons import SIGNS_BEFORE, sign_after
from .ages import GROWN, KIN, YOUNG
from .number_field import NumberField, written
from .number_fields import NumberFields
from .ranges import Range

_MOST = 200
_N = rf"(?<![\w.,$€£#-])(?:{NUMBER})(?![\w%])"
_KIND = r"(?:(?:grown|small|little|young|old|older|elderly|hungry|other|more|of\s+(?:us|them|my|our))\s+)*"
_WHO = rf"(?P<who>{GROWN}|{YOUNG}|{KIN}|of\s+us)\b(?!['’]s|\s+(?:reviews?|ratings?|votes?)|\s+of\s+(?!us\b|{GROWN}))"
_PART = re.compile(rf"(?P<n>{_N})[\s-]+{_KIND}{_WHO}", re.I)
_NOT_OLD = (
    rf"(?!\s*(?:-|and\s+{NUMBER}|years?|yrs?|months?|weeks?|days?|nights?|hours?|o['’]?clock|\w+[\s-]old|percent"
    r"|per\s+cent))"
)
_JOINED = re.compile(r"\s*,?\s*(?:and|&|\+|plus|with|as\s+well\s+as|,)\s*(?:(?:the|our|my|also)\s+)*", re.I)
_AND_THE_LITTLE = re.compile(rf"\s*(?:,\s*)?(?:and|&|\+|plus|with)\s+(?:an?|one)\s+(?:{YOUNG}|{KIN})\b", re.I)
_LEAVE = (
    r"(?=\s*(?:$|[.,;:!?)\n-]|(?:and|or|in|at|on|with|to|near|from|so|who|please|now|by|but|that|for|if|under|over|below|above|within|altogether"
    r"|in\s+total)\b))"
)
_TOLD_OF = re.compile(r"\s+(?:(?:i|we|you|they|who|that)\b|\w{2,}ed\b|said\b|told\b)", re.I)
_WE_ARE = (
    r"\b(?:there\s+(?:are|will\s+be|would\s+be|['’]ll\s+be)"
    r"|we(?:['’]?re|\s+are|\s+will\s+be|['’]ll\s+be)(?:\s+(?:all|only|just|about))?)\s+"
)
_GROUP = r"\b(?:group|party|family|bunch|crew|team|gang|crowd|class|household|troop)\s+of\s+"
_HOLDS = r"\b(?:sleeps?|seats?|fits?|holds?|hosts?|accommodates?)\s+(?:(?:us|the)\s+)?"
_ABOUT = r"(?:(?:at\s+least|up\s+to|about|all|the)\s+)*"
_US = re.compile(
    rf"{_WE_ARE}(?P<n>{_N}){_NOT_OLD}{_LEAVE}|{_GROUP}{_ABOUT}(?P<of>{_N}){_NOT_OLD}"
    rf"|{_HOLDS}{_ABOUT}(?P<fits>{_N}){_NOT_OLD}{_LEAVE}"
    rf"|\b(?:room|space|place|enough)\s+for\s+{_ABOUT}(?P<room>{_N}){_NOT_OLD}{_LEAVE}"
    rf"|\bfor\s+{_ABOUT}(?P<few>{_N}){_NOT_OLD}{_LEAVE}",
    re.I,
)
_COUNTED_SO = re.compile(r"of\s+us|heads?|pax|adults?|grown[\s-]?ups?", re.I)
_SURE = re.compile(
    r"\b(?:for|we(?:['’]?re|\s+are|\s+will\s+be|['’]ll\s+be)|there\s+(?:are|will\s+be)|there['’]ll\s+be|of\s+us|carry|fit|fits|seat|seats|sleep"
    r"|sleeps|hold|holds|take|host|accommodate|room|space)\s+(?:(?:at\s+least|up\s+to|about|all|the|my|our|roughly|only|just)\s+)*$",
    re.I,
)


_UP_TO = re.compile(r"\bup\s+to\b|\bhave\b|\bgot\b", re.I)
"""What stands before those who come: "up to six of us", "we have two kids"."""

_MOST_HELD = 500
_OF_STORAGE = frozenset(("ram", "memory", "storage", "disk", "ssd", "hdd", "battery"))
"""Whose capacity is of no people."""
_A_FEW = 12
"""How many "for ten" may be, where nothing says that it is people."""


@dataclass(frozen=True, slots=True)
class Heads:
    """So many people, and where. sure: wording tells that it is for them."""

    count: float
    start: int
    end: int
    sure: bool


def find_heads(text: str, fields: NumberFields, known: Sequence[Range]) -> list[Range]:
    """The head count of a text, the greatest of those that are sure, as ranges of the field that holds so many."""
    room = capacity(fields)
    counts = head_counts(text) if room else ()
    said = [h for h in counts if not (_is_compared(text, h) or any(r.meets(h.start, h.end) for r in known))]
    if not (room and said):
        return []
    most = max(said, key=lambda h: (h.sure, h.count))
    ranges = [
        Range(name, f"{sign} {written(most.count)}", most.start, most.end, stated=True, sure=most.sure)
        for name, sign in _ends(room)
    ]
    return [r for r in ranges if r.sure or fields.any_within(r.facet, r.value)]


def _is_compared(text: str, heads: Heads) -> bool:
    """ "No more than four people", "six guests at most": a limit like that of anything else."""
    led = before(text, heads.start)
    signs = (cue[0] for sign, form in SIGNS_BEFORE if sign != "~" and (cue := form.search(led)))
    after = sign_after(text, (heads.end,))
    return any(not _UP_TO.search(sign) for sign in signs) or (after is not None and after[0] != "~")


def capacity(fields: NumberFields) -> NumberField | None:
    """The field that says for how many an item is, of two that are the ends of a range the upper one."""
    held = [f for f in fields.fields.values() if not (f.unit or f.dimension or f.field.unit) and says(f.name, "heads")]
    held = [f for f in held if not f.words & _OF_STORAGE]
    small = [f for f in held if f.whole and f.low >= 0 and 1 < f.high <= _MOST_HELD]
    return max(small, key=lambda f: (f.field.bound == "high", f.field.bound == "", f.filled), default=None)


def _ends(room: NumberField) -> Iterator[tuple[str, str]]:
    """The fields that a number of people lies between."""
    yield room.name, "<=" if room.field.bound == "low" else ">="
    if room.partner:
        yield room.partner, ">=" if room.field.bound == "low" else "<="


def head_counts(text: str) -> Iterator[Heads]:
    """The head counts of a text in order; adults and children beside each other are one."""
    done = 0
    for match in sorted([*_PART.finditer(text), *_US.finditer(text)], key=lambda m: (m.start(), -m.end())):
        if match.start() >= done and (found := _counted(text, match)) and found.count <= _MOST:
            done = found.end
            yield found


def _counted(text: str, match: re.Match[str]) -> Heads | None:
    groups = {name: said for name, said in match.groupdict().items() if said}
    count = number(next(said for name, said in groups.items() if name != "who"))
    who = groups.get("who", "").casefold()
    count *= 2 if who.startswith("couple") else 1
    few = "few" in groups
    sure = (
        (match.re is _US and not few)
        or bool(_COUNTED_SO.fullmatch(who))
        or bool(_SURE.search(before(text, match.start())))
    )
    end, together = match.end(), False
    while more := _more(text, end):
        count, end, together = count + more[0], more[1], True
    alone = count == 1 and not together  # "one person" is asked for seldom, and told of often
    told = alone or _TOLD_OF.match(text, end)
    doubtful = (told and not (sure or together)) or (few and count > _A_FEW)
    return None if doubtful else Heads(count, match.start(), end, sure or together)


def _more(text: str, end: int) -> tuple[float, int] | None:
    """People named beside others: how many, and where they end."""
    if one := _AND_THE_LITTLE.match(text, end):
        return 1, one.end()
    joined = _JOINED.match(text, end)
    part = _PART.match(text, joined.end()) if joined else None
    return (number(part["n"]) * (2 if part["who"].casefold().startswith("couple") else 1), part.end()) if part else None
