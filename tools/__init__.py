"""The recommender as a tool of other programs: one definition, thin adapters.

The adapters are imported when they are first asked for, so that LangChain, MCP or FastAPI is only loaded where it is
used. Knows nothing of how a turn works inside.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .api import (
    Answer,
    ArgumentError,
    Comparison,
    Explanation,
    Forgotten,
    Interests,
    Operation,
    Recommender,
    RepeatedRequest,
    Result,
    Together,
    UnknownName,
    operations,
)

if TYPE_CHECKING:
    from .adapters import OpenAIFunctions, RecommenderMiddleware, langchain_tools, mcp_server
    from .http import build_app

__all__ = [
    "Answer",
    "ArgumentError",
    "Comparison",
    "Explanation",
    "Forgotten",
    "Interests",
    "OpenAIFunctions",
    "Operation",
    "Recommender",
    "RecommenderMiddleware",
    "RepeatedRequest",
    "Result",
    "Together",
    "UnknownName",
    "build_app",
    "langchain_tools",
    "mcp_server",
    "operations",
]


_FAMILIES = {
    "OpenAIFunctions": "adapters",
    "RecommenderMiddleware": "adapters",
    "build_app": "http",
    "langchain_tools": "adapters",
    "mcp_server": "adapters",
}


def __getattr__(name: str) -> Any:
    """What needs a library of its own (PEP 562)."""
    if name not in _FAMILIES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FAMILIES[name]}"), name)
