"""From the model's scores of word pieces to spans with a side each, and to the side of any stretch of the text.

Knows labels and numbers. Knows nothing of the model that they come from, nor of catalogues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from .labels import ACTS, KINDS, SIDES, STRESSES, TAGS, Act, Kind, LabelledSpan, Side, Stress

Scores = npt.NDArray[np.float32]

_ACT_LEAST = 0.4
"""Of .3 to .6, the best on the blind messages that have been looked at."""

_BORNE_OUT = 0.1
_NEVER_SO = -30.0
_SURELY_SEEN, _SURELY_WISHED = 0.9, 0.8
_SHOWN_BY: Mapping[Side, Act] = {"want": "liked", "less": "rejected", "never": "rejected"}
"""What is said of an item by its side, where the act is at least possible."""

_ONE_OF: tuple[tuple[Act, Act], ...] = (("recommend", "refine"), ("recommend", "more"))
"""A wish is the first, or goes on from what was said before it."""

_ITEMS: tuple[Kind, ...] = ("title", "reference")
_REFUSALS: tuple[Side, ...] = ("less", "never")


@dataclass(frozen=True)
class Reading:
    """One message as the model reads it.

    `pieces` are (start, end, word) of each word piece, by characters, a word's first piece first. `tags`, `sides` and
    `stresses` are log-probabilities, (pieces, labels); `sides` has one more label, for words that nothing is said of.
    `goes_on`: something was said or shown before.
    """

    pieces: Sequence[tuple[int, int, int]]
    tags: Scores
    sides: Scores
    stresses: Scores
    act_scores: Mapping[Act, float]
    goes_on: bool = False

    @property
    def acts(self) -> frozenset[Act]:
        """What the message does: each act that is about as likely as not, or else the likeliest; also what the sides of
        its items bear out, and what is wished for where something is taken back."""
        likely: set[Act] = {act for act, score in self.act_scores.items() if score >= _ACT_LEAST}
        likeliest: Act = max(self.act_scores, key=self.act_scores.__getitem__)
        likely = (likely or {likeliest}) | set(self._borne_out())
        if "undo" in likely and self.goes_on and self._wishes:
            likely.add("refine")
        other = {pair[0 if self.goes_on else 1] for pair in _ONE_OF if likely.issuperset(pair)}
        return frozenset(likely - other)

    @property
    def _wishes(self) -> bool:
        """Whether something is surely wanted, or not, beside items."""
        told = (s for s in self.spans if s.kind not in (*_ITEMS, "name") and s.confidence >= _SURELY_WISHED)
        return any(s.side in _SHOWN_BY for s in told)

    def _borne_out(self) -> Iterator[Act]:
        for span in (s for s in self.spans if s.kind in _ITEMS):
            act = _SHOWN_BY.get(span.side)
            if act and self.act_scores[act] >= _BORNE_OUT:
                yield act
            if span.side == "seen" and span.confidence >= _SURELY_SEEN:
                yield "seen"

    @cached_property
    def spans(self) -> tuple[LabelledSpan, ...]:
        """The stretches that the model finds by itself, in order."""
        return tuple(self._labelled(first, last, kind) for first, last, kind in _runs(self._words, self.tags))

    def judge(self, start: int, end: int) -> tuple[Side | None, float]:
        """The side of a stretch that others found, and its probability; None if nothing seems to be said of it."""
        inside = [n for n, (begin, stop, _) in enumerate(self.pieces) if begin < end and start < stop]
        if not inside:
            return None, 0.0
        said = self.sides[inside].mean(axis=0)
        if said.argmax() == len(SIDES):
            return None, float(np.exp(said.max()))
        return _likeliest(said)

    def with_side(self, side: Side, stretches: Iterable[tuple[int, int]]) -> Reading:
        """The reading in which some stretches have a side for certain."""
        stretches, sides = list(stretches), self.sides.copy()
        for n, (begin, stop, _) in enumerate(self.pieces):
            if any(begin < end and start < stop for start, end in stretches):
                sides[n] = _NEVER_SO
                sides[n, SIDES.index(side)] = 0.0
        return replace(self, sides=sides)

    def stress(self, position: int) -> Stress:
        """How much the person stresses what stands at a position."""
        for span in self.spans:
            if span.start <= position < span.end:
                return span.stress
        return "plain"

    @property
    def length(self) -> int:
        """In words, marks of punctuation among them."""
        return len(self._words) if self.pieces else 0

    @property
    def _words(self) -> list[tuple[int, int]]:
        """The pieces [first, last) of each word."""
        firsts = [n for n, piece in enumerate(self.pieces) if n == 0 or piece[2] != self.pieces[n - 1][2]]
        return list(pairwise([*firsts, len(self.pieces)]))

    def _labelled(self, first: int, last: int, kind: Kind) -> LabelledSpan:
        side, confidence = _likeliest(self.sides[first:last].mean(axis=0))
        stress = STRESSES[int(self.stresses[first:last].mean(axis=0).argmax())]
        return LabelledSpan(self.pieces[first][0], self.pieces[last - 1][1], kind, side, stress, confidence)


def _runs(words: Sequence[tuple[int, int]], tags: Scores) -> Iterator[tuple[int, int, Kind]]:
    """Runs of words by the tags of their first pieces: an I that follows no span of its kind begins one. Names that
    nothing stands between are one."""
    open_: tuple[int, int, Kind] | None = None
    for first, last in words:
        tag = TAGS[int(tags[first].argmax())]
        kinds: Iterator[Kind] = (k for k in KINDS if tag.endswith(f"-{k}"))
        kind = next(kinds, None)
        if open_ and kind == open_[2] and (tag.startswith("I") or kind == "name"):
            open_ = (open_[0], last, open_[2])
            continue
        if open_:
            yield open_
        open_ = (first, last, kind) if kind else None
    if open_:
        yield open_


def _likeliest(said: Scores) -> tuple[Side, float]:
    """Of log-probabilities of sides, that of none left out. How sure a refusal is, the stronger and the softer say
    together."""
    known = said[: len(SIDES)]
    chances = np.exp(known - known.max())
    best = SIDES[int(known.argmax())]
    alike = _REFUSALS if best in _REFUSALS else (best,)
    return best, float(sum(chances[SIDES.index(side)] for side in alike) / chances.sum())


def log_softmax(logits: Any) -> Scores:
    """Over the last axis."""
    shifted = np.asarray(logits, dtype=np.float32)
    shifted = shifted - shifted.max(axis=-1, keepdims=True)
    scores: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return scores


def act_chances(logits: Any) -> dict[Act, float]:
    """Probabilities, each for itself."""
    chances = 1 / (1 + np.exp(-np.asarray(logits, dtype=np.float64)))
    return {act: float(chance) for act, chance in zip(ACTS, chances, strict=True)}
