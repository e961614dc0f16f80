"""Shares as a bar: tints that tie an interest to its part, segments in one scale, rounded figures that add up.

Knows nothing of markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from penchant.assistant.explanation import PRIOR_NAME
from penchant.retriever import Interest, Pick, Schema, Share, is_filter

from ..state import shortened

Data = dict[str, Any]

PRIOR = "prior"
_LONGEST = 90
TONES = 6
"""How many tints the style sheet has for interests."""
_DECIMALS = 3


def tones_of(interests: Sequence[Interest], schema: Schema) -> dict[str, str]:
    """A tint for the label of each interest that moves the score."""
    moving = [i for i in interests if not i.parked and not is_filter(i, schema)]
    wants = [i.label for i in moving if i.level == "want"]
    lesses = {i.label: "less" for i in moving if i.level == "less"}
    return {label: str(n % TONES) for n, label in enumerate(wants)} | lesses | {PRIOR: PRIOR}


def longest_of(picks: Sequence[Pick]) -> float:
    """What a full bar stands for, so that the bars of one answer can be compared."""
    return max((sum(s.value for s in pick.shares if s.value > 0) for pick in picks), default=0.0) or 1.0


def bar(pick: Pick, tones: Mapping[str, str], longest: float) -> Data:
    """A segment for what each interest adds; what others take away covers the end, so that the rest is the score."""
    sums = by_interest(pick.shares)
    segments = [
        {"tone": tones.get(label, PRIOR), "percent": round(100 * value / longest, 2), "name": named(label)}
        for label, value in sums
        if value > 0
    ]
    gained, lost = sum(v for _, v in sums if v > 0), -sum(v for _, v in sums if v < 0)
    figures = add_up([value for _, value in sums], pick.score)
    text = ", ".join(f"{named(label)} {figure}" for (label, _), figure in zip(sums, figures, strict=True))
    taken = {"percent": round(100 * lost / longest, 2), "from": round(100 * (gained - lost) / longest, 2)}
    return {
        "segments": segments,
        "taken": taken if lost > 0 else None,
        "text": text,
        "score": decimal(pick.score),
        "exact": repr(pick.score),
        "shares": " ".join(repr(value) for _, value in sums),
    }


def by_interest(shares: Sequence[Share]) -> list[tuple[str, float]]:
    """What each interest adds in all, the largest first and the prior last."""
    ordered = sorted(shares, key=lambda share: share.interest)
    sums = [(label, sum(s.value for s in group)) for label, group in groupby(ordered, key=lambda s: s.interest)]
    return sorted(sums, key=lambda pair: (pair[0] == PRIOR, -pair[1]))


def share_rows(pick: Pick, tones: Mapping[str, str]) -> list[Data]:
    """One row for each share, exact and as shown."""
    shown = add_up([share.value for share in pick.shares], pick.score)
    return [
        {
            "interest": named(share.interest),
            "block": named(share.block),
            "value": value,
            "exact": repr(share.value),
            "tone": tones.get(share.interest, PRIOR),
        }
        for share, value in zip(pick.shares, shown, strict=True)
    ]


def named(label: str) -> str:
    """What a label or a block is called on the page."""
    return PRIOR_NAME if label == PRIOR else shortened(label, _LONGEST)


def decimal(value: float) -> str:
    return f"{value:.{_DECIMALS}f}".replace("-", "−")


def add_up(values: Sequence[float], total: float) -> list[str]:
    """The values rounded so that what is shown adds up to the rounded total: the largest remainders go up."""
    unit = 10**_DECIMALS
    whole = [int(value * unit // 1) for value in values]
    missing = round(total * unit) - sum(whole)
    order = sorted(range(len(values)), key=lambda n: whole[n] - values[n] * unit)
    for n in order[: max(0, missing)]:
        whole[n] += 1
    return [decimal(value / unit) for value in whole]
