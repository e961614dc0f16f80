"""Chinese sentences: people and items of the catalogue that they name are in the rows or were said.

Names are not capitalised there, so they are found by what the catalogue knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...understanding.linking import Forms, Gazetteer
from ..evidence import Known, number_in

_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_BRACKETED = re.compile(r"[《〈『「]([^《》〈〉『』「」]+)[》〉』」]")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)(s\b|年代)?")
_LONGEST = 12


def holds_in_chinese(sentence: str, known: Known, gazetteer: Gazetteer, picks: int) -> bool:
    """Whether every number, title in brackets and name is known; so many picks may be counted."""
    return (
        all(_number_holds(match, known, picks) for match in _NUMBER.finditer(sentence))
        and all(known.has(title) for title in bracketed(sentence))
        and not _names_others(sentence, known, gazetteer)
    )


def bracketed(sentence: str) -> list[str]:
    """Titles in Chinese brackets."""
    return _BRACKETED.findall(sentence)


def _number_holds(match: re.Match[str], known: Known, picks: int) -> bool:
    number = number_in(match[1])
    if match[2]:
        return any(n // 10 * 10 in (number, 1900 + number, 2000 + number) for n in known.numbers)
    return number in known.numbers or (len(match[1]) == 1 and number <= picks)


def _names_others(sentence: str, known: Known, gazetteer: Gazetteer) -> bool:
    """Whether it names people or (of three characters or more) items of the catalogue that are not known here."""
    for gram in _grams(sentence):
        kinds = {entry.kind for entry in gazetteer.entries.get(gram, ())}
        named = "name" in kinds or ("title" in kinds and len(gram) > 2)
        if named and "value" not in kinds and not known.has("".join(gram)):
            return True
    return False


def _grams(sentence: str) -> Iterator[Forms]:
    """Every stretch of two or more Chinese characters."""
    for stretch in _CHINESE.findall(sentence):
        for size in range(2, min(_LONGEST, len(stretch)) + 1):
            yield from (tuple(stretch[n : n + size]) for n in range(len(stretch) - size + 1))
