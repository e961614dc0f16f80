"""Comparatives of any number column: "closer to the centre", "with fewer owners", "more powerful", "too steep".

English. What only lengths, years and prices need is in cues. Knows nothing of items: see acts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from ..cues import Comparative
from ..cues.comparatives import ComparativeKind
from ..quantities import NumberFields
from ..text import CHATTER, STOPWORDS, Token, before, tokens
from .column_choice import Column, column_of, is_compared, plain_adjectives

_LONGEST = 3
_SIGNS = ("more", "less", "fewer")
_MUCH = frozenset(("much", "many", "few", "little", "bad", "good"))
"""Of these the thing says of what there is too much, or whether it is good at all."""
_LED = re.compile(
    r"""(?:^|[.!?,;:–-]|\b(?:but|and|with|only|just|something|anything|somewhere|someone|one|ones|though|yet|make\s+it|be|is|any
    |bit|little|lot|much|even|slightly|somewhat|far|way|rather|prefer|want|need|(?:['’]d|would)\s+like|an?|the|got|has|have|having|there))\s*$""",
    re.I | re.X,
)
_STOP = re.compile(r"[,.;:!?]")
_TOWARDS = re.compile(r"\s*(?:to|from|of|in)\s+(?:the\s+|my\s+|an?\s+)?", re.I)
_THAN = re.compile(r"\s*(?:than|as)\s+(?=\D)", re.I)
_NEGATED = re.compile(r"\b(?:no|not|never|any|nothing)\s+$|n['’]t\s+$", re.I)
_TOO = re.compile(r"\b(?:(?:way|far|much|all|a\s+bit|a\s+little)\s+)*too\s+(?P<word>[a-z]{3,})\b", re.I)
_ENOUGH = re.compile(r"(?:\bnot|n['’]t)\s+(?P<word>[a-z]{3,})\s+enough\b", re.I)


def column_comparatives(text: str, fields: NumberFields, is_taste: Callable[[str], bool]) -> list[Comparative]:
    """The comparatives of a text, each of its fields (by name, as units), in order, not overlapping. is_taste: whether
    an adjective says something else in the catalogue."""
    found: list[Comparative] = []
    for one in (*_compared(text, fields, is_taste), *_complaints(text, fields, is_taste)):
        if not any(known.start < one.end and one.start < known.end for known in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _compared(text: str, fields: NumberFields, is_taste: Callable[[str], bool]) -> Iterator[Comparative]:
    words = tokens(text)
    for place, word in enumerate(words):
        led = before(text, word.start)
        if not _degree(words, place) or not _LED.search(led) or _NEGATED.search(led):
            continue
        degree, things = word.text.casefold(), _things(text, words[place + 1 :], word.end)
        adjective = things[0].text.casefold() if things and degree in _SIGNS else ""
        adjective = adjective if adjective and fields.ends(adjective)[0] else ""
        said = " ".join(t.text for t in things[1 if adjective else 0 :])
        column = (
            None
            if any(map(is_taste, [*plain_adjectives(degree), adjective]))
            else column_of(adjective or degree, said, fields)
        )
        if column:
            much = column.much != (bool(adjective) and degree != "more")
            end = things[-1].end if things else word.end
            than = _THAN.match(text, end)
            yield _of(column, "than" if than else "wish", much, word.start, than.end() if than else end)


def _complaints(text: str, fields: NumberFields, is_taste: Callable[[str], bool]) -> Iterator[Comparative]:
    """What is too much, or not enough: of columns that such an adjective is said of."""
    for form in (_TOO, _ENOUGH):
        for match in form.finditer(text):
            word = match["word"].casefold()
            column = None if is_taste(word) or word in STOPWORDS | _MUCH else column_of(word, "", fields)
            if column:
                yield _of(column, "complaint", column.much == (form is _TOO), *match.span())


def _of(column: Column, kind: ComparativeKind, much: bool, start: int, end: int) -> Comparative:
    units = tuple(field.name for field in column.fields)
    return Comparative(kind, units, ">" if much else "<", start, end, earnest=kind == "complaint")


def _degree(words: Sequence[Token], place: int) -> str:
    """ "Closer", or "more powerful", at a word; "more" alone of a thing there are more of; empty where none is."""
    word = words[place].text.casefold()
    if word not in _SIGNS:
        return word if is_compared(word, "er") else ""
    behind = words[place + 1].text.casefold() if place + 1 < len(words) else ""
    if not behind or behind in STOPWORDS | CHATTER:
        return ""
    return word


def _things(text: str, behind: Sequence[Token], end: int) -> list[Token]:
    """What a degree is said of: the words behind it, or behind "to the"."""
    towards = _TOWARDS.match(text, end)
    start = towards.end() if towards else end
    left = [w for w in behind if w.start >= start]
    joined = list(takewhile(lambda w: w.text.casefold() not in STOPWORDS | CHATTER, left))[:_LONGEST]
    ends = [start, *(w.end for w in joined)]
    gap = next((n for n, w in enumerate(joined) if _STOP.search(text, ends[n], w.start)), None)
    return joined[:gap]
