"""What a message says, found by rules: values, names, numbers, items, own words, and what is said of the
conversation.

Its families run one way: text, cues, linking, acts. Knows the catalogue's words. Knows nothing of vectors, language
models or explaining.
"""

from .tagger import RuleTagger

__all__ = [
    "RuleTagger",
]
