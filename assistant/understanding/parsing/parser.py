"""Takes a message apart: words, what the catalogue knows of them, numbers, and by cues or the model which are refused.

Knows the linker, the cues and the model's reading. Knows nothing of interests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from penchant.retriever import says_order

from ..cues import Scope
from ..linking import EntityLinker, Gazetteer, Match, find_numbers
from ..quantities import Range, are_people, number_fields, said_degrees
from ..spans import SURE, LabelledSpan, Reading
from ..text import before, in_english, is_chinese, tokens
from .background import background, without_numbers, without_values
from .called_fields import as_called, said_whole
from .exceptions import denied_twice, excepted, indispensable, let_be
from .implied_refusals import pointed_back
from .other_words import with_heard, with_other_words
from .parsed_message import ParsedMessage, Span, beside, fills_sentence, within
from .sides import HARDLY_MENTIONED, sides_of
from .spelt_cues import spelt_scopes
from .unknown_names import with_small_names

_NO = re.compile(r"\b(?:free|non|no|not|without|less|anti|zero)\b", re.I)
_TELLING = ("value", "name", "amount", "words")
_SAID = ("want", "less", "never", "fine")
_SURELY_NOTHING = 0.8
_ANY = re.compile(
    r"(?:^|[.!?,;]\s*|\b(?:have|got|there)\s+)(?:(?:and|or|so|but|ok|hmm|are|is|there),?\s+)*any\s+$", re.I
)
_IS_ONE = re.compile(
    r"\b(?:(?:i|we|s?he|they)(?:['’]?(?:m|re|s)|\s+(?:am|are|is))|(?:my|our)\s+(?:[\w-]+\s+){1,4}(?:is|are))\s+"
    r"(?:(?:an?|all|both|total|complete|absolute|strict|strictly|now|also|mostly|still|just|only)\s+)*$",
    re.I,
)
_OUTSIDE = re.compile(r"\boutside\s+(?:of\s+)?(?:the\s+)?$", re.I)
_THAT_TIME = re.compile(
    r"\s+it\s+(?:was|is|has\s+to\s+be|must\s+be|should\s+be)\b"
    r"|.*\b(?:(?:those|these)\s+(?:years|days|times)|that\s+(?:time|era|age|period|decade|sound)|(?:from|of)\s+then)\b",
    re.I | re.S,
)
"""What comes back to years that were only told of: "we met in the sixties; something from that time"."""

_YEAR = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b")


def parse(
    text: str,
    linker: EntityLinker,
    gazetteer: Gazetteer,
    asides: Sequence[Span] = (),
    stated: Sequence[Range] | None = None,
    reading: Reading | None = None,
    told: Sequence[Match] = (),
) -> ParsedMessage:
    """Takes a message apart. What stands inside a range ("before 1950") or an aside means nothing else.

    stated: what find_numbers says of the text, where that is known. told: matches that are known already."""
    words = tuple(tokens(text))
    stated = find_numbers(text, gazetteer) if stated is None else stated
    ranges = tuple(r for r in stated if not within(r.start, asides))
    numbers = [(r.start, r.end) for r in ranges]
    heard = [
        match
        for match in beside(told, linker.find(text, words))
        if not _covered((start := words[match.first].start, words[match.last - 1].end), asides)
        and (match.entries[0].kind == "title" or not within(start, numbers))
    ]
    found, ranges = as_called(heard, ranges, text, words, gazetteer)
    begins = {words[match.first].start for match in found} | {start for start, _ in asides}
    spelt = spelt_scopes(in_english(text), words, begins, lambda word: word.form in gazetteer.words)
    cued = tuple(s for s in spelt if not within(s.cue, asides))
    cuts = tuple((s.cue, s.end) for s in cued)
    parsed = ParsedMessage(text, words, found, ranges, cued, gazetteer, tuple(asides), cued, cuts=cuts)
    if reading is None:
        return parsed
    named = with_heard(with_small_names(parsed, reading), reading)
    tells = background(named, reading)
    sided = _sided(without_numbers(named, tells), reading.silenced(tells) if tells else reading)
    return with_other_words(without_values(sided, tells))


def _with_pointed(parsed: ParsedMessage, reading: Reading) -> tuple[ParsedMessage, Reading]:
    """With what the refused pronouns of a message stand for refused."""
    places: dict[bool, list[Span]] = {True: [], False: []}
    for match in parsed.matches:
        places[match.entries[0].kind == "title"].append((parsed.begin(match), parsed.end(match)))
    pointed = pointed_back(parsed.text, parsed.cued, reading, places[False], places[True])
    cued = tuple(sorted([*parsed.cued, *pointed], key=lambda s: s.cue))
    return replace(parsed, cued=cued), reading.with_side("never", ((s.start, s.end) for s in pointed))


def _sided(parsed: ParsedMessage, reading: Reading) -> ParsedMessage:
    """The message with its sides as the model has them; of items, cues tell more. An exception is no cue."""
    parsed, reading = _with_pointed(parsed, reading)
    reading = reading.with_side("want", [*let_be(parsed.text, reading.spans), *said_whole(parsed)])
    spared = excepted(parsed.text, reading.spans, parsed.cued)
    unheard = [*((s.cue, s.start) for s in spared), *indispensable(parsed.text), *denied_twice(parsed.text)]
    kept = (c for c in parsed.cued if not within(c.cue, unheard))
    parsed = replace(parsed, cued=tuple(kept), spared=tuple(spared))
    taken = [*((parsed.begin(m), parsed.end(m)) for m in parsed.matches), *parsed.asides]
    taken += [(r.start, r.end) for r in parsed.ranges]
    free = [s for s in reading.spans if not any(s.meets(*stretch) for stretch in taken)]
    degrees = list(said_degrees(parsed.text, free, parsed.gazetteer.number_fields, _kinds(parsed)))
    degrees = _where_nothing_is_counted(degrees, parsed)
    pointed = [r for r in parsed.ranges if r.sure or _is_that_time(parsed, r)]
    ranges = [r for r in parsed.ranges if r in pointed or _is_asked(r, parsed.text, reading)]
    ranges += _bare_years(parsed, free)
    values = [m for m in parsed.matches if m.entries[0].kind != "title"]
    known = [(parsed.begin(m), parsed.end(m)) for m in values]
    sides = sides_of(parsed.text, reading, [*known, *((r.start, r.end) for r in ranges)], parsed.cued, spared)
    outside = tuple(_outside(parsed))
    refused = (*outside, *_rejections(parsed, sides.rejected, degrees))
    passed_over = [*sides.passed_over, *_unheard(parsed, values, reading)]
    dropped = [m for m in values if _covered(_plain(parsed, m), passed_over) and not m.every]
    dropped = [m for m in dropped if not within(parsed.begin(m), [(s.start, s.end) for s in refused])]
    dropped = [m for m in dropped if not (_is_any(parsed, m) or _is_of_whom(parsed, m))]
    if "ask" in reading.acts or not any(s.side == "want" and s.kind in _TELLING for s in reading.spans):
        cued = [m for m in dropped if any(c.start <= parsed.begin(m) < c.end for c in parsed.cued)]
        # "What else was she in?" asks for more of hers.
        dropped = [m for m in dropped if m in cued or m.entries[0].kind != "name"]
    return replace(
        parsed,
        matches=tuple(m for m in parsed.matches if m not in dropped),
        ranges=(
            *(r for r in ranges if r in pointed or _is_order(r) or not _covered((r.start, r.end), sides.passed_over)),
            *degrees,
        ),
        rejections=refused,
        reading=reading,
        fine=tuple(m for m in dropped if _covered(_plain(parsed, m), sides.fine)),
        cuts=(*sides.cuts, *((s.cue, s.end) for s in outside)),
    )


def _is_any(parsed: ParsedMessage, match: Match) -> bool:
    """ "Any Renaults there?" """
    return bool(_ANY.search(before(parsed.text, parsed.list_begin(match))))


def _is_of_whom(parsed: ParsedMessage, match: Match) -> bool:
    """ "She's vegetarian", "I'm a total beginner": what somebody is that a value is for."""
    led = before(parsed.text, begin := parsed.begin(match))
    return bool(_IS_ONE.search(led)) and are_people(parsed.text[begin : parsed.end(match)])


def _unheard(parsed: ParsedMessage, values: Sequence[Match], reading: Reading) -> Iterator[Span]:
    """Where values stand of which the model is sure that nothing is said, where it hears what else is: "last night"."""
    if any(s.side in _SAID and s.kind not in ("noun", "reference") for s in reading.spans):
        for match in (m for m in values if not parsed.is_category(m)):
            side, confidence = reading.judge(*_plain(parsed, match))
            cued = any(s.start <= parsed.begin(match) < s.end for s in parsed.cued)
            if side is None and confidence >= _SURELY_NOTHING and not cued:
                yield _plain(parsed, match)


def _outside(parsed: ParsedMessage) -> Iterator[Scope]:
    """ "Somewhere outside Europe" is nowhere there."""
    for match in parsed.matches:
        begin, end = parsed.begin(match), parsed.end(match)
        if match.entries[0].kind == "name" and (cue := _OUTSIDE.search(before(parsed.text, begin))):
            yield Scope(begin - len(cue[0]), begin, end, "never")


def _rejections(parsed: ParsedMessage, found: Sequence[Scope], degrees: Sequence[Range]) -> tuple[Scope, ...]:
    """What is refused, degrees apart, which say it themselves; and kinds that cues refuse where nothing else is
    refused beside them ("no films please", against "no films with songs")."""
    kept = [s for s in found if not within(s.start, parsed.asides)]
    kept = [s for s in kept if not any(d.meets(s.start, s.end) for d in degrees)]
    kept = [s for s in kept if not any(_says_no(parsed, m, s) for m in parsed.matches)]
    for match in (m for m in parsed.matches if parsed.is_category(m)):
        begin, end = parsed.begin(match), parsed.end(match)
        cue = next((s for s in parsed.cued if s.start <= begin < s.end and s.level == "never"), None)
        if cue and not any(s.start < cue.end and cue.start < s.end for s in kept):
            kept.append(Scope(cue.cue, begin, end, "never"))
    return tuple(sorted(kept, key=lambda s: s.start))


def _says_no(parsed: ParsedMessage, match: Match, scope: Scope) -> bool:
    """ "Cruelty free", where that is a value: it says itself what is refused."""
    begin, end = parsed.begin(match), parsed.end(match)
    inside = begin <= scope.start and scope.end <= end and (begin, end) != (scope.start, scope.end)
    return inside and bool(_NO.search(parsed.text[begin : scope.start] + " " + parsed.text[scope.end : end]))


def _where_nothing_is_counted(degrees: Sequence[Range], parsed: ParsedMessage) -> list[Range]:
    """ "Something short, under nine minutes": a number says what is short, be it of another field of that kind."""
    fields = parsed.gazetteer.number_fields.fields
    counted = [fields[r.facet] for r in parsed.ranges if r.facet in fields and not _is_order(r)]
    told = {f.name for f in counted} | {f.dimension for f in counted if f.dimension}
    return [d for d in degrees if not told & {d.facet, fields[d.facet].dimension}]


def _is_asked(stated: Range, text: str, reading: Reading) -> bool:
    """Whether a number is a wish, and not part of a story ("nine hours a day", "she's turning fifty"): where the model
    finds an amount that is wanted or not, or wording says so and the model nothing else. It reads no Chinese."""
    told = (s for s in reading.spans if s.side in _SAID and _is_of(s, stated))
    side, confidence = reading.judge(stated.start, stated.end)
    told_of = stated.stated and (side != "mentioned" or confidence < HARDLY_MENTIONED)
    plain = told_of or (_is_order(stated) and (side or "ask" in reading.acts))
    alone = fills_sentence(text, stated.start, stated.end)
    return any(told) or bool(plain) or alone or is_chinese(text[stated.start : stated.end])


def _is_that_time(parsed: ParsedMessage, stated: Range) -> bool:
    """Whether it is of years, to which the message comes back."""
    years = not parsed.gazetteer.number_fields.is_amount(stated.facet)
    return years and bool(_THAT_TIME.match(parsed.text, stated.end))


def _is_of(span: LabelledSpan, stated: Range) -> bool:
    """Whether the model has an amount there, or takes the very words for a value ("forties")."""
    same = span.kind == "value" and (span.start, span.end) == (stated.start, stated.end)
    return same or (span.kind == "amount" and span.meets(stated.start, stated.end))


def _is_order(stated: Range) -> bool:
    """ "Which has the most points?" asks for that order."""
    return says_order(stated.value)


def _kinds(parsed: ParsedMessage) -> list[tuple[str, str]]:
    """Categories and their values that a message names, whether all of their kind are refused or only some."""
    return [(m.entries[0].facet, m.entries[0].value) for m in parsed.matches if parsed.is_category(m)]


def _bare_years(parsed: ParsedMessage, spans: Iterable[LabelledSpan]) -> Iterator[Range]:
    """ "Except 1994": a year without a word that says so, where the model finds an amount that is not wanted."""
    field = number_fields(parsed.gazetteer.schema).get("year")
    for span in spans if field else ():
        year = _YEAR.search(parsed.text, span.start, span.end)
        if field and year and span.kind == "amount" and span.side == "never" and span.confidence >= SURE:
            yield Range(field, year[0], *year.span())


def _plain(parsed: ParsedMessage, match: Match) -> Span:
    """Where a match stands, without the "is" of "pink's fine"."""
    begin, end = parsed.begin(match), parsed.end(match)
    return begin, begin + len(re.sub(r"['’]s$", "", parsed.text[begin:end]))


def _covered(span: Span, spans: Sequence[Span]) -> bool:
    """ "Good Morning, Vietnam" reaches beyond its greeting, and is a title."""
    return any(start <= span[0] and span[1] <= end for start, end in spans)
