"""Kinds of things that are said as the end of another word, as in Chinese: 科幻片 is science fiction and a film, and
悬疑小说 a mystery and a book.

Knows what the catalogue knows. Knows nothing of grammar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from penchant.retriever import Schema

from ..text import Token, forms, is_chinese
from .lexicon import Entry, Forms

_LONGEST = 2
_LED = frozenset("部本张張首支点點些看读讀听聽的和或、")
"""What stands before such an end where it is said alone: a measure word, a verb, or another of a list."""


@dataclass(frozen=True)
class KindWords:
    """By each ending, the values that it says; none where the catalogue has no such kind. `cuts` are words that end in
    one though the rest is no word of its own (纪录片), with how much of them that is."""

    endings: Mapping[Forms, tuple[Entry, ...]]
    cuts: Mapping[Forms, int]

    @classmethod
    def of(
        cls,
        entries: Mapping[Forms, tuple[Entry, ...]],
        schema: Schema,
        endings: Mapping[str, Sequence[str]],
        compounds: Sequence[str],
    ) -> KindWords:
        """`endings` have the words that mean the same, of which the first counts that the catalogue has; `compounds`
        have a space before theirs."""
        said = {forms(ending): _first(words, entries, schema) for ending, words in endings.items()}
        kinds = {form: _kinds(known, schema) for form, known in entries.items() if is_chinese("".join(form))}
        cuts = {forms(word): len(forms(word.split()[-1])) for word in compounds}
        return cls(said | {form: known for form, known in kinds.items() if known and len(form) <= _LONGEST}, cuts)

    def parts(self, words: Sequence[Token], first: int, last: int) -> int:
        """Where in words [first, last) the ending begins; `last` where there is none that says anything."""
        cut = self.cuts.get(tuple(word.form for word in words[first:last]), 0)
        return last - cut if cut and self.said(words, last - cut, last) else last

    def behind(self, words: Sequence[Token], at: int) -> int:
        """Where the ending stops that stands right behind a word; `at` where there is none."""
        lengths = (n for n in range(_LONGEST, 0, -1) if at + n <= len(words) and words[at].start == words[at - 1].end)
        return next((at + n for n in lengths if tuple(w.form for w in words[at : at + n]) in self.endings), at)

    def said(self, words: Sequence[Token], first: int, last: int) -> tuple[Entry, ...]:
        """What an ending says."""
        return self.endings.get(tuple(word.form for word in words[first:last]), ())

    def alone(self, words: Sequence[Token], at: int) -> tuple[Entry, ...]:
        """What a single character says that stands alone, between a measure word and the end of its clause."""
        led = at > 0 and words[at - 1].text in _LED
        free = at + 1 == len(words) or words[at + 1].start > words[at].end or words[at + 1].text in _LED
        return self.said(words, at, at + 1) if led and free else ()


def _first(words: Sequence[str], entries: Mapping[Forms, tuple[Entry, ...]], schema: Schema) -> tuple[Entry, ...]:
    return next((kinds for word in words if (kinds := _kinds(entries.get(forms(word), ()), schema))), ())


def _kinds(known: Sequence[Entry], schema: Schema) -> tuple[Entry, ...]:
    return tuple(e for e in known if e.kind == "value" and schema.kind(e.facet) == "category")
