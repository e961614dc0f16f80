"""Interests and their algebra: composed into one vector, filtered, scored exactly as a sum of shares, diversified.

Knows what a person wants as values, and the index to search. Knows nothing of language, language models or
conversations, and nothing of how vectors are stored.
"""

from .candidates import SearchConfig
from .cold_start import Question, choose_questions, first_page
from .composition import Composition, CompositionConfig, compose, is_filter, softmax_weights
from .contributions import OWNER_KEY, PRIOR, PRIOR_KEY, PUT_FORWARD, Share, by_interest
from .counterfactual import Counterfactual, Relaxation, counterfactual, relaxations, score_items
from .filters import Exclusion, exact_filters, matching
from .group import GroupPick, GroupResults, Taste, search_group
from .interest import (
    FIRM,
    HIGHEST,
    LOWEST,
    MENTION,
    OPEN,
    SUGGESTED,
    SUGGESTION,
    Interest,
    InterestKey,
    Level,
    Source,
    alternatives,
    from_place,
    is_order,
    is_range,
    limit_of,
    limit_value,
    nearest_to,
    nearness,
    order_from,
    parse_range,
    says_order,
    time_of_wish,
)
from .ordering import DEGREE, is_degree
from .search import Pick, Results, search

__all__ = [
    "DEGREE",
    "FIRM",
    "HIGHEST",
    "LOWEST",
    "MENTION",
    "OPEN",
    "OWNER_KEY",
    "PRIOR",
    "PRIOR_KEY",
    "PUT_FORWARD",
    "SUGGESTED",
    "SUGGESTION",
    "Composition",
    "CompositionConfig",
    "Counterfactual",
    "Exclusion",
    "GroupPick",
    "GroupResults",
    "Interest",
    "InterestKey",
    "Level",
    "Pick",
    "Question",
    "Relaxation",
    "Results",
    "SearchConfig",
    "Share",
    "Source",
    "Taste",
    "alternatives",
    "by_interest",
    "choose_questions",
    "compose",
    "counterfactual",
    "exact_filters",
    "first_page",
    "from_place",
    "is_degree",
    "is_filter",
    "is_order",
    "is_range",
    "limit_of",
    "limit_value",
    "matching",
    "nearest_to",
    "nearness",
    "order_from",
    "parse_range",
    "relaxations",
    "says_order",
    "score_items",
    "search",
    "search_group",
    "softmax_weights",
    "time_of_wish",
]
