"""A light grammar instead of a tagger of parts of speech: which runs of words in a message say something of taste.

A run counts where a wish, a preposition or an article introduces it, or where it stands alone; and names do, which have
capitals. English. Knows nothing of catalogues beyond what was found in the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .cues import Scope
from .linking import ParsedMessage
from .text import CHATTER, STOPWORDS, Token, before

_LONGEST = 5
_SHORTEST = 3
_TOGETHER = re.compile(r"[\s\-–'’]*")
_PLACED = re.compile(r",\s+")
_DIGITS = re.compile(r"\d+(?:s|st|nd|rd|th)?", re.I)
_CONTRACTED = re.compile(
    r"\w*n['’]?t|(?:i|you|we|they|he|she|it|that|there|what|who|where|how|let|here)['’]\w+|(?:that|what)s", re.I
)
_CALENDAR = re.compile(
    r"""(?:jan|febr)uary|march|april|june|july|august|(?:sept|nov|dec)ember|october
    |(?:mon|tues|wednes|thurs|fri|satur|sun)days?""",
    re.I | re.X,
)


_BE = frozenset(
    """is are was were be been being am i'm it's that's he's she's there's they're isn't wasn't aren't""".split()
)
_AUXILIARIES = frozenset(
    """can can't cannot could couldn't will won't would wouldn't should shouldn't shall may might must do don't
    does doesn't did didn't have haven't has hasn't had hadn't i've we've i'd i'll we'll you'll to""".split()
)
_SUBJECTS = frozenset("i you he she it we they who that which there what".split())
_POSSESSIVES = frozenset("my our your his her their its whose".split())
_INTRODUCING = frozenset(
    """a an some any no with without about like for of by from in into around near through and or but nor more
    less fewer love loves loved want wants need needs prefer enjoy enjoys likes hate something anything things
    featuring starring involving especially mostly ideally preferably maybe particularly also very really
    good great new best nice these those kind sort type lots tons only just not than set plus versus other
    watching reading mood find get show directed written play sung serving serves inside visit""".split()
)
_BEFORE_THE = frozenset("about like with of by and love loves want around".split())
_PLACING = frozenset("in near around to at from".split())
_PAST = frozenset("saw seen watched heard told thought remember remembered was were did went knew".split())
_ASKING = frozenset("who what when where how why does did is was are which".split())
_ENGLISH = frozenset(
    """the and with for of i to is are some something any anything my like likes love want wants need about but not no
    please or an from by really very more less good looking""".split()
)
_FRAGMENT = 3
_NUMBERS = frozenset("one two three four five six seven eight nine ten".split())
_GLUE = frozenset({"of"})
_GERUND_GLUE = frozenset("through in into at across with on to".split())
_NAME_GLUE = frozenset("of the de la le du von van and in by for at & a".split())


class PhraseReader:
    """The words of one message by what they do: open, known (a value), function word, chatter, or taken by others."""

    def __init__(self, parsed: ParsedMessage) -> None:
        self._parsed = parsed
        self._words = parsed.words
        self._kinds = [self._kind(word) for word in self._words]
        for match in parsed.matches:
            value = match.entries[0].kind == "value" and not parsed.is_category(match)
            self._kinds[match.first : match.last] = ["known" if value else "taken"] * (match.last - match.first)
        genres = [m for m in parsed.matches if "genre" in m.entries[0].facet]
        self._genres = {n for match in genres for n in range(match.first, match.last)}
        written = [w for w in self._words if w.text[0].isalpha()]
        # In a text that is all capitals, or in title case, a capital says nothing.
        english = any(w.text.casefold() in _ENGLISH for w in self._words)
        self._readable = english or len(self._words) <= _FRAGMENT
        self._telling = self._readable and sum(w.text[0].isupper() for w in written) < 0.6 * len(written) + 1

    def _kind(self, word: Token) -> str:
        if any(r.start <= word.start < r.end for r in self._parsed.ranges) or _DIGITS.fullmatch(word.text):
            return "taken"
        apart = [*self._parsed.asides, *((s.cue, s.start) for s in self._parsed.rejections)]
        if any(start <= word.start < end for start, end in apart) or not word.text.isascii():
            return "taken"
        if _CALENDAR.fullmatch(word.text) and word.text[0].isupper():
            return "taken"
        plain = word.text.casefold()
        if plain in STOPWORDS or _CONTRACTED.fullmatch(plain):
            return "function"
        return "chatter" if plain in CHATTER or word.form in self._parsed.gazetteer.field_words else "open"

    def runs(self) -> Iterator[tuple[int, int]]:
        """The stretches of words [first, last) that are phrases."""
        n = 0
        while n < len(self._words):
            last = self._name(n)
            if last > n:
                yield n, self._placed(n, last)
                n = self._placed(n, last)
                continue
            last = self._end(n)
            if last > n:
                yield from self._phrase(n, last)
            n = max(last, n + 1)

    def _name(self, first: int) -> int:
        """Where a name ends that begins here: capitals inside a sentence; `first` if none does."""
        if not self._telling or not self._is_capital(first) or self._kinds[first] == "function":
            return first
        last = first + 1
        while last < len(self._words) and (onward := self._named(last)):
            last = onward
        named = [n for n in range(first, last) if self._kinds[n] == "open" and not self._opens(n)]
        alone = last - first == 1 and self._kinds[first] != "open"
        return last if named and not alone else first

    def _named(self, n: int) -> int:
        """Where a name goes on at a word: a capital, a number, or small words before a capital; 0 if it does not."""
        after = n
        while after < len(self._words) and after - n < 2 and self._joined(after) and self._word(after) in _NAME_GLUE:
            after += 1
        if after < len(self._words) and self._joined(after) and self._is_capital(after):
            return after + 1
        return n + 1 if self._joined(n) and self._words[n].text.isdigit() else 0

    def _is_capital(self, n: int) -> bool:
        return self._words[n].text[0].isupper() and self._kinds[n] != "taken" and self._word(n) != "i"

    def _end(self, first: int) -> int:
        """Where a run of open and known words ends that begins here; `first` if none does."""
        if self._kinds[first] not in ("open", "known"):
            return first
        last = first + 1
        while last < len(self._words) and self._joined(last) and self._name(last) == last:
            if self._kinds[last] in ("open", "known"):
                last += 1
            elif onward := self._glued(last):
                last = onward
            else:
                break
        return last

    def _glued(self, n: int) -> int:
        """Where a run goes on after "of", or after a preposition that follows a gerund; 0 if it does not."""
        word, before = self._word(n), self._word(n - 1)
        if not (word in _GLUE or (word in _GERUND_GLUE and before.endswith("ing"))):
            return 0
        after = n + 1 + (self._word(n + 1) in ("the", "a", "an"))
        inside = after < len(self._words) and self._joined(n + 1) and self._joined(after)
        return after + 1 if inside and self._kinds[after] in ("open", "known") else 0

    def _phrase(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        scope = self._scope(first)
        while first < last and not scope and self._is_verb(first):
            first += 1
        while first < last - 1 and (self._word(first).endswith("ly") or self._word(first) in _NUMBERS):
            first += 1
        if scope and last > first and last - 1 in self._genres:
            last -= 1  # "no gross-out comedies": comedies are not what is rejected
        if not any(kind == "open" for kind in self._kinds[first:last]) or last - first > _LONGEST:
            return
        if all(len(self._word(n)) < _SHORTEST for n in range(first, last)):
            return
        if scope or (self._readable and self._is_introduced(first, last)):
            yield first, last

    def _scope(self, n: int) -> Scope | None:
        start = self._words[n].start
        return next((s for s in self._parsed.rejections if s.start <= start < s.end), None)

    def _is_verb(self, n: int) -> bool:
        """After "to", an auxiliary or a subject comes a verb."""
        before = self._word(n - 1) if self._joined(n) else ""
        return self._kinds[n] == "open" and before in _AUXILIARIES | _SUBJECTS

    def _opens(self, n: int) -> bool:
        """Whether a word stands at the beginning of a sentence."""
        start = self._words[n].start
        return not re.search(r"\w", re.split(r"[.!?…:]+\s*|\.\.+|\n", before(self._parsed.text, start))[-1])

    def _is_introduced(self, first: int, last: int) -> bool:
        before = self._clause(first)
        if self._word(last) in _BE | _AUXILIARIES - {"to"} and last < len(self._words) and self._joined(last):
            return False
        if any(word in _PAST for word in before) or (before and before[0] in _ASKING):
            return False
        if not before:
            return not any(self._word(n) in _SUBJECTS | _BE for n in self._rest(last))
        if before[-1] in ("a", "an") and len(before) > 1 and before[-2] in _BE:
            return False  # "I am a mother" tells who one is, not what one wants
        if before[-1] == "the":
            return len(before) > 1 and before[-2] in _BEFORE_THE
        return before[-1] in _INTRODUCING and not any(word in _POSSESSIVES for word in before[-3:])

    def _clause(self, first: int) -> list[str]:
        """The words before one in its clause."""
        begin = first
        while begin > 0 and self._joined(begin):
            begin -= 1
        return [self._word(n) for n in range(begin, first)]

    def _rest(self, last: int) -> Iterator[int]:
        n = last
        while n < len(self._words) and self._joined(n):
            yield n
            n += 1

    def _placed(self, first: int, last: int) -> int:
        """Where "Paris, France" ends."""
        if first == 0 or last >= len(self._words) or self._word(first - 1) not in _PLACING:
            return last
        gap = self._parsed.text[self._words[last - 1].end : self._words[last].start]
        named = all(self._words[n].text[0].isupper() for n in (first, last))
        return last + 1 if named and _PLACED.fullmatch(gap) and self._kinds[last] in ("open", "known") else last

    def _joined(self, n: int) -> bool:
        """Whether nothing but space or a hyphen stands between a word and the one before."""
        if not 0 < n < len(self._words):
            return False
        return bool(_TOGETHER.fullmatch(self._parsed.text, self._words[n - 1].end, self._words[n].start))

    def _word(self, n: int) -> str:
        return self._words[n].text.casefold().replace("’", "'") if 0 <= n < len(self._words) else ""
