"""Reads the pages that an audit log says were shown, as `--audit FILE` of the commands writes it.

Also what was rotated away (FILE.1 and so on), the oldest first. Knows the form of the log, and takes places and wishes
from it; nothing else is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from penchant.retriever import MENTION, Catalogue, PenchantError
from penchant.retriever.progress import Progress

from .showings import Page, Showings, Want

_REPORTED = 1000


class _Interest(BaseModel):
    tag: str
    facet: str | None = None
    level: str = "want"
    weight: float = 0.0


class _Item(BaseModel):
    id: str
    rank: int


class _Line(BaseModel):
    v: Literal[1]
    session: str
    interests: list[_Interest] = []
    items: list[_Item] = []


@dataclass(frozen=True)
class Logged:
    """The pages of a log, and what was left out: lines that are no pages, and pages of which the catalogue knows no
    item."""

    showings: Showings
    unread: int
    foreign: int

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, a sentence each."""
        said = {
            "Lines that are no page of picks, left out": self.unread,
            "Pages whose items this catalogue does not have, left out": self.foreign,
        }
        return tuple(f"{what}: {count:,}." for what, count in said.items() if count)


def read_audit(path: Path, catalogue: Catalogue, progress: Progress | None = None) -> Logged:
    """The pages in a log and its rotated parts. Raises PenchantError if it cannot be read or has no page of this
    catalogue."""
    pages: list[Page] = []
    titles = _titles(catalogue)
    unread = foreign = 0
    for number, line in enumerate(_lines(path), 1):
        if progress and number % _REPORTED == 0:
            progress(number, number)
        page = _page(line, catalogue, titles)
        unread += page is None
        foreign += page is not None and not page.rows
        pages += [page] if page and page.rows else []
    if not pages:
        raise PenchantError(
            f"{path}: none of its {unread + foreign:,} lines is a page of this catalogue; name the catalogue that the"
            " log is of"
        )
    return Logged(Showings.of(pages, len(catalogue)), unread, foreign)


def _lines(path: Path) -> Iterator[str]:
    own = re.compile(re.escape(path.name) + r"\.(\d+)")
    try:
        rotated = [(int(m[1]), p) for p in path.absolute().parent.iterdir() if (m := own.fullmatch(p.name))]
        for file in [*(p for _, p in sorted(rotated, reverse=True)), path]:
            with file.open(encoding="utf-8", errors="replace") as lines:
                yield from (line for line in lines if line.strip())
    except OSError as error:
        raise PenchantError(f"{path}: the audit log cannot be read: {error.strerror}") from error


def _titles(catalogue: Catalogue) -> dict[str, str]:
    """The id of the item that is called so, where only one is: of an item that somebody liked, a log has the title."""
    counts = Counter(item.title for item in catalogue.items)
    return {item.title: item.id for item in catalogue.items if counts[item.title] == 1}


def _page(line: str, catalogue: Catalogue, titles: Mapping[str, str]) -> Page | None:
    """None for what is no page; one without rows where the catalogue has none of the items."""
    try:
        said = _Line.model_validate_json(line)
    except ValidationError:
        return None
    shown = [item.id for item in sorted(said.items, key=lambda item: item.rank)]
    rows = tuple(catalogue.row[item] for item in shown if item in catalogue.row)
    fields = {*catalogue.postings, MENTION}
    wants = (
        Want(i.facet, titles.get(i.tag, "") if i.facet == MENTION else _value(i), i.weight)
        for i in said.interests
        if i.level == "want" and i.weight > 0 and i.facet in fields
    )
    return Page(said.session, rows, tuple(wants)) if said.items else None


def _value(interest: _Interest) -> str:
    """The value, where the tag is the label of an interest ("moods: funny")."""
    return interest.tag.removeprefix(f"{interest.facet}: ")
