"""What can be a message of a turn. Knows nothing of what it says."""

from __future__ import annotations

from penchant.retriever import PenchantError

LONGEST_MESSAGE = 8000


class MessageError(PenchantError):
    """The message cannot be a turn: empty, or too long."""


def checked(message: str) -> str:
    """The message without space around it. Raises MessageError."""
    if not message.strip():
        raise MessageError("the message is empty; say what you would like")
    if len(message) > LONGEST_MESSAGE:
        raise MessageError(f"the message has {len(message):,} characters; the most is {LONGEST_MESSAGE:,}")
    # Halves of a character, from a terminal that sends no UTF-8 or from JSON, are no text that can be kept or sent.
    return message.strip().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
