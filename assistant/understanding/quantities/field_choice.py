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
from .number_field import NumberField, in_unit, words_of_amounts, written
from .number_fields import NumberFields

_CLAUSE = re.compile(r"[.;!?,](?:\s|$)|\s(?:and|but|or|with|plus)\s", re.I)
_NEAR, _FAR = 3, 6
_LARGE = 100
_LIMITS = ("<", "<=", ">", ">=", "..")
_MEANT = 0.3
"""The least cosine of a clause and the name of the field that its amount is of; it is one of few that could be."""
_CLEARLY_MEANT = 0.35
"""The same where the column need not hold such an amount."""
_IN_THOUSANDS = (1e3, 1e6)
"""What a column may count in that does not say so."""


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
        return _likeliest(said, [f for score, f in named if score > named[0][0] - 0.4], fields)
    short = [f for f in free if not amount.unit and f.is_cut_short(amount.word)]
    return short[0] if len(short) == 1 else _unnamed(said, fields, free) or _bare(amount, fields, length)


def _measuring(said: Around, fit: Sequence[NumberField], fields: NumberFields) -> NumberField | None:
    """Of the fields that count in the amount's unit the one that is named, or that can be meant."""
    amount = said.amount
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
    return next((f for f in may if f in telling), may[0] if may else None)


def _likeliest(said: Around, named: Sequence[NumberField], fields: NumberFields) -> NumberField:
    """Of fields that are named as clearly the one of which the amount says something; of several such, by meaning."""
    telling = [f for f in named if _tells(said.amount, f, fields)]
    if len(telling) > 1 and (meant := fields.nearest(_clause(said), telling, 0.0)):
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
        measured = words_of_amounts()["measured"].get(amount.unit.dimension, ())
        sized = [f for f in free if any(word in f.words for word in measured) or _is_area(amount.unit, f)]
        fit = [f for f in sized if f.holds(amount.low)]
        if fit:
            return fit[0]
        elsewhere = fields.named(said.every, free)
        return elsewhere[0][1] if elsewhere and elsewhere[0][0] > 1 else None
    if amount.adjective and (ends := [f for f in fields.ends(amount.adjective)[0] if f.dimension != "year"]):
        return ends[0]
    either = " or " in said.text[amount.first : amount.last].casefold()  # "8 or 9" of whatever was asked
    if not amount.sign or (amount.sign == "~" and amount.word) or either:
        return None
    if meant := _by_meaning(said, fields, free):
        return meant
    return None if names_what_is_counted(amount.word) else _by_column(amount, fields, free)


def _is_area(unit: Unit, field: NumberField) -> bool:
    """Whether a column that is called a size and no more is of what an area's unit measures."""
    return unit.dimension == "area" and field.words == {"size"}


def _by_meaning(said: Around, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """The field whose name the clause comes near, of those of which the amount says something: "ten bunks" are beds.
    How many have rated is told by who they are: "more than 70 from reviewers" is a mark."""
    counted = names_what_is_counted(said.amount.word)
    may = [f for f in free if counted or not says(f.name, "counting")]
    telling = [f for f in may if _tells(said.amount, f, fields)] if said.amount.sign in _LIMITS else []
    begin, end = said.clause
    bare = not any(begin <= w.start < end and w.text.casefold() not in STOPWORDS for w in _others(said))
    return None if bare else fields.nearest(_clause(said), telling, _MEANT)


def _others(said: Around) -> list[Token]:
    """The words of a text that belong neither to the amount nor to its comparison."""
    return [w for w in said.words if not said.amount.start <= w.start < said.amount.end]


def _clause(said: Around) -> str:
    return said.text[slice(*said.clause)].strip()


def _by_column(amount: Amount, fields: NumberFields, free: Sequence[NumberField]) -> NumberField | None:
    """A price that there may be; of large numbers the only field that holds them."""
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
    fits = length is not None and amount.sign in _LIMITS and alone and length.holds(amount.low)
    return fields.fields[length.name] if length and fits else None


def _may_mean(amount: Amount, field: NumberField) -> bool:
    return field.may_mean(in_unit(amount.low, amount.unit, field), amount.sign not in ("", "~"))


def _tells(amount: Amount, field: NumberField, fields: NumberFields) -> bool:
    """Whether an amount says something of a field: some of the column's numbers are so, and some are not."""
    low, high = (in_unit(a, amount.unit, field) / scale_of(amount, field) for a in (amount.low, amount.high))
    sign = amount.sign.replace("~", "")
    return fields.parts(field.name, f"{written(low)}..{written(high)}" if sign == ".." else f"{sign} {written(low)}")


def scale_of(amount: Amount, field: NumberField) -> float:
    """In what a field counts that has no unit and holds nothing like the amount: in millions, where "a million copies"
    are 1."""
    if field.unit or field.dimension or amount.unit or amount.low < _IN_THOUSANDS[0] or field.high >= amount.low:
        return 1.0
    return next((scale for scale in _IN_THOUSANDS if field.low <= amount.low / scale <= field.high), 1.0)


def names_what_is_counted(word: str) -> bool:
    """ "At least 500 lumens", "five of them": a plural behind a number is what there are so many of."""
    return word.casefold() == "of" or (stem(word) != word.casefold() and word.casefold() not in STOPWORDS)
