"""Amounts, numbers, dates, orders and spare time in a message, and which number field of a catalogue each is of.

Knows number fields, and nothing of values, names and titles: see linking.
"""

from ..text.comparisons import SIGNS_BEFORE, says_refusal, sign_after, turned
from .ages import AGED
from .amount_ranges import find_amounts
from .amounts import Amount, amounts
from .field_words import are_people, words_of_amounts
from .number_field import NumberField, dimension_of, in_unit, unit_of, written
from .number_fields import NumberFields
from .orders import find_orders, is_order, plain_forms, said_degrees
from .ranges import Range, find_ranges, number_fields
from .spare_time import Spare, asks_for_several, spare_time

__all__ = [
    "AGED",
    "SIGNS_BEFORE",
    "Amount",
    "NumberField",
    "NumberFields",
    "Range",
    "Spare",
    "amounts",
    "are_people",
    "asks_for_several",
    "dimension_of",
    "find_amounts",
    "find_orders",
    "find_ranges",
    "in_unit",
    "is_order",
    "number_fields",
    "plain_forms",
    "said_degrees",
    "says_refusal",
    "sign_after",
    "spare_time",
    "turned",
    "unit_of",
    "words_of_amounts",
    "written",
]
