"""Two words that a name writes as one without a capital: "userrating", "sizebytes", "ratingcount".

Each is a word of concepts.toml, a unit, or an English noun. Knows nothing of columns.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources

from ...kinds import nouns
from ...values import unit_named

_LEAST = 3
_NOUN = 4
"""Letters of a part; shorter nouns and units stand in words by chance."""
_REMEMBERED = 4096


@cache
def concepts() -> Mapping[str, frozenset[str]]:
    """The words of each concept, in lower case."""
    here = resources.files("penchant.retriever.catalogue.inference.headers")
    text = here.joinpath("concepts.toml").read_text(encoding="utf-8")
    return {concept: frozenset(words.split()) for concept, words in tomllib.loads(text).items()}


@cache
def everyday() -> frozenset[str]:
    """The words of all concepts."""
    return frozenset().union(*concepts().values())


@lru_cache(_REMEMBERED)
def parted(word: str) -> tuple[str, ...]:
    """The two words of a word in lower case; itself where it is a word, or no two."""
    known = len(word) < 2 * _LEAST or not word.isascii() or word in everyday()
    known = known or any(nouns().senses(one) for one in (word, word.removesuffix("s")))
    found = () if known else sorted(_ways(word), key=lambda way: len(everyday().intersection(way)), reverse=True)
    return found[0] if found else (word,)


def _ways(word: str) -> Iterator[tuple[str, str]]:
    for at in range(_LEAST, len(word) - _LEAST + 1):
        if _may_stand(word[:at]) and _may_stand(word[at:]):
            yield word[:at], word[at:]


def _may_stand(part: str) -> bool:
    if part in everyday():
        return True
    return len(part) >= _NOUN and (unit_named(part) is not None or bool(nouns().senses(part)))
