"""The path of a decision: what was said, the interests it became, their weights, the blocks, the gates, the place.

As data for the drawing (see sankey) and as sentences. Knows nothing of markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from penchant.assistant import Reply
from penchant.retriever import Counterfactual, Exclusion, Interest, Pick, Schema, is_filter
from penchant.retriever.ranking import OWNER_KEY, PRIOR, by_interest

from ..state import Why, about
from ..words import gate_names, label_words
from .chips import quote_of
from .contribution_bars import (
    Tones,
    bar,
    block_name,
    decimal,
    figure,
    interest_name,
    longest_of,
    share_figures,
    share_rows,
    summed,
    tones_of,
)
from .sankey import Flow, drawing
from .template_data import Data

_UNSAID = "not said by you"
_LISTED = 5


def decision_path(reply: Reply, n: int, found: Counterfactual, schema: Schema) -> Data:
    """Everything that the page shows of why the n-th pick of a reply (from 0) is in its place."""
    pick, interests = reply.picks[n], reply.session.effective_interests
    tones = tones_of(interests, schema)
    gates = [_gate(i, schema) for i in interests if is_filter(i, schema) and not i.parked]
    return {
        "id": pick.item.id,
        "title": pick.item.title,
        "place": n + 1,
        "drawing": drawing(_flows(pick, reply, tones), gates, f"place {n + 1}", f"score {decimal(pick.score)}"),
        "steps": _steps(reply, n, gates, schema),
        "shares": share_rows(pick, tones),
        "bar": bar(pick, tones, longest_of(reply.picks)),
        "score": decimal(pick.score),
        "exact": repr(pick.score),
        "standing": _standing(n + 1, found, pick),
        "above": _above(pick, reply.picks[n - 1] if n else None),
        "ways": _ways(found, interests),
        "pillars": _pillars(found, interests),
        "close": Why(item=pick.item.id, part="close").json_text(),
    }


def _flows(pick: Pick, reply: Reply, tones: Tones) -> list[Flow]:
    """One flow for each share: from a sentence through an interest to a block."""
    known = {i.key: (i, w) for i, w in zip(reply.session.effective_interests, reply.weights, strict=True)}
    flows = []
    for whole in summed(pick):
        interest, weight = known.get(whole.key, (None, 0.0))
        said = quote_of(interest, reply.session) or "set by hand" if interest else _UNSAID
        by = "owner" if whole.key == OWNER_KEY else "catalogue"
        note = f"weight {_percent(weight)}" if interest else f"says the {by}"
        flows += [
            Flow(
                said,
                whole.key,
                interest_name(share),
                note,
                block_name(share.block),
                share.value,
                tones.get(share.key, PRIOR),
            )
            for share in pick.shares
            if share.key == whole.key
        ]
    return flows


def _gate(interest: Interest, schema: Schema) -> str:
    return f"{'never' if interest.level == 'never' else 'only'} {label_words(interest, schema)}"


def _steps(reply: Reply, n: int, gates: Sequence[str], schema: Schema) -> list[Data]:
    """The same as the drawing, in words and in order."""
    session = reply.session
    active = [i for i in session.effective_interests if not i.parked]
    quotes = list(dict.fromkeys(filter(None, (quote_of(i, session) for i in active))))
    weighed = [
        f"{i.level} {i.label}: {_percent(w)}"
        for i, w in zip(session.effective_interests, reply.weights, strict=True)
        if w
    ]
    moved = f", moved up {reply.picks[n].lifted}" if reply.picks[n].lifted else ""
    moved += f", where {aside} stands back" if (aside := _aside(reply.picks[n])) else ""
    end = f"The shares add up to {decimal(reply.picks[n].score)}: place {n + 1} on the page{moved}."
    return [
        {"name": "Said", "lines": [f"“{quote}”" for quote in quotes] or ["Nothing yet."]},
        {"name": "Interests and weights", "lines": weighed or ["None that moves the score."]},
        {"name": "Blocks", "lines": block_lines(reply.picks[n])},
        {"name": "Gates", "lines": _gate_lines(gates, reply.excluded, gate_names(session.effective_interests, schema))},
        {"name": "Place", "lines": [end]},
    ]


def _gate_lines(gates: Sequence[str], excluded: Sequence[Exclusion], names: Mapping[str, str]) -> list[str]:
    if not gates:
        return ["None was set, so nothing was left out."]
    counts = [
        f"{names.get(e.label, e.label)} ({e.count:,}{', judged by likeness' if e.approximate else ''})"
        for e in excluded
    ]
    return [f"Passed: {'; '.join(gates)}.", f"Left out: {'; '.join(counts)}."]


def block_lines(pick: Pick) -> list[str]:
    """For each interest, what it adds through which block."""
    lines = []
    figures = list(zip(pick.shares, share_figures(pick), strict=True))
    for whole in summed(pick):
        own = [(share.block, thousandths) for share, thousandths in figures if share.key == whole.key]
        parts = [f"{block_name(block)} {_signed(thousandths)}" for block, thousandths in own]
        total = f", in all {_signed(sum(thousandths for _, thousandths in own))}" if len(own) > 1 else ""
        lines.append(f"{interest_name(whole)}: {', '.join(parts)}{total}")
    return lines


def _percent(weight: float) -> str:
    return f"{100 * weight:.0f} %".replace("-", "−")


def _signed(thousandths: int) -> str:
    return f"{'+' if thousandths >= 0 else ''}{figure(thousandths)}"


def _aside(pick: Pick) -> str:
    """What was set aside and would stand in its place; empty if nothing was."""
    if pick.instead is None:
        return ""
    return {"series": "more of “{}”", "version": "another version of “{}”"}.get(pick.instead.kind, "more by {}").format(
        pick.instead.name
    )


def _standing(place: int, found: Counterfactual, pick: Pick) -> str:
    """Where it would be by score alone."""
    if not found.place:
        return f"It is kept out by {', '.join(found.kept_out_by)}."
    if pick.lifted:
        return f"By its score alone it would be in place {found.place}; the page's owner has it moved up {pick.lifted}."
    if found.place == place:
        return f"By its score it is in place {found.place}, and so it is on the page."
    if aside := _aside(pick):
        why = f"{aside} was set aside for the next page, so that this one is not all of one kind"
        return f"By its score alone it would be in place {found.place}; {why}."
    why = "the page is put together so that each of your interests finds itself on it"
    return f"By its score alone it would be in place {found.place}; {why}."


def _above(pick: Pick, above: Pick | None) -> str:
    """What the pick before it has more of."""
    if above is None:
        return "Nothing is above it."
    less = [replace(share, value=-share.value) for share in pick.shares]
    gain = next(iter(by_interest([*above.shares, *less])), None)
    if gain is None or gain.value <= 0:
        return f"“{above.item.title}” is above it, though no interest speaks more for that."
    return f"“{above.item.title}” is above it; it gets +{decimal(gain.value)} more from “{interest_name(gain)}”."


def _ways(found: Counterfactual, interests: Sequence[Interest]) -> list[Data]:
    """Without which interest, or with which that is set aside, it would be higher; best first, and the act for it."""
    by_key = {i.key: i for i in interests}
    better = sorted((p, key) for key, p in (*found.without, *found.again) if 0 < p < (found.place or p + 1))
    known = [(p, by_key[key]) for p, key in better if key in by_key]
    return [
        {"label": i.label, "place": f"{p:,}", "back": i.parked, "act": about(i, parked=not i.parked)}
        for p, i in known[:_LISTED]
    ]


def _pillars(found: Counterfactual, interests: Sequence[Interest]) -> list[Data]:
    """Without which it would fall, deepest first."""
    by_key = {i.key: i for i in interests}
    worse = sorted(((p, key) for key, p in found.without if key in by_key and p > found.place > 0), reverse=True)
    return [{"label": by_key[key].label, "place": f"{p:,}"} for p, key in worse[:_LISTED]]
