"""Decides which words of a message really mean a title or a name: "It" is seldom the film.

Knows the gazetteer of a catalogue and how people write titles. Knows nothing of interests.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from rapidfuzz import fuzz, process

from penchant.retriever.catalogue.inference import says

from ..cues import verdict
from ..spans import is_word
from ..text import CHATTER, STOPWORDS, Token, before, forms, tokens
from .gazetteer import Gazetteer, Match
from .lexicon import Entry, Forms, headings
from .title_parts import TitleParts
from .written_titles import (
    YEAR_AFTER,
    capitalised,
    is_careless,
    is_name,
    is_nothing_else,
    is_spelt_as_title,
    is_title,
    is_unit,
    is_written_as_title,
)

_ABOUT = re.compile(r"\b(?:about|on|of)\s+$", re.I)
_ABOUT_KIND = re.compile(r"\b(?:about|on|of|about\s+(?:the|an?))\s+$", re.I)
_ONE = re.compile(r"\s+ones?\b", re.I)
_WITH = re.compile(r"\b(?:with|into)\s+$", re.I)
_REJECTED = re.compile(r"(?:\b(?:no|not|without|except|but)|n['’]t\s+(?:want|like))\s+(?:an?\s+|any\s+)?$", re.I)
_JOINED = re.compile(r"\s*+(?:,\s*+(?:(?:and|or)\b|&)?|(?:and|or)\b|[&和与跟、])\s*+", re.I)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)
_YEAR_TOLD = re.compile(r"\s*,?\s*(?:I\s+mean\s+)?(?:the|that|from)\s+(\d{4})\b", re.I)
_YEAR_BEFORE = re.compile(
    r"\b(\d{4})(?:['’]s)?\s+(?:(?:film|version|book|album|edition|remake|original)\s+(?:of\s+)?)?$", re.I
)
_COMPOUND = re.compile(r"\b\w+(?:-(?:in|of|to|the|up|at|by|on|as)-\w+)+\b", re.I)
"""What is one word, and its parts say nothing by themselves: "mother-in-law"."""

_TYPO_SCORE = 90
_TYPO_LETTERS = 5
_MOST_TYPOS = 300
_SURNAME_SCORE = 88
_SURNAME_LETTERS = 7
_LEAST, _SHORT = 2, 3
_OWN = 0.9
"""Of the items that say a word so many are its maker's, where it is but a name."""
_THE = re.compile(r"\bthe\s+$", re.I)


@dataclass(frozen=True)
class EntityLinker:
    """Finds entries in a message and keeps those that are meant."""

    gazetteer: Gazetteer

    @cached_property
    def _parts(self) -> TitleParts:
        return TitleParts(self.gazetteer)

    def find(self, text: str, words: Sequence[Token]) -> list[Match]:
        """Matches from left to right; names and values with a letter wrong are found where nothing else matches."""
        lower = text == text.lower()
        small = lower or is_careless(text)

        def accept(entry: Entry, first: int, last: int) -> bool:
            span = words[first:last]
            if entry.kind == "title":
                year = self.gazetteer.title_year(entry.item)
                return is_title(text, span, lower, year) or is_spelt_as_title(text, span, entry.value)
            if len(span) == 1 and len(span[0].text) <= _SHORT and span[0].text.casefold() in STOPWORDS:
                return _is_abbreviation(text, span[0])
            if _is_part(text, span):
                return False
            if entry.kind == "name":
                return self._is_named(text, span, entry, small)
            if self.gazetteer.schema.kind(entry.facet) == "category":
                # "Films about music": what a work is about is not what it is.
                return not _ABOUT_KIND.search(before(text, span[0].start))
            said = any(w.text.casefold() not in STOPWORDS | CHATTER and not w.text.isdigit() for w in span)
            named = entry.value[:1].isupper() and span[0].text[0].isupper() and span[0].start > 0
            said |= named and span[0].text.casefold() not in STOPWORDS
            led = before(text, span[0].start)
            said |= bool(_ONE.match(text, span[-1].end) or _WITH.search(led))  # "a music one", "something with music"
            return said or bool(_ABOUT.search(led) or _REJECTED.search(led))

        found = list[Match]()
        for match in self.gazetteer.find(words, accept):
            found.append(self._ordered(text, words, lower, self._in_full(words, match), found[-1:]))
        free = _free(words, found)
        found += [m for run in free for m in self._surnames(words, run)]
        short, heard = self.gazetteer.abbreviations, self.gazetteer.words
        found += [Match(*m) for run in _free(words, found) for m in short.find(words, run, heard)]
        found += self._parts.find(text, words, _free(words, found))
        found += self._typos(words, _free(words, found))
        return sorted(found, key=lambda m: m.first)

    def _is_named(self, text: str, span: Sequence[Token], entry: Entry, small: bool) -> bool:
        """Whether words are a name. A maker in small letters of three or less, or with another meaning, is one only
        where the catalogue knows no other. small: names may be written so."""
        written, word = is_name(text, span, small or entry.facet in self.gazetteer.nations), span[0]
        called = len(span) == 1 and (word.form,) == forms(entry.value)  # by its name: "italian" is none of Italy
        if not (called and word.text.islower() and says(entry.facet, "maker")):
            return written or (len(span) == 1 and is_nothing_else(word, _SHORT + 2))
        alone = is_nothing_else(word, _LEAST)
        if is_unit(text, word) or not (alone or written):
            return False
        return (alone and len(word.form) > _SHORT) or is_own_word(self.gazetteer, word, entry)

    def titled(self, part: Forms) -> tuple[str, ...]:
        """The ids of the items in whose titles these words stand side by side."""
        return self._parts.titled(part)

    def _in_full(self, words: Sequence[Token], match: Match) -> Match:
        """With what else the word is short for: "MMO" is a value of one field, "Massively Multiplayer" of another."""
        if match.last - match.first > 1 or match.entries[0].kind == "title":
            return match
        word = words[match.first]
        more = self.gazetteer.abbreviations.of_initials(word)
        more = more if word.text.isupper() else tuple(e for e in more if e.kind == "value")
        return Match(match.first, match.last, tuple(dict.fromkeys([*match.entries, *more])))

    def _ordered(self, text: str, words: Sequence[Token], lower: bool, match: Match, before: Sequence[Match]) -> Match:
        """The match with titles first where they are written as such ("like Alien"), or in a list that begins with one,
        and last elsewhere ("aliens")."""
        span = words[match.first : match.last]
        years = [self.gazetteer.title_year(e.item) for e in match.entries if e.kind == "title"]
        written = any(is_written_as_title(text, span, lower, year) for year in years)
        if before and before[0].entries[0].kind == "title" and not lower and capitalised(span):
            written |= bool(_JOINED.fullmatch(text, words[before[0].last - 1].end, span[0].start))

        def place(entry: Entry) -> bool:
            return (entry.kind == "title") != written

        return Match(match.first, match.last, tuple(sorted(match.entries, key=place)))

    def _surnames(self, words: Sequence[Token], run: range) -> Iterator[Match]:
        for n in run:
            entry = self.gazetteer.surnames.get(words[n].form)
            beside = [w for w in words[max(0, n - 1) : n + 2] if w is not words[n]]
            # "Harry Potter", "The Valley of Horses": a capital beside it makes it part of another name.
            alone = not any(w.text[0].isupper() and w.text != "I" and w.start > 0 for w in beside)
            if entry and alone and words[n].text[0].isupper() and words[n].text.casefold() not in STOPWORDS:
                yield Match(n, n + 1, (entry,))

    def _surname_typo(self, word: Token) -> tuple[Entry, ...]:
        """A long capitalised word close to a surname ("Spielburg")."""
        surnames = self.gazetteer.surnames
        if not word.text[0].isupper() or len(word.form) < _SURNAME_LETTERS:
            return ()
        # Of the same length: "Cameroon" is not James Cameron.
        alike = [name for name in surnames if len(name) == len(word.form) and name[0] == word.form[0]]
        close = process.extractOne(word.form, alike, scorer=fuzz.ratio, score_cutoff=_SURNAME_SCORE)
        return (surnames[close[0]],) if close else ()

    def _typos(self, words: Sequence[Token], runs: Sequence[range]) -> Iterator[Match]:
        """Pairs and triples of words close to a name, and single unknown words close to a value or a surname."""
        odd = ((n, size) for run in runs for n in run for size in (3, 2, 1) if n + size <= run.stop)
        tried = islice((s for s in odd if self._is_odd(words[s[0] : s[0] + s[1]])), _MOST_TYPOS)
        found = 0
        for n, size in tried:
            if n >= found and (match := self._typo(words[n : n + size])):
                yield Match(n, n + size, match)
                found = n + size

    def _is_odd(self, span: Sequence[Token]) -> bool:
        """Whether a word of these is none that the catalogue's texts have, and all may be misspelt."""
        known = (w.text.casefold() in STOPWORDS or w.form in self.gazetteer.words or _is_known(w) for w in span)
        if all(known):
            return False
        if any(c.isdigit() for w in span for c in w.text):
            return False
        if any(w.text.casefold() in STOPWORDS or not w.text.isascii() or verdict(f"is {w.text}") for w in span):
            return False
        return sum(map(len, (w.form for w in span))) + len(span) - 1 >= _TYPO_LETTERS

    def _typo(self, span: Sequence[Token]) -> tuple[Entry, ...]:
        written = " ".join(w.form for w in span)
        choices = self.gazetteer.spellings[len(span)]
        # One letter wrong in a short word, in a long one a tenth of it.
        cutoff = min(_TYPO_SCORE, 100 - 100 / len(written) - 0.1)
        found = process.extractOne(written, choices.keys(), scorer=fuzz.ratio, score_cutoff=cutoff)
        if found is None or found[0][0] != written[0]:
            return self._surname_typo(span[0]) if len(span) == 1 else ()
        return choices[found[0]]

    def named_items(self, text: str) -> list[str]:
        """The ids of the items whose titles a text names, in order."""
        words = tokens(text)
        titles = [m for m in self.find(text, words) if m.entries[0].kind == "title"]
        return [self.meant(m.entries, text, words[m.first].start, words[m.last - 1].end).item for m in titles]

    def meant(self, entries: Sequence[Entry], text: str, start: int, end: int, shown: Collection[str] = ()) -> Entry:
        """Of the works that text[start:end] may name, the one of the year beside it; else the one that is called
        just so, or so but for its article; else any. Of several, one that is `shown` (ids), and the best known."""
        titles = [e for e in entries if e.kind == "title"]
        year = YEAR_AFTER.match(text, end) or _YEAR_TOLD.match(text, end) or _YEAR_BEFORE.search(before(text, start))
        dated = [e for e in titles if year and self.gazetteer.title_year(e.item) == year[1]]
        written = text[start:end].casefold()
        exact = [e for e in titles if e.value.casefold() == written]
        nearly = [e for e in titles if _ARTICLE.sub("", e.value).casefold() == _ARTICLE.sub("", written)]
        among = dated[:1] or exact or nearly or titles
        return max(among, key=lambda e: (e.item in shown, self.gazetteer.prior(e.item)))


def is_own_word(gazetteer: Gazetteer, word: Token, maker: Entry) -> bool:
    """Whether a word of the catalogue's is said of hardly anything but what its maker makes, and heads no column."""
    share = gazetteer.catalogue.share_holding(word.form, maker.facet, (maker.value,))
    return share >= _OWN and word.form not in headings(gazetteer.schema)


def _is_part(text: str, span: Sequence[Token]) -> bool:
    """Whether words are but a part of a compound."""
    begin, end = span[0].start, span[-1].end
    beside = "-" in (text[max(0, begin - 1) : begin] + text[end : end + 1])
    return beside and any(m.start() <= begin and end <= m.end() for m in _COMPOUND.finditer(text))


def _is_abbreviation(text: str, word: Token) -> bool:
    """Whether a word that is common in small letters stands for something: "US wines", "from the us", not "tell us"."""
    return (word.text.isupper() and not text.isupper()) or bool(_THE.search(before(text, word.start)))


def _is_known(word: Token) -> bool:
    """Whether a word is English, or such a one with an ending: "faints" is not "faith"."""
    return is_word(word.text) or is_word(word.form)


def _free(words: Sequence[Token], found: Sequence[Match]) -> list[range]:
    """The stretches of tokens that no match covers."""
    edges = [(-1, 0), *sorted((m.first, m.last) for m in found), (len(words), len(words))]
    return [range(end, start) for (_, end), (start, _) in pairwise(edges) if end < start]
