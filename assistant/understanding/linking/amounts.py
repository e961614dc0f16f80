"""Amounts in a message, and which number field each is of: "under $30", "at least 8 GB of RAM", "for 4 people".

A field is found by the unit, by the words around the amount, by the comparison ("cheaper than"), or by what the column
holds. English; years and decades, and Chinese, are in ranges.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from penchant.retriever.catalogue.values import Unit, currency_of, unit_named

from ..text import NUMBER, Token, before, number, stem, tokens
from .number_fields import NumberField, NumberFields, in_unit, words_of_amounts, written
from .ranges import Range

_MONEY_SIGN = r"[$€£¥₹₩]"
_SCALE = r"(?:(?P<scale{0}>k|m|bn)\b|\s+(?P<word{0}>thousand|million|billion|mio|lakhs?|crores?)\b)?"
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "mio": 1e6, "bn": 1e9, "billion": 1e9} | {
    "lakh": 1e5,
    "lakhs": 1e5,
    "crore": 1e7,
    "crores": 1e7,
}
_DIGITS = r"(?:[0-9]{1,3}(?:[,.][0-9]{3})+(?![0-9.,]*[0-9])|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_N = rf"(?:{_DIGITS}|{NUMBER}(?![A-Za-z]))"
_AMOUNT = re.compile(
    rf"""(?<![\w.#])(?P<cur1>{_MONEY_SIGN}|(?:US\$|Rs\.?|EUR|USD|GBP|CHF|INR)\s?)?\s?(?P<low>{_N})(?!\w*['’]s\b)"""
    + _SCALE.format(1)
    + rf"""(?P<unit1>\s?(?:[A-Za-z°%"]+))??(?:\s*(?:-|–|—|to|and|or)\s*(?P<cur2>{_MONEY_SIGN})?\s?(?P<high>{_N}))?"""
    + _SCALE.format(2)
    + r"""(?:\s?-?\s?(?P<unit>(?:km/h|°[CF]|%|["€£$¥₹]|[A-Za-z]+\b\.?)))?""",
    re.I,
)
_BETWEEN = re.compile(r"\b(?:between|from|anywhere\s+between)\s*$", re.I)
_JOIN = re.compile(r"\s*(?:-|–|—|to|and|or)\s*", re.I)

_MORE = (
    "more|longer|over|above|higher|greater|bigger|larger|heavier|newer|later|better|beyond|upwards?|older|taller"
    "|stronger|faster|farther|further|exceeding"
)
_LESS = (
    "less|fewer|shorter|under|below|lower|smaller|lighter|earlier|cheaper|younger|beneath|slower|weaker|nearer|closer"
)
_FILL = r"(?:\s+(?:of|is|are|be|the|a|an|score|rating|than|my|our|about|around))*\s*$"
_SIGNS_BEFORE = tuple(
    (sign, re.compile(pattern + _FILL, re.I))
    for sign, pattern in (
        (
            "<=",
            rf"(?:\b(?:no|not|nothing|never|none)|n['’]t)\s+(?:(?!but|and|or)\w+\s+){{0,3}}(?:{_MORE})(?:\s+than|\s+that)?",
        ),
        (
            ">=",
            rf"(?:\b(?:no|not|nothing|never|none)|n['’]t)\s+(?:(?!but|and|or)\w+\s+){{0,3}}(?:{_LESS})(?:\s+than|\s+that)?",
        ),
        ("<=", r"\b(?:at\s+(?:the\s+)?most|up\s+to|max(?:imum)?|within|not\s+exceed(?:ing)?|tops|no\s+later\s+than)"),
        (">=", r"\b(?:at\s+(?:the\s+)?least|min(?:imum)?|no\s+earlier\s+than|starting\s+(?:at|from))"),
        (
            "<=",
            r"\b(?:budget(?:\s+\w+){0,2}|can\s+(?:only\s+)?(?:spend|afford|pay)|(?:have|got)(?:\s+(?:only|just|about))?"
            r"|only\s+have|spend(?:ing)?)",
        ),
        ("<", rf"\b(?:{_LESS})(?:\s+(?:than|then))?"),
        (">", rf"\b(?:{_MORE})(?:\s+(?:than|then))?"),
        ("~", r"\b(?:about|around|roughly|approximately|some|circa|ca\.?|approx\.?|nearly|almost)"),
        ("<=", r"\b(?:bis(?:\s+zu)?|unter|höchstens|maximal|weniger\s+als)"),
        (">=", r"\b(?:ab|über|mindestens|mehr\s+als)"),
        ("<", r"<"),
        (">", r">"),
    )
)
_SIGNS_AFTER = tuple(
    (sign, re.compile(pattern, re.I))
    for sign, pattern in (
        (
            "<=",
            rf"(?:\s+\w+)?[\s,]*(?:or|and)\s+(?:{_LESS}|earlier|down(?:wards)?)\b|(?:\s+\w+)?\s*(?:max(?:imum)?|tops|at\s+most)\b",
        ),
        (
            ">=",
            rf"(?:\s+\w+)?[\s,]*(?:or|and)\s+(?:{_MORE}|up|plus)\b|\+|(?:\s+\w+)?\s*(?:min(?:imum)?|at\s+least|upwards?|plus)\b",
        ),
    )
)
_CLAUSE = re.compile(r"[.;!?,](?:\s|$)|\s(?:and|but|or|with|plus)\s", re.I)
_SENTENCE = re.compile(r"[.;!?](?:\s|$)")
_OLD = re.compile(r"[\s-]*(?:years?|yrs?|y)?[\s-]*(?:olds?\b)|\s*years?\s+of\s+age|\s*s\b(?=\W|$)", re.I)
_AGED = re.compile(r"\b(?:aged?|turning|turns)\s+$", re.I)
_FOR = re.compile(
    r"\bfor\s+(?:(?:a|an|my|our|the|us|all|a\s+group\s+of|groups?\s+of|up\s+to|between|kids|children)\s+)*$", re.I
)
_NOT_ALONE = frozenset("a an one once first second".split())
_DOUBTFUL = frozenset(("in", "t", "go", "no", "m", "a", "s", "y"))
_LETTERED = re.compile(r"[A-Za-z]")
_NEAR, _FAR = 3, 6
_BETWEEN_WORDS = frozenset("of is are a an the in with has have and".split())
_ROUGHLY = 0.15
_CLOSELY = 0.035


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as said: from `low` to `high`, "" or a sign, its unit or the word that follows, where all of it stands with
    its comparison (`start` to `end`), and the number alone (`first` to `last`)."""

    low: float
    high: float
    sign: str
    unit: Unit | None
    word: str
    start: int
    end: int
    first: int
    last: int
    adjective: str = ""
    aged: bool = False


def find_amounts(text: str, fields: NumberFields, known: Sequence[Range]) -> list[Range]:
    """The ranges of a text by amounts outside of those known; an amount of which no field is found says nothing."""
    if not fields.fields:
        return []
    words = tokens(text)
    counted = frozenset(word for field in fields.fields.values() for word in field.words)
    said = [a for a in _amounts(text, counted) if not any(r.start < a.end and a.start < r.end for r in known)]
    found: list[Range] = []
    for n, amount in enumerate(said):
        left = said[n - 1].end if n else 0
        right = said[n + 1].start if n + 1 < len(said) else len(text)
        if (field := _field(text, words, amount, fields, left, right)) is not None:
            found += _ranges(_spoken(amount, field, words, left, right), field, fields)
    return found


def _spoken(amount: Amount, field: NumberField, words: Sequence[Token], left: int, right: int) -> Amount:
    """The amount with the words beside it that name its field: they say nothing else."""
    first, last = amount.start, amount.end
    for word in (w for w in words if last <= w.start < right):
        if not (field.said(word.form) or word.form in _BETWEEN_WORDS):
            break
        last = word.end if field.said(word.form) else last
    for word in (w for w in reversed(words) if left <= w.start < first):
        if not (field.said(word.form) or word.form in _BETWEEN_WORDS):
            break
        first = word.start if field.said(word.form) else first
    return replace(amount, start=first, end=last)


def _amounts(text: str, counted: Collection[str]) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(text):
        written = match["low"].casefold()
        unit, word, last = _unit(match)
        led = before(text, match.start())
        joined = match["high"] is not None and (
            match["cur2"] or _JOIN.fullmatch(text, match.end("low"), match.start("high")) or True
        )
        if _LETTERED.match(text, match.end("low")) and not (unit or match["scale1"] or match["high"]):
            continue
        low = _read(match["low"])
        high = _read(match["high"]) if joined else low
        after = (match["scale2"] or match["word2"] or "").casefold()
        own = (match["scale1"] or match["word1"] or "").casefold()
        low, high = low * _SCALES.get(own or after, 1.0), high * _SCALES.get(after or own, 1.0)
        if re.match(r"\s+and\s+a\s+half\b", text[last:], re.I):
            low, high, last = low + 0.5, high + 0.5, last + len(re.match(r"\s+and\s+a\s+half\b", text[last:], re.I)[0])  # type: ignore[index]
        amount = _with_sign(text, led, match, (min(low, high), max(low, high)), unit, word, last)
        if written not in _NOT_ALONE or _is_counted(amount, written, match, counted):
            yield amount


def _is_counted(amount: Amount, written: str, match: re.Match[str], counted: Collection[str]) -> bool:
    """Whether "a" or "one" is a number here: "an hour", "under a metre", "one bedroom"."""
    if match["word1"] or (amount.unit and (amount.sign or amount.unit.dimension == "time")):
        return True
    return written == "one" and bool(amount.word) and any(stem(amount.word).startswith(word) for word in counted)


def _read(written: str) -> float:
    """A number as written; "30.000" has no decimals."""
    if _THOUSANDS.fullmatch(written):
        return float(re.sub(r"[.,]", "", written))
    return float(written) if written.startswith(".") else number(written)


def _with_sign(
    text: str, led: str, match: re.Match[str], bounds: tuple[float, float], unit: Unit | None, word: str, last: int
) -> Amount:
    low, high = bounds
    sign, first, adjective = "", match.start(), ""
    if high > low:
        if cue := _BETWEEN.search(led):
            first = match.start() - len(cue[0])
        return Amount(low, high, "..", unit, word, first, last, match.start(), match.end("high"))
    for name, pattern in _SIGNS_BEFORE:
        if cue := pattern.search(led):
            sign, first, adjective = name, match.start() - len(cue[0]), _adjective(cue[0])
            break
    for name, pattern in _SIGNS_AFTER if not sign or sign == "~" else ():
        for end in dict.fromkeys((last, match.end("low"))):
            if cue := pattern.match(text, end):
                sign, last, adjective = name, max(cue.end(), last), _adjective(cue[0])
                break
    aged = bool(_AGED.search(led)) or bool(old := _OLD.match(text, match.end("low")))
    if aged and (old := _OLD.match(text, match.end("low"))):
        last = max(last, old.end())
    return Amount(low, high, sign, unit, word, first, last, match.start(), match.end("low"), adjective, aged)


def _adjective(cue: str) -> str:
    """ "cheaper than" is said of prices: the word of a cue that tells."""
    for word in re.findall(r"[a-z]+", cue.casefold()):
        if word.endswith("er") and word not in ("over", "under", "never", "higher", "lower", "larger", "smaller"):
            plain = {"cheaper": "cheap", "newer": "new", "later": "late", "older": "old", "younger": "young"}.get(word)
            return plain or re.sub(r"(?:ier)$", "y", word) if word.endswith("ier") else plain or word[:-2]
        if word in ("spend", "spending", "budget", "afford", "pay"):
            return "cheap"
    return ""


def _unit(match: re.Match[str]) -> tuple[Unit | None, str, int]:
    """The unit, the word that follows the amount, and where the amount ends."""
    if currency := match["cur1"] or match["cur2"]:
        end = match.end("word2") if match["word2"] else match.end("high") if match["high"] else _number_end(match)
        return (
            unit_named(currency.strip()) or Unit(currency_of(currency), "money", 1.0),
            "",
            max(end, _number_end(match)),
        )
    written = match["unit"] or ""
    known = unit_named(written.rstrip(".")) if written and written.casefold() not in _DOUBTFUL else None
    if written in ("G", "D", "K"):  # 5G, 3D, 4K
        known = None
    if known is None and written.casefold() in ("m", "in") and match.start("unit") == match.end("low"):
        known = unit_named(written)
    inner = (match["unit1"] or "").strip()
    known = known or (unit_named(inner) if inner and match["high"] else None)
    return known, written, match.end("unit") if known else _number_end(match)


def _number_end(match: re.Match[str]) -> int:
    return max(match.end(name) for name in ("low", "scale1", "word1", "high", "scale2", "word2") if match[name])


def _field(
    text: str, words: Sequence[Token], amount: Amount, fields: NumberFields, left: int, right: int
) -> NumberField | None:
    """The field that an amount is of."""
    every = [f for f in fields.fields.values() if f.dimension not in ("year", "date")]
    age = [f for f in every if f.is_about("age")]
    if amount.aged and age:
        return age[0]
    near = _near(text, words, amount, left, right)
    fit = [f for f in every if f.dimension == amount.unit.dimension] if amount.unit else []
    if amount.unit and amount.unit.dimension == "time" and amount.unit.name == "years":
        fit = age
    if fit:
        named = fields.named(near, fit) or fields.named(_all(text, words, amount), fit)
        same = [f for f in fit if f.unit and amount.unit and f.unit.name == amount.unit.name]
        return named[0][1] if named else (same or fit)[0]
    free = [f for f in every if f.unit is None or not amount.unit]
    named = fields.named(near, free)
    if named and named[0][1].name == fields.prior and not amount.sign:
        return None  # "two votes"
    if named:
        best = [f for score, f in named if score > named[0][0] - 0.4]
        return next((f for f in best if f.holds(amount.low)), named[0][1])
    return _unnamed(text, words, amount, fields, free)


def _unnamed(
    text: str, words: Sequence[Token], amount: Amount, fields: NumberFields, free: Sequence[NumberField]
) -> NumberField | None:
    """Where no word near the amount names a field: by the unit's dimension, the comparison, or the column."""
    if amount.unit:
        measured = words_of_amounts()["measured"].get(amount.unit.dimension, ())
        fit = [f for f in free if any(word in f.words for word in measured) and f.holds(amount.low)]
        if fit:
            return fit[0]
        elsewhere = fields.named(_all(text, words, amount), free)
        return elsewhere[0][1] if elsewhere and elsewhere[0][0] > 1 else None
    if amount.adjective and (said := [f for f in fields.ends(amount.adjective)[0] if f.dimension != "year"]):
        return said[0]
    if not amount.sign or amount.sign == "~":
        return None
    money = [f for f in fields.of("money") if f.holds(amount.low)]
    return money[0] if money else None


def _near(text: str, words: Sequence[Token], amount: Amount, left: int, right: int) -> list[str]:
    """The stems near an amount within its clause, the nearest first; what follows before what leads."""
    after = [
        w for w in words if amount.end <= w.start < right or (amount.word and w.start >= amount.end and w.start < right)
    ]
    stop = _CLAUSE.search(text, amount.end, right)
    after = [w.form for w in after if not stop or w.start <= stop.start()][:_NEAR]
    led = text[left : amount.start]
    cuts = [m.end() for m in _CLAUSE.finditer(led)]
    begin = left + (cuts[-1] if cuts else 0)
    leading = [w.form for w in reversed(words) if begin <= w.start < amount.start][:_FAR]
    if not amount.sign or amount.sign == "~":  # "two baths": only what stands right beside is counted
        after, leading = after[:2], leading[:2]
    inside = [w.form for w in words if amount.start <= w.start < amount.first][::-1]
    own = [stem(amount.word)] if amount.word else []
    return list(dict.fromkeys([*own, *after, *inside, *leading]))


def _all(text: str, words: Sequence[Token], amount: Amount) -> list[str]:
    return [
        w.form
        for w in sorted(words, key=lambda w: abs(w.start - amount.first))
        if not amount.start <= w.start < amount.end
    ]


def _ranges(amount: Amount, field: NumberField, fields: NumberFields) -> list[Range]:
    """The range of a field; of two, where the catalogue has both ends of one ("2 to 4 players")."""
    low, high = in_unit(amount.low, amount.unit, field), in_unit(amount.high, amount.unit, field)
    partner = fields.fields.get(field.partner)
    if partner is not None:
        least, most = (field, partner) if field.field.bound == "low" else (partner, field)
        values = {
            "": ((least, f"<= {written(low)}"), (most, f">= {written(high)}")),
            "..": ((least, f"<= {written(low)}"), (most, f">= {written(high)}")),
            "~": ((least, f"<= {written(low)}"), (most, f">= {written(high)}")),
            ">=": ((most, f">= {written(low)}"),),
            ">": ((most, f"> {written(low)}"),),
            "<=": ((most, f"<= {written(low)}"),) if field.dimension == "money" else ((least, f"<= {written(low)}"),),
            "<": ((least, f"< {written(low)}"),),
        }[amount.sign]
        return [Range(f.name, value, amount.start, amount.end) for f, value in values]
    return [Range(field.name, _value(amount, field, low, high), amount.start, amount.end)]


def _value(amount: Amount, field: NumberField, low: float, high: float) -> str:
    if amount.sign == "..":
        return f"{written(low)}..{written(high)}"
    if amount.sign == "~":
        return f"{written(low * (1 - _ROUGHLY))}..{written(low * (1 + _ROUGHLY))}"
    if amount.sign:
        return f"{amount.sign} {written(low)}"
    if field.is_about("age") and field.field.bound != "high":
        return f"<= {written(low)}"
    if field.dimension in ("money",):
        return f"<= {written(low)}"
    if field.dimension == "rating" or field.field.better == "more":
        return f">= {written(low)}"
    if field.dimension in ("time", "energy") or not field.whole:
        share = _ROUGHLY if field.dimension in ("time", "energy") else _CLOSELY
        return f"{written(low * (1 - share))}..{written(low * (1 + share))}"
    return f"{written(low)}"
