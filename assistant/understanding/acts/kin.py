""" "Something like it by other artists", "no more of that series", "one per author": who and what is meant by that.

Knows what binds the catalogue's items, and the session. Knows nothing of how it is said: see cues.kin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penchant.retriever import MENTION, OPEN, Interest, Level
from penchant.retriever.catalogue import normalise
from penchant.retriever.catalogue.kinship import MAKER, SERIES, Kinship
from penchant.retriever.ranking import limit_value

from ...session import Session
from ..cues import (
    MAKER_WORDS,
    REFUSED,
    SERIES_WORDS,
    KinCue,
    is_known_whole,
    is_question_of,
    is_refused,
    kin_cues,
    references,
    refusal_of_name,
)
from ..linking import EntityLinker, Gazetteer, Match, is_introduced
from ..parsing import Span, called_fields, calling_words
from ..text import Token, before, forms, tokens
from .relations import distinct

_SERIES_OF = re.compile(
    rf"""['’]?\s+(?:\w+\s+)?(?:books|novels|stories|films|movies|albums|records|games|comics|podcasts|episodes|volumes|parts
        |{"|".join(SERIES_WORDS)})\b""",
    re.I | re.X,
)
"""What stands behind a title that names a whole series: "the Rocky films"."""
_TELLS = re.compile(rf"{REFUSED.pattern}|{_SERIES_OF.pattern}|\b(?:all|every(?:thing)?|each)\b", re.I | re.X)
"""Without such words nothing is said of makers or series that other rules would not hear."""
_LONGEST = 6
_FEW = 3
_TASTES = 2
"""So many works of a maker say what "artists like her" are like."""
_PULL = 0.6


@dataclass(frozen=True, slots=True)
class KinSaid:
    """What a message says of makers and series, and where."""

    spans: tuple[Span, ...] = ()
    interests: tuple[Interest, ...] = ()


@dataclass(frozen=True, slots=True)
class _Meant:
    """Items (ids) that are spoken of, and values of makers or series that are named; `whole`: the series of the item,
    by its own name."""

    items: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    whole: bool = False

    def __bool__(self) -> bool:
        return bool(self.items or self.values)


class KinReader:
    """Reads what messages about one catalogue say of makers and series."""

    def __init__(self, gazetteer: Gazetteer, linker: EntityLinker, kinship: Kinship) -> None:
        self._gazetteer, self._linker, self._kinship = gazetteer, linker, kinship
        self._binding = (*kinship.fields.makers, *kinship.fields.series)
        told = {word for name in self._binding for word in forms(name) if word.isalpha()}
        self._nouns = sorted(told | calling_words(gazetteer.schema))

    def read(self, text: str, session: Session, pointed: Sequence[str] = ()) -> KinSaid:
        """pointed: items on screen that the message means by their places."""
        cues, words = kin_cues(text, self._nouns), tokens(text)
        if not (cues or _TELLS.search(text) or any(self._by_name(words))):
            return KinSaid()
        matches = self._linker.find(text, words)
        spans = [self._named(text, words[m.first].start, words[m.last - 1].end, m) for m in matches]
        spans += self._called(words, [(start, end) for start, end, _ in spans])
        named = [(start, one) for start, _, one in spans]
        found = [(cue, list(self._said(cue, named, session, pointed, text))) for cue in cues]
        found += [self._whole(text, start, end, one) for start, end, one in spans]
        free = [(s, e, one) for s, e, one in spans if not any(cue.start <= s < cue.end for cue in cues)]
        found += [self._refused(text, start, end, one) for start, end, one in free]
        return KinSaid(
            tuple((cue.start, cue.end) for cue, interests in found if interests),
            distinct([interest for _, interests in found for interest in interests]),
        )

    def _named(self, text: str, start: int, end: int, match: Match) -> tuple[int, int, _Meant]:
        """What a match names, and where: an item, or makers or series by name."""
        if match.entries[0].kind == "title":
            return start, end, _Meant((self._linker.meant(match.entries, text, start, end).item,))
        return start, end, _Meant(values=tuple((e.facet, e.value) for e in match.entries if e.facet in self._binding))

    def _whole(self, text: str, start: int, end: int, named: _Meant) -> tuple[KinCue, list[Interest]]:
        """A series that only titles show, where its name, or a title and what stands behind it, is of all of it."""
        behind = _SERIES_OF.match(text, end)
        cue = KinCue("same", "", True, start, behind.end() if behind else end, refused=is_refused(text, start))
        asked = (behind or named.whole) and named.items and not is_introduced(before(text, start))
        level: Level = "never" if cue.refused else "want"
        return cue, list(self._of_titles(named.items, level, text[start : cue.end], set())) if asked else []

    def _called(self, words: Sequence[Token], taken: Sequence[Span]) -> list[tuple[int, int, _Meant]]:
        """Series by names that no title has: "the Night Bus Sessions", of which there are volumes."""
        found = list[tuple[int, int, _Meant]]()
        for start, end, row in self._by_name(words):
            if not any(s < end and start < e for s, e in (*taken, *((s, e) for s, e, _ in found))):
                found.append((start, end, _Meant((self._kinship.catalogue.items[row].id,), whole=True)))
        return found

    def _by_name(self, words: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
        """Where series that only titles show are named, the longest names first, and a row of each."""
        said = [word.text.casefold() for word in words]
        for size in range(min(_LONGEST, len(words)), 1, -1):
            for n in range(len(words) - size + 1):
                if rows := self._kinship.series_named(" ".join(said[n : n + size])):
                    yield words[n].start, words[n + size - 1].end, rows[0]

    def _refused(self, text: str, start: int, end: int, named: _Meant) -> tuple[KinCue, list[Interest]]:
        """Makers and series that are refused by name; who knows all of them wants others, that are like them."""
        led, quote = before(text, start), text[start:end]
        known = is_known_whole(led)
        cue = KinCue("like" if known else "same", "", known, start, end if known else start)  # the rest says of what
        level: Level | None = "never" if known else refusal_of_name(led)
        if level is None:
            return cue, []
        said = [Interest(field, value, level=level, quote=quote) for field, value in named.values]
        titled = list(self._of_titles(named.items, level, quote, set())) if known else []
        return cue, [*said, *titled, *self._pulls(cue, named, quote)]

    def _said(
        self, cue: KinCue, named: Sequence[tuple[int, _Meant]], session: Session, pointed: Sequence[str], text: str
    ) -> Iterator[Interest]:
        quote = text[cue.start : cue.end]
        here = _joined([one for start, one in named if not cue.start <= start < cue.end], pointed)
        if cue.kind == "each" or (cue.many and not here):
            limit = limit_value(SERIES if cue.series else MAKER, max(cue.count, 1))
            yield Interest(OPEN, limit, level="never", quote=quote)
            return
        if cue.kind == "like":
            behind = [one for start, one in named if start >= cue.end and one]
            here = behind[0] if behind else here
        if cue.place:
            placed = references(f"the {cue.place} one", session.shown)
            here = _Meant(tuple(item for one in placed for item in one.items if item in self._gazetteer))
        meant = here if cue.place else here or self._spoken_of(session, cue)
        level: Level = "want" if cue.kind == "same" and not cue.refused else "never"
        if (cue.kind != "same" and cue.refused) or self._is_no_wish(cue, text, level):
            return
        yield from self._of_kin(cue, meant, level, quote)
        if level == "never":
            yield from self._pulls(cue, meant, quote)

    def _is_no_wish(self, cue: KinCue, text: str, level: Level) -> bool:
        """A question about an item, or about what else there is of a field, and what only names a sequel."""
        if level == "never" and not cue.refused and not set(self._fields(cue)).issubset(self._binding):
            return "?" in text
        return level == "want" and ((cue.series and not cue.what) or is_question_of(text, cue.start, cue.end))

    def _spoken_of(self, session: Session, cue: KinCue) -> _Meant:
        """What the session speaks of: the items that it last named, or makers that are wanted; else what is on screen,
        of which only few can be meant by "the same"."""
        wants = [i for i in session.interests if i.level == "want" and not i.parked]
        if session.screen.about:
            return _Meant(tuple(session.screen.about))
        last = max((i.turn for i in wants if i.facet == MENTION or i.facet in self._binding), default=0)
        items = tuple(i.item for i in wants if i.facet == MENTION and i.turn == last and i.item in self._gazetteer)
        values = tuple((i.facet, i.value) for i in wants if i.facet in self._binding and i.turn == last)
        if items or values:
            return _Meant(items, values)
        shown = tuple(item for item in session.shown if item in self._gazetteer)
        return _Meant(shown if cue.kind != "same" or cue.refused or len(shown) <= _FEW else ())

    def _of_kin(self, cue: KinCue, meant: _Meant, level: Level, quote: str) -> Iterator[Interest]:
        """The makers or the series of what is meant, as interests."""
        fields = self._fields(cue)
        values = [(field, value) for field, value in meant.values if field in fields]
        items = [item for item in meant.items if item in self._gazetteer]
        counts = Counter(
            (field, value) for item in items for field in fields for value in self._gazetteer.get(item).values(field)
        )
        often = {pair for pair, count in counts.items() if count > 1}
        values += [pair for pair in counts if len(items) <= _FEW or not often or pair in often]
        yield from (Interest(f, v, level=level, quote=quote) for f, v in dict.fromkeys(values))
        if cue.series:
            yield from self._of_titles(items, level, quote, {v for _, v in values})

    def _of_titles(self, items: Sequence[str], level: Level, quote: str, known: set[str]) -> Iterator[Interest]:
        """The series that only titles show."""
        rows = {self._kinship.catalogue.row[item] for item in items}
        for row in sorted(rows):
            called, members = self._kinship.series_called(row), self._kinship.series_rows(row)
            if members and normalise(called) not in map(normalise, known):
                every = tuple(self._kinship.catalogue.items[member].id for member in members)
                item = every[0] if level == "want" else ""
                yield Interest(
                    MENTION, f"the {called} series", level=level, source="mention", item=item, items=every, quote=quote
                )

    def _fields(self, cue: KinCue) -> tuple[str, ...]:
        """The fields that a noun means: those called so, or else all of the kind."""
        fields = self._kinship.fields
        called = tuple(f for f in (*fields.makers, *fields.series) if cue.what and cue.what in forms(f))
        if called or cue.series:
            return called or fields.series
        others = called_fields(self._gazetteer.schema, [cue.what]) - self._kinship.catalogue.several if cue.what else ()
        return fields.close if cue.what in ("", *MAKER_WORDS) and fields.close else tuple(sorted(others))

    def _pulls(self, cue: KinCue, meant: _Meant, quote: str) -> Iterator[Interest]:
        """Works of who is to be like others, as what is liked: a name alone says nothing of what those are like."""
        for field, value in meant.values if cue.kind in ("like", "other") else ():
            rows = self._kinship.catalogue.postings.get(field, {}).get(normalise(value), ())
            first = [row for row in rows if not any(other < row for other in self._kinship.versions(row))]
            works = sorted((self._kinship.catalogue.items[row].id for row in first), key=self._gazetteer.prior)
            for item in works[::-1][:_TASTES]:
                title = self._gazetteer.title(item)
                yield Interest(MENTION, title, _PULL, source="mention", item=item, quote=quote)


def _joined(named: Sequence[_Meant], pointed: Sequence[str]) -> _Meant:
    """All that is spoken of, each once."""
    items = dict.fromkeys([*(item for one in named for item in one.items), *pointed])
    return _Meant(tuple(items), tuple(dict.fromkeys(pair for one in named for pair in one.values)))
