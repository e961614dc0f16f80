"""Where a sentence names picks: by title, by what is left of one, by a word that only one of them is called by.

Knows what picks are called, and nothing of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...understanding.text import STOPWORDS, Token, tokens
from .vocabulary import BEGINNING, akin

Forms = tuple[str, ...]

_COMPARED = re.compile(
    r"\b(?:than|unlike|like|as|beside|alongside|similar\s+to|next\s+to|compared\s+(?:to|with)|over|what)"
    r"\s+(?:the\s+|both\s+)?[\"“‘'*_《]*$",
    re.I,
)
_OF_OTHERS = re.compile(r"\b(?:by|from|starring|featuring|in|at)\s+(?:the\s+)?[\"“‘'*_]*$", re.I)
_THE = re.compile(r"\b(?:the|this|that|both|either)\s+[\"“‘'*_]*$", re.I)
_MARKED_BEFORE = re.compile(r"[\"“‘'*_《]$")
_MARKED_AFTER = re.compile(r"[\"”’'*_》]")
_VERB_NEXT = re.compile(
    r"[\"”’'*_!?]*\s+(?:is|was|has|will|would|runs|takes|follows|tells|stars|comes|may|might|keeps|makes)\b"
)
_PRONOUNS = frozenset("it he she they we you this that these those there her him them".split())
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Mention:
    """A pick that a sentence names, by its place among the picks; `compared` where it is only compared with."""

    pick: int
    start: int
    end: int
    compared: bool


@dataclass(frozen=True)
class Called:
    """What picks are called. titles: of each. others: names of other things, which are no short titles. own: stems of
    titles and of names in the rows by which only one pick is known, and which."""

    titles: Sequence[Sequence[str]]
    others: Collection[Forms] = ()
    own: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def names(self) -> Mapping[Forms, int]:
        """Titles, and what is left of them where that is one pick's own."""
        found: dict[Forms, int] = {}
        shorts: dict[Forms, set[int]] = {}
        for n, called in enumerate(self.titles):
            for title in called:
                form = tuple(word.form for word in tokens(title))
                found.setdefault(form, n)
                for short in _shortened(form):
                    shorts.setdefault(short, set()).add(n)
        found.pop((), None)
        return {f: min(picks) for f, picks in shorts.items() if len(picks) == 1 and f not in self.others} | found

    def owner(self, word: str) -> int | None:
        """The only pick that a word may mean, also one of the family of its name: "Viennese"."""
        if word in self.own:
            return self.own[word]
        picks = {pick for name, pick in self.own.items() if len(word) > BEGINNING and akin(word, name)}
        return min(picks) if len(picks) == 1 and word not in STOPWORDS else None

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Stems of the words of titles."""
        return frozenset(word.form for called in self.titles for title in called for word in tokens(title))


def mentions(text: str, called: Called) -> list[Mention]:
    """The picks that a text names, in order."""
    words, found, n = tokens(text), list[Mention](), 0
    while n < len(words):
        match = next(_matches(text, words, n, called), None)
        if match:
            start, end = words[n].start, words[match[1] - 1].end
            found.append(Mention(match[0], start, end, bool(_COMPARED.search(text[:start]))))
        n = match[1] if match else n + _length_of_other(words, n, called)
    return found


def _length_of_other(words: Sequence[Token], n: int, called: Called) -> int:
    """How many words a name of another thing has that begins here; of one word it may stand for a pick."""
    sizes = (size for size in range(min(_LONGEST, len(words) - n), 1, -1))
    return next((s for s in sizes if tuple(w.form for w in words[n : n + s]) in called.others), 1)


def designated(text: str, called: Called) -> list[int]:
    """The picks of which a text, which names none, has a name that only they bear: a city, somebody who made it."""
    words = [word for word in tokens(text) if word.text[0].isupper() or word.form in called.title_words]
    found = [called.owner(word.form) for word in words]
    return list(dict.fromkeys(pick for pick in found if pick is not None))


def _matches(text: str, words: Sequence[Token], n: int, called: Called) -> Iterator[tuple[int, int]]:
    for last in range(min(len(words), n + _LONGEST), n, -1):
        form = tuple(word.form for word in words[n:last])
        if form in called.names and _is_meant(text, words[n].start, words[last - 1].end, form):
            yield called.names[form], last
    if (pick := called.own.get(words[n].form)) is not None and _stands_for_one(text, words[n], called):
        yield pick, n + 1


def _stands_for_one(text: str, word: Token, called: Called) -> bool:
    """Whether a word is meant as the name of a pick: "the Okami", "Kobold", "the riad", but not "by Kobold"."""
    before = text[: word.start]
    if _OF_OTHERS.search(before):
        return False
    is_title, has_the = word.form in called.title_words, bool(_THE.search(before))
    return (is_title and (has_the or word.text[0].isupper())) or (has_the and word.text[0].isupper())


def _is_meant(text: str, start: int, end: int, form: Sequence[str]) -> bool:
    """Whether a title is meant: one of small or single words has to look like one."""
    marked = bool(_MARKED_BEFORE.search(text[:start]) and _MARKED_AFTER.match(text[end:]))
    if marked or not text[start:end].isascii():
        return True
    if len(form) == 1 and form[0] in STOPWORDS and len(text[start:end]) > 1:
        is_late = bool(re.search(r"[\w,]\s+$", text[:start]))
        return text[start].isupper() and form[0] not in _PRONOUNS and (is_late or bool(_VERB_NEXT.match(text[end:])))
    return (len(form) > 1 and not set(form) <= STOPWORDS) or text[start].isupper() or text[start].isdigit()


def _shortened(form: Forms) -> Iterator[Forms]:
    """A title without its first words, or its last: two words or more are left, or all but an article."""
    if form[:1] in (("the",), ("a",), ("an",)):
        yield form[1:]
    for size in range(2, len(form)):
        for short in (form[:size], form[-size:]):
            if not all(word in STOPWORDS for word in (short[0], short[-1])):
                yield short
    numbered = (n for n in range(2, len(form) - 1) if form[n].isdigit())
    yield from (form[n - 1 : n + 1] for n in numbered)  # "HD-12" of "Hartmann HD-12 Studio"
