"""Comparatives and superlatives of numbers: "shorter than", "the newest of the three", "the same director".

Those of feelings ("funnier") are opinions and pass. English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from penchant.retriever import HIGHEST, LOWEST
from penchant.retriever.ranking import parse_range

from ...understanding.linking import Gazetteer, Range
from ...understanding.linking.number_fields import NumberField, words_of_amounts
from ...understanding.linking.orders import find_orders
from ...understanding.text import stem
from ..statements import called
from .differences import ratios
from .names import capitalised
from .reading import Reading
from .rows import Row

_COMPARATIVE = re.compile(
    r"\b(?:(?P<sign>more|less)\s+(?P<word>[a-z]+)|(?P<er>[a-z]{2,}er))\b(?P<than>(?:\s+[a-z]+){0,2}?\s+than\b)?", re.I
)
_OBJECT_ENDS = re.compile(r"[,;:!?()–—]|\.(?:\s|$)|\s(?:and|but|so|while|yet)\s(?!the\b)", re.I)
_OTHERS = re.compile(r"\b(?:others?|rest|both|all|any|either|two|three|four|every|picks?|options?|ones)\b", re.I)
_MOST = re.compile(r"\s+(?:most|many|usual|you|expected|average)\b", re.I)
_HIGHER = {"higher": True, "lower": False}
_NOT_AN_ORDER = re.compile(
    r"\bmost\s+(?:of|likely|importantly|people|days|evenings)\b|\bat\s+(?:its|his|her|their)\s+\w+est\b|\b(?:the\s+)?best\b|\bat\s+least\b|\bat\s+most\b"
    r"|(?<=est)\s+(?:ones?\b|of\s+(?:these|those|them)\b)",
    re.I,
)
"""What looks like an order and is none, and what keeps one from being read."""
_ONE_OF = re.compile(r"\b(?:one|two|some|among|amongst)\s+(?:of\s+)?(?:the\s+)?$", re.I)
_NTH = re.compile(r"\b(second|third)[\s-]+$", re.I)
_EVERYWHERE = re.compile(r"\b(?:catalogue|catalog|collection|shop|store|whole\s+list)\b", re.I)
_SAME = re.compile(r"\bsame\s+(\w+)\b", re.I)
_MULTIPLES = re.compile(
    r"(?:\b(?P<sign>more|less|over|under|nearly|almost)\s+(?:than\s+)?)?\b(?P<times>twice|thrice|half|double|triple)\s+(?:as|the|what|that|of)\b"
    r"|\b(?P<verb>doubles|halves|triples)\b",
    re.I,
)
_TIMES = {
    "twice": 2.0,
    "thrice": 3.0,
    "half": 0.5,
    "double": 2.0,
    "triple": 3.0,
    "doubles": 2.0,
    "halves": 0.5,
    "triples": 3.0,
}
_VERB = re.compile(
    r"\b(?P<verb>[a-z]+)\s+(?P<sign>more|less|longer|fewer)\b(?P<than>\s+than\b)?(?!\s+[a-z]+\s+than)", re.I
)
_DEFINITE = re.compile(r"\bthe\s+$", re.I)
_IRREGULAR = {"further": "far", "farther": "far"}


@dataclass(frozen=True, slots=True)
class _Comparative:
    """A comparative of some number fields: whether more is meant, and where it ends, with "than" if that follows."""

    fields: Sequence[NumberField]
    more: bool
    start: int
    end: int
    than: bool
    definite: bool = False


class Comparisons:
    """Says whether the rows are as a sentence compares them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._fields = gazetteer.number_fields

    def hold(self, reading: Reading) -> bool:
        """Whether every comparison does."""
        text = reading.sentence.blotted

        def is_apart(start: int, end: int) -> bool:
            return reading.sentence.clauses.is_of_the_person(start) or reading.is_quoted(start, end)

        orders = [
            r for r in find_orders(_NOT_AN_ORDER.sub(_blanked, text), self._fields) if not is_apart(r.start, r.end)
        ]
        return (
            all(self._order_holds(reading, r) for r in orders)
            and all(self._compares(reading, c) for c in self._comparatives(text) if not is_apart(c.start, c.end))
            and all(self._is_same(reading, m) for m in _SAME.finditer(text) if not is_apart(*m.span()))
            and all(self._is_multiple(reading, m) for m in _MULTIPLES.finditer(text) if not is_apart(*m.span()))
        )

    def _comparatives(self, text: str) -> Iterator[_Comparative]:
        for match in _COMPARATIVE.finditer(text):
            adjective = match["word"].casefold() if match["word"] else _positives().get(match["er"].casefold(), "")
            fields, sign = self._fields.ends(adjective) if adjective else ([], "")
            if (word := (match["er"] or "").casefold()) in _HIGHER:
                near = [
                    stem(w)
                    for w in re.findall(r"[a-z]+", text[max(0, match.start() - 30) : match.end() + 30].casefold())
                ]
                fields, sign = (
                    [f for _, f in self._fields.named(near, list(self._fields.fields.values()))][:1],
                    ">" if _HIGHER[word] else "<",
                )
            if fields:
                more = (sign == ">") != ((match["sign"] or "").casefold() == "less")
                definite = bool(_DEFINITE.search(text[: match.start()]))
                yield _Comparative(fields, more, match.start(), match.end(), bool(match["than"]), definite)
        for match in _VERB.finditer(text):
            fields = [f for f in self._fields.fields.values() if f.said(stem(match["verb"])) > 0]
            if fields:
                more = match["sign"].casefold() in ("more", "longer")
                yield _Comparative(fields, more, match.start(), match.end(), bool(match["than"]))

    def _is_multiple(self, reading: Reading, match: re.Match[str]) -> bool:
        """ "More than twice what the other costs": of some number field, and some other pick."""
        times = _TIMES[(match["times"] or match["verb"]).casefold()]
        sign = (match["sign"] or "").casefold()
        found = ratios(reading.rows_at(match.start()), reading.rows, self._fields)
        if sign in ("more", "over"):
            return any(times < ratio < 2 * times for ratio in found)
        if sign in ("less", "under"):
            return any(times / 2 < ratio < times for ratio in found)
        return any(abs(ratio - times) <= 0.1 * times for ratio in found)

    def _compares(self, reading: Reading, said: _Comparative) -> bool:
        """Of an item that is compared with nothing in particular, it is true if it is of one of the other picks."""
        others = self._others(reading, said)
        if others is None:
            return True
        subjects = reading.rows_at(said.start)
        combined = all if said.than or said.definite else any
        held = [
            bool(against) and combined(_is_so(one, other, said) for other in against)
            for one in subjects
            if (against := [other for other in others if other is not one])
        ]
        every = reading.sentence.part(said.start).every and not (said.definite and len(subjects) > 1)
        return (all if every else any)(held) and bool(held)

    def _others(self, reading: Reading, said: _Comparative) -> Sequence[Row] | None:
        """What is compared with; None where that is no item ("than you think") or an amount."""
        sentence = reading.sentence
        if not said.than:
            return reading.rows
        stop = _OBJECT_ENDS.search(sentence.blotted, said.end)
        end = stop.start() if stop else len(sentence.text)
        named = [reading.rows[m.pick] for m in sentence.mentions if said.end <= m.start < end]
        if named:
            return named
        return self._elsewhere(reading, said.end, end)

    def _elsewhere(self, reading: Reading, start: int, end: int) -> Sequence[Row] | None:
        object_ = reading.sentence.text[start:end]
        if _MOST.match(object_):
            return None
        if _OTHERS.search(object_):
            return reading.rows
        for first, last in capitalised(object_):
            if item := self._gazetteer.find_title(object_[first:last]):
                return [Row(self._gazetteer.get(item), self._gazetteer)]
            return []
        return None

    def _order_holds(self, reading: Reading, order: Range) -> bool:
        if order.value in (HIGHEST, LOWEST):
            return reading.holds(order.start, lambda row: self._is_first(reading, row, order))
        low, high = parse_range(order.value)
        return reading.holds(order.start, lambda row: low <= row.number(order.facet) <= high)

    def _is_first(self, reading: Reading, row: Row, order: Range) -> bool:
        """Whether a row has the highest or lowest number of the picks, or the second; one of them: of the better
        half."""
        text, sign = reading.sentence.text, -1 if order.value == HIGHEST else 1
        value = sign * row.number(order.facet)
        others = sorted(sign * r.number(order.facet) for r in reading.rows if not r.lacks_number(order.facet))
        if row.lacks_number(order.facet):
            return False
        if _EVERYWHERE.search(text, order.end):
            field = self._fields.fields[order.facet]
            return value == min(sign * field.low, sign * field.high)
        if _ONE_OF.search(text[: order.start]):
            return value <= others[(len(others) - 1) // 2]
        nth = _NTH.search(text[: order.start]) or _NTH.search(re.split(r"\w+$", text[: order.end])[0])
        place = {"second": 1, "third": 2}[nth[1].casefold()] if nth else 0
        return place < len(others) and value == others[place]

    def _is_same(self, reading: Reading, match: re.Match[str]) -> bool:
        """ "The same director": the rows named, or some two of them, share a value."""
        fields = called(self._gazetteer.schema, [stem(match[1])])
        named = {m.pick for m in reading.sentence.mentions}
        rows = [reading.rows[n] for n in named] if len(named) > 1 else list(reading.rows)
        sets = [{v for field in fields for v in row.values(field)} for row in rows]
        return not fields or (
            bool(set.intersection(*sets))
            if len(named) > 1
            else any(a & b for n, a in enumerate(sets) for b in sets[:n])
        )


def _is_so(one: Row, other: Row, said: _Comparative) -> bool:
    """Whether the first field that both fill says so."""
    name = next((f.name for f in said.fields if not (one.lacks_number(f.name) or other.lacks_number(f.name))), "")
    if not name:
        return False
    return (one.number(name) > other.number(name)) if said.more else (one.number(name) < other.number(name))


@cache
def _positives() -> Mapping[str, str]:
    """Comparatives of the adjectives of numbers, and those adjectives."""
    adjectives = {word for ends in words_of_amounts()["ends"].values() for side in ends.values() for word in side}
    found: dict[str, str] = dict(_IRREGULAR)
    for word in adjectives:
        short = word[:-1] if word.endswith(("e", "y")) else word
        for form in (f"{word}er", f"{short}er", f"{short}ier", f"{word}{word[-1]}er"):
            found[form] = str(word)
    return found


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])
