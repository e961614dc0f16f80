"""From the bytes of a history to a taste: the function behind `penchant import` and *Import* on the page.

Knows how entries become marks and a profile. Knows nothing of commands or pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from penchant.retriever import Catalogue, Item
from penchant.retriever.catalogue.histories import Entry, History, read_history
from penchant.retriever.catalogue.matching import Match, Matcher

from ..session import MarkKind, Session, under
from .lasting import profile_from
from .report import Brought, HistoryReport
from .verdicts import Verdict, verdicts

Work = tuple[object, ...]
"""What tells the rows of one work: its title, year, makers and candidates."""


@dataclass(frozen=True, slots=True)
class AmbiguousWork:
    """Which of some items a work is, if any of them; one item is the likely one."""

    entry: Entry
    items: Sequence[Item]


Choose = Callable[[Sequence[AmbiguousWork]], Sequence[str | None]]
"""Asks everything that is open at once: the id of one of each question's items, or None for none of them."""


@dataclass(frozen=True)
class BroughtHistory:
    """A history held against a catalogue, before what is open has been answered. behaviour: whether its index has it:
    what people like who like an item."""

    history: History
    matches: Sequence[Match]
    catalogue: Catalogue
    behaviour: bool = False

    @property
    def questions(self) -> Mapping[Work, AmbiguousWork]:
        """What is open; each work once, however many rows it has."""
        open_ones = {_work(match): match for match in self.matches if match.outcome == "ambiguous"}
        return {
            work: AmbiguousWork(match.entry, [self.catalogue.get(item) for item in match.items])
            for work, match in open_ones.items()
        }

    def taste(self, answers: Mapping[Work, str | None]) -> tuple[Session, HistoryReport]:
        """A new session with what the history says, and what became of each row. What is not answered is left out."""
        matches = [_answered(match, answers) for match in self.matches]
        found = [(match.entry, match.items[0]) for match in matches if match.outcome == "matched"]
        judged = verdicts(found, self.history.entries)
        session = under(profile_from(judged, self.catalogue, self.behaviour), Session())
        return session, HistoryReport(list(_rows(matches, judged)), self.history.bad, self.history.notes)


def open_history(
    files: Sequence[tuple[str, bytes]], catalogue: Catalogue, person: str = "", behaviour: bool = False
) -> BroughtHistory:
    """Somebody's files, given as names and bytes, held against a catalogue. person: whose ratings, of files with
    several people's. behaviour: whether its index has it (`index.has_behaviour`). Raises CatalogueError for files that
    are no history."""
    history = read_history(files, person)
    return BroughtHistory(history, Matcher(catalogue).match(history.entries), catalogue, behaviour)


def bring_history(
    files: Sequence[tuple[str, bytes]],
    catalogue: Catalogue,
    person: str = "",
    choose: Choose | None = None,
    behaviour: bool = False,
) -> tuple[Session, HistoryReport]:
    """A new session with what somebody's files say: marks on the items that are found, and a profile under it; and what
    became of each row.

    choose: is asked which items rows are where that is not sure; without it, such rows are left out. Raises as
    `open_history`.
    """
    brought = open_history(files, catalogue, person, behaviour)
    questions = brought.questions if choose else {}
    answers = choose(list(questions.values())) if choose and questions else ()
    return brought.taste(dict(zip(questions, answers, strict=True)))


def _work(match: Match) -> Work:
    return match.entry.title, match.entry.year, match.entry.makers, match.items


def _answered(match: Match, answers: Mapping[Work, str | None]) -> Match:
    answer = answers.get(_work(match)) if match.outcome == "ambiguous" else None
    return replace(match, outcome="matched", items=(answer,)) if answer else match


def _rows(matches: Iterable[Match], judged: Iterable[Verdict]) -> Iterable[Brought]:
    marks: dict[str, MarkKind] = {verdict.mark.item: verdict.mark.kind for verdict in judged}
    for match in matches:
        mark = marks.get(match.items[0]) if match.outcome == "matched" else None
        yield Brought(match.entry, match.outcome, match.items, mark)
