"""What is kept from children: where one is to watch, read or listen, nothing scary, violent or for adults is wanted.

Knows the catalogue's values by their words. Knows nothing of ages that works are for, where the catalogue has none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from penchant.retriever import Interest
from penchant.retriever.catalogue.kinds import audience_of

from ..linking import Gazetteer
from ..parsing import ParsedMessage
from ..recipients import Mention, mentions
from ..text import forms

_TEENS = 13
_YOUNG = "two three four five six seven eight nine ten eleven".split()
_CHILD = re.compile(
    rf"""\b(?:(?:\d|1[01]|{"|".join(_YOUNG)})[\s-]*(?:years?|yrs?|y)[\s-]*(?:olds?|o)\b
    |(?:toddler|pre-?schooler|kindergart\w*|grandchild|grandkid|kiddie)s?\b
    |(?:my|our|the)\s+(?:\w+\s+)?(?:kid|child)(?:s|ren)?\b|(?:small|little|young)\s+ones?\b
    |(?:for|with)\s+(?:kids|children|a\s+child)\b)""",
    re.I | re.X,
)
_ABOUT = re.compile(r"\b(?:about|of|on|featuring|starring)\s+(?:an?\s+|the\s+)?$", re.I)
_INSIDE = re.compile(r"\s+in\s+(?:it|them)\b", re.I)
_UNFIT = ("horror", "scary", "violent", "violence", "gore", "gory", "erotic", "adult", "disturbing", "slasher")
_NEAR_TO_OTHERS = "erotic"
"""Romance is near to it, and may be for children."""


def for_children(parsed: ParsedMessage, found: Sequence[Interest]) -> list[Interest]:
    """The nevers that go without saying, unless the person says that they want such a thing."""
    named = [(parsed.begin(m), parsed.end(m)) for m in parsed.matches if m.entries[0].kind == "value"]

    def is_free(start: int, end: int) -> bool:
        """Not in "good with kids", where that is a value: it says how a thing is."""
        return not any(begin < start and end <= last for begin, last in named)

    if young := next((m for m in mentions(parsed.text) if _is_young(m) and is_free(m.start, m.end)), None):
        return _kept_from(parsed, parsed.text[young.start : young.end], found)
    child = next((m for m in _CHILD.finditer(parsed.text) if is_free(*m.span())), None)
    spans = parsed.reading.spans if parsed.reading else ()
    if child is None or not any(s.side == "want" and s.meets(*child.span()) for s in spans):
        return []  # "the kids enjoyed it"
    if _ABOUT.search(parsed.text[: child.start()]) or _INSIDE.match(parsed.text, child.end()):
        return []
    behind = (m for m in parsed.matches if parsed.is_category(m) and parsed.begin(m) >= child.end())
    if any(not parsed.text[child.end() : parsed.begin(m)].strip(" -") for m in behind):
        return []  # "a five year old film"
    return _kept_from(parsed, child[0], found)


def _is_young(mention: Mention) -> bool:
    """Whether something is for a child; that one is along says it only where it is told how old it is."""
    surely = mention.who.is_of_age or not mention.along
    return surely and mention.who.high < _TEENS and not mention.refused


def _kept_from(parsed: ParsedMessage, quote: str, found: Sequence[Interest]) -> list[Interest]:
    wanted = {i.key for i in found if i.level == "want"}
    unfit = (
        Interest(facet, value, level="never", quote=quote) for facet, value in unfit_for_children(parsed.gazetteer)
    )
    return [i for i in unfit if i.key not in wanted]


def is_child(text: str) -> bool:
    """Whether a text speaks of children that something may be for."""
    return bool(_CHILD.search(text))


def unfit_for_children(gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """The (field, value) pairs of a catalogue that children are kept from."""
    for word in _UNFIT:
        for entry in gazetteer.entries.get(forms(word), ()):
            if entry.kind == "value" and _is_meant(word, entry.value):
                yield entry.facet, entry.value


def _is_meant(word: str, value: str) -> bool:
    """Whether such a word means a value: what is for young adults is not for adults."""
    whom = audience_of(value)
    return (word != _NEAR_TO_OTHERS or is_unfit(value)) and (whom is None or math.isinf(whom.high))


def is_unfit(value: str) -> bool:
    """Whether a value of a catalogue has such a word in it, alone or among others."""
    words = frozenset(forms(value))
    return any(words.issuperset(forms(word)) for word in _UNFIT)
