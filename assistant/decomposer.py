"""Understands a message without a language model: what the catalogue knows, numbers, negation, and own words.

A message becomes interests in catalogue values, names and mentioned items, ranges of numbers, and one open interest in
the message itself (less what it rejects), since tags alone lose what they do not name. English and Chinese; any other
language gives the open interest. Knows nothing of vectors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from penchant.retriever import MENTION, OPEN, Interest, Level

from .intents import intent_of, takes_back
from .mentions import Mentions, is_introduced
from .parsed import Parsed, parse
from .phrases import is_latin, tokens
from .session import Session
from .understanding import Understanding
from .verdicts import Verdict, verdict
from .vocabulary import Entry, Match, Vocabulary

MESSAGE_STRENGTH = 0.6
_SEEN_STRENGTH = 0.7
_FEW = 3
_BEFORE, _AFTER = 30, 80
_MOST_CHARACTERS = 2000
_POINTS = re.compile(r"\b(?:it|that|this|them|those|these|both|me)\b", re.I)


class Decomposer:
    """Rules over one catalogue's vocabulary. State in, understanding out.

    `english_only`: the encoder knows no other script; own words in one are kept and shown but stay out of the vector.
    """

    def __init__(self, vocabulary: Vocabulary, english_only: bool = True) -> None:
        self._vocabulary = vocabulary
        self._mentions = Mentions(vocabulary)
        self._english_only = english_only

    def understand(self, message: str, session: Session) -> Understanding:
        """What the message says, given what was said and shown before."""
        parsed = parse(message[:_MOST_CHARACTERS], self._mentions, self._vocabulary)
        ends = [*(parsed.begin(m) for m in parsed.matches[1:]), len(parsed.text)]
        found = [i for m, end in zip(parsed.matches, ends, strict=False) for i in self._interests(parsed, m, end)]
        found += [
            Interest(r.facet, r.value, level=_gate_level(parsed.level(r.start)), quote=parsed.text[r.start : r.end])
            for r in parsed.ranges
        ]
        found += [
            Interest(OPEN, phrase, level=scope.level, quote=parsed.text[scope.cue : scope.end].strip())
            for scope, phrase in parsed.unknown_rejections()
        ]
        found += self._references(parsed, session)
        found += self._on_screen(parsed.text, found, session)
        dropped = self._dropped(parsed.text, found, session)
        found = [i for i in found if i.key not in dropped]
        asked = {self._item(parsed, m) for m in parsed.matches if self._is_asked_for(parsed, m)}
        seen = tuple(i.item for i in found if i.facet == MENTION and i.item not in asked)
        found += self._own_words(parsed)
        intent = intent_of(parsed.text, bool(found or dropped), session)
        return Understanding(intent, _distinct(found), tuple(dropped), seen)

    def named_items(self, text: str) -> list[str]:
        """The ids of the items whose titles a text names, in order."""
        words = tokens(text)
        titles = [m for m in self._mentions.find(text, words) if m.entries[0].kind == "title"]
        return [
            self._mentions.meant(m.entries, text, words[m.first].start, words[m.last - 1].end).item for m in titles
        ]

    def _interests(self, parsed: Parsed, match: Match, after: int) -> list[Interest]:
        """One interest for a match; of several facets that know it, a want goes to the commonest, a never to all.

        `after` is where the next match begins: what is said up to there may be a verdict on this one.
        """
        start, end = parsed.begin(match), parsed.end(match)
        level, quote = parsed.level(start), parsed.text[start:end]
        if match.entries[0].kind == "title":
            item = self._item(parsed, match)
            before = verdict(parsed.text[max(0, start - _BEFORE) : start])
            said = verdict(parsed.text[end : min(after, end + _AFTER)]) or ("seen" if before == "seen" else None)
            return [self._mention(item, level, said, quote)]
        if parsed.is_category(match) and parsed.is_qualified(match):
            return []
        entries = [e for e in match.entries if e.kind != "title"] if level == "never" else match.entries[:1]
        return [self._value(entry, level, quote) for entry in entries]

    def _item(self, parsed: Parsed, match: Match) -> str:
        return self._mentions.meant(match.entries, parsed.text, parsed.begin(match), parsed.end(match)).item

    def _is_asked_for(self, parsed: Parsed, match: Match) -> bool:
        """ "Do you have Alien?", against "like Alien" or "Alien was great": then the person knows it."""
        title = match.entries[0].kind == "title"
        return title and not is_introduced(parsed.text[: parsed.list_begin(match)]) and not verdict(parsed.text)

    def _value(self, entry: Entry, level: Level, quote: str) -> Interest:
        gate = self._vocabulary.schema.kind(entry.facet) == "category"
        return Interest(entry.facet, entry.value, level=_gate_level(level) if gate else level, quote=quote)

    def _mention(self, item: str, level: Level, said: Verdict | None, quote: str) -> Interest:
        """An item as an interest: a dislike rules it out, and to have seen it says less than to like it."""
        level = "never" if said == "disliked" or level != "want" else "want"
        strength = _SEEN_STRENGTH if said == "seen" else 1.0
        return Interest(
            MENTION, self._vocabulary.title(item), strength, level, source="mention", item=item, quote=quote
        )

    def _references(self, parsed: Parsed, session: Session) -> list[Interest]:
        """ "More like the second one": items on screen."""
        return [
            self._mention(item, parsed.level(start), None, quote)
            for item, start, quote in self._mentions.references(parsed.text, session.shown)
        ]

    def _on_screen(self, text: str, found: Sequence[Interest], session: Session) -> list[Interest]:
        """ "I loved it": what is said of the few items on screen, where the message names none itself."""
        meant = bool(_POINTS.search(text)) and len(session.shown) <= _FEW and not found
        said = verdict(text) if meant else None
        return [self._mention(item, "want", said, text.strip()) for item in session.shown] if said else []

    def _dropped(self, text: str, found: Sequence[Interest], session: Session) -> list[tuple[str, str]]:
        before = {i.key for i in session.interests if i.level != "want"}
        return [i.key for i in found if i.level == "want" and i.key in before] if takes_back(text) else []

    def _own_words(self, parsed: Parsed) -> list[Interest]:
        """The message as an interest of its own, if anything in it is about taste."""
        phrase = parsed.own_words
        parked = self._english_only and not is_latin(phrase)
        return [Interest(OPEN, phrase, MESSAGE_STRENGTH, parked=parked, quote=parsed.text.strip())] if phrase else []


def _gate_level(level: Level) -> Level:
    """Numbers and categories have no "less"."""
    return "want" if level == "want" else "never"


def _distinct(interests: Sequence[Interest]) -> tuple[Interest, ...]:
    """One interest per key; said twice in a message, the last and the stricter counts."""
    order = {"want": 0, "less": 1, "never": 2}
    found: dict[tuple[str, str], Interest] = {}
    for interest in interests:
        known = found.get(interest.key)
        if known is None or order[interest.level] >= order[known.level]:
            found[interest.key] = interest
    return tuple(found.values())
