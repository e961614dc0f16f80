"""The path of a decision: what was said, the interests it became, their weights, the blocks, the gates, the place.

As data for the drawing (see sankey) and as sentences. Knows nothing of markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from penchant.assistant import Reply, Session
from penchant.assistant.explanation.answers import holds_wish, lacked
from penchant.assistant.explanation.words import Speech, minutes_text, shortened
from penchant.retriever import Counterfactual, Exclusion, Interest, Pick, Schema, is_degree, is_filter, is_order
from penchant.retriever.ranking import OWNER_KEY, PRIOR, by_interest

from ..state import Plain, Why, about
from ..words import gate_names
from .chips import LONGEST_QUOTE, quote_of
from .contribution_bars import (
    Names,
    Tones,
    bar,
    decimal,
    figure,
    longest_of,
    share_figures,
    share_rows,
    summed,
    tones_of,
)
from .sankey import Flow, drawing
from .template_data import Data

_LISTED = 5


def decision_path(reply: Reply, n: int, found: Counterfactual, schema: Schema, speech: Speech) -> Data:
    """Everything that the page shows of why the n-th pick of a reply (from 0) is in its place."""
    pick, interests = reply.picks[n], reply.session.effective_interests
    tones, names = tones_of(interests, schema), Names.of(interests, schema, speech)
    passed = [i for i in interests if not is_degree(i, schema) or holds_wish(i, pick.item, schema)]
    gates = [_gate(i, names) for i in passed if is_filter(i, schema) and not i.parked]
    timed = time_chip(reply.session, speech)
    gates += [speech.say("gate only", what=timed["value"])] if timed else []
    place, score = str(n + 1), decimal(pick.score)
    ends = speech.say("place", n=place), speech.say("score", n=score)
    heads = [speech.say(key) for key in ("step said", "head interests", "step blocks", "step gates", "step place")]
    return {
        "id": pick.item.id,
        "heading": speech.say("path heading", title=pick.item.title, n=place),
        "told": speech.say("path score", n=score),
        "drawn": speech.say("path drawing", n=place),
        "drawing": drawing(_flows(pick, reply, tones, names), gates, heads, *ends),
        "steps": _steps(reply, n, gates, names),
        "shares": share_rows(pick, tones, names),
        "bar": bar(pick, tones, longest_of(reply.picks), names),
        "score": score,
        "exact": repr(pick.score),
        "standing": _standing(n + 1, found, pick, timed["value"] if timed else "", speech),
        "above": _above(pick, reply.picks[n - 1] if n else None, names),
        "ways": _ways(found, interests, names),
        "pillars": _pillars(found, interests, names),
        "close": Why(item=pick.item.id, part="close").json_text(),
    }


def time_chip(session: Session, speech: Speech) -> Data | None:
    """The time that the picks are to fill, and the act that takes it back; None where there is none."""
    time = session.screen.time
    if not time:
        return None
    return {
        "value": speech.say("time had", total=minutes_text(time.total, speech)),
        "origin": speech.say("by message"),
        "quote": time_quote(session),
        "act": Plain(act="any_time").json_text(),
    }


def time_quote(session: Session) -> str:
    """The message in which the time was said; empty where it was set by hand."""
    now = session.screen
    for diff in reversed(session.diffs):
        if diff.screen.time != now.time:
            return shortened(diff.quote, LONGEST_QUOTE) if diff.kind == "message" else ""
    return ""


def _flows(pick: Pick, reply: Reply, tones: Tones, names: Names) -> list[Flow]:
    """One flow for each share: from a sentence through an interest to a block."""
    known = {i.key: (i, w) for i, w in zip(reply.session.effective_interests, reply.weights, strict=True)}
    say, flows = names.speech.say, []
    for whole in summed(pick):
        interest, weight = known.get(whole.key, (None, 0.0))
        said = quote_of(interest, reply.session) or say("set by hand") if interest else say("not said")
        by = say("says owner" if whole.key == OWNER_KEY else "says catalogue")
        note = say("weight", n=_percent(weight)) if interest else by
        flows += [
            Flow(
                said,
                whole.key,
                names.interest(share),
                note,
                names.block(share.block),
                share.value,
                tones.get(share.key, PRIOR),
            )
            for share in pick.shares
            if share.key == whole.key
        ]
    return flows


def _gate(interest: Interest, names: Names) -> str:
    key = "gate never" if interest.level == "never" else "gate only"
    return names.speech.say(key, what=names.interests[interest.key])


def _steps(reply: Reply, n: int, gates: Sequence[str], names: Names) -> list[Data]:
    """The same as the drawing, in words and in order."""
    session, say = reply.session, names.speech.say
    active = [i for i in session.effective_interests if not i.parked]
    quotes = list(dict.fromkeys(filter(None, (*(quote_of(i, session) for i in active), time_quote(session)))))
    weighed = [
        f"{say(f'level {i.level}')} {names.interests[i.key]}: {_percent(w)}"
        for i, w in zip(session.effective_interests, reply.weights, strict=True)
        if w
    ]
    end = _end(reply.picks[n], n + 1, names.speech)
    lacking = [lacked(pick.item, active, names.schema) for pick in reply.picks[: n + 1]]
    led = max(map(len, lacking)) == len(lacking[-1]) > 0 and not any(map(is_order, active))
    what = names.speech.listed([names.interests[i.key] for i in lacking[-1]])
    ends = [end, *([say("stands behind", what=what)] if led else [])]
    left_out = _gate_lines(gates, reply.excluded, session.effective_interests, names)
    return [
        {"name": say("step said"), "lines": [f"“{quote}”" for quote in quotes] or [say("nothing yet")]},
        {"name": say("step interests"), "lines": weighed or [say("none moves")]},
        {"name": say("step blocks"), "lines": block_lines(reply.picks[n], names)},
        {"name": say("step gates"), "lines": left_out},
        {"name": say("step place"), "lines": ends},
    ]


def _gate_lines(
    gates: Sequence[str], excluded: Sequence[Exclusion], interests: Sequence[Interest], names: Names
) -> list[str]:
    say, joint = names.speech.say, names.speech.phrases["semicolon"]
    if not gates:
        return [say("no gate")]
    called = gate_names(interests, names.schema, names.speech)
    counts = [
        say("kept alike" if e.approximate else "kept one", what=called.get(e.label, e.label), count=f"{e.count:,}")
        for e in excluded
    ]
    return [say("passed", what=joint.join(gates)), *([say("kept", what=joint.join(counts))] if counts else [])]


def block_lines(pick: Pick, names: Names) -> list[str]:
    """For each interest, what it adds through which block."""
    lines = []
    figures = list(zip(pick.shares, share_figures(pick), strict=True))
    for whole in summed(pick):
        own = [(share.block, thousandths) for share, thousandths in figures if share.key == whole.key]
        parts = ", ".join(f"{names.block(block)} {_signed(thousandths)}" for block, thousandths in own)
        total = _signed(sum(thousandths for _, thousandths in own))
        told = names.speech.say("in all", parts=parts, total=total) if len(own) > 1 else parts
        lines.append(f"{names.interest(whole)}: {told}")
    return lines


def _percent(weight: float) -> str:
    return f"{100 * weight:.0f} %".replace("-", "−")


def _signed(thousandths: int) -> str:
    return f"{'+' if thousandths >= 0 else ''}{figure(thousandths)}"


def _end(pick: Pick, place: int, speech: Speech) -> str:
    """What its shares come to, and what else put it in its place."""
    given = {"score": decimal(pick.score), "n": str(place)}
    if pick.lifted:
        return speech.say("adds up moved", why=pick.lifted, **given)
    aside = _aside(pick, speech)
    return speech.say("adds up aside", what=aside, **given) if aside else speech.say("adds up", **given)


def _aside(pick: Pick, speech: Speech) -> str:
    """What was set aside and would stand in its place; empty if nothing was."""
    if pick.instead is None:
        return ""
    kind = pick.instead.kind if pick.instead.kind in ("series", "version") else "maker"
    return speech.say(f"aside {kind}", name=pick.instead.name)


def _standing(place: int, found: Counterfactual, pick: Pick, timed: str, speech: Speech) -> str:
    """Where it would be by score alone; `timed`: the time that the page is to fit into, if there is one."""
    if not found.place:
        return speech.say("kept out by", what=speech.phrases["comma"].join(found.kept_out_by))
    if pick.lifted:
        return speech.say("alone lifted", n=str(found.place), why=pick.lifted)
    if found.place == place:
        return speech.say("alone same", n=str(found.place))
    aside = _aside(pick, speech)
    if timed and not aside:
        return speech.say("alone timed", n=str(found.place))
    return speech.say("alone aside" if aside else "alone other", n=str(found.place), what=aside)


def _above(pick: Pick, above: Pick | None, names: Names) -> str:
    """What the pick before it has more of."""
    if above is None:
        return names.speech.say("nothing above")
    less = [replace(share, value=-share.value) for share in pick.shares]
    gain = next(iter(by_interest([*above.shares, *less])), None)
    title = above.item.title
    if gain is None or gain.value <= 0:
        return names.speech.say("above plain", title=title)
    return names.speech.say("above more", title=title, gain=decimal(gain.value), what=names.interest(gain))


def _ways(found: Counterfactual, interests: Sequence[Interest], names: Names) -> list[Data]:
    """Without which interest, or with which that is set aside, it would be higher; best first, and the act for it."""
    by_key, say = {i.key: i for i in interests}, names.speech.say
    better = sorted((p, key) for key, p in (*found.without, *found.again) if 0 < p < (found.place or p + 1))
    known = [(p, by_key[key]) for p, key in better if key in by_key]
    return [
        {
            "text": say("way with" if i.parked else "way without", what=names.interests[i.key], n=f"{p:,}"),
            "back": i.parked,
            "act": about(i, parked=not i.parked),
        }
        for p, i in known[:_LISTED]
    ]


def _pillars(found: Counterfactual, interests: Sequence[Interest], names: Names) -> list[str]:
    """Without which it would fall, deepest first."""
    known = {i.key for i in interests}
    worse = sorted(((p, key) for key, p in found.without if key in known and p > found.place > 0), reverse=True)
    return [names.speech.say("pillar", what=names.interests[key], n=f"{p:,}") for p, key in worse[:_LISTED]]
