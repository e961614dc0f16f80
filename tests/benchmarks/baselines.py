"""Simple ways to tag a message, to compare with. All they find is liked.

Knows nothing of grammar or negation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from penchant.assistant.understanding.linking.gazetteer import Gazetteer
from penchant.assistant.understanding.text.stopwords import STOPWORDS
from penchant.assistant.understanding.text.tokens import Token, tokens
from penchant.retriever import SentenceEncoder

from .messages import Message
from .tags import Tag

_LONGEST = 4
_NEAR = 0.6


def key_phrases(message: Message, gazetteer: Gazetteer) -> tuple[list[Tag], list[float]]:
    """RAKE (Rose et al., 2010): runs of words between function words; a word scores its degree by its frequency."""
    runs = list(_runs(message.spoken))
    frequency = Counter(word.form for run in runs for word in run)
    degree = Counter(dict.fromkeys(frequency, 0))
    for run in runs:
        for word in run:
            degree[word.form] += len(run)
    scored = {
        " ".join(w.text for w in run): sum(degree[w.form] / frequency[w.form] for w in run)
        for run in runs
        if len(run) <= _LONGEST
    }
    best = sorted(scored, key=lambda phrase: -scored[phrase])[: max(1, (len(scored) + 1) // 2)]
    return [Tag(phrase) for phrase in best], []


def _runs(text: str) -> Iterator[Sequence[Token]]:
    run: list[Token] = []
    for word in tokens(text):
        apart = run and any(c in ".,!?;:()，。！？；、" for c in text[run[-1].end : word.start])
        if run and (apart or word.text.casefold() in STOPWORDS):
            yield run
            run = []
        if word.text.casefold() not in STOPWORDS:
            run.append(word)
    if run:
        yield run


def nearest_values(message: Message, gazetteer: Gazetteer) -> tuple[list[Tag], list[float]]:
    """Each key phrase as the value or title of the vocabulary that is nearest to it by the encoder, if it is near."""
    phrases = [tag.value for tag in key_phrases(message, gazetteer)[0]]
    values, vectors = _encoded(gazetteer)
    if not phrases or not values:
        return [], []
    products = _encoder().encode(phrases) @ vectors.T
    best = products.argmax(axis=1)
    near = [int(n) for row, n in enumerate(best) if products[row, n] >= _NEAR]
    return [Tag(value) for value in dict.fromkeys(values[n] for n in near)], []


@cache
def _encoder() -> SentenceEncoder:
    return SentenceEncoder()


@cache
def _encoded(gazetteer: Gazetteer) -> tuple[list[str], np.ndarray]:
    values = list(dict.fromkeys(e.value for entries in gazetteer.entries.values() for e in entries if e.kind != "name"))
    return values, _encoder().encode(values)
