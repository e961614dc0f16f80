"""Why a pick is on screen, why above another, and why one is not: from shares and gates.

Knows picks, interests and how an item stands. Knows nothing of fields that were not wished for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from penchant.retriever import MENTION, OPEN, SUGGESTED, Interest, Pick, Schema, is_filter, is_order
from penchant.retriever.catalogue import normalise
from penchant.retriever.catalogue.kinship import BRAND, MAKER
from penchant.retriever.ranking import OWNER_KEY, by_interest, limit_of

from ...session import Asked
from ..words import Explainable, Speech, interest_text, interest_texts, is_truth, shortened
from .likeness import comes_close, holds_wish

_NAMED, _LIKE = 4, 2
_LEAST = 0.08
"""An interest is named if its shares are at least this part of the score."""
_NEAR = 0.03
"""Scores that differ by less than this part of the best are about equal."""


def why(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """Why the items asked about are where they are."""
    if said := list(_wishes_asked(asked, reply, schema, speech)):
        return speech.joined(said)
    if reply.standing is not None:
        return _absent(reply, schema, speech)
    places = {pick.item.id: n for n, pick in enumerate(reply.picks)}
    shown = [pick for pick in reply.about if pick.item.id in places]
    if len(shown) == 2:
        return _above(shown, places, reply, schema, speech)
    if len(shown) == 1:
        return speech.joined([_of_one(shown[0], places[shown[0].item.id], reply, schema, speech)])
    return _of_all(reply, schema, speech)


def reasons(pick: Pick, reply: Explainable, schema: Schema, speech: Speech) -> list[str]:
    """What the person wished for and the pick's row holds, the weightiest first; then what it comes close to."""
    return [*held_reasons(pick, reply, schema, speech), *near_reasons(pick, reply, schema, speech)]


def held_reasons(pick: Pick, reply: Explainable, schema: Schema, speech: Speech) -> list[str]:
    """The wishes that its row holds, and no others; limits behind them."""
    known = {i.key: i for i in reply.session.effective_interests}
    tags = [i for i in _strong(pick, reply) if holds_wish(i, pick.item, schema)]
    limits = [i for i in known.values() if _is_limit(i, schema)]
    kept = [i for i in limits if i not in tags and holds_wish(i, pick.item, schema)]
    return interest_texts([*tags[:_NAMED], *kept], schema, speech)


def _is_limit(interest: Interest, schema: Schema) -> bool:
    """Whether a want is a number's range or what a column of yes and no has to say."""
    wanted = interest.level == "want" and not interest.parked and is_filter(interest, schema)
    return wanted and not is_order(interest) and (schema.kind(interest.facet) == "number" or is_truth(interest))


def near_reasons(pick: Pick, reply: Explainable, schema: Schema, speech: Speech) -> list[str]:
    """What it is like, as its shares have it beside those of the other picks. Own words are named where nothing else
    is."""
    strong = _strong(pick, reply)
    told = [normalise(i.value) for i in strong if i.facet != OPEN]  # of these it is known whether the row has them
    near = [i for i in strong if not holds_wish(i, pick.item, schema)]
    near = [i for i in near if i.facet != OPEN or not any(value in normalise(i.value) for value in told)]
    near = [i for i in near if comes_close(i, pick, reply.picks, schema)]
    told = [_near_text(i, schema, speech) for i in near if i.facet != OPEN][:_LIKE]
    if told or held_reasons(pick, reply, schema, speech):
        return list(dict.fromkeys(told))
    return [_near_text(i, schema, speech) for i in near][:1]


def _near_text(interest: Interest, schema: Schema, speech: Speech) -> str:
    """ "Like Up", "close to horror"; own words in quotes."""
    if interest.facet == MENTION and not interest.items:
        return interest_text(interest, schema, speech)
    if interest.facet == OPEN:
        return speech.say("close to words", words=shortened(interest.value))
    return speech.say("close to", what=interest_text(interest, schema, speech))


def _strong(pick: Pick, reply: Explainable) -> list[Interest]:
    """The wants that have more than a small part in its score."""
    known = {i.key: i for i in reply.session.effective_interests if i.level == "want"}
    shares = [(known[s.key], s.value) for s in by_interest(pick.shares) if s.key in known]
    return [i for i, value in shares if value > 0 and value >= _LEAST * pick.score]


def _of_most(pick: Pick, reply: Explainable) -> Interest | None:
    """The wish whose shares are the largest: without it, and all else as it is, the score falls by the most."""
    known = {i.key: i for i in reply.session.effective_interests if i.level == "want"}
    return next((known[s.key] for s in by_interest(pick.shares) if s.value > 0 and s.key in known), None)


def is_put_forward(pick: Pick) -> bool:
    """Whether the owner of the catalogue adds to its score."""
    return any(share.key == OWNER_KEY for share in pick.shares)


def _wishes_asked(asked: Asked, reply: Explainable, schema: Schema, speech: Speech) -> Iterator[str]:
    """ "Why no horror?": the words by which that was said, where the question names no item."""
    keys = {(facet, value.casefold()) for facet, value in asked.values}
    for interest in reply.session.effective_interests:
        if interest.key in keys and interest.quote and interest.level != "want":
            what = interest_text(interest, schema, speech)
            yield speech.say("because you said", words=shortened(interest.quote), what=what)
            return


def _of_one(pick: Pick, place: int, reply: Explainable, schema: Schema, speech: Speech) -> str:
    held, near = held_reasons(pick, reply, schema, speech), near_reasons(pick, reply, schema, speech)
    itself, lifting = _itself(pick, reply, speech), _lifting(pick, reply, schema, speech)
    key = "why first" if place == 0 else "why place"
    order = next((i for i in reply.session.effective_interests if is_order(i) and not i.parked), None)
    parts = {"title": pick.item.title, "place": str(place + 1), "reasons": speech.listed([*itself, *(held or near)])}
    owner = speech.say("owner too") if is_put_forward(pick) else ""
    if not (itself or held or near or lifting):
        plain = f"{key} order" if order else f"{key} popular"
        return speech.joined([speech.say(plain, order=_ordered(order, schema, speech), **parts), owner])
    told = speech.say(key if held else f"{key} near" if parts["reasons"] else f"{key} far", **parts)
    beside = speech.say("near too", reasons=speech.listed(near)) if held and near else ""
    by_order = speech.say("order too", order=_ordered(order, schema, speech)) if order else ""
    return speech.joined([told, beside, lifting, by_order, owner])


def _itself(pick: Pick, reply: Explainable, speech: Speech) -> list[str]:
    most = _of_most(pick, reply)
    named = most is not None and most.facet == MENTION and most.item == pick.item.id and not most.items
    return [speech.say("named itself")] if named else []


def _lifting(pick: Pick, reply: Explainable, schema: Schema, speech: Speech) -> str:
    """The wish that does most for it, where its row does not hold that: it is so by likeness."""
    most = _of_most(pick, reply)
    if most is None or (most.facet == MENTION and most.item == pick.item.id) or holds_wish(most, pick.item, schema):
        return ""
    what = speech.say("quoted", words=shortened(most.value)) if most.facet in (OPEN, SUGGESTED) else None
    what = what or interest_text(most, schema, speech)
    if schema.kind(most.facet) is None and comes_close(most, pick, reply.picks, schema):
        return ""  # likeness is all there is to tell
    key = "lifted by listed" if schema.kind(most.facet) in ("facet", "name") else "lifted by"
    return speech.say(key, what=what)


def _ordered(order: Interest | None, schema: Schema, speech: Speech) -> str:
    return interest_text(order, schema, speech) if order else ""


def _above(shown: Sequence[Pick], places: dict[str, int], reply: Explainable, schema: Schema, speech: Speech) -> str:
    """What the one of two has more of than the other, by their shares."""
    upper, lower = sorted(shown, key=lambda pick: places[pick.item.id])
    known = {i.key: i for i in reply.session.effective_interests}
    below = {s.key: s.value for s in by_interest(lower.shares)}
    gains = [(s.value - below.pop(s.key, 0.0), s.key) for s in by_interest(upper.shares)]
    gains += [(-value, key) for key, value in below.items()]
    best = max(abs(upper.score), abs(lower.score), 1e-9)
    more = [known[key] for gain, key in sorted(gains, reverse=True) if gain > _NEAR * best and key in known]
    parts = {"upper": upper.item.title, "lower": lower.item.title}
    order = next((i for i in known.values() if is_order(i) and not i.parked), None)
    if order:
        return speech.say("above by order", order=_ordered(order, schema, speech), **parts)
    tags = [i for i in more if i.facet != OPEN] or more
    if upper.score - lower.score < _NEAR * best or not more:
        return speech.say("above hardly" if upper.score >= lower.score - _NEAR * best else "above for variety", **parts)
    return speech.say("above", reasons=speech.listed([interest_text(i, schema, speech) for i in tags[:3]]), **parts)


def _absent(reply: Explainable, schema: Schema, speech: Speech) -> str:
    """Why an item is not on screen."""
    standing = reply.standing
    assert standing is not None
    title = standing.pick.item.title
    known = {i.label: i for i in reply.session.effective_interests}
    kept = [known[label] for label in standing.kept_out_by if label in known]
    marks = {mark.item: mark.kind for mark in reply.session.marks}
    if standing.pick.item.id in marks and standing.pick.item.id in reply.session.hidden:
        return speech.say(f"absent {marks[standing.pick.item.id]}", title=title)
    if kept:
        out = [speech.say(f"gate {i.level}", what=interest_text(i, schema, speech)) for i in kept]
        return speech.say("absent kept out", title=title, reasons=speech.listed(out))
    wants = [i for i in known.values() if i.level == "want" and i.facet not in (OPEN, MENTION) and not i.parked]
    lacks = [i for i in wants if not is_filter(i, schema) and not holds_wish(i, standing.pick.item, schema)]
    if lacks:
        what = speech.listed(list(dict.fromkeys(interest_text(i, schema, speech) for i in lacks)), "or")
        return speech.say("absent lacks", title=title, what=what)
    if over := _over(reply):
        return speech.say("absent over", title=title, what=over)
    if aside := next((p.instead for p in reply.picks if p.instead in standing.bonds), None):
        return speech.say("absent aside", title=title, place=str(standing.place), what=aside.name)
    first = reply.picks[0] if reply.picks else None
    closest = held_reasons(first, reply, schema, speech) if first else []
    return speech.say(
        "absent far" if closest else "absent", title=title, place=str(standing.place), reasons=speech.listed(closest)
    )


def _over(reply: Explainable) -> str:
    """The series or maker of an item not on screen, of which the person said how many there may be, and as many are."""
    assert reply.standing is not None
    said = dict(limit for i in reply.session.effective_interests if not i.parked and (limit := limit_of(i)))
    said |= {BRAND: said[MAKER]} if MAKER in said else {}
    shown = [{value for values in pick.item.fields for value in pick.item.values(values)} for pick in reply.picks]
    over = (b for b in reply.standing.bonds if b.kind in said and sum(b.name in row for row in shown) >= said[b.kind])
    return next((bond.name for bond in over), "")


def _of_all(reply: Explainable, schema: Schema, speech: Speech) -> str:
    wants = [i for i in reply.session.effective_interests if i.level == "want" and not i.parked]
    named = [interest_text(i, schema, speech) for i in wants if i.facet != OPEN] or [
        speech.say("quoted", words=shortened(i.value)) for i in wants[:2]
    ]
    return speech.say("why all", reasons=speech.listed(named[:6])) if named else speech.say("why all popular")
