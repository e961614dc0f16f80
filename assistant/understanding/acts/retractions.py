"""Which interests of a session a message takes back, given the words that do so.

Knows the gazetteer and the session's interests. Knows nothing of grammar: see revisions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from penchant.retriever import MENTION, OPEN, Interest, Schema, is_range

from ...session import Session
from ..cues import Revision, is_fine
from ..linking import EntityLinker, Entry, Gazetteer
from ..parsing import ParsedMessage, called_fields
from ..quantities import amounts, find_ranges, number_fields
from ..text import CHATTER, STOPWORDS, forms, tokens

Key = tuple[str, str]

_UNIT_WORDS = {
    "minutes": re.compile(r"\b(?:length|duration|runtime|running\s+time|minutes)\b|时长|长度", re.I),
    "pages": re.compile(r"\b(?:length|pages)\b|长度", re.I),
    "year": re.compile(r"\b(?:years?|decades?|eras?|age|period|dates?|when)\b|年代|年份", re.I),
    "price": re.compile(r"\b(?:prices?|costs?|budget|money|how\s+much)\b|价格", re.I),
}

_NOT_FINE = re.compile(
    r"(?:\bnot|n['’]?t)\s+(?:really\s+|at\s+all\s+)?(?:fine|ok(?:ay)?|al(?:l\s+)?right|allowed|welcome)\b", re.I
)
_CLAUSE = re.compile(r"[.,;!?]|\b(?:but|and)\b", re.I)
_HOW = re.compile(r"\bhow\s+(\w+)", re.I)
_CHINESE_FACETS = {"类型": "genre", "题材": "genre", "语言": "language", "国家": "country"}


class RetractionResolver:
    """Applies what a message takes back to the interests of a session."""

    def __init__(self, gazetteer: Gazetteer, linker: EntityLinker) -> None:
        self._gazetteer = gazetteer
        self._linker = linker

    def applies(self, revision: Revision, text: str, session: Session) -> bool:
        """Whether the words are meant so: "Forget Paris" may be a film, and "instead of war" a plain rejection."""
        said = text[revision.start : revision.end]
        if said != said.lower() and self._gazetteer.find_title(said):
            return False
        if revision.kind == "any":
            return bool(self._facets(revision.what))
        if revision.kind in ("last", "instead", "same facet", "either way") or self._meant(revision.what, session):
            return True
        named = self._measured(revision.what) or self._ruled_out(revision, text)
        return revision.kind == "named" and bool(named)

    def ended(
        self, revisions: Iterable[Revision], found: Sequence[Interest], session: Session, lifted: Collection[Key] = ()
    ) -> set[Key]:
        """Keys of the session's interests that no longer hold; what is permitted after all replaces nothing."""
        ended: set[Key] = set()
        for revision in revisions:
            if revision.kind == "last":
                ended |= {i.key for i in session.interests if i.turn == session.turn and not i.pinned}
            elif revision.kind in ("instead", "same facet"):
                replaced = _replaced(found, session, self._gazetteer.schema, revision.kind == "instead")
                ended |= set() if lifted else replaced
            else:
                ended |= self._meant(revision.what, session)
        return ended | _quoting(ended, found, session)

    def ruled_out(self, revisions: Iterable[Revision], text: str, session: Session) -> list[Interest]:
        """ "Forget horror", where nobody had spoken of it."""
        named = [r for r in revisions if r.kind == "named" and not self._meant(r.what, session)]
        return [interest for revision in named for interest in self._ruled_out(revision, text)]

    def lifted(self, parsed: ParsedMessage, found: Sequence[Interest], session: Session) -> set[Key]:
        """ "Actually romance is fine": keys of what was ruled out, or less wanted, and no longer is.

        What is wanted now is no longer ruled out in other facets either: "no romance" is of genres and of moods.
        """
        if _NOT_FINE.search(parsed.text):
            return set()
        refused = {i.key for i in found if i.level != "want"}
        matches = [m for m in parsed.matches if parsed.level_of(m) == "want"]
        fine = {(e.facet, (e.item or e.value).casefold()) for m in (*matches, *parsed.fine) for e in m.entries}
        wanted = {i.key for i in found if i.level == "want"}
        before = [i for i in session.interests if i.level != "want"]
        if not is_fine(parsed.text) and not parsed.fine:
            return {i.key for i in before if i.key in fine - wanted - refused}
        said = set(forms(parsed.text))
        own = {i.key for i in before if i.facet in (OPEN, MENTION) and said.issuperset(forms(i.value))}
        own |= {i.key for i in before if any(_speaks_for(words, i) for words in permitted(parsed.text))}
        return ({i.key for i in before if i.key in fine | wanted} | own) - refused

    def wished(
        self,
        parsed: ParsedMessage,
        found: Sequence[Interest],
        own: Sequence[Interest],
        lifted: Collection[Key],
        session: Session,
    ) -> list[Interest]:
        """What is wished for of what was found and of own words: what is no more than permitted is not."""
        kept, wider = [i for i in found if i.key not in lifted], self._widened(parsed, session)
        if (lifted or wider) and all(map(is_fine, filter(_tells, _CLAUSE.split(parsed.text)))):
            return [*(i for i in kept if i.facet != OPEN or i.level != "want"), *wider]
        return [*kept, *wider, *(own if kept or wider or not lifted else ())]

    def _widened(self, parsed: ParsedMessage, session: Session) -> list[Interest]:
        """ "Films are fine too", where books were asked for: then either is, and neither is wished for more."""
        kinds = self._gazetteer.schema.of("category")
        gates = [i for i in session.interests if i.facet in kinds and i.level == "want" and not i.parked]
        matches = [m for m in parsed.matches if parsed.level_of(m) == "want"] if is_fine(parsed.text) else []
        said = [Interest(e.facet, e.value) for m in (*matches, *parsed.fine) for e in m.entries if e.facet in kinds]
        new = [i for i in said if {g.facet for g in gates} >= {i.facet} and i.key not in {g.key for g in gates}]
        return [*(g for g in gates if any(g.facet == i.facet for i in new)), *new]

    def _meant(self, what: str, session: Session) -> set[Key]:
        """Keys of the session's interests that words name: by value, range, facet, or in the person's own words."""
        said = set(forms(what))
        named = {(e.facet, (e.item or e.value).casefold()) for e in self._entries(what)}
        named |= {(r.facet, r.value.casefold()) for r in find_ranges(what, self._gazetteer.schema)}
        facets = self._facets(what) | self._measured(what)
        return {
            i.key
            for i in session.interests
            if i.key in named
            or i.facet in facets
            or (i.facet in (OPEN, MENTION) and i.level != "want" and said and said.issubset(forms(i.value)))
        }

    def _entries(self, what: str) -> list[Entry]:
        matches = self._gazetteer.find(tokens(what), lambda entry, first, last: True)
        return [entry for match in matches for entry in match.entries]

    def _facets(self, what: str) -> set[str]:
        """Fields that words speak of: "the year", "any genre", "how long it is", "the money"."""
        numbers = number_fields(self._gazetteer.schema)
        found = {numbers[unit] for unit, words in _UNIT_WORDS.items() if unit in numbers and words.search(what)}
        said = {*forms(what), *(name for word, name in _CHINESE_FACETS.items() if word in what)}
        return found | self._numbers(what, said) | called_fields(self._gazetteer.schema, said)

    def _numbers(self, what: str, said: Collection[str]) -> set[str]:
        """Number fields by their words, or by an adjective: "how far"."""
        fields = self._gazetteer.number_fields
        found = {f.name for f in fields.fields.values() if any(f.said(w) >= 1 or f.dimension == w for w in said)}
        return found.union(*({f.name for f in fields.ends(m[1].casefold())[0]} for m in _HOW.finditer(what)))

    def _measured(self, what: str) -> set[str]:
        """Fields that are measured in the units of some amounts: "the two hours"."""
        units = {amount.unit.dimension for amount in amounts(what, ()) if amount.unit}
        return {f.name for f in self._gazetteer.number_fields.fields.values() if f.dimension in units}

    def _ruled_out(self, revision: Revision, text: str) -> list[Interest]:
        matches = self._linker.find(revision.what, tokens(revision.what))
        entries = [e for match in matches for e in match.entries if e.kind != "title"]
        quote = text[revision.start : revision.end]
        return [Interest(e.facet, e.value, level="never", quote=quote) for e in entries]


def permitted(text: str) -> list[frozenset[str]]:
    """The words that say what is fine, of each clause that says so: "dice" of "actually dice are fine"."""
    return [words for clause in _CLAUSE.split(text) if is_fine(clause) and (words := _tells(clause))]


def _tells(text: str) -> frozenset[str]:
    """The forms of the words that say something by themselves."""
    return frozenset(w.form for w in tokens(text) if w.text.casefold() not in STOPWORDS | CHATTER)


def _speaks_for(words: Collection[str], interest: Interest) -> bool:
    """Whether words are those by which something was refused, or the value that was taken for them, at least its first:
    the others may be said of many."""
    value, told = forms(interest.value), _tells(interest.quote)
    return (bool(told) and told.issubset(words)) or (value[:1] != () and value[0] in words and set(words) <= set(value))


def _replaced(found: Iterable[Interest], session: Session, schema: Schema, anything: bool) -> set[Key]:
    """The wants of earlier turns in the facets that are wanted now; if none is and `anything` is, those said last."""
    now = {i.key for i in found if i.level == "want"}
    facets = {facet for facet, _ in now if facet != OPEN}
    before = [i for i in session.interests if i.level == "want" and not i.parked and i.key not in now]
    if not anything or not facets or any(i.facet in facets for i in before) or schema.single(next(iter(facets))):
        return {i.key for i in before if i.facet in facets}
    last = max((i.turn for i in before), default=0)
    return {i.key for i in before if i.turn == last and i.facet != OPEN and not schema.single(i.facet)}


def _quoting(ended: set[Key], found: Iterable[Interest], session: Session) -> set[Key]:
    """Wishes in the person's own words that speak of what has ended, or of what is no longer wanted."""
    gone = ended | {i.key for i in found if i.level != "want"}
    wants = [i for i in session.interests if i.level == "want"]
    # A number is but a part of a wish: without it the rest still holds.
    before = [i for i in wants if i.key in gone and i.facet != OPEN and not is_range(i.value)]
    own = [i for i in wants if i.facet == OPEN and i.source == "message"]
    return {i.key for i in own if any(_speaks_of(i.value, b) for b in before)}


def _speaks_of(phrase: str, interest: Interest) -> bool:
    quoted = bool(interest.quote) and interest.quote.casefold() in phrase.casefold()
    return quoted or set(forms(phrase)).issuperset(forms(interest.value))
