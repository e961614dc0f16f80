"""Cells as values: numbers with units, money, dates, lists, yes and no, markup; and what counts as unknown.

A column is read as a whole, since one cell does not tell whether "1,299" has decimals. Knows nothing of files, nor what
a column is for.
"""

from .codes import as_code_names
from .dates import as_dates, as_epochs, as_years, day_first_in, known_dates
from .each_once import each_once
from .identifiers import identifier
from .lists import as_given_names, as_lists, split_by_mark
from .markup import plain_text
from .missing import is_missing
from .quantities import NUMBERS, Quantity, amount_of, as_quantities, decimal_is_comma
from .slugs import are_joined, are_slugs, names_in_links, unhyphenated
from .subdivisions import subdivision_codes
from .units import MONEY, Unit, currency_of, unit_named
from .whereabouts import (
    is_domain,
    is_link,
    is_phone,
    is_point,
    is_postcode,
    is_street_line,
    may_be_phone,
    names_street,
)
from .yes_no import as_yes_no, yes_or_no

__all__ = [
    "MONEY",
    "NUMBERS",
    "Quantity",
    "Unit",
    "amount_of",
    "are_joined",
    "are_slugs",
    "as_code_names",
    "as_dates",
    "as_epochs",
    "as_given_names",
    "as_lists",
    "as_quantities",
    "as_years",
    "as_yes_no",
    "currency_of",
    "day_first_in",
    "decimal_is_comma",
    "each_once",
    "identifier",
    "is_domain",
    "is_link",
    "is_missing",
    "is_phone",
    "is_point",
    "is_postcode",
    "is_street_line",
    "known_dates",
    "may_be_phone",
    "names_in_links",
    "names_street",
    "plain_text",
    "split_by_mark",
    "subdivision_codes",
    "unhyphenated",
    "unit_named",
    "yes_or_no",
]
