"""The operations as a web service: REST, an OpenAI-compatible model, MCP, health; keys, limits and logs before them.

Exports nothing here: `service.build_app` is the door. Knows nothing of how a turn works.
"""

from .keys import Keys, read_keys
from .middleware import LOCAL, Limits
from .request_log import JsonLines
from .service import build_app

__all__ = [
    "LOCAL",
    "JsonLines",
    "Keys",
    "Limits",
    "build_app",
    "read_keys",
]
