"""What fields, interests and reasons are called on the page: everyday words, made from the schema's own.

Knows nothing of sessions, events or markup.
"""

from penchant.assistant.explanation.words import Language

from .interest_words import (
    count_words,
    facet_name,
    gate_names,
    interest_words,
    label_words,
    sentence,
)
from .offered_reasons import offered_reasons
from .page_speech import CODES, browser_language, page_labels, page_speech
from .reason_words import reason_words
from .served_words import served_words

__all__ = [
    "CODES",
    "Language",
    "browser_language",
    "count_words",
    "facet_name",
    "gate_names",
    "interest_words",
    "label_words",
    "offered_reasons",
    "page_labels",
    "page_speech",
    "reason_words",
    "sentence",
    "served_words",
]
