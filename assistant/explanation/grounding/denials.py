"""What a sentence denies of rows, and what rows deny of it: "without a pen", "fanless", "fast" of what is slow.

Of a denial only the thing right behind the denying word is judged: how far one reaches is seldom sure.
"""

from __future__ import annotations

import itertools
import re

from ...understanding.linking import Forms
from ...understanding.text import NUMBER, STOPWORDS, Token, stem
from ..evidence import Reading, Row
from ..statements import vocabulary

_PREFERS = re.compile(r"(?:instead|rather|hardly|only)\b", re.I)
_COMPOUND = re.compile(r"(?<![\w-])([^\W\d_]+)-([^\W\d_]+)(?![\w-])")
_NUMBER = re.compile(NUMBER, re.I)
_EVERY = re.compile(
    rf"\b(?:all|every|each)\s+(?:of\s+)?(?:the\s+|its\s+|their\s+|your\s+)?(?:{NUMBER}\s+)?([^\W\d_]+)", re.I
)
_LESS = re.compile(r"(\w{3,})less$")


def holds_denied(reading: Reading, first: int, last: int) -> bool:
    """Whether the rows lack a thing that stands in a denial, or deny it in the same words. `first` and `last` are its
    words."""
    sentence = reading.sentence
    words, begins = sentence.words, sentence.clauses.denial(sentence.words[first].start)
    if _PREFERS.match(sentence.blotted, begins) or not _is_first(reading, begins, first):
        return True
    said: Forms = tuple(word.form for word in words[first:last])
    denial = sentence.blotted[begins : words[last - 1].end]
    return reading.holds(begins, lambda row: row.has(denial) or not _has(row, said))


def lacks_by_ending(row: Row, word: str) -> bool | None:
    """Whether a row lacks what a word says that it lacks by its ending: "fanless"; None of a word that says nothing of
    the kind."""
    match = _LESS.match(word)
    if match is None or row.says(word):
        return None
    base = stem(match[1])
    return row.is_without(base) or None if not row.says(base) else False


def is_contradicted(row: Row, word: str) -> bool:
    """Whether a row has the opposite of a word (its stem), and neither the word nor something between the two."""
    known = vocabulary()
    opposites = known.opposites.get(word, frozenset()) & row.value_words
    return not row.says(word) and bool(opposites | known.contraries.get(word, frozenset()) & row.firm_words)


def holds_compounds(reading: Reading) -> bool:
    """Whether no row has another compound where a sentence says "bone-dry": one that is off-dry has."""
    return all(
        reading.holds(match.start(), lambda row, m=match: _has_no_other(row, m))  # type: ignore[misc]
        for match in _COMPOUND.finditer(reading.sentence.blotted)
        if not reading.sentence.clauses.is_of_the_person(match.start())
    )


def holds_quantities(reading: Reading) -> bool:
    """Whether no row says "two of the lessons" where a sentence says "all lessons"."""
    return all(
        reading.holds(match.start(), lambda row, m=match: stem(m[1]) not in row.parted)  # type: ignore[misc]
        for match in _EVERY.finditer(reading.sentence.blotted)
    )


def holds_pairs(reading: Reading) -> bool:
    """Whether no two words that stand together in the row of another pick ("touch screen") are said of one that has not
    both."""
    text, words = reading.sentence.blotted, reading.sentence.words
    clauses = reading.sentence.clauses
    return all(
        reading.holds(one.start, lambda row, p=(one, other): _is_own(reading, row, *p))  # type: ignore[misc]
        for one, other in itertools.pairwise(words)
        if text[one.end : other.start] in (" ", "-") and not STOPWORDS & {one.form, other.form}
        if not (clauses.is_denied(one.start) or clauses.is_of_the_person(one.start))
    )


def _is_own(reading: Reading, row: Row, one: Token, other: Token) -> bool:
    pair = f"{one.form} {other.form}"
    own = row.has(pair) or (row.says(one.form) and row.says(other.form))
    return own or not any(r.has(pair) for r in reading.rows if r is not row)


def _has_no_other(row: Row, match: re.Match[str]) -> bool:
    firsts = row.compounds.get(stem(match[2]), frozenset())
    return not firsts or stem(match[1]) in firsts or row.says(stem(match[1])) or bool(_NUMBER.fullmatch(match[1]))


def _has(row: Row, words: Forms) -> bool:
    return all(row.says(word) and not row.is_without(word) for word in words)


def _is_first(reading: Reading, begins: int, n: int) -> bool:
    """Whether only small words stand between a denying word and a thing."""
    free = vocabulary().possessions | STOPWORDS | {"cannot", "without", "lack"}
    between = [word.form for word in reading.sentence.words[:n] if word.start >= begins]
    joined = {k - 1 for k, word in enumerate((*between, "")) if word in ("or", "nor")}
    return all(word in free or k in joined for k, word in enumerate(between))
