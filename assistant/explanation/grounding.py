"""Checks a sentence about the picks: whatever it names must be in their rows or in what the person said.

Names are what is capitalised, or in Chinese in brackets or known to the catalogue. Common words, genres and kinds may
be capitalised at will. Where every noun is capitalised (German) hardly a sentence passes. Knows nothing of models.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from penchant.retriever import Interest, Pick

from ..understanding.linking import Forms, Gazetteer
from ..understanding.text import STOPWORDS, forms, is_chinese

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_BORDER = re.compile(rf"(?<=[{_CJK}])(?=[^\W_{_CJK}])|(?<=[^\W_{_CJK}])(?=[{_CJK}])")
_WORD = re.compile(rf"(?<![^\W_{_CJK}])[^\W\d_{_CJK}](?:[^\W_{_CJK}]|['’.&-](?=[^\W_{_CJK}]))*")
_GAP = re.compile(r"[ \t]+(?:(?:of|the|and|or|a|an|in|on|to|for|with|from|by|de|la|le|du|der|van|von|&)[ \t]+)*")
_JOINT = re.compile(r"(?<=['’]s)\s+|\s+(?:and|or|&|of|the|in|on|to|for|with|from|by|a|an)\b")
_BEGINS = re.compile(r"(?:^|[.!?…:;—–•(\[]|(?:^|\s)[-*])[\s\"“”'‘’*_#>\d.)(\[]*$")
_MARKED = re.compile(r"[\"“‘*_]$")
_SENTENCE_GOES_ON = re.compile(r"\s+[a-z]")
_SUBJECT = re.compile(r"\s+(?:is|was|has|had|stars|follows|tells|features|offers|delivers|brings|will|would|also)\b")
_BRACKETED = re.compile(r"[《〈『「]([^《》〈〉『』「」]+)[》〉』」]")
_LINK = re.compile(r"://|\bwww\.|\]\(|<\s*[a-z/!]", re.IGNORECASE)
_MARKER = re.compile(r"^\s*\d+[.)]\s")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)(s\b|年代)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_YEAR = re.compile(r"\s*\(\d{4}\)\s*$")
_CHINESE = re.compile(rf"[{_CJK}]+")
_LONGEST_CHINESE = 12

_FREE = frozenset(
    re.findall(
        r"\S+",
        """i'll january february march april may june july august september october november december monday tuesday
        wednesday thursday friday saturday sunday christmas halloween easter sci-fi tv ok dvd mr mrs ms dr
        film films movie movies book books novel novels album albums song songs series show shows game games
        story director directed written starring featuring released based set cast plot genre year title
        titles pick picks match matches fit fits recommendation recommendations summary note tip top verdict
        bonus reason reasons overall finally first second third last next lastly additionally meanwhile
        similarly together enjoy expect perfect ideal classic""",
    )
)
"""Words that name nothing, capitalised or not."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What may be said: words in their order, whole values, numbers."""

    text: str = ""
    values: frozenset[Forms] = frozenset()
    numbers: frozenset[float] = frozenset()

    def __or__(self, other: _Known) -> _Known:
        return _Known(f"{self.text} | {other.text}", self.values | other.values, self.numbers | other.numbers)

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Known:
        numbers = frozenset(_number(match[1]) for text in texts for match in _NUMBER.finditer(text))
        return cls(" | ".join(f" {_plain(text)} " for text in texts), frozenset(map(forms, texts)), numbers)


class Facts:
    """What is known of some picks and was said by the person who gets them."""

    def __init__(
        self, message: str, interests: Sequence[Interest], picks: Sequence[Pick], gazetteer: Gazetteer
    ) -> None:
        self._gazetteer = gazetteer
        hidden = set(gazetteer.schema.of("hidden", "image"))
        self._titles = [_titles(pick.item.title) for pick in picks]
        self._rows = [
            _Known.of([pick.item.text, *titles, *_field_texts(pick, hidden)])
            for pick, titles in zip(picks, self._titles, strict=True)
        ]
        self._said = _Known.of([message, *(i.value for i in interests if i.source != "model")])

    def hold(self, sentence: str) -> bool:
        """Whether every name and number is known; of the rows that the sentence names, if it names some.

        Links never pass: a catalogue's text could have put them there.
        """
        if _LINK.search(sentence):
            return False
        rows = [self._rows[n] for n in self.named(sentence)] or self._rows
        known = reduce(_Known.__or__, rows, self._said)
        return (
            all(self._number_holds(match, known) for match in _NUMBER.finditer(_MARKER.sub("", sentence)))
            and all(self._name_holds(sentence, start, end, known) for start, end in _names(sentence))
            and all(f" {_plain(title)} " in known.text for title in _BRACKETED.findall(sentence))
            and not (is_chinese(sentence) and self._names_others_in_chinese(sentence, known))
        )

    def named(self, sentence: str) -> list[int]:
        """Which of the picks a sentence names. A title of one word counts only where it is capitalised."""
        whole = f" {_plain(sentence)} "
        names = " | ".join(f" {_plain(sentence[start:end])} " for start, end in _names(sentence))

        def occurs(title: str) -> bool:
            plain = _plain(title)
            return f" {plain} " in (names if plain.isalpha() and not is_chinese(plain) else whole)

        return [n for n, titles in enumerate(self._titles) if any(map(occurs, titles))]

    def _number_holds(self, match: re.Match[str], known: _Known) -> bool:
        number = _number(match[1])
        if match[2]:
            return any(n // 10 * 10 in (number, 1900 + number, 2000 + number) for n in known.numbers)
        return number in known.numbers or (len(match[1]) == 1 and number <= len(self._rows))

    def _name_holds(self, sentence: str, start: int, end: int, known: _Known) -> bool:
        """A capitalised stretch; where a sentence begins, its first word may be any that is not a name or a subject."""
        text = sentence[start:end]
        if self._is_known(text, known):
            return True
        marked = _MARKED.search(sentence[:start]) and not _SENTENCE_GOES_ON.match(sentence[end:])
        if marked or is_chinese(sentence) or not _BEGINS.search(sentence[:start]):
            return False
        first, _, rest = text.partition(" ")
        if self._is_name(first):
            return False
        return forms(rest) in known.values if rest else not _SUBJECT.match(sentence[end:])

    def _is_known(self, text: str, known: _Known) -> bool:
        """As it stands, without free words around it, or part by part: "Nolan and Hathaway", "French Thriller"."""
        words = text.split()
        while words and self._is_free(words[0]):
            words.pop(0)
        while words and self._is_free(words[-1]):
            words.pop()
        inner = " ".join(words)
        if any(f" {_plain(t)} " in known.text for t in (text, inner)):
            return True
        parts = _JOINT.split(inner)
        if len(parts) > 1:
            return all(self._is_known(part, known) for part in parts)
        return self._consists_of_values(forms(inner), known)

    def _consists_of_values(self, words: Forms, known: _Known) -> bool:
        """Whether the words are whole values in a row, or words that name nothing; true of no words."""
        if not words:
            return True
        return any(
            (words[:size] in known.values or self._is_value(words[:size]))
            and self._consists_of_values(words[size:], known)
            for size in range(1, len(words) + 1)
        )

    def _is_free(self, word: str) -> bool:
        plain = word.casefold().replace("’", "'")
        return plain in STOPWORDS or plain in _FREE or self._is_value(forms(word))

    def _is_value(self, words: Forms) -> bool:
        """A genre, a kind: said of an item in small letters it would pass as well."""
        return any(entry.kind == "value" for entry in self._gazetteer.entries.get(words, ()))

    def _is_name(self, word: str) -> bool:
        words = forms(word)
        return words in self._gazetteer.entries or any(form in self._gazetteer.surnames for form in words[-1:])

    def _names_others_in_chinese(self, sentence: str, known: _Known) -> bool:
        """Whether it names people or (of three characters or more) items of the catalogue that are not known here."""
        for gram in _grams(sentence):
            kinds = {entry.kind for entry in self._gazetteer.entries.get(gram, ())}
            named = "name" in kinds or ("title" in kinds and len(gram) > 2)
            if named and "value" not in kinds and f" {' '.join(gram)} " not in known.text:
                return True
        return False


def _names(sentence: str) -> list[tuple[int, int]]:
    """Where capitalised words stand, with small words between them."""
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(sentence):
        if not match[0][0].isupper():
            continue
        joined = bool(found) and _GAP.fullmatch(sentence, found[-1][1], match.start())
        start = found.pop()[0] if joined else match.start()
        found.append((start, match.end()))
    return found


def _grams(sentence: str) -> Iterator[Forms]:
    """Every stretch of two or more Chinese characters."""
    for stretch in _CHINESE.findall(sentence):
        for size in range(2, min(_LONGEST_CHINESE, len(stretch)) + 1):
            yield from (tuple(stretch[n : n + size]) for n in range(len(stretch) - size + 1))


def _titles(title: str) -> list[str]:
    """The title, without its year, and without its subtitle."""
    plain = _YEAR.sub("", title)
    return list(dict.fromkeys((title, plain, re.split(r"[:：]", plain)[0])))


def _field_texts(pick: Pick, hidden: Collection[str]) -> Iterator[str]:
    for name in pick.item.fields:
        if name not in hidden:
            yield from pick.item.values(name)


def _plain(text: str) -> str:
    """The words of a text in the forms in which they are compared."""
    return " ".join(forms(_BORDER.sub(" ", text)))


def _number(text: str) -> float:
    """Not a number if it is not one: that equals nothing."""
    try:
        return float(text.replace(",", "" if _THOUSANDS.fullmatch(text) else "."))
    except ValueError:
        return math.nan
