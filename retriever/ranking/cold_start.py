"""For somebody of whom nothing is known: a first page of well-known items that differ from each other, and the question
whose answer tells most about what a person is after.

Works on the catalogue's fields. Knows nothing of conversations; see cold-start interviews by decision trees (Golbandi,
Koren and Lempel, "Adaptive bootstrapping of recommender systems using decision trees", WSDM 2011).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ..arrays import Floats
from ..catalogue import Catalogue, Mask, Rows, Schema
from ..catalogue.inference import says
from ..index import Index
from .candidates import SearchConfig
from .diversify import apart
from .interest import Interest
from .search import Results, search

_BALANCE = 0.5
_POOL = 20
"""How many candidates there are for each place."""
_SPARE = 2
"""So many times more are chosen than there are places, where some are set aside as of one kin."""
_OPTIONS = 4
_COMMON = 12
"""Options are chosen among so many of the commonest values of a field."""
_RARE = 0.02
"""A value that a smaller part of the items has is no option."""


@dataclass(frozen=True, slots=True)
class Question:
    """A field and some of its values (ranges, for a number) to choose from. `bits`: what an answer tells on average."""

    facet: str
    options: tuple[str, ...]
    bits: float


def choose_questions(
    catalogue: Catalogue, rows: Rows, weights: Floats, count: int, skip: Collection[str] = ()
) -> tuple[Question, ...]:
    """The `count` questions that together tell most about which of the items at `rows` is sought.

    weights: (len(rows),), how likely each item is to be it, in any scale. Each question is chosen for its information
    given the answers to those before it.
    """
    p = np.maximum(weights, 0) + 1e-9
    candidates = [c for c in _candidates(catalogue, rows, p / p.sum()) if c[0] not in skip]
    parts = [np.arange(len(rows))]
    found: list[Question] = []
    while candidates and len(found) < count:
        bits = [
            sum(p[part].sum() / p.sum() * information(held[part], p[part]) for part in parts) for *_, held in candidates
        ]
        best = int(np.argmax(bits))
        if bits[best] < 0.1:
            break
        facet, options, held = candidates.pop(best)
        found.append(Question(facet, options, float(bits[best])))
        parts = [part[chosen] for part in parts for chosen in _split(held[part]) if chosen.any()]
    return tuple(found)


def information(held: npt.NDArray[np.bool_], p: Floats) -> float:
    """Bits that the answer tells: H(answer) - H(answer | item).

    held: (n, options), which options each of n items has. Who has an item with several of them in mind names any one;
    who has one with none of them says so.
    """
    p = p / p.sum()
    counts = held.sum(axis=1)
    answers = np.append((p / np.maximum(counts, 1)) @ held, p[counts == 0].sum())
    answers = answers[answers > 0]
    return float(-(answers * np.log2(answers)).sum() - p @ np.log2(np.maximum(counts, 1)))


_Candidate = tuple[str, tuple[str, ...], npt.NDArray[np.bool_]]


def _candidates(catalogue: Catalogue, rows: Rows, p: Floats) -> list[_Candidate]:
    found = [_of_values(catalogue, name, rows, p) for name in catalogue.schema.of("category", "facet")]
    asked = [name for name in catalogue.schema.of("number") if _divides(catalogue.schema, name)]
    found += [_of_ranges(catalogue.numbers[name][rows], name) for name in asked]
    return [one for one in found if one and len(one[1]) > 1]


def _divides(schema: Schema, name: str) -> bool:
    """Whether one person is after these numbers and another after those: all want what is rated or ranked better."""
    field = schema.field(name)
    judged = field is not None and (field.better == "more" or says(name, "rank"))
    return name != schema.prior and not judged


def _of_values(catalogue: Catalogue, name: str, rows: Rows, p: Floats) -> _Candidate | None:
    """The values that are best to ask for together, taken one by one."""
    common = sorted(catalogue.value_counts[name].items(), key=lambda pair: -pair[1])
    masks = {value: catalogue.held(name, value, rows) for value, _ in common[: 5 * _COMMON]}
    shares = sorted(((float(p[mask].sum()), value) for value, mask in masks.items()), reverse=True)[:_COMMON]
    values = [value for share, value in shares if share >= _RARE]
    if not values:
        return None
    held = np.stack([masks[value] for value in values], axis=1)
    patterns, weights = _patterns(held, p)
    chosen: list[int] = []
    while len(chosen) < min(_OPTIONS, len(values)):
        left = [n for n in range(len(values)) if n not in chosen]
        chosen.append(max(left, key=lambda n: information(patterns[:, [*chosen, n]], weights)))
    return name, tuple(values[n] for n in chosen), held[:, chosen]


def _patterns(held: npt.NDArray[np.bool_], p: Floats) -> tuple[npt.NDArray[np.bool_], Floats]:
    """The rows of `held` (n, few) that differ, and the sum of p (n,) over those that are alike: a few hundred of many
    thousand items."""
    bits = np.arange(held.shape[1])
    weights: Floats = np.bincount(held @ (1 << bits), weights=p).astype(np.float64)
    known = np.flatnonzero(weights)
    return ((known[:, None] >> bits) & 1).astype(bool), weights[known]


def _of_ranges(column: Floats, name: str) -> _Candidate | None:
    """Thirds of what is known."""
    known = column[~np.isnan(column)]
    if len(known) < len(column) / 2 or len(np.unique(known)) < 6:
        return None
    low, high = (round(float(q)) for q in np.quantile(known, [1 / 3, 2 / 3]))
    if low >= high:
        return None
    held = np.stack([column < low, (column >= low) & (column <= high), column > high], axis=1)
    return name, (f"< {low}", f"{low}..{high}", f"> {high}"), held


def _split(held: npt.NDArray[np.bool_]) -> list[npt.NDArray[np.bool_]]:
    columns = np.column_stack([held, ~held.any(axis=1)])
    return [np.asarray(columns[:, n], dtype=bool) for n in range(columns.shape[1])]


def first_page(
    index: Index,
    interests: Sequence[Interest],
    k: int,
    hidden: Collection[str] = (),
    search_config: SearchConfig | None = None,
    within: Mask | None = None,
) -> Results:
    """k items that the gates let in, best by prior, but each unlike those before it; `within` as in `search`.

    Maximal marginal relevance (Carbonell and Goldstein, "The use of MMR, diversity-based reranking for reordering
    documents and producing summaries", SIGIR 1998), on scores scaled to [0, 1] and the cosines of text blocks.
    """
    config = search_config or SearchConfig()
    unchanged = replace(config, exposure=0, calibration=0, most_alike=0)  # the order made here is another
    found = search(index, interests, k * _POOL, hidden, 0, unchanged, within)
    if not found.picks:
        return found
    rows = [index.catalogue.row[pick.item.id] for pick in found.picks]
    texts = index.vectors(rows)[:, index.layout.slices["text"]].astype(np.float64)
    cosines = (texts / np.maximum(np.linalg.norm(texts, axis=1, keepdims=True), 1e-9)) @ texts.T
    scores = np.array([pick.score for pick in found.picks])
    scores = (scores - scores.min()) / max(float(np.ptp(scores)), 1e-9)
    chosen: list[int] = []
    nearest = np.zeros(len(rows))
    for _ in range(min(_SPARE * k, len(rows))):
        value = (1 - _BALANCE) * scores - _BALANCE * nearest
        value[chosen] = -np.inf
        chosen.append(int(np.argmax(value)))
        nearest = np.maximum(nearest, cosines[chosen[-1]])
    kin = apart(interests, index.kinship, np.array(rows), chosen, _fits, min(k, config.places), k, config.most_alike)
    return Results(tuple(found.picks[n] for n in kin.order[:k]), found.weights, found.excluded)


def _fits(_: int, __: int) -> bool:
    """Of what is as good as anything, any may take the place of another."""
    return True
