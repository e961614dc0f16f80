"""What the panel shows: interests as chips with all that can be done to them, marked items, what was left out.

Plain data; the event that a button sends is on it. Knows nothing of markup or of what an event does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from penchant.assistant import Mode, Reply, Session
from penchant.assistant.explanation.words import Speech, end_text, field_name, range_text, shortened
from penchant.assistant.understanding.text import is_latin
from penchant.retriever import (
    MENTION,
    OPEN,
    SUGGESTED,
    Exclusion,
    Index,
    Interest,
    Level,
    Question,
    Relaxation,
    Schema,
    is_filter,
)

from ..state import Add, Second, SecondPerson, ShowMode, Thumb, about, aside
from ..words import facet_name, gate_names, interest_words, label_words
from .contribution_bars import tones_of
from .template_data import Data

_ICONS = {"want": "+", "less": "−", "never": "⊘", "only": "◆"}
LONGEST_QUOTE = 240
_MOST_WAYS = 4
_LEVELS: tuple[Level, ...] = ("want", "less", "never")
_MODES: tuple[Mode, ...] = ("new", "seen", "both", "list", "own")
_SOURCES = {"feedback": "by feedback", "profile": "by profile"}


def chips(session: Session, weights: Sequence[float], schema: Schema, speech: Speech) -> Data:
    """The interests in their order, those in force apart from those set aside."""
    tones = tones_of(session.effective_interests, schema)
    every = [
        {"id": f"pn-chip-{n}"} | _chip(interest, weight, tones.get(interest.key, ""), session, schema, speech)
        for n, (interest, weight) in enumerate(zip(session.effective_interests, weights, strict=True))
    ]
    return {"active": [c for c in every if not c["parked"]], "parked": [c for c in every if c["parked"]]}


def _chip(interest: Interest, weight: float, tone: str, session: Session, schema: Schema, speech: Speech) -> Data:
    gate = is_filter(interest, schema)
    level = "only" if gate and interest.level == "want" else interest.level
    weighed = not gate and not interest.parked
    return {
        "key": "|".join(interest.key),
        "facet": facet_name(SUGGESTED if interest.source == "model" else interest.facet, schema, speech),
        "lead": interest.facet == MENTION and not interest.items,
        "value": interest.value if interest.facet == MENTION else interest_words(interest, schema, speech),
        "level": level,
        "level_name": speech.say(f"level {level}"),
        "icon": _ICONS[level],
        "parked": interest.parked,
        "pinned": interest.pinned,
        "lasts": end_text(interest, speech),
        "weighed": weighed,
        "percent": f"{100 * weight:.0f} %".replace("-", "−"),
        "tone": tone,
        "strength": max(5, round(100 * interest.strength)),
        "at": round((max(5, 100 * interest.strength) - 5) / 95, 3),
        "origin": _origin(interest, session, speech),
        "quote": quote_of(interest, session),
        "unread": _unread(interest, session),
        "subject": about(interest),
        "levels": _levels(interest, schema, speech),
        "movable": interest.facet not in (MENTION, SUGGESTED) and schema.kind(interest.facet) != "number",
        "at_facet": interest.facet,
    }


def places(schema: Schema, speech: Speech) -> list[Data]:
    """Where an interest may be moved: it may have been put into the wrong field."""
    return [{"name": n, "label": facet_name(n, schema, speech)} for n in ("", *schema.of("category", "facet", "name"))]


def _levels(interest: Interest, schema: Schema, speech: Speech) -> list[Data]:
    """The levels that it may have; of what has one value, a want is the only one that may be shown."""
    single = schema.kind(interest.facet) in ("number", "category")
    return [
        {
            "name": speech.say("set only" if single and level == "want" else f"set {level}"),
            "level": level,
            "on": interest.level == level,
        }
        for level in _LEVELS
        if not (single and level == "less")
    ]


def _origin(interest: Interest, session: Session, speech: Speech) -> str:
    """How the quote came to be here."""
    if interest.source == "edit":
        return speech.say("by hand after" if quote_of(interest, session) else "by hand")
    if interest.source == "model":
        return speech.say("by model")
    if interest.context:
        return speech.say("by context", words=shortened(interest.context, LONGEST_QUOTE))
    return speech.say(_SOURCES.get(interest.source, "by message"))


def _unread(interest: Interest, session: Session) -> bool:
    """Whether it has been set aside since it was said: the encoder does not know its script."""
    if not interest.parked or interest.facet != OPEN or is_latin(interest.value):
        return False
    first = next((c for diff in session.diffs for c in diff.changes if c.after and c.after.key == interest.key), None)
    return bool(first and first.after and first.after.parked)


def quote_of(interest: Interest, session: Session) -> str:
    """The message in which the interest was said last; the words alone if that has been taken back, or never was."""
    for diff in reversed(session.diffs):
        if diff.kind == "message" and any(c.after and c.after.key == interest.key for c in diff.changes):
            return shortened(diff.quote, LONGEST_QUOTE)
    return shortened(interest.quote, LONGEST_QUOTE)


def marked(session: Session, index: Index, speech: Speech) -> list[Data]:
    """The items that the person said something of, the last first, each with the act that takes it back."""
    known = [mark for mark in reversed(session.marks) if mark.item in index.catalogue.row]
    return [
        {
            "title": index.catalogue.get(mark.item).title,
            "kind": speech.listed([speech.say(f"marked {kind}") for kind in (mark.kind, *["owned"] * mark.owned)]),
            "act": Thumb(item=mark.item, verdict="clear").json_text(),
            "key": mark.item,
        }
        for mark in known
    ]


def left_out(excluded: Sequence[Exclusion], session: Session, schema: Schema, speech: Speech) -> list[Data]:
    """What each gate kept out."""
    words = gate_names(session.effective_interests, schema, speech)
    return [
        {"label": words.get(e.label, e.label), "count": f"{e.count:,}", "approximate": e.approximate} for e in excluded
    ]


def relaxed(ways: Sequence[Relaxation], session: Session, schema: Schema, speech: Speech) -> list[Data]:
    """For each gate, how many items come back if it is set aside, and the act that does so."""
    by_key: Mapping[tuple[str, str], Interest] = {i.key: i for i in session.effective_interests}
    return [
        {
            "label": label_words(by_key[way.key], schema, speech),
            "gains": f"{way.gains:,}",
            "act": about(by_key[way.key], parked=True),
        }
        for way in ways
        if way.key in by_key and not way.also
    ]


def ways_out(reply: Reply, schema: Schema, speech: Speech) -> list[Data]:
    """Where nothing meets all of what is wished for: without which of it how much would, and the act that sets it
    aside; the most first."""
    by_key = {i.key: i for i in reply.session.effective_interests}
    short, found = reply.shortfall, list[tuple[int, Sequence[Interest]]]()
    if short and not short.only:
        found = [(count, wish) for wish, count in zip(short.wishes, short.without, strict=True) if count]
    elif not reply.picks:
        keys = [(way.gains, (way.key, *way.also)) for way in reply.relaxations]
        found = [(gains, [by_key[key] for key in some]) for gains, some in keys if by_key.keys() >= set(some)]
    found.sort(key=lambda way: -way[0])
    return [
        {
            "label": speech.listed(list(dict.fromkeys(label_words(i, schema, speech) for i in wish))),
            "gains": f"{count:,}",
            "act": aside(wish),
        }
        for count, wish in found[:_MOST_WAYS]
    ]


def modes(session: Session, speech: Speech) -> list[Data]:
    """Whether new or seen items are shown; or those on the person's list or their own, where they have any."""
    has = {"list": any("wanted" in mark.kinds for mark in session.marks), "own": any(m.owned for m in session.marks)}
    return [
        {
            "name": speech.say(f"mode {mode}"),
            "act": ShowMode(mode=mode).json_text(),
            "on": session.screen.mode == mode,
        }
        for mode in _MODES
        if has.get(mode, True) or mode == session.screen.mode
    ]


def asked(questions: Sequence[Question], schema: Schema, speech: Speech) -> list[Data]:
    """Each question with its options as buttons."""
    return [
        {
            "text": _question(question, schema, speech),
            "options": [
                {"text": _option(o, question, schema, speech), "act": Add(text=o, facet=question.facet).json_text()}
                for o in question.options
            ],
        }
        for question in questions
    ]


def second(person: SecondPerson, schema: Schema, speech: Speech) -> Data:
    """What the second person is asked now."""
    question = person.left[0]
    acts = [(_option(o, question, schema, speech), Second(facet=question.facet, text=o)) for o in question.options]
    return {
        "text": _question(question, schema, speech),
        "at": speech.say("one of", n=str(person.count - len(person.left) + 1), count=str(person.count)),
        "options": [{"text": text, "act": act.json_text()} for text, act in acts],
        "skip": Second(facet=question.facet).json_text(),
    }


def _question(question: Question, schema: Schema, speech: Speech) -> str:
    field = schema.field(question.facet)
    if field and field.kind == "number":
        return speech.say("ask how", field=field_name(field, speech))
    return speech.say("ask which of", field=facet_name(question.facet, schema, speech))


def _option(value: str, question: Question, schema: Schema, speech: Speech) -> str:
    """With its unit, if the question that names its field does not say it: "under 1 hour 10 minutes"."""
    field = schema.field(question.facet)
    return range_text(field, value, speech, named=True) if field and field.kind == "number" else value
