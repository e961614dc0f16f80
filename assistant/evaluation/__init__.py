"""How good the picks are in recorded conversations: played, measured with intervals, beside baselines, on many tasks.

Knows the whole assistant from outside. Knows nothing of how it ranks.
"""

from penchant.retriever.metrics import Judgements

from .baselines import Baselines, chosen
from .metrics import (
    Figure,
    accuracy,
    as_json,
    catalogue_coverage,
    coverage,
    differences,
    joined,
    judge,
    summarise,
)
from .popularity import split
from .replay import Case, Player, Run, find_file, play, read_cases, run_tag

__all__ = [
    "Baselines",
    "Case",
    "Figure",
    "Judgements",
    "Player",
    "Run",
    "accuracy",
    "as_json",
    "catalogue_coverage",
    "chosen",
    "coverage",
    "differences",
    "find_file",
    "joined",
    "judge",
    "play",
    "read_cases",
    "run_tag",
    "split",
    "summarise",
]
