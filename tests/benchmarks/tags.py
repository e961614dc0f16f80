"""Compares the tags found in a message with those that people wrote down for it: when two are the same, and how often.

Knows nothing of how tags are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

import numpy as np

from penchant.assistant.understanding.text.stopwords import STOPWORDS
from penchant.assistant.understanding.text.tokens import tokens
from penchant.retriever import parse_range

Polarity = Literal["liked", "disliked", "unknown"]
Identities = Callable[[str], Collection[object]]
"""The entries of a vocabulary that a text names: two texts that name the same entry mean the same."""

_YEAR = re.compile(r"\s*\(\d{4}\)\s*$")
_DECADE = re.compile(r"['’]?(?:19|20)?(\d)0['’]?s")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_DIGITS = {word: str(n) for n, word in enumerate(_NUMBERS)}
ARTICLES = frozenset({"a", "an", "the"})
_CLOSE = 0.5
_SEED = 20261125


@dataclass(frozen=True, slots=True)
class Tag:
    """Something wanted or not. `item`: the id of a work, where it is known; `other`: further names of the value."""

    value: str
    polarity: Polarity = "liked"
    facet: str = ""
    item: str = ""
    other: tuple[str, ...] = ()


def digits(text: str) -> str:
    """A text with its small numbers in digits."""
    return " ".join(_DIGITS.get(word, word) for word in text.split())


def core(text: str) -> tuple[str, ...]:
    """What is compared of a value: its stems, without the year of a title, and without function words if any other are
    left: "movies" says no more than that it is one, but a work may be called "It"."""
    words = tokens(_YEAR.sub("", unquote(text)))
    told = [w for w in words if w.text.casefold() not in STOPWORDS] or [w for w in words if w.form not in ARTICLES]
    return tuple(_DIGITS.get(word.form, word.form) for word in told)


def same(found: Tag, gold: Tag, identities: Identities, lenient: bool = False) -> bool:
    """Whether a found tag means a gold one, polarity apart.

    Strictly: the same work, the same number or range, equal cores, or both name an entry of the vocabulary ("sci-fi"
    and "science fiction"). Leniently also: one core holds the other, or the F1 of their words is at least one half.
    """
    if found.item and found.item == gold.item:
        return True
    if (numeric := _same_number(found, gold)) is not None:
        return numeric
    pairs = [(mine, theirs) for mine in (found.value, *found.other) for theirs in (gold.value, *gold.other)]
    if any(core(mine) == core(theirs) or set(identities(mine)) & set(identities(theirs)) for mine, theirs in pairs):
        return True
    return lenient and any(_alike(set(core(mine)), set(core(theirs))) for mine, theirs in pairs)


def _alike(mine: set[str], theirs: set[str]) -> bool:
    common = len(mine & theirs)
    return common > 0 and (common == min(len(mine), len(theirs)) or 2 * common / (len(mine) + len(theirs)) >= _CLOSE)


def _same_number(found: Tag, gold: Tag) -> bool | None:
    """Whether a range means a number ("60's", "2", "4.3") or a range; None if `found` is no range."""
    try:
        bounds = parse_range(found.value)
    except ValueError:
        return None
    if decade := _DECADE.fullmatch(gold.value.strip()):
        return bounds[1] - bounds[0] == 9 and int(bounds[0]) // 10 % 10 == int(decade[1])
    try:
        wanted = parse_range(_DIGITS.get(gold.value.casefold(), gold.value))
    except ValueError:
        return None
    equal = bounds == wanted or (wanted[0] == wanted[1] and wanted[0] in bounds)
    return equal and (not gold.facet or not found.facet or found.facet == gold.facet)


@dataclass(frozen=True, slots=True)
class Count:
    """Of one message: how many tags were found, how many are gold, and how many of the found are right."""

    right: int = 0
    found: int = 0
    gold: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one message for each figure. What people left open ("unknown") counts without polarity only."""

    tags: Count
    values: Count
    disliked: Count


def count(found: Sequence[Tag], gold: Sequence[Tag], apart: Sequence[Tag], same: Callable[[Tag, Tag], bool]) -> Counts:
    """Pairs found with gold tags, one to one, equal polarity first. Tags that mean one in `apart` do not count."""
    pairs = _pairs(found, gold, same)
    free = [n for n in range(len(found)) if n not in pairs]
    ignored = {n for n in free if any(same(found[n], tag) for tag in apart)}
    ignored |= {
        n for n in free if n not in ignored and any(same(found[n], gold[g]) for g in pairs.values())
    }  # said twice
    counted = [n for n in range(len(found)) if n not in ignored]
    open_ = {n for n, g in pairs.items() if gold[g].polarity == "unknown"}
    decided = [g for g in gold if g.polarity != "unknown"]
    right = [n for n, g in pairs.items() if found[n].polarity == gold[g].polarity]
    return Counts(
        Count(len(right), len(counted) - len(open_), len(decided)),
        Count(len(pairs), len(counted), len(gold)),
        Count(
            sum(found[n].polarity == "disliked" for n in right),
            sum(found[n].polarity == "disliked" for n in counted if n not in open_),
            sum(g.polarity == "disliked" for g in gold),
        ),
    )


def _pairs(found: Sequence[Tag], gold: Sequence[Tag], same: Callable[[Tag, Tag], bool]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    for agree in (True, False):
        for g, tag in enumerate(gold):
            if g in pairs.values():
                continue
            alike = (n for n, f in enumerate(found) if n not in pairs and (f.polarity == tag.polarity) == agree)
            n = next((n for n in alike if same(found[n], tag)), None)
            if n is not None:
                pairs[n] = g
    return pairs


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 over messages, and the 95 % interval of F1 (bootstrap over dialogues)."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float


def score(counts: Iterable[tuple[str, Count]]) -> Score:
    """The figures of the counts of messages, each with its dialogue."""
    dialogs: dict[str, np.ndarray] = {}
    for dialog, c in counts:
        dialogs[dialog] = dialogs.get(dialog, np.zeros(3)) + np.array([c.right, c.found, c.gold])
    if not dialogs:
        return Score(*(float("nan") for _ in range(5)))
    right, found, gold = np.stack(list(dialogs.values()), axis=1)
    low, high = _interval(right, found, gold)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = np.float64(right.sum()) / found.sum(), np.float64(right.sum()) / gold.sum()
    return Score(float(precision), float(recall), float(_f1(right, found, gold)), low, high)


def _f1(right: np.ndarray, found: np.ndarray, gold: np.ndarray, axis: int = -1) -> np.ndarray:
    total = found.sum(axis=axis) + gold.sum(axis=axis)
    return np.where(total > 0, 2 * right.sum(axis=axis) / np.maximum(total, 1), np.nan)


def _interval(right: np.ndarray, found: np.ndarray, gold: np.ndarray) -> tuple[float, float]:
    from scipy.stats import bootstrap  # type: ignore[import-untyped]

    if len(right) < 2 or not right.sum():
        return float("nan"), float("nan")
    drawn = bootstrap(
        (right, found, gold), _f1, paired=True, n_resamples=1000, method="percentile", rng=np.random.default_rng(_SEED)
    )
    return float(drawn.confidence_interval.low), float(drawn.confidence_interval.high)
