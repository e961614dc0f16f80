"""What a sentence about picks is held against: their rows, and what the person said.

Knows fields, values, names and amounts. Knows nothing of what is checked.
"""

from .reading import Reading
from .rows import Known, Row, number_in
from .said import Said, grams

__all__ = ["Known", "Reading", "Row", "Said", "grams", "number_in"]
