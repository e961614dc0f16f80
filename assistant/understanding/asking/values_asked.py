"""Which values, ranges and ends of numbers a question asks for: "is it French", "under two hours", "the most votes",
"good for children".

Knows the catalogue's words and numbers. Knows nothing of items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penchant.retriever import HIGHEST, LOWEST, says_order

from ...session import Asked
from ..linking import EntityLinker, Gazetteer, find_numbers
from ..text import CHATTER, STOPWORDS, Token, tokens
from .fields_asked import FieldsAsked
from .flags import flags_said, is_another, is_flag

_FIT = r"""(?:good|great|ok(?:ay)?|fine|right|suitable|suited|fit|ideal|perfect|nice|best|better|useful|handy|safe
    |appropriate|made|meant|enough|worth\s+it|any\s+(?:good|use))"""
_PURPOSE = re.compile(
    rf"""\b{_FIT}\s+(?:\w+\s+){{0,2}}?(?:for|to|with|as|when|if|at|in)\s+(?P<what>[^?.!,;]+)
    | \b(?:suits?|works?\s+(?:well\s+)?(?:for|with|as)|cut\s+out\s+for)\s+(?P<suited>[^?.!,;]+)""",
    re.I | re.X,
)
_HAS = re.compile(r"\b(?:has|have|having|got|with|take|takes|make|makes|do|does|offer|offers)\b", re.I)
_DATED = frozenset(("year", "date", "rating"))

Pair = tuple[str, str]


@dataclass(frozen=True)
class ValuesAsked:
    """Reads the values of questions about one catalogue."""

    gazetteer: Gazetteer
    linker: EntityLinker
    fields: FieldsAsked

    def of(self, text: str) -> tuple[Pair, ...]:
        """The (field, value) pairs that a text asks for. Of what something is good for, those that are all of it: that
        a film may suit a film club is not told by its being a film."""
        if purpose := _PURPOSE.search(text):
            return self._of_purpose(purpose["what"] or purpose["suited"])
        ranges = [(r.facet, r.value) for r in find_numbers(text, self.gazetteer) if not says_order(r.value)]
        return tuple(dict.fromkeys([*ranges, *self._named(text), *self._degrees(text)]))

    def most(self, text: str) -> Asked:
        """What a text asks the most or least of: the words of a field count more than an adjective's."""
        stated = [(r.facet, r.value, text[r.start : r.end]) for r in find_numbers(text, self.gazetteer)]
        ends = [e for e in stated if e[1] in (HIGHEST, LOWEST)]
        found = [*self.fields.measured_by_name(text), *ends, *self.fields.extremes(text)]
        word = found[0][2] if found else self.fields.degree_word(text)
        word = re.sub(r"^(?:the|your|is|are)\s+", "", word, flags=re.I)
        return Asked("most", values=tuple((facet, value) for facet, value, _ in found), words=word)

    def orders(self, text: str) -> list[Pair]:
        """The fields of which a text asks the most or least, by a word of them or by meaning, and which."""
        return [(r.facet, r.value) for r in find_numbers(text, self.gazetteer) if r.value in (HIGHEST, LOWEST)]

    def _named(self, text: str) -> Sequence[Pair]:
        """Values and names that stand in a text; of fields that are yes or no those of which the most is said."""
        matches = [m for m in self.linker.find(text, tokens(text)) if m.entries[0].kind != "title"]
        found = [(e.facet, e.value) for m in matches for e in m.entries if e.kind != "title"]
        schema = self.gazetteer.schema
        own = {word.casefold() for field in schema.fields for word in (field.name, *field.words)}
        found = [(facet, value) for facet, value in found if value.casefold() not in own]
        telling = [(facet, value) for facet, value in found if schema.kind(facet) != "category"]
        if telling:
            return telling
        flags = list(flags_said(text, self.gazetteer.catalogue))
        found = [pair for pair in found if not (is_flag(pair[1]) and is_another(text, pair[0]))]
        return [*(pair for pair in found if not (flags and is_flag(pair[1]))), *flags]

    def _of_purpose(self, what: str) -> tuple[Pair, ...]:
        words = tokens(what)
        matches = [m for m in self.linker.find(what, words) if m.entries[0].kind != "title"]
        numbers = [r for r in find_numbers(what, self.gazetteer) if not self._is_dated(r.facet)]
        spans = [(words[m.first].start, words[m.last - 1].end) for m in matches]
        spans += [(r.start, r.end) for r in numbers]
        left = [w for w in words if not any(start <= w.start < end for start, end in spans)]
        if any(w.text.casefold() not in STOPWORDS for w in left):
            return ()
        named = [(e.facet, e.value) for m in matches for e in m.entries if e.kind != "title"]
        return tuple(dict.fromkeys([*((r.facet, r.value) for r in numbers), *named]))

    def _is_dated(self, name: str) -> bool:
        field = self.gazetteer.number_fields.fields.get(name)
        return field is None or field.dimension in _DATED

    def _degrees(self, text: str) -> Iterator[Pair]:
        """ "Is it long?": what a number of that degree is, by what the catalogue holds."""
        numbers, words = self.gazetteer.number_fields, tokens(text)
        for place, word in enumerate(words):
            found = numbers.degree(word.text.casefold(), True, ())
            rated = found is not None and numbers.fields[found[0]].dimension == "rating"
            if found and (not rated or _is_of_whole(text, words, place)):
                yield found


def _is_of_whole(text: str, words: Sequence[Token], place: int) -> bool:
    """Whether "good" is said of the thing itself: of "good value", "has a good camera" it is not."""
    following = words[place + 1].text.casefold() if place + 1 < len(words) else ""
    alone = not following or following in STOPWORDS | CHATTER
    article = place > 0 and words[place - 1].text.casefold() in ("a", "an", "any")
    return not _HAS.search(text) and (alone or article)


def is_of_purpose(text: str) -> bool:
    """Whether a text asks for what something is good."""
    return bool(_PURPOSE.search(text))
