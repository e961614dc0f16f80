"""The operations for LangChain, OpenAI functions and MCP, each in a module that alone imports its library.

A module is imported when what it exports is first asked for (PEP 562), so that no library is loaded for another. Knows
nothing of how a turn works.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .langchain_adapter import langchain_tools
    from .langchain_middleware import RecommenderMiddleware
    from .mcp_adapter import mcp_server
    from .openai_functions import OpenAIFunctions

__all__ = [
    "OpenAIFunctions",
    "RecommenderMiddleware",
    "langchain_tools",
    "mcp_server",
]

_MODULES = {
    "OpenAIFunctions": "openai_functions",
    "RecommenderMiddleware": "langchain_middleware",
    "langchain_tools": "langchain_adapter",
    "mcp_server": "mcp_adapter",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
