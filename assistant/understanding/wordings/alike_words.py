"""How much a word that is said is like one that a catalogue has: itself, of its root, short for it, or of its meaning.

English. Knows two words, and nothing of where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from penchant.retriever.catalogue.kinds import Sense, adjectives, nouns

from ..degrees import root
from ..spans import is_word
from ..text import CHATTER, STOPWORDS, stem
from .short_words import is_short_for

_ROOT, _SHORT, _SAME, _SHORT_FOR_SAME, _SIMILAR, _FARTHER = 0.95, 0.9, 0.85, 0.8, 0.7, 0.55
NEARLY, LIKELY = _SHORT, _SHORT_FOR_SAME
"""Bars of a likeness: of the words themselves, and of what they mean at the least."""
_COMMONEST = 3
"""Meanings of a noun that may be meant."""
_LETTERS, _BEGUN, _FAR_LONGER = 4, 3, 3
_AT_LEAST = 2
"""Letters that words of one root begin with."""
_GERUND = "ing"
_SOLID = "physical entity"
_FORMS = (("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"))
_OF_IT = ("y", "ey", "en", "ly")
"""What makes an adjective of a noun, whether or not a dictionary has it."""


@lru_cache(maxsize=50_000)
def likeness(said: str, own: str, pointed: bool = False, thing: bool = False) -> float:
    """From 0 to 1, for two words in small letters; a code of a catalogue ("CNG") is like nothing but itself. pointed:
    the field is named beside it, so that a word that has other meanings may be short for one ("auto gearbox"). thing:
    the word is what a thing is called, and no adjective."""
    if stem(said) == stem(own):
        return 1.0
    if own.isupper():
        return 0.0
    if is_of_one_root(said, own):
        return _ROOT
    if _is_short(own, said) or (is_short_for(said, own) and (not is_word(said) or (pointed and _is_begun(said, own)))):
        return _SHORT
    return max(0.0 if thing else _as_adjectives(said, own), 0.0 if said in CHATTER else _as_nouns(said, own))


def _is_short(own: str, word: str) -> bool:
    """Whether a catalogue's word is short for another; if it is an adjective itself ("apt"), of a far longer one."""
    if nouns().senses(own) or own in STOPWORDS:
        return False
    return is_short_for(own, word) and (len(word) >= _FAR_LONGER * len(own) or not is_word(own))


def _is_begun(short: str, word: str) -> bool:
    """Whether a word of which much is left out begins as another ("auto" of automatic, not "four" of fourth)."""
    return word.startswith(short) and len(short) >= _LETTERS <= len(word) - len(short)


def is_of_one_root(one: str, other: str) -> bool:
    """Whether two words are of one root, by their endings and by what WordNet derives from what; of words that it lacks
    ("smokey"), and of nouns that an adjective only adds a letter to, the endings alone tell."""
    if (
        one[:_AT_LEAST] != other[:_AT_LEAST]
        or _roots(one).isdisjoint(_roots(other))
        or _is_gerund(one, other)
        or _is_gerund(other, one)
    ):
        return False
    pairs = ((a, b) for a in _bases(one) for b in _bases(other))
    if any(a == b or adjectives().of_one_root(a, b) for a, b in pairs):
        return True
    return min(len(one), len(other)) >= _LETTERS and any(map(_is_made, (one, other)))


def _is_gerund(word: str, other: str) -> bool:
    """Whether a word is what is done ("camping"), and the other no adjective that only says how ("sparkly")."""
    word, other = stem(word), stem(other)
    if not word.endswith(_GERUND) or other.endswith(_GERUND):
        return False
    return other not in adjectives() or other in _bases(word)


def _roots(word: str) -> set[str]:
    """ "Wood" of wooden and woody, "spic" of spice and spicy."""
    plain = stem(word)
    cut = {plain.removesuffix(end) for end in _OF_IT if len(plain) - len(end) >= _LETTERS}
    return {root(word), *cut, *(one.removesuffix("e") for one in cut)}


def _bases(word: str) -> Iterator[str]:
    """The word, and what it may be a form of: "share" of "shared" and "sharing"."""
    yield from (word, stem(word))
    for ending, put in _FORMS:
        if word.endswith(ending) and is_word(base := word.removesuffix(ending) + put):
            yield base


def _is_made(word: str) -> bool:
    """Whether a word is nothing but an adjective of what it is made of."""
    plain = nouns().senses(word)
    return word.endswith(_OF_IT[:2]) and not plain and (word in adjectives() or not is_word(word))


def _as_adjectives(said: str, own: str) -> float:
    """The same where they begin alike: "bluish", "reddish"."""
    steps = adjectives().steps(said, own)
    if steps == 0 and said[:_BEGUN] == own[:_BEGUN]:
        return _ROOT
    return 0.0 if steps is None else (_SAME, _SIMILAR, _FARTHER)[steps]


def _as_nouns(said: str, own: str) -> float:
    """By a meaning that is the commonest of either word, and no rare one of the catalogue's; of a word cut short, by
    that of the whole."""
    table = nouns()
    here, there = _things(said), _things(own)
    names = {name for sense in here for name in sense.names if " " not in name and sense in _things(name)[:_COMMONEST]}
    if any(_is_short(own, name) for name in names):
        return _SHORT_FOR_SAME
    if any(sense in there[:1] for sense in here) or any(sense in there[:_COMMONEST] for sense in here[:1]):
        return _SAME
    above = {kind for sense in here[:_COMMONEST] for kind in table.parents(sense)}
    return (
        _SIMILAR if any(sense in above for sense in there[:_COMMONEST]) else 0.0
    )  # a house is a home; a dog, no hound


def _things(word: str) -> Sequence[Sense]:
    """The meanings of a noun that are things: a family is a household, and no home."""
    table = nouns()
    return [s for s in table.senses(word) if any(_SOLID in kind.names for kind in table.broader(s))]
