"""The amounts of a message as ranges of the number fields that they are of. Knows nothing of grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from penchant.retriever.catalogue.values import Unit
from penchant.retriever.catalogue.values.units import MONEY

from ..text import NUMBER, before, stem, tokens
from ..text.comparisons import OR_SO, of_pace
from .ages import names_somebody
from .amounts import Amount, amounts
from .around import Around, as_meant, counted
from .field_choice import field_of
from .field_words import are_people
from .heads import find_heads
from .number_field import NumberField, in_unit, written
from .number_fields import NumberFields
from .ranges import Range

_BETWEEN_WORDS = frozenset("of is are a an the in with has have and".split())
_OLDEST_ASKED = 21
"""No thing asks for people of more years; a column that goes on is of how old things are."""
_ROUGHLY = 0.15
_CLOSELY = 0.035
_EXTENTS = ("mass", "length")
"""Of what is so large or heavy from one end to the other all is meant to be within a limit."""
_NO = re.compile(r"\b(?:not|no)\s+(?:(?:an?|another|those)\s+)?$", re.I)
_WE = re.compile(r"\b(?:i|we|us|(?:i|we)['’](?:m|re|ll|d|ve)|staying|there|here)\b", re.I)
_PAST = re.compile(r"\b(?:was|were|had|did|been|went|spent|took|slept|last|\w{2,}(?<!ne)ed)\b", re.I)
_STAY = re.compile(r"\b(?:stay\w*|min(?:imum)?|book\w*|rent\w*|lease\w*)\b", re.I)
_WHEN = re.compile(r"\b(?:in|after|every|within)\s+(?:(?:about|just|the|another)\s+)*$", re.I)
"""What leads up to a time at the end of which something is."""
_WEIGHING = re.compile(
    r"\b(?:i|we|s?he|they|my\s+(?:\w+\s+)?\w+)\s+weighs?\s+(?:(?:about|around|roughly|nearly|almost|some)\s+)*$",
    re.I,
)
_SO_MANY = re.compile(rf"\b{NUMBER}\s+[a-z]{{3,}}s\s+$", re.I)
_TALL = re.compile(r"\s+(?:tall|high\s+myself)\b", re.I)


def find_amounts(
    text: str,
    fields: NumberFields,
    known: Sequence[Range],
    named: Sequence[range] = (),
    length: NumberField | None = None,
) -> list[Range]:
    """The ranges of a text by amounts outside of those known and of what has a number in its name (`named`); an amount
    of which no field is found says nothing. `length`: the field of which a bare limit is, with what its column has for
    the kind of thing that is wanted."""
    if not fields.fields:
        return []
    people = find_heads(text, fields, known)
    known = [*known, *people]
    words = [w for w in tokens(text) if not any(p.meets(w.start, w.end) for p in people)]
    every = fields.fields.values()
    numbered = frozenset(word for f in every for word in f.words | f.alike if f.said(word) > 1)
    said = [a for a in amounts(text, numbered) if not any(r.meets(a.start, a.end) for r in known)]
    said = [a for a in said if not (any(a.first in name for name in named) or _is_rate(text, a))]
    said = [as_meant(text, a, fields) for a in said]
    found: list[Range] = []
    for n, amount in enumerate(said):
        left = max([said[n - 1].end if n else 0, *(r.end for r in found[-1:])])
        right = said[n + 1].start if n + 1 < len(said) else len(text)
        if _is_of_somebody(text, amount):
            found += _that_hold(amount, fields)
            continue
        around = Around(text, words, amount, left, right)
        field = field_of(around, fields, length)
        if field is not None and not (_is_stay(field) and _is_no_stay(around, field)):
            around = replace(around, amount=_paced(_no_longer(text, amount, field, fields), field))
            around = replace(around, amount=_or_so(text, _within_bound(around, field), field, fields))
            ranges = _ranges(_spoken(around, field), field, fields)
            own, amount = any(map(field.is_named, [*around.near, *(w.form for w in around.led)])), around.amount
            if _is_from_nothing(amount) and not own:
                continue
            bound = _is_bound(amount)
            asked, stated = bound or own, _is_told(around, field)
            if asked or any(fields.any_within(r.facet, r.value) for r in ranges):
                sure = _is_own(around, field)
                found += [replace(r, stated=stated or sure, sure=sure) for r in ranges]
    return [*people, *found]


def _is_rate(text: str, amount: Amount) -> bool:
    """ "3 reviews a month": in what time there are so many of something, and no amount."""
    alone = text[amount.first : amount.last].casefold() in ("a", "an")
    return alone and _is_time(amount.unit) and bool(_SO_MANY.search(before(text, amount.first)))


def _is_from_nothing(amount: Amount) -> bool:
    """ "From 0 to 100": what is done in some time; nobody asks for at least nothing."""
    return amount.sign == ".." and amount.low == 0 and not amount.unit


def _is_of_somebody(text: str, amount: Amount) -> bool:
    """ "I weigh 138 kg", "he is six feet tall": what a person is, and nothing that is asked for."""
    plain = amount.unit is not None and amount.sign in ("", "~")
    tall = _TALL.match(text, amount.end) and names_somebody(before(text, amount.start)) if plain else None
    return plain and bool(tall or _WEIGHING.search(before(text, amount.start)))


def _that_hold(amount: Amount, fields: NumberFields) -> list[Range]:
    """The range of what bears so much: of the column that says how much may be at most."""
    bearing = [f for f in fields.fields.values() if f.field.bound == "high"]
    same = [f for f in bearing if f.unit and amount.unit and f.unit.dimension == amount.unit.dimension]
    return [
        Range(f.name, f">= {written(in_unit(amount.low, amount.unit, f))}", amount.start, amount.end, True, True)
        for f in same[:1]
    ]


def _no_longer(text: str, amount: Amount, field: NumberField, fields: NumberFields) -> Amount:
    """ "But not three hours", "no 800 pages": of a length that is refused, less is meant."""
    refused = _NO.search(before(text, amount.start)) if not amount.sign and field in fields.lengths else None
    return replace(amount, sign="<", start=refused.start()) if refused else amount


def _paced(amount: Amount, field: NumberField) -> Amount:
    """ "Quicker than 30 minutes" is less, as what is quick takes a short time; of watts it is more."""
    return replace(amount, sign=of_pace(amount.sign, amount.adjective, field.dimension == "time"))


def _or_so(text: str, amount: Amount, field: NumberField, fields: NumberFields) -> Amount:
    """ "70 percent or darker": the way that the adjective goes in that column."""
    said = OR_SO.search(text, amount.first, amount.end) if amount.sign == ">=" else None
    about, sign = fields.ends(amount.adjective) if said else ([], "")
    low = said and (sign == "<" if field in about else fields.is_low(said["so"], field))
    return replace(amount, sign="<=") if low else amount


def _is_bounding(field: NumberField) -> bool:
    """Whether a column says how much must be at least, or may be at most, of what somebody has."""
    return bool(field.field.bound) and not field.partner and field.dimension != MONEY and not field.field.better


def _is_stay(field: NumberField) -> bool:
    """Whether a column says for how long one must stay at least."""
    return _is_bounding(field) and field.field.bound == "low" and _is_time(field.counts_in)


def _is_no_stay(around: Around, field: NumberField) -> bool:
    """ "In three weeks", "over 300 days a year": when, or of what nobody stays."""
    amount = around.amount
    asked = any(map(field.is_named, around.near)) or _STAY.search(around.spoken) or _is_own(around, field)
    return bool(_WHEN.search(before(around.text, amount.first))) or (amount.sign in (">", ">=") and not asked)


def _is_time(unit: Unit | None) -> bool:
    return unit is not None and unit.dimension == "time"


def _is_own(around: Around, field: NumberField) -> bool:
    """Whether an amount is how long those who speak are to stay, and not how long they did."""
    led = around.text[around.clause[0] : around.amount.first]
    return _is_stay(field) and bool(_WE.search(led)) and not _PAST.search(led)


def _within_bound(around: Around, field: NumberField) -> Amount:
    """Who stays three nights, or at least three, can have what asks for three or less."""
    amount = around.amount
    own = amount.sign in ("", "~", "..") or _is_own(around, field)
    sign = "<=" if field.field.bound == "low" else ">="
    return replace(amount, sign=sign, high=amount.low) if own and _is_bounding(field) else amount


def _is_bound(amount: Amount) -> bool:
    """Whether a comparison says that the amount is asked for, be there such items or not: "one day she'll have a go",
    "eighty people looking" and "he's got two left feet" say it of none."""
    return amount.sign not in ("", "~") and bool(amount.unit or amount.adjective or amount.sign != "<=")


def _is_told(around: Around, field: NumberField) -> bool:
    """Whether words leave no doubt of what field an amount is: in a bound, behind it, or right before ("shelf 2")."""
    amount = around.amount
    own = any(map(field.is_named, around.near))
    behind = (w for w in reversed(around.words) if w.end <= amount.first)
    led = next((w for w in behind if field.is_named(w.form) or w.form not in ("number", "no")), None)
    between = around.text[led.end : amount.first].split() if led else []
    beside = led is not None and field.is_named(led.form) and between in ([], ["number"], ["no"])
    return (_is_bound(amount) and _is_of(amount, own)) or _is_counted(amount, field) or (beside and not amount.unit)


def _is_of(amount: Amount, named: bool) -> bool:
    """Whether a unit, a comparative or the field's own name tells what an amount is of."""
    return named or bool(amount.unit or amount.adjective)


def _is_counted(amount: Amount, field: NumberField) -> bool:
    """ "Four people", "2 bedrooms": whether the word right behind says what there are so many of."""
    word = "" if amount.unit else amount.word
    return bool(word) and bool(field.said(stem(word)) or (are_people(word) and field.counts_people))


def _spoken(around: Around, field: NumberField) -> Amount:
    """The amount with the words beside it, in its clause, that name its field: they say nothing else."""
    amount, text = around.amount, around.text
    first, last = amount.start, amount.end
    for word in (w for w in around.words if last <= w.start < around.right):
        if not (field.said(word.form) or word.form in _BETWEEN_WORDS):
            break
        last = word.end if field.said(word.form) else last
    for word in (w for w in reversed(around.words) if around.left <= w.start < first):
        if not (field.said(word.form) or word.form in _BETWEEN_WORDS) or "," in text[word.end : first]:
            break
        first = word.start if field.said(word.form) else first
    return replace(amount, start=first, end=last)


def _ranges(amount: Amount, field: NumberField, fields: NumberFields) -> list[Range]:
    """The range of a field; of two, where the catalogue has both ends of one ("2 to 4 players")."""
    low, high = counted(amount, field)
    partner = fields.fields.get(field.partner)
    if partner is not None:
        least, most = (field, partner) if field.field.bound == "low" else (partner, field)
        if amount.unit and amount.unit.dimension in _EXTENTS and amount.sign in ("..", "<", "<="):
            above = [Range(least.name, f">= {written(low)}", amount.start, amount.end)] if amount.sign == ".." else []
            sign = "<=" if amount.sign == ".." else amount.sign
            return [*above, Range(most.name, f"{sign} {written(high)}", amount.start, amount.end)]
        if amount.sign in ("", "..", "~"):
            ends = ((least, f"<= {written(low)}"), (most, f">= {written(high)}"))
            return [Range(f.name, value, amount.start, amount.end) for f, value in ends]
        money = field.dimension == "money" and amount.sign == "<="
        one = most if amount.sign in (">=", ">") or money else least
        return [Range(one.name, f"{amount.sign} {written(low)}", amount.start, amount.end)]
    return [Range(field.name, _value(amount, field, low, high), amount.start, amount.end)]


def _value(amount: Amount, field: NumberField, low: float, high: float) -> str:
    if amount.sign == "..":
        return f"{written(low)}..{written(high)}"
    if amount.sign == "~":
        return f"{written(low * (1 - _ROUGHLY))}..{written(low * (1 + _ROUGHLY))}"
    if amount.sign:
        return f"{amount.sign} {written(low)}"
    of_people = field.is_about("age") and field.field.bound != "high"
    if of_people and field.high > _OLDEST_ASKED and not field.field.bound:
        return written(low)  # "18 years" of a whisky
    if field.dimension == "money" or of_people:
        return f"<= {written(low)}"
    if field.dimension == "rating" or field.field.better == "more":
        return f">= {written(low)}"
    if field.dimension in ("time", "energy") or not field.whole or low != amount.low:  # 1.5 litres are 1498 cc
        share = _ROUGHLY if field.dimension in ("time", "energy") else _CLOSELY
        return f"{written(low * (1 - share))}..{written(low * (1 + share))}"
    return written(low)
