"""When something is to be: days, months, seasons and days of the week, as ranges of the catalogue's dates and as values
of its columns of months.

Knows number fields and values. Knows nothing of polarity, nor of what is done with a time.
"""

from .date_wishes import find_dates
from .month_values import MonthColumns, MonthsSaid

__all__ = ["MonthColumns", "MonthsSaid", "find_dates"]
