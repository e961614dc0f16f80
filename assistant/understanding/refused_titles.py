"""What is refused by a word that titles have and nothing else does: "not the Fold" of phones, "none of the Nord ones".

Knows a message taken apart and the gazetteer's titles. Knows nothing of how it is kept out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from penchant.retriever import MENTION, OPEN, Interest
from penchant.retriever.catalogue.terms import terms
from penchant.retriever.ranking import limit_of

from .cues import Scope
from .linking import EntityLinker
from .parsing import ParsedMessage
from .spans import is_word
from .text import CHATTER, STOPWORDS, Token, forms

_LONGEST = 3
_SURELY_TOLD = 0.9
_MOST = 0.4
"""What more of the titles have is what the things are called."""

Placed = tuple[int, Interest]


def with_refused_titles(found: Sequence[Placed], parsed: ParsedMessage, linker: EntityLinker) -> list[Placed]:
    """The tastes, with what is refused of titles: where nothing else was understood of the refusal, and in the place of
    a phrase that means nothing else, or points to what is called so."""
    kept = [(place, _as_title(one, parsed, linker)) for place, one in found]
    return [*kept, *_unheard(kept, parsed, linker)]


def _as_title(interest: Interest, parsed: ParsedMessage, linker: EntityLinker) -> Interest:
    """A refused phrase as the items that are called so, where it can mean nothing else."""
    if interest.facet != OPEN or interest.level != "never" or limit_of(interest):
        return interest
    told = _is_pointed(interest.value, parsed.text) or _is_name(interest.value, parsed)
    if any(map(is_word, forms(interest.value))) and not told:
        return interest
    items = _called(forms(interest.value), parsed, linker)
    return replace(interest, facet=MENTION, source="mention", items=items) if items else interest


def _is_name(phrase: str, parsed: ParsedMessage) -> bool:
    """ "nike's too narrow": whether the model takes it for a name."""
    spans = parsed.reading.spans if parsed.reading else ()
    return any(s.kind == "name" and parsed.text[s.start : s.end] == phrase for s in spans)


def _is_pointed(phrase: str, text: str) -> bool:
    """ "Not the fold", "not a Golf": of words that mean something else as well, whether a thing is called so."""
    called = re.search(rf"\bthe\s+{re.escape(phrase)}\b", text, re.I)
    named = phrase[:1].isupper() and not phrase.isupper()
    return bool(called) or (named and not text.strip().startswith(phrase))


def _unheard(found: Sequence[Placed], parsed: ParsedMessage, linker: EntityLinker) -> Iterator[Placed]:
    """What a cue refuses, where nothing else is found behind it."""
    for scope in parsed.cued:
        placed = any(scope.cue <= place < scope.end for place, _ in found)
        if scope.level != "never" or placed or _is_known(scope, parsed):
            continue
        words = [w for w in parsed.content(scope.start, scope.end) if w.text.casefold() not in CHATTER | STOPWORDS]
        if words and (one := _refused(words[:_LONGEST], parsed, linker)):
            yield scope.cue, one


def _is_known(scope: Scope, parsed: ParsedMessage) -> bool:
    """Whether the catalogue knows what stands there, or a number does."""
    places = [*map(parsed.begin, parsed.matches), *(r.start for r in parsed.ranges), *_only_told(parsed)]
    return any(scope.start <= place < scope.end for place in places)


def _only_told(parsed: ParsedMessage) -> Iterator[int]:
    """Where things stand that the model takes for no refusal of whoever speaks: "my sister hates ..."."""
    spans = parsed.reading.spans if parsed.reading else ()
    return (s.start for s in spans if s.side == "mentioned" and s.confidence >= _SURELY_TOLD)


def _refused(words: Sequence[Token], parsed: ParsedMessage, linker: EntityLinker) -> Interest | None:
    """The most of these words, from the first on, that titles have side by side."""
    for count in range(len(words), 0, -1):
        said = parsed.text[words[0].start : words[count - 1].end]
        if items := _called(forms(said), parsed, linker):
            return Interest(MENTION, said, level="never", source="mention", items=items, quote=said)
    return None


def _called(part: Sequence[str], parsed: ParsedMessage, linker: EntityLinker) -> tuple[str, ...]:
    """The ids of the items in whose titles, and in nothing else of any, these words stand; none of too many."""
    catalogue = parsed.gazetteer.catalogue
    told = terms(" ".join(part))
    number = any(char.isdigit() for word in part for char in word)  # "X3" is too short to be a term
    items = linker.titled(tuple(part)) if told or number else ()
    if not 0 < len(items) <= _MOST * len(catalogue):
        return ()
    saying = [catalogue.terms.every([word]) > 0 for word in told]
    return items if not saying or int(np.logical_and.reduce(saying).sum()) <= len(items) else ()
