"""Words that lead a message on from the one before it: in its place, beside it, or within it.

English. Knows no catalogue.
"""

from __future__ import annotations

import re

from ..text import tokens

OPENERS = "ok(?:ay)?|well|so|hm+|hey|great|nice|cool|thanks|please|actually|oh|wait|fine"
"""What a message may begin with, whatever it is about."""
_LEAD = rf"^\W*(?:(?:{OPENERS}|right|no|yes|but)\b[\W]*)*"
_JOINS = re.compile(
    rf"""{_LEAD}(?:and\s+)?(?:or|plus|besides)\b
    | {_LEAD}and\s+(?!(?:in|from|for|by|at|near|now|then|the|those|these)\b)[\w'’-]+(?:\s+[\w'’-]+)?[\s.!]*$
    | \b(?:as\s+well|also|too(?!\s+\w)|in\s+addition|either|both)\b
    | \band\s+(?:also|maybe|perhaps)\b | \b(?:i|we)\s+(?:\w+\s+)?(?:like|love|enjoy|adore|don['’]?t\s+mind)\b""",
    re.I | re.X,
)
_TAKES_PLACE = re.compile(
    rf"""{_LEAD}(?:
      (?:and|now|then|what\s+about|how\s+about|what\s+of|(?:the\s+)?same|switch\s+to|let['’]?s\s+(?:try|do|see|go)|try|make\s+(?:it|that))\b
      | (?:(?:is|are)\s+there|any(?:one|body|thing|where)?|(?:do|does|have|has)\s+\w+|got|which|what|who)\b
      | (?:in|from|for|by|at|near|made\s+in|of)\s )
    | \b(?:instead|rather)\b(?!\s+(?:of|not|than)\b)""",
    re.I | re.X,
)
_SURELY = re.compile(
    rf"""{_LEAD}(?:(?:and|now|then)\s+)?(?:(?:what|how)\s+about\b|now\b
      |(?:does|has)\s+(?!it\b|he\b|she\b|that\b|this\b|the\b)[\w'’-]+(?:\s+[\w'’-]+)?\s+(?:have|got|make|sell|offer|do|write|done)\b)
    | \binstead\b(?!\s+of\b)""",
    re.I | re.X,
)
_FEW_WORDS = 12
_ELLIPTIC = re.compile(
    rf"""{_LEAD}(?:and|or|now|then|what\s+about|how\s+about|(?:the\s+)?same)\b
    | \b(?:ones?|the\s+same|same\s+(?:thing|but)|instead|there
      |(?:of|among)\s+(?:these|those|them))\b""",
    re.I | re.X,
)
_ANOTHER = re.compile(
    rf"""{_LEAD}(?:(?:what|how)\s+about\b|(?:and|or|now|(?:the\s+)?same)\b
    (?!\s+(?:who|what|when|where|why|how|is|are|was|does|do|did|which|can|could|would|will|i|we|that|it)\b))""",
    re.I | re.X,
)
_FEWEST_WORDS = 7
_THEN = re.compile(
    r"\b(?:then\b(?!\W*$)|(?:afterwards|next|second(?:ly)?|within|among(?:st)?|of\s+(?:these|those|them))\b)", re.I
)
"""A "then" at the very end says no more than "well, then"."""


def joins(text: str) -> bool:
    """Whether what a message names is wanted beside what was: "or Xiaomi", "and crime", "Harlem too"."""
    return bool(_JOINS.search(text))


def takes_place(text: str) -> bool:
    """Whether what a message names is wanted in the place of what was: "and in Queens?", "what about Yale"."""
    return len(tokens(text)) <= _FEW_WORDS and bool(_TAKES_PLACE.search(text))


def surely_takes_place(text: str) -> bool:
    """Whether it does even where both can be had: "what about horror"."""
    return takes_place(text) and bool(_SURELY.search(text))


def names_another(text: str) -> bool:
    """Whether a message does nothing but name something else: "or Xiaomi?", "what about the Alps"."""
    return len(tokens(text)) <= _FEWEST_WORDS and bool(_ANOTHER.search(text))


def is_elliptic(text: str) -> bool:
    """Whether a message is incomplete without the one before: "and the priciest there?"."""
    return bool(_ELLIPTIC.search(text))


def orders_within(text: str) -> bool:
    """Whether an order is one after, or within, another: "then by price"."""
    return bool(_THEN.search(text))
