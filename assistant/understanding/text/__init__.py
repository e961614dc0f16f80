"""Words, numbers in words and what multiplies them, words that say nothing of taste, clauses that only tell. Knows no
catalogue."""

from .foreign import in_english
from .numerals import CHINESE_NUMBER, FRACTION, MINUTES_ALONE, NUMBER, fraction, number
from .scales import SCALE, scale
from .stopwords import CHATTER, STOPWORDS, tells
from .telling import told
from .tokens import (
    Token,
    before,
    compared,
    distinct_forms,
    forms,
    is_chinese,
    is_latin,
    scripts,
    shortened,
    stem,
    tokens,
)
from .two_units import smaller_too

__all__ = [
    "CHATTER",
    "CHINESE_NUMBER",
    "FRACTION",
    "MINUTES_ALONE",
    "NUMBER",
    "SCALE",
    "STOPWORDS",
    "Token",
    "before",
    "compared",
    "distinct_forms",
    "forms",
    "fraction",
    "in_english",
    "is_chinese",
    "is_latin",
    "number",
    "scale",
    "scripts",
    "shortened",
    "smaller_too",
    "stem",
    "tells",
    "tokens",
    "told",
]
