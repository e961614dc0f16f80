"""Values of several words of which a message says some that stand side by side: "the upper east" of Upper East Side.

Knows the message taken apart and the catalogue's values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from penchant.retriever import Catalogue
from penchant.retriever.catalogue.kinds import is_joint, takes_away

from ..linking import Entry, Forms, Match
from ..parsing import ParsedMessage
from ..text import STOPWORDS, forms

_LEAST, _MOST = 2, 4
"""Words that are said of a value."""
_MOST_VALUES = 1000


@dataclass(frozen=True)
class ValueParts:
    """The values of one catalogue, by the words that only one of each field has side by side."""

    catalogue: Catalogue

    def added(self, parsed: ParsedMessage) -> ParsedMessage:
        """The message with such values, in the place of others that are meant by one of the words."""
        found: list[Match] = []
        for size in range(_MOST, _LEAST - 1, -1):
            for first in range(len(parsed.words) - size + 1):
                match = self._match(parsed, first, first + size)
                if match and not any(match.first < m.last and m.first < match.last for m in found):
                    found.append(match)
        if not found:
            return parsed
        kept = (m for m in parsed.matches if not any(one.first <= m.first < one.last for one in found))
        return replace(parsed, matches=tuple(sorted([*kept, *found], key=lambda m: m.first)))

    def _match(self, parsed: ParsedMessage, first: int, last: int) -> Match | None:
        """What some words mean, if nothing else is known of them but what one of them alone may stand for."""
        words = parsed.words[first:last]
        entries = self._parts.get(tuple(word.form for word in words), ())
        if not entries or parsed.text[words[0].start : words[-1].end].count(" ") != last - first - 1:
            return None
        inside = [m for m in parsed.matches if m.first < last and first < m.last]
        fields = {entry.facet for entry in entries}
        parts = all(m.entries[0].facet in fields and _is_part(parsed, m) for m in inside)
        return Match(first, last, entries) if inside and parts else None

    @cached_property
    def _parts(self) -> Mapping[Forms, tuple[Entry, ...]]:
        """By the words, what they are a part of; none that are part of several values of a field."""
        found: dict[Forms, dict[str, Entry | None]] = {}
        for name in self.catalogue.schema.of("facet", "category"):
            counts = self.catalogue.value_counts[name]
            for value in counts if len(counts) <= _MOST_VALUES else ():
                for part in _parts_of(value):
                    known = found.setdefault(part, {})
                    known[name] = None if name in known else Entry("value", name, value, count=counts[value])
        told = {part: tuple(e for e in known.values() if e) for part, known in found.items()}
        return {part: entries for part, entries in told.items() if entries and len(entries) == len(found[part])}


def _is_part(parsed: ParsedMessage, match: Match) -> bool:
    """Whether a match is one word of several that a value has."""
    said = tuple(word.form for word in parsed.words[match.first : match.last])
    return len(said) == 1 and said != forms(match.entries[0].value)


def _parts_of(value: str) -> Iterator[Forms]:
    """Neighbours in a value, not all of it."""
    whole = forms(value)
    if takes_away(value) or is_joint(value):
        return
    for size in range(_LEAST, min(_MOST, len(whole) - 1) + 1):
        parts = {whole[n : n + size] for n in range(len(whole) - size + 1)}
        yield from (part for part in parts if STOPWORDS.isdisjoint((part[0], part[-1])))
