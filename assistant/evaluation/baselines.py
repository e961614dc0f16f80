"""Other ways to recommend from the same conversations, to measure the assistant against.

Each scores the whole catalogue for a case; what must not be shown is the same for all. Where a peer wants known values
or mentioned items, it gets those that the assistant understood. Which turns a peer reads is in its name: those of both
sides, or only the person's. Knows nothing of weights or of how ours are ranked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from penchant.retriever import MENTION, OPEN, SUGGESTED, Interest, PenchantError, item_text, matching

from .replay import DEPTH, Case, Player

if TYPE_CHECKING:
    import bm25s

Scores = npt.NDArray[np.float64]
"""One score for each row of the catalogue; -inf where a filter keeps the item out."""

_LONGEST = 200
"""Words of a dialogue that are embedded, the last ones: the encoder would cut off the end, which counts most."""


class Baseline:
    """One way to rank, with the same two questions as a Player."""

    def __init__(self, scores: Callable[[Case], Scores], player: Player) -> None:
        self._scores = scores
        self._player = player
        self._catalogue = player.index.catalogue

    def rank(self, case: Case) -> list[tuple[str, float]]:
        """The first DEPTH items, with pseudo-scores that count down to 1."""
        scores = self._scores(case)
        hidden = self._player.hidden(case)
        scores[[self._catalogue.row[item] for item in hidden if item in self._catalogue.row]] = -np.inf
        best = [row for row in np.argsort(-scores, kind="stable")[:DEPTH] if scores[row] > -np.inf]
        return [(self._catalogue.items[row].id, float(len(best) - n)) for n, row in enumerate(best)]

    def choose(self, case: Case) -> str:
        """The first of the case's candidates."""
        scores = self._scores(case)
        return max(case.candidates, key=lambda item: scores[self._catalogue.row[item]])


_BOTH = "-both"

_OWN = ("bm25-last", "mean-turns", "last-turn", "self-query", "qdrant-average", "qdrant-best")
"""Peers that read the person's turns; with "-both" in the name also what the other side says between them."""

NAMES = ("bm25", "bm25-person", "dialogue", "dialogue-person", *(name + end for name in _OWN for end in ("", _BOTH)))


def chosen(names: Sequence[str]) -> tuple[str, ...]:
    """Each of these names once, in order, or all for "all". Raises PenchantError for a name that is no peer's."""
    for name in names:
        if name not in (*NAMES, "all"):
            raise PenchantError(f"no peer is called {name!r}; choose from: all, {', '.join(NAMES)}")
    return NAMES if "all" in names else tuple(dict.fromkeys(names))


class Baselines:
    """The peers by name, over the catalogue and the encoder of a player."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._index = player.index

    def __getitem__(self, name: str) -> Baseline:
        plain = name.removesuffix(_BOTH)
        said, last = (_all_said, _exchange) if plain != name else (_said, _last)
        scores: dict[str, Callable[[Case], Scores]] = {
            "bm25": lambda case: self._bm25(_end(_all_said(case))),
            "bm25-person": lambda case: self._bm25(_end(_said(case))),
            "bm25-last": lambda case: self._bm25(last(case)),
            "dialogue": lambda case: self._close(self._encoded([_end(_all_said(case))])[0]),
            "dialogue-person": lambda case: self._close(self._encoded([_end(_said(case))])[0]),
            "mean-turns": lambda case: self._close(self._encoded(said(case)).mean(axis=0)),
            "last-turn": lambda case: self._close(self._encoded([last(case)])[0]),
            "self-query": lambda case: self._self_query(case, last(case)),
            "qdrant-average": lambda case: self._average_vector(case, last(case)),
            "qdrant-best": lambda case: self._best_score(case, last(case)),
        }
        return Baseline(scores[plain], self._player)

    def _bm25(self, text: str) -> Scores:
        """BM25 (Robertson and Zaragoza, 2009) as in bm25s, over the texts of the items."""
        import bm25s

        words = bm25s.tokenize(text, stopwords="en", return_ids=False, show_progress=False)[0]
        known = [str(word) for word in words if word in self._lexical.vocab_dict]
        scores = self._lexical.get_scores(known) if known else np.zeros(len(self._index.catalogue))
        return np.array(scores, dtype=np.float64)

    @cached_property
    def _lexical(self) -> bm25s.BM25:
        import bm25s

        texts = [item_text(item, self._index.schema) for item in self._index.catalogue.items]
        lexical = bm25s.BM25()
        lexical.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)
        return lexical

    @cached_property
    def _texts(self) -> Scores:
        """The embedding of each item's text, shape (n, d): the index has it, unless its blocks were made smaller."""
        index = self._index
        block = index.layout.slices["text"]
        if block.stop - block.start == index.encoder.dimensions:
            return index.vectors(range(len(index.catalogue)))[:, block].astype(np.float64)
        return self._encoded([item_text(item, index.schema) for item in index.catalogue.items])

    def _encoded(self, texts: Sequence[str]) -> Scores:
        return self._index.encoder.encode(texts).astype(np.float64)

    def _close(self, query: Scores) -> Scores:
        return np.asarray(self._texts @ query)

    def _self_query(self, case: Case, last: str) -> Scores:
        """As LangChain's SelfQueryRetriever: the known values of the last message as a filter, `last` as the query.

        Every wanted value must be held and no rejected one; a filter that leaves nothing is dropped.
        """
        scores = self._close(self._encoded([last])[0])
        allowed = np.ones(len(scores), dtype=bool)
        session = self._player.listen(case.turns)
        for interest in session.interests:
            if interest.turn == session.turn and interest.facet not in (OPEN, MENTION, SUGGESTED):
                held = matching(interest, self._index.catalogue)
                allowed &= held if interest.level == "want" else ~held
        return np.where(allowed, scores, -np.inf) if allowed.any() else scores

    def _average_vector(self, case: Case, last: str) -> Scores:
        """Qdrant's `average_vector`: search with avg(positive) + avg(positive) - avg(negative).

        https://qdrant.tech/documentation/concepts/explore/#average-vector-strategy
        """
        positive, negative = self._examples(case, last)
        query = positive.mean(axis=0)
        return self._close(2 * query - negative.mean(axis=0) if len(negative) else query)

    def _best_score(self, case: Case, last: str) -> Scores:
        """Qdrant's `best_score`: the closest positive example counts, or minus the square of a negative one if closer.

        https://qdrant.tech/documentation/concepts/explore/#best-score-strategy
        """
        positive, negative = self._examples(case, last)
        liked = (self._texts @ positive.T).max(axis=1)
        if not len(negative):
            return np.asarray(liked)
        disliked = (self._texts @ negative.T).max(axis=1)
        return np.asarray(np.where(liked > disliked, liked, -(disliked**2)))

    def _examples(self, case: Case, last: str) -> tuple[Scores, Scores]:
        """`last` and the liked items; the disliked items and rejected values. Shapes (p, d) and (n, d)."""
        interests = self._player.listen(case.turns).interests
        positive = [self._example(i) for i in interests if i.facet == MENTION and i.level == "want"]
        negative = [self._example(i) for i in interests if i.level != "want"]
        words = self._encoded([last])
        return np.concatenate([words, *positive]), np.concatenate(negative or [words[:0]])

    def _example(self, interest: Interest) -> Scores:
        if interest.facet == MENTION:
            row = self._index.catalogue.row[interest.item]
            return self._texts[row : row + 1]
        return self._encoded([interest.value])


def _said(case: Case) -> list[str]:
    return [text for role, text in case.turns if role == "user"] or [""]


def _all_said(case: Case) -> list[str]:
    """The turns of both sides."""
    return [text for _, text in case.turns] or [""]


def _last(case: Case) -> str:
    return _said(case)[-1]


def _exchange(case: Case) -> str:
    """The last message, with what the other side says before it since the one before, and after it."""
    own = [n for n, (role, _) in enumerate(case.turns) if role == "user"]
    begun = own[-2] + 1 if len(own) > 1 else 0
    return _end([text for _, text in case.turns[begun:]])


def _end(texts: Sequence[str]) -> str:
    """The last words of these turns."""
    return " ".join(" ".join(texts).split()[-_LONGEST:])
