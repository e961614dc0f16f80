"""What the page shows of the picks: cards with a cover, the reason in a sentence, a bar of shares, and what to do.

Plain data with the events that its buttons send. Knows nothing of markup or of what an event does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from penchant.assistant import Reason, Session, reasons
from penchant.retriever import Catalogue, GroupPick, Interest, Item, Pick

from ..state import Similar, Thumb, Why
from .chips import facet_name
from .contribution_bars import bar, longest_of, tones_of
from .covers import Gallery, cover, first
from .pick_reason import facts, pick_reason
from .template_data import Data

_REASONS = 18


def escaped(data: Any) -> Any:
    """The data as a template may have it: Gradio evaluates the filled template as a JavaScript template literal, in
    which a title with ${...} would run and one with a backslash would break the page."""
    if isinstance(data, str):
        return data.replace("\\", "\\\\").replace("$", "\\$")
    if isinstance(data, dict):
        return {name: escaped(value) for name, value in data.items()}
    return [escaped(value) for value in data] if isinstance(data, list | tuple) else data


def cards(
    picks: Sequence[Pick], session: Session, catalogue: Catalogue, before: Sequence[str], gallery: Gallery
) -> list[Data]:
    """A card for each pick. `before`: the ids that were on screen before."""
    tones = tones_of(session.effective_interests, catalogue.schema)
    longest = longest_of(picks)
    marks = {mark.item: mark.kind for mark in session.marks}
    return [
        _card(pick.item, catalogue, n, before, gallery)
        | {
            "bars": [bar(pick, tones, longest)],
            "scored": bool(pick.shares),
            "because": pick_reason(pick, session.effective_interests, catalogue.schema),
            "liked": marks.get(pick.item.id) == "liked",
            **_facts(pick.item, session.effective_interests, catalogue),
            **_acts(pick.item, marks.get(pick.item.id), catalogue),
        }
        for n, pick in enumerate(picks)
    ]


def group_cards(
    picks: Sequence[GroupPick], people: Sequence[Session], catalogue: Catalogue, before: Sequence[str], gallery: Gallery
) -> list[Data]:
    """A card for each pick for several people: how happy it makes each of them, and their reasons."""
    schema = catalogue.schema
    mine = cards([pick.picks[0] for pick in picks], people[0], catalogue, before, gallery)
    longest = [longest_of([pick.picks[n] for pick in picks]) for n in range(len(people))]
    for card, pick in zip(mine, picks, strict=True):
        own = zip(people, pick.picks, pick.happiness, longest, ("You", "Your guest"), strict=False)
        card["bars"] = [
            bar(one, tones_of(person.effective_interests, schema), length)
            | {"who": who, "happy": f"{100 * happy:.0f} %", "why": pick_reason(one, person.effective_interests, schema)}
            for person, one, happy, length, who in own
        ]
        card["because"] = ""
    return mine


def _card(item: Item, catalogue: Catalogue, n: int, before: Sequence[str], gallery: Gallery) -> Data:
    schema = catalogue.schema
    texts = [*(value for name in schema.of("text") for value in item.values(name)), item.text]
    return {
        "id": item.id,
        "popover": f"pn-off-{n}",
        "place": n + 1,
        "title": item.title,
        "cover": cover(item, schema, gallery),
        "head": [part for part in (first(item, schema.of("category")), first(item, ("year",))) if part],
        "makers": ", ".join(value for name in schema.of("name")[:1] for value in item.values(name)),
        "text": " ".join(text for text in texts if text),
        **_move(item.id, n, before),
    }


def _move(item: str, n: int, before: Sequence[str]) -> Data:
    """How the item's place differs from the one that it had."""
    if not before:
        return {"move": "", "moved": ""}
    if item not in before:
        return {"move": "new", "moved": "new"}
    up = before.index(item) - n
    words = f"{abs(up)} {'place' if abs(up) == 1 else 'places'}"
    return {
        "move": f"{'↑' if up > 0 else '↓'}{abs(up)}" if up else "",
        "moved": f"{'up' if up > 0 else 'down'} {words}",
    }


def _facts(item: Item, interests: Sequence[Interest], catalogue: Catalogue) -> Data:
    asked, others = facts(item, interests, catalogue.schema)
    return {"asked": asked, "others": others}


def _acts(item: Item, mark: str | None, catalogue: Catalogue) -> Data:
    """What each of the card's buttons sends."""
    return {
        "like": Thumb(item=item.id, verdict="clear" if mark == "liked" else "like").json_text(),
        "dislike": Thumb(item=item.id, verdict="dislike").json_text(),
        "seen": Thumb(item=item.id, verdict="seen").json_text(),
        "later": Thumb(item=item.id, verdict="later").json_text(),
        "similar": Similar(item=item.id).json_text(),
        "why": Why(item=item.id).json_text(),
        "higher": Why(item=item.id, part="higher").json_text(),
        "close": Why(item=item.id, part="close").json_text(),
        "reasons": [_reason(item, reason, catalogue) for reason in _few(reasons(item, catalogue))],
    }


def _few(every: Sequence[Reason]) -> list[Reason]:
    """Some of each field rather than all of the first ones."""
    by_facet: dict[str, list[Reason]] = {}
    for reason in every:
        by_facet.setdefault(reason.facet, []).append(reason)
    most = max(2, _REASONS // max(1, len(by_facet)))
    return [reason for group in by_facet.values() for reason in group[:most]]


def _reason(item: Item, reason: Reason, catalogue: Catalogue) -> Data:
    number = catalogue.schema.kind(reason.facet) == "number"
    value = first(item, (reason.facet,))
    words: Mapping[str, str] = {"more": f"not {value} or more", "less": f"not {value} or less"}
    return {
        "facet": facet_name(reason.facet),
        "text": words.get(reason.value, reason.value) if number else reason.value,
        "act": Thumb(item=item.id, verdict="dislike", facet=reason.facet, value=reason.value).json_text(),
    }


NOTHING: Data = {"cards": [], "asked": False, "path": None}
