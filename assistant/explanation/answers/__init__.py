"""Answers to questions about what is on screen, from fields and shares, in one or two sentences.

Knows what is asked, the picks with their shares, and the session. Knows nothing of wording in messages.
"""

from .answer import answer_text
from .likeness import comes_close, holds_wish, lacked
from .reasons import is_put_forward, reasons

__all__ = ["answer_text", "comes_close", "holds_wish", "is_put_forward", "lacked", "reasons"]
