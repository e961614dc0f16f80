"""Columns of texts: prose, names, one of a few kinds, or values with meaning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..item import Value
from ..kinds import audiences, is_of_people
from ..schema import Kind
from ..values import (
    as_code_names,
    as_given_names,
    as_lists,
    as_quantities,
    is_missing,
    is_street_line,
)
from .column import FEW_ROWS, NEARLY, Column, share, strings
from .headers import says, says_place, spoken

_PROSE_WORDS = 8
_SENTENCE_WORDS = 5
_CATEGORY_VALUES = 4
_NAMED = 0.7
_REPEATED = 4.0
_CODE = re.compile(r"(?=\S*\d)[\w./:#-]{4,}|[a-z0-9]+(?:-[a-z0-9]+){2,}|[0-9a-f]{12,}")
_SIGN = re.compile(r"(?=\S*\d)(?!\S*[^\W\d_A-Z]{3})[^\W_a-z][\w./-]{1,9}")
"""A sign of letters and digits that means nothing to who does not know it: "LR12"."""
_WORD = re.compile(r"[^\W\d_A-Z]{3,}")
_DEGREES = re.compile(r"-?\d{1,3}\.\d{3,}")
"""One of the coordinates of a place."""
_WRAPPED = re.compile(r"\([^()]+\)")
_REMARK = re.compile(r"(?<=\S)\s*\([^()]+\)$")
_GRADES = 12
_HAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
"""Letters of scripts without blanks, Chinese and Japanese."""
_LONG = 16
_SAMPLE = 500
_MANY_PARTS, _PART_WORDS = 2.2, 3
"""Parts to a cell of notes, and words to a part at the most: "smoky, peat, brine"."""
_MARKS = re.compile(r"[,;|]")
_FEW_FILLED = 5
_SENTENCE = re.compile(r"[.!?。！？](?:\s|$)")


def text_column(name: str, known: Sequence[Any], distinct: set[Any]) -> Column:
    """Prose, names, one of a few kinds, or values with meaning."""
    words = spoken(name, None)
    if says(name, "people") and (turned := as_given_names(known)) is not None:
        known = turned
    if (lists := None if _is_address(name, known) else as_lists(known)) is not None:
        return _of_lists(name, lists, words)
    known = _without_remarks(_unwrapped(known))
    texts = [str(cell) for cell in known if cell is not None]
    distinct = {cell.casefold() if isinstance(cell, str) else cell for cell in known if cell is not None}
    if _is_prose(texts, distinct):
        return Column(name, "text", strings(known), words=words)
    if says_place(name) and (named := _named(name, known)) is not None:
        return Column(name, "name", named, words=words, sure=0.8)
    keys = says(name, "identity") and not _are_sides(texts, distinct)
    addresses = says(name, "link") or says(name, "picture") or keys
    if addresses and not any(" " in text for text in texts[:50]):
        return Column(name, "hidden", strings(known), words=words, sure=0.7)
    if share(texts, _CODE.fullmatch) > 0.8 and (len(distinct) > 0.5 * len(texts) or says(name, "identity")):
        return Column(name, "hidden", strings(known), words=words, sure=0.8)
    if (named := _named(name, known)) is not None:
        return Column(name, "name", named, words=words, sure=0.8)
    return _single(name, in_one_spelling(known), distinct, words)


def _are_sides(texts: Sequence[str], distinct: set[Any]) -> bool:
    """Whether texts are a few words again and again, whatever the column is called: "short" and "long"."""
    few = 2 <= len(distinct) <= _CATEGORY_VALUES and 2 * len(distinct) <= len(texts)
    return (
        few and all(_WORD.fullmatch(text.strip().casefold()) for text in distinct) and not any(map(str.isupper, texts))
    )


def _is_address(name: str, known: Sequence[Any]) -> bool:
    """Whether a column holds addresses: what stands between their commas is no value."""
    texts = [cell for cell in known if isinstance(cell, str)]
    return bool(texts) and says(name, "address") and share(texts, is_street_line) > 0.5


def _unwrapped(known: Sequence[Any]) -> Sequence[Any]:
    """Texts without the brackets that stand around nearly all of them: "(Dutch)"."""
    filled = [str(cell) for cell in known if cell is not None]
    if share(filled, _WRAPPED.fullmatch) < NEARLY:
        return known
    return [cell[1:-1].strip() if isinstance(cell, str) and _WRAPPED.fullmatch(cell) else cell for cell in known]


def _without_remarks(known: Sequence[Any]) -> Sequence[Any]:
    """A few different texts without remarks in brackets, where most of these stand behind what other cells have alone:
    "High (at night)"."""
    texts = {cell for cell in known if isinstance(cell, str)}
    if len(texts) > _GRADES:
        return known
    bare = {text: rest for text in texts if (rest := _REMARK.sub("", text)) != text}
    if len(texts - bare.keys()) < 2 or 2 * sum(rest in texts for rest in bare.values()) <= len(bare):
        return known
    return [bare.get(cell, cell) if isinstance(cell, str) else cell for cell in known]


def in_one_spelling(known: Sequence[Any]) -> list[Value | None]:
    """Texts that differ by capitals alone, as most cells have them: "Male" and "male"."""
    counts = Counter(cell for cell in known if isinstance(cell, str))
    spelt: dict[str, str] = {}
    for text, _ in counts.most_common():
        spelt.setdefault(text.casefold(), text)
    return [spelt[cell.casefold()] if isinstance(cell, str) else cell for cell in strings(known)]


def _of_lists(name: str, lists: Sequence[Any], words: tuple[str, ...]) -> Column:
    if (named := _named(name, lists)) is not None:
        return Column(name, "name", named, words=words, sure=0.8)
    parts = [str(part) for values in lists if values for part in values]
    if _letters_without_blanks(parts or [""]) > _LONG / 2:
        return Column(name, "text", [values or None for values in lists], words=words, sure=0.7)
    hidden = share(parts, _DEGREES.fullmatch) > NEARLY or _are_keys(parts)
    kind: Kind = "hidden" if hidden else _kind_of_many(name, parts)
    return Column(name, kind, [values or None for values in lists], words=words, sure=0.8)


def _are_keys(parts: Sequence[str]) -> bool:
    """Whether what is listed are numbers and codes that hardly come again: those of an article's variants."""
    return len(set(parts)) > 0.9 * len(parts) > 0.9 * FEW_ROWS and share(parts, _CODE.fullmatch) > 0.8


def _named(name: str, known: Sequence[Any]) -> list[Any] | None:
    return as_code_names(known, says(name, "place"), says(name, "state"))


def _is_prose(texts: Sequence[str], distinct: set[Any]) -> bool:
    """Many words, or sentences that do not recur."""
    words = _mean_words(texts)
    if words > _PROSE_WORDS or _letters_without_blanks(texts) > _LONG:
        return True
    return words > _SENTENCE_WORDS and len(distinct) > 0.8 * len(texts) and share(texts, _SENTENCE.search) > 0.6


def _letters_without_blanks(texts: Sequence[str]) -> float:
    """How many letters of such scripts a text has on average."""
    return sum(len(_HAN.findall(text)) for text in texts if not text.isascii()) / len(texts)


def _single(name: str, values: Sequence[Value | None], distinct: set[Any], words: tuple[str, ...]) -> Column:
    filled = [str(value) for value in values if value is not None]
    whole = len(filled) >= NEARLY * len(values)
    named = _is_of_names(name)
    few = 2 <= len(distinct) <= _CATEGORY_VALUES < len(values)
    if not named and whole and (few or is_of_people(audiences(Counter(filled)))):
        return Column(name, "category", values, words=words, sure=0.7)
    if len(distinct) > 0.9 * len(filled) and len(filled) > _FEW_FILLED and len(values) > FEW_ROWS and not named:
        kind: Kind = "text" if _mean_words(filled) > 3 else "name"  # what no two rows have is no value to want
        return Column(name, kind, values, words=words, sure=0.6)
    return Column(name, _kind_of_many(name, filled), values, words=words, sure=0.7)


def _is_of_names(name: str) -> bool:
    return any(says(name, concept) for concept in ("people", "maker", "place", "address"))


def _mean_words(texts: Sequence[str]) -> float:
    return sum(len(text.split()) for text in texts) / len(texts)


def _kind_of_many(name: str, parts: Sequence[str]) -> Kind:
    if _is_of_names(name) or share(parts or [""], _SIGN.fullmatch) > 0.8:
        return "name"
    repeated = len(parts) / max(1, len({part.casefold() for part in parts}))
    return "name" if look_like_names(parts) and repeated < _REPEATED else "facet"


def look_like_names(values: Sequence[str]) -> bool:
    """Two or more capitalised words each: how people are written, and genres are not."""
    distinct = set(values)
    named = sum(len(w := value.split()) > 1 and all(word[0].isupper() for word in w) for value in distinct)
    return named > _NAMED * len(distinct)


def is_one_text(values: Sequence[Any]) -> bool:
    """Neither lists of values nor amounts: "Tow bar, Isofix" and "85.300 km" are the name of no row, nor are notes."""
    sample = values[:: max(1, len(values) // _SAMPLE)]
    known = [value for value in sample if isinstance(value, str) and not is_missing(value)]
    return not _are_notes(known) and as_lists(known) is None and as_quantities(known) is None


def _are_notes(known: Sequence[str]) -> bool:
    """Whether cells have several short parts each, also where these hardly recur."""
    parts = [part for text in known for part in _MARKS.split(text)]
    short = sum(len(part.split()) for part in parts) <= _PART_WORDS * len(parts)
    return short and len(parts) > _MANY_PARTS * len(known)
