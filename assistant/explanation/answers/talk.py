"""What is said where nothing is asked of an item: of the person, of what was left out, of Penchant; of a pick that is
taken or known; thanks and small talk.

Knows the session and its gates. Knows nothing of rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import MENTION, OPEN, Interest, Schema

from ...session import Asked, MarkKind
from ..words import Explainable, Speech, interest_text, kind_of_picks, outside_text, shortened

_MOST = 6
_MARKS: tuple[MarkKind, ...] = ("liked", "seen", "disliked", "later")


def left_out(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What each gate kept out, and how many."""
    parts = [
        text
        for e in reply.excluded
        if e.count or e.approximate
        if (text := _gate(e.label, e.count, reply, schema, speech))
    ]
    hidden = len(set(reply.session.hidden))
    if hidden:
        parts.append(speech.say("left out marked one" if hidden == 1 else "left out marked", count=str(hidden)))
    return speech.say("left out", what=speech.listed(parts)) if parts else speech.say("left out nothing")


def _gate(label: str, count: int, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """A label is that of a never, or "not A or B" for what is wanted alone."""
    known = {i.label: i for i in reply.session.effective_interests}
    if label in known:
        return speech.say("left out never", what=interest_text(known[label], schema, speech), count=f"{count:,}")
    wanted = [i for part, i in known.items() if part in label.removeprefix("not ").split(" or ")]
    if len(wanted) == 1 and (outside := outside_text(wanted[0], schema, speech)):
        return speech.say("left out beyond", what=outside, count=f"{count:,}")
    what = speech.listed([interest_text(i, schema, speech) for i in wanted], "or")
    return speech.say("left out only", what=what, count=f"{count:,}") if what else ""


def person(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What is kept of the person."""
    interests = [i for i in reply.session.effective_interests if not i.parked]
    sentences = [
        speech.say(f"you {level}", what=speech.listed(named))
        for level in ("want", "less", "never")
        if (named := _named([i for i in interests if i.level == level], schema, speech))
    ]
    marks = [
        speech.say(f"you marked {kind}", count=speech.counted(count))
        for kind in _MARKS
        if (count := sum(mark.kind == kind for mark in reply.session.marks))
    ]
    sentences += [speech.say("you marked", what=speech.listed(marks))] if marks else []
    return speech.joined(sentences) if sentences else speech.say("you said nothing")


def _named(interests: Sequence[Interest], schema: Schema, speech: Speech) -> list[str]:
    tags = [i for i in interests if i.facet != OPEN and not (i.facet == MENTION and i.level == "never")]
    named = [interest_text(i, schema, speech) for i in tags]
    own = [speech.say("quoted", words=shortened(i.value)) for i in interests if i.facet == OPEN]
    return list(dict.fromkeys(named))[:_MOST] or own[:2]


def assistant(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What Penchant does."""
    kind = kind_of_picks(reply.picks, schema, speech)
    return speech.say("assistant", kind=speech.say("things") if kind == speech.say("picks") else kind)


def taken(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """A kind goodbye to what was chosen."""
    titles = speech.listed([f"**{pick.item.title}**" for pick in reply.about])
    return speech.say("taken", titles=titles) if titles else speech.say("thanks")


def replaced(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What stands in the place of what is known already."""
    known = {pick.item.id for pick in reply.about}
    titles = speech.listed([f"**{pick.item.title}**" for pick in reply.about])
    before = reply.session.screen.about
    new = [f"**{pick.item.title}**" for pick in reply.picks if pick.item.id in before and pick.item.id not in known]
    return speech.say("replaced" if new else "seen", titles=titles, new=speech.listed(new))


def not_understood(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """That nothing was made of it, and what one can say."""
    return speech.joined([speech.say("not understood", words=shortened(asked.words)), speech.say("remark first")])


def which_one(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """How many there are, to who means another or no one in particular."""
    if len(reply.picks) == 1:
        return speech.say("only one", title=reply.picks[0].item.title)
    return speech.say("which of them", count=speech.counted(len(reply.picks)))


def courtesy(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """Thanks, a greeting, a goodbye, a remark; if nothing was said yet, what one can say."""
    wanted = any(i.level == "want" and not i.parked for i in reply.session.effective_interests)
    if asked.topic == "nothing shown" or (asked.topic == "remark" and not reply.picks):
        return speech.say("nothing shown")
    key = asked.topic if asked.topic in ("thanks", "goodbye", "greeting") else "remark"
    if not wanted and key in ("remark", "greeting"):
        return speech.say(f"{key} first")
    return speech.say(key)
