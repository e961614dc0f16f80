"""One chooser of a number column: by the words of its name, by the adjective, by what is large of it, by meaning.

Knows one catalogue's number fields. Knows nothing of grammar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from penchant.retriever.catalogue.inference import says
from penchant.retriever.catalogue.kinds import nouns

from ..quantities import NumberField, NumberFields, plain_forms, words_of_amounts
from ..text import forms

_NEAR, _CLEARER = 0.35, 0.1
"""The least cosine of what is said and the name of a column of which no word tells; and by how much it must be nearer
than one that the adjective alone is said of."""
_BETTER, _WORSE = ("better", "best", "good", "top", "nice", "great"), ("worse", "worst", "bad", "poor")
_LITTLE = frozenset("less least fewer fewest lower lowest smaller smallest low small".split())
_MUCH = frozenset("more most higher highest larger largest bigger biggest high big large".split())
_JUDGED = ("rating", "money")
"""Of which only what is said of them is meant: no light thing has a low rating."""
_COUNTING = ("more", "most", "less", "least", "fewer", "fewest", "many", "few")


@dataclass(frozen=True, slots=True)
class Column:
    """Number fields that a degree may be of, the likeliest first, and whether the much of the first is meant."""

    fields: tuple[NumberField, ...]
    much: bool


def column_of(degree: str, thing: str, fields: NumberFields) -> Column | None:
    """The columns that a degree is of: a comparative or superlative, or an adjective, and the words of what it is said
    ("closer", "centre"; "fewest", "owners"; "light", ""); None where nothing tells."""
    found = _named(degree, thing, fields)
    if not found:
        found = _said_of(degree, fields) or _sized(degree, fields)
        if (thing or not found) and degree not in (*_BETTER, *_WORSE):
            found = _meant(f"{degree} {thing}".strip(), found, fields) or found
    return Column(tuple(found), _is_much(degree, found[0], fields)) if found else None


def plain_adjectives(degree: str) -> list[str]:
    """What an adjective is without its comparison: "close" of "closer" and "closest"; itself first."""
    word = degree.casefold()
    ends = [word[: -len(end)] for end in ("est", "er") if word.endswith(end) and len(word) > len(end) + 2]
    bases = [base for cut in ends for one in (cut, cut[:-1] if cut.endswith("i") else cut) for base in plain_forms(one)]
    return list(dict.fromkeys([word, *bases]))


def _named(degree: str, thing: str, fields: NumberFields) -> list[NumberField]:
    """Those whose own words stand in the thing, of the most such first; of a degree that counts nothing, counts come
    last; then those for which a word of the thing stands."""
    said, counts = forms(thing), degree in _COUNTING
    every = list(fields.fields.values())
    own = {f.name: sum(map(f.is_named, said)) for f in every}
    hit = sorted((f for f in every if own[f.name]), key=lambda f: (-own[f.name], _counts(f) != counts, len(f.words)))
    if degree in (*_BETTER, *_WORSE):  # "better paid" is of no price
        return hit or [f for f in fields.of("rating") if any(map(f.said, said))]
    clear = [field for score, field in fields.named(said, every) if score >= 1.0 - 0.05 * len(field.words)]
    return hit or clear


def _said_of(degree: str, fields: NumberFields) -> list[NumberField]:
    """Those that an adjective is said of, by what measures them."""
    about = (fields.ends(adjective)[0] for adjective in plain_adjectives(degree))
    return next((found for found in about if found), [])


def _sized(degree: str, fields: NumberFields) -> list[NumberField]:
    sized = (fields.sized(adjective)[0] for adjective in plain_adjectives(degree))
    return next((found for found in sized if found), [])


def _meant(said: str, known: Sequence[NumberField], fields: NumberFields) -> list[NumberField]:
    """The one whose name is nearest in meaning, if it is clearly nearer than what is `known` already; of how many there
    are only what is counted in so many words."""
    counting = said.split()[0] in _COUNTING
    among = [f for f in fields.fields.values() if counting or not _counts(f)]
    among = [f for f in among if f.dimension not in _JUDGED]
    near = fields.by_meaning(said, among)
    least = max((score for score, field in near if field in known), default=-_CLEARER) + _CLEARER
    return [near[0][1]] if near and near[0][0] >= max(_NEAR, least) else []


def _counts(field: NumberField) -> bool:
    return field.dimension == "count" or says(field.name, "counting")


def _is_much(degree: str, field: NumberField, fields: NumberFields) -> bool:
    """Whether much of a field is meant: of a place in a list and a price what is better is less."""
    if degree in (*_BETTER, *_WORSE):
        return (field.field.better != "less") == (degree in _BETTER)
    adjectives = plain_adjectives(degree)
    for adjective in adjectives:
        about, sign = fields.ends(adjective)
        if field in about:
            return sign == ">"
    if (_LITTLE | _MUCH).intersection(adjectives):
        return not _LITTLE.intersection(adjectives)
    return next((sign == ">" for one in adjectives if (sign := _plain_sign(one))), not fields.is_low(degree, field))


def _plain_sign(adjective: str) -> str:
    """ "<" of an adjective that is only said of little, ">" of others, whatever they are said of; empty of no such."""
    ends = words_of_amounts()["ends"].values()
    less, more = (any(adjective in end[side] for end in ends) for side in ("less", "more"))
    return "" if less == more else "<" if less else ">"


def is_compared(word: str, ending: str) -> bool:
    """Whether a word is an adjective compared ("closer", "steepest"), and no thing that ends so ("corner")."""
    plain = word.casefold()
    if not plain.endswith(ending) or len(plain) <= len(ending) + 2:
        return False
    known = words_of_amounts()["ends"].values()
    adjectives = {adjective for end in known for side in ("less", "more") for adjective in end[side]}
    return plain in ("better", "worse", "fewer", "lower", "higher") or bool(
        adjectives & set(plain_adjectives(plain)[1:]) or not nouns().senses(plain)
    )
