"""Which number field an amount is of: by its unit, by the words around it, by the comparison ("cheaper than"), by what
the columns hold, and by meaning where nothing of that tells.

Knows amounts and number fields, and nothing of grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from penchant.retriever.catalogue.inference import says
from penchant.retriever.catalogue.values import Unit
from penchant.retriever.catalogue.values.units import MONEY

from ..text import stem
from .amounts import Amount
from .around import LIMITS, Around, as_range, counted, led_up_to, may_mean, tells, usual_prices
from .field_words import are_people, is_said, names_what_is_counted, words_of_amounts
from .number_field import NumberField, how_unusual, in_unit
from .number_fields import NumberFields

_ORDERED = re.compile(r"\b(?:\w{2,}est|most|top)(?:\s+[a-z][\w-]*){1,3}\s+$", re.I)
_LARGE = 100
_RARE = 0.02
_COUNTED = ("count", "year", "date")
_MEANT, _CLEARLY_MEANT, _MEASURED = 0.3, 0.35, 0.2
"""The least cosine of a clause and the name of the field that its amount is of: where it is one of few that could be;
where the column need not hold such an amount; where the amount has a unit, which no column states."""


def field_of(said: Around, fields: NumberFields, length: NumberField | None) -> NumberField | None:
    """The field that an amount is of. `length`: the field of which a bare limit is, with what its column has for the
    kind of thing that is wanted."""
    amount = said.amount
    asked = [f for f in fields.fields.values() if not f.field.aside or is_said(f.field, said.text)]
    every = usual_prices(amount, [f for f in asked if fields.is_amount(f.name)])
    age = [f for f in every if f.is_about("age")]
    if amount.aged and age:
        return age[0]
    if names_what_is_counted(amount.word):
        every = [f for f in every if f not in age]  # "three kids" are no age
    if fit := (age if amount.unit and amount.unit.name == "years" else []) or _counting(amount.unit, every):
        return _measuring(said, fit, fields)
    free = [f for f in every if f.unit is None or not amount.unit]
    named = [pair for pair in fields.named(said.near, free) if _can_be(amount, pair[1])]
    beside = [f for f in free if not (amount.unit or f.unit) and f.said(stem(amount.word))]
    if named and named[0][1].unit and beside:  # "100 episodes" are no minutes an episode
        named = fields.named(said.near, beside)
    if named and named[0][1].name == fields.prior and not amount.sign:
        return None  # "two votes"
    if named:
        best = [f for score, f in named if score > named[0][0] - 0.4]
        others = [f for _, f in named if f not in best]
        return _instead(said, best, others, free, fields) or _likeliest(said, best, fields)
    if counting := _of_people(said, every, fields) or led_up_to(said, free, fields):
        return counting
    short = [f for f in free if not amount.unit and f.is_cut_short(amount.word) and f.may_mean(amount.low, True)]
    return short[0] if len(short) == 1 else _unnamed(said, fields, free) or _bare(amount, fields, length)


def _measuring(said: Around, fit: Sequence[NumberField], fields: NumberFields) -> NumberField | None:
    """Of the fields that count in the amount's unit the one that is named, or that can be meant."""
    amount = said.amount
    fit = [f for f in fit if may_mean(amount, f)] or fit
    paid = [f for f in fit if f.dimension] or fit  # of what was earned only where it is said
    if named := fields.named(said.near, fit) or fields.named(said.every, paid):
        return _likeliest(said, [f for score, f in named if score > named[0][0] - 0.4], fields)
    if ends := [f for f in fields.ends(amount.adjective)[0] if f in paid]:
        return ends[0]
    telling = [f for f in paid if tells(amount, f, fields)]
    if len(paid) > 1 and (meant := fields.nearest(said.spoken, telling or paid, _CLEARLY_MEANT)):
        return meant
    same = [f for f in fit if f.unit and amount.unit and f.unit.name == amount.unit.name]
    may = [f for f in [*same, *paid, *fit] if may_mean(amount, f)]
    best = max(same or telling, key=lambda f: fields.divided(f.name, as_range(amount, f)), default=None)
    return best if best in telling else next((f for f in may if f in telling), may[0] if may else None)


def _can_be(amount: Amount, field: NumberField) -> bool:
    """Whether a field may hold so much, or a limit is said of it: no seat has room of six inches."""
    return amount.sign in LIMITS or may_mean(amount, field)


def _instead(
    said: Around,
    named: Sequence[NumberField],
    others: Sequence[NumberField],
    free: Sequence[NumberField],
    fields: NumberFields,
) -> NumberField | None:
    """The field that is meant where words name others, of which a bound says nothing: one that they also speak of
    ("seats seven", beside a column of the room of a seat), else, where none is called so or none can be so much, by
    meaning and by what columns hold: "the most cocoa that still got 3.5 or more"."""
    if said.amount.sign not in LIMITS:
        return None
    plain = _as_it_is_said(said, named, free, fields)
    if plain or any(tells(said.amount, f, fields) for f in named):
        return plain
    if telling := [f for f in others if tells(said.amount, f, fields)]:
        return _likeliest(said, telling, fields)
    ordered = _ORDERED.search(said.text[: said.amount.start])  # "the biggest engine under 9000" costs less
    if not ordered and any(f.is_named(word) for f in named if may_mean(said.amount, f) for word in said.near):
        return None
    left = [f for f in free if f not in named]
    return _by_meaning(said, fields, left) or _by_column(said, fields, left, True)


def _as_it_is_said(
    said: Around, named: Sequence[NumberField], free: Sequence[NumberField], fields: NumberFields
) -> NumberField | None:
    """Where a named field would have to count an amount in thousands, one near in meaning that has it as it is said:
    "4000 pixels across" are no pixels of a column of millions, but a resolution."""
    amount = said.amount
    plain = [f for f in free if not f.dimension and f.low <= amount.low <= f.high]
    if amount.unit or amount.scaled != 1 or any(counted(amount, f)[0] == amount.low for f in named):
        return None
    return fields.nearest(said.spoken, [f for f in plain if tells(amount, f, fields)], _MEANT)


def _of_people(said: Around, every: Sequence[NumberField], fields: NumberFields) -> NumberField | None:
    """Of people that are counted, the field that counts such: "500 staff" are employees, "a million people" owners."""
    if said.amount.sign not in LIMITS or not are_people(said.amount.word):
        return None
    of_people = [f for f in every if f.counts_people]
    return fields.nearest(said.spoken, [f for f in of_people if tells(said.amount, f, fields)], 0.0)


def _likeliest(said: Around, named: Sequence[NumberField], fields: NumberFields) -> NumberField:
    """Of fields that are named as clearly the one of which the amount says something; of several such, by meaning."""
    telling = [f for f in named if tells(said.amount, f, fields)]
    if several := [f for f in telling if says(f.name, "counting") and names_what_is_counted(said.what_follows)]:
        telling = several  # "three or more cameras", beside columns of what these can
    shares = {f.name: fields.divided(f.name, as_range(said.amount, f)) for f in telling}
    if len(telling) > 1 and (meant := fields.nearest(said.spoken, telling, 0.0, said.amount.sign, shares)):
        return meant
    return next((f for f in telling or named if f.holds(said.amount.low)), named[0])


def _counting(unit: Unit | None, every: Sequence[NumberField]) -> list[NumberField]:
    """The fields that count in such a unit, else in so many of it to something."""
    if unit is None:
        return []
    paid = words_of_amounts()["measured"][MONEY] if unit.dimension == MONEY else ()
    return [f for f in every if _counts(f, unit) or (not f.dimension and f.words & set(paid))] or [
        f for f in every if f.is_per(unit)
    ]


def _counts(field: NumberField, unit: Unit) -> bool:
    own = field.counts_in
    return field.dimension == unit.dimension or (own is not None and own.dimension == unit.dimension)


def _unnamed(said: Around, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """Where no word near the amount names a field: by the unit's dimension, the comparison, meaning, or the column."""
    amount = said.amount
    if amount.unit:
        return _of_unit(said, amount.unit, fields, free)
    several = names_what_is_counted(amount.word)
    if several and amount.adjective and (meant := _by_meaning(said, fields, [f for f in free if f.is_count])):
        return meant
    if amount.adjective and (ends := [f for f in fields.ends(amount.adjective)[0] if f.dimension != "year"]):
        return ends[0]
    either = " or " in said.text[amount.first : amount.last].casefold()  # "8 or 9" of whatever was asked
    if not amount.sign or (amount.sign == "~" and amount.word) or either:
        return None
    meant = _by_meaning(said, fields, free)
    if several or (meant and meant.dimension):
        return meant
    return _of_age(said, fields, free) or meant or _by_column(said, fields, free) or _only(said, fields, free)


def _of_unit(said: Around, unit: Unit, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """A column without a unit that measures what the amount's unit does, by its name or what it holds."""
    measured = words_of_amounts()["measured"].get(unit.dimension, ())
    sized = [f for f in free if f.words & set(measured) or (unit.dimension == "area" and f.words == {"size"})]
    if fit := [f for f in sized if f.holds(in_unit(said.amount.low, unit, f))]:
        return min(fit, key=lambda f: how_unusual(said.amount.low, unit, f))
    named = fields.named(said.every, free)
    own = named[0][1] if named and named[0][0] > 1 else None
    if own and tells(said.amount, own, fields):
        return own
    only = sized[0] if len(sized) == 1 and may_mean(said.amount, sized[0]) else None
    return _by_meaning(said, fields, free) or own or only


def _by_meaning(said: Around, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """The field whose name the clause comes near, of those of which the amount says something: "ten bunks" are beds.
    How many have rated is told by who they are: "more than 70 from reviewers" is a mark."""
    amount, several = said.amount, names_what_is_counted(said.amount.word)
    may = [f for f in free if not amount.unit or f.dimension in ("", amount.unit.dimension)]
    may = [f for f in may if several or not says(f.name, "counting")]
    telling = [f for f in may if tells(amount, f, fields)] if amount.sign in LIMITS else []
    if amount.unit:  # a unit says of what it is, be there no column that bears it
        return fields.nearest(said.spoken, telling, _MEASURED)
    return None if said.is_bare else fields.nearest(said.spoken, telling, _MEANT, "" if several else amount.sign)


def _only(said: Around, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """The only field of which a bound says something, where words stand beside it: "a bitterness of 60 or more"."""
    telling = [f for f in free if said.amount.sign in LIMITS and tells(said.amount, f, fields)]
    return telling[0] if len(telling) == 1 and not said.is_bare else None


def _of_age(said: Around, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """How old items are, where a bound tells them apart by that and none by a price: "a striker below 36". What is
    asked for by age is bounded, and how old somebody is who plays no limit of it."""
    plain = not (said.amount.unit or said.amount.adjective) and said.amount.sign in LIMITS
    told = [f for f in free if plain and f.dimension in ("age", MONEY) and tells(said.amount, f, fields)]
    return told[0] if len(told) == 1 and told[0].dimension == "age" and not told[0].field.bound else None


def _by_column(
    said: Around, fields: NumberFields, free: Sequence[NumberField], bare: bool = False
) -> NumberField | None:
    """A mark, of a bound from below and no more; else a price that there may be; of large numbers the only field.
    bare: whether the words beside are of something else."""
    amount = said.amount
    bare = bare or said.is_bare
    marks = [f for f in free if f.dimension == "rating" and amount.sign in (">", ">=") and bare]
    if marks := [f for f in marks if tells(amount, f, fields)]:
        return max(marks, key=lambda f: fields.divided(f.name, as_range(amount, f)))
    money = [f for f in fields.of("money") if f in free and f.holds(counted(amount, f)[0])]
    if money or amount.low < _LARGE:
        return money[0] if money else _only_measure(amount, free, fields)
    holding = [f for f in free if f.low <= amount.low <= f.high]
    if not holding and len(money := fields.of("money")) == 1 and may_mean(amount, money[0]):
        return money[0]  # "at most half a million", where nothing costs so much
    return holding[0] if len(holding) == 1 else None  # "under 120000 on the clock"


def _only_measure(amount: Amount, free: Sequence[NumberField], fields: NumberFields) -> NumberField | None:
    """The only field of which it is known what it measures that a bound parts in the middle, where nearly all of its
    numbers are: "at least 80" of what is from 55 to 100 percent."""
    measured = [f for f in free if f.dimension not in ("", *_COUNTED) and tells(amount, f, fields)]
    parted = [f for f in measured if fields.quantile(f, _RARE) < counted(amount, f)[0] < fields.quantile(f, 1 - _RARE)]
    return parted[0] if len(parted) == 1 and amount.sign in LIMITS and not amount.word else None


def _bare(amount: Amount, fields: NumberFields, length: NumberField | None) -> NumberField | None:
    """ "300+", "under 200": a limit with nothing beside it is of the length of what is wanted, where that may be so
    long and some are not."""
    alone = not (amount.unit or amount.adjective or amount.aged or names_what_is_counted(amount.word))
    fits = length and amount.sign in LIMITS and alone and length.holds(amount.low) and tells(amount, length, fields)
    return fields.fields[length.name] if length and fits else None
