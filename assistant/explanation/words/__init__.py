"""How things are said to people, in English and Chinese: amounts with their units, fields, wishes, lists.

Knows schemas, items and interests. Knows nothing of what is said of them.
"""

from .amounts import amount_text, bare_amount, minutes_text, range_text
from .end_words import end_text
from .explainable import Explainable
from .field_words import NO, YES, field_name, known_field_name, known_kind, maker_fields, truth_text
from .interest_words import interest_text, interest_texts, is_truth, outside_text
from .language import Language, Speech, language_in, language_of, last_language, shortened, speech
from .retold import retold
from .telling import differing, is_telling, telling_kinds, telling_numbers, telling_values, truth_fields
from .wish_words import kind_of_picks, wished

__all__ = [
    "NO",
    "YES",
    "Explainable",
    "Language",
    "Speech",
    "amount_text",
    "bare_amount",
    "differing",
    "end_text",
    "field_name",
    "interest_text",
    "interest_texts",
    "is_telling",
    "is_truth",
    "kind_of_picks",
    "known_field_name",
    "known_kind",
    "language_in",
    "language_of",
    "last_language",
    "maker_fields",
    "minutes_text",
    "outside_text",
    "range_text",
    "retold",
    "shortened",
    "speech",
    "telling_kinds",
    "telling_numbers",
    "telling_values",
    "truth_fields",
    "truth_text",
    "wished",
]
