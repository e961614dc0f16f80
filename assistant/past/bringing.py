"""From the bytes of a history to a taste: the function behind `penchant import`.

Knows how entries become marks and a profile. Knows nothing of commands or pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from penchant.retriever import Catalogue, Item
from penchant.retriever.catalogue.histories import Entry, read_history
from penchant.retriever.catalogue.matching import Match, Matcher

from ..session import Profile, Session, under
from .lift import interests_from
from .report import Brought, HistoryReport
from .verdicts import verdicts

Choose = Callable[[Entry, Sequence[Item]], str | None]
"""Asks which of several items a row is: the id of one, or None for none of them."""


def bring_history(
    files: Sequence[tuple[str, bytes]], catalogue: Catalogue, person: str = "", choose: Choose | None = None
) -> tuple[Session, HistoryReport]:
    """A new session with what somebody's files say, given as names and bytes: marks on the items that are found, and a
    profile under it; and what became of each row.

    person: whose ratings, of files with several people's. choose: is asked where a row may be several items; without
    it, such rows are left out. Raises CatalogueError for files that are no history.
    """
    history = read_history(files, person)
    matches = _chosen(Matcher(catalogue).match(history.entries), catalogue, choose)
    found = [(match.entry, match.items[0]) for match in matches if match.outcome == "matched"]
    judged = verdicts(found, history.entries)
    marks = {verdict.mark.item: verdict.mark for verdict in judged}
    session = under(Profile(interests_from(judged, catalogue), tuple(marks.values())), Session())
    rows = [
        Brought(
            m.entry,
            m.outcome,
            m.items,
            marks[m.items[0]].kind if m.outcome == "matched" and m.items[0] in marks else None,
        )
        for m in matches
    ]
    return session, HistoryReport(rows, history.bad, history.notes)


def _chosen(matches: Sequence[Match], catalogue: Catalogue, choose: Choose | None) -> list[Match]:
    """The matches, with what is open asked; each work once, however many rows it has."""
    answers: dict[tuple[object, ...], str | None] = {}
    found: list[Match] = []
    for match in matches:
        if match.outcome == "ambiguous" and choose:
            key = match.entry.title, match.entry.year, match.entry.makers, match.items
            if key not in answers:
                answers[key] = choose(match.entry, [catalogue.get(item) for item in match.items])
            if answer := answers[key]:
                match = replace(match, outcome="matched", items=(answer,))
        found.append(match)
    return found
