"""What helps against how a person says they feel: who is sad is cheered up, where the catalogue has what does; and what
is ruled out with an effect that is not wanted ("that won't make me cry").

Knows the gazetteer. Knows nothing of wording: see moods.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import OPEN, Interest

from ..cues import State
from ..linking import Entry
from ..parsing import ParsedMessage

_MOST, _STRENGTH, _IN_WORDS = 2, 0.7, 0.6


def remedies(states: Sequence[State], parsed: ParsedMessage, found: Sequence[Interest]) -> list[Interest]:
    """What helps against how a person feels, unless they say themselves what they want; and nevers."""
    refused = [s for s in states if _is_refused(s, parsed)]
    nevers = [
        Interest(entry.facet, entry.value, level="never", quote=_quote(parsed, state))
        for state in refused
        for entry, _ in _known([state], parsed)[:_MOST]
    ]
    return [*nevers, *_helping([s for s in states if s not in refused], parsed, found)]


def _helping(states: Sequence[State], parsed: ParsedMessage, found: Sequence[Interest]) -> list[Interest]:
    facets = {i.facet for i in found if i.level == "want"}
    known = _known(states, parsed)
    if any(entry.facet in facets for entry, _ in known):
        return []
    if known:
        first = known[:_MOST]
        return [Interest(entry.facet, entry.value, _STRENGTH, quote=_quote(parsed, s)) for entry, s in first]
    return [Interest(OPEN, s.wanted[0], _IN_WORDS, quote=_quote(parsed, s)) for s in states[:1] if s.wanted]


def _known(states: Sequence[State], parsed: ParsedMessage) -> list[tuple[Entry, State]]:
    """The values that the catalogue has of what may be wanted, the likeliest first."""
    wanted = [(word, s) for s in states for word in s.wanted]
    return [(entry, s) for word, s in wanted if (entry := parsed.gazetteer.facet_value(word))]


def _is_refused(state: State, parsed: ParsedMessage) -> bool:
    return parsed.reading is not None and parsed.reading.judge(state.start, state.end)[0] in ("never", "less")


def _quote(parsed: ParsedMessage, state: State) -> str:
    return parsed.text[state.start : state.end]
