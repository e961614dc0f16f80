"""Words and their spans: the tokens of a message, and the forms in which they are compared.

Knows nothing of catalogues.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_APOSTROPHE = re.compile(r"['’](?:s|d|ll|ve|re|m)$|['’]", re.I)
_NO_PLURAL = frozenset({"news", "series", "mars", "texas", "always", "perhaps", "besides"})
_LOOK_BACK = 120
_DOUBLED = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a message: its compared form, and where it stands."""

    form: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text in order; a Chinese character is a word of its own."""
    found = []
    for match in _TOKEN.finditer(text):
        if _CJK.search(match[0]):
            found += [Token(c, c, match.start() + n, match.start() + n + 1) for n, c in enumerate(match[0])]
        else:
            found.append(Token(stem(match[0]), match[0], match.start(), match.end()))
    return found


def forms(text: str) -> tuple[str, ...]:
    """The compared forms of a phrase: "Sci-Fi films" and "sci fi film" have the same."""
    if _CJK.search(text):
        return tuple(token.form for token in tokens(text))
    return tuple(map(stem, _TOKEN.findall(text)))


def distinct_forms(texts: Iterable[str]) -> frozenset[str]:
    """Every form in some texts. Each word is looked at once, however often it is written: catalogues are long."""
    words: set[str] = set()
    for text in texts:
        words.update(_TOKEN.findall(text))
    return frozenset(form for word in words for form in forms(word))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Case-folded, without accents, possessives, what is drawn to a word ("she'd" is no shed) or a plural ending;
    "funnier" as "funny"."""
    plain = word if word.isascii() else unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() or word
    word = plain.casefold()
    if "'" in word or "’" in word:
        word = _APOSTROPHE.sub("", word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith(("ier", "iest")):
        return word[: word.rindex("i")] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _NO_PLURAL:
        return word[:-1]
    return word


def compared(word: str) -> str:
    """The comparative of a short English adjective: "darker", "stranger", "sadder"."""
    if word.endswith("e"):
        return f"{word}r"
    return f"{word}{word[-1]}er" if _DOUBLED.search(word) else f"{word}er"


def before(text: str, position: int) -> str:
    """The text right before a position, no more than rules look at: long messages would take too long otherwise."""
    return text[max(0, position - _LOOK_BACK) : position]


def shortened(text: str, most: int) -> str:
    """A text in one line and at most so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def is_latin(text: str) -> bool:
    """Whether every letter is of the Latin script (or there is none)."""
    return all("LATIN" in unicodedata.name(c, "") for c in text if c.isalpha())


def is_chinese(text: str) -> bool:
    return bool(_CJK.search(text))


def scripts(text: str) -> list[str]:
    """The parts of a text in two scripts: "绿茶 Green"."""
    han, other = _HAN.findall(text), [part.strip(" -/()（）") for part in _HAN.split(text)]
    return [*han, *(part for part in other if len(part) > 2)] if han and any(other) else []
