"""Words, numbers in words, and words that say nothing of taste. Knows no catalogue."""

from .numerals import CHINESE_NUMBER, FRACTION, MINUTES_ALONE, NUMBER, fraction, number
from .stopwords import CHATTER, STOPWORDS, tells
from .tokens import Token, before, compared, distinct_forms, forms, is_chinese, is_latin, shortened, stem, tokens

__all__ = [
    "CHATTER",
    "CHINESE_NUMBER",
    "FRACTION",
    "MINUTES_ALONE",
    "NUMBER",
    "STOPWORDS",
    "Token",
    "before",
    "compared",
    "distinct_forms",
    "forms",
    "fraction",
    "is_chinese",
    "is_latin",
    "number",
    "shortened",
    "stem",
    "tells",
    "tokens",
]
