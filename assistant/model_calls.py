"""What the calls of a language model leave to whoever makes a turn: a count, or an error.

Knows no model: so that what understands and explains can be spoken of without one.
"""

from __future__ import annotations

from dataclasses import dataclass

from penchant.retriever import PenchantError


class ModelError(PenchantError):
    """The language model could not be reached in time, or said nothing usable."""


@dataclass(slots=True)
class Usage:
    """A running count of the requests sent in a turn, and of their tokens as far as the server reports them."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
