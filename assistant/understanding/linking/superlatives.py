"""The most or least of what no column is called: by the column that is nearest in meaning to what is said to be so.

"What did the critics like best" is of a critics' score, "the oldest company" of when it was founded. English. Knows
number fields and their encoder, and nothing of who asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from penchant.retriever import HIGHEST, LOWEST, says_order
from penchant.retriever.catalogue.inference import says
from penchant.retriever.catalogue.kinds import nouns
from penchant.retriever.catalogue.values.units import MONEY

from ..quantities import NumberField, NumberFields, Range, plain_forms, words_of_amounts
from ..text import CHATTER, STOPWORDS, Token, forms, stem, tokens

_WHOLE = r"""(?:catalogue|catalog|collection|shop|store|database|inventory|library|range|stock|selection|assortment|data
    |file|(?:whole|entire|full)\s+(?:list|lot|set))"""
_OF_ALL = re.compile(
    rf"""\b(?:of\s+(?:(?:them|these|those)\s+)?all\b(?!\s+(?:times?|ages|kinds|sorts)\b)|of\s+every(?:thing|one)\b|of\s+the\s+whole\s+(?:lot|bunch)\b
    |(?:in|on|from|of|among(?:st)?|within|across)\s+(?:your|the|this)\s+(?:whole\s+|entire\s+)?{_WHOLE}\b|(?:whole|entire)\s+list
    |(?:on|in)\s+here\b|you(?:['’]ve|\s+have)?\s+(?:got|have|sell|stock|carry|know|offer|list)\b|in\s+stock\b|overall\b
    |your\s+(?:catalogue|catalog|collection|shop|store|list)\b|there(?:\s+(?:is|are))?\W*$)""",
    re.I | re.X,
)
_OF_SHOWN = re.compile(
    r"""\b(?:of|among|from|in)\s+(?:these|those|them|the\s+(?:lot|bunch))(?!\s+all\b)\b|\b(?:these|those)\s+(?:ones|picks|results)\b
    |\bones?\s+here\b|\bwhich\s+(?:one\s+)?of\s+(?:these|those|them)\b(?!\s+all\b)""",
    re.I | re.X,
)
_EST = re.compile(r"(?:^\W*|\b(?:the|your|is|are|which|what)\s+)(?:very\s+|single\s+)?(?P<word>[a-z]{2,}est)\b", re.I)
_MOST = re.compile(r"(?<!\bat )(?<!\bat the )\b(?P<sign>most|fewest|least)\s+(?P<of>[a-z]{3,})", re.I)
_DONE = re.compile(
    r"""\b(?P<deed>[a-z]{3,})\s+(?:the\s+)?(?P<sign>most|best|least|worst|highest|lowest|longest|shortest)\b
    (?=\W*$|\s*[,.?!;]|\s+(?:of\s+(?:all|every)|in\s+(?:your|the)|on\s+here|out\s+of|among)\b)""",
    re.I | re.X,
)
_BEST = re.compile(r"\bthe\s+(?:very\s+|single\s+)?(?P<sign>best|top|worst|finest)\b", re.I)
_AMONG = re.compile(r"\b(?:among(?:st)?|out\s+of)\b", re.I)
_PURPOSE = re.compile(r"\b(?:for|to|with|when|if|as)\b", re.I)
_SELF = frozenset("i me my we us you".split())
_PEOPLE = frozenset(
    "people person user reader viewer listener player hiker guest customer reviewer student voter".split()
)
_DOWN = frozenset(("least", "fewest", "worst", "lowest", "shortest"))
_NEAR, _CLEARER = 0.35, 0.1
"""The least cosine of what is said and a field's name; and by how much it must be nearer than the field that an
adjective alone is said of."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a superlative says: the words that tell of what, and of these those of a thing alone; which way; where it
    stands; and whether it is of how many do something."""

    words: str
    thing: str
    way: str
    start: int
    end: int
    counts: bool = False


def is_of_all(text: str) -> bool:
    """Whether something is asked of all that the catalogue has, whatever is on screen."""
    return bool(_OF_ALL.search(text)) and not is_of_shown(text)


def is_of_shown(text: str) -> bool:
    """Whether it is asked of what is on screen alone."""
    return bool(_OF_SHOWN.search(text))


def sorts(stated: Range) -> bool:
    """Whether a range says in which order things come, and not which."""
    return says_order(stated.value)


def superlatives(text: str, fields: NumberFields, known: Sequence[Range]) -> list[Range]:
    """The orders of a text, by meaning: where none is `known`, or something is clearly nearer than what an adjective
    alone is said of."""
    orders = [r for r in known if sorts(r)]
    found = next((r for said in _said(text) if (r := _meant(said, fields, orders))), None)
    return [found] if found else [] if orders else _best(text, fields)


def _meant(said: _Said, fields: NumberFields, orders: Sequence[Range]) -> Range | None:
    every = list(fields.fields.values())
    counting = [f for f in every if f.dimension == "count" or says(f.name, "counting")]
    counted = said.way in ("most", "least", "fewest")
    among = counting if said.counts else [f for f in every if counted or f not in counting]
    near = fields.by_meaning(said.words, among)
    if not near or (near[0][0] < _NEAR and not said.counts) or not _is_told(said, *near[0], fields):
        return None
    held = next((r for r in orders if r.meets(said.start, said.end)), None)
    if orders and (held is None or counted or not (_is_clearer(near, held) and _may_be(near[0][1], held, fields))):
        return None
    if held and any(fields.may_say(adjective, near[0][1]) for adjective in plain_forms(said.way[:-3])):
        return None  # "quickest" is as well said of the time that is held
    down = said.way in _DOWN or (said.way.endswith("est") and _is_down(said.way, near[0][1], fields))
    down = down != (said.way in ("most", "least") and _is_low_quality(said, near[0][1], fields))
    field = _bound(near[0][1], down, fields)
    return Range(field.name, LOWEST if down else HIGHEST, said.start, said.end)


def _is_low_quality(said: _Said, field: NumberField, fields: NumberFields) -> bool:
    """Whether what is said to be the most is an adjective of little: the most economical costs the least."""
    return (
        not (said.counts or " " in said.words) and not nouns().senses(said.words) and fields.is_low(said.words, field)
    )


def _is_told(said: _Said, score: float, field: NumberField, fields: NumberFields) -> bool:
    """Whether the adjective tells of a field, and not the thing alone: of the thriftiest car a car has an engine, and
    of the strongest beer it is brewed some day."""
    if not said.thing or any(field.is_named(word) for word in forms(said.thing)):
        return True
    if field.is_dated:
        return any(adjective in _of_years() for adjective in plain_forms(said.way[:-3]))
    return fields.by_meaning(said.thing, [field])[0][0] < score


def _is_clearer(near: Sequence[tuple[float, NumberField]], held: Range) -> bool:
    known = next((score for score, field in near if field.name == held.facet), 0.0)
    return near[0][1].name != held.facet and near[0][0] - known >= _CLEARER


def _may_be(field: NumberField, held: Range, fields: NumberFields) -> bool:
    """Whether what is said of a price may be said of another field: a cheap room has no early year and few beds."""
    paid = fields.fields[held.facet].dimension == MONEY
    return not paid or (field.dimension in ("", MONEY) and not field.is_count)


def _is_down(superlative: str, field: NumberField, fields: NumberFields) -> bool:
    """Which way an adjective orders a field: by what it is said of, by years, else by meaning."""
    for adjective in plain_forms(superlative[:-3]):
        about, sign = fields.ends(adjective)
        if field in about:
            return sign == "<"
        if field.is_dated and adjective in _of_years():
            return adjective in words_of_amounts()["ends"]["year"]["less"]
    return fields.is_low(superlative, field)


def _of_years() -> frozenset[str]:
    """What is said of what is of a year; who is young began late."""
    ends = words_of_amounts()["ends"]
    return frozenset((*ends["year"]["less"], *ends["year"]["more"], *ends["age"]["less"]))


def _bound(field: NumberField, down: bool, fields: NumberFields) -> NumberField:
    """Of the two ends of a range the one that counts: the most that is paid, the least that is asked."""
    other = field.field.bound == ("high" if down else "low") and field.partner
    return fields.fields[field.partner] if other else field


def _best(text: str, fields: NumberFields) -> list[Range]:
    """ "The top one among action games", "the best you have": of nothing else, by the rating."""
    ratings, match = fields.of("rating"), _BEST.search(text)
    if not (ratings and match and (is_of_all(text) or _AMONG.search(text))) or _PURPOSE.search(text, match.end()):
        return []
    return [Range(ratings[0].name, LOWEST if match["sign"].casefold() == "worst" else HIGHEST, *match.span())]


def _said(text: str) -> Iterator[_Said]:
    words = tokens(text)
    for match in _DONE.finditer(text):
        led = [w for w in words if w.start < match.start("sign") and w.text.casefold() != "the"][-2:]
        for word in reversed(led if not any(w.text.casefold() in _SELF for w in led) else []):
            yield _Said(text[word.start : match.end()], "", match["sign"].casefold(), word.start, match.end())
    for match in _MOST.finditer(text):
        if stem(match["of"].casefold()) in _PEOPLE:  # "rated by the most people", "most people write about"
            begin = [w.start for w in words if w.end <= match.start()][-3:]
            then = [w.end for w in words if w.start >= match.end()][:2]
            clause = text[min(begin, default=match.start()) : max(then, default=match.end())]
            yield _Said(clause, "", match["sign"].casefold(), *match.span(), counts=True)
        else:
            yield _Said(match["of"], "", match["sign"].casefold(), *match.span())
    for match in _EST.finditer(text):
        est = match["word"].casefold()
        if not nouns().senses(est):
            behind = list(takewhile(_tells, (w for w in words if w.start >= match.end())))[:2]
            thing = text[behind[0].start : behind[-1].end] if behind else ""
            yield _Said(f"{est} {thing}".strip(), thing, est, *match.span("word"))


def _tells(word: Token) -> bool:
    return word.text.casefold() not in STOPWORDS | CHATTER
