"""Which items a question or remark means: by title, also a part of one on screen, by place, by what only one of them
has ("the mint thing"), by "it", or all on screen.

English and Chinese. Knows titles, rows and what is on screen. Knows nothing of what is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from penchant.retriever import item_text

from ...session import Session
from ..cues import references
from ..linking import EntityLinker
from ..spans import Reading
from ..text import CHATTER, STOPWORDS, tokens

_SEVERAL = re.compile(
    r"\b(?:they|them|these|those|both|all|each|any|one\s+of|which|everything|the\s+(?:list|picks|others|rest|results))\b"
    r"|哪|它们|他们|这些|那些|都|最",
    re.I,
)
_TWO = re.compile(r"\b(?:both|(?:these|those|the|them)\s+two|the\s+pair)\b|[这那]?(?:两|俩)[个部本款]?", re.I)
_BESIDE = re.compile(r"\b(?:than|from|versus|vs|or|and|compar\w+)\b", re.I)
_DIGITS = re.compile(r"\d{1,2}")
_BARE_PLACES = re.compile(r"(?:the|number|nos?|nr|and|or|to|[\s.,#&]|\d{1,2})+", re.I)
"""Places alone: the digit of "the Toastwell 2" is none."""
_WORDS = "one two three four five six seven eight nine ten".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PLACE = re.compile(
    rf"""\bthe\s+(?P<ordinal>{"|".join(_ORDINALS)}|last)\b(?!\s+(?:time|of\s+all|thing\b))
    | \b(?:number|nr|no|pick|option)\.?\s*(?P<number>\d{{1,2}}|{"|".join(_WORDS)})\b | \#\s*(?P<sign>\d{{1,2}})
    | \b(?P<both>(?:{"|".join(_WORDS)})\s+(?:and|or)\s+(?:{"|".join(_WORDS)})
        |(?:{"|".join(_ORDINALS)})\s+(?:and|or)\s+(?:the\s+)?(?:{"|".join(_ORDINALS)}))\b""",
    re.I | re.X,
)
_DESCRIBED = re.compile(
    r"\b(?:the|that|this)\s+(?P<what>(?:[\w-]+\s+){1,3})(?:one|ones|thing)\b|\b(?P<whose>[A-Z][\w-]+)['’]s\b", re.I
)
_LONGEST_WORD = 4
_POINTING = frozenset(
    """the this that one ones and or number no nr pick first second third fourth fifth sixth last two film movie book
    album please""".split()
)

_Found = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class ItemsMeant:
    """Reads the items (ids) of messages about one catalogue."""

    linker: EntityLinker

    def named(self, text: str, session: Session, reading: Reading | None) -> tuple[str, ...]:
        """The items that a text names by title or place, in its order."""
        shown = [item for item in session.shown if item in self.linker.gazetteer]
        found = [*((r.start, r.items) for r in references(text, shown)), *self._titles(text, shown)]
        if not found or (len(found) == 1 and _BESIDE.search(text)):
            found += [place for place in _placed(text, shown) if place[1] not in [items for _, items in found]]
        found += [*_numbered(reading, text, shown), *(() if found else self._parts(text, shown))]
        found = found or list(self._described(text, shown))
        return tuple(dict.fromkeys(item for _, items in sorted(found) for item in items))

    def meant(self, text: str, session: Session, named: Sequence[str]) -> tuple[str, ...]:
        """The items that a text means: those that it names; else those that it points to, of what is on screen."""
        if named:
            return tuple(named)
        about = tuple(item for item in session.screen.about if item in self.linker.gazetteer)
        if _TWO.search(text):
            return about if len(about) == 2 else session.shown[:2]
        if _SEVERAL.search(text):
            return about if len(about) > 1 else session.shown
        return about[:1] or session.shown[:1]

    def unplaced(self, text: str) -> str:
        """The text with "it" for each place on screen that it names."""
        return _PLACE.sub("it", text)

    def _titles(self, text: str, shown: Sequence[str]) -> Iterator[_Found]:
        words = tokens(text)
        for match in self.linker.find(text, words):
            if match.entries[0].kind == "title":
                start, end = words[match.first].start, words[match.last - 1].end
                yield start, (self.linker.meant(match.entries, text, start, end, shown).item,)

    def _parts(self, text: str, shown: Sequence[str]) -> Iterator[_Found]:
        """ "Paddington" for "Paddington 2": a word that stands in the title of one item on screen alone."""
        titles = {item: {t.form for t in tokens(self.linker.gazetteer.title(item))} for item in shown}
        titles = {item: {form for form in title if self._is_own(form, item, shown)} for item, title in titles.items()}
        yield from _owned(text, titles)

    def _is_own(self, form: str, item: str, shown: Sequence[str]) -> bool:
        """Whether a word stands in no value of another item on screen: of several SUVs none is "the SUV"."""
        return not any(form in self._valued(other) for other in shown if other != item)

    def _described(self, text: str, shown: Sequence[str]) -> Iterator[_Found]:
        """ "The mint thing", "Brandt's": by words of the rows, where they are of some on screen and not of all."""
        rows = {item: self._forms(item) for item in shown}
        for match in _DESCRIBED.finditer(text):
            for word in tokens(match["what"] or match["whose"]):
                having = tuple(item for item, forms in rows.items() if word.form in forms)
                if word.text.casefold() not in STOPWORDS and 0 < len(having) <= (2 if match["whose"] else 1):
                    yield match.start(), having

    def _forms(self, item: str) -> set[str]:
        """The words of a row: of its text, and of its values, which a text of its own may leave out."""
        text = item_text(self.linker.gazetteer.get(item), self.linker.gazetteer.schema)
        return {t.form for t in tokens(text)} | self._valued(item)

    def _valued(self, item: str) -> set[str]:
        """The words of a row's values."""
        schema, row = self.linker.gazetteer.schema, self.linker.gazetteer.get(item)
        values = (value for name in schema.of("category", "name", "facet") for value in row.values(name))
        return {t.form for t in tokens(" ".join(values))}


def _owned(text: str, titles: Mapping[str, Set[str]]) -> Iterator[_Found]:
    counted = Counter(form for title in titles.values() for form in title)
    for word in tokens(text):
        plain = word.text.casefold()
        pointed = (word.text[0].isupper() and word.start > 0) or bool(re.search(r"\bthe\s+$", text[: word.start], re.I))
        own = counted[word.form] == 1 and plain not in STOPWORDS
        if own and (pointed or (len(plain) >= _LONGEST_WORD and plain not in CHATTER)):
            yield word.start, tuple(item for item, title in titles.items() if word.form in title)


def _placed(text: str, shown: Sequence[str]) -> Iterator[_Found]:
    """ "Number two", "one and two", "the last": where it is plain that something on screen is meant."""
    for match in _PLACE.finditer(text):
        words = (match["ordinal"] or match["number"] or match["sign"] or match["both"]).casefold().split()
        places = [_place(word, len(shown)) for word in words if word not in ("and", "or", "the")]
        if items := tuple(shown[place] for place in places if 0 <= place < len(shown)):
            yield match.start(), items


def _place(word: str, count: int) -> int:
    if word == "last":
        return count - 1
    if word.isdigit():
        return int(word) - 1
    named: list[str] = [*(_ORDINALS if word in _ORDINALS else _WORDS)]
    return named.index(word)


def _numbered(reading: Reading | None, text: str, shown: Sequence[str]) -> Iterator[_Found]:
    """ "Between 1 and 3": bare numbers that the model takes for places."""
    for span in reading.spans if reading else ():
        if span.kind == "reference" and _BARE_PLACES.fullmatch(text, span.start, span.end):
            for match in _DIGITS.finditer(text, span.start, span.end):
                if 0 < int(match[0]) <= len(shown):
                    yield match.start(), (shown[int(match[0]) - 1],)


def only_points(text: str, named: Sequence[str]) -> bool:
    """Whether a message is nothing but "the second one", which says no more of it than that."""
    words = {w.text.casefold() for w in tokens(text) if not w.text.isdigit()}
    return bool(named) and words <= _POINTING
