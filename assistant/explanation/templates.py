"""Says in words why these picks, from the shares alone.

Everything said of an item is taken from its row. Knows nothing of models or of how the picks were found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from penchant.retriever import (
    MENTION,
    OPEN,
    SUGGESTED,
    Exclusion,
    Interest,
    Item,
    Pick,
    Schema,
    Share,
    is_filter,
    is_order,
)
from penchant.retriever.ranking import PRIOR_KEY, by_interest

from ..session import Understanding
from .explainer import Explainable, Wording
from .question_text import question_text

PRIOR_NAME = "liked by many"
"""What the prior's share is called."""
_SHOWN = 3
_HELLO = "Tell me what you are in the mood for, what to leave out, or something you liked."
_NAMED = 0.2
"""An interest is named in the opening if it weighs at least this part of the weightiest."""


class TemplateExplainer:
    """Explains every reply, from its shares, at once."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def explain(self, message: str, said: Understanding, reply: Explainable) -> Iterator[Wording]:
        """One explanation, whole."""
        questions = [question_text(question, self._schema) for question in reply.questions]
        yield Wording(reply_text(said, reply, questions, self._schema), "shares")


def reply_text(said: Understanding, reply: Explainable, questions: Sequence[str], schema: Schema) -> str:
    """The whole reply in Markdown, from the interests, their weights and the shares."""
    if said.about and said.intent in ("ask", "compare"):
        return "\n\n".join(_portrait(pick.item, schema) for pick in reply.picks)
    left_out = _left_out(reply.excluded)
    if not reply.picks and not _listed_at_all(reply):
        return "Nothing is on your list. A history brings it: penchant import."
    if not reply.picks:
        return " ".join(part for part in ("Nothing in the catalogue fits all of that.", left_out, _ways(reply)) if part)
    opening = _courtesy(said, reply) or _opening(reply, schema)
    lines = "\n".join(f"{n}. {_line(pick)}" for n, pick in enumerate(reply.picks, 1))
    parts = (opening, lines, left_out, _ways(reply), " ".join(questions))
    return "\n\n".join(part for part in parts if part)


def _listed_at_all(reply: Explainable) -> bool:
    """False where only what is on the list may be shown, and nothing is."""
    session = reply.session
    return session.screen.mode != "list" or any("wanted" in mark.kinds for mark in session.marks)


def _portrait(item: Item, schema: Schema) -> str:
    """What the catalogue has of an item."""
    fields = [
        (name, item.values(name)) for name in schema.of("category", "facet", "name", "number") if item.values(name)
    ]
    facts = "\n".join(f"- {name}: {', '.join(values)}" for name, values in fields if name != schema.prior)
    prose = " ".join(value for name in schema.of("text") for value in item.values(name))
    return "\n\n".join(part for part in (f"**{item.title}**", prose, facts) if part)


def _ways(reply: Explainable) -> str:
    """Which single relaxation would bring how many items back."""
    ways = [f"without “{way.label}” {way.gains:,} more" for way in reply.relaxations[:_SHOWN]]
    return f"There would be, {_listed(ways)}." if ways else ""


def _courtesy(said: Understanding, reply: Explainable) -> str:
    """The opening where a greeting, thanks or a question about Penchant says nothing of taste, and much was said before
    it."""
    changes = said.interests or said.dropped or said.seen or said.later
    if changes or not any(i.level == "want" and not i.parked for i in reply.session.effective_interests):
        return ""
    return {
        "small_talk": f"{_HELLO} I show what fits, and why. What you said so far still counts:",
        "feedback": "Gladly. The picks stay as they are, until you say what to change:",
    }.get(said.intent, "")


def _opening(reply: Explainable, schema: Schema) -> str:
    interests, weights, count = reply.session.effective_interests, reply.weights, len(reply.picks)
    if not any(i.level == "want" and not i.parked for i in interests):
        left = " what is left to choose from" if interests else " something to start from"
        return f"{_HELLO} Until then,{left}:"
    least = _NAMED * max(weights, default=0.0)
    wants = [
        interest
        for interest, weight in zip(interests, weights, strict=True)
        if interest.level == "want" and not interest.parked and interest.facet not in (OPEN, SUGGESTED)
        if is_filter(interest, schema) or weight >= least
    ]
    picks = "One pick" if count == 1 else f"{count} picks"
    return f"{picks} for {_listed([_named(i, schema) for i in wants])}:" if wants else f"{picks} for what you said:"


def _named(interest: Interest, schema: Schema) -> str:
    if interest.facet == MENTION:
        return f"something like **{interest.value}**"
    if is_order(interest):
        return f"**{interest.facet}, {interest.value} first**"
    return (
        f"**{interest.facet} {interest.value}**" if schema.kind(interest.facet) == "number" else f"**{interest.value}**"
    )


def _line(pick: Pick) -> str:
    """Title, year, and the interests that brought it here with their part of the score."""
    best = by_interest(pick.shares)[:_SHOWN]
    why = "; ".join(f"{_short(share)} {share.value:+.2f}" for share in best if share.value > 0.005)
    return f"**{pick.item.title}**{_year(pick.item)}" + (f" ({why})" if why else "")


def _year(item: Item) -> str:
    year = item.fields.get("year")
    return f", {year}" if year and str(year) not in item.title else ""


def _short(share: Share, most: int = 48) -> str:
    if share.key == PRIOR_KEY:
        return PRIOR_NAME
    label = share.interest
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
