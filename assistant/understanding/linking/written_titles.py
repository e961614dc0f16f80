"""How people write titles of works: in quotes, with a year or a verdict behind, or after a word that introduces them;
and how they write names.

Knows wording alone. Knows no catalogue: see entity_linking.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from penchant.retriever.catalogue.kinds import nouns
from penchant.retriever.catalogue.values import unit_named

from ..cues import verdict
from ..text import CHATTER, STOPWORDS, Token, before

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)
YEAR_AFTER = re.compile(r"\s*\(?(\d{4})\)?")
LIKENED = r"(?:along\s+the\s+lines|in\s+the\s+(?:vein|style|spirit)|reminiscent)\s+of"
"""What only introduces the like of something."""
_AKIN_TO = rf"(?:(?:similar|akin|comparable|close)\s+to|{LIKENED})"
_CUE = re.compile(
    r"(?:\b(?:like|liked|loved?|enjoy(?:ed)?|seen|saw|watch(?:ed|ing)?|read|heard|similar to|called|titled|hated?|about"
    rf"|prefer(?:red)?|as|fan\s+of|already\s+know|{LIKENED}|akin\s+to|comparable\s+to|close\s+to)\s+(?:the\s+(?:(?:film|movie|book|album)\s+)?)?|[\"“‘'《])$"
    rf"|\b{_AKIN_TO}\s+(?:an?|my|our)\s+$",
    re.I,
)
_LIKENED = re.compile(rf"(?<!\bi )(?<!\bwe )\b(?:like|{_AKIN_TO})\s+(?:the\s+)?$", re.I)
_LIKE_ONE = re.compile(r"\blike\s+(?:an?|my|our)\s+$", re.I)
"""What a thing is compared to, if a difference follows: "like a whippet but calmer"; else it may be what is wanted."""
_SAID_OF = re.compile(
    r"(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|or)\s+)(?-i:[A-Z0-9])[\w'’:. ]{0,40}?){0,4}\s+(?:was|were|is|are)\b[^.!?,;]*",
    re.I,
)
_ASKED = re.compile(r"\b(?:have|got|play|show\s+me|find\s+me|put\s+on)\s+$", re.I)
_BUT = re.compile(
    r",?\s+but\s+(?:a\s+bit\s+|a\s+little\s+|much\s+)?(?:\w+er|more|less|not|with|without|set|in)\b", re.I
)
_BESIDE = re.compile(r"\s+(?!I\b)[A-Z]")
_QUOTE_AFTER = re.compile(r"[\"”’'》]")
_DATED = re.compile(r"(?:the\s+)?\d{4}\s+$", re.I)
_WRITTEN = r"(?-i:[A-Z0-9])[\w'’:.-]{0,20}"
_LISTED = re.compile(
    rf"{_WRITTEN}(?:\s+(?:{_WRITTEN}|(?:of|the|an?|in|to|for|on|with)\b)){{0,6}}"
    r"(?:\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+)$",
    re.I,
)
_MOST_LISTED = 4
_INNER = re.compile(r"(?<![.!?\n])[ ,;:(-]+([A-Z][A-Za-z]*)")
_SMALL = re.compile(r"\bi\b|[.!?]\s+[a-z]")
_COUNT = re.compile(r"\d\s*$")


def is_likened(led: str) -> bool:
    """Whether the text before a title asks for what is like it, whatever else is said: "something like ..."."""
    return bool(_LIKENED.search(led))


def is_introduced(led: str) -> bool:
    """Whether the text before a title speaks of knowing or liking it: "like ...", "I have seen ..."."""
    return bool(_CUE.search(_DATED.sub("", led)))


def _before_list(led: str) -> str:
    """What stands before a list of titles of which the next is one: "seen Alien, Heat and ..."."""
    for _ in range(_MOST_LISTED):
        led = _LISTED.sub("", led, count=1)
    return led


def is_written_as_title(text: str, span: Sequence[Token], lower: bool, year: str) -> bool:
    """Its year or a verdict follows, it stands in quotes, or it is capitalised after a word that introduces titles."""
    led, after = before(text, span[0].start), text[span[-1].end : span[-1].end + 8]
    dated = YEAR_AFTER.match(after)
    if dated and year:
        return dated[1] == year
    if led[-1:] in tuple("\"“‘'《") and _QUOTE_AFTER.match(after):
        return True
    judged = _SAID_OF.match(text, span[-1].end) if any(w.text.casefold() not in STOPWORDS for w in span) else None
    judgement = bool(judged and verdict(judged[0])) or bool(_BUT.match(text, span[-1].end))
    introduced = bool(_CUE.search(_before_list(led)) or _ASKED.search(led)) or judgement
    return introduced and not lower and capitalised(span)


def is_title(text: str, span: Sequence[Token], lower: bool, year: str) -> bool:
    """Whether words may mean a title of that year: the shorter, the more must speak for it."""
    led, after = before(text, span[0].start), text[span[-1].end : span[-1].end + 8]
    dated = YEAR_AFTER.match(after)
    if is_written_as_title(text, span, lower, year) or (dated and year):
        return not dated or not year or dated[1] == year
    content = [w for w in span if w.text.casefold() not in STOPWORDS]
    cue = bool(_CUE.search(led)) or (bool(_LIKE_ONE.search(led)) and bool(_BUT.match(text, span[-1].end)))
    if not content or all(w.text.isdigit() for w in span):
        return bool(content) and cue
    capitals = not lower and capitalised(content)
    if len(content) == 1 and _BESIDE.match(text, span[-1].end):
        capitals = False
    if len(span) == 1:
        opening = not re.search(r"\w", re.split(r"[.!?]\s", led)[-1])
        return (cue and lower and len(span[0].text) > 5) or (capitals and not opening and len(span[0].text) > 1)
    long = len(content) > 1 or (lower and len(content[0].text) > 5)
    said = _SAID_OF.match(text, span[-1].end)
    clear = cue or (len(content) > 1 and (len(span) > 2 or bool(said and verdict(said[0]))))
    return capitals or (long and clear)


def is_spelt_as_title(text: str, span: Sequence[Token], title: str) -> bool:
    """Words that only hold sentences together, letter for letter as a title has them, within a sentence that has such
    words in small letters: "I have played Just One", "why not Her?"."""
    if span[0].text == "I" or text[span[0].start : span[-1].end] != title or not capitalised(span):
        return False
    opening = not re.search(r"\w", re.split(r"[.!?]\s", before(text, span[0].start))[-1])
    return not opening and all(w.text.casefold() in STOPWORDS for w in span)


def capitalised(span: Sequence[Token]) -> bool:
    """Whether what counts of the words is: of "It" and "Her", which are nothing but function words, all."""
    content = [w for w in span if w.text.casefold() not in STOPWORDS] or span
    return all(w.text[0].isupper() or not w.text[0].isalpha() for w in content)


def shortened_titles(title: str) -> set[str]:
    """A title as people cut it short: without the article, or only up to the colon ("Kingsman", "Star Wars")."""
    start = title.partition(":")[0]
    return {start, _ARTICLE.sub("", start), _ARTICLE.sub("", title)} - {title}


def is_careless(text: str) -> bool:
    """Whether names may be written small though some letter is not: "i" is, or how a sentence begins, and nothing else
    is written large but what begins one, "I" and what is stressed."""
    inner = (m[1] for m in _INNER.finditer(text))
    return bool(_SMALL.search(text)) and all(word == "I" or (word.isupper() and len(word) > 1) for word in inner)


def is_name(text: str, span: Sequence[Token], lower: bool) -> bool:
    """Whether words may mean a name: in small letters a single one only where names may be written so (`lower`)."""
    if len(span) > 1:
        return any(w.text.casefold() not in STOPWORDS for w in span)
    opening = not re.search(r"\w", re.split(r"[.!?]\s", before(text, span[0].start))[-1])
    word = span[0].text
    if word.casefold() in STOPWORDS or not word[0].isalpha():
        return False
    return (not word[0].islower() and (not opening or len(text) < 40)) or (lower and len(word) > 4)


def is_nothing_else(word: Token, least: int) -> bool:
    """Whether a word of so many small letters or more has no other meaning than the name that it is: "samsung" has
    none, "apple" has. Of makers shorter ones are known: "sony"."""
    said = word.text
    if len(word.form) < least or not said.isascii() or not said.islower() or said in STOPWORDS | CHATTER:
        return False
    return not nouns().senses(said) and not verdict(f"is {said}")


def is_unit(text: str, word: Token) -> bool:
    """Whether a word counts what stands before it: "100 hp"."""
    return bool(_COUNT.search(before(text, word.start))) and unit_named(word.text) is not None
