"""Makers by whom titles begin: "Samsung Galaxy S21", "Canon EOS 90D", where no column names them.

A maker's name stands at the beginning of the titles of its things, of most of them with others, and nowhere else in
titles; what things are (chicken, studio, data) stands also further on, and what people and works are called seldom
comes again. Knows titles, and nothing of files.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from ..inference import Column, in_one_spelling, is_only, says
from ..kinds import nouns
from ..schema import OF_TITLES
from ..values import plain_text

_WORDS = ("brand", "maker", "make", "manufacturer")
_WORD = re.compile(r"[^\W_](?:[^\s,;:|()\[\]\"]*[^\W_])?[.!]?|&")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_YEAR = re.compile(r"(?:19|20)\d\d")
"""Before the maker, where what is sold is that old: "2015 Ford Focus"."""
_LONGEST = 4
_FEW_TITLES = 12
_SAMPLE = 5000
_SHARED, _ALONE = 0.5, 0.9
"""So many of the titles begin as others do; and of these so many with a word that stands nowhere else in titles."""
_FIRST = 0.95
_COMMON = 0.75
"""Of what titles begin with, no more are nouns of the language: hotels, data and Berlin make nothing."""
_KNOWN = 0.5
"""Of what follows in titles in capitals alone, so much are nouns of the language that is known."""
_MAKERS = 3
_NAMED, _MOSTLY = 0.9, 0.9
"""What look like names of people are such, unless so many of them begin as others do."""
_FULL_NAME = re.compile(r"(?:[^\W\d_][^\W\d_.'’-]*[.'’-]?)+(?: (?:[^\W\d_][\w.'’-]*)){1,2}")
_LEADING = frozenset("the a an le la les de der die das el los las il lo new old".split())
_JOINING = frozenset("and & of und et y + de von".split())
_TOGETHER = 3
"""So many titles that begin with a word and go on with one other are of one name of two words."""


def with_makers(columns: Sequence[Column], titles: Sequence[str]) -> list[Column]:
    """The columns, before them that of the makers, if titles begin with these and no column has them."""
    step = max(1, len(titles) // _SAMPLE)
    openings = _openings(titles[::step])
    if openings is None or any(_names_makers(column, titles, step) for column in columns):
        return list(columns)
    names = {column.name.casefold() for column in columns}
    name = next((name for name in _WORDS if name not in names), "")
    found = in_one_spelling([maker_of(title, openings) for title in titles])
    made = Column(name, "name", found, words=_WORDS, sure=0.7, source=OF_TITLES, told_by=tuple(openings))
    return [made, *columns] if name else list(columns)


def maker_of(title: str, openings: Collection[str]) -> str | None:
    """The maker with whom a title begins: a name of several words (`openings`, in small letters), else the first word;
    None of a title that begins with no name."""
    words = _words(title)
    for length in range(min(len(words), _LONGEST), 1, -1):
        if " ".join(words[:length]).casefold() in openings:
            return " ".join(words[:length])
    return words[0] if len(words) > 1 and _is_name(words[0]) else None


def _words(title: str) -> list[str]:
    words: list[str] = _WORD.findall(plain_text(title))
    return words[1:] if words and _YEAR.fullmatch(words[0]) else words


def _is_name(word: str) -> bool:
    return any(c.isalpha() for c in word) and not _INITIAL.fullmatch(word) and word.casefold() not in _LEADING


def _names_makers(column: Column, titles: Sequence[str], step: int) -> bool:
    """Whether a column says who made things, or what most titles begin with."""
    if column.kind in ("hidden", "number", "text", "image"):
        return False
    if is_only(column.name, "maker", "title") or says(column.name, "people"):
        return True
    pairs = list(zip(column.values[::step], titles[::step], strict=True))
    led = sum(bool(value) and title.casefold().startswith(str(value).casefold()) for value, title in pairs)
    return led > _SHARED * len(pairs)


def _openings(titles: Sequence[str]) -> dict[str, None] | None:
    """The makers' names of several words; None if titles do not begin with makers."""
    told = [words for title in titles if (words := _words(title))]
    first = Counter(words[0].casefold() for words in told)
    anywhere = Counter(word for words in told for word in {one.casefold() for one in words})
    shared = {word: count for word, count in first.items() if count > 1 and _is_name(word)}
    alone = {word: count for word, count in shared.items() if count >= _FIRST * anywhere[word]}
    many, own = sum(shared.values()), sum(alone.values())
    if len(told) < _FEW_TITLES or len(alone) < _MAKERS or many < _SHARED * len(told) or own < _ALONE * many:
        return None
    if sum(count for word, count in alone.items() if nouns().senses(word)) > _COMMON * own:
        return None
    if _is_unread(told):
        return None
    people = sum(bool(_FULL_NAME.fullmatch(title.strip())) for title in titles) > _NAMED * len(titles)
    return None if people and many < _MOSTLY * len(told) else dict.fromkeys(_of_several_words(told))


def _is_unread(told: Sequence[Sequence[str]]) -> bool:
    """Whether titles are in capitals alone, and in a language of which it is not known what nouns are: "MESA CHICA".
    Elsewhere capitals tell a name from what follows."""
    letters = [c for words in told for word in words for c in word if c.isalpha()]
    if sum(map(str.isupper, letters)) < _FIRST * len(letters):
        return False
    following = [word.casefold() for words in told for word in words[1:] if word.isalpha()]
    return sum(bool(nouns().senses(word)) for word in following) < _KNOWN * len(following)


def _of_several_words(told: Sequence[Sequence[str]]) -> list[str]:
    """Names of two words or more: what is joined ("Marks & Spencer"), led in ("The North Face") or never goes on
    otherwise ("Land Rover"), unless a number follows ("iPhone 14")."""
    by: Mapping[str, list[Sequence[str]]] = defaultdict(list)
    for words in told:
        by[words[0].casefold()].append(words)
    lengths = [(some[0], _length(some)) for some in by.values()]
    return [" ".join(words[:length]).casefold() for words, length in lengths if length > 1]


def _length(titles: Sequence[Sequence[str]]) -> int:
    """How many words the name has with which some titles begin that have the first word in common."""
    following = {words[1].casefold() if len(words) > 2 else "" for words in titles}
    if len(titles) < _TOGETHER or len(following) > 1 or "" in following:
        return 1
    if following & _JOINING:
        return 3 if all(len(words) > 3 for words in titles) else 1
    numbered = sum(any(c.isdigit() for c in words[2]) for words in titles)
    return 2 if not numbered else 1
