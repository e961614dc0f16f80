"""Which fields of a catalogue hold what is asked: "how long" its lengths, "who" its names, "what year" its years.

By the words of the fields themselves, and by concepts that names of fields have in many catalogues. English, Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from penchant.retriever import HIGHEST, LOWEST, Field
from penchant.retriever.catalogue.inference import says, words_of

from ..linking import Gazetteer
from ..quantities import NumberField, words_of_amounts
from ..text import STOPWORDS, forms, is_chinese, tokens
from .flags import is_another, is_said

_HOW = re.compile(r"\bhow\s+(?P<word>\w+)", re.I)
_ASKED: Sequence[tuple[str, tuple[str, ...]]] = (
    (
        r"\bhow\s+much\b(?!\s+(?:time|space|memory|ram|storage|longer|of)\b)|\bcosts?\b|\bprice|\bpay\b|\bcharge\b"
        r"|多少钱|价格|售价|贵|便宜",
        ("price",),
    ),
    (
        r"\bwho\b.*\b(?:stars?|starring|plays?|acts?|in|sings?|cast)\b|演员|主演|谁演|谁唱",
        ("people", "maker"),
    ),
    (
        r"\bwho(?:se)?\b|\b(?:director|author|maker|brand|artist|writer|composer|producer|(?:written|made|directed)\s+by)\b"
        r"|谁|导演|作者|品牌",
        ("maker", "people"),
    ),
    (r"\bwhere\b|\bcountry\b|哪里|哪儿|哪国|地方|产地", ("place",)),
    (r"\bwhen\b|\bhow\s+(?:old|new|recent)\b|\bwhat\s+year\b|什么时候|哪年|几几年|哪一年", ("year",)),
    (r"\bhow\s+long\b|\btime\b.*\btake\b|多长|多久|片长|时长", ("duration",)),
    (r"页", ("page",)),
    (r"\blanguages?\b|语言|什么语", ("language",)),
)
_MAKES = re.compile(
    r"mak(?:er|ers)|direct|author|writ|brand|artist|creat|compos|design|develop|publish|produc|chef|winery|brewery"
    r"|导演|作者",
    re.I,
)
_PLACES = re.compile(r"localit|district|neighbou?rhood|suburb|borough|address|street|venue", re.I)
_PAGES = re.compile(r"pages?|页", re.I)
_LANGUAGE = re.compile(r"langu|sprache|语", re.I)
_COMPARED = re.compile(r"(?P<root>[a-z]{2,}?)(?:i?er|i?est)", re.I)
_SUPERLATIVE = re.compile(
    r"\b(?:the|is|are|one)\s+(?P<word>(?!best\b|rest\b)[a-z]{2,}est|(?:most|least|fewest)\s+[a-z]+)\b"
    r"|(?P<han>最(?!好)[\u4e00-\u9fff]{1,2})",
    re.I,
)
_DEGREE = re.compile(
    r"\b(?P<degree>(?P<plain>best|better|worst|worse|most|more|least|less)|(?!rest\b)[a-z]{2,}(?:er|est))\b", re.I
)
_LOW = frozenset(("worst", "worse", "least", "less", "fewest", "fewer", "lowest", "lower"))
_COUNTED = frozenset(("most", "more", "least", "less", "fewest", "fewer"))
_NUMBERED = re.compile(r"^(?:num|nr|no|number)(?=[\s_.-])", re.I)
_LESS = re.compile(r"\b(?:less|least|fewest|fewer)\s+$", re.I)
_HAN_DEGREE = re.compile(r"[最更](?P<what>[\u4e00-\u9fff]{1,4})")


@dataclass(frozen=True)
class FieldsAsked:
    """Finds the fields that questions about one catalogue mean."""

    gazetteer: Gazetteer

    def of(self, text: str) -> tuple[str, ...]:
        """The fields that may hold the answer, the likeliest first."""
        found = [*self._by_adjective(text), *self._by_name(text), *self._by_concept(text)]
        return tuple(
            name for name in dict.fromkeys(found) if self.gazetteer.schema.kind(name) not in ("hidden", "image")
        )

    def extremes(self, text: str) -> Iterator[tuple[str, str, str]]:
        """The degrees that a text compares by: a field, HIGHEST or LOWEST or a value, and the word.

        Of a value ("funnier") the most is meant, unless the word begins with "less"."""
        for word, base, less in _degrees(text):
            about, sign = self.gazetteer.number_fields.ends(base)
            for field in about:
                yield field.name, HIGHEST if (sign == ">") != less else LOWEST, word
            entry = None if about else self._value(base)
            if entry:
                yield entry[0], entry[1], word

        for match in _HAN_DEGREE.finditer(text):
            cut = (match["what"][:size] for size in range(len(match["what"]), 0, -1))
            if found := next((value for word in cut if (value := self._value(word))), None):
                yield *found, match[0]

    def measured_by_name(self, text: str) -> Iterator[tuple[str, str, str]]:
        """As `extremes`, of the fields whose own words stand behind a degree, or before one that ends the text: the
        "fastest charging" is of `fast_charging`, whatever else is fast. The field of the most words first."""
        for match in _DEGREE.finditer(text):
            degree = match["degree"].casefold()
            if (
                not match["plain"]
                and degree.endswith("er")
                and not any(_plain_sign(base) for _, base, _ in _degrees(degree))
            ):
                continue  # "customer"
            said = _behind(text, match.end()) or _in_front(text, match.start())
            fields = self._called(said, degree)
            yield from ((field.name, self._end(degree, field), "") for field in fields)

    def _called(self, said: Sequence[str], degree: str) -> list[NumberField]:
        """The number fields that have a word of those said; of a degree that counts nothing, counts come last."""
        scores = {}
        for place, field in enumerate(self.gazetteer.number_fields.fields.values()):
            own = sum(is_said(word, field.words) for word in said)
            also = any(is_said(word, field.words) for word in forms(degree.removesuffix("est").removesuffix("er")))
            counts = field.dimension == "count" or bool(_NUMBERED.match(field.name))
            if own:
                scores[field.name] = (-own - also, counts != (degree in _COUNTED), len(field.words), place)
        fields = self.gazetteer.number_fields.fields
        return [fields[name] for name in sorted(scores, key=scores.__getitem__)]

    def _end(self, degree: str, field: NumberField) -> str:
        """HIGHEST or LOWEST of a field by a degree: of prices the best is the lowest."""
        if degree in _LOW or (degree in ("best", "better") and field.dimension == "money"):
            return LOWEST
        numbers = self.gazetteer.number_fields
        bases = [base for _, base, _ in _degrees(degree)]
        of_field = (sign for base in bases for about, sign in (numbers.ends(base),) if field in about)
        sign = next(of_field, next((sign for base in bases if (sign := _plain_sign(base))), ""))
        return LOWEST if sign == "<" else HIGHEST

    def measured(self, text: str) -> bool:
        """Whether a text asks for the most or more of something, be it such that the catalogue measures or not."""
        found = next(self.measured_by_name(text), None) or next(self.extremes(text), None)
        return bool(found or self.degree_word(text))

    def degree_word(self, text: str) -> str:
        """The superlative of a text, whatever it is of; empty for "best", which is of nothing, and for none."""
        match = _SUPERLATIVE.search(text)
        return (match["word"] or match["han"]) if match else ""

    def _value(self, word: str) -> tuple[str, str] | None:
        entry = self.gazetteer.facet_value(word) if word not in STOPWORDS else None
        return (entry.facet, entry.value) if entry else None

    def _by_adjective(self, text: str) -> Iterator[str]:
        numbers = self.gazetteer.number_fields
        words = [m["word"].casefold() for m in _HOW.finditer(text)]
        words += [
            word for han, word in words_of_amounts()["chinese"].items() if f"多{han}" in text or f"最{han}" in text
        ]
        for word in words:
            if word == "many" or word == "much":
                continue
            yield from (field.name for field in numbers.ends(word)[0])

    def _by_name(self, text: str) -> Iterator[str]:
        """Fields whose own words, or words that stand for them, are said."""
        said = [w.form for w in tokens(text) if w.text.casefold() not in STOPWORDS or w.form in ("year", "type")]
        schema = self.gazetteer.schema
        for field in schema.fields:
            if field.unit == "yes/no" and is_another(text, field.name):
                continue
            words = set(forms(" ".join(field.words or words_of(field.name))))
            phrase = " ".join(words_of(field.name))  # "Known for" has no word that tells by itself
            whole = " " in phrase and phrase in text.casefold()
            if whole or any(is_said(word, said) for word in words) or (is_chinese(field.name) and field.name in text):
                yield field.name
        numbers = self.gazetteer.number_fields
        yield from (f.name for score, f in numbers.named(said, list(numbers.fields.values())) if score >= 1)

    def _by_concept(self, text: str) -> Iterator[str]:
        schema = self.gazetteer.schema
        for pattern, concepts in _ASKED:
            if not re.search(pattern, text, re.I):
                continue
            for concept in concepts:
                yield from (f.name for f in schema.fields if not f.aside and _is_about(f, concept))
            return


def _is_about(field: Field, concept: str) -> bool:
    name = field.name
    if concept == "page":
        return bool(_PAGES.search(name))
    if concept == "language":
        return bool(_LANGUAGE.search(name))
    if concept == "place":
        return (says(name, "place") or bool(_PLACES.search(name))) and not _LANGUAGE.search(name)
    if concept == "year" and field.unit in ("year", "date"):
        return True
    if concept == "maker":
        return says(name, "maker") or bool(_MAKES.search(name))
    return says(name, concept)


def _plain_sign(adjective: str) -> str:
    """ "<" of an adjective that is only said of little, ">" of others, whatever they are said of; empty of no such."""
    ends = words_of_amounts()["ends"].values()
    less, more = (any(adjective in end[side] for end in ends) for side in ("less", "more"))
    return "<" if less and not more else ">" if less or more else ""


def _behind(text: str, start: int) -> list[str]:
    """The words (forms) behind a degree, up to a small one: of "best camera for portraits" the camera."""
    return [w.form for w in takewhile(lambda w: w.text.casefold() not in STOPWORDS, tokens(text[start:]))]


def _in_front(text: str, end: int) -> list[str]:
    """What is said in front of a degree that nothing stands behind: "which charges the fastest"."""
    return [w.form for w in tokens(text[:end]) if w.text.casefold() not in STOPWORDS]


def _degrees(text: str) -> Iterator[tuple[str, str, bool]]:
    """Each compared word of a text, the adjective in it, and whether less of it is meant."""
    for word in tokens(text):
        before = text[max(0, word.start - 8) : word.start]
        plain = word.text.casefold()
        less = bool(_LESS.search(before))
        if less or re.search(r"\b(?:more|most)\s+$", before, re.I):
            yield f"{before.split()[-1].casefold()} {plain}", plain, less
        elif match := _COMPARED.fullmatch(plain):
            root = match["root"]
            doubled = root[:-1] if root[-1:] == root[-2:-1] else root
            bases = dict.fromkeys((root, f"{root}e", f"{root}y", f"{root}ey", doubled))
            yield from ((plain, base, False) for base in bases)
    for han, adjective in words_of_amounts()["chinese"].items():
        for lead in ("最", "更"):
            if f"{lead}{han}" in text:
                yield f"{lead}{han}", adjective, False
