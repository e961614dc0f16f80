"""Interests and their algebra: composed into one vector, filtered, scored exactly as a sum of shares, diversified.

Knows what a person wants as values, and the index to search. Knows nothing of language, language models or
conversations, and nothing of how vectors are stored.
"""

from .composition import CompositionConfig
from .contributions import PRIOR, PRIOR_KEY, by_interest
from .interest import InterestKey

__all__ = [
    "PRIOR",
    "PRIOR_KEY",
    "CompositionConfig",
    "InterestKey",
    "by_interest",
]
