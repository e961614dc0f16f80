"""What is wanted by a noun that no value is called: a sedan is a Saloon, and spirits are gin, rum and vodka.

Knows the message taken apart and read. Of what is refused, filters know the kinds themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from penchant.retriever.catalogue.kinds import Named
from penchant.retriever.catalogue.terms import terms

from ..linking import Entry, Match, headings
from ..spans import SURE, Kind, LabelledSpan, Reading
from ..text import CHATTER, before, forms
from .parsed_message import ParsedMessage, Span, fills_sentence, within

_MOST_WORDS = 3
_TOLD: tuple[Kind, ...] = ("noun", "value", "name", "words")
_OF_ALL, _OF_FEW, _OF_FEWEST = 0.5, 0.1, 0.02
"""Of the items of which it is known. A word for more of them says nothing, and what the things are called is not said
of so few."""
_SEVERAL = 2
_FOR = re.compile(r"for\b", re.I)
_FREE_OF_IT = re.compile(r"[\s-]+free\b", re.I)
_FOR_BEFORE = re.compile(r"\bfor\s+(?:(?:my|our|the|an?)\s+)?$", re.I)


def with_other_words(parsed: ParsedMessage) -> ParsedMessage:
    """The message with the values that stand for nouns in what the model hears wanted, where nothing else is known."""
    wanted = wanted_words(parsed)
    found = [match for run in _runs(list(wanted)) for match in _meant(parsed, run, wanted)]
    return parsed.with_matches(found)


def with_heard(parsed: ParsedMessage, reading: Reading) -> ParsedMessage:
    """With the values that are everyday words anywhere else ("music", "single"), where the model hears a value."""
    heard = (s for s in reading.spans if s.kind in ("value", "noun") and s.confidence >= SURE)
    taken = _taken(parsed)
    found = [match for span in heard if (match := _heard(parsed, span, taken))]
    return parsed.with_matches(found)


def _taken(parsed: ParsedMessage) -> list[Span]:
    """Where something is known already."""
    known = [(parsed.begin(m), parsed.end(m)) for m in (*parsed.matches, *parsed.fine)]
    return [*known, *parsed.numbers, *parsed.asides]


def _heard(parsed: ParsedMessage, span: LabelledSpan, taken: Sequence[Span]) -> Match | None:
    inside = [n for n, word in enumerate(parsed.words) if span.start <= word.start < span.end]
    known = not inside or any(span.meets(*stretch) for stretch in taken)
    entry = None if known else parsed.gazetteer.facet_value(parsed.text[span.start : span.end])
    if entry is None or not _may_be_heard(parsed, span, entry.count / len(parsed.gazetteer.catalogue)):
        return None
    return Match(inside[0], inside[-1] + 1, (entry,))


def _may_be_heard(parsed: ParsedMessage, span: LabelledSpan, share: float) -> bool:
    """Not of most; what things are called ("movies") is a value of few only where nothing else is said, and of no
    fewer."""
    few = _OF_FEWEST if fills_sentence(parsed.text, span.start, span.end) else _OF_FEW
    return share <= _OF_ALL and (span.kind == "value" or share >= few)


def wanted_words(parsed: ParsedMessage) -> dict[int, Kind]:
    """By its number each word that says something, that is wanted and that nothing is known of: what it is said as."""
    spans = parsed.reading.spans if parsed.reading else ()
    told = [s for s in spans if s.side == "want" and s.kind in _TOLD and s.confidence >= SURE]
    taken = _taken(parsed)
    told = [s for s in told if s.kind != "words" or not _is_purpose(parsed.text, s)]
    said: dict[int, Kind] = {word.start: s.kind for s in told for word in parsed.content(s.start, s.end)}
    return {
        n: said[word.start]
        for n, word in enumerate(parsed.words)
        if word.start in said and not within(word.start, taken) and parsed.level(word.start) == "want"
    }


def _is_purpose(text: str, span: LabelledSpan) -> bool:
    """ "For my commute": what a thing is for is not what it is."""
    return bool(_FOR_BEFORE.search(before(text, span.start)) or _FOR.match(text, span.start))


def _runs(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Numbers that follow each other."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [n for _, n in run]


def _meant(parsed: ParsedMessage, run: Sequence[int], wanted: Mapping[int, Kind]) -> Iterator[Match]:
    """The longest nouns of a run from left to right that values stand for; a kind only where no word before it says
    which of its kind: a work-out room is no room like others."""
    first, narrowed = 0, False
    while first < len(run):
        ends = range(min(len(run), first + _MOST_WORDS), first, -1)
        found = (_match(parsed, run[first:end], wanted[run[end - 1]]) for end in ends)
        match = next((m for m in found if m and not (narrowed and m.broader)), None)
        if match:
            yield match
        first, narrowed = first + (match.last - match.first if match else 1), match is None


def _match(parsed: ParsedMessage, run: Sequence[int], kind: Kind) -> Match | None:
    catalogue, words = parsed.gazetteer.catalogue, [parsed.words[n] for n in run]
    if _FREE_OF_IT.match(parsed.text, words[-1].end):
        return None
    if tuple(w.form for w in words) in parsed.gazetteer.entries or all(w.text.casefold() in CHATTER for w in words):
        return None  # that is called so itself, and was not meant
    called = headings(catalogue.schema)
    if called.issuperset(w.form for w in words):
        return None  # what the fields are called: "studio"
    named = catalogue.other_names.of(" ".join(w.text for w in words))
    if named and any(called.issuperset(forms(value)) for value in named.values):
        return None  # where a column is of cocoa, chocolate is what all of it is
    if named and (yes := catalogue.yes(named.field)):
        named = replace(named, values=(yes,))
    if named is None or not _may_mean(parsed, named, kind, [w.text for w in words]):
        return None
    counts = catalogue.value_counts[named.field]
    entries = tuple(Entry("value", named.field, value, count=counts[value]) for value in named.values)
    return Match(run[0], run[-1] + 1, entries, broader=named.how == "kinds")


def _may_mean(parsed: ParsedMessage, named: Named, kind: Kind, words: Sequence[str]) -> bool:
    """Of a description ("set in space") only what is just that, or has no other meaning."""
    if named.how == "kinds":
        return kind != "words" and _tells(parsed, named, kind) and not _are_all_so(parsed, named, words)
    return kind != "words" or named.how == "same" or named.plain


def _tells(parsed: ParsedMessage, named: Named, kind: Kind) -> bool:
    """Whether a kind says something of items: not of most, and nothing narrower of that field is named; what the things
    are called that are looked for ("hotel"), only if several values are so, and not of few items; nor is a picture any
    one "independent film"."""
    catalogue = parsed.gazetteer.catalogue
    if any(entry.facet == named.field for match in parsed.matches for entry in match.entries[:1]):
        return False
    share, alone = catalogue.share_of(named.field, named.values), len(named.values) < _SEVERAL
    if (kind == "noun" and (alone or share < _OF_FEW)) or (alone and " " in named.values[0]):
        return False
    return share <= _OF_ALL


def _are_all_so(parsed: ParsedMessage, named: Named, words: Sequence[str]) -> bool:
    """Whether more items without any of the values are called so in their texts than have one: where all are beers, the
    one with a pale ale's malt is no more a beer than another."""
    catalogue = parsed.gazetteer.catalogue
    held = catalogue.holding_any(named.field, named.values)
    called = catalogue.terms.every(terms(" ".join(words))) > 0
    return int((called & ~held).sum()) > int(held.sum())
