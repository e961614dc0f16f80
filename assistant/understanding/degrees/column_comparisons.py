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
_DOES = re.compile(r"\b(?:but|and|with|that|which|it|should|must|,)\s+(?P<verb>[a-z]+)\s+$", re.I)
"""What is done so: of "but lives longer" it tells of what that is."""
_LED = re.compile(
    r"""(?:^|[.!?,;:–-]|\b(?:but|and|with|only|just|something|anything|somewhere|someone|one|ones|though|yet|make\s+it|be|is|any
    |bit|little|lot|much|even|slightly|somewhat|far|way|rather|prefer|want|need|(?:['’]d|would)\s+like|an?|the|got|has|have|having|there))\s*$""",
    re.I | re.X,
)
_STOP = re.compile(r"[,.;:!?]")
_TOWARDS = re.compile(r"\s*(?:to|from|of|in)\s+(?:the\s+|my\s+|an?\s+)?", re.I)
_THAN = re.compile(r"\s*(?:than|as)\s+(?=\D)", re.I)
_NEGATED = re.compile(r"\b(?:no|not|never|any|nothing)\s+(?:an?\s+|the\s+)?$|n['’]t\s+$", re.I)
_TOO = re.compile(r"\b(?:(?:way|far|much|all|a\s+bit|a\s+little)\s+)*too\s+(?P<word>[a-z]{3,})\b", re.I)
_TOO_MANY = re.compile(r"\b(?:(?:way|far)\s+)?too\s+(?P<word>many|much|few|little)\b", re.I)
_ENOUGH = re.compile(r"(?:\bnot|n['’]t)\s+(?P<word>[a-z]{3,})\s+enough\b", re.I)


def column_comparatives(text: str, fields: NumberFields, is_taste: Callable[[str], bool]) -> list[Comparative]:
    """The comparatives of a text, each of its fields (by name, as units), in order, not overlapping. is_taste: whether
    an adjective says something else in the catalogue."""
    words, found = tokens(text), list[Comparative]()
    wishes = _compared(text, words, fields, is_taste)
    for one in (*wishes, *_too_many(text, words, fields), *_too(text, fields, is_taste)):
        if not any(known.start < one.end and one.start < known.end for known in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _compared(
    text: str, words: Sequence[Token], fields: NumberFields, is_taste: Callable[[str], bool]
) -> Iterator[Comparative]:
    for place, word in enumerate(words):
        degree, led = word.text.casefold(), before(text, word.start)
        does = _DOES.search(led)
        if not _is_degree(words, place) or not (does or _LED.search(led)) or _NEGATED.search(led):
            continue
        things = _things(text, words[place + 1 :], word.end, fields)
        said = _of_what(degree, [t.text.casefold() for t in things], fields)
        if said is None or any(map(is_taste, plain_adjectives(said[0]))):
            continue
        if column := column_of(said[0], said[1] or (does["verb"] if does else ""), fields):
            things = things if _is_of(said[0], things, column, fields) else []
            end = things[-1].end if things else word.end
            than = _THAN.match(text, end)
            much = column.much != (said[0] != degree and degree != "more")  # "less expensive"
            yield _of(column, "than" if than else "wish", much, word.start, than.end() if than else end)


def _is_of(degree: str, things: Sequence[Token], column: Column, fields: NumberFields) -> bool:
    """Whether the things tell of which column a degree is: "closer to the centre", but not "cheaper in Rome"."""
    first = column.fields[0]
    alone = column_of(degree, "", fields) if things else None
    return alone is None or first not in alone.fields or any(first.said(t.form) >= 1 for t in things)


def _of_what(degree: str, things: Sequence[str], fields: NumberFields) -> tuple[str, str] | None:
    """What is compared and of what: of "more powerful engines" powerful of engines; None of "more" and nothing."""
    if degree not in _SIGNS:
        return degree, " ".join(things)
    if not things:
        return None
    return (things[0], " ".join(things[1:])) if fields.ends(things[0])[0] else (degree, " ".join(things))


def _too_many(text: str, words: Sequence[Token], fields: NumberFields) -> Iterator[Comparative]:
    """What there is too much of, or too little."""
    for match in _TOO_MANY.finditer(text):
        things = _things(text, [w for w in words if w.start >= match.end()], match.end(), fields)
        column = column_of("many", " ".join(w.text for w in things), fields) if things else None
        if column:
            much = match["word"].casefold() in ("many", "much")
            yield _of(column, "complaint", much, match.start(), things[-1].end)


def _too(text: str, fields: NumberFields, is_taste: Callable[[str], bool]) -> Iterator[Comparative]:
    """What is too much so, or not enough: of columns that such an adjective is said of."""
    for form in (_TOO, _ENOUGH):
        for match in form.finditer(text):
            word = match["word"].casefold()
            column = None if is_taste(word) or word in STOPWORDS | _MUCH else column_of(word, "", fields)
            if column:
                yield _of(column, "complaint", column.much == (form is _TOO), *match.span())


def _of(column: Column, kind: ComparativeKind, much: bool, start: int, end: int) -> Comparative:
    units = tuple(field.name for field in column.fields)
    return Comparative(kind, units, ">" if much else "<", start, end, earnest=kind == "complaint")


def _is_degree(words: Sequence[Token], place: int) -> bool:
    """Whether a word compares: "closer", or "more" and "fewer" with what there are more of behind."""
    word = words[place].text.casefold()
    if word not in _SIGNS:
        return is_compared(word, "er")
    return place + 1 < len(words) and words[place + 1].text.casefold() not in STOPWORDS


def _tells(word: Token, fields: NumberFields) -> bool:
    """Whether a word says of what something is: also one of mere talk, where a column is called so ("reviews")."""
    plain = word.text.casefold()
    called = plain in CHATTER and any(field.said(word.form) >= 1 for field in fields.fields.values())
    return plain not in STOPWORDS and (called or plain not in CHATTER)


def _things(text: str, behind: Sequence[Token], end: int, fields: NumberFields) -> list[Token]:
    """What a degree is said of: the words behind it, or behind "to the"."""
    towards = _TOWARDS.match(text, end)
    start = towards.end() if towards else end
    left = [w for w in behind if w.start >= start]
    joined = list(takewhile(lambda w: _tells(w, fields), left))[:_LONGEST]
    ends = [start, *(w.end for w in joined)]
    gap = next((n for n, w in enumerate(joined) if _STOP.search(text, ends[n], w.start)), None)
    return joined[:gap]
