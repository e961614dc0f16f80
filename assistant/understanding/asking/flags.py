"""Fields of yes and no by what is said of them: "delivering at the moment" is of `Is delivering now`, and less of `Has
Online delivery`.

Knows the columns of a catalogue, and nothing of what is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise, takewhile

from penchant.retriever import Catalogue
from penchant.retriever.catalogue.inference import words_of

from ..text import STOPWORDS, forms, tokens

_TRUE, _EITHER = ("yes", "true"), frozenset(("yes", "no", "true", "false"))
_OF_FIELDS = frozenset(("is", "has", "have", "with", "can", "available", "allowed"))
_NOW = frozenset(("now", "currently", "moment", "today", "tonight"))
_STEM = 5


def flags_said(text: str, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The (field, value) pairs of the fields of yes and no of which a text has the most words, said as true."""
    said = {word.form for word in tokens(text)}
    said |= {"now"} if said & _NOW else set()
    scores: dict[tuple[str, str], float] = {}
    for facet, values in catalogue.value_counts.items():
        if values and {value.casefold() for value in values} <= _EITHER:
            own = set(forms(" ".join(words_of(facet)))) - _OF_FIELDS
            hit = [word for word in own if is_said(word, said)]
            true = next((value for value in values if value.casefold() in _TRUE), "True")
            if hit and set(hit) - {"now"} and not is_another(text, facet):
                scores[facet, true] = len(hit) + len(hit) / len(own)
    best = max(scores.values(), default=0.0)
    yield from (pair for pair, score in scores.items() if score == best)


def is_another(text: str, facet: str) -> bool:
    """Whether what is said is of another kind than a field of yes and no has: "wireless charging", where all that is
    said of `fast charging` is the charging."""
    called, words = forms(" ".join(words_of(facet))), tokens(text)
    said = {word.form for word in words}
    parts = [(kind, of) for kind, of in pairwise(called) if kind not in _OF_FIELDS]
    kinds = [of for kind, of in parts if is_said(of, said) and not is_said(kind, said)]
    led = [before for before, word in pairwise(words) for of in kinds if is_said(of, (word.form,))]
    return bool(led) and all(one.text.casefold() not in STOPWORDS and one.form not in called for one in led)


def is_flag(value: str) -> bool:
    """Whether a value is a yes."""
    return value.casefold() in _TRUE


def is_said(word: str, said: Collection[str]) -> bool:
    """Whether a word (its form) is among those said, or one that begins alike: charging, charges."""
    return word in said or any(_begins_alike(word, other) for other in said)


def _begins_alike(one: str, other: str) -> bool:
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return common >= _STEM and common >= min(len(one), len(other)) - 2
