"""Gates: what may be shown at all. A *never* keeps items out; a wanted number range or category lets only its own in.

What the catalogue knows (values, names, numbers, categories) is decided exactly, on columns. A *never* on anything else
is decided on the words of an item and on what stands out by similarity, and is reported as approximate. Knows nothing
of scores.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ..catalogue import Catalogue, Mask, Rows, normalise
from ..encoding import Vectors
from ..index import Index
from ..vectors import Layout
from .composition import is_filter
from .interest import MENTION, OPEN, SUGGESTED, Interest, InterestKey, is_order, limit_of, parse_range, time_of_wish

_STANDS_OUT = 3.0
_MARGIN = 0.1
_FLOOR = 0.25
_THE_SAME = 0.75

_WITHOUT = (
    r"\b(?:no|non|not|zero|without|never|free (?:of|from)|instead of|n['’]t (?:need|have))[- ]"
    r"(?:(?:any|an?|the|added)[- ])?"
)

Value = tuple[str, str]
"""A field, and a value of it."""

_SAMPLE = 1000
"""How many items tell what is usual in the catalogue."""
_CHUNK = 4096
"""Rows whose vectors are looked at together."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What one gate keeps out: how many items it alone excludes from the whole catalogue; if it is approximate, from
    those that were looked at. `takes_in`: values that it bars as they are of its kind."""

    label: str
    count: int
    approximate: bool = False
    takes_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filters:
    """The rows that may be shown, what each exact gate excluded, and the nevers left to be judged by similarity, with
    the values that are of their kind."""

    allowed: Mask
    excluded: tuple[Exclusion, ...]
    approximate: tuple[Interest, ...] = field(default=())
    takes_in: Mapping[InterestKey, Sequence[Value]] = field(default_factory=dict)


def exact_filters(interests: Iterable[Interest], catalogue: Catalogue, hidden: Collection[str] = ()) -> Filters:
    """Decides on columns. `hidden` are ids not to be shown (seen, disliked, already named); they are not counted."""
    interests = list(interests)
    allowed = np.ones(len(catalogue), dtype=bool)
    allowed[[catalogue.row[name] for name in hidden if name in catalogue.row]] = False
    gates = [i for i in interests if not (i.parked or is_order(i) or limit_of(i)) and is_filter(i, catalogue.schema)]
    wanted: dict[str, list[Interest]] = {}
    excluded: list[Exclusion] = []
    approximate: list[Interest] = []
    takes_in = {gate.key: _of_its_kind(gate, interests, catalogue) for gate in gates if gate.level != "want"}
    for gate in gates:
        if gate.level == "want":
            wanted.setdefault(gate.facet, []).append(gate)
        elif (mask := matching(gate, catalogue)).any() or _known_facet(gate, catalogue):
            mask = (mask | holding(takes_in[gate.key], catalogue)) & ~spared(gate, catalogue)
            excluded.append(Exclusion(gate.label, int(mask.sum()), takes_in=_values(takes_in[gate.key])))
            allowed &= ~mask
        else:
            approximate.append(gate)
    for field_gates in wanted.values():
        mask = _alternatives(field_gates, catalogue)
        excluded.append(Exclusion("not " + " or ".join(g.label for g in field_gates), int((~mask).sum())))
        allowed &= mask
    return Filters(allowed, tuple(excluded), tuple(approximate), takes_in)


def _of_its_kind(gate: Interest, interests: Iterable[Interest], catalogue: Catalogue) -> list[Value]:
    """The other values that are of the kind that is refused, less those that are wanted by name since or with it."""
    fields = catalogue.kinds.fields if gate.facet == OPEN else catalogue.schema.looked_up(gate.facet)
    found = catalogue.kinds.of(gate.value, fields) if limit_of(gate) is None else []
    wanted = {(i.facet, i.value) for i in interests if i.level == "want" and i.turn >= gate.turn and not i.parked}
    return [value for value in found if value not in wanted and value[1] != gate.value]


def _values(found: Sequence[Value]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for _, value in found))


def spared(gate: Interest, catalogue: Catalogue) -> Mask:
    """Which rows a never leaves alone, by their items, shape (len(catalogue),)."""
    mask = _none(catalogue)
    if gate.facet not in (MENTION, SUGGESTED):
        mask[[catalogue.row[item] for item in gate.items if item in catalogue.row]] = True
    return mask


def holding(values: Iterable[Value], catalogue: Catalogue) -> Mask:
    """Which rows hold any of some values of fields, shape (len(catalogue),)."""
    mask = _none(catalogue)
    for name, value in values:
        mask |= catalogue.holding(name, value)
    return mask


def _alternatives(gates: Sequence[Interest], catalogue: Catalogue) -> Mask:
    """Which rows gates on one field let in: any of them will do, but "after 1990" and "before 2000" must both hold, and
    of dates each part: "in 2027" and "on a Sunday"."""
    parts: dict[str, list[Interest]] = {}
    for gate in gates:
        parts.setdefault(time_of_wish(gate, catalogue.schema), []).append(gate)
    if len(parts) > 1:
        return np.asarray(np.logical_and.reduce([_alternatives(some, catalogue) for some in parts.values()]))
    masks = [matching(gate, catalogue) for gate in gates]
    if catalogue.schema.kind(gates[0].facet) == "number":
        masks = [mask | _unbounded(gates[0].facet, catalogue) for mask in masks]
        bounds = np.array([parse_range(gate.value) for gate in gates])
        if np.isinf(bounds).any(axis=1).all() and bounds[:, 0].max() <= bounds[:, 1].min():
            return np.asarray(np.logical_and.reduce(masks))
    return np.asarray(np.logical_or.reduce(masks))


def _unbounded(name: str, catalogue: Catalogue) -> Mask:
    """Which rows a bound of their own ("from 12 years", "up to 4 players") does not restrict, as they state none."""
    field = catalogue.schema.field(name)
    return np.isnan(catalogue.numbers[name]) if field and field.bound else _none(catalogue)


def _known_facet(gate: Interest, catalogue: Catalogue) -> bool:
    """Whether no match means that nothing matches (numbers, categories), and not that the value is unknown."""
    return catalogue.schema.kind(gate.facet) in ("number", "category") or gate.facet in (MENTION, SUGGESTED)


def matching(gate: Interest, catalogue: Catalogue) -> Mask:
    """Which rows an interest is about, shape (len(catalogue),); an open phrase, those with a value that it equals."""
    if is_order(gate):
        return np.ones(len(catalogue), dtype=bool)
    if gate.facet in (MENTION, SUGGESTED):
        mask = _none(catalogue)
        mask[[catalogue.row[item] for item in (gate.item, *gate.items) if item in catalogue.row]] = True
        return mask
    if catalogue.schema.kind(gate.facet) == "number":
        return catalogue.within(gate.facet, *parse_range(gate.value))
    fields = catalogue.postings if gate.facet == OPEN else (gate.facet,)
    return (
        np.logical_or.reduce([catalogue.holding(name, gate.value) for name in fields]) if fields else _none(catalogue)
    )


def _none(catalogue: Catalogue) -> Mask:
    return np.zeros(len(catalogue), dtype=bool)


class PhraseFilter:
    """A *never* on a phrase that no field holds, as it is taken to mean: approximately.

    It keeps out the items whose text has the words, those that hold a value of its kind, or, where there is no such
    value, those whose block for the facet (for an open phrase, any text or facet block) stands out by its closeness to
    the phrase from a sample of the catalogue. An item that names the phrase only to say that it is free of it
    ("lactose-free", "without nuts") stays.
    """

    def __init__(self, index: Index, gate: Interest, takes_in: Sequence[Value] = ()) -> None:
        """takes_in: the values of its kind."""
        self.gate = gate
        self._of_its_kind = holding(takes_in, index.catalogue) if takes_in else None
        self._takes_in = _values(takes_in)
        self._index = index
        layout = index.layout
        self._blocks = (gate.facet,) if gate.facet in layout.slices else layout.of("text") + layout.of("facet")
        phrase = rf"(?<!\w){re.escape(normalise(gate.value).rstrip('s'))}(?:e?[sd])?(?!\w)"
        self._words = re.compile(rf"(?P<no>{_WITHOUT})?{phrase}(?P<free>[- ]free\b)?")
        self._phrase = index.encoder.encode([gate.value])[0]
        self._sample = index.vectors(np.arange(0, len(index.catalogue), max(1, len(index.catalogue) // _SAMPLE)))

    def keeps_out(self, rows: Rows) -> Mask:
        """Which of these rows it keeps out, shape (len(rows),)."""
        parts = [self._out(rows[start : start + _CHUNK]) for start in range(0, len(rows), _CHUNK)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=bool)

    def excluded(self, count: int) -> Exclusion:
        return Exclusion(self.gate.label, count, approximate=True, takes_in=self._takes_in)

    def _out(self, rows: Rows) -> Mask:
        if self._of_its_kind is not None:
            return self._of_its_kind[rows] | self._named(rows, np.zeros(len(rows), dtype=bool))
        index = self._index
        near = stands_out(index.vectors(rows), self._sample, self._phrase, index.layout, self._blocks)
        return self._named(rows, near)

    def _named(self, rows: Rows, near: Mask) -> Mask:
        """Which rows have the words, (len(rows),); `near`: of those that do not name them."""
        catalogue = self._index.catalogue
        said = (self._said(catalogue.words(row)) for row in rows)
        judged = (other if named is None else named for other, named in zip(near, said, strict=True))
        return np.fromiter(judged, dtype=bool, count=len(rows))

    def _said(self, text: str) -> bool | None:
        """Whether a text has the words in earnest; None without them."""
        found = [not (match["no"] or match["free"]) for match in self._words.finditer(text)]
        return any(found) if found else None


def stands_out(
    vectors: Vectors, sample: Vectors, phrase: Vectors, layout: Layout, blocks: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Which items (n, d) are about a phrase, as encoded, by one of the blocks, shape (n,); `sample` (m, d) is of the
    whole catalogue.

    A similarity says little by itself: a single word is near to every genre, and a rare one near to nothing. So an item
    must lie three standard deviations above the mean of the catalogue (or be all but the same), which few do: a wrong
    exclusion hides an item for good, while a missed one is seen and can be named. Measured on facet values that were
    hidden, against a fixed threshold, in docs/log.md.
    """
    found = np.zeros(len(vectors), dtype=bool)
    for name in blocks:
        direction = layout.project(name, phrase)
        usual = sample[:, layout.slices[name]].astype(np.float64) @ direction
        close = vectors[:, layout.slices[name]].astype(np.float64) @ direction
        bar = max(_FLOOR, float(usual.mean() + max(_MARGIN, _STANDS_OUT * usual.std())))
        found |= close >= min(bar, _THE_SAME)
    return found
