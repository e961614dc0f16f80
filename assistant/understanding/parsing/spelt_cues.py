"""Words of refusal with a letter wrong: "alergic to", "witout". Their stretches are found as if they were well spelt.

English. Knows cues and the words that a catalogue has. Knows nothing of what is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from rapidfuzz.distance import OSA

from ..cues import Scope, scopes
from ..spans import is_word
from ..text import Token

_WORDS = """allergic allergies intolerant without nothing anything anyone anywhere everything everywhere except
excluding avoid avoiding neither never dislike hate despise loathe detest besides interested enough tired""".split()
"""Those of the cues that mean nothing but what they begin."""
_FEWEST_LETTERS = 5


def spelt_scopes(
    text: str, words: Sequence[Token], known: Collection[int], is_heard: Callable[[Token], bool]
) -> list[Scope]:
    """The scopes of a text, see cues.scopes. is_heard: whether the catalogue has a word, which so is spelt as meant."""
    meant = {word: spelt for word in words if not is_heard(word) and (spelt := _spelt(word.text))}
    if not meant:
        return scopes(text, known)
    changes = [(word.start, word.end, spelt) for word, spelt in meant.items()]
    told, places = _replaced(text, changes)
    there = {place: n for n, place in reversed(list(enumerate(places)))}
    found = scopes(told, {there[place] for place in known if place in there})
    return [Scope(places[s.cue], places[s.start], places[s.end], s.level) for s in found]


def _spelt(word: str) -> str:
    """The word of refusal that one which is none is a letter away from; "" if there is none."""
    said = word.casefold()
    if len(said) < _FEWEST_LETTERS or not said.isascii() or is_word(word):
        return ""
    near = (one for one in _WORDS if len(one) >= _FEWEST_LETTERS and OSA.distance(said, one, score_cutoff=1) <= 1)
    return next(near, "")


def _replaced(text: str, changes: Sequence[tuple[int, int, str]]) -> tuple[str, list[int]]:
    """The text with other words at some stretches, and for each of its characters and its end the place in `text`."""
    parts, places, position = list[str](), list[int](), 0
    for start, end, word in changes:
        parts += [text[position:start], word]
        places += [*range(position, start), *(min(start + n, end - 1) for n in range(len(word)))]
        position = end
    parts.append(text[position:])
    return "".join(parts), [*places, *range(position, len(text) + 1)]
