"""What a running service does with many callers at once, and what it tells of itself: the line, the times, the figures.

Knows plain ASGI. Knows nothing of routes, keys or operations.
"""

from .admission import AGAIN, Admission, of_processors
from .metrics import Metrics, Refusals
from .server import listening, run
from .server_timing import ServerTiming
from .slow_headers import PatientProtocol

__all__ = [
    "AGAIN",
    "Admission",
    "Metrics",
    "PatientProtocol",
    "Refusals",
    "ServerTiming",
    "listening",
    "of_processors",
    "run",
]
