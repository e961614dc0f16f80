"""The recommender as a tool of other programs: one definition, thin adapters.

Each adapter is a module of its own, so that its library is only needed where it is used. Knows nothing of how a turn
works inside.
"""

from .conversations import RepeatedRequest
from .naming import UnknownName
from .operations import ArgumentError, Operation, operations
from .recommender import Recommender
from .results import Answer, Comparison, Explanation, Forgotten, Interests, Result

__all__ = [
    "Answer",
    "ArgumentError",
    "Comparison",
    "Explanation",
    "Forgotten",
    "Interests",
    "Operation",
    "Recommender",
    "RepeatedRequest",
    "Result",
    "UnknownName",
    "operations",
]
