"""Which number field each amount of a message is of: by its unit, by the words around it, by the comparison ("cheaper
than"), or by what the column holds. Knows amounts and number fields, and nothing of grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from penchant.retriever.catalogue.values import Unit
from penchant.retriever.catalogue.values.units import MONEY

from ..text import STOPWORDS, Token, before, stem, tokens
from .amounts import Amount, amounts
from .comparisons import EARNED
from .heads import find_heads
from .number_fields import NumberField, NumberFields, in_unit, words_of_amounts, written
from .ranges import Range
from .rates import as_rate

_CLAUSE = re.compile(r"[.;!?,](?:\s|$)|\s(?:and|but|or|with|plus)\s", re.I)
_BETWEEN_WORDS = frozenset("of is are a an the in with has have and".split())
_NEAR, _FAR = 3, 6
_ROUGHLY = 0.15
_CLOSELY = 0.035
_LARGE = 100
_LIMITS = ("<", "<=", ">", ">=", "..")
_MOST_PEOPLE = 12
_NO = re.compile(r"\b(?:not|no)\s+(?:(?:an?|another|those)\s+)?$", re.I)
_FOR = re.compile(r"\bfor\s+(?:(?:up\s+to|at\s+least|all|the)\s+)?$", re.I)


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
    counted = frozenset(word for f in every for word in f.words | f.alike if f.said(word) > 1)
    said = [a for a in amounts(text, counted) if not any(r.meets(a.start, a.end) for r in known)]
    said = [_of_people(text, as_rate(text, a)) for a in said if not any(a.first in name for name in named)]
    found: list[Range] = []
    for n, amount in enumerate(said):
        left = max([said[n - 1].end if n else 0, *(r.end for r in found[-1:])])
        right = said[n + 1].start if n + 1 < len(said) else len(text)
        field = _field(text, words, amount, fields, left, right) or _bare(amount, fields, length)
        if field is not None:
            amount = _no_longer(text, amount, field, fields)
            ranges = _ranges(_spoken(text, amount, field, words, left, right), field, fields)
            own = any(map(field.is_named, _near(text, words, amount, left, right)))
            bound = _is_bound(amount)
            asked, stated = bound or own, (bound and _is_of(amount, own)) or _is_counted(amount, field)
            if asked or any(fields.any_within(r.facet, r.value) for r in ranges):
                found += [replace(r, stated=stated) for r in ranges]
    return [*people, *found]


def _of_people(text: str, amount: Amount) -> Amount:
    """ "Room for seven", "a tent for two": a few of whom nothing else is said are people."""
    few = amount.high <= _MOST_PEOPLE and not (amount.unit or amount.adjective)
    alone = few and (not amount.word or amount.word.casefold() in STOPWORDS)
    return replace(amount, word="people") if alone and _FOR.search(text[: amount.first]) else amount


def _no_longer(text: str, amount: Amount, field: NumberField, fields: NumberFields) -> Amount:
    """ "But not three hours", "no 800 pages": of a length that is refused, less is meant."""
    refused = _NO.search(before(text, amount.start)) if not amount.sign and field in fields.lengths else None
    return replace(amount, sign="<", start=refused.start()) if refused else amount


def _is_bound(amount: Amount) -> bool:
    """Whether a comparison says that the amount is asked for, be there such items or not: "one day she'll have a go",
    "eighty people looking" and "he's got two left feet" say it of none."""
    return amount.sign not in ("", "~") and bool(amount.unit or amount.adjective or amount.sign != "<=")


def _is_of(amount: Amount, named: bool) -> bool:
    """Whether a unit, a comparative or the field's own name tells what an amount is of."""
    return named or bool(amount.unit or amount.adjective)


def _is_counted(amount: Amount, field: NumberField) -> bool:
    """ "Four people", "2 bedrooms": whether the word right behind says what there are so many of."""
    return amount.unit is None and bool(amount.word) and bool(field.said(stem(amount.word)))


def _spoken(text: str, amount: Amount, field: NumberField, words: Sequence[Token], left: int, right: int) -> Amount:
    """The amount with the words beside it, in its clause, that name its field: they say nothing else."""
    first, last = amount.start, amount.end
    for word in (w for w in words if last <= w.start < right):
        if not (field.said(word.form) or word.form in _BETWEEN_WORDS):
            break
        last = word.end if field.said(word.form) else last
    for word in (w for w in reversed(words) if left <= w.start < first):
        if not (field.said(word.form) or word.form in _BETWEEN_WORDS) or "," in text[word.end : first]:
            break
        first = word.start if field.said(word.form) else first
    return replace(amount, start=first, end=last)


def _field(
    text: str, words: Sequence[Token], amount: Amount, fields: NumberFields, left: int, right: int
) -> NumberField | None:
    """The field that an amount is of."""
    every = [f for f in fields.fields.values() if fields.is_amount(f.name)]
    age = [f for f in every if f.is_about("age")]
    if amount.aged and age:
        return age[0]
    near = _near(text, words, amount, left, right)
    if _names_what_is_counted(amount.word):
        every = [f for f in every if f not in age]  # "three kids" are no age
    if fit := (age if amount.unit and amount.unit.name == "years" else []) or _counting(amount.unit, every):
        paid = [f for f in fit if f.dimension] or fit  # of what was earned only where it is said
        named = fields.named(near, fit) or fields.named(_all(text, words, amount), paid)
        same = [f for f in fit if f.unit and amount.unit and f.unit.name == amount.unit.name]
        return named[0][1] if named else next((f for f in [*same, *paid, *fit] if _may_mean(amount, f)), None)
    free = [f for f in every if f.unit is None or not amount.unit]
    named = fields.named(near, free)
    counted = [f for f in free if not (amount.unit or f.unit) and f.said(stem(amount.word))]
    if named and named[0][1].unit and counted:  # "100 episodes" are no minutes an episode
        named = fields.named(near, counted)
    if named and named[0][1].name == fields.prior and not amount.sign:
        return None  # "two votes"
    if named:
        best = [f for score, f in named if score > named[0][0] - 0.4]
        return next((f for f in best if f.holds(amount.low)), named[0][1])
    return _unnamed(text, words, amount, fields, free)


def _counting(unit: Unit | None, every: Sequence[NumberField]) -> list[NumberField]:
    """The fields that count in such a unit, else in so many of it to something."""
    if unit is None:
        return []
    paid = words_of_amounts()["measured"][MONEY] if unit.dimension == MONEY else ()
    return [f for f in every if f.dimension == unit.dimension or (not f.dimension and f.words & set(paid))] or [
        f for f in every if f.is_per(unit)
    ]


def _unnamed(
    text: str, words: Sequence[Token], amount: Amount, fields: NumberFields, free: Sequence[NumberField]
) -> NumberField | None:
    """Where no word near the amount names a field: by the unit's dimension, the comparison, or the column."""
    if amount.unit:
        measured = words_of_amounts()["measured"].get(amount.unit.dimension, ())
        fit = [f for f in free if any(word in f.words for word in measured) and f.holds(amount.low)]
        if fit:
            return fit[0]
        elsewhere = fields.named(_all(text, words, amount), free)
        return elsewhere[0][1] if elsewhere and elsewhere[0][0] > 1 else None
    if amount.adjective and (said := [f for f in fields.ends(amount.adjective)[0] if f.dimension != "year"]):
        return said[0]
    either = " or " in text[amount.first : amount.last].casefold()  # "8 or 9" of whatever was asked
    if not amount.sign or (amount.sign == "~" and amount.word) or _names_what_is_counted(amount.word) or either:
        return None
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
    alone = not (amount.unit or amount.adjective or amount.aged or _names_what_is_counted(amount.word))
    fits = length is not None and amount.sign in _LIMITS and alone and length.holds(amount.low)
    return fields.fields[length.name] if length and fits else None


def _may_mean(amount: Amount, field: NumberField) -> bool:
    return field.may_mean(in_unit(amount.low, amount.unit, field), amount.sign not in ("", "~"))


def _names_what_is_counted(word: str) -> bool:
    """ "At least 500 lumens", "five of them": a plural behind a number is what there are so many of."""
    return word.casefold() == "of" or (stem(word) != word.casefold() and word.casefold() not in STOPWORDS)


def _near(text: str, words: Sequence[Token], amount: Amount, left: int, right: int) -> list[str]:
    """The stems near an amount within its clause, the nearest first; what follows before what leads."""
    stop = _CLAUSE.search(text, amount.end, right)
    last = stop.start() + 1 if stop else right
    after = [w.form for w in words if amount.end <= w.start < last][:_NEAR]
    led = text[left : amount.start]
    cuts = [m.end() for m in _CLAUSE.finditer(led)]
    begin = left + (cuts[-1] if cuts else 0)
    leading = [w.form for w in reversed(words) if begin <= w.start < amount.start][:_FAR]
    if not amount.sign or amount.sign == "~":  # "two baths": only what stands right beside is counted
        after, leading = after[:2], leading[:2]
    inside = [w.form for w in words if amount.start <= w.start < amount.first][::-1]
    own = [stem(amount.word)] if amount.word else []
    own += ["earning"] if EARNED.search(before(text, amount.start)) else []
    return list(dict.fromkeys([*own, *after, *inside, *leading]))


def _all(text: str, words: Sequence[Token], amount: Amount) -> list[str]:
    return [
        w.form
        for w in sorted(words, key=lambda w: abs(w.start - amount.first))
        if not amount.start <= w.start < amount.end
    ]


def _ranges(amount: Amount, field: NumberField, fields: NumberFields) -> list[Range]:
    """The range of a field; of two, where the catalogue has both ends of one ("2 to 4 players")."""
    low, high = in_unit(amount.low, amount.unit, field), in_unit(amount.high, amount.unit, field)
    partner = fields.fields.get(field.partner)
    if partner is not None:
        least, most = (field, partner) if field.field.bound == "low" else (partner, field)
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
    if field.dimension == "money" or (field.is_about("age") and field.field.bound != "high"):
        return f"<= {written(low)}"
    if field.dimension == "rating" or field.field.better == "more":
        return f">= {written(low)}"
    if field.dimension in ("time", "energy") or not field.whole or low != amount.low:  # 1.5 litres are 1498 cc
        share = _ROUGHLY if field.dimension in ("time", "energy") else _CLOSELY
        return f"{written(low * (1 - share))}..{written(low * (1 + share))}"
    return written(low)
