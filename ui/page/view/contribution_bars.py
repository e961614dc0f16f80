"""Shares as a bar: tints that tie an interest to its part, segments in one scale, rounded figures that add up.

Knows nothing of markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from penchant.assistant.explanation.words import Speech, shortened
from penchant.retriever import Interest, Pick, Schema, Share, is_filter
from penchant.retriever.ranking import PRIOR, PRIOR_KEY, InterestKey, by_interest

from ..words import facet_name, label_words
from .template_data import Data

_LONGEST = 90
TONES = 12
"""How many tints the style sheet has for interests."""
_UNIT = 1000

Tones = Mapping[InterestKey, str]
"""Tints by the keys of interests."""


@dataclass(frozen=True)
class Names:
    """What interests and blocks are called on the page."""

    interests: Mapping[InterestKey, str]
    schema: Schema
    speech: Speech

    @classmethod
    def of(cls, interests: Sequence[Interest], schema: Schema, speech: Speech) -> Names:
        called = {i.key: shortened(label_words(i, schema, speech), _LONGEST) for i in interests}
        return cls(called | {PRIOR_KEY: speech.say("prior")}, schema, speech)

    def interest(self, share: Share) -> str:
        """The interest of a share; one that is no more, as it was called then."""
        return self.interests.get(share.key) or shortened(share.interest, _LONGEST)

    def block(self, block: str) -> str:
        if block == PRIOR:
            return self.speech.say("prior")
        if self.schema.field(block):
            return facet_name(block, self.schema, self.speech)
        return self.speech.say("block text") if block == "text" else shortened(block, _LONGEST)


def tones_of(interests: Sequence[Interest], schema: Schema) -> Tones:
    """A tint for each interest that moves the score."""
    moving = [i for i in interests if not i.parked and not is_filter(i, schema)]
    wants = [i.key for i in moving if i.level == "want"]
    lesses = {i.key: "less" for i in moving if i.level == "less"}
    return {key: str(n % TONES) for n, key in enumerate(wants)} | lesses | {PRIOR_KEY: PRIOR}


def longest_of(picks: Sequence[Pick]) -> float:
    """What a full bar stands for, so that the bars of one answer can be compared."""
    return max((sum(s.value for s in pick.shares if s.value > 0) for pick in picks), default=0.0) or 1.0


def bar(pick: Pick, tones: Tones, longest: float, names: Names) -> Data:
    """A segment for what each interest adds; what others take away covers the end, so that the rest is the score."""
    sums = summed(pick)
    segments = [
        {"tone": tones.get(s.key, PRIOR), "percent": round(100 * s.value / longest, 2), "name": names.interest(s)}
        for s in sums
        if s.value > 0
    ]
    gained, lost = sum(s.value for s in sums if s.value > 0), -sum(s.value for s in sums if s.value < 0)
    shown = dict.fromkeys((share.key for share in sums), 0)
    for share, thousandths in zip(pick.shares, share_figures(pick), strict=True):
        shown[share.key] += thousandths
    text = ", ".join(f"{names.interest(share)} {figure(shown[share.key])}" for share in sums)
    taken = {"percent": round(100 * lost / longest, 2), "from": round(100 * (gained - lost) / longest, 2)}
    return {
        "segments": segments,
        "taken": taken if lost > 0 else None,
        "text": text,
        "score": decimal(pick.score),
        "exact": repr(pick.score),
        "shares": " ".join(repr(share.value) for share in sums),
    }


def summed(pick: Pick) -> list[Share]:
    """What each interest adds in all, the largest first and the prior last."""
    return sorted(by_interest(pick.shares), key=lambda share: share.key == PRIOR_KEY)


def share_rows(pick: Pick, tones: Tones, names: Names) -> list[Data]:
    """One row for each share, exact and as shown."""
    return [
        {
            "interest": names.interest(share),
            "block": names.block(share.block),
            "value": figure(thousandths),
            "exact": repr(share.value),
            "tone": tones.get(share.key, PRIOR),
        }
        for share, thousandths in zip(pick.shares, share_figures(pick), strict=True)
    ]


def share_figures(pick: Pick) -> list[int]:
    """Each share in thousandths, as it is shown everywhere: they add up to the score as it is shown."""
    return add_up([share.value for share in pick.shares], pick.score)


def decimal(value: float) -> str:
    return figure(_rounded(value))


def figure(thousandths: int) -> str:
    return f"{thousandths / _UNIT:.3f}".replace("-", "−")


def add_up(values: Sequence[float], total: float) -> list[int]:
    """The values in thousandths that add up to those of the total: the largest remainders go up."""
    whole = [int(value * _UNIT // 1) for value in values]
    missing = _rounded(total) - sum(whole)
    order = sorted(range(len(values)), key=lambda n: whole[n] - values[n] * _UNIT)
    for n in order[: max(0, missing)]:
        whole[n] += 1
    return whole


def _rounded(value: float) -> int:
    return round(value * _UNIT)
