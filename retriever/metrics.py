"""Measures of rankings, and how far their means may be chance: one nDCG and one interval for training and evaluation.

The measures are those of ir-measures (MacAvaney et al. 2022, arXiv:2111.13466), which asks trec_eval. Knows nothing of
catalogues, people or conversations.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from .arrays import Floats

Judgements = Mapping[str, Mapping[str, float]]
"""By measure and case."""

_RESAMPLES = 1000
_SEED = 20261124


def judged(
    measures: Sequence[str], relevant: Mapping[str, Collection[str]], rankings: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """What each case's ranking is worth by each measure ("nDCG@10", "R@10", "RR"), in [0, 1]; 0 where it has none.

    relevant: of each case, the items that are right answers, all of them equally. rankings: {case: {item: score}}.
    """
    import ir_measures

    values = {measure: dict.fromkeys(relevant, 0.0) for measure in measures}
    qrels = {case: dict.fromkeys(items, 1) for case, items in relevant.items()}
    run = {case: dict(ranking) for case, ranking in rankings.items() if case in qrels}
    for found in ir_measures.iter_calc([ir_measures.parse_measure(measure) for measure in measures], qrels, run):
        values[str(found.measure)][found.query_id] = found.value
    return values


def interval(values: Floats, groups: Sequence[str]) -> tuple[Floats, Floats]:
    """The ends of the 95 % interval of the mean over cases: Efron's percentile bootstrap, the same every time.

    values: one row for each case, shape (n,) or (n, m) for m measures; the ends have the shape of a row. groups: whom
    each case is of; whole people or dialogues are drawn, as the cases of one are alike.
    """
    rows: dict[str, list[int]] = {}
    for n, group in enumerate(groups):
        rows.setdefault(group, []).append(n)
    sums = np.array([values[of_group].sum(axis=0) for of_group in rows.values()])
    counts = np.array([len(of_group) for of_group in rows.values()])
    rng = np.random.default_rng(_SEED)
    # One draw after the other: all at once are a thousand times as many numbers as there are.
    draws = (rng.integers(0, len(rows), len(rows)) for _ in range(_RESAMPLES))
    means = [sums[drawn].sum(axis=0) / counts[drawn].sum() for drawn in draws]
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return low, high
