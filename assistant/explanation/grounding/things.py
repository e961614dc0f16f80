"""What a sentence says a pick is, has or is about, in small letters.

Three sorts of words. Values of the catalogue ("horror", "rooftop pool") are checked against the row, other names for
them included, and so are words that state what could be looked up ("award", "sequel"). Feelings, praise and occasions
are free, unless the row has their very opposite. Of the rest, nouns that something is said to have, to be about or to
be made of are in the row; verbs and adjectives may be the teller's own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penchant.retriever.catalogue.inference import words_of
from penchant.retriever.catalogue.values import unit_named

from ...understanding.linking import Entry, Forms, Gazetteer
from ...understanding.text import NUMBER, STOPWORDS, Token, forms, stem
from ..evidence import Reading, Row
from ..statements import Sentence, vocabulary
from .denials import holds_compounds, holds_denied, holds_pairs, holds_quantities, is_contradicted, lacks_by_ending

_NUMBER = re.compile(NUMBER, re.I)
_LONGEST = 5
_LOOK_BACK = 4
_FIRST = 5
_VERBS = frozenset(("is", "are", "can", "may", "come", "cost"))
_RIGHT = frozenset(("right", "just", "directly", "only", "all"))
_HAVE = frozenset(("has", "have", "had"))
_FREE_OF = (("free", "of"), ("free", "from"))
_WITHIN = frozenset(
    """a an the its their his her this that and or very some any many few more most own other little such only
    all""".split()
)
_ARTICLES = frozenset(("a", "an", "the", "it", "your", "their", "his", "her"))


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words of a sentence from one to another, and what the catalogue knows by them."""

    first: int
    last: int
    words: Forms
    entries: Sequence[Entry]
    start: int


class Things:
    """Says whether what a sentence says of rows is in them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._vocabulary = vocabulary()
        self._categories = set(gazetteer.schema.of("category"))

    def hold(self, reading: Reading) -> bool:
        """Whether all is."""
        phrases = self._phrases(reading.sentence.words)
        return (
            holds_compounds(reading)
            and holds_quantities(reading)
            and holds_pairs(reading)
            and all(self._holds(reading, phrase) for phrase in phrases)
        )

    def _phrases(self, words: Sequence[Token]) -> Iterator[_Phrase]:
        """The longest values, and the words between them."""
        n = 0
        while n < len(words):
            phrase = next(self._values(words, n), None) or _Phrase(n, n + 1, (words[n].form,), (), words[n].start)
            yield phrase
            n = phrase.last

    def _values(self, words: Sequence[Token], n: int) -> Iterator[_Phrase]:
        for last in range(min(len(words), n + _LONGEST), n, -1):
            form = tuple(word.form for word in words[n:last])
            entries = [
                e
                for e in self._gazetteer.entries.get(form, ())
                if e.kind == "value" and not self._vocabulary.is_opinion(e.facet)
            ]
            if entries and not self._is_free(form, entries):
                yield _Phrase(n, last, form, entries, words[n].start)

    def _is_free(self, form: Forms, entries: Sequence[Entry]) -> bool:
        """Whether the words may be said of anything; a category may not."""
        if any(entry.facet in self._categories for entry in entries):
            return False
        whole = any(forms(entry.value) == form for entry in entries)
        known = self._vocabulary.free if len(form) == 1 and not whole else STOPWORDS
        return all(word in known for word in form)

    def _holds(self, reading: Reading, phrase: _Phrase) -> bool:
        clauses = reading.sentence.clauses
        if clauses.is_told(phrase.start):
            return reading.said.holds(phrase.words) or self._is_small_talk(reading, phrase)
        if reading.said.holds(phrase.words) and (clauses.is_supposed(phrase.start) or self._is_yours(reading, phrase)):
            return True
        if clauses.is_supposed(phrase.start) and self._vocabulary.free.issuperset(phrase.words):
            return True
        if clauses.is_denied(phrase.start):
            return self._lack(reading, phrase)
        part, free = reading.sentence.part(phrase.start), self._vocabulary.free | STOPWORDS
        if part.only and phrase.words[0] not in free and sum(r.holds(phrase.words) for r in reading.rows) > part.least:
            return False
        return reading.holds(phrase.start, lambda row: self._is_of(row, reading, phrase))

    def _lack(self, reading: Reading, phrase: _Phrase) -> bool:
        """Whether the rows lack what a sentence denies of them, or deny it in the same words."""
        if not phrase.entries:
            free = phrase.words[0] in self._vocabulary.free | STOPWORDS or bool(_NUMBER.fullmatch(phrase.words[0]))
            return free or holds_denied(reading, phrase.first, phrase.last)
        text, words = reading.sentence.blotted, reading.sentence.words
        denial = text[reading.sentence.clauses.denial(phrase.start) : words[phrase.last - 1].end]
        return reading.holds(phrase.start, lambda row: row.has(denial) or not _has(row, phrase.words))

    def _is_small_talk(self, reading: Reading, phrase: _Phrase) -> bool:
        """Whether words that a person is told to have said tell nothing of them: "as you like things that are fun"."""
        word = phrase.words[0]
        known = word in self._vocabulary.free | self._vocabulary.possessions | STOPWORDS or self._counts(word)
        words = reading.sentence.words
        named = words[phrase.first].text[0].isupper()  # checked as a name
        yours = phrase.first > 0 and words[phrase.first - 1].form == "your"
        field = any(word in map(stem, words_of(f.name)) for f in self._gazetteer.schema.fields)
        return not phrase.entries and (known or named or yours or field or reading.said.speaks_of(word))

    def _is_yours(self, reading: Reading, phrase: _Phrase) -> bool:
        """Whether it is spoken of as the person's: "your mother's knees", "with clams" at the beginning."""
        led = [word.form for word in reading.sentence.words[max(0, phrase.first - 3) : phrase.first]]
        return "your" in led or (
            phrase.first < _FIRST and bool(led) and reading.sentence.words[0].form in ("with", "for")
        )

    def _is_of(self, row: Row, reading: Reading, phrase: _Phrase) -> bool:
        word = phrase.words[0]
        if not phrase.entries and (lacks := lacks_by_ending(row, word)) is not None:
            return lacks
        if (word not in self._vocabulary.free or word in row.ruled_out) and not self._is_had(
            row, reading.sentence.words, phrase
        ):
            return False
        if phrase.entries:
            return row.holds(phrase.words)
        if word in self._vocabulary.claims:
            return row.says(word)
        if word in self._vocabulary.free:
            return not is_contradicted(row, word)
        if row.says(word) or self._counts(word):
            return True
        if is_contradicted(row, word):
            return False
        return self._measures(row, reading.sentence.words, phrase.last) or not self._is_stated(
            reading.sentence, phrase.first
        )

    def _is_had(self, row: Row, words: Sequence[Token], phrase: _Phrase) -> bool:
        """Whether a row is not without a thing, or a sentence says that it is; and does not have what it is free of."""
        if row.is_without(phrase.words[0]):
            return self._is_freed(words, phrase)
        led = tuple(word.form for word in words[max(0, phrase.first - 2) : phrase.first])
        return led not in _FREE_OF or not row.says(phrase.words[0])

    def _is_freed(self, words: Sequence[Token], phrase: _Phrase) -> bool:
        """Whether the item is said to be free of it."""
        near = words[max(0, phrase.first - 2) : phrase.last + 1]
        return any(word.form in ("free", "without", "no") for word in near)

    def _counts(self, word: str) -> bool:
        """Whether a word is a number, a unit or a superlative: these are checked elsewhere."""
        return bool(_NUMBER.fullmatch(word)) or unit_named(word) is not None or word.endswith("est")

    def _measures(self, row: Row, words: Sequence[Token], n: int) -> bool:
        """Whether a word is only how much or what of a thing there is that the row has: "a breath of smoke"."""
        if n >= len(words) or words[n].form != "of":
            return False
        led = itertools.takewhile(lambda word: not word.text[0].isupper(), words[n + 1 : n + _LOOK_BACK])
        thing = next((word.form for word in led if word.form not in _WITHIN), "")
        return bool(thing) and row.says(thing) and not row.is_without(thing)

    def _is_stated(self, sentence: Sentence, n: int) -> bool:
        """Whether a word looks like a noun that an item is said to have, or to be about where other rows have the
        word."""
        words, text = sentence.words, sentence.blotted
        if (words[n].text[0].isupper() and n) or words[n].text.isdigit():
            return False  # names and numbers are checked elsewhere
        if words[n].form in self._vocabulary.possessions | self._vocabulary.frames or _is_verb(words, n):
            return False
        is_head = n + 1 >= len(words) or words[n + 1].form in STOPWORDS or _is_apart(text, words[n], words[n + 1])
        frame = self._frame(words, text, n)
        if not is_head:
            return frame in self._vocabulary.possessions and words[n].form in self._gazetteer.words
        if n + 1 < len(words) and words[n + 1].form in _VERBS and (n == 0 or _is_apart(text, words[n - 1], words[n])):
            frame = "is"  # "Dogs are welcome"
        return frame in self._vocabulary.possessions or (bool(frame) and words[n].form in self._gazetteer.words)

    def _frame(self, words: Sequence[Token], text: str, n: int) -> str:
        """The word before a noun that says that there is such a thing; none where it says what the item is good for."""
        has_article = False
        for place in range(n - 1, max(-1, n - 1 - _LOOK_BACK), -1):
            word = words[place].form
            if _is_apart(text, words[place], words[place + 1]) or word in self._vocabulary.purposes:
                return ""
            if word in self._vocabulary.possessions | self._vocabulary.frames:
                led = [w.form for w in words[max(0, place - 2) : place] if w.form not in _RIGHT][-1:]
                made = bool(led) and led[0] in self._vocabulary.makings
                return "of" if made else word if has_article or word not in ("is", "are", "was") else ""
            if word in STOPWORDS and word not in _WITHIN:
                return ""
            has_article = has_article or word in _ARTICLES
        return ""


def _is_verb(words: Sequence[Token], n: int) -> bool:
    """Whether a word looks like one: "you will have earned", "and slip", "a crook coaxing her"."""
    word, led = words[n].text.casefold(), words[n - 1].form if n else ""
    if led in _HAVE and word.endswith("ed"):
        return True
    if led == "and" and n > 1 and words[n - 2].form in _HAVE:
        return True
    return word.endswith("ing") and bool(led) and led not in STOPWORDS and not led.endswith("y")


def _has(row: Row, words: Forms) -> bool:
    return row.means(words) and not any(map(row.is_without, words))


def _is_apart(text: str, one: Token, other: Token) -> bool:
    return bool(text[one.end : other.start].strip(" '’*_\"“”-"))
