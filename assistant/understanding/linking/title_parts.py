"""Works that a person says they know, or wants the like of, by a part of their titles: "we've done Totoro", "something
like Totoro".

Knows the titles of a gazetteer, and how one says that. Knows nothing of verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ..spans import is_word
from ..text import CHATTER, STOPWORDS, Token, before
from .gazetteer import Gazetteer, Match
from .lexicon import Entry, Forms
from .written_titles import LIKENED

_KNOWS = r"""(?:(?:i|we|they)(?:['’]ve|\s+have)?(?:\s+(?:just|already|both|all))*\s+
    (?:had|done|seen|saw|watched|read|heard|finished|know|loved|liked|enjoyed|adored))"""
_LIKED = r"(?:^|[.!?;]\s*)(?:(?:really|absolutely)\s+)?(?:loved|liked|enjoyed|adored)"
_BEFORE = re.compile(rf"(?:\b{_KNOWS}|{_LIKED})\s+(?:the\s+)?$", re.I | re.X)
_LISTED = re.compile(rf"\b{_KNOWS}\s+[^.;!?]{{1,60}}(?:,|\band)\s+(?:the\s+)?$", re.I | re.X)
_BEHIND = re.compile(rf"\s*,?\s+{_KNOWS}\b(?!\s+(?:\w+\s+)?(?:it|that|this|them)\b)", re.I | re.X)
_ASIDE = re.compile(r"\s+aside\s*(?:$|[.,;!?])", re.I)
_LIKENED = re.compile(
    rf"""(?:(?:\b(?:something|somewhere|anything|ones?|more|much|just|bit)\s+like|^\W*(?:kind\s+of\s+)?like)\s+(?:the\s+)?
    |\b(?:(?:similar|akin|comparable)\s+to|{LIKENED})\s+(?:(?:the|an?|my|our)\s+)?)$""",
    re.I | re.X,
)
_ASKED = re.compile(
    r"""\b(?:why\s+(?:not|isn['’]?t|is\s+not|no)
    | (?:compar\w+|hold\s+up|stack\s+up)\s+(?:[\w\s]{1,20}?\s+)?(?:with|to|against)
    | versus | vs\.? | differ\w*\s+from | (?:better|worse)\s+than)\s+(?:the\s+)?$""",
    re.I | re.X,
)
"""Before what is asked about."""
_NUMBERED = re.compile(r"\d+|[IVX]+")
_LONGEST, _FEW = 5, 5


class TitleParts:
    """Parts of the titles of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def find(self, text: str, words: Sequence[Token], free: Sequence[range]) -> Iterator[Match]:
        """Works whose titles have the words that are said to be known, among those that nothing else is found in."""
        for run in free:
            first = run.start
            while first < run.stop:
                last, entries = self._at(text, words, first, run.stop)
                if entries:
                    yield Match(first, last, entries)
                first = last

    def titled(self, part: Forms) -> tuple[str, ...]:
        """The ids of the items in whose titles these words stand side by side."""
        titles = self._titles.get(max(part, key=len, default=""), {})
        found = [form for form in titles if any(form[n : n + len(part)] == part for n in range(len(form)))]
        return tuple(dict.fromkeys(entry.item for form in found for entry in titles[form]))

    def _at(self, text: str, words: Sequence[Token], first: int, stop: int) -> tuple[int, tuple[Entry, ...]]:
        for last in range(min(stop, first + _LONGEST), first, -1):
            span = words[first:last]
            led = before(text, span[0].start)
            likened = bool(_LIKENED.search(led) or _ASKED.search(led))
            meant = _is_content(span) and (likened or _is_known(text, span))
            found = self._called(span, likened) if meant else ()
            if found and (_is_name(span) or all(_is_numbered(entry.value, len(span)) for entry in found)):
                return last, found
        return first + 1, ()

    def _called(self, span: Sequence[Token], any_serves: bool) -> tuple[Entry, ...]:
        """The work in whose title these words stand side by side; several, if all begin so: editions, or a series; or
        if any of a few serves."""
        part = tuple(word.form for word in span)
        titles = self._titles.get(max(part, key=len), {})
        found = [form for form in titles if any(form[n : n + len(part)] == part for n in range(len(form)))]
        ends = [form for form in found if form[-len(part) :] == part]
        found = ends if len(ends) == 1 and any_serves else found  # of "iPhone 13" the one that has no more behind it
        led = all(form[: len(part)] == part for form in found)
        entries = tuple(dict.fromkeys(entry for form in found for entry in titles[form]))
        works = len({entry.item for entry in entries})
        return entries if led or works == 1 or (any_serves and works <= _FEW) else ()

    @cached_property
    def _titles(self) -> Mapping[str, Mapping[Forms, tuple[Entry, ...]]]:
        """By each of their words, the titles, as their forms."""
        found: dict[str, dict[Forms, tuple[Entry, ...]]] = {}
        for form, entries in self._gazetteer.entries.items():
            titles = tuple(entry for entry in entries if entry.kind == "title")
            for word in form if titles else ():
                found.setdefault(word, {})[form] = titles
        return found


def _is_known(text: str, span: Sequence[Token]) -> bool:
    """Whether words around say that the person knows it, or leave it aside."""
    led, end = before(text, span[0].start), span[-1].end
    return any(form.search(led) for form in (_BEFORE, _LISTED)) or any(f.match(text, end) for f in (_BEHIND, _ASIDE))


def _is_content(span: Sequence[Token]) -> bool:
    """Whether no words of conversation stand at either end."""
    return not any(w.text.casefold() in STOPWORDS | CHATTER for w in (span[0], span[-1]))


def _is_name(span: Sequence[Token]) -> bool:
    """Whether words are more than what anybody may have had or done: "we had dinner" names nothing."""
    return any((w.text[0].isupper() or not is_word(w.text)) and not w.text.isdigit() for w in span)


def _is_numbered(title: str, count: int) -> bool:
    """Whether a title is so many words and a number: "Paddington 2" of the first."""
    rest = title.split()[count:]
    return len(rest) == 1 and bool(_NUMBERED.fullmatch(rest[0]))
