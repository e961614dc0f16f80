"""Names that a message gives and the catalogue does not have: "a film by Zarquon Blip".

They stay what they are, words; but the person is told. Knows nothing of interests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import CHATTER, STOPWORDS, Token, before
from .parsed_message import ParsedMessage

_MADE_BY = re.compile(
    r"\b(?:(?:directed|written|made|sung|recorded|composed|produced|performed)\s+by|starring|featuring|by)\s+$", re.I
)
_WITH = re.compile(r"\bwith\s+$", re.I)
_HAVING = re.compile(
    r"\b(?:from|have|got|sell|stock|any|an?|some|in|on|about|the|for|of|more|find(?:\s+me)?|show(?:\s+me)?|want|need|like)\s+$",
    re.I,
)
_LIKE = re.compile(
    r"\b(?:(?:something|anything|films?|movies?|books?|albums?|music|more)\s+like|similar\s+to|called|titled)"
    r"\s+(?:the\s+(?:film|movie|book|album)\s+)?[\"“‘'《]?$",
    re.I,
)
_ASKING = re.compile(
    r"(?:\b(?:do\s+you\s+(?:have|sell|stock|carry|do)|have\s+you\s+got|got|is\s+there|are\s+there)(?:\s+(?:any|some|an?))?"
    r"|\b(?:course|class|book|film|movie|something|anything|documentary|lesson)s?\s+(?:in|on|about))\s+$",
    re.I,
)
_SMALL = ("of", "de", "la", "le", "van", "von", "der", "den", "the", "and", "du", "di", "al", "el", "bin")
_LONGEST = 6
_ASKED_FOR = -2
"""Whatever it is, asked for outright."""
_CAPITAL = -1
"""One capitalised word inside a sentence."""


def unknown_names(parsed: ParsedMessage) -> Iterator[str]:
    """Names after "by", "starring" or "something like" that nothing in the catalogue bears, as they are written."""
    known = {w.start for m in parsed.matches for w in parsed.words[m.first : m.last]}
    for n, word in enumerate(parsed.words):
        least = _introduced(before(parsed.text, word.start))
        if not least or parsed.level(word.start) != "want":
            continue
        run = _name(parsed, n)
        if any(r.meets(w.start, w.end) for r in parsed.ranges for w in run):
            continue
        if least == _ASKED_FOR:
            run = run or _noun(parsed, n)
            least = 1
        if least == _CAPITAL and (run == [] or not run[0].text[0].isupper() or _opens(parsed.text, word.start)):
            continue
        unheard = any(w.form not in parsed.gazetteer.words for w in run) and not any(w.start in known for w in run)
        if unheard and len(run) >= max(1, least):
            yield parsed.text[run[0].start : run[-1].end]


def _introduced(led: str) -> int:
    """Of how many words a name must be after these; 0 if they introduce none. "With Gusto" need not be anybody."""
    if _MADE_BY.search(led) or _LIKE.search(led):
        return 1
    if _ASKING.search(led):
        return _ASKED_FOR
    return 2 if _WITH.search(led) else _CAPITAL if _HAVING.search(led) else 0


def _opens(text: str, start: int) -> bool:
    return not text[:start].strip() or bool(re.search(r"[.!?]\s*$", text[:start]))


def _noun(parsed: ParsedMessage, first: int) -> list[Token]:
    """The words of a thing asked for that begins there: up to the end of the clause, if none of them is known."""
    run: list[Token] = []
    for word in parsed.words[first : first + 3]:
        gap = parsed.text[run[-1].end : word.start] if run else ""
        if gap.strip() or word.text.casefold() in STOPWORDS | CHATTER:
            break
        run.append(word)
    return run if run and all(w.form not in parsed.gazetteer.words for w in run) else []


def _name(parsed: ParsedMessage, first: int) -> list[Token]:
    """The words of a name that begins there: capitalised where anything is, with small ones between."""
    lower = parsed.text == parsed.text.lower()
    run: list[Token] = []
    for word in parsed.words[first : first + _LONGEST]:
        gap = parsed.text[run[-1].end : word.start] if run else ""
        capital = word.text[0].isupper() and word.text.casefold() not in STOPWORDS
        odd = lower and word.text.isascii() and word.form not in parsed.gazetteer.words
        if gap.strip(" .-") or not (capital or odd or (run and word.text in _SMALL)):
            break
        run.append(word)
    while run and run[-1].text in _SMALL:
        run.pop()
    return run
