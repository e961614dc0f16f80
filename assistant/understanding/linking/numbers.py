"""What a text says of the catalogue's numbers, whichever reader finds it.

Knows the readers and which goes first. Knows nothing of polarity.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from penchant.retriever import Catalogue, Interest, is_range, parse_range
from penchant.retriever.catalogue import Mask

from ..dates import find_dates
from ..degrees import at_place, find_extremes, find_nearest, find_ordinals, is_count_of_order
from ..quantities import Amount, NumberField, Range, amounts, find_amounts, find_orders, find_ranges
from ..text import is_chinese, tokens
from .gazetteer import Gazetteer
from .lexicon import Entry
from .resumed_limits import beside_before, resumed_limits
from .superlatives import sorts, superlatives

_MOST = 0.8
"""Of so many things of a kind a length must be known, for a bare number to be of it."""


def find_numbers(text: str, gazetteer: Gazetteer, wanted: Sequence[Interest] = ()) -> list[Range]:
    """What a text says of numbers: orders first ("the cheapest"), years and Chinese, then amounts of any field.

    wanted: what is known of the person, who may have said before of which kind things are to be."""
    fields = gazetteer.number_fields
    bounds = [amount for amount in amounts(text, ()) if amount.sign]  # "15 is the most I'd spend" orders nothing
    dated = [r for r in find_dates(text, fields, _today()) if not _is_written_so(text[r.start : r.end], gazetteer)]
    found = [r for r in find_orders(text, fields) if not (sorts(r) and any(_lies(r, bound) for bound in bounds))]
    said = [*dated, *_apart(find_extremes(text, fields), dated)]
    found = [*said, *_apart(found, said)]
    closer = superlatives(text, fields, found)
    found = [*closer, *_apart(found, closer)]
    found += _apart(_degrees(text, gazetteer, wanted), found)
    found += _apart([*find_ordinals(text, fields)], found)
    stated = find_ranges(text, gazetteer.schema)
    others = [r for r in stated if fields.is_amount(r.facet) and not is_chinese(text[r.start : r.end])]
    found += _apart([r for r in stated if r not in others], found)
    counted = find_amounts(text, fields, found, _numbered(text, gazetteer), _length(text, gazetteer, wanted))
    counted = [r for r in counted if not is_count_of_order(text, r, found)]
    limited = {r.facet for r in counted if r.stated}
    found = [r for r in found if not r.stated or r.facet not in limited]  # "hidden gems, below ten thousand votes"
    found += beside_before(counted, wanted)
    found += resumed_limits(text, fields, wanted, found)
    found += _apart(others, found)
    nearest = find_nearest(text, fields, found)
    return [*(at_place(text, r) for r in _apart(found, nearest)), *nearest]


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()


def _is_written_so(said: str, gazetteer: Gazetteer) -> bool:
    """Whether the catalogue has a value that a time is called by: "Saturday", where there is a column of weekdays."""
    known = (entry for word in tokens(said) for entry in gazetteer.entries.get((word.form,), ()))
    return any(entry.kind == "value" for entry in known)


def _degrees(text: str, gazetteer: Gazetteer, wanted: Sequence[Interest]) -> list[Range]:
    """How much of something is wished for, among the items that hold what else is; what a value, a name or a longer
    title says is none: "Smoky Hill" is not smoky."""
    words = tokens(text)
    found = gazetteer.find(words, lambda entry, first, last: entry.kind != "title" or last - first > 1)
    taken = {words[n].start for match in found for n in range(match.first, match.last)}
    degrees = gazetteer.degrees.read(words, taken)
    if not degrees:
        return []
    # "Low in sugar" is of sugar, be there another column with "low" as a value.
    left = [m for m in found if not any(d.meets(words[m.first].start, words[m.last - 1].end) for d in degrees)]
    said = [(entry.facet, entry.value) for match in left for entry in match.entries if entry.kind != "title"]
    said += [(i.facet, i.value) for i in wanted if i.level == "want" and not i.parked]
    return gazetteer.degrees.among(degrees, _holding(gazetteer.catalogue, said))


def _holding(catalogue: Catalogue, said: Sequence[tuple[str, str]]) -> Mask:
    """The rows that hold any of the values said of each field, and lie in each range."""
    values: dict[str, Mask] = {}
    meant = np.ones(len(catalogue), dtype=bool)
    for facet, value in said:
        if catalogue.schema.kind(facet) == "number":
            meant &= catalogue.within(facet, *parse_range(value)) if is_range(value) else True
        elif facet in catalogue.value_counts:
            values[facet] = values.get(facet, False) | catalogue.holding(facet, value)
    return np.asarray(np.logical_and.reduce([meant, *values.values()]), dtype=bool)


def _lies(stated: Range, bound: Amount) -> bool:
    """Whether a range is all within what is said of a bound."""
    return bound.start <= stated.start and stated.end <= bound.end


def _numbered(text: str, gazetteer: Gazetteer) -> list[range]:
    """Where values and names end in a number: "PG-13" and "Windows 11" are no amounts."""
    words = tokens(text)

    def accept(entry: Entry, first: int, last: int) -> bool:
        return entry.kind != "title" and last - first > 1 and words[last - 1].text[0].isdigit()

    found = gazetteer.find(words, accept) if any(word.text[0].isdigit() for word in words) else []
    return [range(words[match.first].end, words[match.last - 1].end) for match in found if match.last - match.first > 1]


def _length(text: str, gazetteer: Gazetteer, wanted: Sequence[Interest]) -> NumberField | None:
    """The only length that things of the kinds wanted have, with what theirs are: pages of books, minutes of films."""
    catalogue, fields = gazetteer.catalogue, gazetteer.number_fields
    if not any(character.isdigit() for character in text) or not fields.lengths:
        return None

    def is_kind(facet: str) -> bool:
        return gazetteer.schema.kind(facet) == "category"

    named = gazetteer.find(tokens(text), lambda entry, *_: is_kind(entry.facet))
    told = [(entry.facet, entry.value) for match in named for entry in match.entries if entry.kind == "value"]
    told = told or [(i.facet, i.value) for i in wanted if i.level == "want" and not i.parked and is_kind(i.facet)]
    held = [catalogue.holding(facet, value) for facet, value in told]
    rows = np.logical_or.reduce(held) if held else np.ones(len(catalogue), dtype=bool)
    known = {field: catalogue.numbers[field.name][rows] for field in fields.lengths}
    known = {field: column[~np.isnan(column)] for field, column in known.items()}
    found = [(field, column) for field, column in known.items() if len(column) > _MOST * rows.sum()]
    return replace(found[0][0], low=min(found[0][1]), high=max(found[0][1])) if len(found) == 1 else None


def _apart(ranges: Sequence[Range], known: Sequence[Range]) -> list[Range]:
    return [r for r in ranges if not any(k.meets(r.start, r.end) for k in known)]
