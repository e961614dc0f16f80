"""Which number field an amount is of: by its unit, by the words around it, by the comparison ("cheaper than"), by what
the columns hold, and by meaning where nothing of that tells.

Knows amounts and number fields, and nothing of grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from penchant.retriever.catalogue.inference import says
from penchant.retriever.catalogue.values import Unit
from penchant.retriever.catalogue.values.units import MONEY

from ..text import STOPWORDS, Token, before, stem
from .amounts import Amount
from .comparisons import EARNED
from .number_field import NumberField, are_people, in_unit, names_what_is_counted, words_of_amounts, written
from .number_fields import NumberFields

_CLAUSE = re.compile(r"[.;!?,](?:\s|$)|\s(?:and|but|or|with|plus)\s", re.I)
_NEAR, _FAR = 3, 6
_LARGE = 100
_LIMITS = ("<", "<=", ">", ">=", "..")
_MEANT, _CLEARLY_MEANT, _MEASURED = 0.3, 0.35, 0.2
"""The least cosine of a clause and the name of the field that its amount is of: where it is one of few that could be;
where the column need not hold such an amount; where the amount has a unit, which no column states."""


@dataclass(frozen=True, slots=True)
class Around:
    """An amount and the text around it: its words, and from where to where no other amount stands."""

    text: str
    words: Sequence[Token]
    amount: Amount
    left: int
    right: int

    @property
    def clause(self) -> tuple[int, int]:
        """From where to where the amount's clause reaches."""
        stop = _CLAUSE.search(self.text, self.amount.end, self.right)
        cuts = [m.end() for m in _CLAUSE.finditer(self.text[self.left : self.amount.start])]
        return self.left + (cuts[-1] if cuts else 0), stop.start() + 1 if stop else self.right

    @property
    def near(self) -> list[str]:
        """The stems near the amount within its clause, the nearest first; what follows before what leads."""
        amount, (begin, last) = self.amount, self.clause
        after = [w.form for w in self.words if amount.end <= w.start < last][:_NEAR]
        leading = [w.form for w in reversed(self.words) if begin <= w.start < amount.start][:_FAR]
        if not amount.sign or amount.sign == "~":  # "two baths": only what stands right beside is counted
            after, leading = after[:2], leading[:2]
        inside = [w.form for w in self.words if amount.start <= w.start < amount.first][::-1]
        own = [stem(amount.word)] if amount.word else []
        own += ["earning"] if EARNED.search(before(self.text, amount.start)) else []
        return list(dict.fromkeys([*own, *after, *inside, *leading]))

    @property
    def every(self) -> list[str]:
        """The stems of the whole text, the nearest first."""
        apart = [w for w in self.words if not self.amount.start <= w.start < self.amount.end]
        return [w.form for w in sorted(apart, key=lambda w: abs(w.start - self.amount.first))]


def field_of(said: Around, fields: NumberFields, length: NumberField | None) -> NumberField | None:
    """The field that an amount is of. `length`: the field of which a bare limit is, with what its column has for the
    kind of thing that is wanted."""
    amount = said.amount
    every = [f for f in fields.fields.values() if fields.is_amount(f.name)]
    age = [f for f in every if f.is_about("age")]
    if amount.aged and age:
        return age[0]
    if names_what_is_counted(amount.word):
        every = [f for f in every if f not in age]  # "three kids" are no age
    if fit := (age if amount.unit and amount.unit.name == "years" else []) or _counting(amount.unit, every):
        return _measuring(said, fit, fields)
    free = [f for f in every if f.unit is None or not amount.unit]
    named = fields.named(said.near, free)
    counted = [f for f in free if not (amount.unit or f.unit) and f.said(stem(amount.word))]
    if named and named[0][1].unit and counted:  # "100 episodes" are no minutes an episode
        named = fields.named(said.near, counted)
    if named and named[0][1].name == fields.prior and not amount.sign:
        return None  # "two votes"
    if named:
        best = [f for score, f in named if score > named[0][0] - 0.4]
        return _instead(said, best, free, fields) or _likeliest(said, best, fields)
    if counting := _of_people(said, every, fields):
        return counting
    short = [f for f in free if not amount.unit and f.is_cut_short(amount.word)]
    return short[0] if len(short) == 1 else _unnamed(said, fields, free) or _bare(amount, fields, length)


def _measuring(said: Around, fit: Sequence[NumberField], fields: NumberFields) -> NumberField | None:
    """Of the fields that count in the amount's unit the one that is named, or that can be meant."""
    amount = said.amount
    fit = [f for f in fit if _may_mean(amount, f)] or fit
    paid = [f for f in fit if f.dimension] or fit  # of what was earned only where it is said
    if named := fields.named(said.near, fit) or fields.named(said.every, paid):
        return _likeliest(said, [f for score, f in named if score > named[0][0] - 0.4], fields)
    if ends := [f for f in fields.ends(amount.adjective)[0] if f in paid]:
        return ends[0]
    if len(paid) > 1 and (meant := fields.nearest(_clause(said), paid, _CLEARLY_MEANT)):
        return meant
    telling = [f for f in paid if _tells(amount, f, fields)]
    same = [f for f in fit if f.unit and amount.unit and f.unit.name == amount.unit.name]
    may = [f for f in [*same, *paid, *fit] if _may_mean(amount, f)]
    best = max(same or telling, key=lambda f: fields.divided(f.name, _range(amount, f)), default=None)
    return best if best in telling else next((f for f in may if f in telling), may[0] if may else None)


def _instead(
    said: Around, named: Sequence[NumberField], free: Sequence[NumberField], fields: NumberFields
) -> NumberField | None:
    """The field that is meant where words only come near others, of which a bound says nothing: a display of 144 Hz or
    more, where screens have inches."""
    own = any(f.is_named(word) for f in named if _may_mean(said.amount, f) for word in said.near)
    if said.amount.sign not in _LIMITS or own or any(_tells(said.amount, f, fields) for f in named):
        return None
    return _by_meaning(said, fields, [f for f in free if f not in named])


def _of_people(said: Around, every: Sequence[NumberField], fields: NumberFields) -> NumberField | None:
    """Of people that are counted, the field that counts such: "500 staff" are employees, "a million people" owners."""
    if said.amount.sign not in _LIMITS or not are_people(said.amount.word):
        return None
    of_people = [f for f in every if f.counts_people]
    return fields.nearest(_clause(said), [f for f in of_people if _tells(said.amount, f, fields)], 0.0)


def _likeliest(said: Around, named: Sequence[NumberField], fields: NumberFields) -> NumberField:
    """Of fields that are named as clearly the one of which the amount says something; of several such, by meaning."""
    telling = [f for f in named if _tells(said.amount, f, fields)]
    shares = {f.name: fields.divided(f.name, _range(said.amount, f)) for f in telling}
    if len(telling) > 1 and (meant := fields.nearest(_clause(said), telling, 0.0, said.amount.sign, shares)):
        return meant
    return next((f for f in telling or named if f.holds(said.amount.low)), named[0])


def _counting(unit: Unit | None, every: Sequence[NumberField]) -> list[NumberField]:
    """The fields that count in such a unit, else in so many of it to something."""
    if unit is None:
        return []
    paid = words_of_amounts()["measured"][MONEY] if unit.dimension == MONEY else ()
    return [f for f in every if f.dimension == unit.dimension or (not f.dimension and f.words & set(paid))] or [
        f for f in every if f.is_per(unit)
    ]


def _unnamed(said: Around, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """Where no word near the amount names a field: by the unit's dimension, the comparison, meaning, or the column."""
    amount = said.amount
    if amount.unit:
        return _of_unit(said, amount.unit, fields, free)
    counted = names_what_is_counted(amount.word)
    if counted and amount.adjective and (meant := _by_meaning(said, fields, [f for f in free if f.is_count])):
        return meant
    if amount.adjective and (ends := [f for f in fields.ends(amount.adjective)[0] if f.dimension != "year"]):
        return ends[0]
    either = " or " in said.text[amount.first : amount.last].casefold()  # "8 or 9" of whatever was asked
    if not amount.sign or (amount.sign == "~" and amount.word) or either:
        return None
    meant = _by_meaning(said, fields, free)
    return meant if meant or counted else _by_column(said, fields, free) or _only(said, fields, free)


def _of_unit(said: Around, unit: Unit, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """A column without a unit that measures what the amount's unit does, by its name or what it holds."""
    measured = words_of_amounts()["measured"].get(unit.dimension, ())
    sized = [f for f in free if f.words & set(measured) or (unit.dimension == "area" and f.words == {"size"})]
    if fit := [f for f in sized if f.holds(in_unit(said.amount.low, unit, f))]:
        return fit[0]
    named = fields.named(said.every, free)
    own = named[0][1] if named and named[0][0] > 1 else None
    return own if own and _tells(said.amount, own, fields) else _by_meaning(said, fields, free) or own


def _by_meaning(said: Around, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """The field whose name the clause comes near, of those of which the amount says something: "ten bunks" are beds.
    How many have rated is told by who they are: "more than 70 from reviewers" is a mark."""
    amount, counted = said.amount, names_what_is_counted(said.amount.word)
    may = [f for f in free if not amount.unit or f.dimension in ("", amount.unit.dimension)]
    may = [f for f in may if counted or not says(f.name, "counting")]
    telling = [f for f in may if _tells(amount, f, fields)] if amount.sign in _LIMITS else []
    if amount.unit:  # a unit says of what it is, be there no column that bears it
        return fields.nearest(_clause(said), telling, _MEASURED)
    return None if _is_bare(said) else fields.nearest(_clause(said), telling, _MEANT, "" if counted else amount.sign)


def _only(said: Around, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """The only field of which a bound says something, where words stand beside it: "a bitterness of 60 or more"."""
    telling = [f for f in free if said.amount.sign in _LIMITS and _tells(said.amount, f, fields)]
    return telling[0] if len(telling) == 1 and not _is_bare(said) else None


def _is_bare(said: Around) -> bool:
    """Whether an amount's clause has no words but those of the amount and its comparison."""
    begin, end = said.clause
    apart = (w for w in said.words if not said.amount.start <= w.start < said.amount.end)
    return not any(begin <= w.start < end and w.text.casefold() not in STOPWORDS for w in apart)


def _clause(said: Around) -> str:
    return said.text[slice(*said.clause)].strip()


def _by_column(said: Around, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """A mark, of a bound from below and no more; else a price that there may be; of large numbers the only field."""
    amount = said.amount
    marks = [f for f in free if f.dimension == "rating" and amount.sign in (">", ">=") and _is_bare(said)]
    if marks := [f for f in marks if _tells(amount, f, fields)]:
        return max(marks, key=lambda f: fields.divided(f.name, _range(amount, f)))
    money = [f for f in fields.of("money") if f.holds(amount.low)]
    if money or amount.low < _LARGE:
        return money[0] if money else None
    holding = [f for f in free if f.low <= amount.low <= f.high]
    if not holding and len(money := fields.of("money")) == 1 and _may_mean(amount, money[0]):
        return money[0]  # "at most half a million", where nothing costs so much
    return holding[0] if len(holding) == 1 else None  # "under 120000 on the clock"


def _bare(amount: Amount, fields: NumberFields, length: NumberField | None) -> NumberField | None:
    """ "300+", "under 200": a limit with nothing beside it is of the length of what is wanted, where that may be so
    long."""
    alone = not (amount.unit or amount.adjective or amount.aged or names_what_is_counted(amount.word))
    fits = length and amount.sign in _LIMITS and alone and length.holds(amount.low)
    return fields.fields[length.name] if length and fits else None


def _may_mean(amount: Amount, field: NumberField) -> bool:
    return field.may_mean(in_unit(amount.low, amount.unit, field), amount.sign not in ("", "~"))


def _tells(amount: Amount, field: NumberField, fields: NumberFields) -> bool:
    """Whether an amount says something of a field: some of the column's numbers are so, and some are not."""
    parts = amount.low % 1 != 0 and field.is_count and field.dimension in ("", "count")  # no 4.5 guests
    return not parts and fields.divided(field.name, _range(amount, field)) > 0


def _range(amount: Amount, field: NumberField) -> str:
    """An amount as a range of a field."""
    low, high = (
        in_unit(a, amount.unit, field) / field.scale(amount.low, amount.unit) for a in (amount.low, amount.high)
    )
    sign = amount.sign.replace("~", "")
    return f"{written(low)}..{written(high)}" if sign == ".." else f"{sign} {written(low)}"
