"""The one definition of what the recommender does for other programs: operations, their arguments, results and
words.

Knows sessions by handles. Knows nothing of frameworks or HTTP.
"""

from .argument_errors import ArgumentError, Json, bounds
from .catalogue_facts import schema_facts
from .conversations import RepeatedRequest
from .history_operations import PeopleError
from .live_items import AddItems, ItemsChanged, LiveItems, RemoveItems, SetFields
from .markdown import after_answer, without_links
from .naming import UnknownName
from .operations import Operation, operations
from .recommender import Recommender
from .results import Answer, Comparison, Explanation, Forgotten, ForYou, Interests, Result, Together
from .text_rendering import one_line, sums_text

__all__ = [
    "AddItems",
    "Answer",
    "ArgumentError",
    "Comparison",
    "Explanation",
    "ForYou",
    "Forgotten",
    "Interests",
    "ItemsChanged",
    "Json",
    "LiveItems",
    "Operation",
    "PeopleError",
    "Recommender",
    "RemoveItems",
    "RepeatedRequest",
    "Result",
    "SetFields",
    "Together",
    "UnknownName",
    "after_answer",
    "bounds",
    "one_line",
    "operations",
    "schema_facts",
    "sums_text",
    "without_links",
]
