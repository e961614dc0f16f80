"""Names in a message by which nobody is found at first: last names and makers in small letters, and names that the
catalogue does not have, "a film by Zarquon Blip".

These stay what they are, words; but the person is told. Knows nothing of interests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from penchant.retriever.catalogue.inference import says
from penchant.retriever.catalogue.kinds import adjectives

from ..cues import MOODS, verdict
from ..linking import Entry, Match, is_own_word
from ..spans import SURE, Kind, LabelledSpan, Reading, is_word
from ..text import CHATTER, STOPWORDS, Token, before
from .parsed_message import ParsedMessage, within
from .sibling_kinds import is_sibling

_ASKING = re.compile(
    r"""(?:\b(?:do\s+you\s+(?:have|sell|stock|carry|do)|have\s+you\s+got|got|is\s+there|are\s+there)(?:\s+(?:any|some|an?))?
    |\b(?:course|class|book|film|movie|something|anything|documentary|lesson)s?\s+(?:in|on|about))\s+$""",
    re.I | re.X,
)
_OPENING = re.compile(r"(?:^|[.!?]\s*)$")
_STORY = 20
"""In more words a person tells much that no catalogue lists."""

_STEM = 3

_MADE_BY = re.compile(r"\b(?:by|from)\s+(?-i:[A-Z])[\w'’-]*", re.I)


def unknown_names(parsed: ParsedMessage) -> Iterator[str]:
    """What is wanted and nothing in the catalogue is called, as it is written: names, values that a catalogue might
    list, and of other things those that are asked for outright, or are written as names."""
    spans = parsed.reading.spans if parsed.reading else ()
    for span in spans:
        words = parsed.content(span.start, span.end)
        known = any(span.meets(parsed.begin(m), parsed.end(m)) for m in parsed.matches)
        if span.side != "want" or not words or known or any(r.meets(span.start, span.end) for r in parsed.ranges):
            continue
        unheard = [parsed.gazetteer.is_unheard(w) for w in words]
        if any(unheard) if span.kind in ("name", "title") else all(unheard) and _is_told(parsed, span, words):
            yield parsed.text[span.start : span.end]
        elif span.kind in ("noun", "value") and not any(unheard):
            yield from _compound(parsed, span)
    yield from _made_by(parsed, spans)


def _is_told(parsed: ParsedMessage, span: LabelledSpan, words: Sequence[Token]) -> bool:
    """Whether it is asked for outright, or written as a name, or a value that is not only a mood or a judgement."""
    led = before(parsed.text, span.start)
    alone = not parsed.matches and not parsed.ranges
    if _ASKING.search(led) and (span.kind != "noun" or alone):
        return True
    if parsed.text[span.start].isupper() and not _OPENING.search(led):
        return True
    if span.kind == "noun" and len(parsed.words) <= _STORY:
        said = " ".join(word.text for word in words)
        return any(is_sibling(noun, parsed.gazetteer.catalogue) for noun in dict.fromkeys((said, words[-1].text)))
    if span.kind != "value" or len(parsed.words) > _STORY or any(map(_is_felt, words)):
        return False
    return not any(map(parsed.gazetteer.abbreviations.may_mean, words))


def _compound(parsed: ParsedMessage, span: LabelledSpan) -> Iterator[str]:
    """What is asked for outright in several words, each of which the catalogue says somewhere, if it never says them
    side by side, and nothing else is asked for: "are there any opera recordings?"."""
    if parsed.matches or parsed.ranges or not _ASKING.search(before(parsed.text, span.start)):
        return
    words = [w for w in parsed.words if span.meets(w.start, w.end)]
    words += _beside(parsed, span.end)
    if len(words) > 1 and not any(map(_is_felt, words)) and not _is_said(parsed, words):
        yield parsed.text[words[0].start : words[-1].end]


def _beside(parsed: ParsedMessage, end: int) -> list[Token]:
    """The words that go on with a thing: the recordings of "opera recordings"."""
    found: list[Token] = []
    for word in parsed.words:
        if word.start < end:
            continue
        if parsed.text[end : word.start] != " " or word.text.casefold() in STOPWORDS | CHATTER:
            break
        found.append(word)
        end = word.end
    return found


def _is_said(parsed: ParsedMessage, words: Sequence[Token]) -> bool:
    """Whether any item says these words side by side, in whatever form."""
    catalogue = parsed.gazetteer.catalogue
    beginnings = (re.escape(word.form[: max(_STEM, len(word.form) - 1)]) for word in words)
    said = re.compile(r"\W+".join(rf"\b{beginning}\w*" for beginning in beginnings))
    return any(said.search(catalogue.words(row)) for row in range(len(catalogue)))


def _is_felt(word: Token) -> bool:
    """A mood, a judgement, or a comparative ("darker"): it says what more or less of is wanted, and no kind."""
    plain = word.text.casefold()
    more = plain.endswith("er") and (is_word(plain[:-2]) or (is_word(plain[:-3]) and plain[-3] == plain[-4]))
    return more or plain in MOODS or bool(verdict(f"is {plain}"))


def _made_by(parsed: ParsedMessage, spans: Sequence[LabelledSpan]) -> Iterator[str]:
    """ "Anything from Framework?", where the model sees no name: a capital behind "by" or "from"."""
    for found in _MADE_BY.finditer(parsed.text) if not spans else ():
        words = [w for w in parsed.content(*found.span()) if w.text[0].isupper()]
        if words and all(map(parsed.gazetteer.is_unheard, words)):
            yield parsed.text[words[0].start : words[-1].end]


def with_small_names(parsed: ParsedMessage, reading: Reading) -> ParsedMessage:
    """The message with the people whom the model takes a last name for, also in small letters: "not orwell"; and the
    makers whose names mean something else elsewhere: "an apple phone"."""
    taken = {n for m in parsed.matches for n in range(m.first, m.last)}
    heard: dict[tuple[int, int], Kind] = {
        (s.start, s.end): s.kind for s in reading.spans if s.kind in ("name", "value") and s.confidence >= SURE
    }
    found = [
        Match(n, n + 1, (entry,))
        for n, word in enumerate(parsed.words)
        if n not in taken and not within(word.start, parsed.asides)
        if (kind := heard.get((word.start, word.end)))
        if (entry := (kind == "name" and parsed.gazetteer.surnames.get(word.form)) or _maker(parsed, word, kind))
    ]
    return parsed.with_matches(found)


def _maker(parsed: ParsedMessage, word: Token, kind: Kind) -> Entry | None:
    """The maker that a word names; of what is heard as a value, one that is called so and is no adjective: a giant
    discount is none of Giant's."""
    plain = word.text.casefold()
    if plain in STOPWORDS | CHATTER or (kind == "value" and (plain in adjectives() or verdict(f"is {plain}"))):
        return None
    known = (e for e in parsed.gazetteer.entries.get((word.form,), ()) if e.kind == "name" and says(e.facet, "maker"))
    return next((e for e in known if kind == "name" or is_own_word(parsed.gazetteer, word, e)), None)
