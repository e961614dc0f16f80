"""What the settings say of what an owner may know and rule, applied to an index that has been opened.

An item that is held back is gone from the index, as if it had been removed: so no door can show it. Knows nothing of
how an index is opened.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable

from penchant.retriever import Catalogue, Index

from ..settings import Settings
from .audience import NO_FIELD, for_children
from .audit_log import AuditLog
from .page_shown import Observer
from .review_file import ReviewFile
from .review_form import Review, ReviewError
from .ruling import Ruling, rule

_log = logging.getLogger(__name__)


class Oversight:
    """Of one catalogue, for as long as it is served: a review file that breaks meanwhile leaves the last good one."""

    def __init__(self, settings: Settings) -> None:
        """Raises ReviewError for a review file that cannot be read."""
        self._settings = settings
        self._file = ReviewFile(settings.review) if settings.review else None
        self._good: Review | None = None
        self.whole: Catalogue | None = None
        if self._file:
            self._file.read()

    @property
    def file(self) -> ReviewFile | None:
        """The owner's review file, if one is named; `whole` is the catalogue with all its items, once it is open."""
        return self._file

    def stamp(self) -> Hashable:
        """Another value when what may be shown may be another."""
        return self._file.stamp() if self._file else None

    def observer(self, name: str) -> Observer | None:
        """Who is told of the pages shown of a catalogue of that name."""
        settings = self._settings
        return AuditLog(settings.audit, name, settings.audit_text) if settings.audit else None

    def view(self, index: Index) -> Index:
        """The index as it may be shown. Raises ReviewError for rules that do not fit, or where nothing is left."""
        return self._meant(self._reviewed(index))

    def _meant(self, index: Index) -> Index:
        """For the audience that the settings name."""
        if self._settings.audience != "children":
            return index
        view = for_children(index)
        if view is index:
            _log.warning("%s", NO_FIELD)
        return view

    def _reviewed(self, index: Index) -> Index:
        if self._file is None:
            return index
        self.whole = index.catalogue
        ruling = self._ruling(self._file, index.catalogue)
        if len(ruling.gone) == len(index.catalogue):
            raise ReviewError(f"{self._file.path}: every item is held back; approve some, or name fewer")
        return index.without(ruling.gone).put_forward(ruling.boosts)

    def _ruling(self, file: ReviewFile, catalogue: Catalogue) -> Ruling:
        try:
            review = file.read()
            ruling = _ruled(file, review, catalogue)
        except ReviewError as error:
            if self._good is None:
                raise
            _log.warning("%s; the one before holds on", error)
            return rule(self._good, catalogue)
        self._good = review
        return ruling


def _ruled(file: ReviewFile, review: Review, catalogue: Catalogue) -> Ruling:
    try:
        return rule(review, catalogue)
    except ReviewError as error:
        raise ReviewError(f"{file.path}: {error}") from error
