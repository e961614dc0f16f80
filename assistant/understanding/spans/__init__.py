"""Spans of a message and what is said of each, and what the message does, as a small learned model reads them.

Knows English wording. Knows no catalogue, no session and no number: what a span means is found elsewhere.
"""

from .decoding import Reading
from .dictionary import is_english, is_gibberish, is_word
from .labels import ACTS, KINDS, SIDES, STRESSES, SURE, TAGS, Act, Kind, LabelledSpan, Side, Stress
from .span_model import MODEL, MODEL_FOLDER, SpanModel, encode, open_tokenizer, span_model
from .wishes import BIAS, WISHES, WishJudge, features, wish_judge

__all__ = [
    "ACTS",
    "BIAS",
    "KINDS",
    "MODEL",
    "MODEL_FOLDER",
    "SIDES",
    "STRESSES",
    "SURE",
    "TAGS",
    "WISHES",
    "Act",
    "Kind",
    "LabelledSpan",
    "Reading",
    "Side",
    "SpanModel",
    "Stress",
    "WishJudge",
    "encode",
    "features",
    "is_english",
    "is_gibberish",
    "is_word",
    "open_tokenizer",
    "span_model",
    "wish_judge",
]
