"""Which column of dates a message speaks of: the one whose name it says ("acquired in May"), else the one that says
when things are.

Knows the columns by their names. Knows no calendar.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever.catalogue.inference import says, words_of

from ..quantities import NumberField, NumberFields
from ..text import stem, tokens

_GENERAL = frozenset(map(stem, "date dates year years month day days time at on in".split()))
_SHORTEST = 3
_NEAR = 0.45
_TELLS = 0.05


def date_fields(fields: NumberFields) -> list[NumberField]:
    """The columns of dates, the best known first."""
    return fields.of("date")


def meant(led: str, behind: str, fields: NumberFields) -> tuple[NumberField | None, bool]:
    """The column that a time is of, with the words before and behind it in its clause; and whether they name it."""
    known = date_fields(fields)
    for words in (_forms(led)[::-1], _forms(behind)):
        for word in words:
            named = [field for field in known if any(_alike(word, own) for own in _own(field))]
            if named:
                return named[0], True
    if near := _near(led, known, fields):
        return near, True
    plain = [field for field in known if not field.field.aside]
    return max(plain, key=lambda f: (f.field.bound != "high", round(f.filled, 1)), default=None), False


def is_of_its_own(field: NumberField) -> bool:
    """Whether a time of the year is asked of a column that nothing names: when things are, and not when works came
    out."""
    return not says(field.name, "release") and not field.field.aside


def name_before(text: str, start: int, name: str) -> int:
    """Where a phrase begins that the word right before it names the column of: "released in May", from "released"."""
    last = next(reversed(tokens(text[:start])), None)
    return last.start if last and is_word_of(last.form, name) and not text[last.end : start].strip() else start


def is_word_of(said: str, name: str) -> bool:
    """Whether a word (its stem) is one of a column's name, with whatever ending: "flowers" of "flowering"."""
    return any(_alike(said, stem(word)) for word in words_of(name) if stem(word) not in _GENERAL)


def _alike(said: str, own: str) -> bool:
    short, long = sorted((said, own), key=len)
    return said == own or (len(short) >= _SHORTEST and long.startswith(short))


def _forms(text: str) -> list[str]:
    return [token.form for token in tokens(text)]


def _own(field: NumberField) -> frozenset[str]:
    return frozenset(stem(word) for word in field.field.words) - _GENERAL


def _near(led: str, known: Sequence[NumberField], fields: NumberFields) -> NumberField | None:
    """Of several columns the one that the last word is nearest to in meaning: "begins" to "start date"."""
    last = next((t.text for t in reversed(tokens(led)) if len(t.text) > 3), "")
    found = fields.by_meaning(last, known) if last and len(known) > 1 else []
    return found[0][1] if found and found[0][0] >= max(_NEAR, found[1][0] + _TELLS) else None
