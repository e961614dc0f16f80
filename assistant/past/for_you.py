"""More like everything that was loved: a first page from the history alone, in rows that do not repeat each other.

Each row is of a few works that lie near each other, and says which of them its picks are there for, by their shares.
Knows the assistant's ranking and the index's vectors. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from penchant.retriever import MENTION, Interest, Item, Pick

from ..assistant import Assistant
from ..next_parts import next_parts
from ..oversight import PageShown
from ..session import Mark, Session

_SEEDS = 3
"""Works that a row is of: more are no reason that one can follow."""
_MOST = 300
"""Of so many of the works liked last rows are made."""
_COUNTS = 0.2
"""A work is named as a reason if it adds at least this part of what the first adds."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A row: the works for which its picks are there, the one that adds most first, and the picks. follows: each is the
    part that comes after one of these works."""

    because: tuple[Item, ...]
    picks: tuple[Pick, ...]
    follows: bool = False

    @property
    def text(self) -> str:
        titles = [item.title for item in self.because]
        head = "What comes after " if self.follows else "Because of "
        return head + (" and ".join([", ".join(titles[:-1]), titles[-1]]) if titles[1:] else titles[0])


def shelves(assistant: Assistant, session: Session, rows: int = 5, k: int = 6) -> tuple[Shelf, ...]:
    """At most `rows` rows of at most k picks, none of which the person knows, nor in two rows; before them one of the
    next parts of series whose last part they liked, and no other part of these. What is ruled out for good stays out;
    none where nothing is liked."""
    assistant = assistant.serving(session.audience)
    known = assistant.index.catalogue.row
    liked = [mark.item for mark in session.marks if mark.kind == "liked" and mark.item in known][-_MOST:]
    nevers = tuple(i for i in session.effective_interests if i.level == "never" and not i.parked)
    marks = {mark.item: mark for mark in session.marks} | {item: Mark(item, "seen") for item in liked}
    found: list[Shelf] = []
    weights: dict[Interest, float] = {}
    if following := _following(assistant, session, liked, nevers, k):
        found.append(following)
        marks |= {item: Mark(item, "seen") for item in _of_their_series(following, assistant)}
        weights |= {_like(item.id, assistant, session.turn): 1.0 for item in following.because}
    for seeds in _groups(assistant, liked, rows - len(found)):
        wants = tuple(_like(item, assistant, session.turn) for item in seeds)
        asked = replace(Session(turn=session.turn, interests=(*nevers, *wants)), marks=tuple(marks.values()))
        results = assistant.rank(asked, k)
        weights |= zip(asked.interests, results.weights, strict=True)
        shelf = _shelf(seeds, results.picks, assistant)
        found += [shelf] if shelf.picks else []
        marks |= {pick.item.id: Mark(pick.item.id, "seen") for pick in shelf.picks}
    if found:
        picks = [pick for shelf in found for pick in shelf.picks]
        assistant.watch.tell(PageShown(session, list(weights), list(weights.values()), picks))
    return tuple(found)


def _following(
    assistant: Assistant, session: Session, liked: Sequence[str], nevers: Sequence[Interest], k: int
) -> Shelf | None:
    """The next parts that the person does not know, of series whose last part that they know they liked."""
    catalogue, kinship = assistant.index.catalogue, assistant.index.kinship
    new = next_parts(liked, {mark.item for mark in session.marks}, kinship)
    if not new:
        return None
    among = np.zeros(len(catalogue), dtype=bool)
    among[[catalogue.row[item] for item in new]] = True
    wants = tuple(_like(item, assistant, session.turn) for item in new.values())
    asked = replace(Session(turn=session.turn, interests=(*nevers, *wants)), marks=session.marks)
    picks = assistant.rank(asked, k, among=among).picks
    return Shelf(tuple(catalogue.get(new[pick.item.id]) for pick in picks), picks, True) if picks else None


def _of_their_series(shelf: Shelf, assistant: Assistant) -> list[str]:
    catalogue, kinship = assistant.index.catalogue, assistant.index.kinship
    rows = (row for pick in shelf.picks for row in kinship.others_of_series(catalogue.row[pick.item.id]))
    return [catalogue.items[row].id for row in rows] + [pick.item.id for pick in shelf.picks]


def _like(item: str, assistant: Assistant, turn: int) -> Interest:
    return Interest(MENTION, assistant.index.catalogue.get(item).title, source="profile", turn=turn, item=item)


def _shelf(seeds: Sequence[str], picks: Sequence[Pick], assistant: Assistant) -> Shelf:
    """The picks that are there for any of the seeds, and the seeds that they are there for."""
    added = {seed: [_share(pick, seed) for pick in picks] for seed in seeds}
    kept = [n for n in range(len(picks)) if sum(values[n] for values in added.values()) > 0]
    totals = {seed: sum(values[n] for n in kept) for seed, values in added.items()}
    most = max(totals.values(), default=0.0)
    reasons = [seed for seed in sorted(totals, key=lambda seed: -totals[seed]) if totals[seed] >= _COUNTS * most]
    catalogue = assistant.index.catalogue
    return Shelf(tuple(catalogue.get(seed) for seed in reasons), tuple(picks[n] for n in kept))


def _share(pick: Pick, seed: str) -> float:
    return sum(share.value for share in pick.shares if share.key == (MENTION, seed.casefold()))


def _groups(assistant: Assistant, liked: Sequence[str], rows: int) -> list[list[str]]:
    """Few works for each row: the one that lies in the midst of those not yet spoken for, and those nearest to it. Its
    whole neighbourhood is then spoken for, so that the rows together are of everything."""
    near = _cosines(assistant, liked)
    left = list(range(len(liked)))
    found: list[list[str]] = []
    while left and len(found) < rows:
        midst = left[int(np.argmax(near[np.ix_(left, left)].sum(axis=1)))]
        around = sorted(left, key=lambda n: -near[midst, n])
        share = -(-len(left) // (rows - len(found)))
        found.append([liked[n] for n in around[: min(_SEEDS, share)]])
        spoken = set(around[:share])
        left = [n for n in left if n not in spoken]
    return found


def _cosines(assistant: Assistant, items: Sequence[str]) -> npt.NDArray[np.float64]:
    """How near items lie to each other, (n, n), whatever their prior."""
    index = assistant.index
    vectors = index.vectors([index.catalogue.row[item] for item in items]).astype(np.float64)
    for name in index.layout.of("prior"):
        vectors[:, index.layout.slices[name]] = 0
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return np.asarray(vectors @ vectors.T)
