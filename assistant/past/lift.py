"""What somebody likes more than chance would have it: values of facets by their lift against the catalogue.

Counts alone would say "drama" of everybody. Each work that was enjoyed is set against the works of its own kind, so
that who reads only books is not said to like what books have. Knows nothing of files or ratings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from penchant.retriever import Catalogue, Interest, Level

from .verdicts import Verdict

_FEWEST = 3
"""So many works must have a value before it says anything."""
_LEAST_LIFT = 1.3
_LEAST_SURPRISE = 1.5
"""In standard deviations of what chance would give."""
_MOST, _MOST_OF_ONE = 6, 3
"""Wants in all, and of one facet: each more takes weight from what is said."""
_MOST_LESS = 3
_WEAKEST, _STRONGEST, _STEP = 0.3, 0.8, 0.1
_LESS = 0.5

_Value = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lift:
    """A value, how many of the works have it, its lift over chance and how surprising that is."""

    facet: str
    value: str
    works: int
    lift: float
    surprise: float


def interests_from(verdicts: Sequence[Verdict], catalogue: Catalogue) -> tuple[Interest, ...]:
    """The long-term interests that the works enjoyed and disliked speak for, the strongest first; at most a few."""
    known = [verdict for verdict in verdicts if verdict.mark.item in catalogue.row]
    good = {verdict.mark.item: verdict.weight for verdict in known if verdict.weight > 0}
    bad = {verdict.mark.item: -verdict.weight for verdict in known if verdict.weight < 0}
    liked = {(one.facet, one.value): one for one in lifts(good, catalogue)}
    disliked = {(one.facet, one.value): one for one in lifts(bad, catalogue)}
    wants = [one for key, one in liked.items() if key not in disliked or disliked[key].lift < one.lift]
    lesses = [one for key, one in disliked.items() if key not in liked and not _as_liked(key, good, bad, catalogue)]
    found = [_interest(one, "want", len(good)) for one in _some(wants)]
    return tuple(found + [_interest(one, "less", len(bad)) for one in lesses[:_MOST_LESS]])


def lifts(works: Mapping[str, float], catalogue: Catalogue) -> list[Lift]:
    """Of works (ids and weights above 0) the values that are lifted, the most surprising first."""
    fields = catalogue.schema.of("facet", "name")
    seen: dict[_Value, float] = defaultdict(float)
    count: Counter[_Value] = Counter()
    expected: dict[_Value, float] = defaultdict(float)
    weights: dict[str, float] = defaultdict(float)
    for item, weight in works.items():
        weights[_kind(catalogue, item)] += weight
        for value in _values(catalogue, item, fields):
            seen[value] += weight
            count[value] += 1
    for kind, weight in weights.items():
        for value, share in _shares(catalogue, kind, fields).items():
            expected[value] += weight * share
    found = (
        Lift(
            *value,
            count[value],
            (total + 1) / (expected[value] + 1),
            (total - expected[value]) / (expected[value] + 0.5) ** 0.5,
        )
        for value, total in seen.items()
    )
    lifted = (one for one in found if one.works >= _FEWEST and one.lift >= _LEAST_LIFT)
    return sorted((one for one in lifted if one.surprise >= _LEAST_SURPRISE), key=lambda one: -one.surprise)


def _kind(catalogue: Catalogue, item: str) -> str:
    """What an item is, by the catalogue's categories."""
    return "\0".join(value for name in catalogue.schema.of("category") for value in catalogue.get(item).values(name))


def _shares(catalogue: Catalogue, kind: str, fields: Sequence[str]) -> Mapping[_Value, float]:
    """In which share of the items of a kind each value is."""
    items = [item.id for item in catalogue.items if _kind(catalogue, item.id) == kind]
    counts = Counter(value for item in items for value in _values(catalogue, item, fields))
    return {value: count / len(items) for value, count in counts.items()}


def _values(catalogue: Catalogue, item: str, fields: Sequence[str]) -> Iterator[_Value]:
    yield from dict.fromkeys((name, value) for name in fields for value in catalogue.get(item).values(name))


def _as_liked(key: _Value, good: Mapping[str, float], bad: Mapping[str, float], catalogue: Catalogue) -> bool:
    """Whether a value is as frequent among what was enjoyed as among what was not: then it is not at fault."""
    facet, value = key
    have = [
        sum(value in catalogue.get(item).values(facet) for item in works) / max(1, len(works)) for works in (good, bad)
    ]
    return have[0] >= have[1] / 2


def _some(lifted: Sequence[Lift]) -> list[Lift]:
    """The most surprising, but not too many of one facet."""
    taken: Counter[str] = Counter()
    found: list[Lift] = []
    for one in lifted:
        if taken[one.facet] < _MOST_OF_ONE and len(found) < _MOST:
            taken[one.facet] += 1
            found.append(one)
    return found


def _interest(one: Lift, level: Level, works: int) -> Interest:
    strength = min(_STRONGEST, _WEAKEST + _STEP * one.surprise) if level == "want" else _LESS
    what = "liked" if level == "want" else "did not like"
    quote = f"{one.works} of {works} that you {what}, {one.lift:.1f} times what chance would give"
    return Interest(one.facet, one.value, round(strength, 2), level, source="profile", quote=quote)
