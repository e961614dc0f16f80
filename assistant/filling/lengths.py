"""How many minutes each item of a catalogue takes: by a field that measures time, else by its pages.

A field is known by its unit, and pages by the words that people ask for them with, never by how a column is called.
Knows nothing of sessions.
"""

from __future__ import annotations

import numpy as np

from penchant.retriever import Catalogue
from penchant.retriever.catalogue import Mask

from ..session import SpareTime
from ..understanding.quantities import NumberFields

MINUTES_A_PAGE = 1.5
"""40 pages an hour: 300 words each, read at some 200 words a minute with pauses."""


class Lengths:
    """The lengths of a catalogue's items. `minutes`: (n,), nan where it is not known; `read`: (n,), where it is from
    pages."""

    def __init__(self, catalogue: Catalogue, fields: NumberFields) -> None:
        times = [field for field in fields.lengths if field.dimension == "time"]
        pages = [field for field in fields.lengths if field not in times]
        self.minutes = np.full(len(catalogue), np.nan)
        for field in times:
            self._add(catalogue.numbers[field.name] * (field.unit.factor if field.unit else 1.0))
        timed = ~np.isnan(self.minutes)
        for field in pages:
            self._add(catalogue.numbers[field.name] * MINUTES_A_PAGE)
        self.read: Mask = ~timed & ~np.isnan(self.minutes)

    def _add(self, minutes: np.ndarray) -> None:
        self.minutes = np.where(np.isnan(self.minutes) & (minutes > 0), minutes, self.minutes)

    def within(self, time: SpareTime) -> Mask:
        """Which items can be had in the time, (n,): in one sitting if there is one, else over all of them."""
        return np.asarray(self.minutes <= time.total)
