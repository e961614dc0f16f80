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

from ...understanding.linking import Gazetteer
from ...understanding.quantities import Range
from ...understanding.quantities.field_words import words_of_amounts
from ...understanding.quantities.number_field import NumberField
from ...understanding.quantities.orders import find_orders
from ...understanding.text import NUMBER, stem
from ..evidence import Reading, Row
from ..statements import called
from .differences import MULTIPLES, is_multiple
from .names import capitalised

_COMPARATIVE = re.compile(
    r"\b(?:(?P<sign>more|less)\s+(?P<word>[a-z]+)|(?<!\bno\s)(?P<er>[a-z]{2,}er))\b(?P<than>(?:\s+[a-z]+){0,2}?\s+than\b)?",
    re.I,
)
_OBJECT_ENDS = re.compile(r"[,;:!?()–—]|\.(?:\s|$)|\s(?:and|but|so|while|yet)\s(?!the\b)", re.I)
_OTHERS = re.compile(r"\b(?:others?|rest|both|all|any|either|two|three|four|every|picks?|options?|ones)\b", re.I)
_MOST = re.compile(r"\s+(?:most|many|usual|you|expected|average)\b", re.I)
_AN_AMOUNT = re.compile(rf"\s+(?:an?\s+)?{NUMBER}\s+(?!of\b|others?\b)[a-z]", re.I)
_HIGHER = {"higher": True, "lower": False, "better": True, "worse": False}
_OF_MARKS = re.compile(r"[\s-]+(?:rated|ratings?|scores?|scored|reviewed|marks?)\b", re.I)
_NOT_AN_ORDER = re.compile(
    r"\bmost\s+(?:of|likely|importantly|people|days|evenings)\b|\bat\s+(?:its|his|her|their)\s+\w+est\b|\b(?:the\s+)?best\b(?!\s+(?:rated|reviewed|rating|score))|\bat\s+least\b|\bat\s+most\b"
    r"|(?<=est)\s+(?:ones?\b|of\s+(?:these|those|them)\b)",
    re.I,
)
"""What looks like an order and is none, and what keeps one from being read."""
_ONE_OF = re.compile(r"\b(?:one|two|some|among|amongst)\s+(?:of\s+)?(?:the\s+)?$", re.I)
_NTH = re.compile(r"\b(second|third)[\s-]+$", re.I)
_EVERYWHERE = re.compile(r"\b(?:catalogue|catalog|collection|shop|store|whole\s+list)\b", re.I)
_SAME = re.compile(r"\bsame\s+(\w+)\b", re.I)
_VERB = re.compile(
    r"\b(?P<verb>[a-z]+)\s+(?:(?:an?\s+)?(?:touch|bit|little|lot|deal|good\s+deal|shade|much|far|slightly|rather|even|somewhat)\s+)?"
    r"(?P<sign>more|less|longer|fewer)\b(?P<than>\s+than\b)?(?!\s+[a-z]+\s+than)",
    re.I,
)
_AS_MUCH = re.compile(
    r"(?:\b(?P<verb>[a-z]+)\s+(?:(?:about|just|nearly|almost|roughly)\s+)?as\s+(?:much|little|many|long)|"
    r"(?<!twice\s)(?<!half\s)\bas\s+(?P<how>[a-z]+))\s+as\b",
    re.I,
)
_NAMES_ONE = re.compile(r"\s+(?:an?\s+|the\s+)?(?-i:[A-Z])", re.I)
_NOTHING = re.compile(r"\b(?:nothing|none|no\s+other|nobody)\b[^,;:.]*$", re.I)
_NEARLY = 0.1
_DEFINITE = re.compile(r"\bthe\s+$", re.I)
_IRREGULAR = {"further": "far", "farther": "far", "elder": "old"}


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
            and all(self._is_equal(reading, m) for m in _AS_MUCH.finditer(text) if not is_apart(*m.span()))
            and all(self._is_same(reading, m) for m in _SAME.finditer(text) if not is_apart(*m.span()))
            and all(is_multiple(reading, m, self._fields) for m in MULTIPLES.finditer(text) if not is_apart(*m.span()))
        )

    def _comparatives(self, text: str) -> Iterator[_Comparative]:
        for match in _COMPARATIVE.finditer(text):
            adjective = match["word"].casefold() if match["word"] else _positives().get(match["er"].casefold(), "")
            fields, sign = self._fields.ends(adjective) if adjective else ([], "")
            if match["sign"] and match["than"] and not fields:  # "more people than"
                fields, sign = [f for f in self._fields.fields.values() if f.said(stem(adjective)) > 0], ">"
            word = (match["er"] or "").casefold()
            if word in ("better", "worse") and not _OF_MARKS.match(text, match.end("er")):
                fields = []
            elif word in _HIGHER:
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

    def _compares(self, reading: Reading, said: _Comparative) -> bool:
        """Of an item that is compared with nothing in particular, it is true if it is of one of the other picks."""
        others = self._others(reading, said)
        if others is None:
            return True
        if _NOTHING.search(reading.sentence.blotted[: said.start]):
            return not any(_is_so(row, one, said) for one in reading.rows_at(said.start) for row in others)
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
        if _MOST.match(object_) or _AN_AMOUNT.match(object_):
            return None
        if _OTHERS.search(object_):
            return reading.rows
        for first, last in capitalised(object_):
            if item := self._gazetteer.find_title(object_[first:last]):
                return [Row(self._gazetteer.get(item), self._gazetteer)]
            return []
        return None

    def _is_equal(self, reading: Reading, match: re.Match[str]) -> bool:
        """ "As long as", "costs as much as" another pick, about; as what is none cannot be told. Of people, it is said
        of anything ("as long as you like")."""
        fields = self._fields.ends((match["how"] or "").casefold())[0] or [
            f for f in self._fields.fields.values() if match["verb"] and f.said(stem(match["verb"])) > 0
        ]
        named = [reading.rows[m.pick] for m in reading.sentence.mentions if m.start >= match.end()][:1]
        if not fields or not (named or _NAMES_ONE.match(reading.sentence.text, match.end())):
            return True
        return bool(named) and reading.holds(match.start(), lambda row: _is_about(row, named[0], fields))

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


def _is_about(one: Row, other: Row, fields: Sequence[NumberField]) -> bool:
    """Whether the first field that both fill has nearly the same number in both."""
    name = next((f.name for f in fields if not (one.lacks_number(f.name) or other.lacks_number(f.name))), "")
    return bool(name) and abs(one.number(name) - other.number(name)) <= _NEARLY * abs(other.number(name))


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
