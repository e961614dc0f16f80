"""The operations as a web service: REST, an OpenAI-compatible model, MCP, health; keys, limits and logs before them.

`build_app` makes the application; keys, limits and the form of the log are what an owner sets. Loads FastAPI and MCP.
Knows nothing of how a turn works.
"""

from .errors import http_problem
from .keys import Keys, read_keys
from .middleware import BodyLimit, Guard, Limits, names_for
from .request_log import JsonLines
from .service import build_app

__all__ = [
    "BodyLimit",
    "Guard",
    "JsonLines",
    "Keys",
    "Limits",
    "build_app",
    "http_problem",
    "names_for",
    "read_keys",
]
