"""Names in a sentence: what is capitalised is in the row that it is said of, or in what the person said.

Common words, genres and kinds may be capitalised at will. Where every noun is capitalised (German) hardly a sentence
passes.
"""

from __future__ import annotations

import re

from penchant.retriever.catalogue.values import unit_named

from ...understanding.linking import Forms, Gazetteer
from ...understanding.text import NUMBER, forms, is_chinese, stem
from ..evidence import Known, Row, Said, grams
from ..statements import Vocabulary

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"(?<![^\W_{_CJK}])[^\W\d_{_CJK}](?:[^\W_{_CJK}]|['’.&-](?=[^\W_{_CJK}]))*")
_GAP = re.compile(
    r"(?:(?:(?<=\b[A-Z])|(?<=\b(?:Dr|Mr|Ms|St|Jr))|(?<=\bMrs))\.)?[ \t]+"
    r"(?:(?:of|the|and|or|a|an|in|on|to|for|with|from|by|de|la|le|du|der|van|von|do|da|&)[ \t]+)*"
)
_JOINT = re.compile(r"(?<=['’]s)\s+|\s+(?:and|or|&|of|the|in|on|to|for|with|from|by|a|an)\b")
_BEGINS = re.compile(r"(?:^|(?<![A-Z])(?<!\b(?:Dr|Mr|Ms|St|Jr))\.|[!?…:;—–•(\[]|(?:^|\s)[-*])[\s\"“”'‘’*_#>\d.)(\[]*$")
_NUMBER = re.compile(NUMBER, re.I)
_MARKED = re.compile(r"[\"“‘*_]$")
_SENTENCE_GOES_ON = re.compile(r"\s+[a-z]")
_SUBJECT = re.compile(r"\s+(?:is|was|has|had|stars|follows|tells|features|offers|delivers|brings|will|would|also)\b")


class Names:
    """Says whether a capitalised stretch of a sentence is known."""

    def __init__(self, gazetteer: Gazetteer, vocabulary: Vocabulary) -> None:
        self._gazetteer = gazetteer
        self._vocabulary = vocabulary

    def holds(self, sentence: str, start: int, end: int, known: Known | Row | Said) -> bool:
        """Where a sentence begins, the first word may be any that is not a name or a subject."""
        text = sentence[start:end]
        if self._names_another(forms(text), known):
            return False
        if self._is_known(text, known):
            return True
        marked = _MARKED.search(sentence[:start]) and not _SENTENCE_GOES_ON.match(sentence[end:])
        if marked or is_chinese(sentence) or not _BEGINS.search(sentence[:start]):
            return False
        first, _, rest = text.partition(" ")
        if self._is_name(first) and not self._is_free(first):
            return False
        return self._is_known(rest, known) if rest else not _SUBJECT.match(sentence[end:])

    def _names_another(self, words: Forms, known: Known | Row | Said) -> bool:
        """Whether some of the words are the full name of somebody whom the catalogue knows and the row does not: "Angus
        Young" is not a young one."""
        return any(
            len(part) > 1 and self._is_full_name(part) and not known.has(" ".join(part)) and not known.means(part)
            for part in grams(words)
        )

    def _is_full_name(self, words: Forms) -> bool:
        kinds = {entry.kind for entry in self._gazetteer.entries.get(words, ())}
        return "name" in kinds and "value" not in kinds

    def _is_known(self, text: str, known: Known | Row | Said) -> bool:
        """As it stands, without free words around it, or part by part: "Nolan and Hathaway", "French Thriller"."""
        words = text.split()
        while words and self._is_free(words[0]):
            words.pop(0)
        while words and self._is_free(words[-1]):
            words.pop()
        inner = " ".join(words)
        if known.has(text) or known.has(inner):
            return True
        parts = _JOINT.split(inner)
        if len(parts) > 1:
            return all(self._is_known(part, known) for part in parts)
        return self._consists_of_values(forms(inner), known)

    def _consists_of_values(self, words: Forms, known: Known | Row | Said) -> bool:
        """Whether the words are whole values in a row, or words that name nothing; true of no words."""
        if not words:
            return True
        return any(
            (known.means(words[:size]) or self._is_value(words[:size]))
            and self._consists_of_values(words[size:], known)
            for size in range(1, len(words) + 1)
        )

    def _is_free(self, word: str) -> bool:
        bare = word.rstrip(".")
        if stem(bare) in self._vocabulary.free or _NUMBER.fullmatch(bare):
            return True
        return unit_named(bare) is not None or self._is_value(forms(word))

    def _is_value(self, words: Forms) -> bool:
        """A genre, a kind: whether it is so is another matter, as of one in small letters."""
        return any(entry.kind == "value" for entry in self._gazetteer.entries.get(words, ()))

    def _is_name(self, word: str) -> bool:
        words = forms(word)
        return words in self._gazetteer.entries or any(form in self._gazetteer.surnames for form in words[-1:])


def capitalised(sentence: str) -> list[tuple[int, int]]:
    """Where capitalised words stand, with small words between them."""
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(sentence):
        if not match[0][0].isupper():
            continue
        joined = bool(found) and _GAP.fullmatch(sentence, found[-1][1], match.start())
        start = found.pop()[0] if joined else match.start()
        found.append((start, match.end()))
    return found
