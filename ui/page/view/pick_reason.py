"""One sentence on why an item was picked, and which of its facts are what was asked for.

Taken from shares and fields alone: what an item is said to match, its row holds. Knows nothing of markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from penchant.assistant.explanation.answers import comes_close, holds_wish
from penchant.assistant.explanation.words import (
    YES,
    Speech,
    interest_text,
    is_telling,
    shortened,
    telling_kinds,
    telling_numbers,
    telling_values,
    truth_fields,
    truth_text,
)
from penchant.assistant.explanation.words import speech as replies
from penchant.assistant.understanding.text import CHATTER, STOPWORDS, forms
from penchant.retriever import MENTION, OPEN, SUGGESTED, Interest, Item, Pick, Schema, is_filter, item_text
from penchant.retriever.catalogue import normalise
from penchant.retriever.ranking import OWNER_KEY

from ..words import count_words, facet_name
from .contribution_bars import summed
from .template_data import Data

_NAMED = 3
IN_HEAD = 2
"""So many of an item's numbers stand at the head of its card."""
_OWN, _WORDS = 40, 3
_LEAST = 0.08
"""An interest is named if its shares are at least this part of the score."""


def pick_reasons(picks: Sequence[Pick], interests: Sequence[Interest], schema: Schema, speech: Speech) -> list[str]:
    """One sentence for each pick. Where one would say the same as another, it adds what that pick alone has."""
    told = [pick_reason(pick, interests, schema, speech, picks) for pick in picks]
    owners = Counter(value for pick in picks for value in _values(pick.item, schema, speech))
    return [
        _distinct(text, pick, owners, schema, speech) if told.count(text) > 1 else text
        for text, pick in zip(told, picks, strict=True)
    ]


def shared_reasons(picks: Sequence[Pick], interests: Sequence[Interest], schema: Schema, speech: Speech) -> list[str]:
    """The same for others to read: nothing in the person's own words. Empty where only these speak for a pick."""
    rest = [i for i in interests if i.facet != OPEN]
    told = pick_reasons(picks, rest, schema, speech)
    own = [bool(_strong(pick, interests)) and not _strong(pick, rest) for pick in picks]
    return ["" if only_own else text for text, only_own in zip(told, own, strict=True)]


def _values(item: Item, schema: Schema, speech: Speech) -> list[str]:
    """What can be said of it alone, the most telling first: what it is like, yes and no, who made it, and
    its numbers."""
    kinds = [value for field in telling_kinds(schema) for value in telling_values(item, field)]
    numbers = [f.name for f in telling_numbers(schema) if item.values(f.name) and f.unit != "date"]
    numbers = [*numbers[IN_HEAD:], *numbers[:IN_HEAD]]  # the first stand on the card already
    named = [f for f in schema.fields if f.kind == "name" and is_telling(f, schema)]
    names = [value for field in named for value in telling_values(item, field)]
    had = [truth_text(f, v, speech) for f in truth_fields(schema) for v in item.values(f.name) if v.casefold() in YES]
    counted = [count_words(name, item.values(name)[0], schema, speech) for name in numbers]
    return list(dict.fromkeys([*kinds[1:], *had, *names, *counted, *kinds[:1]]))


def _distinct(text: str, pick: Pick, owners: Counter[str], schema: Schema, speech: Speech) -> str:
    own = [value for value in _values(pick.item, schema, speech) if owners[value] == 1]
    if not own:
        return text
    return speech.say("only this", what=shortened(own[0], _OWN).rstrip(".。"), said=text.rstrip(".。"))


def pick_reason(
    pick: Pick, interests: Sequence[Interest], schema: Schema, speech: Speech, picks: Sequence[Pick] = ()
) -> str:
    """The sentence: what the item's row has of the wishes, what it is close to or like beside the other picks, and what
    counts against it."""
    sums, strong = _sums(pick, interests), _strong(pick, interests)
    against = _against(sums, pick, schema, speech)
    held = [i for i in strong if i.facet != MENTION and holds_wish(i, pick.item, schema)]
    close = [i for i in strong if i.facet != SUGGESTED and i not in held]
    close = [i for i in close if holds_wish(i, pick.item, schema) or comes_close(i, pick, picks or (pick,), schema)]
    told = [normalise(i.value) for i in strong if i.facet != OPEN]  # of these it is known whether the row has them
    other = [i for i in close if i.facet != OPEN or not any(value in normalise(i.value) for value in told)]
    near = _near([i for i in other if i.facet != MENTION], bool(held))
    parts = [
        _listed("matches", [_called(i, schema, speech) for i in held], speech),
        _listed("close", list(dict.fromkeys(_near_called(i, pick.item, schema, speech) for i in near)), speech),
        _listed("like", [shortened(i.value) for i in close if i.facet == MENTION], speech),
        speech.say("suggested") if any(i.facet == SUGGESTED for i in strong) else "",
        speech.say("put forward") if any(share.key == OWNER_KEY for share in pick.shares) else "",
    ]
    if said := speech.phrases["also"].join(part for part in parts if part):
        return speech.say("it", said=said, against=against)
    said = _unmatched(strong, pick, schema, speech)
    said = speech.say("within limits", said=said) if _limits(interests, schema) else said
    return speech.say("plain", said=said, against=against)


def _unmatched(strong: Sequence[Interest], pick: Pick, schema: Schema, speech: Speech) -> str:
    """Of an item that neither has nor comes close to a wish: which value it lacks; where nothing was wished, that it is
    liked."""
    lacking = [_called(i, schema, speech) for i in strong if schema.kind(i.facet) in ("facet", "name")]
    if lacking:
        return speech.say("not listed", what=speech.listed(lacking[:1]))
    return speech.say("popular" if pick.shares and not strong else "different")


def _near(close: Sequence[Interest], more: bool) -> list[Interest]:
    """What it is close to. A whole sentence says little of one pick, so it is named only where nothing else is."""
    told = [i for i in close if i.facet != OPEN or (len(i.value.split()) <= _WORDS and len(i.value) <= _OWN)]
    return told if told or more else list(close[:1])


def _sums(pick: Pick, interests: Sequence[Interest]) -> list[tuple[Interest, float]]:
    known = {i.key: i for i in interests}
    return [(known[share.key], share.value) for share in summed(pick) if share.key in known]


def _strong(pick: Pick, interests: Sequence[Interest]) -> list[Interest]:
    """What speaks for it most."""
    return [i for i, value in _sums(pick, interests) if value > 0 and value >= _LEAST * pick.score][:_NAMED]


def _against(sums: Sequence[tuple[Interest, float]], pick: Pick, schema: Schema, speech: Speech) -> str:
    """What there should be less of and is there, or that it is rather close to."""
    less = [(i, value) for i, value in sums if value < 0 and i.level != "want"]
    there = [i for i, _ in less if holds_wish(i, pick.item, schema)]
    close = [i for i, value in less if -value >= _LEAST * pick.score]
    if there:
        return speech.say("though it has", what=_called(there[0], schema, speech))
    return speech.say("though close", what=_called(close[0], schema, speech)) if close else ""


def _limits(interests: Sequence[Interest], schema: Schema) -> bool:
    return any(is_filter(i, schema) and not i.parked for i in interests)


def _called(interest: Interest, schema: Schema, speech: Speech) -> str:
    """Its value; in Chinese as the person called it, where that was short. Own words stand in quotes, if
    they are few."""
    if interest.facet == OPEN and len(interest.value) > _OWN:
        return speech.say("what you said")
    if interest.facet == OPEN:
        return f"“{shortened(interest.value)}”"
    if interest.facet == MENTION:
        return shortened(interest.value)
    return shortened(interest_text(interest, schema, replies(speech.language)))


def _near_called(interest: Interest, item: Item, schema: Schema, speech: Speech) -> str:
    """What an item is close to. Own words are quoted where one of them stands in the item; else it is close to what was
    said as a whole."""
    words = set(forms(interest.value)) - STOPWORDS - CHATTER
    stands = interest.facet != OPEN or not words.isdisjoint(forms(item_text(item, schema)))
    return _called(interest, schema, speech) if stands else speech.say("what you said")


def _listed(phrase: str, names: Sequence[str], speech: Speech) -> str:
    return speech.say(phrase, what=speech.listed(names)) if names else ""


def facts(item: Item, interests: Sequence[Interest], schema: Schema, speech: Speech) -> tuple[list[Data], list[Data]]:
    """The item's fields as lines of values, each marked if it was asked for: the lines with such values, and the
    others."""
    asked = {
        normalise(i.value)
        for i in interests
        if i.level == "want" and not i.parked and i.facet not in (MENTION, SUGGESTED)
    }
    names = [n for n in schema.of("facet", "name", "category", "number") if item.values(n) and n != schema.prior]
    lines = [_line(item, name, asked, schema, speech) for name in names]
    return [line for line in lines if line["hit"]], [line for line in lines if not line["hit"]]


def _line(item: Item, name: str, asked: set[str], schema: Schema, speech: Speech) -> Data:
    values = [{"text": v} | ({"hit": True} if normalise(v) in asked else {}) for v in item.values(name)]
    values.sort(key=lambda value: "hit" not in value)
    return {"name": facet_name(name, schema, speech), "values": values, "hit": any("hit" in value for value in values)}
