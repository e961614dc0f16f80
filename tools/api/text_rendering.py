"""Puts counterfactuals, comparisons and interests into a few words, from the numbers alone.

Knows nothing of sessions' storage or of frameworks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from penchant.assistant.api_schema import InterestOut, PickOut
from penchant.retriever import Counterfactual, Schema, Share
from penchant.retriever.ranking import OWNER_KEY, by_interest

from .results import JointPickOut, MarkOut, PersonPickOut, RowOut

_REASONS = 4
_LONGEST = 200
OWN_WORDS = "own words"
"""What a wish is called before others, if no value of the catalogue says it."""


def counterfactual_text(found: Counterfactual, labels: dict[tuple[str, str], str]) -> str:
    """Why an item stands where it stands, and what would change that. `labels`: of the interests, by their keys."""
    title = one_line(found.pick.item.title)
    if found.place:
        opening = f"{title} is number {found.place} of all that may be shown"
    else:
        opening = f"{title} is not shown: {_listed(found.kept_out_by) or 'it was set aside'} keeps it out"
    sums = sums_text(found.pick.shares)
    moved = [
        f"without {labels.get(key, key[1])} it {f'would be number {place}' if place else 'could not be shown'}"
        for key, place in found.without
        if place != found.place
    ]
    ends = f" But {_listed(moved[:_REASONS])}." if moved else ""
    return f"{opening}. Its score is {found.pick.score:.2f}{f' = {sums}' if sums else ''}.{ends}"


def comparison_text(items: Sequence[PickOut], schema: Schema) -> str:
    """Each item with its score and what it has in the fields in which they differ."""
    known = [name for name in schema.of("category", "number", "facet", "name") if name != schema.prior]
    differing = [name for name in known if len({str(item.fields.get(name)) for item in items}) > 1]
    lines = []
    for item in sorted(items, key=lambda item: -item.score):
        sums = sums_text(share.share for share in item.shares)
        facts = [f"{name}: {_value(item.fields[name])}" for name in differing if name in item.fields]
        score = f"score {item.score:.2f}{f' = {sums}' if sums else ''}"
        lines.append("; ".join([f"- {one_line(item.title)}: {score}", *facts]))
    return "\n".join(lines)


def interests_text(interests: Sequence[InterestOut], marks: Sequence[MarkOut]) -> str:
    """Every interest with its level, strength and words, and every mark."""
    lines = [_interest(interest) for interest in interests]
    lines += [f"- {mark.kind}{', owned' * mark.owned}: {one_line(mark.title)}" for mark in marks]
    return "\n".join(lines) or "Nothing is kept yet."


def rows_text(rows: Sequence[RowOut]) -> str:
    """Each row with why it is there."""
    lines = [f"{one_line(row.text)}: {', '.join(one_line(pick.title) for pick in row.picks)}." for row in rows]
    return "\n".join(lines) or "Nothing that the person liked is known yet."


def together_text(picks: Sequence[JointPickOut], agreed: bool) -> str:
    """Each pick with whose it is, and how happy it makes each of them by which of their wishes."""
    note = [] if agreed or not picks else ["Their wishes exclude each other; only what they rule out holds."]
    lines = [f"{n}. {_joint(pick)}" for n, pick in enumerate(picks, 1)]
    return "\n".join([*note, *lines]) or "Nothing is left that nobody rules out."


def sums_text(shares: Iterable[Share]) -> str:
    """The shares of an item, one for each interest, largest first; the small rest is one number, but for what the
    owner adds, which is always said."""
    ordered = sorted(by_interest(shares), key=lambda share: -abs(share.value))
    named = [share for n, share in enumerate(ordered) if n < _REASONS or share.key == OWNER_KEY]
    parts = [f"{one_line(share.interest)} {share.value:+.2f}" for share in named]
    rest = sum(share.value for share in ordered) - sum(share.value for share in named)
    return ", ".join([*parts, f"the rest {rest:+.2f}"] if abs(rest) >= 0.005 else parts)


def one_line(text: str) -> str:
    """Text of a catalogue or a person as data: on one line, and not endless."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _interest(interest: InterestOut) -> str:
    name = f"{interest.facet}: {interest.value}" if interest.facet else interest.value
    states = "".join(f", {state}" for state in ("parked", "pinned") if getattr(interest, state))
    said = f" (said: {one_line(interest.quote)!r})" if interest.quote else ""
    return f"- {interest.level} {one_line(name)}, strength {interest.strength:.2f}{states}{said}"


def _joint(pick: JointPickOut) -> str:
    whose = pick.whose if pick.whose in ("both", "all") else f"more {one_line(pick.whose)}"
    return f"{one_line(pick.title)} ({whose}). {'; '.join(map(_happy, pick.people))}."


def _happy(one: PersonPickOut) -> str:
    sums = sums_text(share.share for share in one.shares)
    return f"{one_line(one.name)} {one.happiness:.0%} happy{f': {sums}' if sums else ''}"


def _value(value: object) -> str:
    return one_line(", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" and {parts[-1]}" if parts else ""
