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
    UnknownName,
    operations,
)

if TYPE_CHECKING:
    from .adapters.langchain_middleware import RecommenderMiddleware
    from .adapters.langchain_tools import langchain_tools
    from .adapters.mcp_server import mcp_server
    from .adapters.openai_functions import OpenAIFunctions
    from .http.service import build_app

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
    "UnknownName",
    "build_app",
    "langchain_tools",
    "mcp_server",
    "operations",
]


def __getattr__(name: str) -> Any:
    """Those that need a library of their own (PEP 562)."""
    homes = {
        "OpenAIFunctions": "adapters.openai_functions",
        "RecommenderMiddleware": "adapters.langchain_middleware",
        "build_app": "http.service",
        "langchain_tools": "adapters.langchain_tools",
        "mcp_server": "adapters.mcp_server",
    }
    if name not in homes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{homes[name]}"), name)
