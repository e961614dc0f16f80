"""The values that a message wants or refuses in other words than theirs, where nothing else is known of these.

Knows the message taken apart and the catalogue's fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from penchant.retriever import Catalogue
from penchant.retriever.catalogue.inference import words_of
from penchant.retriever.catalogue.kinds import adjectives, nouns

from ..linking import Entry, Match, headings
from ..parsing import ParsedMessage, wanted_words
from ..text import CHATTER, STOPWORDS, Token, before, forms
from .shared_words import SharedWords
from .value_parts import ValueParts
from .value_words import Worded, WordedField

_FEWEST, _MOST = 2, 60
"""Values of a field that is told by what its values have in common with words; of more, only by words of one root."""
_MOST_OF_ROOT = 1000
_ANSWERS = frozenset(("yes", "no", "true", "false"))
_APART = re.compile(r"[^\w\s'’/-]|\b(?:and|or|but|nor|with|without|no|not|n['’]t|in|near|at|for|from|so)\b", re.I)
_WITHIN = re.compile(r"\w-$|\bnon\s+$", re.I)
"""What leads into a word of which another is made: "non-fiction"."""
_LEFT = 2
"""Words before what is wanted that may say which: "a whole flat", of which a model hears but the flat."""
_DESCRIBED = 0.6
"""So much of a value a mere description tells at the least ("set in space")."""


@dataclass(frozen=True)
class WordedValues:
    """The fields of one catalogue, by the words of their values."""

    catalogue: Catalogue

    def added(self, parsed: ParsedMessage) -> ParsedMessage:
        """The message with the values that it names so."""
        parsed = self._parts.added(parsed)
        found = [match for phrase in _phrases(parsed) for match in self._matches(parsed, phrase)]
        wanted = [m for m in (*parsed.matches, *found) if parsed.level_of(m) == "want"]
        found = [m for m in found if not (m in wanted and any(_is_narrower(other, m) for other in wanted))]
        known = [self._widened(parsed, self._any_of(parsed, match)) for match in parsed.matches]
        return replace(parsed, matches=tuple(sorted([*known, *found], key=lambda m: m.first)))

    def _widened(self, parsed: ParsedMessage, match: Match) -> Match:
        """Of what is refused in one word also the values that are called by a word of its root, where an item has
        several: "no spice" is nothing spicy. Of a noun filters know the kinds."""
        word, *more = parsed.words[match.first : match.last]
        if more or match.entries[0].kind != "value" or parsed.level_of(match) != "never":
            return match
        alike = {name for e in match.entries for name in self.catalogue.schema.looked_up(e.facet)}
        several = {n: f for n, f in self._rooted.items() if n in alike and not parsed.gazetteer.is_single(n)}
        said = word.text.casefold()
        found = [
            e for name, f in several.items() for e in self._entries(name, f.of_root(said, not nouns().senses(said)))
        ]
        known = {(entry.facet, entry.value) for entry in match.entries}
        return replace(match, entries=(*match.entries, *(e for e in found if (e.facet, e.value) not in known)))

    def _any_of(self, parsed: ParsedMessage, match: Match) -> Match:
        """Of a word that is wanted and means some of the values that have it, all of them."""
        word, *more = parsed.words[match.first : match.last]
        entries = (
            ()
            if more or match.entries[0].kind != "value"
            else self._shared.of(word.form, _is_thing(parsed, match.first))
        )
        said = {(entry.facet, entry.value) for entry in entries}
        some = [e for e in match.entries if (e.facet, e.value) in said]
        if not some or len(some) < len(match.entries) or parsed.level_of(match) != "want":
            return match
        return replace(match, entries=entries, broader=True)

    def _matches(self, parsed: ParsedMessage, phrase: Sequence[int]) -> Iterator[Match]:
        """Of a phrase, the numbers of its words: what is told best, and then what is left on both sides of it."""
        if not phrase:
            return
        best = self._best(parsed, phrase)
        match = (best and self._any_of(parsed, best)) or self._having(parsed, phrase) or self._of_root(parsed, phrase)
        if match:
            yield match
            yield from self._matches(parsed, [n for n in phrase if n < match.first])
            yield from self._matches(parsed, [n for n in phrase if n >= match.last])

    def _best(self, parsed: ParsedMessage, phrase: Sequence[int]) -> Match | None:
        words = tuple(parsed.words[n].text.casefold() for n in phrase)
        named = _named_near(parsed, phrase)
        told = (
            (name, field.meant(words, not named.isdisjoint(forms(_spoken(name)))))
            for name, field in self._small.items()
        )
        found = [(name, one) for name, one in told if one and self._may_mean(parsed, phrase, name, one)]
        if not found:
            return None
        name, best = max(found, key=lambda pair: (pair[1].share, self._small[pair[0]].counts[pair[1].value]))
        return self._match([phrase[n] for n in best.places], name, [best.value])

    def _may_mean(self, parsed: ParsedMessage, phrase: Sequence[int], name: str, told: Worded) -> bool:
        """Whether the words are not what fields are called, and no value is called just so that was not meant."""
        form = tuple(parsed.words[phrase[n]].form for n in sorted(told.places))
        if headings(self.catalogue.schema).issuperset(form) or form in parsed.gazetteer.entries:
            return False
        return told.share >= _DESCRIBED or not _is_described(parsed, [phrase[n] for n in told.places])

    def _having(self, parsed: ParsedMessage, phrase: Sequence[int]) -> Match | None:
        """All values that have a word; of what is refused, unless the filters know more of its kind."""
        kinds = self.catalogue.kinds
        for n in (n for n in phrase if not (_is_described(parsed, [n]) or _is_within(parsed, n))):
            word = parsed.words[n]
            known = (word.form,) in parsed.gazetteer.entries
            entries = () if known else self._shared.of(word.form, _is_thing(parsed, n))
            values = {(entry.facet, entry.value) for entry in entries}
            wanted = parsed.level(word.start) == "want"
            if entries and (wanted or values.issuperset(kinds.of(word.text, kinds.fields))):
                return Match(n, n + 1, entries, broader=True)
        return None

    def _of_root(self, parsed: ParsedMessage, phrase: Sequence[int]) -> Match | None:
        for n in (n for n in phrase if not _is_thing(parsed, n)):
            word = parsed.words[n]
            for name, field in self._rooted.items() if (word.form,) not in parsed.gazetteer.entries else ():
                if values := field.of_root(word.text.casefold()):
                    return self._match([n], name, values)
        return None

    def _match(self, places: Sequence[int], name: str, values: Sequence[str]) -> Match:
        return Match(min(places), max(places) + 1, self._entries(name, values), broader=len(values) > 1)

    def _entries(self, name: str, values: Sequence[str]) -> tuple[Entry, ...]:
        counts = self.catalogue.value_counts[name]
        return tuple(Entry("value", name, value, count=counts[value]) for value in values)

    @cached_property
    def _parts(self) -> ValueParts:
        return ValueParts(self.catalogue)

    @cached_property
    def _shared(self) -> SharedWords:
        return SharedWords(self.catalogue)

    @cached_property
    def _small(self) -> Mapping[str, WordedField]:
        return {name: field for name, field in self._fields.items() if _FEWEST <= len(field.counts) <= _MOST}

    @cached_property
    def _rooted(self) -> Mapping[str, WordedField]:
        return {name: field for name, field in self._fields.items() if len(field.counts) <= _MOST_OF_ROOT}

    @cached_property
    def _fields(self) -> Mapping[str, WordedField]:
        counts = self.catalogue.value_counts
        names = self.catalogue.schema.of("facet", "category")
        told = (name for name in names if not _ANSWERS.intersection(map(str.casefold, counts[name])))
        return {name: WordedField(counts[name]) for name in told}


def _is_narrower(match: Match, other: Match) -> bool:
    """Whether a match names but some of the values of another: "wrapped in cloth", where some are wrapped in leaves."""
    return other.broader and set(match.entries) < set(other.entries)


def _named_near(parsed: ParsedMessage, phrase: Sequence[int]) -> set[str]:
    """The forms of the words that stand in a phrase and right beside it."""
    return {word.form for word in parsed.words[max(0, phrase[0] - 1) : phrase[-1] + 2]}


def _spoken(name: str) -> str:
    return " ".join(words_of(name))


def _phrases(parsed: ParsedMessage) -> Iterator[Sequence[int]]:
    """The numbers of words that are wanted, or refused, side by side but for small words, of which nothing is known."""
    for open_words in (_with_modifiers(parsed, list(wanted_words(parsed))), _refused(parsed)):
        phrase: list[int] = []
        for n in open_words:
            if phrase and _is_apart(parsed, phrase[-1], n):
                yield phrase
                phrase = []
            phrase.append(n)
        yield phrase


def _is_apart(parsed: ParsedMessage, one: int, other: int) -> bool:
    between = parsed.words[one + 1 : other]
    if any(word.text.casefold() not in STOPWORDS for word in between):
        return True
    return bool(_APART.search(parsed.text[parsed.words[one].end : parsed.words[other].start]))


def _with_modifiers(parsed: ParsedMessage, wanted: Sequence[int]) -> Sequence[int]:
    """The words with the adjectives right before them that nothing is known of."""
    taken = {n for m in (*parsed.matches, *parsed.fine) for n in range(m.first, m.last)}
    found = set(wanted)
    for n in wanted:
        for led in range(n - 1, max(-1, n - 1 - _LEFT), -1):
            if led in taken or not _is_modifier(parsed, led):
                break
            found.add(led)
    return sorted(found)


def _is_modifier(parsed: ParsedMessage, n: int) -> bool:
    word, after = parsed.words[n], parsed.words[n + 1]
    beside = not parsed.text[word.end : after.start].strip(" -")
    return beside and word.text.casefold() in adjectives() and word.text.casefold() not in STOPWORDS


def _refused(parsed: ParsedMessage) -> Sequence[int]:
    taken = {n for m in (*parsed.matches, *parsed.fine) for n in range(m.first, m.last)}
    told = {w.start for s in parsed.rejections for w in parsed.content(s.start, s.end) if s.level != "want"}
    told -= {w.start for w in _numbered(parsed)}
    return [n for n, word in enumerate(parsed.words) if word.start in told and n not in taken]


def _numbered(parsed: ParsedMessage) -> Sequence[Token]:
    return [w for w in parsed.words if any(start <= w.start < end for start, end in parsed.numbers)]


def _is_thing(parsed: ParsedMessage, n: int) -> bool:
    """Whether a word is what things are called that are looked for, as the model hears it: all of it is chocolate."""
    spans = parsed.reading.spans if parsed.reading else ()
    return any(s.kind == "noun" and s.start <= parsed.words[n].start < s.end for s in spans)


def _is_described(parsed: ParsedMessage, places: Sequence[int]) -> bool:
    """Whether words are but a part of what is told of a thing in many."""
    spans = parsed.reading.spans if parsed.reading else ()
    starts = [parsed.words[n].start for n in places]
    alone = all(parsed.words[n].text.casefold() in CHATTER for n in places)
    return alone or any(s.kind == "words" and s.start <= start < s.end for s in spans for start in starts)


def _is_within(parsed: ParsedMessage, place: int) -> bool:
    return bool(_WITHIN.search(before(parsed.text, parsed.words[place].start)))
