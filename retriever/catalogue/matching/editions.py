"""What titles say of an edition, which is the same work, and of another version, which is not. Knows no catalogue."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from .letters import is_latin

Doubt = Literal[0, 1, 2]
"""Whether two titles are of one version: nothing speaks against it; one says what the other does not; they are not."""

_SAYS_SO = (
    r"(?:edition|édition|edición|edizione|edição|ausgabe|deluxe|remaster(?:ed)?|unabridged"
    r"|(?:director['’]?s|final|extended) cut)"
)
_ANNIVERSARY = r"(?:anniversary|anniversaire|aniversario|anniversario|aniversário)"
_NTH = r"(?:\d+(?:th|st|nd|rd|e|[eè]me|[.ºª°])|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
_KIND = (
    r"(?:super|special|limited|collector['’]?s?|ultimate|definitive|bonus|original|complete|legacy|illustrated|mono"
    r"|stereo|digital|expanded|extended|enhanced|restored|revised|reissue|new|game of the year"
    rf"|{_SAYS_SO}|(?:(?:{_NTH}|\d+)\s+)?(?:years?\s+)?{_ANNIVERSARY})"
)
_BEFORE = rf"(?:(?:{_KIND}|the|[1-9][05]|{_NTH}|\d+\s+years?)\s+)"
_EDITION = re.compile(
    rf"[\s,]+{_BEFORE}*(?:{_SAYS_SO}|(?:{_NTH}|\d+)\s+(?:years?\s+)?{_ANNIVERSARY}|{_KIND}\s+version)"
    rf"(?:\s+(?:{_KIND}|version|\d{{4}}|with|and|tracks?))*\s*$",
    re.I,
)
_SAID = "edition édition edici edizion edição ausgabe deluxe remaster unabridged cut annivers anivers version".split()
"""Without one of these no title is of an edition; looking for them first is quick."""
_WORD = re.compile(r"[^\W_]+")
_OTHER_WORK = (
    "remixed remix remixes tribute karaoke graphic adaptation sparknotes summary workbook inspired orchestral"
    " instrumental instrumentals demos covers reimagined screenplay parody mixtape sequel adapted acoustic redux"
    " symphonic lullaby rerecorded commentary dub slowed"
)
_PIECE = re.compile(
    r"\b(?:part|vol(?:ume)?|chapter|season|dis[ck]|cd)\.?\s*(?:[2-9]|two|three|four|five|i{2,3}|iv|vi*)\b"
    r"|[-–(]\s*(?:single|ep)\)?$|:\s*(?:season\s+\d+|limited series|miniseries)\b",
    re.I,
)
"""The second part of something, or a piece of an album or series that is called like it."""
_FIRST = re.compile(r"[\s,:]+(?:part|vol(?:ume)?)\.?\s*(?:1|one|i)\b.*$", re.I)
_WITH_OTHERS = re.compile(
    r"^(?:the\s+)?(?:ultimate|essential|definitive|omnibus)\s+(?=\w)|\bomnibus\b|\bbox(?:ed)?\s+set\b",
    re.I,
)
_LISTED = re.compile(
    r"^([^,/]+?)(?:,\s[^/]+\s(?:and|&|und|et|y|e)\s+(?:other|andere|autres|otr[oa]s|altr[ie])\b.*|\s+/\s+.*)$", re.I
)
_SERIES = re.compile(r"^(.+?)\s*\((.+?),?\s*#\s?1\)\s*$")
_RECORDED = re.compile(r"[(\[]\s*((?:19|20)\d\d)(?:\s+(?:\w+\s+)?(?:recording|session|performance)s?)?\s*[)\]]", re.I)
_AGED = re.compile(r"\s+[1-9][05]$")
_OTHERS = frozenset(_OTHER_WORK.split())
_ON_STAGE = frozenset("live concert unplugged stage".split())
_FOR_SCREENS = frozenset("series season seasons episode episodes show".split())
_SMALL = frozenset("the a an of and in to".split())
_SCORE = frozenset("soundtrack score music".split())
_PERFORMED = re.compile(
    r"\blive\s+(?:in|at|from|on)\b|(?<=\w)['’]s version\b|\bin concert\b|\bsessions?\b|\bdj mix\b|\bunplugged\b", re.I
)


def without_edition(title: str) -> str:
    """The title before words of an edition that no mark sets apart: "Thriller 25 Super Deluxe Edition"."""
    plain = title.casefold()
    return _EDITION.sub("", title) if any(word in plain for word in _SAID) else title


def less_sure(title: str) -> list[str]:
    """The title before "Volume 1", and before a bare number of years: "Thriller 40". Each may be of the whole."""
    return [_FIRST.sub("", title), _AGED.sub("", title)]


def larger_or_smaller(title: str) -> list[str]:
    """What a work is called that this may be a volume of, or have more in than: "The Ultimate Guide", "Glass, Sand, and
    Other Stories", "Winter (The Four Seasons, #1)"."""
    listed, first = _LISTED.match(title), _SERIES.match(title)
    texts = [_WITH_OTHERS.sub("", title), listed[1] if listed else "", first[2] if first else ""]
    return [text for text in texts if text and text != title]


def recorded_in(title: str) -> int:
    """The year in which a title says that it was recorded, 0 if it does not: not that of a remaster."""
    found = _RECORDED.search(title)
    return int(found[1]) if found else 0


def doubt(one: str, other: str) -> Doubt:
    """Whether two titles that are much alike are of two versions, as one says of itself what the other does not."""
    if one == other:
        return 0
    a, b = (frozenset(_WORD.findall(title.casefold())) for title in (one, other))
    apart = a ^ b
    of_pieces = bool(_PIECE.search(one)) != bool(_PIECE.search(other))
    if _OTHERS & apart or of_pieces or _is_performed(one, b) or _is_performed(other, a):
        return 2
    return 1 if _may_be_another(one, other, a, b) else 0


def _may_be_another(one: str, other: str, a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether one of two titles, with their words, says something that makes it unsure."""
    staged = bool(_ON_STAGE & a) != bool(_ON_STAGE & b)
    called_album = "album" in a ^ b  # "Weezer (Green Album)": several of one name
    first = bool(_FIRST.search(one)) != bool(_FIRST.search(other))
    screened = bool(_FOR_SCREENS & (a ^ b) and _SCORE & (a | b))
    return staged or called_album or first or screened or _is_of_others(one, a, b) or _is_of_others(other, b, a)


def _is_of_others(title: str, words: Collection[str], other: Collection[str]) -> bool:
    """Whether a title says that the other is a part of it, or it the first of a series of that name."""
    first = _SERIES.match(title)
    if first and first[1].casefold() != first[2].casefold():
        return not set(other) & set(_WORD.findall(first[1].casefold())) - _SMALL
    listed = _LISTED.match(title)
    return bool(_WITH_OTHERS.search(title) or (listed and is_latin(listed[1]))) and set(words) != set(other)


def _is_performed(title: str, words: Collection[str]) -> bool:
    """Whether a title says where or when it was played, and the other, by its words, says nothing like it."""
    found = _PERFORMED.search(title)
    return bool(found) and not (_ON_STAGE | {"session", "sessions", "mix", "version"}) & set(words)
