"""Which fields words ask for: by what they are called, else by a word that people say for such a field ("town"); and
which value stands beside the words of its field: "element fire", "stage 2".

Knows a schema, and what a catalogue knows by its forms. Knows nothing of what is said of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from penchant.retriever import Schema
from penchant.retriever.catalogue.inference import words_of
from penchant.retriever.catalogue.terms import terms

from ..linking import Entry, Forms, Gazetteer, Match
from ..quantities import Range
from ..text import STOPWORDS, Token, forms
from .parsed_message import ParsedMessage

_ASKED_AS = tuple(
    frozenset(words.split())
    for words in (
        "place area part location district quarter neighbourhood neighborhood town city region state country where",
        "level difficulty",
        "maker make brand company manufacturer",
        "colour color",
        "kind sort genre type style",
    )
)
"""Words of which any may ask for a field that is called by another, where none is called by itself."""

_OF_ANYTHING = frozenset("place part where make kind sort type style".split())
"""Of these, what people say of anything: "another place"."""


def called_fields(schema: Schema, said: Collection[str]) -> set[str]:
    """Facets, names and categories by their own words (forms), else by words that are said for these."""
    words = _words(schema)
    common = {w for w, n in Counter(w for own in words.values() for w in own).items() if n > 1 and len(words) > 1}
    told = set(said) - common
    alike = set().union(*(group for group in _ASKED_AS if group & told))
    return {n for n, own in words.items() if told & own} or {n for n, own in words.items() if alike & own}


def calling_words(schema: Schema) -> set[str]:
    """Words by which some field may be asked for."""
    own = set().union(*_words(schema).values())
    alike = set().union(*(group for group in _ASKED_AS if group & own))
    return {word for word in own if word.isalpha()} | (alike - _OF_ANYTHING)


def _words(schema: Schema) -> Mapping[str, set[str]]:
    return {name: set(forms(name)) for name in schema.of("facet", "name", "category")}


_LONGEST = 4
_NO, _ANY = frozenset("no without zero sans".split()), frozenset("any added extra the".split())
_NONE = frozenset(("none", "no", "nil"))
_WHOLE = re.compile(r"\bnon[\s-]\w{3,}|\b\w{3,}-free\b", re.I)
_BESIDE = re.compile(r"\s*(?:[-=:#]|\b(?:is|are|be|of|no\.?|number)\b)?\s*", re.I)
"""What may stand between a field's words and its value."""


def said_whole(parsed: ParsedMessage) -> Iterator[tuple[int, int]]:
    """ "Non-commercial", "barrier-free", where titles are called just so: no refusal of a part of it."""
    for match in _WHOLE.finditer(parsed.text):
        if len(parsed.gazetteer.catalogue.saying(terms(match[0]))):
            yield match.span()


def as_called(
    matches: Sequence[Match], ranges: Sequence[Range], text: str, words: Sequence[Token], gazetteer: Gazetteer
) -> tuple[tuple[Match, ...], tuple[Range, ...]]:
    """Matches, where words of a field beside a value that several have say which is meant ("fire element"), and with
    values that are such only behind the words of theirs ("stage 2"); and the ranges without the numbers of these."""
    called = _Called(text, words, gazetteer)
    found, done = list[Match](), 0
    new = [*called.coded(matches)]
    for match in sorted([*matches, *new], key=lambda m: m.first):
        found.append(told := called.narrowed(match, done))
        done = max(done, told.last)
    spans = [(words[m.first].start, words[m.last - 1].end) for m in new]
    kept = (r for r in ranges if not any(start <= r.start and r.end <= end for start, end in spans))
    return tuple(found), tuple(kept)


class _Called:
    """The words of one message, and where fields' own stand among them."""

    def __init__(self, text: str, words: Sequence[Token], gazetteer: Gazetteer) -> None:
        self._text, self._words, self._gazetteer = text, words, gazetteer
        said = {word.form for word in words}
        fields = gazetteer.schema.of("facet", "name", "category")
        every = {name: forms(" ".join(words_of(name))) for name in fields}
        self._own = {name: own for name, own in every.items() if said.intersection(own)}

    def coded(self, matches: Sequence[Match]) -> Iterator[Match]:
        """Values of which nothing else is found right behind their field's words, or that are written in two words."""
        taken = {n for m in matches for n in range(m.first, m.last)}
        for none in self._none():
            taken |= set(range(none.first, none.last))
            yield none
        for at in range(len(self._words)):
            found = () if at in taken else (*self._behind_own(at), *self._in_two(at), *self._ahead_of_own(at))
            if match := next((m for m in found if taken.isdisjoint(range(m.first, m.last))), None):
                taken |= set(range(match.first, match.last))
                yield match

    def _behind_own(self, at: int) -> Iterator[Match]:
        """ "Stage 2": the values from a word on, the longest first, of the fields whose words end before it."""
        for name, first in self._behind(at, 0):
            for last in range(min(len(self._words), at + _LONGEST), at, -1):
                known = self._known(tuple(word.form for word in self._words[at:last]), name)
                if known and not (last == at + 1 and _is_small(self._words[at])):
                    yield Match(first, last, known, every=True)

    def _ahead_of_own(self, at: int) -> Iterator[Match]:
        """ "100% vitamins": a value with a number, as it is written, right before its field's words."""
        word = self._words[at]
        for name, last in self._before(at + 1) if word.text[0].isdigit() else ():
            known = [e for e in self._known((word.form,), name) if self._text.startswith(e.value, word.start)]
            if known:
                yield Match(at, last, tuple(known), every=True)

    def _none(self) -> Iterator[Match]:
        """ "No vitamins", "caffeine-free": the value that says none of a field, where there is one."""
        for at, word in enumerate(self._words):
            led, free = word.text.casefold() in _NO, word.text.casefold() == "free"
            if led or free:
                first = at + 1 + (at + 1 < len(self._words) and self._words[at + 1].text.casefold() in _ANY)
                fields = self._before(first) if led else self._behind(at, 0)
                found = ((self._none_of(name), edge) for name, edge in fields)
                if told := next(((entry, edge) for entry, edge in found if entry), None):
                    yield Match(*((at, told[1]) if led else (told[1], at + 1)), (told[0],), every=True)

    def _none_of(self, name: str) -> Entry | None:
        values = self._gazetteer.catalogue.value_counts[name]
        plain = self._gazetteer.catalogue.yes(name)
        return next((Entry("value", name, v) for v in values if not plain and v.casefold() in _NONE), None)

    def _in_two(self, at: int) -> Iterator[Match]:
        """ "Type 3", where a value is Type3."""
        led, code = self._words[max(0, at - 1)], self._words[at]
        joined = code.text.isdecimal() and len(led.text) > 1 and led.text.isalpha() and self._touches(at - 1, at)
        if known := self._known((led.form + code.form,)) if joined else ():
            yield Match(at - 1, at + 1, known, every=True)

    def narrowed(self, match: Match, done: int) -> Match:
        """A match of several fields as one of that whose words stand right before it, or else right behind; `done`:
        where words begin that are free."""
        facets = {e.facet for e in match.entries if e.kind != "title"}
        if len(facets) < 2 or match.broader:
            return match
        led = [(name, first, match.last) for name, first in self._behind(match.first, done) if name in facets]
        after = [(name, match.first, last) for name, last in self._before(match.last) if name in facets]
        for name, first, last in (led or after)[:1]:
            return Match(first, last, tuple(e for e in match.entries if e.facet == name), every=match.every)
        return match

    def _behind(self, at: int, done: int) -> list[tuple[str, int]]:
        """The fields whose words end right before a word, and where they begin; of which most is said first."""
        last = at - 1
        if last >= done and self._words[last].text.casefold() in ("is", "of", "are", "number", "no"):
            last -= 1
        if last < done or at >= len(self._words) or not self._touches(last, at):
            return []
        found = []
        for name, own in self._own.items():
            first = last + 1
            while first > done and self._words[first - 1].form in own:
                first -= 1
            found += [(name, first)] if first <= last else []
        return sorted(found, key=lambda f: (f[1], len(self._own[f[0]])))

    def _before(self, at: int) -> list[tuple[str, int]]:
        """The fields whose words begin right behind a match, and where they end."""
        found = []
        free = at < len(self._words) and self._touches(at - 1, at)
        for name, own in self._own.items() if free else ():
            last = at
            while last < len(self._words) and self._words[last].form in own:
                last += 1
            found += [(name, last)] if last > at else []
        return sorted(found, key=lambda f: (-f[1], len(self._own[f[0]])))

    def _touches(self, before: int, after: int) -> bool:
        """Whether nothing but a blank, or what joins a name and a value, stands between two words."""
        return bool(_BESIDE.fullmatch(self._text, self._words[before].end, self._words[after].start))

    def _known(self, form: Forms, name: str = "") -> tuple[Entry, ...]:
        """The values that are written so, of a field or of any."""
        found = self._gazetteer.entries.get(form, ())
        own = (e for e in found if e.kind != "title" and forms(e.value) == form)
        return tuple(e for e in own if not name or e.facet == name)


def _is_small(word: Token) -> bool:
    """Whether a word says nothing by itself as it is written: "a", where a value is A."""
    return word.text.islower() and word.text in STOPWORDS
