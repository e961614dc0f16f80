"""Which words are English as they are: those that the model's vocabulary holds whole, some 23,000.

A word that is one is not taken for another that is misspelt ("spare" is not "space"). Knows nothing of catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .span_model import open_tokenizer

_SURE, _LIKELY, _FEW = 0.66, 0.4, 3
_STRANGE = 0.5
_FUNCTION_WORDS = frozenset(
    """the and with for of is are some something any anything my like want need about but please from by i over than not
    it you this that would have what""".split()
)


def is_english(words: Sequence[str]) -> bool:
    """Whether a text is likely one that the model reads: of few words any, else if enough are English as they are."""
    words = [word for word in words if any(c.isalpha() for c in word)]
    share = sum(map(is_word, words)) / max(1, len(words))
    told = not _FUNCTION_WORDS.isdisjoint(word.casefold() for word in words)
    return len(words) <= _FEW or share >= (_LIKELY if told else _SURE)


def is_word(word: str) -> bool:
    return all(part in _words() for part in re.split("['’]", word.casefold()))


def is_gibberish(words: Sequence[str]) -> bool:
    """ "Asdf qwer zxcv": whether none of some words is English, and half of their letters stand as in no word, name
    or loan that the vocabulary holds. Of 1,447 names of people in films, 12 would be."""
    runs = [run for word in words for run in _runs(word.casefold())]
    strange = sum(run not in _known_runs() for run in runs)
    return bool(runs) and strange >= _STRANGE * len(runs) and not any(map(is_word, words))


def _runs(word: str) -> list[str]:
    """Three letters each, the ends of the word among them."""
    ends = f" {word} "
    return [ends[n : n + 3] for n in range(len(ends) - 2)]


@lru_cache(maxsize=1)
def _known_runs() -> frozenset[str]:
    return frozenset(run for word in _words() for run in _runs(word))


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(word for word in open_tokenizer().get_vocab() if word.isalpha())
