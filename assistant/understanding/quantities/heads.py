"""How many people something is for: "2 adults and 4 kids", "we are seven", "a party of ten", "sleeps six".

English. Knows which number field says for how many an item is: small whole numbers under a header that speaks of
people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from penchant.retriever.catalogue.inference import says
from penchant.retriever.catalogue.kinds import nouns

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
    rf"(?!\s*(?:-|and\s+(?:an?\s+half|(?!an?\b){NUMBER})|years?|yrs?|months?|weeks?|days?|nights?|hours?|o['’]?clock|\w+[\s-]old|percent"
    r"|per\s+cent))"
)
_DET = r"(?:my|our|his|her|their|your|the|an?|one|another|also)\s+"
_AND = r"\s*,?\s*(?:and|&|\+|plus|as\s+well\s+as)\s*"
_JOINED = {
    False: re.compile(rf"(?:{_AND}|\s*,?\s*with\s*|\s*,\s*)(?:{_DET})*", re.I),
    True: re.compile(rf"(?:{_AND}|\s*,?\s*with\s*)(?:{_DET})*", re.I),
}
_BESIDE = {
    False: re.compile(rf"{_AND}|\s*,\s*(?:also\s+)?", re.I),
    True: re.compile(_AND, re.I),
}
"""What joins others to those named before, and somebody who is not counted; to all there are nobody behind a comma, as
"four of us, me and ..." says who they are."""
_AND_THE_LITTLE = re.compile(rf"\s*(?:,\s*)?(?:and|&|\+|plus|with)\s+(?:an?|one)\s+(?:{YOUNG}|{KIN})\b", re.I)
_SOMEBODY = re.compile(
    rf"\b(?P<both>us\s+two|we\s+two|(?:the\s+)?two\s+of\s+us|(?:both\s+of\s+)?us)\b|\b(?P<self>me|myself|i)\b(?!['’])"
    rf"|\b(?:{_DET})*{_KIND}(?P<kin>{KIN}|{YOUNG})\b(?!['’]s)|\b(?:{_DET})+{_KIND}(?P<one>{GROWN}|[a-z]+(?:\s+[a-z]+)?)\b(?!['’]s)",
    re.I,
)
"""Somebody who is not counted: "me", "my sister", "grandma", "the nanny"."""
_LEAVE = (
    r"(?=\s*(?:$|[.,;:!?)\n-]|(?:and|or|in|at|on|with|to|near|from|so|who|please|now|by|but|that|for|if|under|over|below|above|within|altogether"
    r"|in\s+total)\b))"
)
_FIT = re.compile(
    r"\s+(?:(?:all|both|too|also)\s+)*(?:(?:have|has|need|needs|want|wants|would\s+like)\s+to|must|should|will|would|can|could|are|['’](?:ll|re))"
    r"\s+(?:\w+\s+){0,2}?(?:fit|get|com(?:e|ing)|go(?:ing)?|travel\w*|ride|sit|sleep|stay\w*|play\w*|join\w*|squeeze|eat\w*)\b",
    re.I,
)
"""What those do who are to have room."""
_OPENS = re.compile(
    r"(?:^|[.;:!?\n]\s*|\b(?:for|just|only|it['’]s|it\s+is|we['’]re|we\s+are|that['’]s|room|but|so|ok(?:ay)?|hi|hello|fit|fits|seat|seats"
    r"|carry|take|hold|sleep|sleeps)\s+)$",
    re.I,
)
_OWN = re.compile(r"\b(?:my|our|me|myself|i|us|we)\b", re.I)
_LEAVES = re.compile(_LEAVE, re.I)
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
_ALL_TOLD = re.compile(r"of\s+us|heads?|pax|people|persons?", re.I)
_SURE = re.compile(
    r"\b(?:for|we(?:['’]?re|\s+are|\s+will\s+be|['’]ll\s+be)|there\s+(?:are|will\s+be)|there['’]ll\s+be|of\s+us|carry|fit|fits|seat|seats|sleep"
    r"|sleeps|hold|holds|take|host|accommodate|room|space)\s+(?:(?:at\s+least|up\s+to|about|all|the|my|our|roughly|only|just)\s+)*$",
    re.I,
)


_UP_TO = re.compile(r"\bup\s+to\b|\bhave\b|\bgot\b", re.I)
"""What stands before those who come: "up to six of us", "we have two kids"."""

_MOST_HELD = 500
_PERSONS = "18"
"""WordNet's file of nouns for people."""
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
    last = next(h for h in reversed(said) if h.count == most.count)  # "my wife, me and the boys, so four people"
    ranges = [
        Range(name, f"{sign} {written(most.count)}", last.start, last.end, stated=True, sure=most.sure)
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
    """The head counts of a text in order; those named beside each other are one."""
    done = 0
    found = [*_PART.finditer(text), *_US.finditer(text), *_SOMEBODY.finditer(text)]
    for match in sorted(found, key=lambda m: (m.start(), m.re is _SOMEBODY, -m.end())):
        if match.start() >= done and (heads := _counted(text, match)) and heads.count <= _MOST:
            done = heads.end
            yield heads


def _counted(text: str, match: re.Match[str]) -> Heads | None:
    if match.re is _SOMEBODY:
        return _named(text, match)
    groups = {name: said for name, said in match.groupdict().items() if said}
    who = groups.get("who", "").casefold()
    few = "few" in groups
    sure = (
        (match.re is _US and not few)
        or bool(_COUNTED_SO.fullmatch(who))
        or bool(_SURE.search(before(text, match.start())))
    )
    first = number(next(said for name, said in groups.items() if name != "who")) * _of_each(who)
    all_told = match.re is _US or bool(_ALL_TOLD.fullmatch(who))
    count, end, counted = _with_others(text, first, match.end(), all_told)
    together = end > match.end()
    alone = count == 1 and not together  # "one person" is asked for seldom, and told of often
    told = alone or _TOLD_OF.match(text, end)
    some = first == 1 and not (counted or _OWN.search(text, match.start(), end))  # "about a father and a son"
    doubtful = ((told and not together) or some) and not sure
    doubtful = doubtful or (few and count > _A_FEW)
    return None if doubtful else Heads(count, match.start(), end, sure or together)


def _named(text: str, match: re.Match[str]) -> Heads | None:
    """ "My wife, me and our four children all have to fit in": several, some of whom are counted, or of whom nothing
    else is said."""
    if match["one"] and not _OWN.search(match[0]):
        return None
    count, end, counted = _with_others(text, _of_one(match), match.end(), False)
    opens = _OPENS.search(before(text, match.start())) and _LEAVES.match(text, end)
    meant = opens or (counted and not _TOLD_OF.match(text, end)) or _FIT.match(text, end)
    some = re.match(r"an?\b", match[0], re.I) and not _OWN.search(text, match.start(), end)
    several = end > match.end() and _of_one(match) and meant and not some
    return Heads(count, match.start(), end, True) if several else None


def _with_others(text: str, count: float, end: int, all_told: bool) -> tuple[float, int, bool]:
    """How many there are with those named beside, where these end, and whether any of them are counted."""
    counted = False
    while more := _more(text, end, all_told):
        count, end, counted = count + more[0], more[1], counted or more[2]
    return count, end, counted


def _more(text: str, end: int, all_told: bool) -> tuple[float, int, bool] | None:
    """People named beside others: how many, where they end, and whether it is said how many."""
    if one := _AND_THE_LITTLE.match(text, end):
        return 1, one.end(), False
    joined = _JOINED[all_told].match(text, end)
    part = _PART.match(text, joined.end()) if joined else None
    if part:
        return number(part["n"]) * _of_each(part["who"].casefold()), part.end(), True
    beside = _BESIDE[all_told].match(text, end)
    somebody = _SOMEBODY.match(text, beside.end()) if beside else None
    return (_of_one(somebody), somebody.end(), False) if somebody and _of_one(somebody) else None


def _of_each(who: str) -> int:
    return 2 if who.startswith("couple") else 1


def _of_one(match: re.Match[str]) -> float:
    """How many somebody is at least; none where it is nobody."""
    if match["self"]:
        return 1
    who = (match["kin"] or match["one"] or "").casefold()
    if match["one"] and not re.fullmatch(GROWN, who) and not _is_person(who):
        return 0
    return 2 if match["both"] or who.startswith("couple") or _are_several(who) else 1


@cache
def _is_person(noun: str) -> bool:
    return any(sense.theme == _PERSONS for sense in nouns().senses(noun)[:1])


def _are_several(who: str) -> bool:
    return who in ("children", "people", "folks", "men", "women") or (who.endswith("s") and not who.endswith("ss"))
