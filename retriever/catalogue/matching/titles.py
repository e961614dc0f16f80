"""Titles in forms that can be compared: without articles, accents, marks, editions, and the series that they are of.

Knows no catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .editions import larger_or_smaller, less_sure, without_edition
from .letters import is_latin, plain_letters
from .numerals import in_digits

Loss = Literal[0, 1, 2]
"""What a form leaves out of a title: nothing; brackets, an article, what describes it; a part that may be a name."""

_ARTICLE = r"(?:the|an?|der|die|das|ein|eine|le|la|les|un|une|el|los|las|il|lo|gli|os?|as|de|het)"
_LEADING = re.compile(r"^(?:the|an?)\s+(?=\w)", re.I)
_INNER = re.compile(r"([:：–—-]\s+)(?:the|an?)\s+(?=\w)", re.I)
_FOREIGN = re.compile(rf"^(?:{_ARTICLE}\s+|[ld]['’])(?=\w)", re.I)
_TRAILING = re.compile(rf"^(.*),\s*({_ARTICLE}|l['’])(?=\s*(?:[(\[:]|$))", re.I)
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）【】]*[)\]）】]")
_INSIDE = re.compile(r"[(\[（【](?:a\.?k\.?a\.?\s+)?([^()\[\]（）【】]*)[)\]）】]")
_YEAR = re.compile(r"\s*[(\[]\s*((?:1[89]|20)\d\d)\s*[)\]]")
_PART = re.compile(r"\s*[:：]\s+|\s+[-–—]\s+|\s*[–—]\s*")
_SLASH = re.compile(r"\s+/\s+")
_SECOND = re.compile(r"\s*[,;]\s*(?:or|oder|ou|ovvero|eller)\b,?\s+", re.I)
_AND_OTHERS = re.compile(r"\s+(?:(?:and|&)\s+other|und\s+andere|et\s+autres|y\s+otr[oa]s|e\s+altr[ie])\s.*$", re.I)
_OPUS = re.compile(r"[,\s]+(?:(?:BWV|HWV|RV|Hob|Op(?:us)?|KV?|D|S|Sz|WoO)\.?\s*\d+\w*|Nos?\.\s*\d+[-–]\d+)(?=\W|$).*$")
"""What catalogues of composers call a work, and what follows."""
_COMPLETE = re.compile(r"^(?:the\s+)?complete\s+(?=\w)", re.I)
_COLLECTED = re.compile(r"^(?:the\s+)?collected\s+(?=\w)", re.I)
_TALE_OF = re.compile(r"^(?:the\s+)?(?:adventures|history|legend|life|story|tale|travels)\s+of\s+(?=\w)", re.I)
_SCORE_OF = re.compile(
    r"(?<=\w)[\s:–-]+(?:the\s+)?(?:original\s+)?(?:motion\s+picture\s+)?(?:sound\s?track|score|ost)$", re.I
)
_NUMBERED = re.compile(r"#|\d\s*$")
"""Of a series: "Dune Chronicles #1", "Discworld 8"."""
_NTH_PART = re.compile(r"#\s?([\d.]+)\)")
_SUBTITLE = re.compile(r"^(\S+\s+\S+.*?),\s+(?:an?|being)\s")
_OR = re.compile(r"[\s,]+or$", re.I)
_FORMAT = r"blu-?ray|dvd|uhd|vinyl|audio\s?book|e-?book|paperback|hardcover"
_DESCRIBES = re.compile(
    r"(?:an?|or)\s|(?:the\s+)?(?:movie|film|motion picture)$"
    r"|(?:the\s+)?(?:complete|\d{4})\s|(?!making)\w+ing\s+(?:the|an?)\s"
    r"|(?:\S+\s+){5}\S|(?!the\s)(?:\S+\s+){4}\S"  # the works of a series are called shorter, or "The ..."
    rf"|[^:]*\b(?:remaster|edition|version|deluxe|bonus|{_FORMAT})\b",
    re.I,
)
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’`´](?=\w)")
_LETTERS_APART = re.compile(r"(?<!\w)(?:[^\W\d_] )+[^\W\d_](?!\w)")
_THOUSANDS = re.compile(r"(?<=\d)[,.](?=\d{3}\b)")
_ROMAN: Mapping[str, str] = dict(
    zip("ii iii iv v vi vii viii ix x xi xii xiii".split(), map(str, range(2, 14)), strict=True)
)
_SHORT = {"vol": "volume", "pt": "part", "ep": "episode", "dr": "doctor", "mr": "mister", "st": "saint"}
_FEWEST_WORDS, _MORE_WORDS = 2, 4


@dataclass(frozen=True, slots=True)
class TitleForm:
    """A title's words, without articles and marks, and what of it they leave out. behind: they stand behind a colon or
    dash, where a series has its works."""

    text: str
    loss: Loss
    behind: bool = False


@lru_cache(maxsize=1 << 17)
def title_forms(title: str) -> tuple[TitleForm, ...]:
    """The forms of a title, each once, with the least loss first. A title of marks alone is its own form."""
    found: dict[str, TitleForm] = {}
    texts: set[str] = set()
    for text, loss, behind in _forms(title):
        if text in texts or not (plain := plain_title(text)):
            continue
        texts.add(text)
        if plain not in found:
            found[plain] = TitleForm(plain, loss, behind)
        if loss == 0 and " " in plain:
            found[plain.replace(" ", "")] = TitleForm(plain.replace(" ", ""), 1)
    return tuple(found.values()) or (TitleForm(title.strip().casefold(), 0),)


@lru_cache(maxsize=1 << 17)
def core(title: str) -> str:
    """A title's plain words without brackets and editions."""
    return plain_title(without_edition(_bare(_YEAR.sub("", title)))) or title_forms(title)[0].text


def _forms(title: str) -> Iterator[tuple[str, Loss, bool]]:
    undated = _YEAR.sub("", title)
    yield undated, 0, False
    bare = _bare(undated)
    yield bare, 1, False
    plain = without_edition(bare)
    yield plain, 1, False
    bared = _FOREIGN.sub("", _in_order(plain))
    yield bared, 1 if " " in bared else 2, False
    yield _SCORE_OF.sub("", plain), 1, False
    yield _AND_OTHERS.sub("", plain), 1, False
    yield _COMPLETE.sub("", plain), 1, False
    yield _OPUS.sub("", plain), 1, False
    yield _INNER.sub(r"\1", plain), 1, False
    if "," in plain or ";" in plain:
        yield _SECOND.split(plain, maxsplit=1)[0], 1, False
        if subtitled := _SUBTITLE.match(plain):
            yield subtitled[1], 1, False
    yield from _in_two_scripts(plain)
    yield from _parts(_PART.split(_OPUS.sub("", bare)))
    for text in (
        _COLLECTED.sub("", plain),
        _TALE_OF.sub("", plain),
        *larger_or_smaller(title),
        *larger_or_smaller(plain),
        *less_sure(plain),
    ):
        yield text, 2, False
    for inside in _INSIDE.findall(undated):  # "City of Lost Children, The (Cité des enfants perdus, La) (1995)"
        if len(inside.split()) >= (_FEWEST_WORDS if undated != title else _MORE_WORDS) and not _NUMBERED.search(inside):
            yield inside, 2, False


def _bare(undated: str) -> str:
    return _OR.sub("", _BRACKETS.sub("", undated))


def _parts(parts: list[str]) -> Iterator[tuple[str, Loss, bool]]:
    """What stands before a colon or dash, less if it is not just described behind, and what behind, if it is more than
    a word."""
    if len(parts) < 2:
        return
    for end in range(1, len(parts)):
        describes = all(_DESCRIBES.match(part) or not without_edition(f" {part}") for part in parts[end:])
        if describes or end == 1:
            yield _OR.sub("", ": ".join(parts[:end])), 1 if describes else 2, False
    for part in parts[1:]:
        if len(plain_title(part).split()) >= _FEWEST_WORDS:
            yield part, 2, True


def _in_two_scripts(plain: str) -> Iterator[tuple[str, Loss, bool]]:
    """One work in the letters of two languages: "千与千寻 / Spirited Away"; in one they are two works."""
    texts = _SLASH.split(plain)
    if len({is_latin(text) for text in texts}) > 1:
        for text in texts:
            yield text, 1, False


def _in_order(title: str) -> str:
    """With the article before it: "Matrix, The"."""
    return _TRAILING.sub(r"\2 \1", title) if "," in title else title


def plain_title(text: str) -> str:
    """Words without accents, English articles and marks; numbers as digits, single letters as one word ("E.T.")."""
    bare = _APOSTROPHE.sub("", _LEADING.sub("", _in_order(text.strip())))
    if "," in bare or "." in bare:
        bare = _THOUSANDS.sub("", bare)
    words = in_digits(_WORD.findall(plain_letters(bare)))
    plain = [_ROMAN.get(word, word) if n else word for n, word in enumerate(words)]
    return _LETTERS_APART.sub(
        lambda found: found[0].replace(" ", ""), " ".join(_SHORT.get(word, word) for word in plain)
    )


def year_in(title: str) -> int:
    """The year that a title ends in, in brackets; 0 without."""
    found = _YEAR.findall(title)
    return int(found[-1]) if found else 0


def part_of_series(title: str) -> str:
    """Which part of a series a title says that it is: "Clockwork Prince (The Infernal Devices, #2)"; "" without."""
    found = _NTH_PART.search(title)
    return found[1] if found else ""


def numbers_of(plain: str) -> tuple[str, ...]:
    """The numbers in a plain title: by these alone the parts of a series may differ."""
    return tuple(sorted(word for word in plain.split() if word.isdigit()))
