"""Series that only titles show: "X", "X II", "X 3: Y", "X Vol. 2", "X: Y", "Y (X, #2)".

Knows titles. Knows no fields.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..matching.titles import core, plain_title

_COUNTED = (
    "part volume book chapter episode season no number issue act disc disk cd series opus nr teil band folge staffel"
    " tome partie saison parte libro temporada"
)
_MARKS = frozenset(_COUNTED.split())
"""What stands before the number of a part."""
_FIRST = frozenset(("1", "i"))
_PART = re.compile(r"\d{1,2}")
"""More digits are of a year."""
_WRITTEN = re.compile(r"(?:\d|\b[ivx]+)\W*$", re.I)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_HEAD = re.compile(r"\s*[:：]\s+|\s+[-–—|]\s+")
_OF = re.compile(
    r"[(\[]([^()\[\]]{2,60}?),?\s*(?:#|\b(?:book|vol(?:ume)?|part|no|nr)\b\.?)\s*\d{1,3}[^()\[\]]*[)\]]", re.I
)
_HAN = re.compile(r"(?<=[\u3040-\u9fff])\s*(?:第?[一二三四五六七八九十\d]{1,3}[部季卷集]?|[上中下][部集卷])$")
_NUMBER = re.compile(r"[\s,]*(?:\b(?:book|vol(?:ume)?|part|no|nr)\b\.?\s*)?#?\d{1,3}$", re.I)
_TELLING = 2
"""So many words before a colon are of one series wherever they recur; a single one may be a common word."""


class Reading(NamedTuple):
    """A title: all of its words, what it says outright to be a part of, and what it may be a part of."""

    whole: str
    counted: str
    head: str


def read_title(title: str) -> Reading:
    """What a title says of a series; empty texts where it says nothing."""
    parts = _HEAD.split(title, maxsplit=1)
    whole, head = core(title), plain_title(parts[0]) if len(parts) > 1 else ""
    if named := _OF.search(title):
        return Reading(whole, plain_title(named[1]), head)
    numbered = _without_number(whole, _BRACKETS.sub("", title)), _without_number(head, parts[0])
    counted = next(filter(None, numbered), "") or _HAN.sub("", whole)
    return Reading(whole, "" if counted == whole else counted, numbered[1] or head)


def _without_number(plain: str, title: str) -> str:
    """The words before the number of a part, in plain words; empty if there is none, or nothing before it. A number in
    words is one only behind what counts parts: "Volume Three", and not "Studio Nine"."""
    words = plain.split()
    if len(words) < 2:
        return ""
    marked = words[-2] in _MARKS
    if not (_PART.fullmatch(words[-1]) and (marked or _WRITTEN.search(title))) and not (marked and words[-1] in _FIRST):
        return ""
    return " ".join(words[:-2] if marked and len(words) > 2 else words[:-1])


def series_name(value: str) -> str:
    """A value of a field of series without the number of the part: "X, #2"."""
    return _NUMBER.sub("", value) or value


def series_of(titles: Sequence[str], makers: Sequence[frozenset[str]]) -> list[str]:
    """For each title the plain name of the series that it is of; empty where it is of none.

    makers: who made each, as far as it is known: the parts of "Symphony" are not of one series whoever wrote them.
    Takes time in proportion to the titles.
    """
    read = [read_title(title) for title in titles]
    attested = {one.counted for one in read if one.counted}
    heads, wholes = {one.head for one in read if one.head}, {one.whole for one in read}
    members: dict[str, list[int]] = {}
    for row, one in enumerate(read):
        if name := _name(one, attested, heads, wholes):
            members.setdefault(name, []).append(row)
    found = [""] * len(titles)
    for name, rows in members.items():
        bearers = [row for row in rows if read[row].whole == name]
        for row, own in _of_one_series(name, rows, bearers, makers):
            found[row] = own
    return found


def _name(one: Reading, attested: set[str], heads: set[str], wholes: set[str]) -> str:
    """The series that a title may be of: one that it counts itself among, or that others do."""
    if one.counted:
        return one.counted
    if one.head and (one.head in attested or one.head in wholes or len(one.head.split()) >= _TELLING):
        return one.head
    return one.whole if one.whole in attested or one.whole in heads else ""


def _of_one_series(
    name: str, rows: Sequence[int], bearers: Sequence[int], makers: Sequence[frozenset[str]]
) -> Iterator[tuple[int, str]]:
    """Rows of one name, each with the series that it is of. A name that anybody may give, one word that no work bears
    alone or one that works of several makers bear, is a series only of one maker's."""
    telling = bool(bearers) or len(name.split()) >= _TELLING or not any(makers[row] for row in rows)
    known = [makers[row] for row in bearers if makers[row]]
    if telling and (len(known) < 2 or frozenset.intersection(*known)):
        yield from ((row, name) for row in rows if len(rows) > 1)
        return
    counts = Counter(maker for row in rows for maker in makers[row])
    for row in rows:
        best = max(sorted(makers[row]), key=counts.__getitem__, default="")
        if counts[best] > 1:
            yield row, f"{name} by {best}"
