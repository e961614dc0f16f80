"""What an error of a chat model's client means: refused, busy, late or dead; and what to tell a person of it.

Goes by the status code that clients put on their errors, so that any LangChain chat model will do. Knows nothing of
what was asked.
"""

from __future__ import annotations

import re
from typing import Any


class UnboundedAnswer(Exception):
    """What a server sends has no bound; the words follow the model's name."""


_REFUSED = (400, 404, 405, 415, 422, 501)
_LONGEST = 200


def is_refusal(error: BaseException) -> bool:
    """The request as such was not accepted: one of another form may be."""
    return status(error) in _REFUSED


def is_passing(error: BaseException) -> bool:
    """The server is busy or not up yet: the same request may do in a moment."""
    code = status(error)
    return code in (408, 425, 429) or (code >= 500 and not is_refusal(error))


def is_late(error: BaseException) -> bool:
    return isinstance(error, TimeoutError) or "Timeout" in type(error).__name__


def status(error: BaseException) -> int:
    """The HTTP status; 0 if the error is not an answer of the server."""
    code = getattr(error, "status_code", 0)
    return code if isinstance(code, int) else 0


def pause_asked(error: BaseException) -> float:
    """Seconds that the server asks to be left alone; 0 if it does not say."""
    headers: Any = getattr(getattr(error, "response", None), "headers", {})
    try:
        return max(0.0, float(headers.get("retry-after", 0)))
    except (TypeError, ValueError, AttributeError):
        return 0.0


def reason(error: BaseException) -> str:
    """What went wrong, after the model's name: "refused the request (400): no such model"."""
    code = status(error)
    if code in (401, 403):
        return f"refused the key ({code})"
    if is_refusal(error):
        return f"refused the request ({code}){_said(error)}"
    if code:
        return f"failed ({code})"
    cause: BaseException = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    if isinstance(cause, UnboundedAnswer):
        return str(cause)
    return f"cannot be reached: {str(cause)[:_LONGEST] or type(cause).__name__}"


def _said(error: BaseException) -> str:
    """The server's own words, if they are words and not a page."""
    text = re.sub(r"\s+", " ", str(getattr(error, "message", "")))
    return f": {text[:_LONGEST]}" if text and "<html" not in text.lower() else ""
