"""What is written short, both ways: initials ("RTS", "FF") and words of which letters are left out ("BLK", "SGL_RM").

All of it from the catalogue's own values and the names of its fields. Knows nothing of what a message wants.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from penchant.retriever.catalogue.inference import words_of
from penchant.retriever.catalogue.values import subdivision_codes

from ..spans import is_word
from ..text import CHATTER, STOPWORDS, Token
from .lexicon import Entry, Forms

_LONGEST = 5
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,4}")
_ACRONYM = re.compile(r"([A-Z][A-Z0-9]+)s?")
_VOWELS = frozenset("aeiou")
_TRUE = ("yes", "true")
_MOST_CODES = 0.6
"""A field is written in codes where so many of its values are."""
_CUT = 3
"""So many letters tell a word by its beginning."""
_JOINED = 6
_MOST_STATES = 300
_MOST_BEGUN = 3
_COVERED = 0.6
"""So many of a word's consonants tell it."""

_Known = Mapping[str, tuple[Entry, ...]]


class Abbreviations:
    """The short and the long forms of one catalogue's values."""

    def __init__(self, entries: Mapping[Forms, tuple[Entry, ...]]) -> None:
        own = [(form, known) for form, known in entries.items() if known[0].kind != "title"]
        values = list(dict.fromkeys(e for known in entries.values() for e in known if e.kind != "title"))
        self._initials: _Known = _by_key((short, e) for e in values for short in {*_initials_of(e.value)})
        self._initials = {**_codes_of_states(values), **self._initials}
        short = [e for e in values if _CODE.fullmatch(e.value)]
        coded = _coded(short, values)
        self._acronyms = _by_key((e.value.casefold(), e) for e in short)
        self._codes = _by_key((e.value.casefold(), e) for e in short if e.facet in coded)
        self._together = {key: (form, known) for form, known in own if len(key := "".join(form)) >= _JOINED}
        self._begun: dict[Forms, list[tuple[Forms, tuple[Entry, ...]]]] = {}
        for form, known in own:
            if 1 < len(form) <= _MOST_BEGUN:
                self._begun.setdefault(_begun(form), []).append((form, known))
        self._fields = {form: known for form, known in entries.items() if known[0].value.casefold() in _TRUE}

    def may_mean(self, word: Token) -> bool:
        """Whether a field written in codes has one that begins as the word does, and may well stand for it."""
        return any(code[0] == word.form[0] for code in self._codes)

    def find(
        self, words: Sequence[Token], run: range, heard: frozenset[str]
    ) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """Where in a run of words what is written short stands, from the first word to one beyond the last, and what
        it means. `heard`: the words that the catalogue has, which are spelt as meant."""
        done = run.start
        for first, size in [(n, size) for n in run for size in range(min(_LONGEST, run.stop - n), 0, -1)]:
            if first >= done and (found := self._meant(words[first : first + size], heard)):
                yield first, first + size, found
                done = first + size

    def _meant(self, words: Sequence[Token], heard: frozenset[str]) -> tuple[Entry, ...]:
        """What words that stand side by side mean."""
        plain = {w.text.casefold() for w in words}
        if plain & STOPWORDS or plain <= CHATTER or not _are_beside(words):
            return ()
        form = tuple(w.form for w in words)
        written, found = self._together.get("".join(form), (form, ()))
        if written != form:  # "sea food"; what is written just so is not meant, for whatever reason
            return found
        if len(words) == 1 and (found := self.of_initials(words[0])):
            return found
        if found := self._cut_short(words):
            return found
        if any(w.form in heard for w in words if w.text.isalpha()):
            return ()
        if len(words) > 1 and (found := self._acronyms.get("".join(_initials(" ".join(w.text for w in words))), ())):
            return found
        return self._cut(words)

    def of_initials(self, word: Token) -> tuple[Entry, ...]:
        """The values whose initials a word is: "RTS" is a Real-Time Strategy, and "RPG" something Role-Playing. What is
        not written as initials ("fav"), or only begins with them, means the one value that it can."""
        written, plain = _ACRONYM.fullmatch(word.text), is_word(word.text)
        if not written and (len(word.form) < _CUT or plain):
            return ()
        short = written[1].casefold() if written else word.form
        if found := self._initials.get(short) or self._initials.get(word.text.casefold()):
            return found if written else _only(found)
        if len(short) != _CUT or plain:
            return ()
        return _only(tuple(e for e in self._initials.get(short[:-1], ()) if e.kind == "value"))

    def _cut_short(self, words: Sequence[Token]) -> tuple[Entry, ...]:
        """The one value or name of as many words, each of which begins as one of these, if one of them is no word:
        "Bed-Stuy"."""
        form = tuple(w.form for w in words)
        if not 1 < len(words) <= _MOST_BEGUN or all(is_word(w.text) for w in words) or not all(map(str.isalpha, form)):
            return ()
        known = [one for one in self._begun.get(_begun(form), ()) if one[0] != form and _begins(one[0], form)]
        return known[0][1] if len(known) == 1 else ()

    def _cut(self, words: Sequence[Token]) -> tuple[Entry, ...]:
        """The code, or the name of a field that is true or false, of whose words letters are left out."""
        found = [known for form, known in self._fields.items() if _is_cut(form, words)]
        if len(words) == 1:
            found += [known for code, known in self._codes.items() if _is_cut((code,), words)]
        facets = Counter(facet for known in found for facet in {e.facet for e in known})
        return tuple(e for known in found for e in known if facets[e.facet] == 1)


def _begun(form: Forms) -> Forms:
    """The first letters of each word."""
    return tuple(word[:_CUT] for word in form)


def _begins(form: Forms, short: Forms) -> bool:
    """Whether each word begins as the short one, of which letters enough are there."""
    return all(len(cut) >= _CUT and word.startswith(cut) for word, cut in zip(form, short, strict=True))


def _codes_of_states(values: Sequence[Entry]) -> _Known:
    """The states of a country by their codes ("UT"), which are no initials."""
    by_facet: dict[str, list[Entry]] = {}
    for entry in (e for e in values if e.kind == "name"):
        by_facet.setdefault(entry.facet, []).append(entry)
    found: list[tuple[str, Entry]] = []
    for entries in by_facet.values():
        codes = subdivision_codes({e.value for e in entries}) if len(entries) <= _MOST_STATES else {}
        found += [(codes[e.value].casefold(), e) for e in entries if e.value in codes]
    return _by_key(iter(found))


def _only(found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """They, if all are one value."""
    return found if len({e.value.casefold() for e in found}) == 1 else ()


def _coded(short: Sequence[Entry], values: Sequence[Entry]) -> frozenset[str]:
    """The fields that are written in codes."""
    every = Counter(e.facet for e in values)
    return frozenset(f for f, n in Counter(e.facet for e in short).items() if n >= _MOST_CODES * every[f])


def _initials_of(value: str) -> Iterator[str]:
    """With and without the small words between: "LOTR" and "LR"."""
    words = _initials(value)
    if len(words) > 1 and sum(map(str.isalpha, words)) > 1:
        yield "".join(words)
        if len(small := _initials(" ".join(w for w in value.split() if w.casefold() not in STOPWORDS))) > 1:
            yield "".join(small)


def _initials(text: str) -> list[str]:
    return [word if word.isdigit() else word[0] for word in words_of(text) if word.isalnum()]


def _is_cut(form: Forms, words: Sequence[Token]) -> bool:
    """Whether each word of a form is the word itself, or it with letters left out; not all are themselves."""
    if len(form) != len(words) or form == tuple(w.form for w in words):
        return False
    beside = len(form) > 1
    pairs = zip(form, words, strict=True)
    return all(short == w.form or _is_short(short, w.text.casefold(), beside) for short, w in pairs)


def _is_short(short: str, word: str, beside: bool) -> bool:
    """Whether a word begins so, or has these consonants in this order. beside: two letters do, beside other words."""
    if not (short.isalpha() and len(short) < len(word) and word[0] == short[0]):
        return False
    if len(short) >= _CUT and word.startswith(short):
        return True
    if len(short) < _CUT and not (beside and len(short) > 1 and word[-1] == short[-1]):
        return False
    left = iter(word)
    consonants = [c for c in word if c not in _VOWELS]
    spelt = all(c in left for c in short) and not _VOWELS.intersection(short[1:])
    return spelt and len(short) >= _COVERED * len(consonants)


def _are_beside(words: Sequence[Token]) -> bool:
    return all(after.start - word.end <= 1 for word, after in pairwise(words))


def _by_key(found: Iterator[tuple[str, Entry]]) -> _Known:
    known: dict[str, tuple[Entry, ...]] = {}
    for key, entry in sorted(found, key=lambda pair: -pair[1].count):
        known[key] = (*known.get(key, ()), entry)
    return known
