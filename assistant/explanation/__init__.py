"""Why these picks, in words: by templates from the shares, or by a language model whose every sentence is checked.

Knows the picks, their rows and the session. Knows nothing of how picks are found.
"""

from .narration import narrate
from .question_text import option_text, question_text
from .templates import PRIOR_NAME, reply_text

__all__ = [
    "PRIOR_NAME",
    "narrate",
    "option_text",
    "question_text",
    "reply_text",
]
