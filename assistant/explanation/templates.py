"""Says in words what was found and why, from the shares alone: two sentences to a wish, an answer to a question.

Everything said of an item is taken from its row. Knows nothing of models or of how the picks were found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from penchant.retriever import SUGGESTED, Field, Interest, Item, Pick, Schema, is_filter

from ..session import Understanding
from .answers import answer_text, is_put_forward, reasons
from .explainer import Wording
from .question_text import question_text
from .shortfall_words import shortfall_text
from .words import Explainable, Speech, field_name, interest_text, language_of, shortened, wished

PRIOR_NAME = "liked by many"
"""What the prior's share is called."""
_SHOWN = 2
_TAKEN = 8
_NAMED = 0.2
"""An interest is named if it weighs at least this part of the weightiest."""


class TemplateExplainer:
    """Words every reply, from its shares, at once."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def explain(self, message: str, said: Understanding, reply: Explainable) -> Iterator[Wording]:
        """One text, whole."""
        speech = language_of(message, reply.session)
        answer = answer_text(said.asked, reply, self._schema, speech) if said.asked.topic else ""
        wished = not answer or said.interests or said.dropped
        end = "" if reply.picks else _ways(reply, self._schema, speech)
        found = reply_text(reply, self._schema, speech) if wished else end
        yield Wording(speech.joined([answer, found]), "shares")

    def picks_list(self, reply: Explainable) -> str:
        """The picks in their places, in Markdown, each with what of the wishes it has."""
        speech = language_of("", reply.session)
        return "\n".join(f"{n}. {_line(pick, reply, self._schema, speech)}" for n, pick in enumerate(reply.picks, 1))


def reply_text(reply: Explainable, schema: Schema, speech: Speech) -> str:
    """The reply to a wish: what was found, what comes closest, and what is to be known or asked beside it."""
    ways = _ways(reply, schema, speech)
    if not reply.picks and (lacking := _lacking(reply)):
        return speech.say(lacking)
    if not reply.picks:
        return speech.joined([speech.say("nothing fits"), ways])
    questions = [question_text(question, schema, speech) for question in reply.questions[:1]]
    return speech.joined(
        [
            *_found(reply, schema, speech),
            _taken_in(reply, speech),
            _doubtful(reply, speech),
            _untold(reply, schema, speech),
            ways,
            *questions,
        ]
    )


def _lacking(reply: Explainable) -> str:
    """What is said where only what is on the list, or is owned, may be shown, and nothing is."""
    mode, marks = reply.session.screen.mode, reply.session.marks
    if mode == "list" and not any("wanted" in mark.kinds for mark in marks):
        return "nothing listed"
    return "nothing owned" if mode == "own" and not any(mark.owned for mark in marks) else ""


def _found(reply: Explainable, schema: Schema, speech: Speech) -> list[str]:
    named = _named(reply, schema)
    if not any(i.level == "want" for i in named):
        ruled = any(not i.parked for i in reply.session.effective_interests)
        left = speech.say("sentence", text=wished(named, reply.picks, schema, speech))
        return [left, speech.say("what else")] if ruled else [speech.say("remark first"), speech.say("until then")]
    told = speech.say("sentence", text=wished(named, reply.picks, schema, speech))
    short = shortfall_text(reply.shortfall, schema, speech) if reply.shortfall else ""
    return [told, short, _closest(reply, speech) if len(reply.picks) > 1 else ""]


def _closest(reply: Explainable, speech: Speech) -> str:
    """Which comes closest; still, where that was said last, and now, where something else was."""
    title, before = reply.picks[0].item.title, reply.session.screen.said
    ways = [speech.phrases[key] for key in ("closest", "closest now", "closest still")]
    if not any(way.rpartition("{title}")[2] in before for way in ways):
        return speech.say("closest", title=title)
    again = any(way.format(title=title) in before for way in ways)
    return speech.say("closest still" if again else "closest now", title=title)


def _named(reply: Explainable, schema: Schema) -> list[Interest]:
    """The interests worth naming: those that weigh much, limits, and what is ruled out or wanted less."""
    interests, weights = reply.session.effective_interests, reply.weights
    least = _NAMED * max(weights, default=0.0)
    return [
        interest
        for interest, weight in zip(interests, weights, strict=True)
        if not interest.parked and interest.facet != SUGGESTED
        if interest.level in ("never", "less")
        or is_filter(interest, schema)
        or (interest.level == "want" and weight >= least)
    ]


def _doubtful(reply: Explainable, speech: Speech) -> str:
    """What is kept out by likeness alone, which is a judgement; said once, when it was ruled out."""
    judged = [e for e in reply.excluded if e.approximate and not e.takes_in and e.label in _new(reply)]
    quoted = [speech.say("quoted", words=shortened(e.label)) for e in judged]
    return speech.say("by likeness", what=speech.listed(quoted, "or")) if quoted else ""


def _new(reply: Explainable) -> dict[str, str]:
    """What this turn's interests are called, by their labels."""
    session = reply.session
    return {i.label: i.value for i in session.effective_interests if i.turn == session.turn}


def _taken_in(reply: Explainable, speech: Speech) -> str:
    """Which values are left out because they are of a kind that was ruled out, and do not say so themselves; once."""
    told, new = list[str](), _new(reply)
    for one in (e for e in reply.excluded if e.label in new):
        words = new[one.label]
        values = [v for v in one.takes_in if words.casefold().rstrip("s") not in v.casefold()]
        more = [speech.say("more of them", count=f"{len(values) - _TAKEN:,}")] if len(values) > _TAKEN else []
        told += [speech.say("takes in", kind=words, what=speech.listed([*values[:_TAKEN], *more]))] if values else []
    return speech.joined(told)


def _untold(reply: Explainable, schema: Schema, speech: Speech) -> str:
    """Of how many picks the catalogue says nothing in a field in which something was ruled out."""
    ruled = {i.facet for i in reply.session.effective_interests if i.level == "never" and not i.parked}
    silent = {field: _without(field, reply) for field in schema.fields if field.kind == "facet" and field.name in ruled}
    field = max(silent, key=silent.__getitem__, default=None)
    if field is None or not silent[field]:
        return ""
    return speech.say("untold", count=speech.counted(silent[field]), field=field_name(field, speech))


def _without(field: Field, reply: Explainable) -> int:
    return sum(not pick.item.values(field.name) for pick in reply.picks)


def _ways(reply: Explainable, schema: Schema, speech: Speech) -> str:
    """Which single relaxation would bring how many items back."""
    known = {i.key: i for i in reply.session.effective_interests}
    ways = [
        _way([known[key] for key in keys], way.gains, schema, speech)
        for way in reply.relaxations[:_SHOWN]
        if known.keys() >= set(keys := (way.key, *way.also))
    ]
    return speech.say("ways", what=speech.listed(ways)) if ways else ""


def _way(gates: Sequence[Interest], gains: int, schema: Schema, speech: Speech) -> str:
    """What comes back without some gates; what was refused may be allowed."""
    texts = [interest_text(gate, schema, speech) for gate in gates]
    if len(gates) == 1 and gates[0].level == "never":
        return speech.say("way refused", what=texts[0], gains=f"{gains:,}")
    said = [
        speech.say("refused", what=text) if gate.level == "never" else text
        for gate, text in zip(gates, texts, strict=True)
    ]
    return speech.say("way", what=speech.listed(said), gains=f"{gains:,}")


def _line(pick: Pick, reply: Explainable, schema: Schema, speech: Speech) -> str:
    why = [*reasons(pick, reply, schema, speech), *([speech.say("put forward")] if is_put_forward(pick) else [])]
    return f"**{pick.item.title}**{_year(pick.item)}" + (f" ({speech.phrases['comma'].join(why)})" if why else "")


def _year(item: Item) -> str:
    year = item.fields.get("year")
    return f", {year}" if year and str(year) not in item.title else ""
