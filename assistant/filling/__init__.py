"""Time that somebody has, and the items that together fill it: how long items take, and which go together best.

Knows number fields by what they measure, and picks in their order. Knows nothing of messages.
"""

from .knapsack import fill
from .lengths import MINUTES_A_PAGE, Lengths
from .plan import POOL, Filling, filling

__all__ = ["MINUTES_A_PAGE", "POOL", "Filling", "Lengths", "fill", "filling"]
