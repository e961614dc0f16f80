"""Whether a sentence about picks is true: each fact in it is in the row that it speaks of, by a field, its text or a
sum.

Knows rows, and what the person said. Knows nothing of language models.
"""

from .facts import Facts

__all__ = ["Facts"]
