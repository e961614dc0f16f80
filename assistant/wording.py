"""Says in words why these picks, from the shares alone.

Everything said of an item is taken from its row. Knows nothing of models or of how the picks were found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from penchant.retriever import MENTION, OPEN, Exclusion, Interest, Item, Pick, Schema, is_gate

from .session import Session
from .understanding import Understanding

_SHOWN = 3
_NAMED = 0.2
"""An interest is named in the opening if it weighs at least this part of the weightiest."""


def wording(
    session: Session,
    said: Understanding,
    picks: Sequence[Pick],
    weights: Sequence[float],
    excluded: Sequence[Exclusion],
    schema: Schema,
) -> str:
    """The whole reply in Markdown, from the interests, their weights and the shares."""
    idle = said.intent == "small_talk" and not session.interests
    if idle:
        opening = "Tell me what you are in the mood for, what to leave out, or something you liked."
        opening += " Until then, something to start from:" if picks else ""
    else:
        opening = _opening(session.interests, weights, len(picks), schema)
    left_out = _left_out(excluded)
    if not picks and not idle:
        return f"Nothing in the catalogue fits all of that. {left_out}".rstrip()
    lines = "\n".join(f"{n}. {_line(pick)}" for n, pick in enumerate(picks, 1))
    parts = (opening, lines, left_out)
    return "\n\n".join(part for part in parts if part)


def _opening(interests: Sequence[Interest], weights: Sequence[float], count: int, schema: Schema) -> str:
    least = _NAMED * max(weights, default=0.0)
    wants = [
        interest
        for interest, weight in zip(interests, weights, strict=True)
        if interest.level == "want" and not interest.parked and interest.facet != OPEN
        if is_gate(interest, schema) or weight >= least
    ]
    picks = "One pick" if count == 1 else f"{count} picks"
    return f"{picks} for {_listed([_named(i, schema) for i in wants])}:" if wants else f"{picks} for what you said:"


def _named(interest: Interest, schema: Schema) -> str:
    if interest.facet == MENTION:
        return f"something like **{interest.value}**"
    return (
        f"**{interest.facet} {interest.value}**" if schema.kind(interest.facet) == "number" else f"**{interest.value}**"
    )


def _line(pick: Pick) -> str:
    """Title, year, and the interests that brought it here with their part of the score."""
    reasons: dict[str, float] = {}
    for share in pick.shares:
        reasons[share.interest] = reasons.get(share.interest, 0.0) + share.value
    best = sorted(reasons.items(), key=lambda reason: -reason[1])[:_SHOWN]
    why = "; ".join(f"{_short(label)} {value:+.2f}" for label, value in best if value > 0.005)
    return f"**{pick.item.title}**{_year(pick.item)}" + (f" ({why})" if why else "")


def _year(item: Item) -> str:
    year = item.fields.get("year")
    return f", {year}" if year and str(year) not in item.title else ""


def _short(label: str, most: int = 48) -> str:
    return label if len(label) <= most else f"“{label[: most - 1].rstrip()}…”"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"


def _left_out(excluded: Iterable[Exclusion]) -> str:
    """What was kept out, how many, and where that is only a judgement by similarity."""
    parts = [
        f"{e.label} ({e.count:,}{' by similarity, so not guaranteed' if e.approximate else ''})"
        for e in excluded
        if e.count or e.approximate
    ]
    return f"Left out: {'; '.join(parts)}." if parts else ""
