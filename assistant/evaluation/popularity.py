"""Dialogues drawn from those of a task, and a popularity prior without a leak: for each, counted on others.

Knows nothing of catalogues or scores.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .replay import Case


def fold_of(case: Case, folds: int) -> int:
    """The fold of a case's dialogue, the same in every run; all cases of a dialogue are in one."""
    return zlib.crc32(case.dialog.encode()) % folds


def split(cases: Sequence[Case], folds: int) -> list[tuple[list[Case], Mapping[str, float]]]:
    """For each fold its cases, and in how many dialogues of the other folds an item was liked or relevant."""
    return [
        (
            [case for case in cases if fold_of(case, folds) == fold],
            count(case for case in cases if fold_of(case, folds) != fold),
        )
        for fold in range(folds)
    ]


def count(cases: Iterable[Case]) -> Mapping[str, float]:
    """In how many dialogues each item was liked or relevant."""
    dialogs: dict[str, set[str]] = {}
    for case in cases:
        dialogs.setdefault(case.dialog, set()).update(case.relevant | case.liked)
    return {item: float(n) for item, n in Counter(item for items in dialogs.values() for item in items).items()}


def sample(cases: Sequence[Case], size: int) -> list[Case]:
    """The first dialogues in the order of a hash of their ids, as they are said, until there are `size` cases or more.

    So a larger sample holds a smaller one, and dialogues are whole.
    """
    dialogs: dict[str, list[Case]] = {}
    for case in cases:
        dialogs.setdefault(case.dialog, []).append(case)
    taken: set[str] = set()
    count = 0
    for dialog in sorted(dialogs, key=lambda name: hashlib.sha256(name.encode()).digest()):
        if count >= size:
            break
        taken.add(dialog)
        count += len(dialogs[dialog])
    return [case for case in cases if case.dialog in taken]
