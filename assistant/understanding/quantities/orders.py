"""Superlatives and degrees of numbers: "the cheapest", "most points", "best rated", "well rated", "recent", 不太长.

A superlative orders; a degree is a range, by what the catalogue's own column holds. English; in Chinese "not too".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from penchant.retriever import HIGHEST, LOWEST

from ..spans import SURE, LabelledSpan
from ..text import NUMBER, Token, stem, tokens
from .ages import decades_of_age, last_years
from .field_words import names_what_is_counted, words_of_amounts
from .number_field import NumberField, written
from .number_fields import NumberFields
from .ranges import Range

_EST = re.compile(
    r"\b(?:(?:the|your|its|is|are)\s+)?(?P<word>[a-z]{3,}?)(?P<est>(?:i?est))\b(?!\s+(?:ones?\W*(?:please\W*)?$|of\s+(?:these|those|them)\b))",
    re.I,
)
_BARE_EST = re.compile(r"(?P<word>[a-z]{3,}?)(?P<est>(?:i?est))\b", re.I)
_ALONE = re.compile(
    r"\W*(?:(?:and|so|ok(?:ay)?|then|now|hmm|but|show\s+me|give\s+me|what(?:['’]s|\s+is)|which(?:\s+one)?(?:\s+is)?)[\s,]+)*"
    r"(?P<what>the\s+[a-z]{3,}est)(?:\s+ones?)?\s+of\s+(?:those|these|them|the\s+lot)(?:,?\s+please)?\W*",
    re.I,
)
_THE_BETTER = re.compile(r"\bthe\s+(?P<word>[a-z]{3,}?)(?:i?er)\s*,?\s+the\s+better\b", re.I)
_MOST = re.compile(
    r"(?:(?<!\bat )(?<!\bat the )\b(?=most|least)|\b(?!most|least))(?P<sign>most|least|fewest|highest|lowest|biggest"
    rf"|largest|greatest|smallest|top|best|worst|maximum|minimum|max|min)\b[\s-]+(?:(?<=(?:top|est|rst)[\s-]){NUMBER}\s+)?",
    re.I,
)
"""Also with how many between: "the top three rated"."""

_DONE_MOST = re.compile(
    r"\b(?P<deed>[a-z]{3,})\s+(?:the\s+(?P<sign>most|least|fewest)\b|(?:the\s+)?(?P<how>best|worst)\b(?=\s*(?:[.,?!;]|$)))",
    re.I,
)
_BY = re.compile(r"\bby\s+([\w ]{3,30})", re.I)
_UP = frozenset("most highest biggest largest greatest top best maximum max".split())
_BOUND = re.compile(rf"m(?:in|ax)(?:imum)?[\s-]+{NUMBER}", re.I)
_QUALITY, _COUNTING = ("best", "top", "worst"), ("most", "least", "fewest")
_RATED = re.compile(
    r"\b(?:well|highly|good|great|excellent|top)[\s-]+(?:rated|reviewed|ratings?|reviews?|scores?|scored)\b"
    r"|\bgood\s+ratings?\b|\bwith\s+(?:good|great)\s+(?:ratings?|reviews?)\b",
    re.I,
)
_POPULAR = re.compile(
    r"\b(?:most\s+popular|best[\s-]?selling|most[\s-](?:watched|read|played|sold|streamed|downloaded|reviewed))\b", re.I
)
_OBSCURE = re.compile(
    r"\b(?:under(?:rated|appreciated)|hidden\s+gems?|(?:lesser|less|little|not\s+so)[\s-](?:well[\s-])?known|under\s+the\s+radar"
    r"|off\s+the\s+beaten\s+(?:track|path))\b(?!\s+facts?\b)",
    re.I,
)
_COUNTED = re.compile(rf"{NUMBER}|\byears?\b|\bage", re.I)
_FREE = re.compile(
    r"(?<![\w-])(?:free|for\s+free|free\s+of\s+charge)(?![\w-]|\s+(?:of|from|time|range|form|spirited)\b)"
    r"|\bcosts?\s+(?:me\s+|us\s+)?nothing\b|\b(?:pay(?:ing)?|spend(?:ing)?|cost(?:ing)?)\s+(?:nothing|zero)\b"
    r"|(?:\b(?:not|without)|n['’]?t)\s+(?:(?:want|like|going|have|to|be)\s+)*(?:pay|spend|cost)(?:ing)?"
    r"\s+(?:any(?:thing|\s+money)|a\s+(?:thing|penny|cent|dime))\b",
    re.I,
)
_NOT_TOO = re.compile("(?:不要?|别)太")
_GOOD, _HALF = 0.6, 0.5
_RATED_WORDS = frozenset("rated rating review reviewed score scored quality".split())
_SKIPPED = frozenset("in of the a an by with number and its total overall".split())


def find_orders(text: str, fields: NumberFields) -> list[Range]:
    """The orders and degrees of a text, not overlapping; the value of an order is HIGHEST or LOWEST."""
    found, words = list[Range](), tokens(text)
    if not fields.fields:
        return found
    for r in (
        *_popular(text, fields),
        *_most(text, words, fields),
        *_done_most(text, fields),
        *_est(text, fields),
        *_rated(text, fields),
        *_free(text, fields),
        *(Range(*found) for found in (*last_years(text, fields), *decades_of_age(text, fields))),
        *_not_too(text, fields),
    ):
        if not any(k.meets(r.start, r.end) for k in found):
            found.append(r)
    return found


def _popular(text: str, fields: NumberFields) -> Iterator[Range]:
    if field := fields.fields.get(fields.prior):
        for match in _POPULAR.finditer(text):
            yield Range(field.name, HIGHEST, *match.span())
        for match in _OBSCURE.finditer(text):
            bar = written(fields.quantile(field, _HALF))
            yield Range(field.name, f"<= {bar}", *match.span(), stated=True, degree=True)


def _most(text: str, words: Sequence[Token], fields: NumberFields) -> Iterator[Range]:
    """ "Most points", "the highest rated", "least expensive", "biggest worldwide gross"."""
    for match in (m for m in _MOST.finditer(text) if not _BOUND.match(text, m.start())):
        up = match["sign"].casefold() in _UP
        following = [w for w in words if w.start >= match.end()][:4]
        if not following:
            continue
        adjective = following[0]
        about, sign = fields.ends(adjective.text.casefold())
        if about and match["sign"].casefold() in ("most", "least"):
            value = HIGHEST if up == (sign == ">") else LOWEST
            yield Range(about[0].name, value, match.start(), adjective.end)
            continue
        if up and (by := _by(text, match.end(), fields)):
            yield Range(by.name, LOWEST if by.is_place else HIGHEST, match.start(), adjective.end)
            continue
        if found := _spoken_of(following, fields, match["sign"].casefold()):
            yield Range(found[0].name, HIGHEST if up != found[0].is_place else LOWEST, match.start(), found[1])


def _done_most(text: str, fields: NumberFields) -> Iterator[Range]:
    """ "Which sold the most in Europe?": by the verb, and of several fields by what else is said."""
    for match in _DONE_MOST.finditer(text):
        named = fields.named([stem(match["deed"].casefold())], list(fields.fields.values()))
        best = [field for score, field in named if score > max(1.0, named[0][0]) - 0.4]
        field = fields.nearest(text, best, 0.0) if len(best) > 1 else None
        field = field or next(iter(best), None)
        if field and (match["sign"] or field.dimension in ("money", "rating")):  # what "runs best" runs no longer
            high = (match["sign"] or match["how"]).casefold() in ("most", "best")
            yield Range(field.name, HIGHEST if high else LOWEST, *match.span())


def _by(text: str, start: int, fields: NumberFields) -> NumberField | None:
    """The field that "by word count" names, after a place in a text."""
    match = _BY.search(text, start)
    named = fields.named([w.form for w in tokens(match[1])], list(fields.fields.values())) if match else []
    return named[0][1] if named and named[0][0] > 1 else None


def _spoken_of(following: Sequence[Token], fields: NumberFields, sign: str) -> tuple[NumberField, int] | None:
    """The field that the words after "most" or "highest" name, and where its name ends."""
    run: list[Token] = []
    for word in following:
        if word.form in _SKIPPED and run:
            break
        if word.form not in _SKIPPED:
            run.append(word)
    ratings = fields.of("rating")
    if run and sign in _COUNTING and names_what_is_counted(run[0].text):  # "the most ratings" are many of them
        ratings = [f for f in fields.of("count") if f.is_named(run[0].form)] or ratings
    if run and run[0].form in _RATED_WORDS and ratings:
        named = fields.named([w.form for w in run], ratings)
        return (named[0][1] if named else ratings[0]), run[0].end
    if sign in _QUALITY:
        return None
    named = fields.named([w.form for w in run[:3]], list(fields.fields.values()))
    if not named or not (hit := [w for w in run[:3] if named[0][1].said(w.form)]) or run.index(hit[0]) > 1:
        return None
    return named[0][1], hit[-1].end


def is_order(text: str) -> bool:
    """Whether a message is nothing but a superlative of what is there: "and the cheapest of those?"."""
    return bool(_ALONE.fullmatch(text))


def _est(text: str, fields: NumberFields) -> Iterator[Range]:
    """ "The cheapest", "newest", "lightest", "the cheaper the better"."""
    alone = _ALONE.fullmatch(text)
    ests = [_BARE_EST.search(text, alone.start("what"))] if alone else [*_EST.finditer(text)]
    for match in (*ests, *_THE_BETTER.finditer(text)):
        forms = plain_forms(match["word"].casefold()) if match else []
        ends = (end(adjective) for end in (fields.ends, fields.sized) for adjective in forms)
        if match and (found := next((end for end in ends if end[0]), None)):
            field = _by(text, match.end(), fields) or found[0][0]
            yield Range(field.name, HIGHEST if found[1] == ">" else LOWEST, *match.span())


def plain_forms(stem: str) -> list[str]:
    """What an adjective may be whose comparative or superlative begins so: "big" of "bigg", "easy" of "eas"."""
    single = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
    return [stem, stem + "e", single, stem + "y", *(["far"] if stem in ("furth", "farth") else [])]


def said_degrees(
    text: str, spans: Iterable[LabelledSpan], fields: NumberFields, kinds: Sequence[tuple[str, str]]
) -> Iterator[Range]:
    """ "A short book", "not too long": amounts without a number, as the model finds them, each with its side."""
    bounded: set[str] = set()
    for span in spans:
        said = " ".join(text[span.start : span.end].casefold().replace("-", " ").split())
        words = [said] if span.kind == "value" else [w.text.casefold() for w in tokens(said)]
        sure = span.side == "want" or (span.side in ("less", "never") and span.confidence >= SURE)
        if span.kind not in ("amount", "value") or not sure or _COUNTED.search(said):
            continue
        wanted = span.side == "want"
        found = next((f for word in words if (f := fields.degree(word, wanted, kinds))), None)
        if found and not _is_size_of_another(text[span.start :], found[0], fields) and found[0] not in bounded:
            bounded.add(found[0])
            yield Range(*found, span.start, span.end, degree=wanted)


def _is_size_of_another(text: str, facet: str, fields: NumberFields) -> bool:
    """Whether what begins a text says how big something is that another field is called: "a big garden" is no house."""
    sizes = [word for side in words_of_amounts()["ends"]["area"].values() for word in side]
    sized = [w.form for w in tokens(text)][:2]
    own = fields.fields[facet]
    named = [f for f in fields.fields.values() if len(sized) > 1 and f.is_named(sized[1])]
    return sized[0] in map(stem, sizes) and bool(named) and own not in named


def _rated(text: str, fields: NumberFields) -> Iterator[Range]:
    if ratings := fields.of("rating"):
        for match in _RATED.finditer(text):
            bar = written(fields.quantile(ratings[0], _GOOD))
            yield Range(ratings[0].name, f">= {bar}", *match.span(), stated=True, degree=True)


def _free(text: str, fields: NumberFields) -> Iterator[Range]:
    for field in (f for f in fields.of("money") if f.low == 0):
        for match in _FREE.finditer(text):
            yield Range(field.name, "<= 0", *match.span(), stated="free" not in match[0].casefold())


def _not_too(text: str, fields: NumberFields) -> Iterator[Range]:
    """不要太老的: the range of what is so; the words before it refuse it."""
    for match in _NOT_TOO.finditer(text):
        for han, adjective in words_of_amounts()["chinese"].items():
            said = text.startswith(han, match.end())
            if said and (found := fields.degree(adjective, True, ())):
                yield Range(*found, match.end() - 1, match.end() + len(han), stated=True, degree=True)
