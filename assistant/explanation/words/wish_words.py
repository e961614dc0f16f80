"""Wishes in words: "six funny, warm films about space under 2 hours".

Knows interests, their fields and what the picks hold. Knows nothing of shares.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from penchant.retriever import MENTION, OPEN, Interest, Pick, Schema, is_degree, is_order, parse_range
from penchant.retriever.catalogue import is_within, normalise
from penchant.retriever.catalogue.kinds import audience_of
from penchant.retriever.ranking import InterestKey, alternatives, time_of_wish

from ...understanding.text import is_chinese
from .field_words import NO, YES, field_name, known_kind, maker_fields
from .interest_words import interest_text, interest_texts, is_truth, limits_between, outside_text, value_text
from .language import Speech, shortened

_ABOUT = re.compile(r"theme|topic|subject|keyword|about|setting|题材|主题", re.I)
_HAVING = re.compile(r"feature|amenit|facilit|equipment|extras|设施", re.I)
_LANGUAGE = re.compile(r"langu|sprache|语", re.I)
_KINDS = re.compile(r"^(?:type|kind|category)$", re.I)
_GENRE = re.compile(r"genre|style|type|category|类|风格", re.I)
_ARTICLE = re.compile(r"\b(?:States|Kingdom|Republic|Emirates|Islands|Union)\b|^(?:Netherlands|Philippines|Bahamas)$")
_TRUTHS = frozenset((*YES, *NO))
_ANY_OF = ("without", "rather not", "none held")
_MOST = 4
_LIKE = 3
_MUCH_ELSE = 1.5


def kind_of_picks(picks: Sequence[Pick], schema: Schema, speech: Speech) -> str:
    """What the picks are, in the plural: the kind that all of them are, or else "picks"."""
    for name in (n for n in schema.of("category", "facet") if _KINDS.search(n)):
        kinds = {value for pick in picks for value in pick.item.values(name)}
        if len(kinds) == 1 and not kinds <= _TRUTHS and all(pick.item.values(name) for pick in picks):
            kind = kinds.pop()
            return _plural(kind, len(picks)) if speech.language == "en" else _chinese(kind, speech)
    return speech.say("pick" if len(picks) == 1 else "picks")


def _chinese(kind: str, speech: Speech) -> str:
    """With its measure word."""
    return known_kind(kind) or (speech.say("of kind", what=kind) if is_chinese(kind) else speech.say("picks"))


def _plural(word: str, count: int) -> str:
    """An English noun for so many things."""
    if count == 1 or not word.isascii() or not word[-1:].isalpha() or word.endswith("s"):
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("x", "ch", "sh", "z")) else f"{word}s"


def wished(interests: Sequence[Interest], picks: Sequence[Pick], schema: Schema, speech: Speech) -> str:
    """What was found for these wishes: "Six funny, warm films about space under 2 hours, without horror". The picks are
    called what all of them are; of the rest it is said how many are."""
    wants, alike = _as_said([i for i in interests if i.level == "want"], speech)
    noun = kind_of_picks(picks, schema, speech)
    facets = [i for i in wants if schema.kind(i.facet) == "facet" or i.key in alike or audience_of(i.value)]
    tags = [i for i in facets if _plural(i.value, len(picks)) != noun]
    names = [i for i in wants if schema.kind(i.facet) == "name" and i not in facets]
    degrees = [i for i in wants if is_degree(i, schema)]
    counts = {i.key: _held(i, alike.get(i.key, [i.value]), picks, schema) for i in (*tags, *names)}
    counts |= {i.key: _within(i, picks, schema) for i in degrees}
    held = {key for key, count in counts.items() if count == len(picks)}
    beside = {"about": _ABOUT, "with": _HAVING}  # behind the noun: "about space", "with lift"
    whole = [i for i in tags if i.key in held]
    what = _adjectives([i for i in whole if not any(form.search(i.facet) for form in beside.values())], speech)
    key = "head" if what else "bare head"
    behind = {key: [value_text(i, speech) for i in whole if form.search(i.facet)] for key, form in beside.items()}
    shared = [i for i in wants if i not in facets and (i not in (*names, *degrees) or i.key in held)]
    near = [
        *(text for key, said in behind.items() for text in _led(key, said, speech)),
        *_others(shared, schema, speech),
    ]
    rest = [i for i in (*tags, *names, *degrees) if i.key not in held]
    far = [*_partly(rest, counts, alike, schema, speech), *_limits(interests, schema, speech)]
    own = [i.value for i in wants if i.facet == OPEN]
    if not (what or near or far) and own:
        near = [speech.say("for own words", words=shortened(own[-1]))]
    head = speech.say(key, count=speech.counted(len(picks)), what=what, kind=noun)
    text = speech.phrases["part gap"].join([speech.phrases["near gap"].join([head, *near]), *far])
    return text[:1].upper() + text[1:]


def _adjectives(tags: Sequence[Interest], speech: Speech) -> str:
    """What stands before the noun, the genre next to it: "funny, warm horror"."""
    told = _distinct([value_text(i, speech) for i in tags])[:_MOST]
    kinds = {value_text(i, speech) for i in tags if _GENRE.search(i.facet)}
    groups = [[t for t in told if t not in kinds], [t for t in told if t in kinds]]
    return speech.phrases["kind gap"].join(speech.phrases["adjectives"].join(group) for group in groups if group)


def _as_said(wants: Sequence[Interest], speech: Speech) -> tuple[list[Interest], dict[InterestKey, list[str]]]:
    """The wants, of several that the same words stand for only one, with these words, or with its values where these
    say for whom it is or the words say much else; and the values of such a one."""
    shown: dict[tuple[str, str], Interest] = {}
    alike: dict[InterestKey, list[str]] = {}
    for interest, many in zip(wants, alternatives(wants), strict=True):
        same = [i.value for i in wants if (i.facet, i.quote) == (interest.facet, interest.quote)]
        values = speech.listed(same, "or")
        other = audience_of(interest.value) or len(interest.quote) > _MUCH_ELSE * len(values)
        words = values if other else interest.quote
        one = replace(interest, value=words) if many > 1 else interest
        shown.setdefault(one.key, one)
        if many > 1:
            alike.setdefault(one.key, []).append(interest.value)
    return list(shown.values()), alike


def _held(interest: Interest, values: Sequence[str], picks: Sequence[Pick], schema: Schema) -> int:
    """How many of the picks have any of the values, in whichever field these are looked up."""
    wanted, fields = set(map(normalise, values)), schema.looked_up(interest.facet)
    return sum(any(wanted & set(map(normalise, pick.item.values(name))) for name in fields) for pick in picks)


def _within(degree: Interest, picks: Sequence[Pick], schema: Schema) -> int:
    """How many of the picks are of a degree, which makes way where too few of what else is wanted are."""
    field, (low, high) = schema.field(degree.facet), parse_range(degree.value)
    return sum(bool(field and is_within(pick.item, field, low, high, schema)) for pick in picks)


def _distinct(values: Sequence[str]) -> list[str]:
    """Without what another says already: "history" beside "historical"."""
    return [v for n, v in enumerate(values) if not any(v[:5].casefold() == w[:5].casefold() for w in values[:n])]


def _others(wants: Sequence[Interest], schema: Schema, speech: Speech) -> list[str]:
    """Whom they are by, where they are from, what they are like, and their limits."""
    people = set(maker_fields(schema))
    names = [i for i in wants if schema.kind(i.facet) == "name"]
    numbers = [i for i in wants if schema.kind(i.facet) == "number" and not is_order(i)]
    truths = [interest_text(i, schema, speech) for i in wants if is_truth(i)]
    tongues = [value_text(i, speech) for i in names if _LANGUAGE.search(i.facet)]
    countries = [_country(i, speech) for i in names if i.facet not in people and not _LANGUAGE.search(i.facet)]
    limits = _ranges(numbers, schema, speech)
    had = [text for text, has in limits if has]
    return [
        *_led("in language", tongues, speech),
        *_led("from country", countries, speech),
        *_led("like these", _few([shortened(i.value) for i in wants if i.facet == MENTION], speech), speech),
        *(text for text, has in limits if not has),
        *_led("with", [*(value_text(i, speech) for i in names if i.facet in people), *truths, *had], speech),
    ]


def _country(interest: Interest, speech: Speech) -> str:
    value = value_text(interest, speech)
    return speech.say("the", what=value) if _ARTICLE.search(value) else value


def _few(names: Sequence[str], speech: Speech) -> list[str]:
    """At most so many of them, and how many others there are."""
    rest = len(names) - _LIKE
    return list(names) if rest <= 1 else [*names[:_LIKE], speech.say("others", count=speech.counted(rest))]


def _ranges(numbers: Sequence[Interest], schema: Schema, speech: Speech) -> list[tuple[str, bool]]:
    """Each field's limits; ranges with both ends are alternatives: "from the 1980s or from the 1990s". What has to be
    named is had: "with rating over 4 and at least 7 seats"."""
    between = {key for i in numbers for key, _ in limits_between(i, numbers, schema, speech)}
    told = [(text, False) for text in interest_texts([i for i in numbers if i.key in between], schema, speech)]
    numbers = [i for i in numbers if i.key not in between]
    for facet, time in dict.fromkeys((i.facet, time_of_wish(i, schema)) for i in numbers):
        said = [i for i in numbers if i.facet == facet and time_of_wish(i, schema) == time]
        texts = [interest_text(i, schema, speech) for i in said]
        texts = [speech.listed(texts, "or")] if all(".." in i.value for i in said) else texts
        field = schema.field(facet)
        name = field_name(field, speech) if field else ""
        told += [(text, bool(name) and name in text) for text in texts]
    return told


def _partly(
    wants: Sequence[Interest],
    counts: Mapping[InterestKey, int],
    alike: Container[InterestKey],
    schema: Schema,
    speech: Speech,
) -> list[str]:
    """What only some of the picks are, or none."""
    some = [i for i in wants if counts[i.key]][:2]
    none = [i for i in wants if not counts[i.key]]
    lacking = _distinct(
        [interest_text(i, schema, speech) if is_degree(i, schema) else value_text(i, speech) for i in none]
    )
    words = [[] if i.key in alike else _others([i], schema, speech) for i in some]
    told = [(said or _is_about(i, speech), counts[i.key]) for i, said in zip(some, words, strict=True)]
    counted = [speech.say("some held", count=speech.counted(n), what=what[0]) for what, n in told]
    return [*counted, *_led("none held", lacking[:_MOST], speech)]


def _is_about(tag: Interest, speech: Speech) -> list[str]:
    value = value_text(tag, speech)
    return [speech.say("about", what=value) if _ABOUT.search(tag.facet) else value]


def _limits(interests: Sequence[Interest], schema: Schema, speech: Speech) -> list[str]:
    """What is ruled out, and the order."""
    ruled = [i for i in interests if i.level == "never" and (i.items or i.facet != MENTION)]
    within = [text for i in ruled if (text := outside_text(i, schema, speech))]
    ruled = [i for i in ruled if not outside_text(i, schema, speech)]
    nevers = [interest_text(i, schema, speech) for i in ruled if not (is_truth(i) and i.value.casefold() in NO)]
    had = [replace(i, value=YES[0]) for i in ruled if is_truth(i) and i.value.casefold() in NO]
    orders = [interest_text(i, schema, speech) for i in interests if is_order(i)]
    plain = [v for n, v in enumerate(nevers) if not any(v.casefold().startswith(w.casefold()) for w in nevers[:n])]
    kept = _led("with", [interest_text(i, schema, speech) for i in had], speech)
    less = [interest_text(i, schema, speech) for i in interests if i.level == "less" and i.facet != MENTION]
    ruled_out = _led("without", plain[:_MOST], speech)
    return [*within, *ruled_out, *_led("rather not", less[:_MOST], speech), *kept, *orders]


def _led(phrase: str, names: Sequence[str], speech: Speech) -> list[str]:
    return [speech.say(phrase, what=speech.listed(names, "or" if phrase in _ANY_OF else "and"))] if names else []
