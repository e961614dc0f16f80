"""What the page shows of the picks: cards with a cover, the reason in a sentence, a bar of shares, and what to do.

Plain data with the events that its buttons send. Knows nothing of markup or of what an event does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from penchant.assistant import PickRow, Session
from penchant.assistant.explanation.words import Speech, shortened, telling_kinds, telling_numbers, telling_values
from penchant.retriever import Catalogue, GroupPick, Interest, Item, Pick, Schema

from ..state import Judged, Plain
from ..words import count_words, offered_reasons
from .contribution_bars import Names, bar, longest_of, tones_of
from .covers import Gallery, cover
from .pick_reason import IN_HEAD, facts, pick_reason, pick_reasons
from .template_data import Data

_HOOK = 76
_LONG_TITLE = 28
_ALIKE = 0.15
"""Two people are as happy with a pick as each other if they differ by less, from 0 to 1."""
_STOP = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])")


def escaped(data: Any) -> Any:
    """The data as a template may have it, without what shows nothing: empty texts and lists, and what is not so.

    Gradio evaluates the filled template as a JavaScript template literal, in which a title with ${...} would run and
    one with a backslash would break the page.
    """
    if isinstance(data, str):
        return data.replace("\\", "\\\\").replace("$", "\\$")
    if isinstance(data, dict):
        return {name: escaped(value) for name, value in data.items() if value or (value == 0 and value is not False)}
    return [escaped(value) for value in data] if isinstance(data, list | tuple) else data


def cards(
    picks: Sequence[Pick],
    session: Session,
    catalogue: Catalogue,
    before: Sequence[str],
    gallery: Gallery,
    speech: Speech,
) -> list[Data]:
    """A card for each pick. `before`: the ids that were on screen before."""
    tones = tones_of(session.effective_interests, catalogue.schema)
    longest, names = longest_of(picks), _names(session, catalogue.schema, speech)
    marks = {mark.item: mark.kind for mark in session.marks}
    told = pick_reasons(picks, session.effective_interests, catalogue.schema, speech)
    return [
        _card(pick.item, catalogue, n, before, gallery, speech)
        | {
            "bars": [bar(pick, tones, longest, names)],
            "scored": bool(pick.shares),
            "because": because,
            "liked": marks.get(pick.item.id) == "liked",
            **_facts(pick.item, session.effective_interests, catalogue, speech),
            "reasons": offered_reasons(pick.item, session.effective_interests, catalogue, speech),
        }
        for n, (pick, because) in enumerate(zip(picks, told, strict=True))
    ]


def group_cards(
    picks: Sequence[GroupPick],
    people: Sequence[Session],
    names: tuple[str, str],
    catalogue: Catalogue,
    before: Sequence[str],
    gallery: Gallery,
    speech: Speech,
) -> list[Data]:
    """A card for each pick for two people: how happy it makes each, whose pick it is more, and their reasons."""
    schema = catalogue.schema
    mine = cards([pick.picks[0] for pick in picks], people[0], catalogue, before, gallery, speech)
    called = people_names(names, speech)
    longest = [longest_of([pick.picks[n] for pick in picks]) for n in range(len(people))]
    for card, pick in zip(mine, picks, strict=True):
        own = zip(people, pick.picks, pick.happiness, longest, called, strict=False)
        card["bars"] = [
            bar(one, tones_of(person.effective_interests, schema), length, _names(person, schema, speech))
            | {
                "who": who,
                "happy": f"{100 * happy:.0f} %",
                "why": pick_reason(one, person.effective_interests, schema, speech),
            }
            for person, one, happy, length, who in own
        ]
        card |= {"because": "", "whose": whose(pick.happiness, names, speech)}
    return mine


def _names(person: Session, schema: Schema, speech: Speech) -> Names:
    return Names.of(person.effective_interests, schema, speech)


def people_names(names: tuple[str, str], speech: Speech) -> tuple[str, str]:
    """What the two people are called who have no other names."""
    return names[0] or speech.say("you"), names[1] or speech.say("guest")


def whose(happiness: Sequence[float], names: tuple[str, str], speech: Speech) -> str:
    """Whether a pick is one for both, or for whom it is more; empty if it is nothing that either is after."""
    mine, other = happiness
    if max(mine, other) < _ALIKE:
        return ""
    if abs(mine - other) < _ALIKE:
        return speech.say("for both")
    name, usual = (names[0], "more mine") if mine > other else (names[1], "more theirs")
    return speech.say("more of", name=name) if name else speech.say(usual)


def _card(item: Item, catalogue: Catalogue, n: int, before: Sequence[str], gallery: Gallery, speech: Speech) -> Data:
    schema = catalogue.schema
    texts = [*(value for name in schema.of("text") for value in item.values(name)), item.text]
    return {
        "id": item.id,
        "subject": json.dumps({"item": item.id}, ensure_ascii=False),
        "popover": f"pn-off-{n}",
        "place": n + 1,
        "title": item.title,
        "long": len(item.title) > _LONG_TITLE,
        "cover": cover(item, schema, gallery),
        "head": _head(item, schema, speech),
        "makers": speech.phrases["comma"].join(value for name in schema.of("name")[:1] for value in item.values(name)),
        "hook": _hook(" ".join(text for text in texts if text)),
        "text": " ".join(text for text in texts if text),
        **_move(item.id, n, before, speech),
    }


def _head(item: Item, schema: Schema, speech: Speech) -> list[str]:
    """What it is, and the first numbers that people weigh: what it costs, how good and how long it is, how old."""
    kinds = [value for field in telling_kinds(schema) for value in telling_values(item, field)[:1]]
    numbers = [field.name for field in telling_numbers(schema) if item.values(field.name)][:IN_HEAD]
    return [
        *map(shortened, kinds[:1]),
        *(count_words(name, item.values(name)[0], schema, speech) for name in numbers),
    ]


def _hook(text: str) -> str:
    """The first sentence of a description, or as much of it as a card has room for."""
    return shortened(_STOP.split(text, maxsplit=1)[0], _HOOK)


def _move(item: str, n: int, before: Sequence[str], speech: Speech) -> Data:
    """How the item's place differs from the one that it had."""
    if not before:
        return {"move": "", "moved": "", "way": ""}
    if item not in before:
        return {"move": speech.say("moved"), "moved": speech.say("moved"), "way": "new"}
    up = before.index(item) - n
    way = "up" if up > 0 else "down"
    return {
        "move": f"{'↑' if up > 0 else '↓'}{abs(up)}" if up else "",
        "moved": speech.say(f"{way} one" if abs(up) == 1 else way, n=str(abs(up))),
        "way": way,
    }


def _facts(item: Item, interests: Sequence[Interest], catalogue: Catalogue, speech: Speech) -> Data:
    asked, others = facts(item, interests, catalogue.schema, speech)
    return {"asked": asked, "others": others}


def in_rows(found: list[Data], rows: Sequence[PickRow], speech: Speech) -> list[Data]:
    """The cards of rows: the first of each says why its row is there; the reasons of their own are of other wishes."""
    starts = accumulate((row.count for row in rows), initial=0)
    heads = dict(zip(starts, rows, strict=False))
    return [
        card | {"row": _row_text(heads[n], speech) if n in heads else "", "bars": [], "because": "", "rowed": True}
        if rows
        else card
        for n, card in enumerate(found)
    ]


def _row_text(row: PickRow, speech: Speech) -> str:
    return speech.say("row after" if row.follows else "row because", titles=speech.listed(row.because))


def with_judged(found: list[Data], judged: Judged | None, catalogue: Catalogue, speech: Speech) -> list[Data]:
    """The cards, and in the place of an item that a verdict has just taken away, what was said and how to undo it."""
    if judged is None or any(card["id"] == judged.item for card in found):
        return found
    left: Data = {
        "id": judged.item,
        "gone": catalogue.get(judged.item).title,
        "said": speech.say(f"said {judged.verdict}"),
        "undo": Plain(act="undo").json_text(),
    }
    return [*found[: judged.place], left, *found[judged.place :]]


NOTHING: Data = {"cards": [], "asked": False, "path": None}
LOADING: Data = NOTHING | {"loading": [True] * 6}
"""The room of the first picks, before they are there."""
