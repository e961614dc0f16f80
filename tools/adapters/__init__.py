"""The operations for LangChain, OpenAI functions and MCP, each in a module that alone imports its library.

Exports nothing here, so that no library is loaded for another. Knows nothing of how a turn works.
"""

from .mcp_server import mcp_server

__all__ = [
    "mcp_server",
]
