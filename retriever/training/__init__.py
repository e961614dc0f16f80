"""Teaches the encoder from ratings, wholly or by an adapter, and says what that changed for people it has not seen.

Stands on all other families; none of them knows it. Imports torch only when a training runs. Knows nothing of
conversations.
"""

from .adapters import require_all
from .calibration import Calibration, calibration_error
from .outcome import Trained, Training
from .training import merge_adapter, train

__all__ = [
    "Calibration",
    "Trained",
    "Training",
    "calibration_error",
    "merge_adapter",
    "require_all",
    "train",
]
