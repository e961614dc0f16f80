"""Understands a message without a language model: what the catalogue knows, numbers, negation, and own words.

A message becomes interests in catalogue values, names and mentioned items, ranges of numbers, and one open interest in
the message itself (less what it rejects), since tags alone lose what they do not name. English and Chinese; any other
language gives the open interest. Knows nothing of vectors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from penchant.retriever import MENTION, OPEN, Interest, Level

from .mentions import Mentions
from .phrases import Token, is_chinese, tokens
from .polarity import Scope, scopes
from .ranges import find_ranges
from .session import Session
from .stopwords import STOPWORDS
from .understanding import Intent, Understanding
from .verdicts import Verdict, verdict
from .vocabulary import Entry, Match, Vocabulary

MESSAGE_STRENGTH = 0.65
_SEEN_STRENGTH = 0.7
_FEW = 3
_BEFORE, _AFTER = 30, 80
_OPEN_WORDS = 4
_MOST_CHARACTERS = 2000

_NEW_TOPIC = re.compile(
    r"\b(something (?:completely|totally|entirely) different|change of (?:topic|subject)|new topic|start over|"
    r"forget (?:that|all that|about that|it)|on another note|switch(?:ing)? to)\b|换个话题|换一?[个类种]",
    re.I,
)
_MORE = re.compile(
    r"\b((?:any|some|show me|give me)?\s*(?:more|others?)\s*"
    r"(?:please|options|suggestions|recommendations|like (?:that|this|these|those))?[?.!]*$|"
    r"(?:something|anything|any) (?:else|other|more)|what else|another one)|还有(?:吗|别的)|其他的",
    re.I,
)
_FINE = re.compile(
    r"\b(?:is|are|would be|sounds)\s+(?:totally |perfectly |actually |also )?(?:fine|ok|okay|alright|good|great)\b"
    r"|可以|也行",
    re.I,
)
_DANGLING = re.compile(
    r"[\s,，.]+(?:but|and|or|though|but please|please|but no|but not|但|和)?[\s,，.]*$|^(?:but|and|or)\s+", re.I
)
_FEEDBACK = re.compile(r"\b(?:thanks?|thank you|perfect|great pick|love (?:it|that|this)|good one)\b|谢谢", re.I)


class Decomposer:
    """Rules over one catalogue's vocabulary. State in, understanding out."""

    def __init__(self, vocabulary: Vocabulary, languages: Sequence[str] = ("latin",)) -> None:
        self._vocabulary = vocabulary
        self._mentions = Mentions(vocabulary)
        self._languages = languages

    def understand(self, message: str, session: Session) -> Understanding:
        """What the message says, given what was said and shown before."""
        text = message[:_MOST_CHARACTERS]
        words = tokens(text)
        matches = self._mentions.find(text, words)
        ranges = find_ranges(text, self._vocabulary.schema)
        begins = {words[m.first].start for m in matches}
        negated = scopes(text, begins)
        ends = [*(words[m.first].start for m in matches[1:]), len(text)]
        found = [
            i for m, after in zip(matches, ends, strict=False) for i in self._interests(text, words, m, after, negated)
        ]
        found += [
            Interest(r.facet, r.value, level=_gate_level(_level(r.start, negated)), quote=text[r.start : r.end])
            for r in ranges
        ]
        found += self._unknown_nevers(text, words, matches, negated)
        found += self._references(text, session, negated)
        found += self._on_screen(text, found, session)
        dropped = self._dropped(text, found, session)
        found = [i for i in found if (i.facet, i.value.casefold()) not in dropped]
        seen = [i.item for i in found if i.facet == MENTION]
        opened = self._open(text, words, negated)
        intent = _intent(text, bool(found or opened or dropped), session)
        return Understanding(intent, _distinct((*found, *opened)), tuple(dropped), tuple(seen))

    def named_items(self, text: str) -> list[str]:
        """The ids of the items whose titles a text names, in order."""
        words = tokens(text)
        titles = [m for m in self._mentions.find(text, words) if m.entries[0].kind == "title"]
        ends = [words[m.last - 1].end for m in titles]
        return [
            self._mentions.by_year(m.entries, text[end : end + 8]).item for m, end in zip(titles, ends, strict=True)
        ]

    def _interests(
        self, text: str, words: Sequence[Token], match: Match, after: int, negated: Sequence[Scope]
    ) -> list[Interest]:
        """One interest for a match; of several facets that know it, a want goes to the commonest, a never to all.

        `after` is where the next match begins: what is said up to there may be a verdict on this one.
        """
        start, end = words[match.first].start, words[match.last - 1].end
        level, quote = _level(start, negated), text[start:end]
        if match.entries[0].kind == "title":
            item = self._mentions.by_year(match.entries, text[end : end + 8]).item
            before = verdict(text[max(0, start - _BEFORE) : start])
            said = verdict(text[end : min(after, end + _AFTER)]) or ("seen" if before == "seen" else None)
            return [self._mention(item, level, said, quote)]
        entries = match.entries if level == "never" else match.entries[:1]
        return [self._value(entry, level, quote) for entry in entries]

    def _value(self, entry: Entry, level: Level, quote: str) -> Interest:
        gate = self._vocabulary.schema.kind(entry.facet) == "category"
        return Interest(entry.facet, entry.value, level=_gate_level(level) if gate else level, quote=quote)

    def _unknown_nevers(
        self, text: str, words: Sequence[Token], matches: Sequence[Match], negated: Sequence[Scope]
    ) -> list[Interest]:
        """What is rejected in words that the catalogue does not know: at most a short phrase right after the cue."""
        found = []
        for scope in negated:
            if any(scope.start <= words[m.first].start < scope.end for m in matches):
                continue
            inside = [w for w in words if scope.start <= w.start and w.end <= scope.end]
            content = [w for w in inside if w.text.casefold() not in STOPWORDS]
            chinese = is_chinese(text[scope.start : scope.end])
            if content and (len(inside) <= _OPEN_WORDS or chinese) and not any(w.text.isdigit() for w in content):
                phrase = text[content[0].start : content[-1].end]
                found.append(Interest(OPEN, phrase, level=scope.level, quote=text[scope.cue : scope.end].strip()))
        return found

    def _references(self, text: str, session: Session, negated: Sequence[Scope]) -> list[Interest]:
        """ "More like the second one": items on screen."""
        return [
            self._mention(item, _level(start, negated), None, quote)
            for item, start, quote in self._mentions.references(text, session.shown)
        ]

    def _on_screen(self, text: str, found: Sequence[Interest], session: Session) -> list[Interest]:
        """ "I loved it": what is said of the few items on screen, where the message names none itself."""
        said = verdict(text) if len(session.shown) <= _FEW and not any(i.item for i in found) else None
        return [self._mention(item, "want", said, text.strip()) for item in session.shown] if said else []

    def _mention(self, item: str, level: Level, said: Verdict | None, quote: str) -> Interest:
        """An item as an interest: a dislike rules it out, and to have seen it says less than to like it."""
        level = "never" if said == "disliked" or level != "want" else "want"
        strength = _SEEN_STRENGTH if said == "seen" else 1.0
        return Interest(
            MENTION, self._vocabulary.title(item), strength, level, source="mention", item=item, quote=quote
        )

    def _dropped(self, text: str, found: Sequence[Interest], session: Session) -> list[tuple[str, str]]:
        """ "Actually romance is fine": what was rejected before and is no longer."""
        if not _FINE.search(text):
            return []
        before = {i.key for i in session.interests if i.level != "want"}
        return [i.key for i in found if i.level == "want" and i.key in before]

    def _open(self, text: str, words: Sequence[Token], negated: Sequence[Scope]) -> list[Interest]:
        """The message as an interest of its own, if anything in it is about taste; less what it rejects."""
        kept = [w for w in words if not any(s.cue <= w.start < s.end for s in negated)]
        if not any(w.text.casefold() not in STOPWORDS and not w.text.isdigit() for w in kept):
            return []
        parts, position = [], 0
        for scope in negated:
            parts.append(text[position : scope.cue])
            position = scope.end
        phrase = re.sub(r"\s+", " ", "".join([*parts, text[position:]])).strip(" ,;，；")
        phrase = _DANGLING.sub("", phrase)
        parked = is_chinese(phrase) and "chinese" not in self._languages
        return [Interest(OPEN, phrase, MESSAGE_STRENGTH, parked=parked, quote=text.strip())]


def _level(start: int, negated: Sequence[Scope]) -> Level:
    levels: list[Level] = [scope.level for scope in negated if scope.start <= start < scope.end]
    return levels[0] if levels else "want"


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


def _intent(text: str, anything: bool, session: Session) -> Intent:
    if _NEW_TOPIC.search(text):
        return "new_topic"
    if session.shown and _MORE.search(text):
        return "more"
    if not anything:
        return "feedback" if _FEEDBACK.search(text) else "small_talk"
    return "refine" if session.interests else "recommend"
