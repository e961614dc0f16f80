"""What a language model's answer to a message means for one catalogue, and how much of it can be used.

Knows the form of an answer, the works that a catalogue has, and what holds whatever is answered. Knows nothing of
servers, prompts or ranking.
"""

from .checked_response import CheckedResponse
from .json_recovery import spoken
from .response import Response, read_response, response_schema
from .works import Works

__all__ = [
    "CheckedResponse",
    "Response",
    "Works",
    "read_response",
    "response_schema",
    "spoken",
]
