"""Dates in a column, in whatever form, as ISO texts: "2018-03-01", or "2018-03" and "2018" where no more is said; also
counted in seconds or milliseconds since 1970, and years as catalogues of works write them. Knows nothing of columns'
names.
"""

from .column import as_dates, as_epochs, day_first_in, known_dates
from .years import as_years

__all__ = ["as_dates", "as_epochs", "as_years", "day_first_in", "known_dates"]
